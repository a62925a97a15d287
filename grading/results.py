"""Verdicts as results of the record: points, and the words that a student may read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from nbformat.notebooknode import NotebookNode

from grading.assignment import title_and_hint
from grading.records import TestResult, WrittenAnswer
from grading.verdicts import VERDICTS

TOLERANCE = 0.01  # of a value


def test_result(source: NotebookNode, found: dict[str, Any]) -> TestResult:
    """Return the result of a test from the referee's verdict.

    A hidden test tells the student its title, its verdict and its hint; nothing that came or was
    expected, and no message of an exception, since these could hold the hidden values.

    Parameters
    ----------
    source
        The test cell of the source notebook.
    found
        `verdict`, `message`, and perhaps `detail`, `points`, `seconds`.
    """
    title, hint = title_and_hint(source)
    hidden = source.metadata.labs.kind == "hidden"
    maximum = float(source.metadata.nbgrader.points)
    verdict, points = found["verdict"], 0.0
    if verdict == "passed":
        points = maximum
    elif verdict == "partial":
        # More points than there are is a mistake of the test's; nbgrader gives no score for it.
        points = found["points"] if found["points"] <= maximum else 0.0
        verdict = "passed" if points == maximum else "partial" if points else "failed"
        if found["points"] > maximum:
            found = {**found, "detail": f"the cell gave {found['points']:g} of {maximum:g} points"}
    told = "" if hidden else found.get("message", "")
    return TestResult(
        cell=source.id,
        exercise=source.metadata.labs.get("exercise", ""),
        kind="hidden" if hidden else "visible",
        title=title,
        hint=hint,
        points=points,
        max_points=maximum,
        verdict=verdict,
        message=told or VERDICTS[verdict].meaning,
        detail=found.get("detail", "") or found.get("message", ""),
        seconds=float(found.get("seconds", 0.0)),
    )


def better_result(own: TestResult, again: TestResult, followed: list[str]) -> TestResult:
    """Return what counts of a test that was judged once more, with answers of the lab's in place.

    Never less than the student's own notebook earned. Of the second verdict a student learns the
    verdict alone: what it came to may be made with the lab's answers, or quote them.

    Parameters
    ----------
    own, again
        Results on the student's own notebook, and with the lab's answers.
    followed
        Exercises in whose cells these stood.
    """
    said = f"With the lab's answer to {', '.join(followed)}: {again.verdict}. {again.detail}"
    detail = "\n".join(filter(None, [own.detail, said.strip()]))
    seconds = own.seconds + again.seconds
    # A verdict that stays the same keeps its message: it tells the student more.
    if own.points >= again.points and (own.points or own.verdict == again.verdict):
        return replace(own, detail=detail, seconds=seconds, followed=followed)
    message = VERDICTS[again.verdict].meaning
    return replace(again, message=message, detail=detail, seconds=seconds, followed=followed)


def written_answer(
    cell: NotebookNode, release: NotebookNode, title: str, numbers: str
) -> WrittenAnswer:
    """Return the state of a written answer: 0 points if untouched, else for a person to mark."""
    answered = cell.source.strip() not in ("", release.source.strip())
    return WrittenAnswer(
        cell=cell.id,
        title=title,
        max_points=float(release.metadata.nbgrader.points),
        answered=answered,
        points=None if answered else 0.0,
        numbers=numbers,
    )


def numbers_text(names: list[str], values: dict[str, float], answer: str) -> str:
    """Say which numbers this run gave, and which number in the answer is meant.

    Training gives slightly other numbers on another machine, so a number counts as meant if it is
    the value within 1 %, as it is or in per cent, rounded.

    Examples
    --------
    >>> numbers_text(["accuracy"], {"accuracy": 0.9571}, "It reached 95.7 % on new images.")
    'accuracy = 0.9571 (the answer says 95.7)'
    """
    said = re.findall(r"\d+(?:\.\d+)?", answer)
    lines = []
    for name in names:
        if name not in values:
            lines.append(f"{name}: this run has no such number")
            continue
        nearest = min(said, key=lambda text: _distance(text, values[name]), default="")
        near = nearest and _distance(nearest, values[name]) <= TOLERANCE
        remark = f"the answer says {nearest}" if near else "not in the answer"
        lines.append(f"{name} = {values[name]:.4g} ({remark})")
    return "; ".join(lines)


def _distance(text: str, value: float) -> float:
    """Return how far a written number is from a value or its percentage, beyond rounding."""
    half = 0.5 * 10.0 ** -len(text.partition(".")[2])
    gaps = (
        max(0.0, abs(float(text) - true) - half) / max(true, 1e-9)
        for true in (abs(value), 100 * abs(value))
    )
    return min(gaps)
