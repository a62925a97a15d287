"""Draw an animal's head: skull, ears, muzzle and eyes on a ball that is turned in space."""

from __future__ import annotations

import math

import numpy as np

from data_scripts.twins.pet_sketch import Sketch

# How far a head turns to the side, and up and down, in degrees.
YAW = (-38, 38)
PITCH = (-16, 22)
# A pupil at least so wide, as a share of the iris, is no slit.
ROUND_PUPIL = 0.6
# Noses up to this half width are wedges.
WEDGE = 0.16


class Head:
    """The head of one animal."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch, self.dice, self.looks = sketch, sketch.dice, sketch.looks
        self.yaw = math.radians(self.dice.between(*YAW))
        self.pitch = math.radians(self.dice.between(*PITCH))

    def draw(self) -> None:
        """Draw the head."""
        sketch, looks = self.sketch, self.looks
        far = -1 if self.yaw > 0 else 1
        # Ears that stand are behind the skull; of two that hang, the nearer is before it.
        standing = looks.ears in ("point", "round", "long")
        self._ear(far)
        if standing:
            self._ear(-far)
        outline = self._skull()
        sketch.smooth(outline * 1.06, sketch.edge)
        sketch.smooth(outline, sketch.fur)
        if not standing:
            self._ear(-far)
        if looks.horns:
            for side in (-1, 1):
                root = self._seen(side * 0.5, -0.8, 0)
                bow = [root, _off(root, side * 0.35, -0.2), self._seen(float(side), -1.5, 0)]
                sketch.limb(bow, [0.16, 0.12, 0.03], sketch.pale)
        self._muzzle()
        for side in (-1, 1):
            self._eye(side)

    def _seen(self, x: float, y: float, z: float) -> np.ndarray:
        """Turn a place on the head, z towards the viewer, and look at it from the front."""
        across = x * math.cos(self.yaw) + z * math.sin(self.yaw)
        deep = z * math.cos(self.yaw) - x * math.sin(self.yaw)
        return np.array([across, y * math.cos(self.pitch) + deep * math.sin(self.pitch)])

    def _skull(self) -> np.ndarray:
        wide, jaw = self.looks.wide, self.looks.jaw
        right = [(0.5 * wide, -0.82), (0.92 * wide, -0.3), (0.96 * wide, 0.15)]
        right += [((jaw + wide) * 0.425, 0.6), (jaw * 0.5, 0.9)]
        left = [(-x, y) for x, y in right[::-1]]
        push = [0.12 * math.sin(self.yaw), 0.15 * math.sin(self.pitch)]
        return np.array([(0, -0.92), *right, (0, 0.95), *left]) + push

    def _ear(self, side: int) -> None:
        looks, sketch, dice = self.looks, self.sketch, self.dice
        long, wide = looks.ear * dice.between(0.85, 1.15), looks.ear_wide
        out = 0.94 * looks.wide

        def at(x: float, y: float) -> np.ndarray:
            return self._seen(side * x, y, -0.15)

        if looks.ears == "point":
            spread = dice.between(-0.12, 0.18)
            low, high = at(out, -0.25), at(out - wide, -0.88)
            tip = at(out - wide * 0.3 + spread, -0.62 - long)
            bulge = _off((low + tip) / 2, side * 0.09, 0)
            sketch.polygon([low, bulge, tip, high, at(0.2, -0.3)], sketch.dark)
            middle = (low + high + tip) / 3
            inner = [middle + (corner - middle) * 0.62 for corner in (low, bulge, tip, high)]
            sketch.polygon(inner, sketch.pink)
        elif looks.ears == "fold":
            low, high = at(out * 0.85, -0.5), at(out * 0.3, -0.88)
            top = at(out * 0.75, -0.75 - long * 0.5)
            drop = at(out * 0.95 + wide * 0.4, -0.62 - long * 0.15)
            sketch.polygon([low, top, high], sketch.edge)
            sketch.polygon([(low + top) / 2, top, (top + high) / 2, drop], sketch.dark)
        elif looks.ears == "flop":
            hang = out + dice.between(-0.1, 0.25)
            knots = [at(0.45 * looks.wide, -0.86), at(out, -0.72), at(hang + wide, -0.3)]
            knots += [at(hang + wide * 0.9, long - 0.62), at(out + 0.1, long * 0.85 - 0.5)]
            sketch.smooth([*knots, at(out - wide * 0.35, 0.05)], sketch.dark)
        elif looks.ears == "round":
            middle = at(out * 0.8, -0.72 - long * 0.35)
            sketch.oval(middle, wide, long * 0.62, sketch.dark)
            sketch.oval(middle, wide * 0.62, long * 0.38, sketch.pink)
        elif looks.ears == "long":
            tilt = side * dice.between(-0.1, 0.5)
            middle = _off(at(0.4, -0.75 - long / 2), tilt * long * 0.4, 0)
            sketch.oval(middle, wide, long * 0.62, sketch.dark, tilt * 0.8)
            sketch.oval(middle, wide * 0.5, long * 0.5, sketch.pink, tilt * 0.8)
        else:
            middle = at(out + long * 0.45, dice.between(-0.45, -0.05))
            sketch.oval(middle, long * 0.6, wide, sketch.dark, side * dice.between(0, 0.5))
            sketch.oval(middle, long * 0.4, wide * 0.55, sketch.pink)

    def _muzzle(self) -> None:
        looks, sketch, dice = self.looks, self.sketch, self.dice
        ink = sketch.pale if dice.chance(looks.pale_muzzle) else sketch.fur
        start, end = self._seen(0, 0.32, 0.75), self._seen(0, 0.42, 0.85 + looks.muzzle)
        wide, tip = looks.snout * 1.12, looks.snout * 0.92
        if looks.muzzle > 0.2:
            sketch.oval(start, wide, wide * 0.85, ink)
            sketch.oval((start + end) / 2, (wide + tip) / 2, (wide + tip) * 0.425, ink)
            sketch.oval(end, tip * 1.08, tip * 0.93, sketch.edge)
        sketch.oval(_off(end, 0, looks.snout * 0.75), looks.snout * 0.55, looks.snout * 0.4, ink)
        for side in (-1, 1):
            sketch.oval(_off(end, side * tip * 0.42, 0.06), tip * 0.62, tip * 0.66, ink)
        mouth = _off(end, 0, looks.snout * 0.55)
        if looks.tongue:
            sketch.oval(mouth, looks.snout * 0.5, looks.snout * 0.28, sketch.black)
            hang = _off(mouth, 0, looks.snout * 0.5)
            sketch.oval(hang, looks.snout * 0.3, looks.snout * 0.6, sketch.red)
        smile = looks.snout * 0.55 * np.array([-1, -0.5, 0, 0.5, 1])
        bow = np.stack([smile, np.array([0.02, 0.1, -0.02, 0.1, 0.02])], axis=1)
        bow += _off(mouth, 0, -looks.snout * 0.1)
        sketch.line(bow, 0.05 * sketch.size, sketch.black)
        self._nose(_off(end, 0, -tip * 0.35))
        if looks.whiskers:
            self._whiskers(end, tip)

    def _whiskers(self, end: np.ndarray, tip: float) -> None:
        ink = self.sketch.white if self.dice.chance(0.75) else self.sketch.black
        for side in (-1, 1):
            for number in (-1, 0, 1):
                root = _off(end, side * tip * 0.5, 0.05 + 0.07 * number)
                rise = 0.2 * number - self.dice.between(-0.1, 0.15)
                reach = [side * self.dice.between(0.7, 1.1), rise]
                self.sketch.line([root, _off(root, *reach)], 0.5, ink)

    def _nose(self, place: np.ndarray) -> None:
        size, sketch = self.looks.nose, self.sketch
        if size < WEDGE:
            wedge = np.array([(-size, -size * 0.6), (size, -size * 0.6), (0, size * 0.8)])
            sketch.polygon(wedge + place, sketch.nose)
        else:
            sketch.oval(place, size, size * 0.72, sketch.nose)
            sketch.oval(
                _off(place, -size * 0.3, -size * 0.3), size * 0.25, size * 0.12, sketch.white
            )

    def _eye(self, side: int) -> None:
        looks, sketch = self.looks, self.sketch
        place = self._seen(side * looks.eye_apart, -0.14, 0.82)
        # An eye that turns away is seen narrower.
        angle = self.yaw + side * math.asin(min(looks.eye_apart, 0.9))
        across = looks.eye * max(math.cos(angle), 0.25)
        tilt = side * 0.3 if looks.pupil < ROUND_PUPIL else 0.0
        sketch.oval(place, across * 1.25, looks.eye * 1.1, sketch.black, tilt)
        if looks.pupil < 1:
            sketch.oval(place, across * 1.02, looks.eye * 0.9, sketch.iris, tilt)
            sketch.oval(place, across * looks.pupil, looks.eye * 0.8, sketch.black)
        glint = _off(place, -0.3 * looks.eye, -0.35 * looks.eye)
        sketch.oval(glint, looks.eye * 0.22, looks.eye * 0.22, sketch.white)


def _off(place: np.ndarray, across: float, down: float) -> np.ndarray:
    return place + np.array([across, down])
