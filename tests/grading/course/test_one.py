"""One submission: whatever is handed in becomes a record with every test in it, and a notebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from grading.assignment import Assignment
from grading.course import Course
from grading.judge import LabBroken
from grading.one import grade_submission
from grading.place import Place
from grading.records import read_record, write_record

LAB = "small"
HandIn = Callable[[str, NotebookNode | bytes], Path]


def test_what_cannot_be_read(
    assignment: Assignment, place: Place, course: Course, hand_in: HandIn
) -> None:
    """Does a damaged file get no points for every test, and a notebook that says why?"""
    folder = hand_in("ada", b'{"cells": [').parent
    graded = grade_submission(assignment, folder, "ada", place)
    record = graded.record
    assert (record.outcome.code, record.score, record.max_score) == ("unreadable", 0.0, 7.0)
    assert {test.cell: test.verdict for test in record.tests} == {
        "test_double": "not_run", "hidden_double": "not_run", "test_halve": "not_run",
    }  # fmt: skip
    assert not record.needs_human
    assert "was not graded" in graded.notebook.cells[0].source
    assert record.outcome.message in graded.notebook.cells[0].source
    nbformat.validate(graded.notebook)
    assert read_record(write_record(course.folder, record)) == record


def test_nothing_handed_in(assignment: Assignment, place: Place, tmp_path: Path) -> None:
    """Does an empty folder say what is missing?"""
    graded = grade_submission(assignment, tmp_path, "ada", place)
    assert graded.record.outcome.code == "missing"
    assert "small.ipynb" in graded.record.outcome.message


@pytest.mark.parametrize("error", [LabBroken("cell x failed"), OSError("disk full"), KeyError("x")])
def test_a_fault_of_ours_is_nobodys_elses(
    assignment: Assignment,
    place: Place,
    hand_in: HandIn,
    answered: NotebookNode,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    """Is a failure of the lab or the grader a record that says so, and no exception?"""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("grading.one.judge", fail)
    graded = grade_submission(assignment, hand_in("ada", answered).parent, "ada", place)
    assert graded.record.outcome.code == "stopped"
    assert graded.record.score == 0.0
    assert "disk full" not in graded.record.outcome.message


@pytest.mark.sandbox
def test_a_right_submission(
    assignment: Assignment, running: Place, hand_in: HandIn, answered: NotebookNode
) -> None:
    """Does a right notebook get all points, its outputs, its times, and its answer wait?"""
    folder = hand_in("ada", answered).parent
    graded = grade_submission(assignment, folder, "ada", running)
    record = graded.record
    assert (record.outcome.code, record.score, record.problems) == ("graded", 4.0, [])
    assert record.needs_human
    assert record.variant == "plain"
    assert record.seconds > 0
    assert record.peak_memory_mb > 10
    assert not record.trusted
    assert {"python", "numpy", "keras"} <= set(record.versions)
    nbformat.validate(graded.notebook)
    assert "BEGIN HIDDEN" not in json.dumps(graded.notebook)


def test_inputs_of_its_own(
    assignment: Assignment,
    place: Place,
    hand_in: HandIn,
    answered: NotebookNode,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Does each change of the code get other hidden inputs, in each course, and nothing else?"""
    keys = []

    def fail(*arguments: object) -> None:
        keys.append(arguments[2].course_key)
        raise LabBroken("stop here")

    monkeypatch.setattr("grading.one.judge", fail)
    double = next(cell for cell in answered.cells if cell.id == "double")
    text = double.source
    for source, course in [
        (text, "spring"),
        (text, "spring"),
        (text.replace("\n", " \r\n"), "spring"),
        (f"{text}  # seen: 4.0", "spring"),
        (text, "autumn"),
    ]:
        double.source = source
        folder = hand_in("ada", answered).parent
        grade_submission(assignment, folder, "ada", replace(place, course_key=course))
    assert keys[0] == keys[1] == keys[2]
    assert len(set(keys)) == 3
    assert all("spring" in key or "autumn" in key for key in keys)


@pytest.mark.sandbox
def test_damaged_and_wrong(
    assignment: Assignment, running: Place, hand_in: HandIn, answered: NotebookNode
) -> None:
    """Are tests that were edited away run all the same, the file renamed, the variant compared?"""
    cells = {cell.id: cell for cell in answered.cells}
    cells["double"].source = "def double(x):\n    return x"
    cells["test_double"].source = cells["hidden_double"].source = "pass"
    cells["test_double"].metadata.nbgrader.points = 100
    path = hand_in("ada", answered)
    path = path.rename(path.with_name("small (1).ipynb"))
    record = grade_submission(assignment, path.parent, "ada", running, variant="other").record
    assert {test.cell: test.points for test in record.tests} == {
        "test_double": 0.0, "hidden_double": 0.0, "test_halve": 1.0,
    }  # fmt: skip
    assert record.max_score == 7.0
    assert {problem.code for problem in record.problems} == {
        "renamed", "changed", "points", "roster",
    }  # fmt: skip


def test_trusted_work(
    assignment: Assignment, running: Place, hand_in: HandIn, answered: NotebookNode
) -> None:
    """Is a grade that was made without a sandbox labelled so?"""
    open_place = replace(running, isolated=False)
    record = grade_submission(assignment, hand_in("ada", answered).parent, "ada", open_place).record
    assert (record.score, record.trusted) == (4.0, True)
