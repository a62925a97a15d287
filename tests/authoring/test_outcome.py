from __future__ import annotations

import numpy as np
import pytest

from authoring.outcome import Outcome, Verdict


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (None, Outcome("passed")),
        (2, Outcome("passed")),
        (3.5, Outcome("passed")),
        (1.5, Outcome("partial", 1.5, "1.5 of 2 points")),
        (0, Outcome("partial", 0.0, "0 of 2 points")),
        (True, Outcome("passed")),
        ("1", Outcome("passed")),
        (np.float64(1), Outcome("passed")),
    ],
)
def test_a_value_is_points_as_nbgrader_reads_it(value: object, outcome: Outcome):
    """Is the last line's value points where its text is a number, and full points where not?"""
    assert Outcome.of_value(value, 2) == outcome


def verdict(outcomes: dict[str, Outcome], **more: str) -> Verdict:
    return Verdict("answer", frozenset({"a"}), outcomes, 1.0, **more)


def test_what_is_said_of_an_answer():
    """Are tests named that pass against the header, or fail against it?"""
    said = verdict({"a": Outcome("failed", message="no"), "b": Outcome("passed")})
    assert said.as_said
    other = verdict({"a": Outcome("passed"), "b": Outcome("died")})
    assert other.lines() == [
        "a passes, but must fail",
        "b fails, but must pass: ends the process",
    ]
    assert verdict({}, trouble="its cell `x` raised E").lines() == ["its cell `x` raised E"]


def test_both_ways_are_compared_by_verdict_and_points():
    """Are messages left out of the comparison, but told where verdicts differ?"""
    plain = verdict({"a": Outcome("failed", message="2"), "b": Outcome("partial", 1.0, "1 of 2")})
    same = verdict({"a": Outcome("failed", message="two"), "b": Outcome("partial", 1.0)})
    assert plain.compared(same).differences == ()
    assert plain.compared(same).seconds == 2
    other = verdict({"a": Outcome("raised", message="E"), "b": Outcome("partial", 1.5)})
    assert plain.compared(other).differences == (
        "a fails (2) in plain nbgrader, and through the referee raises (E)",
        "b gives part of its points (1 of 2) in plain nbgrader, and through the referee gives part"
        " of its points",
    )
