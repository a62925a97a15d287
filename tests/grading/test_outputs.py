"""Tests of verdicts as outputs: what nbgrader reads is what the referee said."""

from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest
from nbgrader.utils import determine_grade

from grading.outputs import verdict_outputs
from grading.records import TestResult


def result(verdict: str, points: float, message: str = "It is 3.") -> TestResult:
    return TestResult(
        cell="test_f", exercise="f", kind="visible", title="A title", hint="A hint",
        points=points, max_points=2.0, verdict=verdict, message=message, detail="SECRET",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "points"),
    [
        ("passed", 2.0),
        ("partial", 0.5),
        ("failed", 0.0),
        ("raised", 0.0),
        ("not_attempted", 0.0),
        ("time", 0.0),
        ("died", 0.0),
        ("memory", 0.0),
        ("output", 0.0),
        ("not_run", 0.0),
    ],
)
def test_nbgrader_reads_the_same_points(verdict: str, points: float) -> None:
    """Does nbgrader's own reading of the cell give the points of the record?"""
    cell = nbformat.v4.new_code_cell("x", outputs=verdict_outputs(result(verdict, points)))
    cell.metadata.nbgrader = {
        "grade": True, "solution": False, "points": 2, "grade_id": "test_f", "schema_version": 3,
        "locked": True, "task": False,
    }  # fmt: skip
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert determine_grade(cell) == (points, 2)


def test_what_a_student_reads() -> None:
    """Does a failed test show title, message and hint, and nothing of the instructor's?"""
    (output,) = verdict_outputs(result("failed", 0.0))
    assert output["traceback"] == [
        "A title (0 of 2 points)", "It is 3.", "Where to look: A hint"
    ]  # fmt: skip
    assert "SECRET" not in nbformat.v4.writes(nbformat.v4.new_notebook())
    assert "SECRET" not in str(output)


@pytest.mark.parametrize(
    ("verdict", "points"), [("passed", 2.0), ("partial", 0.5), ("failed", 0.0)]
)
def test_an_answer_of_the_labs_is_named(verdict: str, points: float) -> None:
    """Does a test say with which of the lab's answers it was judged, and give the same points?"""
    followed = replace(result(verdict, points), followed=["g"])
    cell = nbformat.v4.new_code_cell("x", outputs=verdict_outputs(followed))
    assert "Judged with our answer to `g`" in str(cell.outputs[0])
    cell.metadata.nbgrader = {"grade": True, "solution": False, "points": 2, "grade_id": "test_f"}
    assert determine_grade(cell) == (points, 2)


def test_a_hint_is_said_once() -> None:
    """Is a hint that the message holds not said again?"""
    (output,) = verdict_outputs(result("failed", 0.0, "It is 3. A hint"))
    assert not any("Where to look" in line for line in output["traceback"])
