"""Read what a student handed in: any notebook that a person could mean, and nothing else."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from grading.errors import Unreadable
from grading.records import Problem

MAX_BYTES = 100 * 2**20  # saved outputs of an honest notebook can weigh tens of megabytes
MAX_CELLS = 5000
FLAGS = ("grade", "solution")  # nbgrader's marks that say what a cell is worth


@dataclass(frozen=True, slots=True)
class SubmittedCell:
    """A cell of a submission: only what is the student's to say.

    All but type and source are claims, to be compared with the lab's own; empty where there is
    none. `flags` are nbgrader's `grade` and `solution`.
    """

    cell_type: str
    source: str
    cell_id: str = ""
    grade_id: str = ""
    points: float | None = None
    flags: dict[str, bool] = field(default_factory=dict)


def read_submission(folder: Path, name: str) -> tuple[list[SubmittedCell], list[Problem]]:
    """Return the cells of a submission and what was odd about its files.

    Raises
    ------
    Unreadable
        If there is no notebook, or none that can be read.
    """
    try:
        path, problems = _find_notebook(folder, name)
        data = _read_bytes(path)
    except OSError as error:
        raise Unreadable(
            "unreadable", f"The submission cannot be read ({error.strerror})."
        ) from None
    return parse_notebook(data), problems


def parse_notebook(data: bytes) -> list[SubmittedCell]:
    """Return the cells of a notebook file, whatever wrote it."""
    try:
        # Found out from the first bytes: UTF-8, -16 or -32, with or without a mark of it.
        notebook = json.loads(data.decode(json.detect_encoding(data)))
    except (ValueError, RecursionError):
        raise Unreadable(
            "unreadable",
            "The file is not a notebook that can be read (its JSON is damaged). Open it in "
            "Jupyter, save it and hand it in again.",
        ) from None
    if isinstance(notebook, dict) and notebook.get("nbformat") in (1, 2, 3):
        notebook = _upgrade(notebook)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("unreadable", "The file is JSON, but not a notebook: it has no cells.")
    if len(cells) > MAX_CELLS:
        raise Unreadable("too_large", f"The notebook has more than {MAX_CELLS} cells.")
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _find_notebook(folder: Path, name: str) -> tuple[Path, list[Problem]]:
    if folder.is_symlink():
        raise Unreadable("link", "The submission is a link to another place.")
    wanted = folder / f"{name}.ipynb"
    if wanted.exists() or wanted.is_symlink():
        return wanted, []
    others = [path for path in sorted(folder.glob("**/*.ipynb")) if not _is_litter(path, folder)]
    if len(others) == 1:
        found = str(others[0].relative_to(folder))
        text = f"The notebook was found as {found!r}, not as {name}.ipynb."
        return others[0], [Problem(code="renamed", message=text)]
    found = f"{len(others)} other notebooks" if others else "no notebook"
    raise Unreadable("missing", f"There is no {name}.ipynb in the submission, and {found}.")


def _is_litter(path: Path, folder: Path) -> bool:
    """Say whether a file is what an editor (.ipynb_checkpoints) or macOS (__MACOSX, ._) leaves."""
    return any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)


def _read_bytes(path: Path) -> bytes:
    """Read a regular file: no link is followed, no pipe is waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Unreadable("link", f"{path.name!r} is a link or cannot be opened.") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable("link", f"{path.name!r} is not a regular file.")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise Unreadable("too_large", f"{path.name!r} is larger than {limit} MB.")
        return file.read(MAX_BYTES)


def _upgrade(notebook: dict[str, Any]) -> Any:
    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    # nbformat raises what its many old converters happen to raise on damaged input.
    except Exception as error:
        raise Unreadable(
            "unreadable", f"The notebook's old format cannot be read ({type(error).__name__})."
        ) from None


def _cell(cell: dict[str, Any]) -> SubmittedCell:
    lines = cell.get("source")
    if not isinstance(lines, list):
        lines = [lines]
    source = "".join(line for line in lines if isinstance(line, str))
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict):
        metadata = {}
    claims = metadata.get("nbgrader")
    if not isinstance(claims, dict):
        claims = {}
    points = claims.get("points")
    return SubmittedCell(
        cell_type=_text(cell.get("cell_type")) or "raw",
        source=source.replace("\r\n", "\n").replace("\r", "\n"),
        # Colab keeps a cell's id in its metadata.
        cell_id=_text(cell.get("id")) or _text(metadata.get("id")),
        grade_id=_text(claims.get("grade_id")),
        points=float(points) if isinstance(points, int | float) and abs(points) < 1e9 else None,
        flags={name: claims[name] for name in FLAGS if isinstance(claims.get(name), bool)},
    )


def _text(value: object) -> str:
    return value[:100] if isinstance(value, str) else ""
