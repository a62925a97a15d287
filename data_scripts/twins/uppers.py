"""Draw what is worn on the upper body: one cut in five habits that overlap, as in a shop."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.shapes import (
    MIDDLE,
    Dice,
    Measure,
    X,
    Y,
    between,
    blank,
    cloth,
    ellipse,
    inside,
    limb,
    outline,
    paint,
)


def _upper(
    dice: Dice,
    stuff: np.ndarray,
    sleeve: Measure,
    hem: Measure,
    shoulder: Measure,
    chest: Measure,
    waist: Measure,
    bottom: Measure,
    neck: Measure,
    spread: Measure = 3.5,
) -> np.ndarray:
    """Draw a garment for the upper body.

    `sleeve` is the share of an arm that it covers, `spread` how far a whole sleeve hangs from the
    body, `hem` where it ends below, `neck` how deep it is cut; the rest are half widths.
    """
    top = dice.between(0, 1.5)
    opening = dice.between(2.2, 3.6)
    slope = dice.between(1, 2.6)
    half = outline(
        Y,
        (top, opening + 0.5),
        (top + slope, shoulder),
        (top + 8, chest),
        (top + 15, waist),
        (hem, bottom),
    )
    body = inside(half - np.abs(X - MIDDLE)) * between(Y, top, hem)
    picture = blank(dice)
    reach, drop = (
        dice.around(spread, 0.6) + 4 * (1 - sleeve) * (sleeve > 0.02),
        dice.between(20, 23),
    )
    width, cuff = dice.between(2.0, 2.9), dice.between(1.3, 2.0)
    shade = dice.between(0.75, 1.1)
    worn = (sleeve > 0.02).astype(np.float32)
    for side in (-1, 1):
        start = (MIDDLE + side * (shoulder - width + 0.3), top + slope + width - 0.4)
        end = (
            start[0] + side * (reach * np.sqrt(sleeve) + 0.2),
            start[1] + drop * sleeve,
        )
        arm = worn * limb(start, end, width, outline(sleeve, (0.3, width), (0.9, cuff)))
        picture = paint(picture, arm, stuff * shade)
    # The shadow between arm and body is what shows a sleeve that hangs down.
    gap = inside(half + 0.7 - np.abs(X - MIDDLE)) * between(Y, top + 6, hem)
    picture = paint(picture, gap * (picture > 0.02), stuff * dice.between(0.3, 0.8))
    picture = paint(picture, body, stuff)
    return paint(picture, ellipse(MIDDLE, top - 0.5, opening, neck), stuff * dice.between(0, 0.5))


def _front(
    dice: Dice, picture: np.ndarray, chance: Measure, top: Measure, width: Measure
) -> np.ndarray:
    """Draw a front from neck to hem, darker or brighter than the stuff: open, a zip, or buttons."""
    left = MIDDLE - width / 2 + dice.around(0, 0.5)
    line = between(X, left, left + width - 0.5) * inside(Y - top) * (picture > 0.02)
    # On bright stuff a brighter line would not be seen.
    bright = dice.chance(0.6) * (picture < 0.55)
    grey = np.where(
        bright > 0, picture * 0.4 + dice.between(0.4, 0.6), picture * dice.between(0, 0.4)
    )
    return paint(picture, dice.chance(chance) * line, grey)


def _rib(dice: Dice, picture: np.ndarray, chance: float) -> np.ndarray:
    """Draw a knitted rim at the hem."""
    low = dice.between(21, 24)
    grey = picture * dice.either(0.5, dice.between(0.4, 0.7), dice.between(1.2, 1.5))
    return paint(picture, dice.chance(chance) * inside(Y - low), np.minimum(grey, 1))


def _collar(dice: Dice, picture: np.ndarray, chance: Measure, size: Measure) -> np.ndarray:
    """Draw the two points of a collar."""
    worn = dice.chance(chance)
    grey = dice.either(0.5, dice.between(0.05, 0.4), dice.between(0.7, 1))
    for side in (-1, 1):
        point = (MIDDLE + side * 0.6, 1.5 + size)
        picture = paint(picture, worn * limb((MIDDLE + side * 3.4, 1.5), point, 1.3, 0.7), grey)
    return picture


def _print(dice: Dice, picture: np.ndarray, chance: float) -> np.ndarray:
    """Draw a printed patch on the chest."""
    patch = ellipse(
        dice.around(MIDDLE, 0.6), dice.between(9, 14), dice.between(2, 4.5), dice.between(1, 4)
    )
    spots = dice.chance(chance) * patch * np.clip(0.7 + 0.4 * dice.noise(), 0, 1)
    return paint(picture, spots, dice.between(0, 1))


def t_shirt(dice: Dice) -> np.ndarray:
    """Draw T-shirts and tops: short sleeves, often a print."""
    sleeve = dice.either(
        0.15, 0.0, dice.either(0.15, dice.between(0.36, 1), dice.between(0.1, 0.36))
    )
    picture = _upper(
        dice,
        cloth(dice, 0.3),
        sleeve=sleeve,
        hem=dice.between(23.5, 27.8),
        shoulder=dice.around(7.6, 0.8),
        chest=dice.around(7.0, 0.9),
        waist=dice.around(6.7, 1.0),
        bottom=dice.around(7.0, 1.1),
        neck=dice.between(1.5, 5),
    )
    picture = _collar(dice, picture, 0.07, dice.between(2, 4))
    return _print(dice, picture, 0.3)


def pullover(dice: Dice) -> np.ndarray:
    """Draw pullovers: long sleeves, most with a rim at the hem."""
    picture = _upper(
        dice,
        cloth(dice, 0.3),
        sleeve=dice.between(0.85, 1.05),
        hem=dice.between(21.5, 27),
        shoulder=dice.around(7.2, 0.7),
        chest=dice.around(6.9, 0.8),
        waist=dice.around(6.8, 1.0),
        bottom=dice.around(6.9, 1.1),
        neck=dice.between(1, 3.5),
        spread=4.0,
    )
    picture = _rib(dice, picture, 0.7)
    picture = _front(dice, picture, 0.06, 3, dice.between(1, 3))
    picture = _collar(dice, picture, 0.1, dice.between(2, 4))
    return _print(dice, picture, 0.25)


def coat(dice: Dice) -> np.ndarray:
    """Draw coats: long sleeves, open in front."""
    picture = _upper(
        dice,
        cloth(dice, 0.18),
        sleeve=dice.between(0.85, 1.05),
        hem=dice.between(24.5, 28.5),
        shoulder=dice.around(7.0, 0.6),
        chest=dice.around(7.2, 0.8),
        waist=dice.around(7.2, 1.0),
        bottom=dice.around(7.6, 1.1),
        neck=dice.between(0.5, 3),
        spread=3.2,
    )
    picture = _front(dice, picture, 0.93, dice.between(2, 6), dice.between(2, 3.4))
    return _collar(dice, picture, 0.2, dice.between(2, 5))


def shirt(dice: Dice) -> np.ndarray:
    """Draw shirts: buttons and a collar, many checked."""
    short = dice.chance(0.2)
    picture = _upper(
        dice,
        cloth(dice, 0.5, checked=0.7),
        sleeve=np.where(short > 0, dice.between(0.05, 0.5), dice.between(0.8, 1.05)),
        hem=dice.between(23.5, 28),
        shoulder=dice.around(6.8, 0.8),
        chest=dice.around(6.1, 0.9),
        waist=dice.around(5.7, 1.0),
        bottom=dice.around(6.3, 1.1),
        neck=dice.between(0.8, 3.5),
    )
    picture = _front(dice, picture, 0.6, dice.between(2, 5), 1.0)
    return _collar(dice, picture, 0.88, dice.between(2, 4))


def dress(dice: Dice) -> np.ndarray:
    """Draw dresses: narrow, with or without sleeves, some flared."""
    arms = dice.between(0, 1)
    short = dice.between(0.1, 0.4)
    waist = dice.around(4.6, 1.0)
    picture = _upper(
        dice,
        cloth(dice, 0.3),
        sleeve=np.where(arms < 0.5, 0.0, np.where(arms < 0.78, short, dice.between(0.6, 1))),
        hem=dice.between(26, 28),
        shoulder=dice.around(5.6, 0.9),
        chest=dice.around(5.2, 0.9),
        waist=waist,
        bottom=waist + dice.either(0.6, dice.between(-0.3, 1.5), dice.between(1, 5)),
        neck=dice.between(1.5, 5),
    )
    return _front(dice, picture, 0.08, 4, 1.0)
