"""Random processes in time that several twins are made of, and the height of the sun."""

from __future__ import annotations

import numpy as np

HOURS_A_YEAR = 365.2425 * 24


def sun_height(hours: np.ndarray, latitude: float) -> np.ndarray:
    """Give the sine of the sun's height above the horizon, 0 at night, for local solar hours."""
    tilt = -np.radians(23.44) * np.cos(2 * np.pi * (hours / HOURS_A_YEAR + 10 / 365))
    north = np.radians(latitude)
    noon = np.cos(2 * np.pi * (hours - 12) / 24)
    return np.maximum(np.sin(north) * np.sin(tilt) + np.cos(north) * np.cos(tilt) * noon, 0)


def memory(count: int, hours: float, rng: np.random.Generator, smooth: float = 0.0) -> np.ndarray:
    """Make a random process of mean 0 and standard deviation 1 that forgets within some hours.

    With `smooth` it has no corners on the scale of that many hours.
    """
    lead = int(10 * hours)
    process = relax(rng.standard_normal(lead + count), hours)
    if smooth:
        process = relax(process, smooth)
    process = process[lead:]
    # Long memories have few independent values: take off only what the expected spread is.
    return process / _spread_of(hours, smooth)


def relax(force: np.ndarray, hours: float) -> np.ndarray:
    """Follow a force and forget it: each hour adds it to what remains of the hours before."""
    # SciPy takes a moment to import: only who makes a twin waits for it.
    from scipy.signal import lfilter

    return lfilter([1.0], [1.0, -np.exp(-1 / hours)], force)


def average(process: np.ndarray, hours: float) -> np.ndarray:
    """Follow a process, so many hours late."""
    return relax(process, hours) * (1 - np.exp(-1 / hours))


def soft(value: np.ndarray, width: float) -> np.ndarray:
    """Give max(value, 0) with a rounded corner."""
    return width * np.logaddexp(0, value / width)


def _spread_of(hours: float, smooth: float) -> float:
    # The standard deviation that `relax`, once or twice, gives to white noise: the length of its
    # answer to a single impulse.
    impulse = np.zeros(int(20 * (hours + smooth)) + 50)
    impulse[0] = 1
    answer = relax(impulse, hours)
    if smooth:
        answer = relax(answer, smooth)
    return float(np.sqrt((answer**2).sum()))
