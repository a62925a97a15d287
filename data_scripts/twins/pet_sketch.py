"""Draw in an animal's own measures: inks of one animal, and shapes placed, mirrored and leaning."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from data_scripts.twins.pet_canvas import Canvas, Dice, limb, oval
from data_scripts.twins.pet_looks import Coat, Looks, shaded, tinted

Point = Sequence[float] | np.ndarray


class Sketch:
    """An animal in the making: its head is at `place`, one unit is the head's radius `size`."""

    def __init__(
        self,
        canvas: Canvas,
        dice: Dice,
        looks: Looks,
        coat: Coat,
        place: tuple[float, float],
        size: float,
    ) -> None:
        self.canvas, self.dice, self.looks, self.size = canvas, dice, looks, size
        self._place = np.array(place)
        self._frame = np.array([[float(dice.side()), 0.0], [0.0, 1.0]])
        self.fur = canvas.ink(coat.fur, fur=1.0)
        self.dark = canvas.ink(coat.dark, fur=1.0)
        self.edge = canvas.ink(shaded(coat.fur, 0.72), fur=0.9)
        self.pale = canvas.ink(coat.pale, fur=0.35)
        self.black = canvas.ink((0.07, 0.06, 0.07))
        self.white = canvas.ink((0.93, 0.93, 0.93))
        self.nose = canvas.ink(looks.nose_colour)
        self.iris = canvas.ink(looks.iris)
        self.pink = canvas.ink(tinted(dice, (0.75, 0.52, 0.48), 0.08))
        self.red = canvas.ink(tinted(dice, (0.82, 0.38, 0.42), 0.06))

    def lean(self, angle: float) -> None:
        """Turn what is drawn from now on about the head's middle."""
        cosine, sine = math.cos(angle), math.sin(angle)
        self._frame = np.array([[cosine, sine], [-sine, cosine]]) @ self._frame

    def smooth(self, knots: Sequence[Point] | np.ndarray, ink: int) -> None:
        """Fill a smooth closed outline through knots (K, 2)."""
        self.canvas.smooth(self._put(knots), ink)

    def polygon(self, corners: Sequence[Point] | np.ndarray, ink: int) -> None:
        """Fill a polygon with corners (K, 2)."""
        self.canvas.polygon(self._put(corners), ink)

    def oval(self, middle: Point, across: float, down: float, ink: int, turn: float = 0.0) -> None:
        """Fill an ellipse."""
        self.polygon(oval(across, down, turn) + np.asarray(middle), ink)

    def edged_oval(self, middle: Point, across: float, down: float) -> None:
        """Fill an ellipse of fur that stands out from the fur behind it."""
        self.oval(middle, across + 0.06, down + 0.06, self.edge)
        self.oval(middle, across, down, self.fur)

    def limb(
        self, points: Sequence[Point], widths: Sequence[float], ink: int, foot: bool = True
    ) -> None:
        """Fill a limb along points (K, 2) with these half widths, with or without a foot."""
        self.polygon(limb(np.asarray(points, dtype=np.float64), widths), ink)
        if foot:
            self.oval(points[-1], widths[-1] * 1.25, widths[-1], ink)

    def line(self, points: Sequence[Point] | np.ndarray, width: float, ink: int) -> None:
        """Draw a line through points (K, 2); its width is in pixels."""
        self.canvas.line(self._put(points), width, ink)

    def _put(self, points: Sequence[Point] | np.ndarray) -> np.ndarray:
        return np.asarray(points, dtype=np.float64) @ self._frame * self.size + self._place
