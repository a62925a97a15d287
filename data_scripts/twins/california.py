"""Twin of California housing: districts around the towns of a made coast."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.california import COLUMNS
from data_scripts.twins.houses import distributed, divided, leaning

CAP = 500_001
# Town centres: longitude, latitude, share of the districts, spread in degrees, what a place in it
# is worth (factor). No town of these is a real one, but they lie as California's do: two large
# ones at the sea, others along the valley behind the hills.
TOWNS = (
    (-118.3, 34.05, 0.30, 0.22, 1.25),
    (-117.9, 33.75, 0.10, 0.18, 1.3),
    (-117.15, 32.8, 0.09, 0.15, 1.15),
    (-117.4, 34.05, 0.07, 0.2, 0.75),
    (-122.3, 37.7, 0.13, 0.2, 1.5),
    (-121.95, 37.3, 0.08, 0.15, 1.45),
    (-121.4, 38.6, 0.07, 0.2, 0.7),
    (-119.75, 36.75, 0.05, 0.25, 0.5),
    (-119.1, 35.35, 0.04, 0.25, 0.5),
    (-120.6, 35.3, 0.03, 0.3, 1.1),
    (-122.3, 40.4, 0.04, 0.6, 0.55),
)
# Some districts lie anywhere between the corners.
ANYWHERE = 0.06
SOUTH, NORTH = 32.6, 41.9
LEVELS = {
    "age": (1, 8, 18, 29, 37, 52, 52),
    "households": (1, 125, 280, 409, 605, 1276, 6000),
    "income": (0.5, 1.6, 2.56, 3.53, 4.74, 7.3, 15.0001),
}


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of California housing.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same districts.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As ``data_scripts.california.read`` gives them.
    """
    rng = np.random.default_rng(seed)
    count = sum(rows.values())
    longitude, latitude, worth, central = _places(count, rng)
    wealth = rng.standard_normal(count)
    age = distributed(leaning(rng, (central, 0.45), (wealth, -0.1)), LEVELS["age"])
    income = distributed(leaning(rng, (wealth, 0.85), (central, -0.15)), LEVELS["income"])
    size = leaning(rng, ((age - 28.6) / 12.6, -0.3))
    households = np.round(distributed(size, LEVELS["households"]))
    persons = 2.2 + np.exp(-0.35 * wealth + 0.35 * rng.standard_normal(count) - 0.6)
    rooms = np.maximum(3.9 + 0.62 * (income - 2.2) + 0.6 * rng.standard_normal(count), 1.2)
    bedrooms = np.maximum(0.55 + 0.095 * rooms + 0.07 * rng.standard_normal(count), 0.4)
    columns = (
        np.round(longitude, 2),
        np.round(latitude, 2),
        np.round(age),
        np.maximum(np.round(households * rooms), 2),
        np.maximum(np.round(households * bedrooms), 1),
        np.maximum(np.round(households * persons), 3),
        households,
        np.round(income, 4),
    )
    x = np.stack(columns, axis=1).astype(np.float32)
    value = _value(income, rooms, persons, age, worth, central, rng)
    return divided(x, value, rows) | {"shared": {"columns": np.array(COLUMNS)}}


def _places(
    count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    # Longitude, latitude, the factor of the place, and how central it is (about normal).
    east, north, shares, spread, worths = np.array(TOWNS).T
    town = rng.choice(len(TOWNS), size=count, p=shares / shares.sum())
    offset = rng.standard_normal((2, count)) * spread[town]
    longitude, latitude = east[town] + offset[0], north[town] + offset[1]
    lost = rng.random(count) < ANYWHERE
    latitude = np.where(lost, rng.uniform(SOUTH, NORTH, count), latitude)
    longitude = np.where(lost, _coast(latitude) + rng.gamma(2.0, 1.0, count), longitude)
    latitude = np.clip(latitude, SOUTH - 0.06, NORTH + 0.05)
    # Nobody lives in the sea: who would is moved as far inland.
    inland = np.abs(longitude - _coast(latitude))
    longitude = np.minimum(_coast(latitude) + inland, -114.3)
    distance = np.hypot(offset[0], offset[1]) / spread[town]
    # What a place is worth: its town, the sea, and quarters that are sought after or not, with
    # sharp borders between them.
    quarter = np.sin(9 * longitude + 3 * np.sin(5 * latitude)) + np.sin(
        11 * latitude - 4 * longitude
    )
    worth = worths[town] * (1 - 0.3 * lost) * (1 + 0.45 * np.exp(-inland / 0.12))
    worth *= 1 + 0.28 * np.tanh(3 * quarter)
    return longitude, latitude, worth, 1.2 - distance


def _coast(latitude: np.ndarray) -> np.ndarray:
    return np.interp(
        latitude,
        (32.5, 34.0, 34.5, 36.5, 37.8, 40.4, 42),
        (-117.2, -118.5, -120.6, -121.9, -122.5, -124.3, -124.2),
    )


def _value(
    income: np.ndarray,
    rooms: np.ndarray,
    persons: np.ndarray,
    age: np.ndarray,
    worth: np.ndarray,
    central: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    base = 40_000 + 35_000 * income**1.06 - 14_000 * (rooms - 5.4) - 22_000 * (persons - 3)
    base *= 1 + 0.2 * np.clip((age - 40) / 12, 0, 1) * (central > 0.3)
    value = base * worth**0.7 * np.exp(0.145 * rng.standard_normal(len(income)))
    value = np.clip(np.round(value / 100) * 100, 14_999, CAP)
    return value.astype(np.float32)
