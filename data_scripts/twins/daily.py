"""Twin of Melbourne's daily minimum temperatures: a southern year, and spells of a few days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.min_temperatures import COLUMNS
from data_scripts.twins.processes import memory

START = np.datetime64("1981-01-01", "D")
# Days that the real table leaves out.
LEFT_OUT = np.array(["1984-12-31", "1988-12-31"], dtype="datetime64[D]")


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of the daily minimum temperatures.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "series".
    seed : int
        The same seed gives the same nights.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As ``data_scripts.min_temperatures.read`` gives them.
    """
    count = rows["series"]
    days = START + np.arange(count + len(LEFT_OUT))
    days = days[~np.isin(days, LEFT_OUT)][:count]
    dice = np.random.default_rng(seed).spawn(3)
    summer = np.cos(2 * np.pi * ((days - START).astype(np.float64) - 30) / 365.2425)
    # Nights differ most in summer, when the wind may come from the desert or from the sea.
    spells = 2.2 * memory(count, 1.7, dice[0]) + 0.7 * memory(count, 25, dice[1])
    night = 1.1 * dice[2].standard_normal(count)
    lowest = 11.1 + 3.7 * summer + (1 + 0.15 * summer) * (spells + night)
    x = np.round(np.clip(lowest, 0, 27), 1).astype(np.float32)[:, None]
    return {
        "series": {"x": x, "time": days.astype("datetime64[m]")},
        "shared": {"columns": np.array(COLUMNS)},
    }
