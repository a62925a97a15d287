"""Tests of Beijing's dust and weather: reading and twin."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from data_scripts import beijing
from data_scripts.errors import BadFile
from data_scripts.twins import beijing as twin

LINES = [
    "No,year,month,day,hour,pm2.5,DEWP,TEMP,PRES,cbwd,Iws,Is,Ir",
    "1,2010,1,1,0,NA,-21,-11,1021,NW,1.79,0,0",
    "2,2010,1,1,1,129,-16,-4,1020,SE,4.92,1,2",
    "3,2010,1,1,2,148,-15,-4,1020,cv,0.89,0,0",
]


def _read(folder: Path, lines: list[str], rows: range | None = None):
    path = folder / "table.csv.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return beijing.read({beijing.FILE: path}, {"series": rows})


def test_read(tmp_path: Path) -> None:
    """Are numbers, times, directions and missing values where they belong?"""
    read = _read(tmp_path, LINES)
    series = read["series"]
    assert np.isnan(series["x"][0, 0])
    assert series["x"][0, 1:].tolist() == pytest.approx([-21, -11, 1021, 1.79, 0, 0])
    assert series["x"][1].tolist() == pytest.approx([129, -16, -4, 1020, 4.92, 1, 2])
    assert series["time"].astype(str).tolist() == [f"2010-01-01T0{hour}:00" for hour in range(3)]
    assert [beijing.WIND[code] for code in series["wind"]] == ["NW", "SE", "cv"]
    assert read["shared"]["wind_names"].tolist() == list(beijing.WIND)
    part = _read(tmp_path, LINES, range(1, 3))["series"]
    assert part["x"][:, 0].tolist() == [129, 148]
    table = beijing.present("series", series)
    assert table.frame()["wind"].tolist() == ["NW", "SE", "cv"]
    assert table.column("T (degC)").tolist() == [-11, -4, -4]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("DEWP", "DEW", "expected were No, year"),
        ("129", "many", "line 3: b'many' is not a number"),
        ("-16", "NA", "line 3: b'NA' is not a number"),
        (",SE,", ",S,", "line 3: 'S' is no direction"),
        ("2,2010,1,1,1", "2,2010,1,1,25", "time that is none"),
        ("2,2010,1,1,1", "2,now,1,1,1", "is not a time"),
        ("3,2010,1,1,2", "3,2010,1,1,1", "do not increase"),
        (",0.89,0,0", ",0.89,0", "line 4: 12 fields"),
    ],
)
def test_damaged_content(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Is a table that is not the expected one refused?"""
    lines = "\n".join(LINES)
    assert old in lines
    with pytest.raises(BadFile, match=message):
        _read(tmp_path, lines.replace(old, new).split("\n"))


def test_missing_rows(tmp_path: Path) -> None:
    """Is a wish for rows that are not there refused?"""
    with pytest.raises(BadFile, match="has 3 rows; rows up to 4"):
        _read(tmp_path, LINES, range(4))


def test_twin(tmp_path: Path) -> None:
    """Has the twin the same form, whole degrees, gaps in the dust, and dirtier air when it is still?"""
    made, real = twin.make({"series": 8760}, seed=1), _read(tmp_path, LINES)
    for split, named in real.items():
        assert named.keys() == made[split].keys()
        for key, array in named.items():
            assert made[split][key].dtype == array.dtype
            assert made[split][key].shape[1:] == array.shape[1:]
    x, wind = made["series"]["x"], made["series"]["wind"]
    dust = x[:, 0]
    assert np.isnan(dust[:24]).all()
    assert 0.02 < np.isnan(dust).mean() < 0.1
    assert not np.isnan(x[:, 1:]).any()
    assert (x[:, 1:4] == np.round(x[:, 1:4])).all()
    assert (x[:, 1] <= x[:, 2]).all()
    assert (np.diff(made["series"]["time"]).astype(int) == 60).all()
    shares = np.bincount(wind, minlength=4) / len(wind)
    assert (shares > 0.03).all()
    north, calm = (wind == beijing.WIND.index(name) for name in ("NW", "cv"))
    assert np.nanmean(dust[north]) < 0.7 * np.nanmean(dust[calm])
    # Wind is summed up until its direction changes.
    change = np.flatnonzero(np.diff(wind)) + 1
    assert x[change, 4].mean() < 0.4 * x[:, 4].mean()


def test_twin_is_fixed_by_its_seed() -> None:
    """Does a seed fix every number, and another one change them?"""
    first, again, other = (twin.make({"series": 500}, seed=s)["series"] for s in (1, 1, 2))
    np.testing.assert_array_equal(first["x"], again["x"])
    np.testing.assert_array_equal(first["wind"], again["wind"])
    assert not np.array_equal(first["x"][:, 2], other["x"][:, 2])
