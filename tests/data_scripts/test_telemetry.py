"""Tests of the generated telemetry."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts import telemetry
from data_scripts.twins import telemetry as generator

ROWS = 20_000


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, np.ndarray]]:
    """Give two weeks."""
    return generator.make({"series": ROWS}, seed=4)


def test_form(made) -> None:
    """Are shapes, types, names and times as told?"""
    series = made["series"]
    assert series["x"].shape == (ROWS, len(telemetry.COLUMNS))
    assert series["x"].dtype == np.float32
    assert np.isfinite(series["x"]).all()
    assert series["y"].dtype == np.int8
    assert (np.diff(series["time"]).astype(int) == 1).all()
    assert made["shared"]["columns"].tolist() == list(telemetry.COLUMNS)
    assert made["shared"]["states"].tolist() == list(telemetry.STATES)
    table = telemetry.present("series", series)
    assert set(table.frame()["state"].unique()) <= set(telemetry.STATES)


def test_anomalies_are_rare_and_of_all_kinds() -> None:
    """Is a small share of the rows not nominal, and does each kind occur, in runs?"""
    y = generator.make({"series": 60_000}, seed=1957)["series"]["y"]
    assert set(y) == set(range(len(telemetry.STATES)))
    assert 0.01 < (y > 0).mean() < 0.1
    starts = np.flatnonzero((y[1:] > 0) & (y[:-1] == 0))
    assert 10 < len(starts) < 60


def test_bounds_on_each_value_do_not_find_them(made) -> None:
    """Are most anomalous rows within the range that each channel has anyway?"""
    x, y = made["series"]["x"], made["series"]["y"]
    nominal = x[y == 0]
    outside = ((x < nominal.min(axis=0)) | (x > nominal.max(axis=0))).any(axis=1)
    assert outside[y > 0].mean() < 0.5


def test_channels_depend_on_each_other(made) -> None:
    """Does sun charge the battery and warm the panels, and the payload draw power?"""
    table = telemetry.present("series", made["series"])
    quiet = table.codes["state"] == 0

    def together(one: str, other: str) -> float:
        return float(np.corrcoef(table.column(one)[quiet], table.column(other)[quiet])[0, 1])

    assert together("sun (share)", "panel current (A)") > 0.95
    assert together("sun (share)", "panel temperature (degC)") > 0.6
    assert together("sun (share)", "battery current (A)") < -0.8
    assert together("payload on (0/1)", "load (W)") > 0.8
    assert together("tank temperature (degC)", "tank pressure (bar)") > 0.7


def test_same_seed_same_telemetry(made) -> None:
    """Does a seed fix every number, and another one change them?"""
    again, other = (generator.make({"series": ROWS}, seed=seed) for seed in (4, 5))
    for name in ("x", "y"):
        np.testing.assert_array_equal(again["series"][name], made["series"][name])
        assert not np.array_equal(other["series"][name], made["series"][name])
