"""nbgrader's own test notebooks as labs: loaded from the installed package, none of them copied.

An assignment that was written for nbgrader says by nbgrader's marks alone what each cell is; here
every cell gets the kind that this grader wants to know.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook

from authoring.build import nbgrader_config
from grading.assignment import HIDDEN_MARKERS, Assignment
from grading.one import grade_submission
from grading.place import Budget, Place
from tests.integrity.plain import SETTINGS, shut_in
from tests.integrity.replays import NO_SCORE, Replay

NAME = "ps1"  # of every adopted lab and of its notebook
BUDGET = Budget(cell_seconds=6, notebook_seconds=60, memory_mb=900, file_mb=64)
FIRST_SLOT = 720  # next to the other cases', far from a grader at work on this machine


class Refused(Exception):
    """nbgrader makes no assignment of a notebook; the message is its reason."""


# Everything of a course in one process of nbgrader's: most of its time is its start.
GRADE_ALL = """
import json, shutil, sys
from pathlib import Path
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader
api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py").load_config())
graded = []
for name in json.loads(sys.argv[1]):
    done = api.generate_assignment(name)
    print(name, done)
    folder = Path("submitted/somebody", name)
    if done["success"]:
        if not folder.exists():
            shutil.copytree(Path("release", name), folder)
        done = api.autograde(name, "somebody")
        print(name, done)
    if done["success"]:
        graded.append(name)
Path("graded.json").write_text(json.dumps(graded))
"""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A lab made from one of nbgrader's notebooks, and what lies beside it."""

    assignment: Assignment
    folder: Path


def own_file(name: str) -> Path:
    """Return the path of a file of nbgrader's tests: `apps/data.txt`, or a notebook `apps/test`."""
    part, _, file = name.partition("/")
    file = file if "." in file else f"{file}.ipynb"
    with as_file(files("nbgrader") / "tests" / part / "files" / file) as path:
        return Path(path)


def adopt(source: str, root: Path, beside: Sequence[str] = ()) -> Adopted:
    """Make a lab of one of nbgrader's notebooks, by nbgrader's own generator.

    Parameters
    ----------
    source
        See `own_file`.
    root
        Where to work; nothing may be there yet.
    beside
        Files that lie beside the notebook.

    Raises
    ------
    Refused
        If nbgrader makes no assignment of it.
    """
    from nbgrader.converters import GenerateAssignment, GenerateSourceWithTests

    home = root / "solutions" / NAME
    home.mkdir(parents=True)
    shutil.copyfile(own_file(source), home / f"{NAME}.ipynb")
    for name in beside:
        shutil.copyfile(own_file(name), home / own_file(name).name)
    with_tests = _generate(GenerateSourceWithTests, root, "source_with_tests")
    release = _generate(GenerateAssignment, root, "labs")
    for number, (here, there) in enumerate(zip(with_tests.cells, release.cells, strict=True)):
        grade_id = here.metadata.get("nbgrader", {}).get("grade_id")
        for cell in (here, there):
            cell.id = grade_id or f"unmarked-{number}"
            cell.metadata.labs = nbformat.from_dict({"kind": kind_of(here)})
    return Adopted(Assignment(NAME, with_tests, release, {"plain": ()}), root / "labs" / NAME)


def kind_of(cell: NotebookNode) -> str:
    """Return what a cell of nbgrader's is in this course."""
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("task") or (marks.get("grade") and marks.get("solution")):
        return "question"
    if marks.get("grade"):
        return "hidden" if HIDDEN_MARKERS[0] in cell.source else "test"
    if cell.cell_type != "code":
        return "text"
    if marks.get("solution"):
        return "exercise"
    return "given" if marks.get("locked") else "free"


def grade(lab: Adopted, notebook: Path, folder: Path, worker: int = 0) -> dict[str, float | None]:
    """Grade a notebook as a class is graded; return the points of every graded cell.

    None stands for an answer that waits for a person's mark.
    """
    folder.mkdir(parents=True)
    shutil.copyfile(notebook, folder / f"{NAME}.ipynb")
    empty = lab.folder.parent / "no-data"
    empty.mkdir(exist_ok=True)
    place = Place(
        budget=BUDGET,
        student_data=empty,
        referee_data=empty,
        sources={},
        course_key="a course key",
        beside=tuple(path for path in lab.folder.iterdir() if path.suffix != ".ipynb"),
    )
    graded = grade_submission(lab.assignment, folder, "somebody", place, FIRST_SLOT + worker)
    record = graded.record
    assert record.outcome.code == "graded", record.outcome.message
    tests: dict[str, float | None] = {test.cell: test.points for test in record.tests}
    return tests | {answer.cell: answer.points for answer in record.written}


def replay(case: Replay, lab: Adopted, folder: Path, worker: int = 0) -> str:
    """Hand in what a replay says for the lab of its source; return the points as the list has them."""
    handed_in = own_file(case.submitted) if case.submitted else lab.folder / f"{NAME}.ipynb"
    return shown(grade(lab, handed_in, folder, worker), case.source)


def grade_plainly(replays: Sequence[Replay], root: Path) -> tuple[dict[str, str], str]:
    """Grade replays by nbgrader itself; return the points by replay, and what nbgrader prints.

    Every replay is an assignment of its own in one course.
    """
    root.mkdir(parents=True)
    root.chmod(0o755)
    (root / "nbgrader_config.py").write_text(SETTINGS, encoding="utf-8")
    names = {replay.id: f"ps{number}" for number, replay in enumerate(replays)}
    for replay in replays:
        home = root / "source" / names[replay.id]
        home.mkdir(parents=True)
        shutil.copyfile(own_file(replay.source), home / f"{NAME}.ipynb")
        for file in replay.beside:
            shutil.copyfile(own_file(file), home / own_file(file).name)
        if replay.submitted:
            handed_in = root / "submitted" / "somebody" / names[replay.id]
            handed_in.mkdir(parents=True)
            shutil.copyfile(own_file(replay.submitted), handed_in / f"{NAME}.ipynb")
    log = shut_in(["-c", GRADE_ALL, json.dumps(list(names.values()))], root, root)
    graded = json.loads((root / "graded.json").read_text(encoding="utf-8"))
    found = {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "plain") as gradebook:
        for replay in replays:
            name = names[replay.id]
            found[replay.id] = NO_SCORE
            if name in graded:
                notebook = gradebook.find_submission_notebook(NAME, name, "somebody")
                points = {grade.name: grade.auto_score for grade in notebook.grades}
                found[replay.id] = shown(points, replay.source)
    return found, log


def shown(points: Mapping[str, float | None], source: str) -> str:
    """Write the points of all graded cells in the notebook's order, `-` where a mark is missing."""
    notebook = json.loads(own_file(source).read_text(encoding="utf-8"))
    marks = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    graded = [mark["grade_id"] for mark in marks if mark.get("grade") or mark.get("task")]
    assert set(graded) == set(points)
    return " ".join("-" if points[cell] is None else f"{points[cell]:g}" for cell in graded)


def _generate(converter: type, root: Path, folder: str) -> NotebookNode:
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    config = nbgrader_config(root)
    config.GenerateSourceWithTests.no_database = True
    log = logging.getLogger("integrity.nbgrader")
    log.disabled = True
    course = CourseDirectory(config=config, assignment_id=NAME, log=log)
    try:
        converter(coursedir=course, config=config, log=log).start()
    except (NbGraderException, SystemExit) as error:
        raise Refused(str(error)) from error
    return nbformat.read(root / folder / NAME / f"{NAME}.ipynb", as_version=4)
