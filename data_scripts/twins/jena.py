"""Twin of Jena climate: made weather of the same hours, in all 14 columns, which agree with physics."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.jena import COLUMNS, GAPS, MORE
from data_scripts.twins.weather import Air, Climate, make_air

START = np.datetime64("2009-01-01T00:10", "m")
CLIMATE = Climate(
    latitude=50.9,
    mean=10.6,
    season=5.4,
    masses=((48.0, 0.6), (400.0, 1.8)),
    gust=0.72,
    between_fronts=70.0,
    front=2.2,
    sun=5.6,
    night=1.45,
    stays=0.08,
    continental=4.6,
    clouds=0.45,
    clouds_season=0.35,
    cloud_hours=7.0,
    pressure=989.2,
    pressure_season=0.5,
    pressure_spread=8.0,
    dew=4.6,
    dew_season=-1.2,
    dew_own=1.9,
)


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of Jena climate.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "series".
    seed : int
        The same seed gives the same weather.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As ``data_scripts.jena.read`` gives them; the times are the real ones, gaps included, and
        `more` has its 8 columns.
    """
    time = times(rows["series"])
    since = (time - START).astype(np.int64)
    # Weather goes on in a gap. It is made for each hour; the few rows that are not on a whole one,
    # because single lines of ten minutes are missing, take the hour that has begun.
    hours = np.arange(since[-1] // 60 + 1, dtype=np.float64)
    columns = measure(make_air(hours, CLIMATE, seed), np.random.default_rng([seed, 1]))
    rows_of = since // 60
    return {
        "series": {
            "x": np.stack([columns[name][rows_of] for name in COLUMNS], axis=1).astype(np.float32),
            "time": time,
            "more": np.stack([columns[name][rows_of] for name in MORE], axis=1).astype(np.float32),
        },
        "shared": {"columns": np.array(COLUMNS), "more_columns": np.array(MORE)},
    }


def times(count: int) -> np.ndarray:
    """Give the times of the first rows of the real table, datetime64[m] (count,)."""
    steps = np.full(count, 60)
    steps[0] = 0
    for row, minutes in GAPS:
        if row + 1 < count:
            steps[row + 1] = minutes
    return START + np.cumsum(steps).astype("timedelta64[m]")


def saturation(temperature: np.ndarray) -> np.ndarray:
    """Give the pressure of saturated vapour over water (mbar) by Magnus' formula."""
    return 6.1078 * np.exp(17.08085 * temperature / (234.175 + temperature))


def measure(air: Air, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Turn weather into the station's 14 columns, rounded as it writes them, by name."""
    count = len(air.temperature)
    temperature, dew, pressure = (
        np.round(values, 2) for values in (air.temperature, air.dew, air.pressure)
    )
    kelvin = temperature + 273.15
    most, actual = saturation(temperature), saturation(dew)
    wind = air.wind
    gusts = wind * (1.35 + 0.25 * rng.gamma(2.0, 0.5, count)) + 0.25 * rng.random(count)
    # South-west ahead of a front, north-west behind it; a weak wind blows from anywhere.
    whirl = rng.standard_normal(count) * 25 / (0.3 + wind)
    direction = (215 + 75 * air.from_north + 30 * np.sin(np.arange(count) / 90) + whirl) % 360
    exact = {
        "T (degC)": temperature,
        "p (mbar)": pressure,
        "Tpot (K)": kelvin * (1000 / pressure) ** 0.286,
        "Tdew (degC)": dew,
        "VPmax (mbar)": most,
        "VPact (mbar)": actual,
        "VPdef (mbar)": most - actual,
        "sh (g/kg)": 622 * actual / (pressure - 0.378 * actual),
        "H2OC (mmol/mol)": 1000 * actual / pressure,
        "rho (g/m**3)": 100 * (pressure - 0.378 * actual) / (0.28705 * kelvin),
        "wv (m/s)": wind,
        "max. wv (m/s)": gusts,
    }
    columns = {name: np.round(values, 2) for name, values in exact.items()}
    coarse = {"rh (%)": np.minimum(100 * actual / most, 100), "wd (deg)": direction}
    return columns | {name: np.round(values, 1) for name, values in coarse.items()}
