"""Rows of unequal length, such as reviews or JPEG files: one flat array and where each row begins.

In a split's arrays such rows go by the pair of names ``<name>_flat`` and ``<name>_offsets``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import DTypeLike

from data_scripts.errors import BadFile

FLAT, OFFSETS = "_flat", "_offsets"

Arrays = dict[str, np.ndarray]


class Ragged:
    """Rows of unequal length; row i is ``flat[offsets[i]:offsets[i + 1]]``.

    Parameters
    ----------
    flat : np.ndarray
        All rows, one after the other, (L,).
    offsets : np.ndarray
        Where each row begins, and where the last one ends: int64 (N + 1,), from 0 to L.

    Raises
    ------
    BadFile
        If the offsets do not fit.

    Examples
    --------
    >>> rows = Ragged.of([[7, 8], [], [9]], np.int32)
    >>> rows[0].tolist(), len(rows), rows.lengths.tolist()
    ([7, 8], 3, [2, 0, 1])
    >>> [row.tolist() for row in rows[1:]]
    [[], [9]]
    """

    __slots__ = ("flat", "offsets")

    def __init__(self, flat: np.ndarray, offsets: np.ndarray) -> None:
        if (
            offsets.dtype != np.int64
            or offsets.ndim != 1
            or flat.ndim != 1
            or not len(offsets)
            or offsets[0] != 0
            or offsets[-1] != len(flat)
            or (offsets[1:] < offsets[:-1]).any()
        ):
            raise BadFile("The offsets of rows of unequal length do not fit the rows.")
        self.flat = flat
        self.offsets = offsets

    @classmethod
    def of(cls, rows: Iterable[Sequence[int] | np.ndarray], dtype: DTypeLike) -> Ragged:
        """Make it from rows: sequences or one-dimensional arrays, cast to `dtype`."""
        parts = [np.asarray(row, dtype=dtype) for row in rows]
        flat = np.concatenate(parts) if parts else np.empty(0, dtype)
        return cls(flat, _offsets([len(part) for part in parts]))

    @classmethod
    def of_bytes(cls, rows: Iterable[bytes]) -> Ragged:
        """Make it from byte strings, such as JPEG files; `flat` is uint8."""
        parts = list(rows)
        flat = np.frombuffer(bytearray(b"".join(parts)), dtype=np.uint8)
        return cls(flat, _offsets([len(part) for part in parts]))

    @classmethod
    def of_texts(cls, rows: Iterable[str]) -> Ragged:
        """Make it from texts, as UTF-8; `texts` gives them back."""
        return cls.of_bytes(text.encode("utf-8") for text in rows)

    @classmethod
    def among(cls, arrays: Mapping[str, np.ndarray], name: str) -> Ragged:
        """Take the rows called `name` from a split's arrays."""
        return cls(arrays[name + FLAT], arrays[name + OFFSETS])

    def arrays(self, name: str) -> Arrays:
        """Give the two arrays under the names that they have in a split."""
        return {name + FLAT: self.flat, name + OFFSETS: self.offsets}

    @property
    def lengths(self) -> np.ndarray:
        """Length of each row, int64 (N,)."""
        return np.diff(self.offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, which: int | np.integer) -> np.ndarray: ...

    @overload
    def __getitem__(self, which: slice | np.ndarray | Sequence[int]) -> Ragged: ...

    def __getitem__(
        self, which: int | np.integer | slice | np.ndarray | Sequence[int]
    ) -> np.ndarray | Ragged:
        """Give one row as a view of `flat`, or the rows of a slice, mask or list as a `Ragged`."""
        if isinstance(which, int | np.integer):
            if not -len(self) <= which < len(self):
                raise IndexError(f"row {which} of {len(self)}")
            first = int(which) % len(self)
            return self.flat[self.offsets[first] : self.offsets[first + 1]]
        if isinstance(which, slice):
            first, last, step = which.indices(len(self))
            if step == 1:
                last = max(first, last)
                offsets = self.offsets[first : last + 1]
                return Ragged(self.flat[offsets[0] : offsets[-1]], offsets - offsets[0])
        return self._picked(np.arange(len(self))[which])

    def __iter__(self) -> Iterator[np.ndarray]:
        for first, last in pairwise(self.offsets.tolist()):
            yield self.flat[first:last]

    def __repr__(self) -> str:
        return f"Ragged({len(self):,} rows of {self.flat.dtype}, {len(self.flat):,} in all)"

    def _picked(self, rows: np.ndarray) -> Ragged:
        starts, lengths = self.offsets[rows], self.lengths[rows]
        offsets = _offsets(lengths)
        # For each place in the new flat array, the place in the old one.
        places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        return Ragged(self.flat[places], offsets)


def texts(rows: Ragged) -> list[str]:
    """Decode rows of UTF-8 bytes.

    Raises
    ------
    BadFile
        If they are no UTF-8.

    Examples
    --------
    >>> texts(Ragged.of_texts(["größer", ""]))
    ['größer', '']
    """
    content = np.ascontiguousarray(rows.flat).tobytes()
    bounds = rows.offsets.tolist()
    try:
        return [content[first:last].decode("utf-8") for first, last in pairwise(bounds)]
    except UnicodeDecodeError as error:
        raise BadFile(f"A text is not UTF-8 ({error.reason}).") from error


def row_count(arrays: Mapping[str, np.ndarray]) -> int:
    """Give the number of rows of a split's arrays.

    Raises
    ------
    BadFile
        If they do not agree, an array holds Python objects, or offsets do not fit.
    """
    counts = {}
    for name, array in arrays.items():
        if array.dtype.hasobject:
            raise BadFile(f"Array {name!r} holds Python objects.")
        if name.endswith(FLAT) and name.removesuffix(FLAT) + OFFSETS in arrays:
            counts[name] = len(Ragged.among(arrays, name.removesuffix(FLAT)))
        elif not (name.endswith(OFFSETS) and name.removesuffix(OFFSETS) + FLAT in arrays):
            if array.ndim == 0:
                raise BadFile(f"Array {name!r} of a split has no rows.")
            counts[name] = len(array)
    if len(set(counts.values())) > 1:
        raise BadFile(f"The arrays of a split have unequal numbers of rows: {counts}.")
    return next(iter(counts.values()), 0)


def cut(arrays: Mapping[str, np.ndarray], rows: range | None) -> Arrays:
    """Cut rows out of a split's arrays, those of unequal length too; None keeps all.

    Raises
    ------
    BadFile
        If there are not so many rows.
    """
    if rows is None:
        return dict(arrays)
    count = row_count(arrays)
    if rows.stop > count:
        raise BadFile(f"There are {count:,} rows; rows up to {rows.stop:,} were wanted.")
    result: Arrays = {}
    for name, array in arrays.items():
        stem = name.removesuffix(FLAT).removesuffix(OFFSETS)
        if stem + FLAT in arrays and stem + OFFSETS in arrays:
            if name == stem + FLAT:
                result |= Ragged.among(arrays, stem)[rows.start : rows.stop].arrays(stem)
        else:
            result[name] = array[rows.start : rows.stop]
    return result


def _offsets(lengths: Sequence[int] | np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
