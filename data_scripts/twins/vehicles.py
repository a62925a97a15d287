"""Draw airplanes, automobiles, ships and trucks, each in several views."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.coloured import Canvas, Dice, Measure, Pose

DARK = (0.08, 0.08, 0.1)
GLASS = (0.2, 0.27, 0.33)
WHITE = (0.93, 0.93, 0.93)


def _shade(dice: Dice, pose: Pose, texture: float = 0.03) -> np.ndarray:
    """Give light from above and a little dirt."""
    light = 1 - dice.between(0.05, 0.35) * np.clip(pose.v + 0.2, -0.6, 0.6)
    return light + texture * dice.noise(10)


def _lacquer(dice: Dice) -> np.ndarray:
    strong = dice.colour(
        (0.75, 0.1, 0.1),
        (0.1, 0.2, 0.6),
        (0.85, 0.7, 0.1),
        (0.15, 0.15, 0.17),
        (0.85, 0.85, 0.86),
        (0.55, 0.56, 0.6),
        (0.1, 0.4, 0.25),
    )
    free = dice.chance(0.35)[:, 0]
    return strong + free * (dice.any_colour() - strong)


def _wheel(canvas: Canvas, pose: Pose, dice: Dice, u: Measure, v: Measure, radius: Measure) -> None:
    canvas.paint(pose.ellipse(u, v, radius, radius), dice.colour(DARK, spread=0.03))
    hub = dice.colour((0.6, 0.6, 0.62), (0.3, 0.3, 0.32))
    canvas.paint(pose.ellipse(u, v, radius * 0.5, radius * 0.5), hub)


def airliner(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw airplanes from the side."""
    shade = _shade(dice, pose)
    paint = dice.colour(WHITE, WHITE, (0.7, 0.72, 0.75), (0.45, 0.47, 0.5), (0.8, 0.8, 0.6))
    second = _lacquer(dice)
    thick = dice.between(0.1, 0.16)
    back = dice.between(0.8, 0.95)
    rise = dice.between(0.35, 0.6)
    fin = ((back - 0.35, -0.03), (back - 0.1, -rise), (back + 0.06, -rise), (back - 0.03, 0.0))
    canvas.paint(pose.convex(*fin), second, shade)
    far = ((-0.1, 0.0), (0.25, -0.22), (0.34, -0.22), (0.2, 0.0))
    canvas.paint(pose.convex(*far), paint, 0.75 * shade)
    canvas.paint(pose.limb((-0.88, 0.03), (back, -0.04), thick, thick * 0.35), paint, shade)
    canvas.paint(pose.limb((-0.5, 0.02), (0.6, -0.02), 0.02, 0.015), dice.colour(GLASS))
    canvas.paint(pose.ellipse(-0.9, -0.03, 0.08, 0.05), dice.colour(DARK))
    stripe = pose.box(-0.9, 0.06, 0.7, 0.11) * dice.chance(0.4)
    canvas.paint(stripe, second)
    drop, sweep = dice.between(0.2, 0.45), dice.between(0.15, 0.5)
    wing = ((-0.22, 0.04), (0.2, 0.04), (sweep + 0.18, drop), (sweep, drop))
    canvas.paint(pose.convex(*wing), paint, 0.6 * shade)
    engine = pose.limb((-0.12, drop * 0.6), (0.08, drop * 0.6), 0.06, 0.05) * dice.chance(0.7)
    canvas.paint(engine, dice.colour((0.5, 0.5, 0.55), DARK))
    for u in (-0.6, 0.15):
        gear = pose.limb((u, 0.1), (u, 0.3), 0.03, 0.05) * dice.chance(0.35)
        canvas.paint(gear, dice.colour(DARK))


def airplane_above(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw airplanes from above or below, at any angle."""
    shade = _shade(dice, pose)
    paint = dice.colour(WHITE, (0.6, 0.62, 0.65), (0.3, 0.32, 0.35), (0.15, 0.16, 0.18), WHITE)
    sweep, span = dice.between(-0.05, 0.6), dice.between(0.6, 0.95)
    root, tip = dice.between(0.2, 0.5), dice.between(0.06, 0.2)
    thick = dice.between(0.07, 0.13)
    for side in (-1, 1):
        wing = [(-0.25, 0.0), (-0.25 + sweep, side * span)]
        wing += [(-0.25 + sweep + tip, side * span), (-0.25 + root, 0.0)]
        tail = [(0.6, 0.0), (0.75, side * 0.35), (0.88, side * 0.35), (0.85, 0.0)]
        for part in (wing, tail):
            corners = part if side < 0 else part[::-1]
            canvas.paint(pose.convex(*corners), paint, shade * (0.9 if side < 0 else 0.75))
        engine = pose.limb((-0.2, side * 0.35), (0.02, side * 0.35), 0.05, 0.05)
        canvas.paint(engine * (span > 0.75), dice.colour((0.4, 0.4, 0.45)))
    canvas.paint(pose.limb((-0.88, 0.0), (0.88, 0.0), thick, thick * 0.4), paint, shade * 1.05)
    canvas.paint(pose.ellipse(-0.78, 0.0, 0.1, 0.04), dice.colour(GLASS))
    canvas.paint(pose.limb((0.65, 0.0), (0.95, 0.0), 0.03, 0.02), _lacquer(dice))


def car(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw automobiles from the side."""
    shade, paint = _shade(dice, pose), _lacquer(dice)
    canvas.shadow(pose.ellipse(0.0, 0.45, 1.0, 0.12), dice.between(0.3, 0.7))
    roof, line = dice.between(-0.55, -0.4), dice.between(-0.16, -0.04)
    front, rear = dice.between(-0.35, -0.1), dice.between(0.3, 0.75)
    slope = dice.between(0.15, 0.35)
    base = dice.between(0.75, 0.95)
    cabin = ((front - slope, line), (front, roof), (rear, roof), (rear + slope * 0.6, line))
    canvas.paint(pose.convex(*cabin), paint, shade)
    nose = dice.between(0.0, 0.1)
    body = ((-0.95, line + nose), (-base + 0.4, line), (0.9, line), (0.97, 0.05))
    body += ((0.93, 0.33), (-0.93, 0.33))
    canvas.paint(pose.convex(*body), paint, shade)
    glass, post = dice.colour(GLASS, (0.55, 0.65, 0.72)), (front + rear) / 2
    inset = 0.06
    for left, right, lean in ((front, post - 0.03, slope), (post + 0.03, rear, 0.0)):
        pane = ((left - lean + inset, line), (left + inset, roof + inset))
        pane += ((right - inset * (lean == 0), roof + inset), (right + (lean == 0) * 0.1, line))
        canvas.paint(pose.convex(*pane), glass, shade)
    canvas.paint(pose.box(-0.97, 0.02 + nose, -0.87, 0.12 + nose), dice.colour((0.95, 0.92, 0.7)))
    canvas.paint(pose.box(0.9, 0.02, 0.97, 0.12), dice.colour((0.7, 0.1, 0.08)))
    canvas.paint(pose.box(-0.93, 0.26, 0.93, 0.33), dice.colour(DARK, (0.3, 0.3, 0.3)))
    radius = dice.between(0.17, 0.23)
    for u in (-0.58, 0.58):
        _wheel(canvas, pose, dice, u, 0.33, radius)


def car_front(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw automobiles from the front or the back."""
    shade, paint = _shade(dice, pose), _lacquer(dice)
    canvas.shadow(pose.ellipse(0.0, 0.58, 0.85, 0.14), dice.between(0.3, 0.7))
    roof, half = dice.between(-0.65, -0.45), dice.between(0.4, 0.55)
    for side in (-1, 1):
        tyre = pose.box(side * 0.6 - 0.13, 0.25, side * 0.6 + 0.13, 0.6)
        canvas.paint(tyre, dice.colour(DARK))
    cabin = ((-0.68, -0.05), (-half, roof), (half, roof), (0.68, -0.05))
    canvas.paint(pose.convex(*cabin), paint, shade)
    pane = ((-0.58, -0.06), (-half + 0.05, roof + 0.08))
    pane += ((half - 0.05, roof + 0.08), (0.58, -0.06))
    canvas.paint(pose.convex(*pane), dice.colour(GLASS, (0.5, 0.6, 0.68)), shade)
    body = ((-0.78, 0.05), (-0.65, -0.1), (0.65, -0.1), (0.78, 0.05), (0.76, 0.45), (-0.76, 0.45))
    canvas.paint(pose.convex(*body), paint, 0.95 * shade)
    lamp = dice.colour((0.97, 0.95, 0.8), (0.97, 0.95, 0.8), (0.8, 0.1, 0.1))
    wide = dice.between(0.09, 0.16)
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.57, 0.13, wide, 0.09), lamp)
    canvas.paint(pose.box(-0.35, 0.08, 0.35, 0.2), dice.colour(DARK, (0.4, 0.4, 0.42)))
    canvas.paint(pose.box(-0.2, 0.27, 0.2, 0.36), dice.colour(WHITE))


def lorry(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw trucks with a high box, a tank or an open bed, from the side."""
    shade, paint = _shade(dice, pose), _lacquer(dice)
    canvas.shadow(pose.ellipse(0.0, 0.5, 1.0, 0.1), dice.between(0.3, 0.7))
    start = dice.between(-0.45, -0.25)
    canvas.paint(pose.box(-0.85, 0.2, 0.97, 0.33), dice.colour(DARK, (0.3, 0.3, 0.32)))
    load = dice.colour(WHITE, (0.75, 0.75, 0.7), (0.5, 0.4, 0.3), (0.3, 0.4, 0.5))
    load = load + dice.chance(0.4)[:, 0] * (_lacquer(dice) - load)
    top = dice.either(0.75, dice.between(-0.72, -0.5), dice.between(-0.2, 0.02))
    tank = dice.chance(0.2)
    crate = pose.box(start, top, 0.98, 0.24) * (1 - tank)
    canvas.paint(crate, load, shade)
    ribs = np.clip(3 * np.sin(pose.u * dice.between(15, 40)), 0, 1) * dice.chance(0.4)
    canvas.paint(crate * ribs, load, 0.8)
    canvas.paint(crate * pose.box(start + 0.2, -0.35, 0.7, -0.1) * dice.chance(0.3), _lacquer(dice))
    vat = pose.limb((start + 0.25, -0.15), (0.75, -0.15), 0.3, 0.3) * tank
    canvas.paint(vat, dice.colour((0.75, 0.76, 0.78), WHITE), shade)
    cab, hood = dice.between(-0.5, -0.3), dice.either(0.35, 0.22, 0.0)
    house = ((-0.93 + hood, 0.28), (-0.9 + hood, cab + 0.2), (-0.8 + hood, cab))
    house += ((start - 0.04, cab), (start - 0.04, 0.28))
    canvas.paint(pose.convex(*house), paint, shade)
    canvas.paint(pose.box(-0.95, -0.05, -0.5, 0.28) * (hood > 0), paint, shade)
    pane = ((-0.84 + hood, cab + 0.32), (-0.76 + hood, cab + 0.07))
    pane += ((start - 0.12, cab + 0.07), (start - 0.12, cab + 0.32))
    canvas.paint(pose.convex(*pane), dice.colour(GLASS, (0.55, 0.65, 0.72)), shade)
    canvas.paint(pose.box(-0.97, 0.1, -0.88, 0.18), dice.colour((0.95, 0.9, 0.6)))
    radius = dice.between(0.13, 0.17)
    for u in (-0.68, 0.42, 0.75):
        _wheel(canvas, pose, dice, u, 0.36, radius)


def lorry_front(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw trucks from the front: a high cab, often with the box showing behind."""
    shade, paint = _shade(dice, pose), _lacquer(dice)
    canvas.shadow(pose.ellipse(0.0, 0.72, 0.75, 0.14), dice.between(0.3, 0.7))
    deep = dice.between(0.2, 0.5) * dice.chance(0.7)
    crate = pose.convex((0.1, -0.85), (0.5 + deep, -0.75), (0.5 + deep, 0.4), (0.1, 0.5))
    canvas.paint(crate * (deep > 0), dice.colour(WHITE, (0.6, 0.6, 0.6), (0.4, 0.5, 0.6)), shade)
    for side in (-1, 1):
        tyre = pose.box(side * 0.45 - 0.12, 0.4, side * 0.45 + 0.12, 0.75)
        canvas.paint(tyre, dice.colour(DARK))
    canvas.paint(pose.box(-0.58, -0.75, 0.58, 0.55), paint, shade)
    split = dice.between(-0.2, 0.0)
    canvas.paint(pose.box(-0.48, -0.58, 0.48, split), dice.colour(GLASS, (0.5, 0.6, 0.65)), shade)
    bars = 0.6 + 0.4 * np.sign(np.sin(pose.v * 60))
    grille = dice.colour((0.75, 0.76, 0.78), DARK)
    canvas.paint(pose.box(-0.32, split + 0.08, 0.32, 0.38), grille, bars)
    lamp = dice.colour((0.97, 0.95, 0.8))
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.45, 0.32, 0.09, 0.09), lamp)
        mirror = pose.box(side * 0.68 - 0.05, -0.45, side * 0.68 + 0.05, -0.15)
        canvas.paint(mirror, dice.colour(DARK))
    canvas.paint(pose.box(-0.6, 0.44, 0.6, 0.55), dice.colour((0.6, 0.6, 0.62), DARK))


def _afloat(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Let the water cover the lower edge of a hull, with some foam."""
    waves = 0.36 + 0.02 * np.sin(pose.u * dice.between(8, 20) + dice.between(0, 6))
    foam = pose.limb((-0.95, 0.37), (0.95, 0.37), 0.03, 0.07) * dice.between(0.1, 0.7)
    canvas.paint(foam, dice.colour((0.8, 0.86, 0.9)))
    canvas.keep(pose.above(waves))


def _hull(canvas: Canvas, pose: Pose, dice: Dice, top: Measure, shade: np.ndarray) -> None:
    colour = dice.colour(
        DARK, (0.15, 0.2, 0.35), (0.5, 0.12, 0.1), WHITE, WHITE, (0.45, 0.48, 0.52)
    )
    bow = dice.between(0.05, 0.3)
    corners = ((-0.97, top - 0.06), (0.92, top), (0.85, 0.42), (-0.97 + bow, 0.42))
    canvas.paint(pose.convex(*corners), colour, shade)
    canvas.paint(pose.box(-0.9, 0.33, 0.87, 0.42) * dice.chance(0.5), dice.colour((0.6, 0.15, 0.1)))


def steamer(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw passenger ships, tugs and freighters with containers, from the side."""
    shade = _shade(dice, pose)
    top = dice.between(0.02, 0.18)
    _hull(canvas, pose, dice, top, shade)
    freight = dice.chance(0.35)
    house = dice.colour(WHITE, WHITE, (0.8, 0.78, 0.7), (0.5, 0.53, 0.57))
    left = freight * dice.between(0.35, 0.5) + (1 - freight) * dice.between(-0.7, -0.2)
    right = dice.between(0.6, 0.85)
    low = dice.between(0.12, 0.25)
    canvas.paint(pose.box(left, top - low, right, top + 0.03), house, shade)
    high = dice.between(0.1, 0.25)
    upper = pose.box(left + 0.12, top - low - high, right - 0.1, top - low + 0.02)
    canvas.paint(upper, house, 0.95 * shade)
    dots = np.clip(3 * np.sin(pose.u * dice.between(20, 45)), 0, 1)
    for v in (top - low * 0.5, top - low - high * 0.5):
        canvas.paint(
            pose.box(left + 0.14, v - 0.03, right - 0.12, v + 0.03) * dots, dice.colour(GLASS)
        )
    chimney = (left + right) / 2 + dice.between(-0.1, 0.15)
    stack = top - low - high
    funnel = pose.box(chimney - 0.07, stack - 0.2, chimney + 0.07, stack + 0.02)
    canvas.paint(funnel * dice.chance(0.75), _lacquer(dice), shade)
    mast = dice.between(-0.5, 0.1)
    canvas.paint(pose.limb((mast, top), (mast, -0.75), 0.018, 0.012), dice.colour(DARK, WHITE))
    for step in range(4):
        u = -0.75 + 0.27 * step
        height = dice.between(0.08, 0.35)
        canvas.paint(pose.box(u, top - height, u + 0.24, top) * freight, _lacquer(dice), shade)
    _afloat(canvas, pose, dice)


def sailer(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw ships under sail, from the side."""
    shade = _shade(dice, pose)
    _hull(canvas, pose, dice, dice.between(0.15, 0.24), shade)
    mast, peak = dice.between(-0.2, 0.15), dice.between(-0.98, -0.75)
    canvas.paint(
        pose.limb((mast, 0.2), (mast, peak), 0.022, 0.015), dice.colour((0.35, 0.25, 0.15))
    )
    cloth = dice.colour(WHITE, WHITE, WHITE, (0.85, 0.8, 0.65), (0.7, 0.2, 0.15))
    boom, foot = dice.between(0.4, 0.75), dice.between(0.02, 0.1)
    main = ((mast + 0.03, peak + 0.05), (mast + boom, foot), (mast + 0.03, foot))
    canvas.paint(pose.convex(*main), cloth, shade)
    jib = ((mast - 0.03, peak + 0.15), (mast - 0.03, foot), (mast - boom, foot + 0.04))
    canvas.paint(pose.convex(*jib) * dice.chance(0.8), cloth, 0.88 * shade)
    second = dice.chance(0.3)
    rear = (
        (mast + boom + 0.02, peak + 0.35),
        (mast + boom + 0.3, foot),
        (mast + boom + 0.02, foot),
    )
    canvas.paint(pose.convex(*rear) * second, cloth, 0.95 * shade)
    _afloat(canvas, pose, dice)
