"""Twin of Beijing: made weather of the same hours, and dust that gathers in still air."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.beijing import COLUMNS, WIND
from data_scripts.twins.processes import memory, relax
from data_scripts.twins.weather import Air, Climate, make_air

START = np.datetime64("2010-01-01T00:00", "m")
CLIMATE = Climate(
    latitude=39.9,
    mean=14.2,
    season=12.6,
    masses=((14.0, 1.6), (120.0, 1.6)),
    gust=0.7,
    between_fronts=62.0,
    front=1.3,
    sun=5.2,
    night=1.5,
    stays=0.03,
    continental=1.0,
    clouds=-0.5,
    clouds_season=-1.1,
    cloud_hours=12.0,
    pressure=1016.4,
    pressure_season=12.0,
    pressure_spread=4.6,
    dew=12.0,
    dew_season=6.0,
    dew_own=3.2,
)
# Hours without a value of dust: about so many gaps of about so many hours, and the first day.
GAPS, GAP_HOURS = 130, 15
# The instrument's steps, m/s: the lowest wind that it tells from none, and the largest dust.
CALM, MOST_DUST = 0.45, 994


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of Beijing.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "series".
    seed : int
        The same seed gives the same weather.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As ``data_scripts.beijing.read`` gives them.
    """
    count = rows["series"]
    air = make_air(np.arange(count, dtype=np.float64), CLIMATE, seed)
    dice = np.random.default_rng([seed, 1]).spawn(4)
    wind = _direction(air, dice[0])
    falls = (air.clouds > 0.8) & (air.front + 0.35 * memory(count, 4, dice[1]) > 1.15)
    columns = (
        _dust(air, dice[2], dice[3]),
        np.round(np.minimum(air.dew, air.temperature)),
        np.round(air.temperature),
        np.round(air.pressure),
        np.round(_since_change(np.maximum(1.15 * air.wind, CALM), wind), 2),
        _since_change(falls & (air.temperature < 1), falls) * (falls & (air.temperature < 1)),
        _since_change(falls & (air.temperature >= 1), falls) * (falls & (air.temperature >= 1)),
    )
    return {
        "series": {
            "x": np.stack(columns, axis=1).astype(np.float32),
            "time": START + 60 * np.arange(count).astype("timedelta64[m]"),
            "wind": wind.astype(np.int8),
        },
        "shared": {"columns": np.array(COLUMNS), "wind_names": np.array(WIND)},
    }


def _direction(air: Air, rng: np.random.Generator) -> np.ndarray:
    # From the north behind a front, from the south-east ahead of one, calm or variable in between.
    blows = air.from_north + 0.12 * rng.standard_normal(len(air.wind))
    names = np.select(
        [air.wind < 0.85, blows > 0.28, blows > 0.12], ["cv", "NW", "NE"], default="SE"
    )
    return np.array([WIND.index(name) for name in ("NE", "NW", "SE", "cv")])[
        np.select([names == "NE", names == "NW", names == "SE"], [0, 1, 2], default=3)
    ]


def _since_change(amount: np.ndarray, state: np.ndarray) -> np.ndarray:
    # Sums that begin anew when the state changes.
    total = np.cumsum(amount.astype(np.float64))
    begins = np.flatnonzero(np.diff(state.astype(np.int64), prepend=-1))
    before = total[begins] - amount[begins]
    return total - np.repeat(before, np.diff(begins, append=len(state)))


def _dust(air: Air, rng: np.random.Generator, gaps: np.random.Generator) -> np.ndarray:
    # Still air lets dust gather for days, wind takes it away within hours, most of all the clean
    # wind from the north.
    still = -np.log(air.wind + 0.3) - 1.1 * np.maximum(air.from_north, 0)
    gathered = relax(still - still.mean(), 18.0)
    level = 4.2 + 0.75 * gathered / gathered.std() + 0.45 * memory(len(still), 40, rng)
    dust = np.exp(level + 0.12 * memory(len(still), 2, rng) - 0.25 * air.front)
    dust = np.round(np.clip(dust, 0, MOST_DUST))
    dust[:24] = np.nan
    for start in gaps.integers(len(dust), size=GAPS * len(dust) // 43_824):
        dust[start : start + 1 + gaps.geometric(1 / GAP_HOURS)] = np.nan
    return dust
