"""Compares what a student's code gave with what was expected, and says where they first differ.

Each function returns None where all is well, else a pair (expected, came) of texts. The student's
value is never asked whether it is equal: its ``__eq__`` could answer anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from labkit.describe import (
    as_array,
    describe,
    dtype_name,
    number_text,
    quoted,
    shape_of,
    shape_text,
)

Difference = tuple[str, str] | None


def differs_in_shape(value: Any, shape: tuple[int | None, ...], name: str) -> Difference:
    """Compare the shape of `value`; None in `shape` stands for any size."""
    came = shape_of(value)
    if came is not None and len(came) == len(shape):
        pairs = zip(shape, came, strict=True)
        if all(want is None or want == got for want, got in pairs):
            return None
    return f"{quoted(name)} of shape {shape_text(shape)}", describe(value)


def differs_in_dtype(value: Any, dtype: Any, name: str) -> Difference:
    """Compare the dtype of `value` with one dtype or a tuple of those that will do.

    ``np.floating`` and ``np.integer`` stand for their whole families.
    """
    allowed = dtype if isinstance(dtype, tuple) else (dtype,)
    came = dtype_name(value)
    if came is not None and any(_is_dtype(came, one) for one in allowed):
        return None
    words = " or ".join(_dtype_words(one) for one in allowed)
    text = describe(value)
    if came is None:
        text += ", which has no dtype (`np.array(...)` makes an array of a list)"
    return f"{quoted(name)} of dtype {words}", text


def differs_in_numbers(value: Any, expected: Any, name: str, tol: float) -> Difference:
    """Compare numbers: same shape, and nowhere further apart than ``tol * max(1, |expected|)``."""
    want = np.asarray(expected)
    came = as_array(value)
    if came is None or came.dtype.kind not in "biufc":
        return f"{quoted(name)} as {_numbers_words(want)}", describe(value)
    if came.shape != want.shape:
        return f"{quoted(name)} of shape {shape_text(want.shape)}", describe(value)
    wide = np.complex128 if "c" in (came.dtype.kind, want.dtype.kind) else np.float64
    want, came = want.astype(wide), came.astype(wide)
    with np.errstate(invalid="ignore"):  # NaN and infinity are allowed to be expected
        margin = tol * np.maximum(1, np.abs(want))
        near = np.isclose(came, want, rtol=0, atol=margin, equal_nan=True)
        distance = np.where(near, 0.0, np.nan_to_num(np.abs(came - want), nan=np.inf))
    if near.all():
        return None
    where = np.unravel_index(int(np.argmax(distance)), distance.shape)
    if not want.shape:
        return f"{quoted(name)} = {number_text(want[()])}", number_text(came[()])
    spot = _index_text(where)
    return (
        f"{quoted(name)} with {number_text(want[where])} at {spot}",
        f"{number_text(came[where])} there; {np.count_nonzero(~near)} of {near.size} values differ",
    )


def differs(value: Any, expected: Any, name: str) -> Difference:
    """Compare values, lists, dicts and arrays exactly; a list equals a tuple of the same items."""
    if isinstance(expected, Mapping):
        return _differs_in_mapping(value, expected, name)
    if isinstance(expected, str):
        same = isinstance(value, str) and str(value) == expected
        return None if same else (f"{quoted(name)} = {describe(expected)}", describe(value))
    if expected is None:
        return None if value is None else (f"{quoted(name)} = None", describe(value))
    want = as_array(expected)
    if want is None:
        return _differs_in_items(value, expected, name)
    came = as_array(value)
    if came is not None and came.shape == want.shape and np.array_equal(came, want):
        return None
    if came is not None and want.ndim == came.ndim == 0 and _is_number(want) and _is_number(came):
        return f"{quoted(name)} = {number_text(want[()])}", number_text(came[()])
    if want.ndim == 0 or came is None or not _is_number(came):
        return f"{quoted(name)} = {describe(expected)}", describe(value)
    # A short row can be shown whole; of anything larger the first difference says more.
    if came.shape == want.shape and (want.ndim > 1 or want.size > 20):
        where = tuple(int(index) for index in np.argwhere(came != want)[0])
        count = np.count_nonzero(came != want)
        return (
            f"{quoted(name)} with {number_text(want[where])} at {_index_text(where)}",
            f"{number_text(came[where])} there; {count} of {want.size} values differ",
        )
    return f"{quoted(name)} = {describe(expected)}", describe(value)


def lies_outside(value: Any, low: float | None, high: float | None, name: str) -> Difference:
    """Compare every number of `value` with bounds that themselves belong to the range."""
    low_end = -np.inf if low is None else float(low)
    high_end = np.inf if high is None else float(high)
    came = as_array(value)
    words = f"{quoted(name)} {_range_words(low_end, high_end)}"
    if came is None or not _is_number(came) or not came.size:
        return words, describe(value)
    numbers = came.astype(np.float64)
    if ((numbers >= low_end) & (numbers <= high_end)).all():  # NaN is in no range
        return None
    if not came.ndim:
        return words, number_text(came[()])
    if np.isnan(numbers).any():
        return words, f"{np.count_nonzero(np.isnan(numbers))} of {numbers.size} values are NaN"
    return words, f"values from {number_text(numbers.min())} to {number_text(numbers.max())}"


def snapshot(value: Any) -> Any:
    """Copy what a function could change in place: arrays, frames, and containers of them."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Mapping):
        return {key: snapshot(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        items = [snapshot(item) for item in value]
        return items if isinstance(value, list) else tuple(items)
    if isinstance(value, set):
        return set(value)
    if callable(getattr(value, "to_numpy", None)) and callable(getattr(value, "copy", None)):
        return value.copy()  # a pandas frame or series
    return value


def was_changed(before: Any, now: Any) -> str | None:
    """Compare a snapshot with the same object after a call; return what changed, else None."""
    if isinstance(before, np.ndarray):
        return _array_was_changed(before, now) if isinstance(now, np.ndarray) else _became(now)
    if isinstance(before, Mapping):
        if not isinstance(now, Mapping) or list(before) != list(now):
            return _became(now)
        return _first(was_changed(before[key], now[key]) for key in before)
    if isinstance(before, (list, tuple)):
        if not isinstance(now, (list, tuple)) or len(before) != len(now):
            return _became(now)
        return _first(was_changed(old, new) for old, new in zip(before, now, strict=True))
    if callable(getattr(before, "to_numpy", None)) and callable(getattr(before, "equals", None)):
        return None if before.equals(now) else "its rows, columns or values are others"
    if isinstance(before, (bool, int, float, str, set)):
        # Items of a container. NaN is not equal to itself, so the text is compared.
        return None if repr(before) == repr(now) else f"{describe(before)} became {describe(now)}"
    return None


def _is_number(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf"


def _became(now: Any) -> str:
    return f"it became {describe(now)}"


def _first(changes: Iterable[str | None]) -> str | None:
    return next((change for change in changes if change), None)


def _array_was_changed(before: np.ndarray, now: np.ndarray) -> str | None:
    if before.shape != now.shape:
        return f"its shape {shape_text(before.shape)} became {shape_text(now.shape)}"
    if before.dtype != now.dtype:
        return f"its dtype {before.dtype} became {now.dtype}"
    if before.dtype.kind in "fc":
        same = (before == now) | (np.isnan(before) & np.isnan(now))
    else:
        same = before == now
    if np.all(same):
        return None
    where = tuple(int(index) for index in np.argwhere(~same)[0])
    if not _is_number(before):
        return f"the entry at {_index_text(where)} is another"
    return f"{number_text(before[where])} at {_index_text(where)} became {number_text(now[where])}"


def _differs_in_mapping(value: Any, expected: Mapping, name: str) -> Difference:
    if not isinstance(value, Mapping):
        return f"{quoted(name)} = {describe(expected)}", describe(value)
    if set(value) != set(expected):
        keys = ", ".join(repr(key) for key in expected)
        return f"{quoted(name)} with the keys {keys}", describe(value)
    items = (differs(value[key], want, f"{name}[{key!r}]") for key, want in expected.items())
    return next((difference for difference in items if difference), None)


def _differs_in_items(value: Any, expected: Any, name: str) -> Difference:
    if not isinstance(expected, (list, tuple)):
        raise TypeError(f"check.equal cannot compare with {describe(expected)}.")
    if not isinstance(value, (list, tuple)) or len(value) != len(expected):
        return f"{quoted(name)} = {describe(expected)}", describe(value)
    items = (
        differs(came, want, f"{name}[{index}]")
        for index, (came, want) in enumerate(zip(value, expected, strict=True))
    )
    return next((difference for difference in items if difference), None)


def _is_dtype(came: str, allowed: Any) -> bool:
    if isinstance(allowed, type) and issubclass(allowed, np.generic):
        try:
            return bool(np.issubdtype(np.dtype(came), allowed))
        except TypeError:  # a dtype that NumPy has not, such as bfloat16
            return False
    return came == _dtype_words(allowed)


def _dtype_words(dtype: Any) -> str:
    if isinstance(dtype, type) and issubclass(dtype, np.generic):
        families = {"floating": "float32 or float64", "integer": "int (any size)"}
        return families.get(dtype.__name__, dtype.__name__)
    return str(getattr(dtype, "name", np.dtype(dtype).name))


def _numbers_words(want: np.ndarray) -> str:
    return f"numbers of shape {shape_text(want.shape)}" if want.ndim else "a number"


def _range_words(low: float, high: float) -> str:
    if np.isneginf(low):
        return f"of at most {number_text(high)}"
    if np.isposinf(high):
        return f"of at least {number_text(low)}"
    return f"between {number_text(low)} and {number_text(high)}"


def _index_text(where: tuple[int, ...]) -> str:
    return f"[{', '.join(str(int(index)) for index in where)}]"
