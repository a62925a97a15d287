"""Tests of Jena climate: the whole file and the hourly table, and the twin's physics."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from data_scripts import jena
from data_scripts.errors import BadFile
from data_scripts.twins import jena as twin

MIRROR = os.environ.get("LABS_MIRROR")
HOURS = 30
HEADER = (
    '"Date Time","p (mbar)","T (degC)","Tpot (K)","Tdew (degC)","rh (%)","VPmax (mbar)",'
    '"VPact (mbar)","VPdef (mbar)","sh (g/kg)","H2OC (mmol/mol)","rho (g/m**3)","wv (m/s)",'
    '"max. wv (m/s)","wd (deg)"'
)


def _lines() -> list[str]:
    """Give lines of ten minutes; column k of line i is i + k / 100, some winds are missing."""
    lines = []
    for row in range(6 * HOURS):
        time = np.datetime64("2009-01-31T20:10", "m") + 10 * row
        date, clock = str(time).split("T")
        year, month, day = date.split("-")
        values = [row + column / 100 for column in range(1, 15)]
        if row == 12:
            values[11] = values[12] = -9999.0
        lines.append(f"{day}.{month}.{year} {clock}:00," + ",".join(f"{v:.2f}" for v in values))
    return lines


def _whole(folder: Path, lines: list[str], member: str = jena.MEMBER) -> Path:
    path = folder / jena.FILE
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._junk", b"\x00\x05")
        archive.writestr(member, "\n".join([HEADER, *lines, ""]))
    return path


def _hourly(folder: Path, columns: tuple[str, ...] = jena.COLUMNS) -> Path:
    rows = 6 * np.arange(HOURS)
    # The places of the six columns among the whole file's, from 1.
    x = np.stack([np.round(rows + k / 100, 2) for k in (2, 1, 5, 6, 12, 4)], axis=1)
    x[2, 4] = 0
    path = folder / "hourly.npz"
    time = np.datetime64("2009-01-31T20:10", "m") + 10 * rows
    np.savez(path, X=x.astype(np.float32), time=time, cols=np.array(columns).astype("<U12"))
    return path


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Take the small hourly table for the known weather, and give it."""
    path = _hourly(tmp_path)
    monkeypatch.setattr(jena, "CONTENT", jena.content(jena.read_hourly(path)))
    return path


def test_both_copies_give_the_same(tmp_path: Path, known: Path) -> None:
    """Are times and the six columns the same from either file, rows written twice dropped?"""
    lines = _lines()
    # The real file has blocks twice.
    doubled = [*lines[:40], *lines[25:40], *lines[40:]]
    whole, hourly = (
        jena.read({"any": path}, {"series": None}) for path in (_whole(tmp_path, doubled), known)
    )
    for name in ("x", "time"):
        np.testing.assert_array_equal(whole["series"][name], hourly["series"][name])
    assert {key: array.shape for key, array in whole["series"].items()} == {
        key: array.shape for key, array in hourly["series"].items()
    }
    assert np.isnan(hourly["series"]["more"]).all()
    assert whole["series"]["more"][1].tolist() == pytest.approx(
        [6.03, 6.07, 6.08, 6.09, 6.10, 6.11, 6.13, 6.14]
    )
    # Winds that were not measured are 0.
    assert whole["series"]["x"][2, 4] == 0
    assert whole["series"]["more"][2, 6] == 0


def test_tables(tmp_path: Path, known: Path) -> None:
    """Has the Table six columns by default, and are all 14 to be had where the copy has them?"""
    whole, hourly = (
        jena.read({"any": path}, {"series": range(3, 8)})["series"]
        for path in (_whole(tmp_path, _lines()), known)
    )
    for arrays in (whole, hourly):
        assert jena.present("series", arrays).columns == jena.COLUMNS
        assert len(jena.present("series", arrays)) == 5
    assert jena.whole(whole).columns == jena.COLUMNS + jena.MORE
    assert jena.whole(whole).column("wd (deg)")[0] == pytest.approx(18.14)
    assert jena.whole(hourly).columns == jena.COLUMNS


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: [*lines[:9], lines[9].replace("9.05", "warm"), *lines[10:]], "line 11"),
        (lambda lines: [*lines[:9], lines[9] + ",1", *lines[10:]], "line 11: 16 fields"),
        (lambda lines: ["x" * 2000, *lines], "line 2 has more than"),
        (lambda lines: [lines[0].replace("31.01", "31.02"), *lines[1:]], "time that is none"),
        (lambda lines: [lines[0].replace("31.01.2009", "yesterday!"), *lines[1:]], "is not a time"),
        (lambda lines: [], "has no rows"),
        (lambda lines: lines[:-60], "does not hold the hourly weather of Jena"),
        (
            lambda lines: [lines[0].replace("0.02", "0.03"), *lines[1:]],
            "does not hold the hourly weather of Jena",
        ),
    ],
)
def test_damaged_whole_file(tmp_path: Path, known: Path, change, message: str) -> None:
    """Is a file refused that has text for numbers, odd lines or times, or other weather?"""
    with pytest.raises(BadFile, match=message):
        jena.read({"any": _whole(tmp_path, change(_lines()))}, {"series": None})


def test_damaged_archive(tmp_path: Path, known: Path) -> None:
    """Is half an archive refused, and one without the table?"""
    path = _whole(tmp_path, _lines())
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BadFile, match="is damaged"):
        jena.read({"any": path}, {"series": None})
    with pytest.raises(BadFile, match="has no file"):
        jena.read({"any": _whole(tmp_path, _lines(), "other.csv")}, {"series": None})


def test_damaged_hourly_table(tmp_path: Path, known: Path) -> None:
    """Is an hourly table refused that is cut off or has other columns?"""
    columns = (*jena.COLUMNS[:5], "rain (mm)")
    with pytest.raises(BadFile, match="has other columns or rows"):
        jena.read({"any": _hourly(tmp_path, columns)}, {"series": None})
    known.write_bytes(known.read_bytes()[:-40])
    with pytest.raises(BadFile, match="is not the expected file"):
        jena.read({"any": known}, {"series": None})


@pytest.mark.skipif(not MIRROR, reason="LABS_MIRROR names no mirror of the real data")
def test_real_table() -> None:
    """Is the mirror's table the known weather, with the named gaps, and has the twin its times?"""
    path = Path(str(MIRROR)) / "timeseries/jena_climate_2009_2016_hourly_6vars.npz"
    series = jena.read({"any": path}, {"series": None})["series"]
    assert len(series["x"]) == jena.ROWS
    steps = np.diff(series["time"]).astype(np.int64)
    gaps = np.flatnonzero(steps != 60)
    assert tuple(zip(gaps.tolist(), steps[gaps].tolist(), strict=True)) == jena.GAPS
    np.testing.assert_array_equal(twin.times(jena.ROWS), series["time"])


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, np.ndarray]]:
    """Give two years of the twin."""
    return twin.make({"series": 17_520}, seed=3)


def test_twin_obeys_physics(made) -> None:
    """Do the twin's columns agree with each other as vapour, density and dew point must?"""
    table = jena.whole(made["series"])
    names = ("T (degC)", "Tdew (degC)", "rh (%)", "VPmax (mbar)", "VPact (mbar)", "VPdef (mbar)")
    warm, dew, humid, most, actual, lacking = (table.column(n).astype(float) for n in names)
    assert (dew <= warm + 0.011).all()
    assert humid.max() <= 100
    np.testing.assert_allclose(most, twin.saturation(warm), atol=0.011)
    np.testing.assert_allclose(actual, twin.saturation(dew), atol=0.011)
    np.testing.assert_allclose(humid, 100 * actual / most, atol=0.9)
    np.testing.assert_allclose(lacking, most - actual, atol=0.02)
    pressure, density = table.column("p (mbar)").astype(float), table.column("rho (g/m**3)")
    np.testing.assert_allclose(
        density, 1e5 * (pressure - 0.378 * actual) / (287.05 * (warm + 273.15)), rtol=1e-4
    )
    np.testing.assert_allclose(
        table.column("Tpot (K)"), (warm + 273.15) * (1000 / pressure) ** 0.286, rtol=1e-4
    )
    assert (table.column("max. wv (m/s)") >= table.column("wv (m/s)")).all()
    assert 0 <= table.column("wd (deg)").min() <= table.column("wd (deg)").max() <= 360


def test_twin_has_year_day_and_memory(made) -> None:
    """Is it cold in January and at night, and is the next day like this one more than next week?"""
    table = jena.present("series", made["series"])
    warm = table.column("T (degC)").astype(float)
    month = table.time.astype("datetime64[M]").astype(int) % 12
    hour = table.time.astype("datetime64[h]").astype(int) % 24
    assert -6 < warm[month == 0].mean() < 4
    assert 15 < warm[month == 6].mean() < 24
    july = month == 6
    assert 6 < warm[july & (hour == 15)].mean() - warm[july & (hour == 4)].mean() < 14

    def change(hours: int) -> float:
        return float(np.abs(warm[hours:] - warm[:-hours]).mean())

    assert 0.5 < change(1) < 1 < 2 < change(24) < 3 < change(168)
    assert 3.5 < change(12) < 5.5
    # Days differ more in summer than the hours of a winter's day.
    daily = warm[: len(warm) // 24 * 24].reshape(-1, 24)
    assert np.ptp(daily[150:240], axis=1).mean() > 1.5 * np.ptp(daily[:60], axis=1).mean()


def test_twin_is_fixed_by_its_seed() -> None:
    """Does a seed fix every number, and another one change them?"""
    first, again, other = (twin.make({"series": 500}, seed=s)["series"] for s in (1, 1, 2))
    for name in ("x", "more"):
        np.testing.assert_array_equal(first[name], again[name])
        assert not np.array_equal(first[name], other[name])


@pytest.mark.slow
def test_twin_keeps_the_naive_figures() -> None:
    """Do naive guesses and ridge err as on the real table, at each horizon of the lab?"""
    values = twin.make({"series": 52_584}, seed=2009)["series"]["x"].astype(np.float64)
    past = values[:35_064]
    z = (values - past.mean(axis=0)) / past.std(axis=0)
    warm = values[:, 0]

    def lags(first: int, last: int, ahead: int) -> tuple[np.ndarray, np.ndarray]:
        ends = np.arange(first + 47, last - ahead, 4)
        x = z[ends[:, None] - np.arange(48)].reshape(len(ends), -1)
        return np.column_stack([x, np.ones(len(x))]), ends

    # Hours ahead; last value, same hour yesterday and ridge on the real table.
    for ahead, *real in ((24, 2.47, 2.47, 2.37), (12, 4.49, 2.47, 2.14), (1, 0.73, 2.47, 0.50)):
        x, ends = lags(0, 35_064, ahead)
        x_test, ends_test = lags(43_824, len(warm), ahead)
        weights = np.linalg.solve(x.T @ x + 10 * np.eye(x.shape[1]), x.T @ warm[ends + ahead])
        y = warm[ends_test + ahead]
        guesses = (warm[ends_test], warm[ends_test + ahead - 24], x_test @ weights)
        errors = [np.abs(guess - y).mean() for guess in guesses]
        assert errors == pytest.approx(real, rel=0.08)
