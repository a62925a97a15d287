"""Make everything that is derived from a lab's source.

A percent script becomes nbgrader's source notebook; nbgrader's own generator makes the student's
version from it. :func:`plan` answers with the files as they should be, :func:`stale` compares them
with what is there, :func:`write` writes them: so a check needs no second way of building.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from authoring.calibration import FILE as CALIBRATION
from authoring.calibration import read_calibration, table
from authoring.errors import BadSource, ReleaseFailed
from authoring.labfile import lab_names, read_labfile
from authoring.pycode import checks_in
from authoring.source import Cell, Source, read_source
from grading.course import IGNORED

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config

REGISTRY = Path("labkit", "labs.json")
NO_ADDRESS = 'COURSE = ""'
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def source_notebook(source: Source) -> NotebookNode:
    """Turn a percent script into nbgrader's source notebook.

    Every cell gets a stable id, ``metadata.labs`` (what kind it is, which exercise it belongs to)
    and, unless it is text or free, ``metadata.nbgrader`` of schema 3.

    Raises
    ------
    BadSource
        If the script has problems, or a hidden test has no title to show.
    """
    import nbformat

    source.require_sound()
    cells = []
    for cell in source.cells:
        new = nbformat.v4.new_code_cell if cell.is_code else nbformat.v4.new_markdown_cell
        node = new(_notebook_text(source, cell), id=cell.id)
        node.metadata = nbformat.from_dict(_metadata(cell))
        cells.append(node)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def _notebook_text(source: Source, cell: Cell) -> str:
    if cell.kind == "given":
        return cell.source.replace(NO_ADDRESS, f'COURSE = "{course_address(source.path)}"', 1)
    if cell.kind != "hidden":
        return cell.source
    try:
        titles = [check.title for check in checks_in(cell.source) if check.title]
    except SyntaxError:
        titles = []
    if not titles:
        raise BadSource(
            f'{source.path}:{cell.id}: the test has no `with lab.check("title", …)`, and its'
            " title is all that a student sees: add it."
        )
    return (
        f"# Hidden test: {titles[0].rstrip('.')}. It runs when your work is graded.\n"
        f"### BEGIN HIDDEN TESTS\n{cell.source}\n### END HIDDEN TESTS"
    )


def course_address(path: Path) -> str:
    """Return where Colab installs the course from: `[tool.labs] address` in pyproject.toml.

    Parameters
    ----------
    path : Path
        A lab's percent script, three folders below the course's root.
    """
    project = path.resolve().parents[2] / "pyproject.toml"
    if not project.is_file():
        return ""
    return tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["labs"]["address"]


def _metadata(cell: Cell) -> dict[str, Any]:
    labs: dict[str, Any] = {"kind": cell.kind}
    if cell.exercise:
        labs["exercise"] = cell.exercise
    if cell.numbers:
        labs["numbers"] = list(cell.numbers)
    if cell.kind in ("text", "question_prompt", "free"):
        return {"labs": labs}
    graded = cell.is_test or cell.kind == "question"
    answered = cell.kind in ("exercise", "question")
    nbgrader = {
        "grade": graded,
        "grade_id": cell.id,
        "locked": not answered,
        "schema_version": 3,
        "solution": answered,
        "task": False,
    }
    if graded:
        points = cell.points or 0.0
        nbgrader["points"] = int(points) if points == int(points) else points
    return {"labs": labs, "nbgrader": nbgrader}


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Write a notebook the way nbformat does, with a newline at its end."""
    import nbformat

    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()


def nbgrader_config(root: Path) -> Config:
    """Return nbgrader's settings for making student versions below ``root``, without a database."""
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "labs"
    config.CourseDirectory.ignore = list(IGNORED)
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    return config


def release(lab: str, notebook: bytes, extras: Path) -> dict[Path, bytes]:
    """Let nbgrader make the student's version of a lab.

    Parameters
    ----------
    lab : str
        The lab's name, also that of its notebook.
    notebook : bytes
        nbgrader's source notebook.
    extras : Path
        The lab's folder in solutions/, whose other files go along.

    Returns
    -------
    dict of Path to bytes
        The files of labs/<lab>, by their path below the course's root.

    Raises
    ------
    ReleaseFailed
        If nbgrader refuses the notebook.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        here = root / "solutions" / lab
        ignore = shutil.ignore_patterns(*IGNORED, "*.ipynb")
        shutil.copytree(extras, here, ignore=ignore)
        (here / f"{lab}.ipynb").write_bytes(notebook)
        config = nbgrader_config(root)
        complaints = _Complaints()
        log = _quiet(complaints)
        course = CourseDirectory(config=config, assignment_id=lab, log=log)
        maker = GenerateAssignment(coursedir=course, config=config, log=log)
        try:
            maker.start()
        except (NbGraderException, SystemExit) as error:
            reason = complaints.last or str(error)
            raise ReleaseFailed(f"nbgrader cannot release {lab}: {reason}") from error
        done = sorted(path for path in (root / "labs" / lab).rglob("*") if path.is_file())
        return {path.relative_to(root): _with_newline(path) for path in done}


def _with_newline(path: Path) -> bytes:
    data = path.read_bytes()
    return data.rstrip(b"\n") + b"\n" if path.suffix == ".ipynb" else data


class _Complaints(logging.Handler):
    """Keeps the last line of nbgrader's last traceback: the reason, without the rest."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Traceback"):
            self.last = text.splitlines()[-1]


def _quiet(handler: logging.Handler) -> logging.Logger:
    log = logging.getLogger("authoring.nbgrader")
    log.propagate = False
    log.handlers[:] = [handler]
    return log


def registry(root: Path) -> bytes:
    """Return labkit's list of labs, made from every lab.toml below ``root``."""
    labs = {
        name: read_labfile(root / "solutions" / name / "lab.toml").registry_entry()
        for name in lab_names(root)
    }
    return (json.dumps(labs, indent=2, ensure_ascii=False) + "\n").encode()


def plan(root: Path, lab: str) -> dict[Path, bytes]:
    """Return every file that is derived from a lab's source, by its path below ``root``."""
    folder = root / "solutions" / lab
    notebook = notebook_bytes(source_notebook(read_source(folder / f"{lab}.py")))
    files = {Path("solutions", lab, f"{lab}.ipynb"): notebook}
    files |= release(lab, notebook, folder)
    if calibration := read_calibration(folder / CALIBRATION):
        page = table(read_labfile(folder / "lab.toml"), calibration)
        files[Path("docs", "calibration", f"{lab}.md")] = page.encode()
    return files


def stale(root: Path, files: dict[Path, bytes]) -> list[Path]:
    """List which of the planned files are missing or differ."""
    return [path for path, data in files.items() if _content(root / path) != data]


def surplus(root: Path, lab: str, files: dict[Path, bytes]) -> list[Path]:
    """List files in labs/<lab> that no source explains."""
    there = (root / "labs" / lab).rglob("*")
    paths = [path.relative_to(root) for path in there if path.is_file()]
    return sorted(
        path for path in paths if path not in files and ".ipynb_checkpoints" not in path.parts
    )


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def write(root: Path, files: dict[Path, bytes]) -> list[Path]:
    """Write the planned files that differ, each beside its target first; return those written."""
    changed = stale(root, files)
    for path in changed:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(files[path])
        os.replace(beside, target)
    return changed


def build(root: Path, labs: list[str]) -> list[Path]:
    """Bring everything derived from ``labs`` up to date; return the files that changed."""
    changed = []
    for lab in labs:
        files = plan(root, lab)
        changed += write(root, files)
        for path in surplus(root, lab, files):
            (root / path).unlink()
            changed.append(path)
    return changed + write(root, {REGISTRY: registry(root)})
