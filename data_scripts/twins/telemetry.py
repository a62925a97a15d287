"""Generate spacecraft-like telemetry: channels that an orbit and commands drive, and anomalies.

A satellite circles the earth in 96 minutes, a third of it in shadow. Sun warms its panels and
charges its battery, payload and radio draw power by plan, wheels hold it straight. Anomalies are
rare, last from a minute to a few hours, touch one to three channels of a subsystem, and are of five
kinds; most stay within the range that the channel has anyway, so that a bound on each value finds
few of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.telemetry import COLUMNS, STATES
from data_scripts.twins.processes import average, memory

START = np.datetime64("2020-01-01T00:00", "m")
ORBIT, SHADOW = 96.0, 0.36
# Mean minutes from one anomaly to the next.
BETWEEN = 2500
# By kind: shortest and longest duration in minutes.
LASTS = {
    "spike": (1, 4),
    "stuck": (40, 240),
    "drift": (90, 360),
    "dip": (15, 90),
    "oscillation": (30, 180),
}
# Channels that an anomaly may touch together.
GROUPS = (
    ("panel current (A)", "panel temperature (degC)"),
    ("bus voltage (V)", "battery current (A)", "battery temperature (degC)"),
    ("computer temperature (degC)", "computer use (%)"),
    ("payload temperature (degC)",),
    ("tank temperature (degC)", "tank pressure (bar)"),
    ("wheel 1 (rpm)", "pointing error (arcmin)"),
    ("wheel 2 (rpm)", "pointing error (arcmin)"),
    ("wheel 3 (rpm)", "gyro (deg/h)"),
    ("radio temperature (degC)", "radio signal (dBm)"),
)

# What an instrument cannot show, whatever happens.
BOUNDS = (
    ("panel current (A)", -0.2, 8.0),
    ("computer use (%)", 0.0, 100.0),
    ("pointing error (arcmin)", 0.0, 60.0),
)


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Generate telemetry, a row a minute.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "series".
    seed : int
        The same seed gives the same telemetry.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": x float32 (N, 24), the columns COLUMNS; time datetime64[m] (N,), every
        minute; y int8 (N,), an index into STATES, 0 where all is nominal. Under "shared": columns
        (24,) and states (6,).
    """
    count = rows["series"]
    own, faults = np.random.default_rng(seed).spawn(2)
    x = _nominal(count, own)
    y = _anomalies(x, faults)
    for name, least, most in BOUNDS:
        column = COLUMNS.index(name)
        x[:, column] = np.clip(x[:, column], least, most)
    return {
        "series": {
            "x": x.astype(np.float32),
            "time": START + np.arange(count).astype("timedelta64[m]"),
            "y": y,
        },
        "shared": {"columns": np.array(COLUMNS), "states": np.array(STATES)},
    }


def _nominal(count: int, rng: np.random.Generator) -> np.ndarray:
    dice = iter(rng.spawn(40))

    def noise(size: float) -> np.ndarray:
        return size * next(dice).standard_normal(count)

    minute = np.arange(count)
    phase = (minute / ORBIT) % 1
    # Into the shadow and out of it within a minute; the share drifts with the seasons.
    shadow = SHADOW + 0.04 * np.sin(2 * np.pi * minute / 30_000)
    sun = np.clip((np.abs(phase - 0.5) - shadow / 2) * ORBIT, 0, 1)
    payload = _switched(count, 70, 300, next(dice))
    contact = ((minute % 720) < 90) & (phase > 0.55) & (phase < 0.68)
    use = 22 + 45 * payload + 12 * memory(count, 25, next(dice)).clip(-1.5, 3) + 15 * contact
    tank = 18 + 3 * np.sin(2 * np.pi * (phase - 0.15)) + 2.5 * memory(count, 900, next(dice))
    heater = (average(tank, 30) < 16.5).astype(np.float64)
    load = 38 + 34 * payload + 0.12 * use + 18 * contact + 9 * heater + noise(0.6)
    panel = sun * (3.3 + 0.2 * np.cos(2 * np.pi * phase)) + noise(0.03)
    charge = _charge(28 * panel - load)
    battery = (load - 28 * panel) / 28 + noise(0.04)
    wheels = [
        3000 * np.sin(2 * np.pi * (minute / ORBIT + shift) / 3) * (0.35 + 0.1 * number)
        + 500 * memory(count, 400, next(dice), smooth=30)
        for number, shift in enumerate((0, 1, 2))
    ]
    slew = _switched(count, 6, 400, next(dice))
    gyro = 6 * memory(count, 60, next(dice)) + 22 * slew + noise(2.0)
    columns = (
        sun,
        panel,
        average(-45 + 105 * sun, 12) + noise(0.4),
        27.2 + 0.018 * charge - 0.12 * battery + noise(0.03),
        charge,
        battery,
        14
        + average(2.2 * np.abs(battery), 45)
        + 1.5 * memory(count, 1500, next(dice))
        + noise(0.1),
        load,
        21 + average(0.28 * use, 20) + average(4 * sun, 30) + noise(0.15),
        use,
        _sawtooth(payload, contact),
        payload,
        12 + average(19 * payload, 35) + average(5 * sun, 40) + noise(0.2),
        heater,
        tank + average(4 * heater, 25) + noise(0.1),
        21.5 + 0.075 * (tank - 18) - 2e-5 * minute + noise(0.01),
        *(wheel + noise(6) for wheel in wheels),
        np.abs(0.8 + 6 * slew + 0.5 * memory(count, 15, next(dice)) + noise(0.15)),
        31 + 11 * np.cos(4 * np.pi * phase) + 3 * np.sin(2 * np.pi * minute / 1440) + noise(0.3),
        gyro,
        19 + average(16 * contact + 4.0 * sun, 15) + noise(0.2),
        np.where(contact, -82 + 9 * np.sin(np.pi * (phase - 0.55) / 0.13), -125) + noise(0.8),
    )
    return np.stack(columns, axis=1)


def _switched(count: int, on: float, off: float, rng: np.random.Generator) -> np.ndarray:
    # 1 for about `on` minutes, then 0 for about `off` minutes, and so on.
    pairs = int(2 * count / (on + off)) + 10
    lengths = np.stack([rng.uniform(0.5, 1.5, pairs) * off, rng.uniform(0.6, 1.4, pairs) * on])
    states = np.tile([0.0, 1.0], pairs)
    return np.repeat(states, np.maximum(lengths.T.ravel().astype(int), 1))[:count]


def _charge(watts: np.ndarray) -> np.ndarray:
    # A battery holds no more than is full, so that each minute depends on the one before.
    level, levels = 85.0, []
    for change in (watts / 400).tolist():
        level = min(max(level + change, 20.0), 100.0)
        levels.append(level)
    return np.array(levels)


def _sawtooth(payload: np.ndarray, contact: np.ndarray) -> np.ndarray:
    # The payload fills the memory, a contact empties it.
    level, levels = 10.0, []
    for fills, empties in zip(payload.tolist(), contact.tolist(), strict=True):
        level = min(max(level + 0.14 * fills - 3.0 * empties, 5.0), 100.0)
        levels.append(level)
    return np.array(levels)


def _anomalies(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    # Writes them into x and gives the states.
    count = len(x)
    y = np.zeros(count, dtype=np.int8)
    spread = x.std(axis=0)
    kinds = tuple(LASTS)
    start = int(rng.exponential(BETWEEN)) + 60
    while start < count:
        kind = kinds[rng.integers(len(kinds))]
        last = min(start + int(rng.integers(*LASTS[kind])), count)
        for name in GROUPS[rng.integers(len(GROUPS))]:
            column = COLUMNS.index(name)
            x[start:last, column] = _altered(x[start:last, column], kind, spread[column], rng)
        y[start:last] = STATES.index(kind)
        start = last + 60 + int(rng.exponential(BETWEEN))
    return y


def _altered(values: np.ndarray, kind: str, spread: float, rng: np.random.Generator) -> np.ndarray:
    minutes = np.arange(len(values))
    size = spread * rng.uniform(0.8, 2.2) * rng.choice([-1, 1])
    if kind == "spike":
        return values + 1.6 * size
    if kind == "stuck":
        return np.full(len(values), values[0])
    if kind == "drift":
        return values + size * minutes / len(values)
    if kind == "dip":
        return values - 0.7 * abs(size)
    return values + 0.6 * size * np.sin(2 * np.pi * minutes / rng.uniform(5, 14))
