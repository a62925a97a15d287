"""Tests of rows of unequal length."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged, cut, row_count, texts

LISTS = [[1, 2, 3], [], [4], [5, 6], []]


@pytest.fixture
def rows() -> Ragged:
    """Give rows of unequal length."""
    return Ragged.of(LISTS, np.int32)


def _lists(rows: object) -> list[list[int]]:
    assert isinstance(rows, Ragged)
    return [row.tolist() for row in rows]


def test_rows_come_back(rows: Ragged) -> None:
    """Are length, rows, lengths and types right?"""
    assert len(rows) == 5
    assert _lists(rows) == LISTS
    assert rows.lengths.tolist() == [3, 0, 1, 2, 0]
    assert rows.flat.dtype == np.int32
    assert rows.offsets.dtype == np.int64
    assert repr(rows) == "Ragged(5 rows of int32, 6 in all)"


@pytest.mark.parametrize("number", range(-5, 5))
def test_one_row_is_a_view(rows: Ragged, number: int) -> None:
    """Is a row found from either end, without a copy?"""
    row = rows[number]
    assert row.tolist() == LISTS[number]
    assert np.shares_memory(row, rows.flat) or not len(row)
    assert rows[np.int64(number)].tolist() == LISTS[number]


@pytest.mark.parametrize("number", [5, -6])
def test_no_such_row(rows: Ragged, number: int) -> None:
    """Is a row that is not there an error, and does iteration end?"""
    with pytest.raises(IndexError):
        rows[number]


@pytest.mark.parametrize(
    "which",
    [
        slice(None),
        slice(1, 4),
        slice(-2, None),
        slice(4, 1),
        slice(10, 20),
        slice(None, None, 2),
        slice(None, None, -1),
    ],
)
def test_slices(rows: Ragged, which: slice) -> None:
    """Does a slice give what it gives of a list?"""
    assert _lists(rows[which]) == LISTS[which]


def test_arrays_choose_rows(rows: Ragged) -> None:
    """Do numbers in any order, repeated, and masks choose rows?"""
    assert _lists(rows[np.array([3, 0, 3, -1])]) == [[5, 6], [1, 2, 3], [5, 6], []]
    assert _lists(rows[[2]]) == [[4]]
    assert _lists(rows[rows.lengths > 1]) == [[1, 2, 3], [5, 6]]
    assert _lists(rows[np.array([], int)]) == []
    with pytest.raises(IndexError):
        rows[np.array([5])]


def test_no_rows() -> None:
    """Is a set of no rows one?"""
    empty = Ragged.of([], np.uint8)
    assert (len(empty), len(empty.flat), empty.flat.dtype) == (0, 0, np.uint8)
    assert _lists(empty[:3]) == []


def test_texts_come_back() -> None:
    """Are texts in any language, empty ones too, the same after packing?"""
    lines = ["Größe", "", "naïve\n", "日本", "🐈"]
    assert texts(Ragged.of_texts(lines)) == lines
    assert texts(Ragged.of_texts([])) == []


def test_bytes_come_back() -> None:
    """Are byte strings kept, and free to be changed as arrays are?"""
    rows = Ragged.of_bytes([b"ab", b"", b"\xff"])
    assert [row.tobytes() for row in rows] == [b"ab", b"", b"\xff"]
    assert rows.flat.flags.writeable


def test_bad_text_is_refused() -> None:
    """Is a text that is no UTF-8, or is cut within a letter, told?"""
    with pytest.raises(BadFile, match="not UTF-8"):
        texts(Ragged.of_bytes([b"\xff"]))
    with pytest.raises(BadFile, match="not UTF-8"):
        texts(Ragged(np.frombuffer("ä".encode(), np.uint8), np.array([0, 1, 2])))


@pytest.mark.parametrize(
    "offsets",
    [
        [],
        [1, 6],
        [0, 5],
        [0, 7],
        [0, 4, 2, 6],
        [0.0, 6.0],
        [[0, 6]],
    ],
)
def test_offsets_must_fit(rows: Ragged, offsets: list[int]) -> None:
    """Are offsets refused that would give other rows, or none?"""
    with pytest.raises(BadFile, match="do not fit"):
        Ragged(rows.flat, np.array(offsets))


def test_in_a_split(rows: Ragged) -> None:
    """Are they found by name among other arrays, counted as rows, and cut with them?"""
    named = {**rows.arrays("ids"), "y": np.arange(5), "extra_flat": np.arange(5)}
    assert _lists(Ragged.among(named, "ids")) == LISTS
    assert row_count(named) == 5
    part = cut(named, range(2, 4))
    assert list(part) == list(named)
    assert _lists(Ragged.among(part, "ids")) == [[4], [5, 6]]
    assert part["y"].tolist() == part["extra_flat"].tolist() == [2, 3]
    assert cut(named, None).keys() == named.keys()
    assert row_count({}) == 0
