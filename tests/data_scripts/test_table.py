"""Tests of the table of points in time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_scripts.errors import BadFile
from data_scripts.table import Table, wanted

TABLE = Table(
    np.array([[1, 2], [np.nan, 4]], np.float32),
    np.array(["2010-01-01T00:00", "2010-01-01T01:00"], "datetime64[m]"),
    ("T (degC)", "p (hPa)"),
    {"wind": np.array([1, 0], np.int8)},
    {"wind": ("NE", "NW")},
)


def test_columns() -> None:
    """Are columns found by name, as views, and are the names told where one is wrong?"""
    assert TABLE.column("p (hPa)").tolist() == [2, 4]
    assert np.shares_memory(TABLE.column("T (degC)"), TABLE.x)
    assert TABLE.column("wind").tolist() == [1, 0]
    with pytest.raises(KeyError, match=r"no column 'T'; there are T \(degC\), p \(hPa\), wind"):
        TABLE.column("T")


def test_frame() -> None:
    """Has the frame times as index, names as columns, categories for codes, NaN where missing?"""
    frame = TABLE.frame()
    assert frame.columns.tolist() == ["T (degC)", "p (hPa)", "wind"]
    assert frame.index.name == "time"
    assert frame.index.to_numpy().astype("datetime64[m]").tolist() == TABLE.time.tolist()
    assert frame["wind"].tolist() == ["NW", "NE"]
    assert frame["T (degC)"].isna().tolist() == [False, True]
    frame.iloc[0, 0] = 9
    assert TABLE.x[0, 0] == 1


def test_repr() -> None:
    """Does it say how long it is, from when to when, and what it has?"""
    assert repr(TABLE) == (
        "Table(2 rows, 2010-01-01T00:00 to 2010-01-01T01:00; T (degC), p (hPa), wind)"
    )
    assert repr(Table(TABLE.x[:0], TABLE.time[:0], ("a", "b"))) == "Table(0 rows; a, b)"


def test_wanted_rows(tmp_path: Path) -> None:
    """Are the wanted rows a slice, and are more rows than there are refused?"""
    assert wanted(None, 5, tmp_path) == slice(0, 5)
    assert wanted(range(2, 5), 5, tmp_path) == slice(2, 5)
    with pytest.raises(BadFile, match="has 5 rows; rows up to 6"):
        wanted(range(6), 5, tmp_path)
