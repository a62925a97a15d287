"""Tests of what a function changes in its arguments: seen where it ran, done on the other side."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grading.inside.arrays import random_state
from grading.inside.changes import Changes, encode_changes, is_same, picture
from grading.inside.values import Decoder, Encoder

CASES: list[tuple[Any, Callable[[Any], object]]] = [
    (np.zeros(3), lambda x: x.__setitem__(0, 1)),
    (np.zeros((2, 3)), lambda x: np.transpose(x).__setitem__((0, 1), 5)),
    (np.zeros((2, 3)), lambda x: setattr(x, "shape", (3, 2))),
    (np.array(["b", "a"]), lambda x: x.sort()),
    ([1, 2, 3], lambda x: x.clear()),
    ([1], lambda x: x.append([2])),
    ([1.0, 2.0], lambda x: x.reverse()),
    ({"a": 1, "b": 2}, lambda x: x.pop("a")),
    ({"a": 1}, lambda x: x.update(c=np.ones(2))),
    ({1, 2}, lambda x: x.add(3)),
    (bytearray(b"abc"), lambda x: x.extend(b"d")),
    ([np.zeros(2), [1]], lambda x: x[0].fill(4)),
    ([np.zeros(2), [1]], lambda x: x[1].append(4)),
    ({"w": [np.zeros(2)]}, lambda x: x["w"][0].fill(1)),
    ((np.zeros(2), 1), lambda x: x[0].fill(1)),
    (np.random.default_rng(1), lambda x: x.random()),
    (np.random.default_rng(1), lambda x: x.permutation(5)),
    (np.random.RandomState(1), lambda x: x.normal()),
    (np.random.Generator(np.random.MT19937(2)), lambda x: x.random()),
    (pd.DataFrame({"a": [1, 2], "b": ["x", None]}), lambda x: x.pop("b")),
    (pd.DataFrame({"a": [1, 2]}), lambda x: x.insert(1, "c", 7)),
    (pd.DataFrame({"a": [1, 2]}), lambda x: x.__init__(x.loc[1:])),
    (pd.Series([1.0, 2.0]), lambda x: x.__setitem__(0, 9)),
]


def _across(value: Any, change: Callable[[Any], object]) -> Changes:
    """Send a value over, change it there, and bring the change back."""
    there = Encoder(_no_other)
    node = there.encode(value)
    arrived = Decoder(there.parts, _no_other)
    copied = arrived.decode(node)
    before = [picture(one) for one in arrived.made]
    change(copied)
    back = Encoder(_no_other, arrived.made)
    nodes = encode_changes(arrived.made, before, back)
    changes = Changes()
    changes.write(there.sent, nodes, Decoder(back.parts, _no_other, there.sent))
    return changes


def _no_other(value: Any, coder: Any) -> Any:
    raise AssertionError(f"{value!r} has no plain form")


def _state(value: Any) -> str:
    if isinstance(value, (np.random.Generator, np.random.RandomState)):
        return repr(random_state(value))
    return repr(value)


@pytest.mark.parametrize(("value", "change"), CASES)
def test_done_and_undone(value: Any, change: Callable[[Any], object]) -> None:
    """Is the test's own value changed as its copy was, and as it was before when that is undone?"""
    value = copy.deepcopy(value)
    want, before = copy.deepcopy(value), _state(value)
    change(want)
    changes = _across(value, change)
    assert _state(value) == _state(want) != before
    changes.undo()
    assert _state(value) == before


@pytest.mark.parametrize("value", [value for value, _ in CASES])
def test_unchanged(value: Any) -> None:
    """Is a value that was only looked at not sent back?"""
    encoder = Encoder(_no_other)
    decoder = Decoder([], _no_other)
    encoder.encode(value)
    decoder.made = encoder.sent
    before = [picture(one) for one in decoder.made]
    assert encode_changes(decoder.made, before, Encoder(_no_other, decoder.made)) == []


def test_items_stay_the_same_objects() -> None:
    """Does a test that holds an array see it change inside of the list that it passed?"""
    weights, kept = np.zeros(2), [1]
    value = {"layers": [weights, kept]}
    _across(value, lambda x: x["layers"][0].fill(1))
    assert weights.tolist() == [1, 1]
    assert value["layers"][1] is kept


def test_what_moves_stays_itself() -> None:
    """Is an array that moved from one list to another the test's own array there?"""
    weights = np.zeros(2)
    value = [[weights], []]
    _across(value, lambda x: x[1].append(x[0].pop()))
    assert value[0] == []
    assert value[1][0] is weights


def test_pictures_compare_by_identity() -> None:
    """Does a list count as changed by what it holds, not by what that says of itself?"""

    class Equal:
        def __eq__(self, other: object) -> bool:
            raise AssertionError("nobody asks")

        __hash__ = None  # type: ignore[assignment]

    items = [Equal(), Equal()]
    before = picture(items)
    assert is_same(before, picture(items))
    items.reverse()
    assert not is_same(before, picture(items))
