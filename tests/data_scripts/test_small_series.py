"""Tests of the two short series, Melbourne's nights and milk, and of their twins."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import data_scripts
from data_scripts import milk, min_temperatures
from data_scripts.csv_files import csv_rows
from data_scripts.errors import BadFile
from data_scripts.twins import daily, monthly

MIRROR = os.environ.get("LABS_MIRROR")
needs_mirror = pytest.mark.skipif(not MIRROR, reason="LABS_MIRROR names no mirror of the real data")
TEXT = '"Date","Temp"\n"1981-01-01",20.7\n"1981-01-02",17.9\n"1981-01-04",-0.3\n'


def _nights(folder: Path, text: str, rows: range | None = None):
    path = folder / "nights.csv"
    path.write_text(text, encoding="utf-8")
    return min_temperatures.read({min_temperatures.FILE: path}, {"series": rows})["series"]


def test_nights(tmp_path: Path) -> None:
    """Are days and temperatures read, and only the wanted ones given?"""
    series = _nights(tmp_path, TEXT)
    assert series["x"].shape == (3, 1)
    assert series["x"][:, 0].tolist() == pytest.approx([20.7, 17.9, -0.3])
    assert series["time"].astype("datetime64[D]").astype(str).tolist()[-1] == "1981-01-04"
    assert len(_nights(tmp_path, TEXT, range(1, 3))["x"]) == 2
    assert min_temperatures.present("series", series).columns == ("Tmin (degC)",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Temp", "Tmp", "has the columns Date, Tmp"),
        ("17.9", "?0.2", "line 3: b'\\?0.2' is not a number"),
        ("1981-01-02", "1981-01-01", "do not increase"),
        ("1981-01-02", "02/01/1981", "is not a time"),
        ("17.9", "17.9,1", "line 3: 3 fields"),
    ],
)
def test_damaged_nights(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Is a table that is not the expected one refused?"""
    with pytest.raises(BadFile, match=message):
        _nights(tmp_path, TEXT.replace(old, new))


@needs_mirror
def test_real_nights_and_twin_have_the_same_days() -> None:
    """Are the twin's days those of the real table, and its nights about as warm and as moody?"""
    path = Path(str(MIRROR)) / "timeseries/daily_min_temperatures_melbourne.csv.gz"
    real = min_temperatures.read({min_temperatures.FILE: path}, {"series": None})["series"]
    made = daily.make({"series": min_temperatures.ROWS}, seed=1981)["series"]
    np.testing.assert_array_equal(real["time"], made["time"])
    x, y = real["x"][:, 0], made["x"][:, 0]
    assert y.mean() == pytest.approx(x.mean(), abs=0.5)
    assert y.std() == pytest.approx(x.std(), abs=0.5)
    for days in (1, 3, 30):
        change = [np.abs(z[days:] - z[:-days]).mean() for z in (x, y)]
        assert change[1] == pytest.approx(change[0], rel=0.15)


def test_milk_needs_no_file() -> None:
    """Is the milk there without cache, mirror and network?"""
    loaded = data_scripts.load("milk", "full", "real")
    table = loaded.series
    assert loaded.source == "real"
    assert len(table) == milk.ROWS == len(milk.POUNDS)
    assert table.x[:, 0].sum() == 126_791
    assert (table.x.min(), table.x.max()) == (553, 969)
    assert str(table.time[np.argmax(table.x)]) == "1974-05-01T00:00"
    assert str(table.time[-1]) == "1975-12-01T00:00"
    assert milk.read({}, {"series": range(2, 4)})["series"]["x"][:, 0].tolist() == [640, 656]


@needs_mirror
def test_milk_is_that_of_the_mirror() -> None:
    """Are the shipped numbers those of the public file?"""
    path = Path(str(MIRROR)) / "timeseries/monthly_milk_production.csv.gz"
    rows = [fields for _, fields in csv_rows(path, ("Date", "Production"))]
    assert tuple(int(pounds) for _, pounds in rows) == milk.POUNDS
    assert [month.decode() for month, _ in rows] == [
        str(time)[:7] for time in milk.months(milk.ROWS)
    ]


@pytest.mark.parametrize("module", [daily, monthly])
def test_twins_are_fixed_by_their_seed(module) -> None:
    """Does a seed fix every number, and another one change them?"""
    first, again, other = (module.make({"series": 168}, seed=s)["series"]["x"] for s in (1, 1, 2))
    assert first.shape == (168, 1)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_milk_twin_has_trend_and_season() -> None:
    """Does last year's month, with last year's rise, beat last year's month, and that the last month?"""
    y = monthly.make({"series": 168}, seed=1962)["series"]["x"][:, 0].astype(float)
    errors = [
        np.abs(y[24:] - guess).mean()
        for guess in (y[12:-12] + (y[23:-1] - y[11:-13]), y[12:-12], y[23:-1])
    ]
    assert errors[0] < 0.7 * errors[1] < 0.7 * errors[2]
