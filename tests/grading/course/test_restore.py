"""Restoring: the student's answers come back into the lab's own notebook, whatever was done to it."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import replace

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.notebooknode import NotebookNode

from grading.assignment import TESTS, Assignment
from grading.owners import find_owners, variant_line
from grading.restore import MAX_PROBLEMS, Restored, restore
from grading.submission import SubmittedCell, parse_notebook

Change = Callable[[list[SubmittedCell]], list[SubmittedCell]]
STUDENTS = ("exercise", "free", "question")


@pytest.fixture
def cells(answered: NotebookNode) -> list[SubmittedCell]:
    """A right submission, cell by cell."""
    return parse_notebook(nbformat.writes(answered).encode())


def number(cells: list[SubmittedCell], name: str) -> int:
    """Return the place of a cell by its id."""
    return next(i for i, cell in enumerate(cells) if name in (cell.cell_id, cell.grade_id))


def changed(cells: list[SubmittedCell], name: str, **values: object) -> list[SubmittedCell]:
    """Return the cells with one changed."""
    place = number(cells, name)
    return [*cells[:place], replace(cells[place], **values), *cells[place + 1 :]]


def anonymous(cells: list[SubmittedCell]) -> list[SubmittedCell]:
    """Return the cells as they are after a copy into a new notebook: all marks lost."""
    return [SubmittedCell(cell.cell_type, cell.source) for cell in cells]


def source_of(restored: Restored, name: str) -> str:
    """Return a cell's text in the restored notebook."""
    return next(cell.source for cell in restored.notebook.cells if cell.id == name)


def codes(restored: Restored) -> set[tuple[str, str]]:
    """Return what was noted, as pairs of code and cell."""
    return {(problem.code, problem.cell) for problem in restored.problems}


def check_is_the_lab(assignment: Assignment, restored: Restored) -> None:
    """Check what must hold of every restored notebook."""
    notebook = restored.notebook
    nbformat.validate(notebook)
    own = [cell for cell in notebook.cells if cell.metadata.labs.kind != "extra"]
    assert [cell.id for cell in own] == [cell.id for cell in assignment.release.cells]
    for cell, given_cell in zip(own, assignment.release.cells, strict=True):
        assert cell.metadata == given_cell.metadata
        assert cell.cell_type == given_cell.cell_type
        assert cell.get("outputs", []) == []
        if assignment.kinds[cell.id] not in STUDENTS:
            assert cell.source == given_cell.source
    assert "BEGIN HIDDEN" not in nbformat.writes(notebook)
    assert restored.variant in assignment.variants
    assert len(restored.problems) <= MAX_PROBLEMS + 2


def test_an_honest_notebook(
    assignment: Assignment, cells: list[SubmittedCell], answered: NotebookNode
) -> None:
    """Does a notebook that only has answers in it come back as it is, without a note?"""
    restored = restore(assignment, cells)
    check_is_the_lab(assignment, restored)
    assert [cell.source for cell in restored.notebook.cells] == [
        cell.source for cell in answered.cells
    ]
    assert restored.problems == []


def test_the_lab_is_not_changed(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Is the assignment the same after a submission was restored?"""
    before = copy.deepcopy(assignment.release)
    restore(assignment, cells).notebook.cells[0].metadata.labs.kind = "other"
    assert assignment.release == before


DAMAGE: dict[str, tuple[Change, set[tuple[str, str]]]] = {
    "test edited": (
        lambda cells: changed(cells, "test_double", source="pass"),
        {("changed", "test_double")},
    ),
    "hidden test filled": (
        lambda cells: changed(cells, "hidden_double", source="pass"),
        {("changed", "hidden_double")},
    ),
    "given code edited": (
        lambda cells: changed(cells, cells[1].cell_id, source="import os"),
        {("changed", "a-small-lab-2")},
    ),
    "test deleted": (
        lambda cells: [cell for cell in cells if cell.cell_id != "test_double"],
        {("deleted", "test_double")},
    ),
    "test doubled": (
        lambda cells: [*cells, replace(cells[number(cells, "test_double")], source="pass")],
        {("doubled", "test_double"), ("changed", "test_double")},
    ),
    "points changed": (
        lambda cells: changed(cells, "test_double", points=100.0),
        {("points", "test_double")},
    ),
    "points of an own cell": (
        lambda cells: changed(cells, "double", points=50.0, flags={"grade": True}),
        {("points", "double"), ("marks", "double")},
    ),
    "test no longer graded": (
        lambda cells: changed(cells, "test_double", flags={"grade": False}),
        {("marks", "test_double")},
    ),
    "answer no longer by hand": (
        lambda cells: changed(cells, "why", flags={"grade": True, "solution": False}),
        {("marks", "why")},
    ),
    "id renamed": (
        lambda cells: changed(cells, "test_double", grade_id="test_triple"),
        {("unknown_cell", "test_triple")},
    ),
    "both ids renamed": (
        lambda cells: changed(cells, "test_double", grade_id="test_triple", cell_id="x"),
        {("unknown_cell", "test_triple")},
    ),
    "a test turned markdown": (
        lambda cells: changed(cells, "test_double", cell_type="markdown"),
        set(),
    ),
    "a test turned raw": (lambda cells: changed(cells, "test_double", cell_type="raw"), set()),
    "marks lost from one test": (
        lambda cells: changed(cells, "test_double", grade_id="", flags={}, points=None),
        set(),
    ),
    "a bonus of one's own": (
        lambda cells: [*cells, SubmittedCell("code", "1", "b", "bonus", 50.0, {"grade": True})],
        {("unknown_cell", "bonus")},
    ),
    "all cell ids equal": (lambda cells: [replace(cell, cell_id="x") for cell in cells], set()),
    "no cell ids": (lambda cells: [replace(cell, cell_id="") for cell in cells], set()),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_mended_and_noted(
    assignment: Assignment, cells: list[SubmittedCell], name: str
) -> None:
    """Do the lab's tests and the student's answers come back, with a note of what was done?"""
    damage, notes = DAMAGE[name]
    restored = restore(assignment, damage(cells))
    check_is_the_lab(assignment, restored)
    assert codes(restored) == notes
    for answer in ("double", "halve", "why"):
        assert source_of(restored, answer) == cells[number(cells, answer)].source


def test_everything_deleted(assignment: Assignment) -> None:
    """Is nothing at all the empty template, with a note for each cell that matters?"""
    restored = restore(assignment, [])
    check_is_the_lab(assignment, restored)
    assert ("deleted", "hidden_double") in codes(restored)
    assert ("deleted", "why") in codes(restored)
    texts = [cell.source for cell in restored.notebook.cells]
    assert texts == [cell.source for cell in assignment.release.cells]


def test_a_split_exercise(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Do both parts of a cell that was split, its marks copied, run in their order?"""
    place = number(cells, "double")
    parts = [
        replace(cells[place], source="def twice(x):\n    return 2 * x"),
        replace(cells[place], source="double = twice", cell_id="new"),
    ]
    restored = restore(assignment, [*cells[:place], *parts, *cells[place + 1 :]])
    check_is_the_lab(assignment, restored)
    assert source_of(restored, "double") == "def twice(x):\n    return 2 * x\n\ndouble = twice"
    assert codes(restored) == {("doubled", "double")}


def test_a_copy_of_the_template_does_not_undo_the_answer(
    assignment: Assignment, cells: list[SubmittedCell]
) -> None:
    """Does the answer count where the student kept the empty cell below it?"""
    place = number(cells, "double")
    template = next(cell.source for cell in assignment.release.cells if cell.id == "double")
    for copied in (template, cells[place].source, ""):
        twice = [*cells[: place + 1], replace(cells[place], source=copied), *cells[place + 1 :]]
        restored = restore(assignment, twice)
        assert source_of(restored, "double") == cells[place].source


@pytest.mark.parametrize("name", ["double", "why"])
@pytest.mark.parametrize("cell_type", ["markdown", "code", "raw"])
def test_an_answer_of_another_type(
    assignment: Assignment, cells: list[SubmittedCell], name: str, cell_type: str
) -> None:
    """Is an answer that a key press turned into another type what it was meant to be?"""
    restored = restore(assignment, changed(cells, name, cell_type=cell_type))
    check_is_the_lab(assignment, restored)
    assert source_of(restored, name) == cells[number(cells, name)].source


def test_extra_cells_stay_in_their_places(
    assignment: Assignment, cells: list[SubmittedCell]
) -> None:
    """Do the student's own cells run where they stood, also before the first and after the last?"""
    place = number(cells, "double")
    own = [
        SubmittedCell("code", "first = 1"),
        *cells[: place + 1],
        SubmittedCell("code", "helper = 2", cell_id="introduction"),
        SubmittedCell("raw", "a note"),
        SubmittedCell("code", "  \n"),
        *cells[place + 1 :],
        SubmittedCell("markdown", "the end"),
    ]
    restored = restore(assignment, own)
    check_is_the_lab(assignment, restored)
    sources = [cell.source for cell in restored.notebook.cells]
    assert sources[0] == "first = 1"
    at = sources.index("helper = 2")
    assert restored.notebook.cells[at - 1].id == "double"
    assert sources[at + 1] == "a note"
    assert restored.notebook.cells[at + 2].id == "test_double"
    assert sources[-1] == "the end"
    assert restored.problems == []


def test_a_notebook_without_any_mark(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Are cells known by text, by what they define and by place after a copy into a new file?"""
    restored = restore(assignment, anonymous(cells))
    check_is_the_lab(assignment, restored)
    for name in ("double", "halve", "why"):
        assert source_of(restored, name) == cells[number(cells, name)].source
    assert codes(restored) == {("unmarked", "double"), ("unmarked", "halve"), ("unmarked", "why")}
    assert len(restored.notebook.cells) == len(cells)


def test_a_notebook_without_any_mark_and_with_own_cells(
    assignment: Assignment, cells: list[SubmittedCell]
) -> None:
    """Is an answer found among cells of the student's own?"""
    plain = anonymous(cells)
    mixed = []
    for index, cell in enumerate(plain):
        mixed += [cell, SubmittedCell("code", f"try_{index} = 1")]
    restored = restore(assignment, mixed)
    check_is_the_lab(assignment, restored)
    for name in ("double", "halve", "why"):
        assert source_of(restored, name) == cells[number(cells, name)].source


def test_equal_cells_of_the_lab(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Where a lab has two cells of the same text, is each found once?"""
    notebook = copy.deepcopy(assignment.release)
    second = copy.deepcopy(notebook.cells[3])
    second.id = "again"
    notebook.cells.insert(4, second)
    lab = Assignment("small", copy.deepcopy(notebook), notebook, assignment.variants)
    plain = anonymous(parse_notebook(nbformat.writes(notebook).encode()))
    owners, _ = find_owners(lab, plain)
    assert owners == [cell.id for cell in notebook.cells]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('VARIANT = "other"', "other"),
        ("VARIANT='other'", "other"),
        ('VARIANT: str = "other"  # or "plain"', "other"),
        ('VARIANT = ("other")', "other"),
        ('%matplotlib inline\n!ls\nVARIANT = "other"', "other"),
        ('VARIANT = "plain"\nVARIANT = "other"', "other"),
        ('VARIANT = "other"\nthis is no Python', "other"),
        ("VARIANT = choose()", "choose()"),
        ("VARIANT = 0x" + "f" * 5000, "0x" + "f" * 78),
        ("# VARIANT = 'other'", ""),
        ("VARIANT == 'other'", ""),
        ("x = 1", ""),
        ("VARIANT =", ""),
    ],
)
def test_the_variant_line(line: str, value: str) -> None:
    """Is the line read as a person reads it, without running or parsing what stands around?"""
    assert variant_line(line) == value


def test_a_variant_is_chosen(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Does the student's line decide, and an unknown name get the default and a note?"""
    free = next(cell.cell_id for cell in cells if cell.source.startswith("VARIANT"))
    restored = restore(assignment, changed(cells, free, source='VARIANT = "other"'))
    assert (restored.variant, restored.problems) == ("other", [])
    restored = restore(assignment, changed(cells, free, source='VARIANT = "fashoin"'))
    assert restored.variant == "plain"
    assert codes(restored) == {("variant", free)}
    assert "'fashoin'" in restored.problems[0].message
    restored = restore(assignment, changed(cells, free, source="raise SystemExit"))
    assert (restored.variant, restored.problems) == ("plain", [])


def test_the_variant_line_without_marks(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Is the free cell with the line found in a file that has lost all ids?"""
    free = number(cells, next(c.cell_id for c in cells if c.source.startswith("VARIANT")))
    plain = anonymous(cells)
    plain[free] = SubmittedCell("code", 'VARIANT = "other"\nprint(VARIANT)')
    plain.insert(free + 1, SubmittedCell("code", "print(1)"))
    restored = restore(assignment, plain)
    assert restored.variant == "other"
    check_is_the_lab(assignment, restored)
    assert len(restored.notebook.cells) == len(cells) + 1


@pytest.mark.parametrize(
    "source",
    ["(" * 100_000, "-" * 200_000 + "1", "[" * 5000, "a." * 100_000 + "b", "lambda:" * 9999],
)
def test_programs_that_break_parsers(
    assignment: Assignment, cells: list[SubmittedCell], source: str
) -> None:
    """Is a program that no parser survives only text here?"""
    hostile = [SubmittedCell("code", source), *changed(cells, "double", source=source)]
    check_is_the_lab(assignment, restore(assignment, hostile))


def test_thousands_of_odd_cells_take_no_time(assignment: Assignment) -> None:
    """Do five thousand cells end soon, with a bounded list of remarks?"""
    started = time.perf_counter()
    for make in (
        lambda i: SubmittedCell("code", f"x = {i}", grade_id=f"bonus_{i}"),
        lambda i: SubmittedCell("code", f"x = {i}" * 50, grade_id="double"),
        lambda i: SubmittedCell("code", assignment.release.cells[1].source),
    ):
        restored = restore(assignment, [make(i) for i in range(5000)])
        check_is_the_lab(assignment, restored)
        assert len(restored.problems) <= MAX_PROBLEMS + 1
    assert restored.problems[-1].code == "more"
    assert time.perf_counter() - started < 20


NAMES = ["double", "test_double", "hidden_double", "halve", "why", "bonus", "", "a-small-lab-2"]
SOURCES = [
    "",
    "pass",
    'VARIANT = "other"',
    "def double(x):\n    return x",
    "YOUR ANSWER HERE",
    "\x00",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.builds(
            SubmittedCell,
            cell_type=st.sampled_from(["code", "markdown", "raw", "heading", ""]),
            source=st.sampled_from(SOURCES) | st.text(max_size=8),
            cell_id=st.sampled_from(NAMES),
            grade_id=st.sampled_from(NAMES),
            points=st.none() | st.floats(-5, 100),
            flags=st.dictionaries(st.sampled_from(["grade", "solution"]), st.booleans()),
        ),
        max_size=25,
    )
)
def test_whatever_is_handed_in(assignment: Assignment, cells: list[SubmittedCell]) -> None:
    """Does every submission give the lab, all its cells in order, with the lab's own tests?"""
    check_is_the_lab(assignment, restore(assignment, cells))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_right_notebook_shuffled_and_thinned(
    assignment: Assignment, answered: NotebookNode, data: st.DataObject
) -> None:
    """Does each answer that is still there, with its mark, come back in its place?"""
    cells = parse_notebook(nbformat.writes(answered).encode())
    kept = data.draw(st.permutations(cells))[: data.draw(st.integers(0, len(cells)))]
    restored = restore(assignment, kept)
    check_is_the_lab(assignment, restored)
    for cell in kept:
        if assignment.kinds[cell.cell_id] in STUDENTS:
            assert source_of(restored, cell.cell_id) == cell.source
    there = {cell.cell_id for cell in kept}
    gone = {name for name, kind in assignment.kinds.items() if kind in TESTS} - there
    assert {("deleted", name) for name in gone} <= codes(restored)
