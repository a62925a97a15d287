"""Draw one small colour picture from soft shapes: inks with fur or grain, light, blur, noise.

Shapes are drawn as numbers of inks on a sheet of twice the size and brought down with their inks'
colours, so that edges are smooth; textures and light are laid on at the small size. All of it is
Pillow's and NumPy's compiled code: a picture takes about three milliseconds.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[float, float, float]
# The sheet is so many times as large as the picture.
FINE = 2
_TILE = 512
# Between two knots of a smooth outline so many points are drawn.
_STEPS = 5


class Dice:
    """Random measures for one picture."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self._drawn: list[float] = []

    def share(self) -> float:
        """Draw evenly between 0 and 1."""
        # One call for many numbers: a call costs more than a number.
        if not self._drawn:
            self._drawn = self.rng.random(256).tolist()
        return self._drawn.pop()

    def between(self, low: float, high: float) -> float:
        """Draw evenly from a range."""
        return low + (high - low) * self.share()

    def chance(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.share() < probability

    def below(self, count: int) -> int:
        """Draw a whole number from 0 to count - 1."""
        return int(self.share() * count)

    def side(self) -> int:
        """Draw -1 or 1."""
        return 1 if self.chance(0.5) else -1


class Textures:
    """Seamless grey textures (512, 512), mean 0 and standard deviation 1, from smooth to grainy."""

    def __init__(self, rng: np.random.Generator) -> None:
        fur = [(width, 0.9, turn) for width in (0.12, 0.2) for turn in (0.2, 1.0, 1.8, 2.6)]
        self.fur = [_filtered(rng, *measure) for measure in fur]
        self.grain = [_filtered(rng, width, 0.0, 0.0) for width in (0.08, 0.25, 0.6)]
        self.grain += [_filtered(rng, 0.2, 0.95, turn) for turn in (0.0, 1.57)]
        self.spots = [_filtered(rng, width, 0.0, 0.0) for width in (0.018, 0.03, 0.045)]
        self.stripes = [_striped(rng, width, turn) for width in (7, 10) for turn in (0, 0.8, 2.3)]

    def cut(self, dice: Dice, kind: Sequence[np.ndarray], height: int, width: int) -> np.ndarray:
        """Cut a piece (height, width) at random from one of the textures of a kind."""
        tile = kind[dice.below(len(kind))]
        top, left = dice.below(_TILE - height), dice.below(_TILE - width)
        return tile[top : top + height, left : left + width]


class Canvas:
    """A picture in the making; lengths are in pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: Colour, grain: float = 0.0) -> None:
        self.width, self.height = width, height
        self._inks: list[tuple[Colour, float, float]] = []
        self._sheet = Image.new("L", (width * FINE, height * FINE), self.ink(ground, grain))
        self._draw = ImageDraw.Draw(self._sheet)

    def ink(self, colour: Colour, grain: float = 0.0, fur: float = 0.0) -> int:
        """Add an ink: a colour (0 to 1), how strongly it takes up the ground's grain and the fur."""
        self._inks.append((colour, grain, fur))
        return len(self._inks) - 1

    def polygon(self, points: np.ndarray, ink: int) -> None:
        """Fill a polygon with corners (K, 2)."""
        self._draw.polygon((points * FINE).ravel().tolist(), fill=ink)

    def smooth(self, knots: np.ndarray, ink: int) -> None:
        """Fill a smooth closed outline through knots (K, 2)."""
        self.polygon(through(knots), ink)

    def line(self, points: np.ndarray, width: float, ink: int) -> None:
        """Draw a line through points (K, 2)."""
        pen = max(1, round(width * FINE))
        self._draw.line((points * FINE).ravel().tolist(), fill=ink, width=pen, joint="curve")

    def finish(
        self, dice: Dice, textures: Textures, marks: tuple[Colour, np.ndarray] | None
    ) -> np.ndarray:
        """Give the picture with textures, light and noise.

        Parameters
        ----------
        dice : Dice
            Draws textures and light.
        textures : Textures
            What grain and fur look like.
        marks : (Colour, np.ndarray) or None
            A second colour of the fur and how much of it is where, (height, width).

        Returns
        -------
        np.ndarray
            uint8 (height, width, 3).
        """
        size = self.height, self.width
        coloured = self._sheet.copy()
        colours = np.clip([ink[0] for ink in self._inks], 0, 1)
        coloured.putpalette(np.rint(colours * 255).astype(np.uint8).tobytes())
        picture = np.asarray(coloured.convert("RGB").reduce(FINE), dtype=np.float32) / 255
        grain, fur = self._layer(1), self._layer(2)
        if marks is not None:
            share = (marks[1] * fur)[..., None]
            picture = picture + share * (np.float32(marks[0]) - picture)
        # Rounded bodies: darker towards the edge of what has fur.
        soft = Image.fromarray(np.uint8(fur * 255)).filter(ImageFilter.BoxBlur(self.height / 16))
        light = 1 - dice.between(0.2, 0.6) * fur * (1 - np.asarray(soft, dtype=np.float32) / 255)
        light += dice.between(0.05, 0.15) * fur * textures.cut(dice, textures.fur, *size)
        light += grain * textures.cut(dice, textures.grain, *size)
        across = np.linspace(-1, 1, self.width, dtype=np.float32)[None, :]
        down = np.linspace(-1, 1, self.height, dtype=np.float32)[:, None]
        light += dice.between(-0.25, 0.25) * across + dice.between(-0.2, 0.2) * down
        picture *= light[..., None]
        return _photographed(dice, picture)

    def _layer(self, which: int) -> np.ndarray:
        table = [round(min(ink[which], 1) * 255) for ink in self._inks]
        layer = self._sheet.point(table + [0] * (256 - len(table))).reduce(FINE)
        return np.asarray(layer, dtype=np.float32) / 255


def oval(across: float, down: float, turn: float = 0.0, count: int = 20) -> np.ndarray:
    """Give the outline (count, 2) of an ellipse around the origin."""
    cosine, sine = math.cos(turn), math.sin(turn)
    axes = np.array([[across * cosine, across * sine], [-down * sine, down * cosine]])
    return _circle(count) @ axes


def limb(points: np.ndarray, widths: Sequence[float]) -> np.ndarray:
    """Give the outline of a limb along points (K, 2) with these half widths, open at its ends."""
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)[:, None]
    off = np.stack([-along[:, 1], along[:, 0]], axis=1) * np.asarray(widths)[:, None]
    return np.concatenate([points + off, (points - off)[::-1]])


def through(knots: np.ndarray) -> np.ndarray:
    """Give points on a smooth closed curve through knots (Catmull and Rom's spline)."""
    knots = np.asarray(knots)
    return (_SPLINE @ knots[_neighbours(len(knots))]).reshape(-1, 2)


def jpeg(picture: np.ndarray) -> bytes:
    """Pack a picture uint8 (height, width, 3) as a JPEG file."""
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "JPEG", quality=80)
    return stream.getvalue()


@cache
def _circle(count: int) -> np.ndarray:
    angle = np.linspace(0, 2 * math.pi, count, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


@cache
def _neighbours(count: int) -> np.ndarray:
    """Give for each of `count` knots in a ring the one before, itself, and the two after."""
    return (np.arange(count)[:, None] + np.arange(-1, 3)) % count


def _spline() -> np.ndarray:
    t = np.arange(_STEPS) / _STEPS
    return 0.5 * np.stack(
        [
            -t + 2 * t**2 - t**3,
            2 - 5 * t**2 + 3 * t**3,
            t + 4 * t**2 - 3 * t**3,
            -(t**2) + t**3,
        ],
        axis=1,
    )


_SPLINE = _spline()


def _photographed(dice: Dice, picture: np.ndarray) -> np.ndarray:
    """Lay on what a camera does: colour cast, contrast, noise, blur."""
    cast = np.float32([dice.between(0.88, 1.12) for _ in range(3)])
    contrast, bright = dice.between(0.75, 1.2), dice.between(-0.12, 0.1)
    picture = picture * (cast * contrast) + np.float32(0.5 + bright - 0.5 * contrast)
    noise = dice.rng.standard_normal(picture.shape[:2], dtype=np.float32)
    picture += dice.between(0.0, 0.04) * noise[..., None]
    done = Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))
    blur = dice.between(-0.6, 0.9)
    return np.asarray(done.filter(ImageFilter.BoxBlur(blur)) if blur > 0 else done)


def _filtered(rng: np.random.Generator, width: float, stretch: float, turn: float) -> np.ndarray:
    """Filter white noise: `width` bounds its frequencies, `stretch` draws it out along `turn`."""
    x, y = np.fft.rfftfreq(_TILE)[None, :], np.fft.fftfreq(_TILE)[:, None]
    along = (x * math.cos(turn) + y * math.sin(turn)) / (1 - 0.8 * stretch)
    away = y * math.cos(turn) - x * math.sin(turn)
    keep = np.exp(-(along**2 + away**2) / (2 * width**2))
    return _standard(np.fft.irfft2(np.fft.rfft2(rng.standard_normal((_TILE, _TILE))) * keep))


def _striped(rng: np.random.Generator, width: float, turn: float) -> np.ndarray:
    """Make wavy stripes, `width` pixels from one to the next, across the direction `turn`."""
    place = np.arange(_TILE)
    along = place[None, :] * math.cos(turn) + place[:, None] * math.sin(turn)
    waves = np.sin(2 * math.pi * along / width + 2.5 * _filtered(rng, 0.02, 0.0, 0.0))
    return _standard(waves + 0.5 * _filtered(rng, 0.05, 0.0, 0.0))


def _standard(texture: np.ndarray) -> np.ndarray:
    return ((texture - texture.mean()) / texture.std()).astype(np.float32)
