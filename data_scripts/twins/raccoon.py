"""Draw raccoons: a black mask, pale brows, a tail with rings."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.coloured import Canvas, Dice, Pose

GREY = ((0.45, 0.43, 0.42), (0.52, 0.48, 0.43), (0.38, 0.36, 0.36))
BLACK = (0.08, 0.07, 0.07)
PALE = (0.86, 0.84, 0.8)


def _fur(dice: Dice, pose: Pose) -> np.ndarray:
    light = 1 - dice.between(0.05, 0.35) * np.clip(pose.v, -0.6, 0.7)
    return light + 0.05 * dice.noise(14) + 0.05 * dice.noise(40)


def _head(
    canvas: Canvas, pose: Pose, dice: Dice, fur: np.ndarray, u: float, v: float, size: float
) -> None:
    """Draw a face that looks at us, with its middle at a point."""
    shade = _fur(dice, pose)
    dark, pale = dice.colour(BLACK, spread=0.03), dice.colour(PALE, spread=0.03)
    for side in (-1, 1):
        ear = pose.ellipse(u + side * 0.62 * size, v - 0.62 * size, 0.26 * size, 0.3 * size)
        canvas.paint(ear, fur, 0.8 * shade)
        inner = pose.ellipse(u + side * 0.62 * size, v - 0.58 * size, 0.15 * size, 0.18 * size)
        canvas.paint(inner, pale, 0.8)
    canvas.paint(pose.ellipse(u, v, 0.95 * size, 0.75 * size), fur, shade)
    for side in (-1, 1):
        brow = pose.ellipse(u + side * 0.42 * size, v - 0.24 * size, 0.42 * size, 0.17 * size)
        canvas.paint(brow, pale, shade)
    for side in (-1, 1):
        start = (u + side * 0.18 * size, v + 0.02 * size)
        end = (u + side * 0.72 * size, v + 0.22 * size)
        canvas.paint(pose.limb(start, end, 0.17 * size, 0.15 * size), dark)
    canvas.paint(pose.limb((u, v - 0.65 * size), (u, v), 0.08 * size, 0.1 * size), dark, 1.6)
    canvas.paint(pose.ellipse(u, v + 0.4 * size, 0.34 * size, 0.27 * size), pale, shade)
    canvas.paint(pose.ellipse(u, v + 0.3 * size, 0.13 * size, 0.1 * size), dark)
    for side in (-1, 1):
        eye = (u + side * 0.34 * size, v + 0.03 * size)
        canvas.paint(pose.ellipse(*eye, 0.085 * size, 0.085 * size), dark * 0.3)
        canvas.paint(pose.ellipse(eye[0] - 0.02, eye[1] - 0.03, 0.03 * size, 0.03 * size), pale)


def _tail(
    canvas: Canvas,
    pose: Pose,
    fur: np.ndarray,
    start: tuple[float, float],
    end: tuple[float, float],
    width: float,
) -> None:
    """Draw a tail of rings, dark and pale by turns."""
    dark = fur * 0.25
    for ring in range(9):
        near, far = (
            (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
            for share in (ring / 9, (ring + 1) / 9)
        )
        canvas.paint(pose.limb(near, far, width, width), dark if ring % 2 else fur)


def face(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw raccoons that sit and look at us."""
    fur = dice.colour(*GREY)
    shade = _fur(dice, pose)
    _tail(canvas, pose, fur, (0.4, 0.75), (0.95, 0.2), 0.12)
    canvas.paint(pose.ellipse(0.0, 0.5, 0.56, 0.48), fur, 0.85 * shade)
    canvas.paint(pose.ellipse(0.0, 0.55, 0.3, 0.33), fur + 0.4 * (1 - fur), 0.85 * shade)
    for side in (-1, 1):
        canvas.paint(pose.limb((side * 0.3, 0.35), (side * 0.2, 0.85), 0.13, 0.09), fur * 0.5)
        canvas.paint(pose.ellipse(side * 0.35, 0.9, 0.2, 0.08), fur * 0.3)
    _head(canvas, pose, dice, fur, 0.0, -0.35, 0.6)


def whole(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw raccoons that walk, from the side, the face towards us."""
    fur = dice.colour(*GREY)
    shade = _fur(dice, pose)
    _tail(canvas, pose, fur, (0.5, 0.1), (0.98, 0.45), 0.12)
    for number, u in enumerate((-0.3, -0.12, 0.35, 0.5)):
        foot = u + float(dice.around(0, 0.05)[0, 0, 0])
        leg = pose.limb((u, 0.2), (foot, 0.68), 0.13, 0.08)
        canvas.paint(leg, fur * (0.35 if number % 2 else 0.5))
    canvas.paint(pose.limb((-0.25, 0.08), (0.35, 0.02), 0.3, 0.36), fur, shade)
    canvas.paint(pose.limb((-0.2, 0.3), (0.35, 0.32), 0.06, 0.06), fur * 0.6)
    _head(canvas, pose, dice, fur, -0.55, -0.12, 0.4)
