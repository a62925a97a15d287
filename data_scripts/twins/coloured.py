"""Draw objects in colour on many pictures at once, each in a pose of its own.

An object is drawn in its own coordinates, in which it fills about -1 to 1 both ways (u to the
right, v downwards); `Pose` says where a picture's pixels lie in them, so that turning, mirroring
and scaling cost nothing. A measure is an array (N, 1, 1) or a number, a coverage an array
(N, H, W) with values from 0 (outside) to 1, a colour an array (N, 3), 0 to 1.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

Measure = np.ndarray | float
Point = tuple[Measure, Measure]


class Dice:
    """Random measures, colours and textures for a batch of pictures."""

    def __init__(self, rng: np.random.Generator, count: int, height: int, width: int) -> None:
        self.rng = rng
        self.count = count
        self.height = height
        self.width = width

    def between(self, low: Measure, high: Measure) -> np.ndarray:
        """Draw evenly from a range whose ends may be measures themselves."""
        return low + (high - low) * self.rng.random((self.count, 1, 1), dtype=np.float32)

    def around(self, middle: Measure, deviation: Measure) -> np.ndarray:
        """Draw from a normal distribution, cut at two standard deviations."""
        share = self.rng.standard_normal((self.count, 1, 1), dtype=np.float32)
        return middle + deviation * np.clip(share, -2, 2)

    def chance(self, probability: float) -> np.ndarray:
        """Draw 1 with this probability, else 0."""
        return (self.rng.random((self.count, 1, 1)) < probability).astype(np.float32)

    def either(self, probability: float, first: Measure, second: Measure) -> np.ndarray:
        """Take the first measure with this probability, else the second."""
        return np.where(self.chance(probability) > 0, first, second).astype(np.float32)

    def colour(self, *choices: tuple[float, float, float], spread: float = 0.06) -> np.ndarray:
        """Take one of these colours for each picture, and vary it a little."""
        which = self.rng.integers(len(choices), size=self.count)
        chosen = np.asarray(choices, dtype=np.float32)[which]
        lighter = self.rng.standard_normal((self.count, 1), dtype=np.float32)
        tint = self.rng.standard_normal((self.count, 3), dtype=np.float32)
        return np.clip(chosen + spread * lighter + spread / 2 * tint, 0, 1)

    def any_colour(self) -> np.ndarray:
        """Take any colour, from grey to strong."""
        grey = self.rng.random((self.count, 1), dtype=np.float32)
        colour = self.rng.random((self.count, 3), dtype=np.float32)
        strength = self.rng.random((self.count, 1), dtype=np.float32)
        return 0.05 + 0.9 * (grey + strength * (colour - grey))

    def noise(self, blots: int) -> np.ndarray:
        """Draw smooth noise (N, H, W), so many blots across, standard deviation near 1."""
        down = max(2, round(blots * self.height / self.width))
        coarse = self.rng.standard_normal((self.count, down + 1, blots + 1), dtype=np.float32)
        wide = _stretched(coarse, self.width).swapaxes(1, 2)
        # Between the knots the noise is weaker than at them.
        return 1.35 * _stretched(wide, self.height).swapaxes(1, 2)


def _stretched(values: np.ndarray, size: int) -> np.ndarray:
    """Stretch the last axis to `size`, smoothly between its knots."""
    place = np.linspace(0, values.shape[-1] - 1, size, dtype=np.float32)
    before = np.minimum(place.astype(int), values.shape[-1] - 2)
    share = place - before.astype(np.float32)
    share = share * share * (3 - 2 * share)
    return values[..., before] * (1 - share) + values[..., before + 1] * share


class Pose:
    """Where the pixels of a picture lie in an object's own coordinates.

    Parameters
    ----------
    height, width : int
        Size of the pictures in pixels.
    x, y : measure
        Pixel at which the object's middle lies.
    size : measure
        Half of the object's height, in pixels.
    turn : measure
        Angle in radians, clockwise as seen.
    stretch : measure
        How much wider than high it is drawn.
    mirrored : measure
        1 if it looks to the right, 0 if to the left.
    """

    def __init__(
        self,
        height: int,
        width: int,
        x: Measure,
        y: Measure,
        size: Measure,
        turn: Measure = 0.0,
        stretch: Measure = 1.0,
        mirrored: Measure = 0.0,
    ) -> None:
        right = np.arange(width, dtype=np.float32)[None, None, :] - x
        down = np.arange(height, dtype=np.float32)[None, :, None] - y
        cos, sin = _single(np.cos(turn)), _single(np.sin(turn))
        self.u = (right * cos + down * sin) / (size * stretch) * (1 - 2 * mirrored)
        self.v = (down * cos - right * sin) / size
        self.pixels = size

    def ellipse(
        self, u: Measure, v: Measure, across: Measure, down: Measure, turn: float = 0.0
    ) -> np.ndarray:
        """Cover an ellipse with this middle and these half axes."""
        du, dv = self.u - u, self.v - v
        if turn:
            cos, sin = _single(np.cos(turn)), _single(np.sin(turn))
            du, dv = du * cos + dv * sin, dv * cos - du * sin
        distance = np.sqrt((du / across) ** 2 + (dv / down) ** 2)
        return self._inside((1 - distance) * _single(np.minimum(across, down)))

    def limb(self, start: Point, end: Point, first: Measure, last: Measure) -> np.ndarray:
        """Cover a straight limb with round ends; its half width goes from `first` to `last`."""
        (u0, v0), (u1, v1) = start, end
        du, dv = u1 - u0, v1 - v0
        right, down = self.u - u0, self.v - v0
        share = np.clip((right * du + down * dv) / (du * du + dv * dv + 1e-6), 0, 1)
        distance = np.sqrt((right - share * du) ** 2 + (down - share * dv) ** 2)
        return self._inside(first + (last - first) * share - distance)

    def convex(self, *corners: Point) -> np.ndarray:
        """Cover a convex shape, whichever way around its corners are given."""
        # Twice the area, positive if the corners go clockwise as seen.
        closed = (*corners, corners[0])
        area = sum(u0 * v1 - u1 * v0 for (u0, v0), (u1, v1) in pairwise(closed))
        nearest = np.float32(np.inf)
        for (u0, v0), (u1, v1) in pairwise(closed):
            du, dv = u1 - u0, v1 - v0
            inward = _single(np.sign(area) / (np.sqrt(du * du + dv * dv) + 1e-6))
            distance = (self.v - v0) * (du * inward) - (self.u - u0) * (dv * inward)
            nearest = np.minimum(nearest, distance)
        return self._inside(nearest)

    def box(self, left: Measure, top: Measure, right: Measure, bottom: Measure) -> np.ndarray:
        """Cover an upright box."""
        across = np.minimum(self.u - left, right - self.u)
        return self._inside(np.minimum(across, np.minimum(self.v - top, bottom - self.v)))

    def above(self, v: Measure) -> np.ndarray:
        """Cover all above a level."""
        return self._inside(v - self.v)

    def _inside(self, distance: np.ndarray) -> np.ndarray:
        return np.clip(distance * self.pixels + 0.5, 0, 1)


def _single(measure: Measure) -> np.ndarray:
    # A NumPy number of double precision would make everything that it meets double, and slow.
    return np.asarray(measure, dtype=np.float32)


def _span(touched: np.ndarray) -> slice:
    places = np.flatnonzero(touched)
    return slice(places[0], places[-1] + 1) if len(places) else slice(0)


class Canvas:
    """Pictures that an object is painted on.

    Attributes
    ----------
    ground : np.ndarray
        The pictures as they were before: float32 (N, H, W, 3), 0 to 1.
    picture : np.ndarray
        The same with the object.
    covered : np.ndarray
        float32 (N, H, W): how far the object's paint covers each pixel.
    """

    def __init__(self, picture: np.ndarray) -> None:
        self.ground = picture
        self.picture = np.array(picture, dtype=np.float32)
        self.covered = np.zeros(picture.shape[:3], dtype=np.float32)

    def paint(self, coverage: np.ndarray, colour: np.ndarray, shade: Measure = 1.0) -> None:
        """Lay a shape of a colour over the pictures; `shade` (N, H, W) or a measure darkens it."""
        # Most shapes are small: only the rows and columns that they touch are painted.
        touched = coverage > 0
        rows, columns = (_span(touched.any(axis=axes)) for axes in ((0, 2), (0, 1)))
        share = _single(coverage)[:, rows, columns]
        shade = _single(shade)
        if shade.ndim == 3 and shade.shape[1:] != (1, 1):
            shade = shade[:, rows, columns]
        picture, covered = self.picture[:, rows, columns], self.covered[:, rows, columns]
        change = _single(colour)[:, None, None, :] * shade[..., None] - picture
        change *= share[..., None]
        picture += change
        np.maximum(covered, share, out=covered)

    def shadow(self, coverage: np.ndarray, depth: Measure) -> None:
        """Darken what lies under a shape; this is not part of the object."""
        self.picture *= (1 - coverage * depth)[..., None]

    def keep(self, share: np.ndarray) -> None:
        """Keep this share of the object, by pixel, and give the ground back elsewhere."""
        self.picture = self.ground + share[..., None] * (self.picture - self.ground)
        self.covered = self.covered * share


def finish(dice: Dice, picture: np.ndarray, blurred: float, grain: float) -> np.ndarray:
    """Give pictures light, contrast, blur and grain as a camera would.

    Parameters
    ----------
    dice : Dice
        For this batch.
    picture : np.ndarray
        float (N, H, W, 3), 0 to 1.
    blurred : float
        Share of the pictures that are softened.
    grain : float
        Standard deviation of the noise, as a share of white.

    Returns
    -------
    np.ndarray
        uint8 of the same shape.
    """
    soft = picture.copy()
    soft[:, 1:-1] = (picture[:, :-2] + 2 * picture[:, 1:-1] + picture[:, 2:]) / 4
    soft[:, :, 1:-1] = (soft[:, :, :-2] + 2 * soft[:, :, 1:-1] + soft[:, :, 2:]) / 4
    picture = picture + dice.chance(blurred)[..., None] * (soft - picture)
    light = dice.between(0.8, 1.15)[..., None]
    contrast = dice.between(0.85, 1.25)[..., None]
    cast = 1 + 0.05 * dice.rng.standard_normal((dice.count, 1, 1, 3), dtype=np.float32)
    picture = (0.5 + contrast * (picture - 0.5)) * light * cast
    picture = picture + grain * dice.rng.standard_normal(picture.shape, dtype=np.float32)
    return np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
