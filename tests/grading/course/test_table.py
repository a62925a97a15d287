"""The table in the terminal: a line a submission, with what a person should look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grading.one import Graded
from grading.records import Outcome, Problem
from grading.table import class_table

Make = Callable[..., Graded]


def rows(*graded: Graded) -> list[str]:
    """Return the lines below the heading."""
    return class_table([one.record for one in graded]).splitlines()[2:]


def test_right_and_wrong(graded: Make) -> None:
    """Does a line say points, what waits, and which exercises lost points?"""
    right, wrong = rows(graded(), graded("bob", answer="", hidden_double=0.0))
    assert right.split()[:3] == ["ada", "4/7", "1"]
    assert right.endswith("every test passed")
    assert wrong.split()[:3] == ["bob", "2/7", "-"]
    assert wrong.endswith("not passed: double")


def test_reasons_come_first(graded: Make) -> None:
    """Does a failure or a remark stand where the exercises would?"""
    record = graded().record
    failed = replace(record, outcome=Outcome(code="missing", message="There is no file."))
    odd = replace(record, problems=[Problem(code="x", message=f"Odd {i}.") for i in range(5)])
    lines = class_table([failed, odd]).splitlines()
    assert lines[2].endswith("There is no file.")
    assert lines[3].endswith("Odd 0. Odd 1. (and 3 more)")


def test_columns_stand_below_each_other(graded: Make) -> None:
    """Are columns as wide as their widest entry, and an empty class a heading?"""
    lines = rows(graded("a"), graded("a-very-long-name"))
    assert len({line.index("4/7") for line in lines}) == 1
    assert len(class_table([]).splitlines()) == 2
