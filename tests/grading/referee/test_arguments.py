"""Tests of arguments changed in place."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from grading.referee.arguments import Changes

CASES = [
    (np.zeros(3), np.ones(3)),
    ([1, 2, 3], [3]),
    ([1], [1, 2]),
    ({"a": 1, "b": 2}, {"b": 3, "c": 4}),
    ({1, 2}, {3}),
    ([np.zeros(2), [1]], [np.ones(2), [2]]),
    ({"w": [np.zeros(2)]}, {"w": [np.ones(2)]}),
    ((np.zeros(2), 1), (np.ones(2), 1)),
]


@pytest.mark.parametrize(("target", "changed"), CASES)
def test_written_and_undone(target: Any, changed: Any) -> None:
    """Is the test's own value changed in place, and as it was after the test?"""
    target, before = copy.deepcopy(target), copy.deepcopy(target)
    changes = Changes()
    assert changes.write(target, changed) is target
    assert repr(target) == repr(changed)
    changes.undo()
    assert repr(target) == repr(before)


def test_items_stay_the_same_objects() -> None:
    """Does a test that holds an array see it change inside of the list that it passed?"""
    weights = np.zeros(2)
    Changes().write({"layers": [weights]}, {"layers": [np.ones(2)]})
    assert weights.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("target", "changed"),
    [(np.zeros(3), np.ones(4)), (np.zeros(3), [1]), ([1], {1: 2}), ((1,), [1]), (5, 6)],
)
def test_what_does_not_fit_is_left(target: Any, changed: Any) -> None:
    """Is a value left alone if what comes back could not be made of it in place?"""
    before = copy.deepcopy(target)
    Changes().write(target, changed)
    assert repr(target) == repr(before)


def test_read_only_arrays_stay() -> None:
    """Is an array that cannot be written to left as it is?"""
    target = np.zeros(2)
    target.flags.writeable = False
    Changes().write(target, np.ones(2))
    assert target.tolist() == [0, 0]


def test_several_changes_are_undone_in_turn() -> None:
    """Is the first state back after several changes of one value?"""
    target, changes = [0], Changes()
    changes.write(target, [1])
    changes.write(target, [2])
    changes.undo()
    assert target == [0]
