"""The words for verdicts."""

from __future__ import annotations

import pytest

from grading.records import TestResult
from grading.verdicts import followed_text


@pytest.mark.parametrize(
    ("followed", "verdict", "text"),
    [
        ([], "passed", ""),
        (["f"], "passed", "Judged with our answer to `f`, since yours lost points."),
        (["f", "g"], "passed", "Judged with our answers to `f` and `g`, since yours lost points."),
        (
            ["f", "g", "h"],
            "failed",
            "Judged with our answers to `f`, `g` and `h`, since yours lost points; "
            "it loses points there too.",
        ),
    ],
)
def test_followed_text(followed: list[str], verdict: str, text: str) -> None:
    """How is a student told that a test was judged with answers of the lab's?"""
    result = TestResult(
        cell="t", exercise="x", kind="visible", title="T", points=0, max_points=1,
        verdict=verdict, followed=followed,
    )  # fmt: skip
    assert followed_text(result) == text
