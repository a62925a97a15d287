"""Draw shoes, seen from the side and pointing to the left."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.shapes import (
    Dice,
    Measure,
    X,
    Y,
    between,
    blank,
    cloth,
    inside,
    limb,
    outline,
    paint,
)


def _shoe(
    dice: Dice, stuff: np.ndarray, rise: Measure, heel: Measure, shaft: Measure
) -> np.ndarray:
    """Draw a closed shoe.

    `rise` is its height at the back, `heel` how far the back is lifted, `shaft` how far the opening
    reaches to the front.
    """
    ground = dice.between(18.8, 20.5) + np.clip((rise + heel - 9) / 2.2, 0, 7)
    toe, back = dice.between(0, 2), dice.between(25.5, 27.5)
    instep = dice.between(8, 12)
    front = dice.between(3, 4.8)
    upper = ground - outline(
        X,
        (toe, front - 1.8),
        (toe + 4, front),
        (instep, front + dice.between(0.5, 2) + heel * 0.3),
        (back - shaft, rise + heel),
        (back - shaft * 0.4, rise + heel - dice.between(0, 1.2)),
        (back, rise + heel + dice.around(0, 0.6)),
    )
    under = ground - outline(X, (10, 0), (19, heel), (back, heel))
    picture = blank(dice)
    block = limb(
        (back - 2.3, ground - heel),
        (back - dice.between(1, 2.6), ground - 1),
        2,
        dice.between(0.8, 2),
    )
    picture = paint(picture, (heel > 1) * block, stuff * dice.between(0.3, 1))
    # Seen from the side a heel is round: it leans in towards the ankle.
    end = back - dice.between(0, 1.6) * (1 - np.abs(2 * (ground - heel - Y) / rise - 1))
    side = between(Y, upper, under) * between(X, toe, end + 0.4)
    picture = paint(picture, side, stuff)
    sole = between(Y, under - dice.between(0.8, 2.2), under) * between(X, toe, back)
    return paint(picture, sole, np.clip(dice.either(0.5, 1.3, 0.4) * stuff, 0.05, 1))


def _stripes(dice: Dice, picture: np.ndarray, chance: float) -> np.ndarray:
    """Draw slanted lines on the side of a shoe: laces, seams, a maker's mark."""
    slant = np.sin((X + Y * dice.between(0.4, 1.2)) * dice.between(0.9, 1.6) + dice.between(0, 6.3))
    lines = (
        inside(slant * 2 - 1)
        * between(X, dice.between(6, 11), dice.between(15, 21))
        * (picture > 0.03)
    )
    return paint(picture, dice.chance(chance) * lines, dice.between(0, 1))


def sneaker(dice: Dice) -> np.ndarray:
    """Draw sneakers: low, with stripes."""
    rise = dice.either(0.85, dice.between(6.2, 9), dice.between(8.5, 12))
    picture = _shoe(dice, cloth(dice, 0.12), rise, dice.between(0, 0.6), dice.between(7, 11))
    return _stripes(dice, picture, 0.65)


def ankle_boot(dice: Dice) -> np.ndarray:
    """Draw ankle boots: as sneakers, but high, some with a heel."""
    rise = dice.either(0.85, dice.between(10, 19), dice.between(7.5, 11))
    heel = dice.either(0.6, dice.between(0, 1.5), dice.between(1.5, 6))
    picture = _shoe(dice, cloth(dice, 0.08), rise, heel, dice.between(8, 13))
    return _stripes(dice, picture, 0.3)


def sandal(dice: Dice) -> np.ndarray:
    """Draw sandals: a sole and straps, some with a high heel."""
    stuff = cloth(dice, 0.2)
    heel = dice.either(0.5, dice.between(0, 2), dice.between(3, 12))
    ground = dice.between(18.5, 20.5) + heel / 2.2
    toe, back = dice.between(0.5, 2.5), dice.between(24.5, 27)
    thick = dice.between(0.6, 1.5)
    bend = dice.between(9, 13)
    picture = paint(
        blank(dice),
        (heel > 1.5)
        * limb(
            (back - 1.2, ground - heel),
            (back - dice.between(0, 2), ground),
            1.2,
            dice.between(0.5, 1.6),
        ),
        stuff * dice.between(0.5, 1),
    )
    # The sole rises from the toe to the heel; the straps stand on it.
    for start, end in (((toe, ground), (bend, ground)), ((bend, ground), (back, ground - heel))):
        picture = paint(picture, limb(start, end, thick, thick), stuff * dice.between(0.6, 1))
    for low, high, chance in ((3, 8, 1.0), (7, 13, 0.8), (15, 22, 0.7), (20, 25, 0.6)):
        foot = dice.between(low, high)
        lift = heel * np.clip((foot - bend) / (back - bend), 0, 1)
        tip = (foot + dice.between(-2, 5), ground - lift - dice.between(3.5, 8))
        strap = limb((foot, ground - lift), tip, dice.between(0.4, 1.4), dice.between(0.4, 1.2))
        picture = paint(picture, dice.chance(chance) * strap, stuff * dice.between(0.7, 1.2))
        across = limb(
            tip, (dice.between(17, 25), tip[1] + dice.between(-1, 4)), 0.6, dice.between(0.4, 0.9)
        )
        picture = paint(picture, dice.chance(0.45) * across, stuff)
    # A closed quarter makes some sandals look like sneakers.
    closed = (
        dice.chance(0.15)
        * between(Y, ground - heel - dice.between(4, 7), ground - heel)
        * between(X, 15, back)
    )
    return paint(picture, closed, stuff)
