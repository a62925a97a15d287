"""Make weather hour by hour: a year, a day, air masses that come and go, fronts, clouds, wind.

Not a forecast model: a handful of random processes with the right memory, put through the simplest
heat balance of the air near the ground. Sun warms it and a clear night cools it, both less under
clouds; meanwhile it drifts towards the temperature of the air mass overhead. So the daily range
depends on season and clouds, as it does in the world, and what the sky does next is worth more than
yesterday's figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data_scripts.twins.processes import HOURS_A_YEAR, average, memory, relax, soft, sun_height


@dataclass(frozen=True, slots=True)
class Climate:
    """What distinguishes one place from another.

    Attributes
    ----------
    latitude : float
        Degrees north.
    mean, season : float
        Yearly mean of the air masses and half their yearly range, degrees Celsius.
    masses : tuple of (float, float)
        Memory (hours) and standard deviation (degrees) of the air masses, one pair a process.
    gust : float
        Standard deviation of what changes within hours, degrees.
    between_fronts : float
        Mean hours from one front to the next.
    front : float
        Standard deviation of the air masses that fronts part, degrees.
    sun, night : float
        Warming by a full sun and cooling by a clear night, degrees an hour.
    stays : float
        Share of that which is kept for days.
    continental : float
        How much colder (winter) or warmer (summer) the air gets under a strong high, degrees.
    clouds, clouds_season, cloud_hours : float
        Mean of the clouds before they are squeezed into 0 to 1, how many more there are in winter,
        and their memory in hours.
    pressure, pressure_season, pressure_spread : float
        Mean, winter's excess and standard deviation, mbar.
    dew, dew_season, dew_own : float
        Mean depression of the dew point, how much larger it is in winter than in summer, and the
        standard deviation of what it does on its own, degrees.
    """

    latitude: float
    mean: float
    season: float
    masses: tuple[tuple[float, float], ...]
    gust: float
    between_fronts: float
    front: float
    sun: float
    night: float
    stays: float
    continental: float
    clouds: float
    clouds_season: float
    cloud_hours: float
    pressure: float
    pressure_season: float
    pressure_spread: float
    dew: float
    dew_season: float
    dew_own: float


@dataclass(frozen=True, slots=True, eq=False)
class Air:
    """Hourly weather, each (N,) float64.

    Attributes
    ----------
    temperature, dew : degrees Celsius; the dew point is never above the temperature
    pressure : mbar
    clouds : 0 (clear) to 1
    sun : 0 to 1, the sine of its height
    wind : m/s, mean of the hour
    from_north : -1 (wind from the south) to 1 (from the north), how far air behind a front blows
    front : 0 to about 1, how near a front's passage is
    """

    temperature: np.ndarray
    dew: np.ndarray
    pressure: np.ndarray
    clouds: np.ndarray
    sun: np.ndarray
    wind: np.ndarray
    from_north: np.ndarray
    front: np.ndarray


# Hours in which the air near the ground forgets what sun and night did to it.
_GROUND = 6.0
# Hours over which a front's signs are followed, before and after.
_BEFORE, _AFTER = 36, 72


@dataclass(frozen=True, slots=True, eq=False)
class _Fronts:
    # Each (N,): the air mass overhead (mean 0, standard deviation 1), and what fronts do to the
    # rest: how near one is, how far the glass has fallen, the sky and wind ahead of it, and where
    # the wind comes from.
    overhead: np.ndarray
    near: np.ndarray
    dip: np.ndarray
    coming: np.ndarray
    from_north: np.ndarray


def make_air(hours: np.ndarray, climate: Climate, seed: int) -> Air:
    """Make the weather of these hours.

    Parameters
    ----------
    hours : np.ndarray
        float64 (N,), local solar time in hours since a 1 January 00:00, each one hour after the
        one before.
    climate : Climate
        The place.
    seed : int
        The same seed gives the same weather.
    """
    # A generator for each process: a change to one leaves the others as they are.
    dice = iter(np.random.default_rng(seed).spawn(20))
    count = len(hours)
    # 1 in the middle of winter: the air is coldest three weeks after the shortest day.
    winter = np.cos(2 * np.pi * (hours / HOURS_A_YEAR - 14 / 365))
    sun = sun_height(hours, climate.latitude)
    fronts = _fronts(count, climate.between_fronts * (1 - 0.15 * winter), dice)
    high = memory(count, 110, next(dice), smooth=10)
    pressure = _pressure(hours, climate, winter, high, fronts, dice)
    clouds = _clouds(climate, winter, high, fronts, dice)
    mass = _mass(climate, winter, high, fronts, dice)
    temperature = mass + _ground(climate, sun, clouds, fronts, dice)
    dew = _dew(climate, winter, mass, temperature, clouds, fronts, dice)
    wind = _wind(winter, sun, high, clouds, fronts, dice)
    return Air(temperature, dew, pressure, clouds, sun, wind, fronts.from_north, fronts.near)


def _fronts(count: int, between: np.ndarray, dice: Iterator[np.random.Generator]) -> _Fronts:
    overhead, passages = _air_masses(count, between, next(dice))
    after = np.arange(-_BEFORE, _AFTER + 1.0)
    # The glass falls for a day before a front and rises fast behind it.
    fall = np.exp(-0.5 * (after / np.where(after < 0, 20, 9)) ** 2)
    turn = np.where(after > 0, np.exp(-after / 20), -np.exp(after / 14))
    return _Fronts(
        overhead=overhead,
        near=_spread(passages, np.exp(-0.5 * (after / 6) ** 2)),
        dip=_spread(passages, fall - 0.5 * np.exp(-0.5 * ((after - 36) / 16) ** 2)),
        coming=_spread(passages, np.where(after <= 0, np.exp(after / 14), np.exp(-after / 5))),
        from_north=np.tanh(_spread(passages, turn) + 0.6 * memory(count, 20, next(dice))),
    )


def _pressure(
    hours: np.ndarray,
    climate: Climate,
    winter: np.ndarray,
    high: np.ndarray,
    fronts: _Fronts,
    dice: Iterator[np.random.Generator],
) -> np.ndarray:
    spread = climate.pressure_spread * (1 + 0.25 * winter)
    weather = spread * (0.8 * high - 0.65 * (fronts.dip - fronts.dip.mean()))
    tide = 0.5 * np.cos(2 * np.pi * (hours - 10) / 12)
    noise = 0.12 * memory(len(hours), 2, next(dice))
    return climate.pressure + climate.pressure_season * winter + weather + tide + noise


def _clouds(
    climate: Climate,
    winter: np.ndarray,
    high: np.ndarray,
    fronts: _Fronts,
    dice: Iterator[np.random.Generator],
) -> np.ndarray:
    slow = 0.5 * memory(len(high), 45, next(dice))
    fast = memory(len(high), climate.cloud_hours, next(dice))
    season = climate.clouds_season * winter
    sky = climate.clouds + slow + fast + 1.2 * fronts.coming - high + season
    return 1 / (1 + np.exp(-2.2 * sky))


def _mass(
    climate: Climate,
    winter: np.ndarray,
    high: np.ndarray,
    fronts: _Fronts,
    dice: Iterator[np.random.Generator],
) -> np.ndarray:
    wander = sum(
        spread * (1 + 0.25 * winter) * memory(len(high), length, next(dice), smooth=5)
        for length, spread in climate.masses
    )
    # Under a high the air is the land's own, hot in summer and icy in winter; a low brings the
    # sea's.
    land = climate.continental * average(high * (0.85 * winter + 0.15), 24.0)
    season = climate.mean - climate.season * winter
    return wander + climate.front * fronts.overhead + season - land


def _ground(
    climate: Climate,
    sun: np.ndarray,
    clouds: np.ndarray,
    fronts: _Fronts,
    dice: Iterator[np.random.Generator],
) -> np.ndarray:
    heat = (climate.sun * sun - climate.night) * (1 - 0.85 * clouds)
    # Thermals, showers and gusts: quiet at night and under a grey sky, lively near a front.
    lively = 0.45 + 1.1 * sun * (1 - 0.5 * clouds) + 0.9 * fronts.near
    gusts = relax(lively * next(dice).standard_normal(len(sun)), 3.0) / np.sqrt(1.8)
    # Most is forgotten by the next day; a little stays: fine days make a summer hot and a winter
    # cold.
    kept = climate.stays * relax(heat, 60.0)
    return relax(heat, _GROUND) + kept + climate.gust * gusts


def _dew(
    climate: Climate,
    winter: np.ndarray,
    mass: np.ndarray,
    temperature: np.ndarray,
    clouds: np.ndarray,
    fronts: _Fronts,
    dice: Iterator[np.random.Generator],
) -> np.ndarray:
    moist = climate.dew_own * memory(len(mass), 30, next(dice), smooth=3) + 0.3 * fronts.near
    depression = climate.dew + climate.dew_season * winter - 4.5 * (clouds - 0.6)
    dew = 0.93 * (mass - climate.mean) + climate.mean - depression + moist
    dew += 0.25 * memory(len(mass), 1.5, next(dice))
    # Air that is cooled to its dew point gives off water: fog or dew, and both fall together.
    return temperature - 0.02 - soft(temperature - dew - 0.02, 0.5)


def _wind(
    winter: np.ndarray,
    sun: np.ndarray,
    high: np.ndarray,
    clouds: np.ndarray,
    fronts: _Fronts,
    dice: Iterator[np.random.Generator],
) -> np.ndarray:
    weather = memory(len(sun), 14, next(dice)) + 1.2 * fronts.coming - 0.35 * high
    strength = 0.5 * weather + 0.12 * winter + 0.3 * memory(len(sun), 1.5, next(dice))
    # However strong the front, there is no hurricane here.
    wind = 1.5 * np.exp(1.6 * np.tanh(strength / 1.6))
    # By day the air is stirred down to the ground.
    wind = wind * (0.8 + 0.55 * relax(sun * (1 - 0.4 * clouds), 3.0) / 3)
    return np.abs(wind + 0.35 * next(dice).standard_normal(len(sun)))


def _air_masses(
    count: int, between: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    # One air mass follows the other; between two lies a front, the stronger the more they differ.
    # At each hour: the mass overhead (mean 0, standard deviation 1), and the strength of the front
    # that passes in it, mostly 0.
    passes = rng.random(count) < 1 / between
    masses = rng.standard_normal(int(passes.sum()) + 1)
    strength = np.zeros(count)
    strength[passes] = np.abs(np.diff(masses))
    overhead = masses[np.cumsum(passes)]
    # It takes a few hours for the new air to come in.
    return average(overhead, 4.0), strength


def _spread(passages: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    # kernel[_BEFORE] is the hour of the passage itself.
    return np.convolve(passages, kernel)[_BEFORE : _BEFORE + len(passages)]
