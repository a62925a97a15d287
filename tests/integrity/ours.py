"""The first runner: our grader, from a submitted folder to the record, in its sandboxes."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.one import grade_submission
from grading.place import Budget, Place
from tests.integrity.case import Case
from tests.integrity.labs import Lab

FIRST_SLOT = 700  # far from the users that a grader at work on this machine takes
LARGE = Budget(cell_seconds=40, notebook_seconds=200, memory_mb=3000, file_mb=64)
SMALL = Budget(cell_seconds=10, notebook_seconds=60, memory_mb=900, file_mb=64)
BUDGETS = {"late": LARGE, "net": LARGE}  # for TensorFlow; the other labs are small


@dataclass(frozen=True, slots=True)
class Result:
    """What a submission got: points by graded cell, verdicts by test, and all text that went back.

    `broken` are the errors of the student's own cells, `waiting` the answers that a person marks.
    """

    points: dict[str, float]
    maximum: dict[str, float]
    verdicts: dict[str, str]
    details: dict[str, str]
    returned: str
    broken: tuple[str, ...]
    waiting: tuple[str, ...]
    seconds: float


def notebook_of(case: Case, lab: Lab) -> NotebookNode:
    """Return the notebook that the student hands in: the solution but for what the case says."""
    notebook = copy.deepcopy(lab.assignment.release)
    solved = {cell.id: cell.source for cell in lab.assignment.source.cells}
    kinds = lab.assignment.kinds
    cells = []
    for cell in notebook.cells:
        given = solved[cell.id] if kinds[cell.id] == "exercise" else cell.source
        cell.source = case.cells.get(cell.id, given)
        cells.append(cell)
        for number, (after, source) in enumerate(case.own):
            if after == cell.id:
                cells.append(nbformat.v4.new_code_cell(source, id=f"own{number}"))
    notebook.cells = cells
    unknown = {*case.cells, *(after for after, _ in case.own)} - set(solved)
    assert not unknown, f"{case.id}: the lab {case.lab} has no cell {unknown}"
    return notebook


def hand_in(case: Case, lab: Lab, folder: Path) -> None:
    """Write a submission into a folder."""
    folder.mkdir(parents=True)
    name = lab.assignment.name
    notebook = notebook_of(case, lab)
    if case.shape is None:
        nbformat.write(notebook, folder / f"{name}.ipynb")
    else:
        case.shape(json.loads(json.dumps(notebook)), folder, name)
    for file, text in case.files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")


def grade(case: Case, lab: Lab, folder: Path, worker: int = 0) -> Result:
    """Grade one case as a class is graded."""
    hand_in(case, lab, folder)
    place = Place(
        budget=BUDGETS.get(case.lab, SMALL),
        student_data=lab.student_data,
        referee_data=lab.referee_data,
        sources={},
        course_key="a course key",
    )
    graded = grade_submission(lab.assignment, folder, case.id, place, FIRST_SLOT + worker)
    record = graded.record
    assert record.outcome.code == case.outcome, record.outcome.message
    told = [test.message for test in record.tests]
    outputs = [cell.get("outputs", []) for cell in graded.notebook.cells]
    sources = [
        cell.source for cell in graded.notebook.cells if cell.metadata.labs.kind in ("hidden",)
    ]
    return Result(
        points={test.cell: test.points for test in record.tests}
        | {answer.cell: answer.points or 0.0 for answer in record.written},
        maximum=lab.maximum,
        verdicts={test.cell: test.verdict for test in record.tests},
        details={test.cell: test.detail for test in record.tests},
        returned=str([told, outputs, sources]),
        broken=tuple(
            f"{output.ename}: {output.evalue}"
            for cell in graded.notebook.cells
            if cell.metadata.labs.kind == "extra"
            for output in cell.get("outputs", ())
            if output.output_type == "error"
        ),
        waiting=tuple(answer.cell for answer in record.written if answer.points is None),
        seconds=record.seconds,
    )
