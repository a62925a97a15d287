"""Put a student's answers back into the lab: everything that is not the student's is the source's.

The source decides what the notebook is. From the submission come the contents of exercise cells,
free cells and written answers, and the student's own extra cells in their places. What was
changed, deleted or doubled is mended and reported, never trusted and never fatal.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.assignment import TESTS, Assignment
from grading.owners import find_owners, variant_line
from grading.records import Problem
from grading.submission import SubmittedCell

STUDENTS = ("exercise", "free", "question")
NAMES = {
    "test": "a test", "hidden": "a hidden test", "given": "given code", "demo": "given code",
    "exercise": "an exercise", "question": "a written answer", "free": "a free cell",
}  # fmt: skip
MAX_PROBLEMS = 50  # of a notebook; more are counted, not listed


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
    owners, guessed = find_owners(assignment, cells)
    problems = _problems(assignment, cells, owners, guessed)
    answers = _answers(assignment, cells, owners)
    extras = _extras(cells, owners)
    notebook = nbformat.v4.new_notebook(metadata=copy.deepcopy(assignment.release.metadata))
    notebook.cells.extend(extras.get("", []))
    for cell in assignment.release.cells:
        cell = copy.deepcopy(cell)
        cell.source = answers.get(cell.id, cell.source)
        notebook.cells.append(cell)
        notebook.cells.extend(extras.get(cell.id, []))
    variant, note = _variant(assignment, notebook)
    if len(problems) > MAX_PROBLEMS:
        text = f"There are {len(problems) - MAX_PROBLEMS} more remarks of this kind."
        problems[MAX_PROBLEMS:] = [Problem(code="more", message=text)]
    return Restored(notebook, variant, [*problems, *note])


def _answers(
    assignment: Assignment, cells: list[SubmittedCell], owners: list[str]
) -> dict[str, str]:
    """Return the student's text of every cell that is the student's, by cell id.

    A cell that was split, its metadata copied, counts with all its parts in their order; of equal
    parts one counts, and a copy of the empty template beside an answer does not.
    """
    parts: dict[str, dict[str, None]] = {}
    for cell, owner in zip(cells, owners, strict=True):
        if owner and assignment.kinds[owner] in STUDENTS:
            parts.setdefault(owner, {})[cell.source] = None
    templates = {cell.id: cell.source.strip() for cell in assignment.release.cells}
    answers = {}
    for owner, found in parts.items():
        written = [part for part in found if part.strip() not in ("", templates[owner])]
        answers[owner] = "\n\n".join(written or list(found)[:1])
    return answers


def _extras(cells: list[SubmittedCell], owners: list[str]) -> dict[str, list[NotebookNode]]:
    """Return the student's own cells, by the id of the source's cell that they follow."""
    extras: dict[str, list[NotebookNode]] = {}
    place = ""
    for number, (cell, owner) in enumerate(zip(cells, owners, strict=True)):
        if owner:
            place = owner
        elif cell.source.strip():
            is_code = cell.cell_type == "code"
            new = nbformat.v4.new_code_cell if is_code else nbformat.v4.new_markdown_cell
            node = new(cell.source, id=f"extra-{number}")
            node.metadata.labs = {"kind": "extra"}
            extras.setdefault(place, []).append(node)
    return extras


def _problems(
    assignment: Assignment, cells: list[SubmittedCell], owners: list[str], guessed: set[str]
) -> list[Problem]:
    """Say what a submission changed that is not the student's to change."""
    problems = []

    def note(code: str, cell: str, text: str) -> None:
        problems.append(Problem(code=code, cell=cell, message=text))

    release = {cell.id: cell for cell in assignment.release.cells}
    present = set(owners)
    for cell in assignment.release.cells:
        kind = assignment.kinds[cell.id]
        if cell.id not in present and kind in NAMES:
            text = f"{cell.id} ({NAMES[kind]}) is missing; the lab's own was put in its place."
            note("deleted", cell.id, text)
    seen: set[str] = set()
    for cell, owner in zip(cells, owners, strict=True):
        if cell.grade_id and cell.grade_id not in release:
            text = f"a cell calls itself {cell.grade_id!r}, which this lab does not have."
            note("unknown_cell", cell.grade_id, text)
        if not owner:
            continue
        kind, marks = assignment.kinds[owner], release[owner].metadata.get("nbgrader", {})
        if owner in guessed and owner not in seen and kind in ("exercise", "question"):
            note("unmarked", owner, f"{owner} had lost its mark; it was recognised all the same.")
        if owner in seen and kind in NAMES:
            note("doubled", owner, f"{owner} is there more than once.")
        seen.add(owner)
        if kind in (*TESTS, "given") and cell.source.strip() != release[owner].source.strip():
            text = f"{owner} ({NAMES[kind]}) was edited; the lab's own text was used."
            note("changed", owner, text)
        wanted = marks.get("points")
        if cell.points is not None and cell.points != wanted:
            text = f"{owner} claims {cell.points:g} points instead of {wanted or 0:g}."
            note("points", owner, text)
        wrong = [name for name, value in cell.flags.items() if value != marks.get(name, False)]
        if wrong:
            text = f"{owner} has other marks ({', '.join(wrong)}) than the lab gave it."
            note("marks", owner, text)
    return problems


def _variant(assignment: Assignment, notebook: NotebookNode) -> tuple[str, list[Problem]]:
    """Return the variant that the student's `VARIANT` line names, without running it."""
    default = next(iter(assignment.variants))
    for cell in notebook.cells:
        chosen = variant_line(cell.source) if cell.metadata.labs.kind == "free" else ""
        if chosen in assignment.variants:
            return chosen, []
        if chosen:
            known = ", ".join(assignment.variants)
            text = f"VARIANT is {chosen!r}, which is none of {known}; {default} was used."
            return default, [Problem(code="variant", cell=cell.id, message=text)]
    return default, []
