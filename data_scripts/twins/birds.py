"""Draw birds and frogs, each in several views."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.coloured import Canvas, Dice, Pose

BLACK = (0.07, 0.06, 0.06)
WHITE = (0.92, 0.9, 0.87)


def _plumage(dice: Dice) -> np.ndarray:
    plain = dice.colour(
        (0.45, 0.35, 0.25), BLACK, WHITE, (0.5, 0.5, 0.52), (0.2, 0.35, 0.65), (0.75, 0.2, 0.12)
    )
    return plain + dice.chance(0.2)[:, 0] * (dice.any_colour() - plain)


def _light(dice: Dice, pose: Pose, texture: float) -> np.ndarray:
    light = 1 - dice.between(0.05, 0.4) * np.clip(pose.v, -0.6, 0.7)
    return light + texture * dice.noise(14)


def bird_perched(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw birds that sit or walk, from the side."""
    shade, back = _light(dice, pose, 0.06), _plumage(dice)
    belly = back + dice.between(0.0, 0.8)[:, 0] * (dice.colour(WHITE, (0.8, 0.6, 0.4)) - back)
    legs = dice.colour(BLACK, (0.8, 0.5, 0.2))
    long = dice.between(0.6, 0.95)
    for u in (-0.02, 0.12):
        canvas.paint(pose.limb((u, 0.3), (u - 0.04, long), 0.03, 0.025), legs)
        canvas.paint(pose.limb((u - 0.14, long), (u + 0.04, long), 0.025, 0.02), legs)
    droop = dice.between(0.1, 0.45)
    canvas.paint(pose.limb((0.35, 0.1), (0.92, droop), 0.13, 0.07), back, 0.8 * shade)
    tall = dice.between(-0.62, -0.35)
    canvas.paint(pose.limb((-0.2, 0.0), (-0.45, tall), 0.22, 0.15), back, shade)
    canvas.paint(pose.ellipse(0.05, 0.1, 0.48, 0.31, 0.3), back, shade)
    canvas.paint(pose.ellipse(-0.1, 0.2, 0.32, 0.2, 0.35), belly, shade)
    canvas.paint(pose.ellipse(-0.47, tall, 0.2, 0.18), back, shade)
    wing = back * dice.between(0.4, 0.85)[:, 0]
    canvas.paint(pose.ellipse(0.17, 0.06, 0.36, 0.17, 0.35), wing, shade)
    bar = pose.limb((0.0, 0.05), (0.35, 0.2), 0.03, 0.02) * dice.chance(0.4)
    canvas.paint(bar, dice.colour(WHITE))
    reach = dice.between(0.15, 0.4)
    beak = ((-0.62, tall - 0.07), (-0.62, tall + 0.08), (-0.64 - reach, tall + 0.05))
    canvas.paint(pose.convex(*beak[::-1]), dice.colour((0.9, 0.6, 0.1), BLACK, (0.5, 0.45, 0.4)))
    canvas.paint(pose.ellipse(-0.53, tall - 0.04, 0.045, 0.045), dice.colour(BLACK))


def bird_flying(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw birds in the air, wings up, down or spread."""
    shade, back = _light(dice, pose, 0.05), _plumage(dice)
    dark = back * dice.between(0.4, 0.9)[:, 0]
    beat = dice.between(-1, 1)
    for side, colour in ((1, dark), (-1, back)):
        elbow = (0.1 + side * 0.12, -0.42 * beat - 0.08)
        tip = (0.3 + side * 0.32, -0.85 * beat - 0.12)
        canvas.paint(pose.limb((-0.08 + 0.12 * side, 0.0), elbow, 0.16, 0.15), colour, shade)
        canvas.paint(pose.limb(elbow, tip, 0.15, 0.03), colour, 0.85 * shade)
    fan = ((0.3, -0.03), (0.85, -0.14), (0.85, 0.16), (0.3, 0.1))
    canvas.paint(pose.convex(*fan), dark, shade)
    canvas.paint(pose.limb((-0.38, -0.02), (0.35, 0.04), 0.14, 0.1), back, shade)
    canvas.paint(pose.ellipse(-0.5, -0.06, 0.14, 0.12), back, shade)
    beak = ((-0.6, -0.12), (-0.6, 0.0), (-0.82, -0.03))
    canvas.paint(pose.convex(*beak[::-1]), dice.colour((0.9, 0.6, 0.1), BLACK))
    canvas.paint(pose.ellipse(-0.54, -0.09, 0.03, 0.03), dice.colour(BLACK))


def bird_long(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw swans, herons and ostriches: a long neck and a big body."""
    shade, back = _light(dice, pose, 0.06), _plumage(dice)
    neck = back + dice.chance(0.4)[:, 0] * (dice.colour((0.7, 0.6, 0.5), WHITE) - back)
    has = dice.chance(0.65)
    legs = dice.colour(BLACK, (0.75, 0.5, 0.35))
    for u in (0.15, 0.28):
        canvas.paint(pose.limb((u, 0.4), (u + 0.03, 0.97), 0.035, 0.03) * has, legs)
    canvas.paint(pose.limb((0.5, 0.2), (0.88, 0.08), 0.16, 0.06), back, 0.85 * shade)
    canvas.paint(pose.ellipse(0.22, 0.25, 0.46, 0.28), back, shade)
    bend = dice.between(-0.5, -0.28)
    canvas.paint(pose.limb((-0.1, 0.22), (bend, -0.2), 0.12, 0.075), neck, shade)
    canvas.paint(pose.limb((bend, -0.2), (-0.38, -0.7), 0.075, 0.06), neck, shade)
    canvas.paint(pose.ellipse(-0.42, -0.74, 0.13, 0.1), neck, shade)
    beak = ((-0.52, -0.8), (-0.52, -0.68), (-0.82, -0.68))
    canvas.paint(pose.convex(*beak[::-1]), dice.colour((0.9, 0.55, 0.1), BLACK))
    canvas.paint(pose.ellipse(0.3, 0.2, 0.33, 0.16, 0.15), back * 0.8, shade)
    canvas.paint(pose.ellipse(-0.46, -0.77, 0.03, 0.03), dice.colour(BLACK))


def _skin(dice: Dice) -> np.ndarray:
    return dice.colour(
        (0.3, 0.5, 0.15),
        (0.45, 0.6, 0.2),
        (0.4, 0.32, 0.2),
        (0.55, 0.45, 0.28),
        (0.2, 0.22, 0.16),
        (0.7, 0.25, 0.15),
    )


def frog_side(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw frogs that sit, from the side."""
    shade, skin = _light(dice, pose, 0.05), _skin(dice)
    throat = skin + 0.55 * (dice.colour((0.9, 0.88, 0.7)) - skin)
    spots = np.clip(2 * (dice.noise(9) - 0.8), 0, 1) * dice.chance(0.6)
    canvas.shadow(pose.ellipse(0.05, 0.55, 0.9, 0.12), dice.between(0.2, 0.5))
    canvas.paint(pose.limb((0.55, 0.5), (0.05, 0.52), 0.07, 0.06), skin, 0.7 * shade)
    body = pose.limb((-0.32, 0.0), (0.4, 0.25), 0.3, 0.26)
    canvas.paint(body, skin, shade)
    canvas.paint(body * spots, skin * 0.4)
    canvas.paint(pose.ellipse(-0.35, 0.18, 0.3, 0.16), throat, shade)
    canvas.paint(pose.ellipse(-0.48, -0.05, 0.36, 0.22), skin, shade)
    canvas.paint(pose.limb((-0.8, 0.06), (-0.25, 0.1), 0.022, 0.02), skin * 0.3)
    thigh = pose.ellipse(0.45, 0.28, 0.36, 0.2, -0.5)
    canvas.paint(thigh, skin, 0.85 * shade)
    canvas.paint(thigh * spots, skin * 0.4)
    canvas.paint(pose.limb((0.25, 0.5), (0.75, 0.52), 0.06, 0.05), skin, 0.8 * shade)
    canvas.paint(pose.limb((-0.25, 0.2), (-0.32, 0.5), 0.09, 0.06), skin, 0.8 * shade)
    canvas.paint(pose.limb((-0.32, 0.53), (-0.5, 0.54), 0.05, 0.03), skin, 0.8 * shade)
    canvas.paint(pose.ellipse(-0.42, -0.27, 0.15, 0.14), skin, shade)
    canvas.paint(
        pose.ellipse(-0.44, -0.28, 0.1, 0.095), dice.colour((0.85, 0.7, 0.2), (0.8, 0.3, 0.1))
    )
    canvas.paint(pose.ellipse(-0.45, -0.28, 0.065, 0.05), dice.colour(BLACK))


def frog_front(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw frogs from the front: a wide mouth, two eyes on top."""
    shade, skin = _light(dice, pose, 0.05), _skin(dice)
    throat = skin + 0.6 * (dice.colour((0.9, 0.88, 0.7)) - skin)
    spots = np.clip(2 * (dice.noise(9) - 0.8), 0, 1) * dice.chance(0.5)
    canvas.shadow(pose.ellipse(0.0, 0.62, 0.95, 0.14), dice.between(0.2, 0.5))
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.62, 0.32, 0.27, 0.3, side * 0.4), skin, 0.75 * shade)
        foot = pose.limb((side * 0.55, 0.6), (side * 0.9, 0.64), 0.08, 0.05)
        canvas.paint(foot, skin, 0.75 * shade)
    body = pose.ellipse(0.0, 0.22, 0.55, 0.42)
    canvas.paint(body, skin, shade)
    canvas.paint(pose.ellipse(0.0, 0.35, 0.4, 0.27), throat, shade)
    for side in (-1, 1):
        canvas.paint(pose.limb((side * 0.38, 0.3), (side * 0.3, 0.64), 0.1, 0.07), skin, shade)
        toes = pose.limb((side * 0.3, 0.66), (side * 0.12, 0.68), 0.05, 0.04)
        canvas.paint(toes, skin, shade)
    head = pose.ellipse(0.0, -0.1, 0.55, 0.3)
    canvas.paint(head, skin, shade)
    canvas.paint(head * spots, skin * 0.4)
    canvas.paint(pose.limb((-0.42, 0.02), (0.0, 0.08), 0.022, 0.022), skin * 0.3)
    canvas.paint(pose.limb((0.42, 0.02), (0.0, 0.08), 0.022, 0.022), skin * 0.3)
    iris = dice.colour((0.85, 0.7, 0.2), (0.8, 0.3, 0.1), (0.7, 0.75, 0.3))
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.36, -0.36, 0.17, 0.17), skin, shade)
        canvas.paint(pose.ellipse(side * 0.37, -0.37, 0.12, 0.12), iris)
        canvas.paint(pose.ellipse(side * 0.37, -0.37, 0.08, 0.055), dice.colour(BLACK))
