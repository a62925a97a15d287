"""Tests of pandas' values on the wire."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grading.inside.values import CannotCross, Decoder, Encoder


def refuse(value: Any, coder: Any) -> Any:
    raise CannotCross(str(value))


def cross(value: Any) -> Any:
    encoder = Encoder(refuse)
    node = json.loads(json.dumps(encoder.encode(value)))
    return Decoder(encoder.parts, refuse).decode(node)


DAYS = pd.date_range("2026-01-01", periods=3, freq="h")
FRAMES = [
    pd.DataFrame(),
    pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan], "c": ["x", None], "d": [True, False]}),
    pd.DataFrame({"a": [1, 2]}, index=["p", "q"]),
    pd.DataFrame({"t": DAYS, "dt": DAYS - DAYS[0], "z": DAYS.tz_localize("Europe/Berlin")}),
    pd.DataFrame({"k": pd.Categorical(["a", "b", "a"], ["b", "a", "c"], ordered=True)}),
    pd.DataFrame({"i": pd.array([1, None], dtype="Int64"), "s": pd.array(["x", None], "string")}),
    pd.DataFrame({"o": pd.Series([1, "x", [2]], dtype=object)}),
    pd.DataFrame([[1, 2], [3, 4]], columns=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
    pd.DataFrame([[1, 2.5]], columns=["same", "same"]),
    pd.DataFrame({"a": [1.0, 2.0, 3.0]}, index=pd.Index(DAYS, name="hour")),
    pd.DataFrame({"x": [1]}, index=pd.MultiIndex.from_tuples([("a", 1)], names=["p", None])),
]


@pytest.mark.parametrize("frame", FRAMES)
def test_frames(frame: pd.DataFrame) -> None:
    """Does a frame arrive with its values, types, columns and index?"""
    pd.testing.assert_frame_equal(cross(frame), frame, check_freq=False)


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1, 2], name="n"),
        pd.Series(["a", None], index=[5, 6]),
        pd.Series([1.5], name=("a", 1)),
        pd.Series(DAYS, name="t"),
        pd.Series([], dtype="float32"),
    ],
)
def test_series(series: pd.Series) -> None:
    """Does a series arrive with its values, type, name and index?"""
    pd.testing.assert_series_equal(cross(series), series)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(3, 9, 2, name="r"),
        pd.Index(["a", "b"]),
        pd.Index([1.5, 2.5], name="f"),
        pd.DatetimeIndex(DAYS, freq=None),
        pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", "y"]),
    ],
)
def test_indexes(index: pd.Index) -> None:
    """Does an index arrive with its values, type and names?"""
    pd.testing.assert_index_equal(cross(index), index)


def test_single_values() -> None:
    """Do single times of pandas', and its marks for what is missing, arrive as they were?"""
    for moment in (pd.Timestamp("2026-01-02 03:04"), pd.Timestamp("2026-01-02", tz="Asia/Tokyo")):
        assert cross(moment) == moment
        assert str(cross(moment).tz) == str(moment.tz)
    assert cross(pd.Timedelta("3h")) == pd.Timedelta("3h")
    assert cross(pd.NaT) is pd.NaT
    assert cross(pd.NA) is pd.NA


def test_what_cannot_cross() -> None:
    """Is a column of a type without a form refused with its name and what to do?"""
    periods = pd.DataFrame({"p": pd.period_range("2026-01", periods=2, freq="M")})
    with pytest.raises(CannotCross, match=r"column 'p'.*period\[M\].*astype"):
        cross(periods)


@pytest.mark.parametrize(
    "node",
    [
        {"t": "frame"},
        {"t": "frame", "v": [{"dtype": "x", "v": None}], "columns": {}, "index": {}},
        {"t": "series", "v": {"dtype": "zone", "zone": "../../etc/passwd", "v": 0}},
        {"t": "timestamp", "v": "2026", "zone": "/etc/localtime", "unit": "s"},
        {"t": "timestamp", "v": "x" * 100, "zone": None, "unit": "s"},
        {"t": "index", "v": {"dtype": "Period[M]", "v": []}, "names": [None]},
    ],
)
def test_damaged_nodes(node: dict[str, Any]) -> None:
    """Does a node that no encoder made make no frame?"""
    with pytest.raises(CannotCross):
        Decoder([], refuse).decode(node)
