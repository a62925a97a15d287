"""Grade one submission: read, restore, run and judge; nothing is written, nothing else is read."""

from __future__ import annotations

import copy
import hashlib
import logging
import platform
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.assignment import Assignment
from grading.errors import Unreadable
from grading.judge import LabBroken, judge
from grading.outputs import verdict_outputs
from grading.place import Place
from grading.records import Outcome, Problem, Record
from grading.restore import restore
from grading.results import test_result, written_answer
from grading.submission import read_submission


@dataclass(frozen=True, slots=True)
class Graded:
    """A record and the judged notebook that goes with it."""

    record: Record
    notebook: NotebookNode


def grade_submission(
    assignment: Assignment,
    folder: Path,
    student: str,
    place: Place,
    slot: int = 0,
    variant: str = "",
) -> Graded:
    """Grade one submission.

    Parameters
    ----------
    assignment
        The lab.
    folder
        The submission's folder.
    student
        Student id.
    place, slot
        See `judge`.
    variant
        The variant that the roster gives to this student, if there is a roster.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        cells, oddities = read_submission(folder, assignment.name)
        restored = restore(assignment, cells)
        own = replace(place, course_key=_key_of_inputs(place.course_key, restored.notebook))
        judged = judge(assignment, restored, own, slot)
    except Unreadable as reason:
        return _ungraded(assignment, student, started, place, reason.code, str(reason))
    except LabBroken as reason:
        return _ungraded(assignment, student, started, place, "stopped", str(reason))
    # A fault of ours or of the machine must not keep the rest of a class from being graded.
    except Exception as error:
        logging.getLogger("grading").exception("%s could not be graded", student)
        text = f"The grader itself failed ({type(error).__name__}); it has to be run again."
        return _ungraded(assignment, student, started, place, "stopped", text)
    problems = [*oddities, *restored.problems, *judged.problems]
    if variant and restored.variant != variant:
        text = f"The roster gives variant {variant}; the notebook is on {restored.variant}."
        problems.append(Problem(code="roster", message=text))
    record = Record(
        student=student,
        assignment=assignment.name,
        started=started,
        seconds=judged.seconds,
        cpu_seconds=judged.cpu_seconds,
        peak_memory_mb=judged.peak_memory_mb,
        trusted=not place.isolated,
        outcome=Outcome(code="graded"),
        data=place.source_of(assignment.variants[restored.variant]),
        variant=restored.variant,
        versions=versions(),
        budget=asdict(place.budget),
        problems=problems,
        tests=judged.tests,
        written=judged.written,
    )
    return Graded(record, judged.notebook)


def _key_of_inputs(course_key: str, notebook: NotebookNode) -> str:
    """Return the key of one notebook's hidden inputs.

    What a function of the student's is called with, it can keep and show. So each change of the
    code gets other inputs: what was seen is worth nothing when handed in again, and an unchanged
    notebook is graded as before. How editors end lines is no change.
    """
    code = [
        [line.rstrip() for line in cell.source.splitlines()]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    return f"{course_key} {hashlib.sha256(repr(code).encode()).hexdigest()}"


def _ungraded(
    assignment: Assignment, student: str, started: str, place: Place, code: str, message: str
) -> Graded:
    """Return no points for what could not be graded, and a notebook that says why."""
    notebook = copy.deepcopy(assignment.release)
    results = {
        cell.id: test_result(cell, {"verdict": "not_run", "message": ""})
        for cell in assignment.tests
    }
    for cell in notebook.cells:
        if cell.id in results:
            cell.outputs = verdict_outputs(results[cell.id])
    text = f"**This submission was not graded.** {message}"
    why = nbformat.v4.new_markdown_cell(text, id="not-graded-because")
    why.metadata.labs = {"kind": "extra"}
    notebook.cells.insert(0, why)
    record = Record(
        student=student,
        assignment=assignment.name,
        started=started,
        seconds=0.0,
        trusted=not place.isolated,
        outcome=Outcome(code=code, message=message),
        versions=versions(),
        budget=asdict(place.budget),
        tests=list(results.values()),
        written=[
            written_answer(cell, cell, assignment.question_title(cell.id), "")
            for cell in assignment.release.cells
            if assignment.kinds[cell.id] == "question"
        ],
    )
    return Graded(record, notebook)


@cache
def versions() -> dict[str, str]:
    """Return the versions that a grade may depend on."""
    packages = ("tensorflow", "keras", "numpy", "nbgrader")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}
