"""Twin of the monthly milk production: a trend that levels off, a season, a little noise."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.milk import COLUMNS, months
from data_scripts.twins.processes import memory


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of the monthly milk production.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "series".
    seed : int
        The same seed gives the same numbers.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As ``data_scripts.milk.read`` gives them.
    """
    count = rows["series"]
    month = np.arange(count)
    years = month / 12
    # Cows give most in May, and February is short.
    season = 95 * np.cos(2 * np.pi * (month - 4) / 12) + 15 * np.cos(4 * np.pi * (month - 4) / 12)
    season = season - 45 * (month % 12 == 1)
    slow, own = np.random.default_rng(seed).spawn(2)
    pounds = 605 + 29 * years - 0.6 * years**2 + season
    pounds = pounds + 6 * memory(count, 9, slow) + 5 * own.standard_normal(count)
    return {
        "series": {"x": np.round(pounds).astype(np.float32)[:, None], "time": months(count)},
        "shared": {"columns": np.array(COLUMNS)},
    }
