"""Tests of labkit.compare."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from labkit import compare


class AlwaysEqual:
    """Claims to equal everything, as a cheating object would."""

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        return True


class EqualText(str):
    """Text that claims to equal everything."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __str__(self) -> str:
        return "wrong"


@pytest.mark.parametrize("value", [np.zeros((3, 784)), [[0] * 784] * 3])
def test_shape_fits(value: Any) -> None:
    """Does an array or nested list of the right shape pass, with None for any size?"""
    assert compare.differs_in_shape(value, (None, 784), "x") is None


@pytest.mark.parametrize("value", [np.zeros((784,)), np.zeros((3, 783)), None, "text", 5, [[1], 2]])
def test_shape_does_not_fit(value: Any) -> None:
    """Is another shape, or a thing without one, described beside the expected shape?"""
    expected, _ = compare.differs_in_shape(value, (None, 784), "x")
    assert expected == "`x` of shape (any, 784)"


@pytest.mark.parametrize(
    ("dtype", "fits"),
    [
        ("float32", True),
        (np.float32, True),
        (("float64", "float32"), True),
        (np.floating, True),
        ("float64", False),
        (np.integer, False),
        (("uint8", "int64"), False),
    ],
)
def test_dtype(dtype: Any, fits: bool) -> None:
    """Are names, types, families and tuples of dtypes understood?"""
    assert (compare.differs_in_dtype(np.zeros(2, "float32"), dtype, "x") is None) == fits


def test_dtype_of_a_list() -> None:
    """Is a beginner told why a list has no dtype?"""
    expected, came = compare.differs_in_dtype([1, 2], np.floating, "x")
    assert expected == "`x` of dtype float32 or float64"
    assert "np.array" in came


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.3, 0.1 + 0.2),
        ([1, 2], np.array([1.0, 2.0])),
        (np.float32(1e6) + 0.06, 1e6),
        (np.array([np.nan, 1]), [np.nan, 1]),
        (pd.Series([1.0, 2.0]), [1, 2]),
    ],
)
def test_numbers_agree(value: Any, expected: Any) -> None:
    """Do equal numbers agree whatever holds them, with a tolerance that grows with them?"""
    assert compare.differs_in_numbers(value, expected, "x", 1e-6) is None


@pytest.mark.parametrize(
    "value", [0.31, np.nan, np.inf, "0.3", None, [0.3], AlwaysEqual(), [AlwaysEqual()]]
)
def test_numbers_differ(value: Any) -> None:
    """Is a wrong, missing or unreadable number found, whatever its own `==` says?"""
    assert compare.differs_in_numbers(value, 0.3, "x", 1e-6)


def test_numbers_say_where() -> None:
    """Is the place of the largest difference named?"""
    want = np.zeros((2, 3))
    came = want.copy()
    came[1, 2], came[0, 0] = 5, 1
    assert compare.differs_in_numbers(came, want, "x", 1e-6) == (
        "`x` with 0 at [1, 2]",
        "5 there; 2 of 6 values differ",
    )


def test_nan_is_the_largest_difference() -> None:
    """Is a NaN named before any finite difference?"""
    _, came = compare.differs_in_numbers([1.0, np.nan], [9.0, 2.0], "x", 1e-6)
    assert came.startswith("nan there")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((3, 5), [3, 5]),
        (np.array([3, 5]), (3, 5)),
        (np.int64(3), 3),
        (True, True),
        ("digits", "digits"),
        (None, None),
        ({"a": [1, 2]}, {"a": (1, 2)}),
        ([("4", 9), None], (("4", 9), None)),
        (np.array(["a", "b"]), ["a", "b"]),
    ],
)
def test_equal_values(value: Any, expected: Any) -> None:
    """Does any container of the same items pass?"""
    assert compare.differs(value, expected, "x") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ((5, 3), (3, 5)),
        ((3,), (3, 5)),
        ("Digits", "digits"),
        (EqualText("digits"), "digits"),
        (AlwaysEqual(), 3),
        (AlwaysEqual(), "digits"),
        (AlwaysEqual(), [("4", 9), None]),
        ([AlwaysEqual(), 5], [3, 5]),
        (0, None),
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"a": 1}, {"a": 2}),
        ([("4", 8), None], (("4", 9), None)),
        (np.arange(30), np.arange(30)[::-1]),
    ],
)
def test_unequal_values(value: Any, expected: Any) -> None:
    """Is every difference found, also behind an `==` that lies?"""
    assert compare.differs(value, expected, "x")


def test_difference_in_a_dict_names_the_key() -> None:
    """Does the message lead to the entry?"""
    assert compare.differs({"a": 1}, {"a": 2}, "scores")[0] == "`scores['a']` = 2"


def test_expected_that_cannot_be_compared() -> None:
    """Is the author told when the expected value is nothing to compare with?"""
    with pytest.raises(TypeError, match="cannot compare"):
        compare.differs(1, object(), "x")


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(0.95, 0.9, 1), (1, 0, 1), (np.array([0.0, 1.0]), 0, 1), (5, None, 5), (5, 5, None)],
)
def test_inside(value: Any, low: float | None, high: float | None) -> None:
    """Do the ends belong to the range, and can one be left open?"""
    assert compare.lies_outside(value, low, high, "x") is None


@pytest.mark.parametrize(
    ("value", "came"),
    [
        (0.89, "0.89"),
        (np.nan, "nan"),
        (np.array([0.95, 255.0]), "values from 0.95 to 255"),
        (np.array([0.95, np.nan]), "1 of 2 values are NaN"),
        (None, "None"),
        ("0.95", "'0.95'"),
        (np.array([]), "shape (0,)"),
    ],
)
def test_outside(value: Any, came: str) -> None:
    """Is what lies outside described, and is NaN or nothing at all never inside?"""
    expected, words = compare.lies_outside(value, 0.9, 1, "test accuracy")
    assert expected == "test accuracy between 0.9 and 1"
    assert came in words


def test_open_ranges_in_words() -> None:
    """Does an open range read as a sentence?"""
    assert compare.lies_outside(0, 1, None, "n")[0] == "`n` of at least 1"
    assert compare.lies_outside(2, None, 1, "n")[0] == "`n` of at most 1"


def spoil_array(value: Any) -> None:
    value[0] = 9


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(3),
        np.array(["a", "b"]),
        [1, 2, 3],
        {0: 1},
        [[1], 2],
        pd.Series([1.0, 2.0]),
        [np.zeros(2), np.zeros(2)],
    ],
)
def test_change_in_place_is_seen(value: Any) -> None:
    """Is a change of any ordinary argument noticed, and its absence too?"""
    before = compare.snapshot(value)
    assert compare.was_changed(before, value) is None
    spoil_array(value)
    assert compare.was_changed(before, value)


def test_changes_of_kind() -> None:
    """Are changes of length, keys, shape and elements noticed?"""
    for value, change in [
        ([1], lambda x: x.append(2)),
        ({"a": 1}, lambda x: x.update(b=2)),
        ({1}, lambda x: x.add(2)),
        (np.zeros((2, 3)), lambda x: x.resize((3, 2), refcheck=False)),
        (pd.DataFrame({"a": [1]}), lambda x: x.insert(0, "b", [2])),
    ]:
        before = compare.snapshot(value)
        change(value)
        assert compare.was_changed(before, value)


def test_nan_did_not_change() -> None:
    """Is NaN, which is not equal to itself, taken for unchanged?"""
    value = [np.array([np.nan, 1.0]), float("nan"), (1, 2)]
    assert compare.was_changed(compare.snapshot(value), value) is None


def test_live_objects_are_left_alone() -> None:
    """Is a model neither copied nor compared?"""
    model = AlwaysEqual()
    assert compare.snapshot(model) is model
    assert compare.was_changed(model, model) is None
