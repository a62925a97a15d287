"""Twin of Boston housing: districts of no town, whose prices follow rooms, status, air and school.

The column B is drawn by itself and moves no price: the real one was made from the share of Black
residents, and there is nothing to imitate in that.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.boston import COLUMNS
from data_scripts.twins.houses import distributed, divided, leaning

# One district in four lies in the town itself, which has one tax and one school board.
TOWN = 0.65
# What a highway is worth to its neighbours, by the index of access (0 stands for 24, the town's).
ROADS = (0.0, 2.4, -2.0, 1.6, -1.2, 2.0, -2.6, 1.0, -1.6)
LEVELS = {
    "ZN": (0, 0, 0, 0, 12.5, 80, 100),
    "INDUS": (0.5, 2.2, 4.9, 7.9, 11, 21.9, 27.7),
    "NOX": (0.385, 0.41, 0.45, 0.54, 0.62, 0.74, 0.87),
    "RM": (3.6, 5.3, 5.89, 6.21, 6.62, 7.6, 8.8),
    "AGE": (2.9, 17.7, 45, 77.5, 94, 100, 100),
    "DIS": (1.13, 1.46, 2.1, 3.2, 5.2, 7.8, 12.1),
    "TAX": (187, 216, 264, 296, 345, 430, 469),
    "PTRATIO": (12.6, 14.4, 16.8, 18.2, 19.2, 21, 22),
    "B": (0.3, 85, 375, 391.4, 396.2, 396.9, 396.9),
    "LSTAT": (1.7, 3.7, 6.9, 11.4, 17, 26.8, 38),
}


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of Boston housing.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same districts.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As ``data_scripts.boston.read`` gives them.
    """
    rng = np.random.default_rng(seed)
    count = sum(rows.values())
    # What is behind the columns: how near the town's middle, how well off.
    near, wealth = rng.standard_normal((2, count))
    in_town = near > TOWN
    scores = {
        "ZN": leaning(rng, (near, -0.65), (wealth, 0.25)),
        "INDUS": leaning(rng, (near, 0.75), (wealth, -0.25)),
        "NOX": leaning(rng, (near, 0.9)),
        "RM": leaning(rng, (wealth, 0.72)),
        "AGE": leaning(rng, (near, 0.75), (wealth, -0.2)),
        "DIS": leaning(rng, (near, -0.9)),
        "TAX": leaning(rng, (near, 0.4)),
        "PTRATIO": leaning(rng, (near, 0.2), (wealth, -0.35)),
        "B": rng.standard_normal(count),
        "LSTAT": leaning(rng, (near, 0.5), (wealth, -0.75)),
    }
    columns = {name: distributed(score, LEVELS[name]) for name, score in scores.items()}
    crime = leaning(rng, (near, 0.6), (wealth, -0.2))
    columns["CRIM"] = np.exp(np.where(in_town, 2.0 + 0.8 * crime, -1.9 + 1.2 * crime))
    columns["CHAS"] = (rng.random(count) < 0.07).astype(np.float64)
    columns["RAD"] = np.where(in_town, 24, rng.choice([1, 2, 3, 4, 5, 6, 7, 8], count))
    for name, value in (("TAX", 666), ("PTRATIO", 20.2), ("INDUS", 18.1), ("ZN", 0)):
        columns[name] = np.where(in_town, value, columns[name])
    price = _price(columns, in_town, rng)
    digits = {"RM": 3, "NOX": 3, "DIS": 4, "CRIM": 5, "AGE": 1, "TAX": 0, "PTRATIO": 1, "ZN": 1}
    x = np.stack([np.round(columns[name], digits.get(name, 2)) for name in COLUMNS], axis=1)
    return divided(x, price, rows) | {"shared": {"columns": np.array(COLUMNS)}}


def _price(
    columns: Mapping[str, np.ndarray], in_town: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    rooms, poor, far = columns["RM"], columns["LSTAT"], columns["DIS"]
    well_off = 1 / (1 + np.exp((poor - 9) / 1.2))
    price = 21.8 - 5.0 * np.log(poor / 11.4)
    # A large house is worth much where people are well off, and little elsewhere.
    price += 9 * np.maximum(rooms - 6.5, 0) * well_off + 2.0 * (rooms - 6.3)
    # Foul air costs most in the suburbs; in town it is everywhere.
    price -= np.where(in_town, 4, 22) * (columns["NOX"] - 0.5)
    # Next to the centres of work the rich live too.
    price += 6 * (far < 1.9) * (poor < 13) - 0.35 * (far - 3.8)
    # Some highways are liked, others are not: the index is a name more than a number.
    price += np.array(ROADS)[columns["RAD"].astype(int) % 24]
    price -= 2.6 * (columns["PTRATIO"] > 19) + 2.2 * ((columns["AGE"] > 85) & (rooms < 6.2))
    price -= 0.05 * np.minimum(columns["CRIM"], 60)
    price += 2.5 * columns["CHAS"] - 0.01 * (columns["TAX"] - 400) * (poor < 10)
    price += 1.8 * rng.standard_t(5, len(price)) * (0.7 + 0.3 * well_off)
    return np.round(np.clip(price, 5, 50), 1)
