"""Tests of results: points from verdicts, and what a student may read."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from grading.results import better_result, numbers_text, test_result, written_answer

test_result.__test__ = False  # pytest would take the name for a test


def source(kind: str = "test", maximum: float = 4.0) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(
        'with lab.check("A title", hint="A hint") as check:\n    pass', id="t"
    )
    cell.metadata = nbformat.from_dict(
        {"labs": {"kind": kind, "exercise": "f"}, "nbgrader": {"points": maximum}}
    )
    return cell


@pytest.mark.parametrize(
    ("found", "verdict", "points"),
    [
        ({"verdict": "passed"}, "passed", 4.0),
        ({"verdict": "failed"}, "failed", 0.0),
        ({"verdict": "time"}, "time", 0.0),
        ({"verdict": "partial", "points": 1.5}, "partial", 1.5),
        ({"verdict": "partial", "points": 0.0}, "failed", 0.0),
        ({"verdict": "partial", "points": 4.0}, "passed", 4.0),
        ({"verdict": "partial", "points": 99.0}, "failed", 0.0),
    ],
)
def test_points(found: dict[str, Any], verdict: str, points: float) -> None:
    """Which points does a verdict give, never more than there are?"""
    result = test_result(source(), found)
    assert (result.verdict, result.points) == (verdict, points)


@pytest.mark.parametrize(("kind", "told"), [("test", "it came to 0.1307"), ("hidden", None)])
def test_what_is_told(kind: str, told: str | None) -> None:
    """Is the message of a visible test for the student, of a hidden one for the instructor?"""
    result = test_result(source(kind), {"verdict": "failed", "message": "it came to 0.1307"})
    assert result.message == (told or "The code ran and its result is not the expected one.")
    assert "0.1307" in result.detail
    assert (result.title, result.hint) == ("A title", "A hint")
    assert result.kind == ("hidden" if kind == "hidden" else "visible")


@pytest.mark.parametrize(
    ("own", "again", "verdict", "points", "message"),
    [
        # What the own run earned stays, with its message.
        ("partial", "failed", "partial", 2.0, "own words"),
        ("partial", "partial", "partial", 2.0, "own words"),
        ("failed", "failed", "failed", 0.0, "own words"),
        # Else it is the second verdict, without its message.
        ("failed", "passed", "passed", 4.0, "The test found what it expects."),
        ("not_attempted", "failed", "failed", 0.0, "The code ran and its result is not"),
        ("time", "raised", "raised", 0.0, "The code raised an exception."),
    ],
)
def test_the_better_of_two_results(
    own: str, again: str, verdict: str, points: float, message: str
) -> None:
    """Which verdict, points and words count of a test that was judged twice?"""
    first = test_result(source(), {"verdict": own, "points": 2.0, "message": "own words"})
    second = test_result(source(), {"verdict": again, "points": 1.0, "message": "SECRET"})
    counted = better_result(first, second, ["g", "h"])
    assert (counted.verdict, counted.points, counted.followed) == (verdict, points, ["g", "h"])
    assert counted.message.startswith(message)
    assert "SECRET" not in counted.message
    assert "own words" in counted.detail
    assert f"With the lab's answer to g, h: {again}. SECRET" in counted.detail


@pytest.mark.parametrize(
    ("answer", "answered"),
    [("My answer.", True), ("", False), ("  \n", False), ("*Write*\n", False)],
)
def test_written_answers(answer: str, answered: bool) -> None:
    """Are untouched and empty answers worth nothing, and others left to a person?"""
    release = nbformat.v4.new_markdown_cell("*Write*", id="q")
    release.metadata = nbformat.from_dict({"nbgrader": {"points": 3}})
    cell = nbformat.v4.new_markdown_cell(answer, id="q")
    result = written_answer(cell, release, "Why?", "")
    assert (result.answered, result.points) == (answered, None if answered else 0.0)
    assert (result.title, result.max_points) == ("Why?", 3.0)


@pytest.mark.parametrize(
    ("answer", "value", "named"),
    [
        ("0.9571", 0.9571, True),
        ("about 96 %", 0.9571, True),
        ("95.7 percent", 0.9571, True),
        ("0.96", 0.9571, True),
        ("0.9615", 0.9571, True),  # the same training on another machine
        ("0.98", 0.9571, False),
        ("it is 12", 12.0, True),
        ("nothing", 0.9571, False),
        ("1.2.3", 0.5, False),
        ("9" * 5000, 0.5, False),
    ],
)
def test_numbers_beside_an_answer(answer: str, value: float, named: bool) -> None:
    """Is a number known in an answer as written, in per cent, rounded, or a little off?"""
    text = numbers_text(["accuracy"], {"accuracy": value}, answer)
    assert ("the answer says" in text) is named


def test_numbers_that_a_run_did_not_give() -> None:
    """Is a number that the student's run does not have named as missing?"""
    assert numbers_text(["loss"], {}, "0.5") == "loss: this run has no such number"
    assert numbers_text([], {}, "0.5") == ""
