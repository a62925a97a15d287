"""Put a student's answers back into the lab: everything that is not the student's is the source's.

The source decides what the notebook is. From the submission come the contents of exercise cells,
free cells and written answers, and the student's own extra cells in their places. What was
changed, deleted or doubled is mended and reported, never trusted and never fatal.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.assignment import TESTS, Assignment
from grading.records import Problem
from grading.submission import SubmittedCell

STUDENTS = ("exercise", "free", "question")
NAMES = {
    "test": "a test", "hidden": "a hidden test", "given": "given code", "demo": "given code",
    "exercise": "an exercise", "question": "a written answer", "free": "a free cell",
}  # fmt: skip


@dataclass(slots=True)
class Restored:
    """A notebook that can be graded, and what had to be done to it."""

    notebook: NotebookNode
    variant: str
    problems: list[Problem] = field(default_factory=list)


def restore(assignment: Assignment, submitted: Iterable[SubmittedCell]) -> Restored:
    """Return the lab with a student's answers in it.

    Cells of the result have `metadata.labs.kind`; the student's own are of kind "extra".
    """
    cells = list(submitted)
    owners = [_owner(assignment, cell) for cell in cells]
    problems = _problems(assignment, cells, owners)
    answers = _answers(assignment, cells, owners)
    extras = _extras(assignment, cells, owners)
    notebook = nbformat.v4.new_notebook(metadata=copy.deepcopy(assignment.release.metadata))
    notebook.cells.extend(extras.get("", []))
    for cell in assignment.release.cells:
        cell = copy.deepcopy(cell)
        cell.source = answers.get(cell.id, cell.source)
        notebook.cells.append(cell)
        notebook.cells.extend(extras.get(cell.id, []))
    variant, note = _variant(assignment, notebook)
    return Restored(notebook, variant, [*problems, *note])


def _owner(assignment: Assignment, cell: SubmittedCell) -> str:
    """Return the id of the source's cell that a submitted cell stands for; "" for an extra one."""
    for claim in (cell.grade_id, cell.cell_id):
        if claim in assignment.kinds:
            return claim
    if cell.cell_type == "code" and "VARIANT" in _constants(cell.source):
        free = [cell.id for cell in assignment.release.cells if "VARIANT" in _constants(cell.source)]
        return free[0] if free else ""
    for given in assignment.release.cells:
        if cell.source.strip() == given.source.strip() and cell.source.strip():
            return given.id
    return ""


def _answers(
    assignment: Assignment, cells: list[SubmittedCell], owners: list[str]
) -> dict[str, str]:
    """Return the student's text of every cell that is the student's, by cell id.

    A cell that was split, its metadata copied, counts with all its parts in their order; of a
    copied cell equal parts count once.
    """
    parts: dict[str, list[str]] = {}
    for cell, owner in zip(cells, owners, strict=True):
        if owner and assignment.kinds[owner] in STUDENTS:
            found = parts.setdefault(owner, [])
            if cell.source not in found:
                found.append(cell.source)
    return {owner: "\n\n".join(found) for owner, found in parts.items()}


def _extras(
    assignment: Assignment, cells: list[SubmittedCell], owners: list[str]
) -> dict[str, list[NotebookNode]]:
    """Return the student's own cells, by the id of the source's cell that they follow."""
    extras: dict[str, list[NotebookNode]] = {}
    place = ""
    for number, (cell, owner) in enumerate(zip(cells, owners, strict=True)):
        if owner:
            place = owner
            continue
        new = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
        node = new(cell.source, id=f"extra-{number}")
        node.metadata.labs = {"kind": "extra"}
        extras.setdefault(place, []).append(node)
    return extras


def _problems(
    assignment: Assignment, cells: list[SubmittedCell], owners: list[str]
) -> list[Problem]:
    """Say what a submission changed that is not the student's to change."""
    problems = []
    release = {cell.id: cell for cell in assignment.release.cells}
    for cell in assignment.release.cells:
        kind = assignment.kinds[cell.id]
        if cell.id not in owners and kind in NAMES:
            text = f"{cell.id} ({NAMES[kind]}) is missing; the lab's own was put in its place."
            problems.append(Problem(code="deleted", cell=cell.id, message=text))
    for number, (cell, owner) in enumerate(zip(cells, owners, strict=True)):
        if not owner:
            if cell.grade_id:
                text = f"a cell calls itself {cell.grade_id!r}, which this lab does not have."
                problems.append(Problem(code="unknown_cell", cell=cell.grade_id, message=text))
            continue
        kind = assignment.kinds[owner]
        if owner in owners[:number] and kind in NAMES:
            text = f"{owner} is there more than once."
            problems.append(Problem(code="doubled", cell=owner, message=text))
        if kind in (*TESTS, "given") and cell.source.strip() != release[owner].source.strip():
            text = f"{owner} ({NAMES[kind]}) was edited; the lab's own text was used."
            problems.append(Problem(code="changed", cell=owner, message=text))
        wanted = release[owner].metadata.get("nbgrader", {}).get("points")
        if cell.points is not None and cell.points != wanted:
            text = f"{owner} claims {cell.points:g} points instead of {wanted or 0:g}."
            problems.append(Problem(code="points", cell=owner, message=text))
    return problems


def _variant(assignment: Assignment, notebook: NotebookNode) -> tuple[str, list[Problem]]:
    """Return the variant that the student's `VARIANT` line names, without running it."""
    default = next(iter(assignment.variants))
    for cell in notebook.cells:
        if cell.metadata.labs.kind != "free":
            continue
        chosen = _constants(cell.source).get("VARIANT")
        if chosen is None:
            continue
        if chosen in assignment.variants:
            return chosen, []
        known = ", ".join(assignment.variants)
        text = f"VARIANT is {chosen!r}, which is none of {known}; {default} was used."
        return default, [Problem(code="variant", cell=cell.id, message=text)]
    return default, []


def _constants(code: str) -> dict[str, object]:
    """Return the names that a cell binds to literal values at its top level."""
    try:
        lines = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {
        target.id: line.value.value
        for line in lines
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
