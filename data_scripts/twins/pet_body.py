"""Draw an animal: its body in one of four poses, then its head, leaning and turned in space.

Lengths are in radii of the head, whose middle is the origin: x to the right, y downwards. Pose,
size and place are drawn alike for all kinds; what tells kinds apart are their measures (`Looks`).
"""

from __future__ import annotations

import math

import numpy as np

from data_scripts.twins.pet_canvas import Canvas, Dice, limb
from data_scripts.twins.pet_head import Head
from data_scripts.twins.pet_looks import Coat, Looks
from data_scripts.twins.pet_sketch import Sketch

POSES = ("portrait", "sit", "stand", "lie")


def draw_animal(
    canvas: Canvas,
    dice: Dice,
    looks: Looks,
    coat: Coat,
    pose: str,
    place: tuple[float, float],
    size: float,
) -> None:
    """Draw an animal in one of `POSES` with its head, of radius `size`, at `place` on the canvas."""
    sketch = Sketch(canvas, dice, looks, coat, place, size)
    body = Body(sketch)
    {"portrait": body.portrait, "sit": body.sit, "stand": body.stand, "lie": body.lie}[pose]()
    sketch.lean(math.radians(dice.between(-20, 20)))
    Head(sketch).draw()


class Body:
    """The body of one animal, below or beside its head."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch, self.dice, self.looks = sketch, sketch.dice, sketch.looks

    def portrait(self) -> None:
        """Draw neck and shoulders only."""
        sketch, dice = self.sketch, self.dice
        wide, drop = dice.between(1.1, 1.6), 0.6 + self.looks.neck
        right = [(0.5, 0.3), (wide, drop + 0.6), (wide + 0.3, 4)]
        sketch.smooth([*right, *[(-x, y) for x, y in right[::-1]]], sketch.fur)
        if dice.chance(0.5):
            sketch.oval((0, drop + 0.9), 0.55, 0.9, sketch.pale)
        self._collar(0.75)

    def sit(self) -> None:
        """Draw a body that sits, seen from the front."""
        sketch, looks, dice = self.sketch, self.looks, self.dice
        lean = dice.between(-0.5, 0.5)
        tall = looks.neck + looks.legs + dice.between(1.2, 1.7)
        wide = dice.between(0.8, 1.15)
        self._tail((lean + wide * 0.8, tall - 0.1), 0.15)
        knots = [(-0.5, 0.2), (0.5, 0.2), (wide * 0.9 + lean * 0.5, tall * 0.5)]
        knots += [(wide * 1.15 + lean, tall - 0.25), (lean, tall)]
        knots += [(lean - wide * 1.15, tall - 0.25), (lean * 0.5 - wide * 0.9, tall * 0.5)]
        sketch.smooth(knots, sketch.fur)
        for side in (-1, 1):
            sketch.edged_oval((lean + side * wide * 0.88, tall - 0.4), 0.45, 0.4)
        if dice.chance(0.5):
            sketch.oval((lean * 0.4, tall * 0.5), 0.4, tall * 0.25, sketch.pale)
        for side in (-1, 1):
            leg = [(side * 0.3 + lean * 0.4, tall * 0.55), (lean + side * 0.32, tall + 0.05)]
            self._edged_leg(leg)
        self._collar(0.8)

    def stand(self) -> None:
        """Draw a body that stands or walks, seen from the side."""
        sketch, looks, dice = self.sketch, self.looks, self.dice
        back = 0.2 + looks.neck * dice.between(0.3, 1.0)
        thick, long = dice.between(0.62, 0.9), looks.long
        middle, ground = back + thick, back + 2 * thick + looks.legs
        self._tail((long + 0.5, back + 0.35), -0.9)
        for x in (0.75, long - 0.25):
            foot = (x + dice.between(-0.45, 0.45), ground - 0.15)
            sketch.limb([(x, middle), foot], [looks.leg_wide * 1.5, looks.leg_wide], sketch.edge)
        sketch.oval((long, middle), thick * 1.05, thick * dice.between(0.85, 1.1), sketch.fur)
        sketch.oval((0.7, middle), thick, thick * 1.1, sketch.fur)
        belly = back + 2 * thick * dice.between(0.85, 1.0)
        sketch.smooth([(0.4, back), (long, back), (long, belly), (0.5, belly + 0.1)], sketch.fur)
        for x in (0.45, long + 0.15):
            step = dice.between(-0.45, 0.45)
            knee = (x + step * 0.5 + 0.1, (middle + ground) / 2)
            widths = [looks.leg_wide * 2, looks.leg_wide * 1.2, looks.leg_wide]
            sketch.limb([(x, middle), knee, (x + step, ground)], widths, sketch.fur)
        sketch.limb(
            [(0.05, 0.1), (0.7, back + thick * 0.8)], [0.6, thick * 0.95], sketch.fur, False
        )
        self._collar(0.7)

    def lie(self) -> None:
        """Draw a body that lies, paws to the front."""
        sketch, looks, dice = self.sketch, self.looks, self.dice
        long, thick = looks.long * dice.between(0.8, 1.1), dice.between(0.8, 1.1)
        top = dice.between(-0.1, 0.5)
        ground = top + 2 * thick
        self._tail((long + 0.3, ground - 0.4), 0.5)
        knots = [(-0.3, ground), (-0.6, top + thick * 0.7), (0.4, top + 0.1), (long * 0.6, top)]
        sketch.smooth([*knots, (long + 0.5, top + thick), (long + 0.3, ground)], sketch.fur)
        sketch.edged_oval((long - 0.05, ground - 0.5), 0.82, 0.58)
        for start in (0.1, 0.7):
            paw = (start * 0.9 - 0.9, ground - 0.05 + start * 0.1)
            self._edged_leg([(start, ground - 0.4), paw])
        self._collar(0.75)

    def _edged_leg(self, points: list[tuple[float, float]]) -> None:
        width = self.looks.leg_wide
        self.sketch.limb(points, [width * 1.5] * 2, self.sketch.edge)
        self.sketch.limb(points, [width * 1.2] * 2, self.sketch.fur)

    def _tail(self, start: tuple[float, float], rise: float) -> None:
        looks, dice = self.looks, self.dice
        bend, reach = dice.between(-0.7, 0.7), dice.between(0.4, 0.9)
        t = np.linspace(0, 1, 6)
        x = start[0] + looks.tail * reach * t
        y = start[1] + looks.tail * (rise * t + 2 * bend * t * (1 - t))
        self.sketch.polygon(
            limb(np.stack([x, y], axis=1), looks.tail_wide * (1.1 - 0.5 * t)), self.sketch.dark
        )

    def _collar(self, y: float) -> None:
        if self.dice.chance(0.25):
            red, green, blue = (self.dice.between(0.05, 0.9) for _ in range(3))
            ink = self.sketch.canvas.ink((red, green, blue))
            self.sketch.polygon([(-0.6, y), (0.6, y), (0.6, y + 0.2), (-0.6, y + 0.2)], ink)
