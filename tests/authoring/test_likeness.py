from __future__ import annotations

import contextlib
from typing import Any

import numpy as np
import pytest

from authoring.likeness import Likeness


def differs(function: Any, other: Any, argument: Any) -> bool:
    found = Likeness()
    with contextlib.suppress(LookupError):
        found.watched(function, other)(argument)
    return found.differs


def fill(values: list[Any], number: int) -> None:
    values[:] = [number] * len(values)


def refuse(*_: Any) -> None:
    raise KeyError("no")


@pytest.mark.parametrize(
    ("function", "other", "argument", "same"),
    [
        (lambda x: x, lambda given: given[0], [1, 2], True),
        (lambda x: x + 1, lambda given: given[0], 1, False),
        (lambda x: x[:0], lambda given: np.array([]), np.ones(3), True),
        (lambda x: x[:0], lambda given: np.array([]), np.ones((3, 2)), False),
        (lambda x: np.nan, lambda given: float("nan"), 1, True),
        (lambda x: fill(x, 0), lambda given: fill(given[0], 0), [1, 2], True),
        (lambda x: fill(x, 0), lambda given: None, [1, 2], False),
        (lambda x: None, lambda given: fill(given[0], 0), [1, 2], False),
        (refuse, lambda given: refuse(), 1, True),
        (refuse, lambda given: 1, 1, False),
        (lambda x: 1, lambda given: refuse(), 1, False),
        (lambda x: object(), lambda given: 1, 1, True),  # cannot be compared
        (lambda x: 1, lambda given: 2, (n for n in "ab"), True),  # cannot be copied
    ],
)
def test_same_or_not(function: Any, other: Any, argument: Any, same: bool):
    """Are results, exceptions and what becomes of the arguments all compared?"""
    assert differs(function, other, argument) is not same


def test_all_calls_from_outside_count():
    """Is one difference enough, and recursion no call of its own?"""
    found = Likeness()
    names: dict[str, Any] = {}

    def halve(n: int) -> int:
        return n if n == 5 else names["halve"](n // 2)

    names["halve"] = found.watched(halve, lambda given: 5)
    assert names["halve"](10) == 5
    other = found.watched(lambda n: n, lambda given: 0)
    assert other(0) == 0
    assert not found.differs
    assert other(5) == 5
    assert other(0) == 0
    assert found.differs
