"""Draw cats, dogs, horses, deer, birds and frogs, each in several views."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.coloured import Canvas, Dice, Pose

BLACK = (0.07, 0.06, 0.06)
WHITE = (0.92, 0.9, 0.87)
BROWN = (0.42, 0.27, 0.15)
GREY = (0.5, 0.49, 0.48)
FAWN = (0.68, 0.5, 0.32)
GINGER = (0.75, 0.45, 0.18)


def _coat(dice: Dice, pose: Pose, texture: float = 0.07) -> np.ndarray:
    """Give light from above and the unevenness of fur or feathers."""
    light = 1 - dice.between(0.05, 0.4) * np.clip(pose.v, -0.6, 0.7)
    return light + texture * dice.noise(14)


def _legs(
    canvas: Canvas,
    pose: Pose,
    dice: Dice,
    colour: np.ndarray,
    places: tuple[float, ...],
    top: float,
    foot: float,
    first: float,
    last: float,
) -> None:
    """Draw legs that step a little; every second one is farther away and darker."""
    for number, u in enumerate(places):
        knee = u + dice.around(0, 0.04)
        end = knee + dice.around(0, 0.08)
        middle = (top + foot) / 2
        shade = 0.7 if number % 2 else 0.95
        canvas.paint(pose.limb((u, top), (knee, middle), first, last), colour, shade)
        canvas.paint(pose.limb((knee, middle), (end, foot), last, last * 0.9), colour, shade)


def cat_face(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw cats that look at us."""
    shade = _coat(dice, pose)
    fur = dice.colour(GREY, GINGER, BLACK, WHITE, BROWN, (0.6, 0.55, 0.48), FAWN)
    dark = fur * 0.45
    belly = fur + dice.chance(0.45)[:, 0] * (dice.colour(WHITE) - fur)
    chest = dice.between(0.45, 0.62)
    canvas.paint(pose.ellipse(0.0, 1.0, chest, 0.7), fur, 0.85 * shade)
    canvas.paint(pose.ellipse(0.0, 1.0, chest * 0.5, 0.5), belly, 0.9 * shade)
    wide, high = dice.between(0.5, 0.6), dice.between(-0.92, -0.72)
    for side in (-1, 1):
        ear = [(side * 0.56, 0.0), (side * 0.52, high), (side * 0.1, -0.34)]
        inner = [(side * 0.48, -0.1), (side * 0.47, high + 0.15), (side * 0.2, -0.3)]
        corners = ear if side < 0 else ear[::-1]
        canvas.paint(pose.convex(*corners), fur, 0.9 * shade)
        corners = inner if side < 0 else inner[::-1]
        canvas.paint(pose.convex(*corners), dice.colour((0.7, 0.45, 0.42), (0.35, 0.25, 0.22)))
    canvas.paint(pose.ellipse(0.0, 0.05, wide, 0.48), fur, shade)
    stripes = np.clip(3 * np.sin(pose.u * 22), 0, 1) * dice.chance(0.5) * 0.7
    canvas.paint(pose.ellipse(0.0, -0.3, 0.3, 0.14) * stripes, dark)
    canvas.paint(pose.ellipse(0.0, 0.28, 0.24, 0.18), belly, shade)
    iris = dice.colour((0.55, 0.7, 0.2), (0.8, 0.7, 0.15), (0.35, 0.6, 0.8), (0.75, 0.5, 0.1))
    slit = dice.between(0.03, 0.09)
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.24, -0.02, 0.15, 0.12), dark * 0.5)
        canvas.paint(pose.ellipse(side * 0.24, -0.02, 0.125, 0.1), iris)
        canvas.paint(pose.ellipse(side * 0.24, -0.02, slit, 0.095), dice.colour(BLACK))
    nose = pose.convex((-0.08, 0.17), (0.08, 0.17), (0.0, 0.26))
    canvas.paint(nose, dice.colour((0.8, 0.45, 0.45), (0.3, 0.18, 0.16)))
    whiskers = dice.colour(WHITE)
    for side in (-1, 1):
        for lift in (-0.05, 0.08):
            hair = pose.limb((side * 0.15, 0.29), (side * 0.72, 0.26 + lift), 0.012, 0.008)
            canvas.paint(0.6 * hair, whiskers)


def cat_whole(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw cats that sit or lie, from the side."""
    shade = _coat(dice, pose)
    fur = dice.colour(GREY, GINGER, BLACK, WHITE, BROWN, (0.6, 0.55, 0.48))
    dark = fur * 0.45
    lies = dice.chance(0.4)
    tip = dice.between(-0.2, 0.4)
    canvas.paint(pose.limb((0.55, 0.6), (0.9, tip), 0.08, 0.06), fur, 0.8 * shade)
    canvas.paint(pose.limb((0.9, tip), (0.78, tip - 0.25), 0.06, 0.05), fur, 0.8 * shade)
    rump, rise = 0.28 + 0.15 * lies, 0.38 + 0.08 * lies
    canvas.paint(pose.ellipse(0.3, rise, rump, 0.42 - 0.12 * lies), fur, shade)
    back = pose.limb((0.3, rise), (-0.22, -0.02 + 0.22 * lies), 0.3 - 0.06 * lies, 0.24)
    canvas.paint(back, fur, shade)
    foreleg = pose.limb((-0.28, 0.15), (-0.34 - 0.25 * lies, 0.74), 0.12, 0.08)
    canvas.paint(foreleg, fur, 0.9 * shade)
    canvas.paint(pose.limb((0.3, 0.72), (0.02, 0.75), 0.08, 0.07), fur, 0.9 * shade)
    stripes = np.clip(3 * np.sin((pose.u + 0.3 * pose.v) * 20), 0, 1) * dice.chance(0.5) * 0.6
    canvas.paint(back * stripes, dark)
    head = (-0.38, -0.32 + 0.22 * lies)
    for side in (-1, 1):
        u = head[0] + side * 0.2
        ear = (
            (u - 0.13, head[1] - 0.12),
            (u + side * 0.04, head[1] - 0.46),
            (u + 0.13, head[1] - 0.12),
        )
        canvas.paint(pose.convex(*ear), fur, 0.85 * shade)
    canvas.paint(pose.ellipse(head[0], head[1], 0.31, 0.26), fur, shade)
    pale = fur + 0.5 * (1 - fur)
    canvas.paint(pose.ellipse(head[0] - 0.06, head[1] + 0.12, 0.13, 0.09), pale)
    iris = dice.colour((0.6, 0.75, 0.2), (0.85, 0.7, 0.15))
    for u in (-0.17, 0.07):
        canvas.paint(pose.ellipse(head[0] + u, head[1] - 0.03, 0.065, 0.055), iris)
        canvas.paint(pose.ellipse(head[0] + u, head[1] - 0.03, 0.03, 0.05), dice.colour(BLACK))
    canvas.paint(
        pose.ellipse(head[0] - 0.07, head[1] + 0.08, 0.04, 0.03), dice.colour((0.7, 0.4, 0.4))
    )


def dog_face(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw dogs that look at us: hanging ears, a long muzzle, a big nose."""
    shade = _coat(dice, pose)
    fur = dice.colour(FAWN, BROWN, BLACK, WHITE, GINGER, GREY, (0.8, 0.7, 0.55))
    ears = fur * dice.between(0.45, 1.0)[:, 0]
    muzzle = fur + dice.between(0.0, 0.6)[:, 0] * (1 - fur)
    canvas.paint(pose.ellipse(0.0, 1.0, dice.between(0.45, 0.6), 0.65), fur, 0.85 * shade)
    canvas.paint(pose.ellipse(0.0, -0.12, 0.46, 0.5), fur, shade)
    hang = dice.between(0.2, 0.55)
    pricked = dice.chance(0.15)
    for side in (-1, 1):
        flap = pose.limb((side * 0.42, -0.4), (side * 0.58, hang), 0.12, 0.17) * (1 - pricked)
        canvas.paint(flap, ears, 0.9 * shade)
        point = [(side * 0.5, -0.2), (side * 0.5, -0.9), (side * 0.12, -0.5)]
        corners = point if side < 0 else point[::-1]
        canvas.paint(pose.convex(*corners) * pricked, ears, 0.9 * shade)
    blaze = pose.limb((0.0, -0.55), (0.0, 0.1), 0.08, 0.12) * dice.chance(0.4)
    canvas.paint(blaze, muzzle, shade)
    canvas.paint(pose.ellipse(0.0, 0.3, 0.27, 0.3), muzzle, shade)
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.2, -0.12, 0.075, 0.075), dice.colour(BLACK))
        canvas.paint(pose.ellipse(side * 0.2 - 0.02, -0.15, 0.025, 0.025), dice.colour(WHITE))
    tongue = pose.ellipse(0.02, 0.62, 0.1, 0.16) * dice.chance(0.45)
    canvas.paint(tongue, dice.colour((0.85, 0.4, 0.45)))
    canvas.paint(pose.limb((-0.14, 0.5), (0.14, 0.5), 0.025, 0.025), dice.colour(BLACK))
    canvas.paint(pose.ellipse(0.0, 0.2, 0.14, 0.1), dice.colour(BLACK))


def dog_whole(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw dogs that stand, from the side."""
    shade = _coat(dice, pose)
    fur = dice.colour(FAWN, BROWN, BLACK, WHITE, GINGER, GREY)
    spot = dice.colour(BROWN, BLACK, WHITE)
    _legs(canvas, pose, dice, fur, (-0.38, -0.26, 0.42, 0.54), 0.1, 0.72, 0.11, 0.07)
    lift = dice.between(-0.55, 0.1)
    canvas.paint(pose.limb((0.55, -0.08), (0.85, lift), 0.07, 0.04), fur, shade)
    body = pose.limb((-0.32, 0.03), (0.45, 0.0), 0.25, 0.21)
    canvas.paint(body, fur, shade)
    patch = pose.ellipse(0.15, -0.1, 0.25, 0.2) * dice.chance(0.4)
    canvas.paint(patch * body, spot, shade)
    canvas.paint(pose.limb((-0.38, -0.05), (-0.55, -0.38), 0.17, 0.14), fur, shade)
    canvas.paint(pose.ellipse(-0.58, -0.45, 0.2, 0.18), fur, shade)
    canvas.paint(pose.limb((-0.62, -0.4), (-0.88, -0.33), 0.11, 0.08), fur, shade)
    canvas.paint(pose.ellipse(-0.94, -0.36, 0.05, 0.045), dice.colour(BLACK))
    ear = pose.limb((-0.46, -0.52), (-0.4, -0.25), 0.08, 0.09)
    canvas.paint(ear, fur * dice.between(0.4, 0.85)[:, 0], shade)
    canvas.paint(pose.ellipse(-0.66, -0.5, 0.035, 0.035), dice.colour(BLACK))


def horse_whole(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw horses that stand or walk, from the side."""
    shade = _coat(dice, pose, 0.04)
    coat = dice.colour(BROWN, (0.3, 0.17, 0.1), BLACK, (0.85, 0.83, 0.8), (0.55, 0.3, 0.15), GREY)
    hair = coat * 0.35 + dice.chance(0.25)[:, 0] * (dice.colour(WHITE) - coat * 0.35)
    _legs(canvas, pose, dice, coat, (-0.36, -0.25, 0.42, 0.53), 0.1, 0.84, 0.1, 0.055)
    tail = pose.limb((0.6, -0.12), (0.74, 0.12), 0.05, 0.07)
    canvas.paint(tail, hair)
    canvas.paint(pose.limb((0.74, 0.12), (0.72, 0.5), 0.07, 0.04), hair)
    canvas.paint(pose.limb((-0.3, 0.0), (0.42, -0.02), 0.24, 0.23), coat, shade)
    grazes = dice.chance(0.2)
    poll = (-0.66 - 0.08 * grazes, -0.62 + 0.75 * grazes)
    muzzle = (-0.9 + 0.05 * grazes, -0.34 + 0.9 * grazes)
    crest = pose.limb((-0.22, -0.22), (poll[0] + 0.1, poll[1] - 0.04), 0.1, 0.07)
    canvas.paint(crest, hair)
    canvas.paint(pose.limb((-0.36, -0.06), poll, 0.2, 0.12), coat, shade)
    canvas.paint(pose.limb(poll, muzzle, 0.12, 0.08), coat, shade)
    ear = pose.limb((poll[0] + 0.04, poll[1] - 0.08), (poll[0] + 0.05, poll[1] - 0.22), 0.04, 0.02)
    canvas.paint(ear, coat, shade)
    canvas.paint(pose.ellipse(poll[0] - 0.07, poll[1] + 0.02, 0.03, 0.03), dice.colour(BLACK))
    blanket = pose.box(-0.12, -0.27, 0.2, -0.02) * dice.chance(0.2)
    canvas.paint(blanket, dice.any_colour())


def horse_head(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw heads of horses, from the side."""
    shade = _coat(dice, pose, 0.04)
    coat = dice.colour(BROWN, (0.3, 0.17, 0.1), BLACK, (0.85, 0.83, 0.8), (0.55, 0.3, 0.15))
    hair = coat * 0.3
    for step in range(4):
        share = step / 3
        tuft = pose.limb(
            (0.15 + 0.45 * share, -0.6 + 0.75 * share),
            (0.38 + 0.55 * share, -0.5 + 0.95 * share),
            0.15,
            0.1,
        )
        canvas.paint(tuft, hair, shade)
    canvas.paint(pose.limb((0.05, -0.35), (0.6, 0.95), 0.28, 0.52), coat, shade)
    for u in (0.0, 0.18):
        canvas.paint(pose.limb((u, -0.62), (u + 0.03, -0.92), 0.09, 0.03), coat, 0.9 * shade)
    canvas.paint(pose.limb((0.02, -0.42), (-0.62, 0.3), 0.3, 0.17), coat, shade)
    canvas.paint(pose.ellipse(-0.66, 0.34, 0.19, 0.17), coat, 0.75 * shade)
    blaze = pose.limb((-0.22, -0.45), (-0.72, 0.15), 0.06, 0.04) * dice.chance(0.4)
    canvas.paint(blaze, dice.colour(WHITE))
    canvas.paint(pose.ellipse(-0.1, -0.4, 0.06, 0.05), dice.colour(BLACK))
    canvas.paint(pose.ellipse(-0.76, 0.3, 0.04, 0.05), dice.colour(BLACK))
    bridle = dice.chance(0.4)
    leather = dice.colour((0.15, 0.1, 0.07), (0.6, 0.1, 0.1))
    canvas.paint(pose.limb((-0.62, 0.02), (-0.32, 0.3), 0.03, 0.03) * bridle, leather)
    canvas.paint(pose.limb((-0.12, -0.7), (0.2, -0.2), 0.03, 0.03) * bridle, leather)


def _antlers(canvas: Canvas, pose: Pose, dice: Dice, u: float, v: float, size: float) -> None:
    """Draw a pair of antlers that spring from a point; some deer have none."""
    horn = dice.colour((0.55, 0.42, 0.28), (0.75, 0.65, 0.5))
    has = dice.chance(0.65)
    for side in (-1, 1):
        stem = (u + side * 0.45 * size, v - 0.6 * size)
        top = (u + side * 0.3 * size, v - 1.15 * size)
        canvas.paint(pose.limb((u + side * 0.08 * size, v), stem, 0.035, 0.03) * has, horn)
        canvas.paint(pose.limb(stem, top, 0.03, 0.02) * has, horn)
        for share, out in ((0.4, 0.35), (1.0, 0.4)):
            start = (u + side * 0.45 * size * share, v - 0.6 * size * share)
            end = (start[0] + side * out * size, start[1] - 0.35 * size)
            canvas.paint(pose.limb(start, end, 0.028, 0.02) * has, horn)


def deer_whole(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw deer that stand, from the side: thin legs, an upright neck, often antlers."""
    shade = _coat(dice, pose)
    coat = dice.colour((0.5, 0.33, 0.18), (0.6, 0.42, 0.25), (0.4, 0.28, 0.18), (0.65, 0.5, 0.35))
    pale = coat + 0.6 * (1 - coat)
    _legs(canvas, pose, dice, coat, (-0.28, -0.18, 0.34, 0.43), 0.1, 0.86, 0.065, 0.035)
    body = pose.limb((-0.22, 0.03), (0.36, 0.02), 0.2, 0.19)
    canvas.paint(body, coat, shade)
    canvas.paint(pose.limb((-0.15, 0.2), (0.3, 0.19), 0.05, 0.05) * body, pale)
    spots = (dice.noise(16) > 1.1) * dice.chance(0.3)
    canvas.paint(body * spots, pale)
    canvas.paint(pose.ellipse(0.55, -0.02, 0.06, 0.11), pale)
    canvas.paint(pose.limb((-0.28, -0.05), (-0.48, -0.46), 0.12, 0.075), coat, shade)
    _antlers(canvas, pose, dice, -0.5, -0.56, 0.36)
    for side in (-1, 1):
        ear = pose.limb((-0.49, -0.55), (-0.49 + side * 0.17, -0.66), 0.04, 0.035)
        canvas.paint(ear, coat, 0.85 * shade)
    canvas.paint(pose.limb((-0.5, -0.52), (-0.72, -0.4), 0.09, 0.05), coat, shade)
    canvas.paint(pose.ellipse(-0.75, -0.4, 0.035, 0.035), dice.colour(BLACK))
    canvas.paint(pose.ellipse(-0.56, -0.54, 0.025, 0.025), dice.colour(BLACK))


def deer_face(canvas: Canvas, pose: Pose, dice: Dice) -> None:
    """Draw deer that look at us: ears to the sides, a narrow face, often antlers."""
    shade = _coat(dice, pose)
    coat = dice.colour((0.5, 0.33, 0.18), (0.6, 0.42, 0.25), (0.4, 0.28, 0.18), (0.65, 0.5, 0.35))
    pale = coat + 0.6 * (1 - coat)
    canvas.paint(pose.limb((0.0, 0.3), (0.08, 1.1), 0.2, 0.45), coat, 0.85 * shade)
    _antlers(canvas, pose, dice, 0.0, -0.22, 0.68)
    for side in (-1, 1):
        ear = pose.ellipse(side * 0.42, -0.18, 0.24, 0.1, -side * 0.35)
        canvas.paint(ear, coat, 0.9 * shade)
        canvas.paint(pose.ellipse(side * 0.44, -0.17, 0.14, 0.045, -side * 0.35), pale)
    canvas.paint(pose.limb((0.0, -0.1), (0.0, 0.42), 0.25, 0.13), coat, shade)
    canvas.paint(pose.ellipse(0.0, 0.47, 0.13, 0.12), pale)
    for side in (-1, 1):
        canvas.paint(pose.ellipse(side * 0.17, -0.02, 0.05, 0.045), dice.colour(BLACK))
    canvas.paint(pose.ellipse(0.0, 0.44, 0.09, 0.065), dice.colour(BLACK))
