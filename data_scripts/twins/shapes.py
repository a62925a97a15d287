"""Draw many small grey pictures at once: soft-edged shapes, each measure an array.

A measure has shape (N, 1, 1), a coverage (N, 28, 28) with values from 0 (outside) to 1 (inside).
Lengths are in pixels; x grows to the right, y downwards, and the first pixel's middle is at 0.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

SIZE = 28
MIDDLE = (SIZE - 1) / 2
X = np.arange(SIZE, dtype=np.float32)[None, None, :]
Y = np.arange(SIZE, dtype=np.float32)[None, :, None]
Measure = np.ndarray | float


class Dice:
    """Random measures for a batch of pictures."""

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        self.rng = rng
        self.count = count

    def between(self, low: Measure, high: Measure) -> np.ndarray:
        """Draw evenly from a range whose ends may be measures themselves."""
        share = self.rng.random((self.count, 1, 1), dtype=np.float32)
        return low + (high - low) * share

    def around(self, middle: Measure, deviation: float) -> np.ndarray:
        """Draw from a normal distribution, cut at two standard deviations."""
        share = self.rng.standard_normal((self.count, 1, 1), dtype=np.float32)
        return middle + deviation * np.clip(share, -2, 2)

    def chance(self, probability: Measure) -> np.ndarray:
        """Draw 1.0 with this probability, else 0.0."""
        return (self.rng.random((self.count, 1, 1)) < probability).astype(np.float32)

    def either(self, probability: Measure, first: Measure, second: Measure) -> np.ndarray:
        """Take the first measure with this probability, else the second."""
        return np.where(self.chance(probability) > 0, first, second).astype(np.float32)

    def noise(self, cell: int = 1) -> np.ndarray:
        """Draw a picture of random grey squares of `cell` pixels, standard deviation 1."""
        coarse = self.rng.standard_normal(
            (self.count, SIZE // cell, SIZE // cell), dtype=np.float32
        )
        return coarse.repeat(cell, axis=1).repeat(cell, axis=2)


def inside(distance: np.ndarray) -> np.ndarray:
    """Turn the distance to an edge, positive inside, into a coverage with an edge of one pixel."""
    return np.clip(distance + 0.5, 0, 1)


def outline(at: np.ndarray, *knots: tuple[Measure, Measure]) -> np.ndarray:
    """Join knots (place, value) by straight lines, level beyond the ends, and read them at `at`."""
    value = knots[0][1]
    for (start, before), (end, after) in pairwise(knots):
        value = value + (after - before) * np.clip((at - start) / (end - start), 0, 1)
    return value


def between(at: np.ndarray, low: Measure, high: Measure) -> np.ndarray:
    """Cover what lies between two bounds."""
    return inside(at - low) * inside(high - at)


def ellipse(x: Measure, y: Measure, across: Measure, down: Measure) -> np.ndarray:
    """Cover an ellipse with this middle and these half axes."""
    ratio = np.sqrt(((X - x) / across) ** 2 + ((Y - y) / down) ** 2)
    return inside((1 - ratio) * np.minimum(across, down))


def ring(x: Measure, y: Measure, across: Measure, down: Measure, width: Measure) -> np.ndarray:
    """Cover an elliptic ring with these outer half axes."""
    inner = ellipse(x, y, across - width, down - width)
    return ellipse(x, y, across, down) * (1 - inner)


def limb(
    start: tuple[Measure, Measure], end: tuple[Measure, Measure], first: Measure, last: Measure
) -> np.ndarray:
    """Cover a straight limb between two points; its half width goes from `first` to `last`."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    share = np.clip(((X - x0) * dx + (Y - y0) * dy) / (dx * dx + dy * dy + 1e-6), 0, 1)
    distance = np.hypot(X - x0 - share * dx, Y - y0 - share * dy)
    return inside(first + (last - first) * share - distance)


def paint(picture: np.ndarray, coverage: np.ndarray, grey: np.ndarray | float) -> np.ndarray:
    """Lay a shape of some grey (0 to 1) over a picture."""
    return picture + coverage * (grey - picture)


def blank(dice: Dice) -> np.ndarray:
    """Give black pictures."""
    return np.zeros((dice.count, SIZE, SIZE), dtype=np.float32)


def cloth(dice: Dice, patterned: float, checked: float = 0.1) -> np.ndarray:
    """Draw a stuff for the whole picture: grey, folds, by chance checks, stripes or a scatter."""
    grey = dice.either(0.5, dice.between(0.5, 0.95), dice.between(0.15, 0.6))
    folds = np.sin(X * dice.between(0.3, 0.9) + dice.between(0, 6.3) + Y * dice.around(0, 0.1))
    stuff = grey * (1 + dice.between(0.02, 0.12) * folds + dice.between(0.01, 0.06) * dice.noise())
    has = dice.chance(patterned)
    kind = dice.between(0, 1)
    depth = has * dice.between(0.2, 0.6)
    down = np.sign(np.sin(Y * dice.between(0.7, 1.8) + dice.between(0, 6.3)))
    across = np.sign(np.sin(X * dice.between(0.8, 1.8) + dice.between(0, 6.3)))
    blots = dice.noise(2)
    scatter = np.clip(blots + np.roll(blots, 1, axis=1) + np.roll(blots, 1, axis=2), -1, 1)
    striped = checked + (1 - checked) / 2
    pattern = np.where(kind < checked, (down + across) / 2, np.where(kind < striped, down, scatter))
    return stuff * (1 - depth * (1 + pattern) / 2)
