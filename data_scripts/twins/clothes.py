"""Twin of Fashion-MNIST: clothes of its ten classes, drawn with varied cut, brightness and pattern.

As in the shop's photographs, T-shirt, pullover, coat and shirt are one cut in four habits that overlap, and only small
marks (collar, buttons, length of sleeve) tell some of them apart; bags and trousers are hard to mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data_scripts.twins.shapes import (
    SIZE,
    Dice,
    Measure,
    X,
    Y,
    between,
    ellipse,
    inside,
    limb,
    outline,
    paint,
    ring,
)

Split = tuple[np.ndarray, np.ndarray]
CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
MIDDLE = (SIZE - 1) / 2
# Some articles look like another class: by class, the look of which other one and how often.
LOOKS = {
    0: ((6, 0.1), (3, 0.04)),
    2: ((4, 0.1), (6, 0.1)),
    3: ((0, 0.04), (4, 0.03)),
    4: ((2, 0.1), (6, 0.1)),
    5: ((7, 0.02),),
    6: ((0, 0.15), (2, 0.1), (4, 0.1)),
    7: ((5, 0.02), (9, 0.02)),
    9: ((7, 0.03),),
}
# The greys of dark stuffs.
DARK = (0.1, 0.5)
# How far a picture may be moved, in pixels.
SHIFT = 1
# Pictures that are drawn at a time: few enough to stay in the processor's cache.
BATCH = 250


def make(rows: Mapping[str, int], seed: int) -> dict[str, Split]:
    """Make the twin of Fashion-MNIST.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same pictures.

    Returns
    -------
    dict of str to (np.ndarray, np.ndarray)
        By split, images uint8 (N, 28, 28), the article bright on black, and labels uint8 (N,), 0 to 9.
    """
    rng = np.random.default_rng(seed)
    return {split: _split(rows[split], rng) for split in ("train", "test")}


def _split(count: int, rng: np.random.Generator) -> Split:
    labels = rng.integers(len(CLASSES), size=count)
    images = np.empty((count, SIZE, SIZE), dtype=np.uint8)
    looks = _looks(labels, rng)
    for look, draw in enumerate(DRAW):
        places = np.flatnonzero(looks == look)
        for start in range(0, len(places), BATCH):
            some = places[start : start + BATCH]
            picture = _moved(draw(Dice(rng, len(some))), rng)
            images[some] = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    return images, labels.astype(np.uint8)


def _moved(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Move each picture by whole pixels, as far as SHIFT; what leaves it is lost."""
    across, down = rng.integers(-SHIFT, SHIFT + 1, size=(2, len(pictures), 1))
    margin = np.pad(pictures, ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT)))
    number = np.arange(len(pictures))[:, None, None]
    rows = (np.arange(SIZE) + SHIFT - down)[:, :, None]
    columns = (np.arange(SIZE) + SHIFT - across)[:, None, :]
    return margin[number, rows, columns]


def _looks(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    looks = labels.copy()
    draws = rng.random(len(labels))
    for label, others in LOOKS.items():
        reached = 0.0
        for other, share in others:
            chosen = (labels == label) & (draws >= reached) & (draws < reached + share)
            looks[chosen] = other
            reached += share
    return looks


def _blank(dice: Dice) -> np.ndarray:
    return np.zeros((dice.count, SIZE, SIZE), dtype=np.float32)


def _cloth(dice: Dice, patterned: float, checked: float = 0.1) -> np.ndarray:
    """Draw a stuff for the whole picture: a grey, folds, and with some chance checks, stripes or a scatter."""
    grey = dice.either(0.5, dice.between(0.5, 0.95), dice.between(*DARK))
    folds = np.sin(X * dice.between(0.3, 0.9) + dice.between(0, 6.3) + Y * dice.around(0, 0.1))
    stuff = grey * (1 + dice.between(0.02, 0.12) * folds + dice.between(0.01, 0.06) * dice.noise())
    has = dice.chance(patterned)
    kind = dice.between(0, 1)
    depth = has * dice.between(0.2, 0.6)
    down = np.sign(np.sin(Y * dice.between(0.7, 1.8) + dice.between(0, 6.3)))
    across = np.sign(np.sin(X * dice.between(0.8, 1.8) + dice.between(0, 6.3)))
    blots = dice.noise(2)
    scatter = np.clip(blots + np.roll(blots, 1, axis=1) + np.roll(blots, 1, axis=2), -1, 1)
    striped = checked + (1 - checked) / 2
    pattern = np.where(kind < checked, (down + across) / 2, np.where(kind < striped, down, scatter))
    return stuff * (1 - depth * (1 + pattern) / 2)


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
    """Draw a garment for the upper body from its half widths; `sleeve` is the share of an arm that it covers."""
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
    picture = _blank(dice)
    reach, drop = dice.around(spread, 0.6) + 4 * (1 - sleeve) * (sleeve > 0.02), dice.between(20, 23)
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


def _front(dice: Dice, picture: np.ndarray, chance: Measure, top: Measure, width: Measure) -> np.ndarray:
    """Draw a closed front, darker or brighter than the stuff: a zip from neck to hem, or a thin row of buttons."""
    left = MIDDLE - width / 2 + dice.around(0, 0.5)
    line = between(X, left, left + width - 0.5) * inside(Y - top) * (picture > 0.02)
    # On bright stuff a brighter line would not be seen.
    bright = dice.chance(0.6) * (picture < 0.55)
    grey = np.where(bright > 0, picture * 0.4 + dice.between(0.4, 0.6), picture * dice.between(0, 0.4))
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


def _t_shirt(dice: Dice) -> np.ndarray:
    sleeve = dice.either(0.15, 0.0, dice.either(0.1, dice.between(0.4, 0.6), dice.between(0.1, 0.36)))
    picture = _upper(
        dice,
        _cloth(dice, 0.3),
        sleeve=sleeve,
        hem=dice.between(24.5, 27.5),
        shoulder=dice.around(7.6, 0.8),
        chest=dice.around(7.2, 0.7),
        waist=dice.around(6.9, 0.8),
        bottom=dice.around(7.3, 0.9),
        neck=dice.between(1.5, 5),
    )
    return _print(dice, picture, 0.35)


def _pullover(dice: Dice) -> np.ndarray:
    picture = _upper(
        dice,
        _cloth(dice, 0.3),
        sleeve=dice.between(0.85, 1.05),
        hem=dice.between(21, 25.5),
        shoulder=dice.around(7.2, 0.6),
        chest=dice.around(6.9, 0.6),
        waist=dice.around(6.8, 0.7),
        bottom=dice.around(6.8, 0.9),
        neck=dice.between(1.5, 4),
        spread=4.6,
    )
    picture = _rib(dice, picture, 0.8)
    return _print(dice, picture, 0.3)


def _coat(dice: Dice) -> np.ndarray:
    picture = _upper(
        dice,
        _cloth(dice, 0.18),
        sleeve=dice.between(0.85, 1.05),
        hem=dice.between(25.5, 28.5),
        shoulder=dice.around(7.0, 0.6),
        chest=dice.around(7.6, 0.6),
        waist=dice.around(7.8, 0.7),
        bottom=dice.around(8.2, 0.9),
        neck=dice.between(0.5, 2),
        spread=2.8,
    )
    picture = _front(dice, picture, 0.97, dice.between(2, 6), dice.between(2, 3.4))
    return _collar(dice, picture, 0.15, dice.between(2, 5))


def _shirt(dice: Dice) -> np.ndarray:
    short = dice.chance(0.12)
    picture = _upper(
        dice,
        _cloth(dice, 0.5, checked=0.7),
        sleeve=np.where(short > 0, dice.between(0.05, 0.5), dice.between(0.8, 1.05)),
        hem=dice.between(24.5, 27.8),
        shoulder=dice.around(6.8, 0.8),
        chest=dice.around(6.4, 0.7),
        waist=dice.around(6.0, 0.8),
        bottom=dice.around(6.5, 0.9),
        neck=dice.between(0.8, 2.5),
    )
    picture = _front(dice, picture, 0.6, dice.between(2, 5), 1.0)
    return _collar(dice, picture, 0.95, dice.between(2, 4))


def _dress(dice: Dice) -> np.ndarray:
    arms = dice.between(0, 1)
    short = dice.between(0.1, 0.4)
    waist = dice.around(4.1, 0.7)
    picture = _upper(
        dice,
        _cloth(dice, 0.3),
        sleeve=np.where(arms < 0.5, 0.0, np.where(arms < 0.78, short, dice.between(0.6, 1))),
        hem=dice.between(26, 28),
        shoulder=dice.around(5.2, 0.7),
        chest=dice.around(4.8, 0.6),
        waist=waist,
        bottom=waist + dice.either(0.6, dice.between(-0.3, 1.5), dice.between(1, 5)),
        neck=dice.between(1.5, 5),
    )
    return _front(dice, picture, 0.08, 4, 1.0)


def _trouser(dice: Dice) -> np.ndarray:
    stuff = _cloth(dice, 0.15)
    top, hem = dice.between(0, 1.5), dice.either(0.1, dice.between(20, 25), dice.between(26.3, 28))
    crotch = dice.between(8, 12)
    waist, hip = dice.around(4.2, 0.5), dice.around(5.2, 0.6)
    apart = dice.between(0.3, 3.2)
    leg = dice.between(2.2, 4.2)
    outer = outline(Y, (top, waist), (crotch - 2, hip), (hem, apart + leg))
    inner = outline(Y, (crotch - 1, -0.5), (crotch + 1, 0.3), (hem, apart))
    away = np.abs(X - MIDDLE - dice.around(0, 0.4))
    legs = inside(outer - away) * inside(away - inner) * between(Y, top, hem)
    return paint(_blank(dice), legs, stuff * (1 - dice.between(0, 0.35) * inside(1 - away)))


def _bag(dice: Dice) -> np.ndarray:
    stuff = _cloth(dice, 0.3)
    floor, height = dice.between(22, 27.5), dice.between(10, 20)
    lid = floor - height
    half, lean = dice.between(8.5, 13.7), dice.around(-0.5, 1.2)
    wide = outline(Y, (lid, half + lean), (floor, half))
    corner = dice.between(0, 3)
    body = inside(wide - np.abs(X - MIDDLE)) * between(Y, lid, floor)
    body = body * inside(wide + height / 2 - corner - np.abs(X - MIDDLE) - np.abs(Y - lid - height / 2))
    handle = ring(MIDDLE, lid + 1, dice.between(3.5, 8), dice.between(3, 12), dice.between(0.9, 1.7))
    picture = paint(_blank(dice), dice.chance(0.72) * handle, stuff * dice.between(0.6, 1.1))
    picture = paint(picture, body, stuff)
    flap = dice.chance(0.5) * between(Y, lid + height * 0.35, lid + height * 0.35 + 1) * body
    picture = paint(picture, flap, stuff * dice.between(0.3, 0.8))
    clasp = ellipse(MIDDLE, lid + height * 0.4, 1.4, 1.2)
    return paint(picture, dice.chance(0.4) * clasp, dice.between(0, 1))


def _shoe(dice: Dice, stuff: np.ndarray, rise: Measure, heel: Measure, shaft: Measure) -> np.ndarray:
    """Draw a closed shoe that points to the left; `rise` is its height at the back, `heel` how far that is lifted."""
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
    picture = _blank(dice)
    block = limb((back - 2.3, ground - heel), (back - dice.between(1, 2.6), ground - 1), 2, dice.between(0.8, 2))
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
    lines = inside(slant * 2 - 1) * between(X, dice.between(6, 11), dice.between(15, 21)) * (picture > 0.03)
    return paint(picture, dice.chance(chance) * lines, dice.between(0, 1))


def _sneaker(dice: Dice) -> np.ndarray:
    rise = dice.either(0.85, dice.between(6.2, 9), dice.between(8.5, 12))
    picture = _shoe(dice, _cloth(dice, 0.12), rise, dice.between(0, 0.6), dice.between(7, 11))
    return _stripes(dice, picture, 0.65)


def _ankle_boot(dice: Dice) -> np.ndarray:
    rise = dice.either(0.85, dice.between(11, 19), dice.between(8.5, 12))
    heel = dice.either(0.6, dice.between(0, 1.5), dice.between(1.5, 6))
    picture = _shoe(dice, _cloth(dice, 0.08), rise, heel, dice.between(8, 13))
    return _stripes(dice, picture, 0.3)


def _sandal(dice: Dice) -> np.ndarray:
    stuff = _cloth(dice, 0.2)
    heel = dice.either(0.5, dice.between(0, 2), dice.between(3, 12))
    ground = dice.between(18.5, 20.5) + heel / 2.2
    toe, back = dice.between(0.5, 2.5), dice.between(24.5, 27)
    thick = dice.between(0.6, 1.5)
    bend = dice.between(9, 13)
    picture = paint(
        _blank(dice),
        (heel > 1.5)
        * limb((back - 1.2, ground - heel), (back - dice.between(0, 2), ground), 1.2, dice.between(0.5, 1.6)),
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
        across = limb(tip, (dice.between(17, 25), tip[1] + dice.between(-1, 4)), 0.6, dice.between(0.4, 0.9))
        picture = paint(picture, dice.chance(0.45) * across, stuff)
    # A closed quarter makes some sandals look like sneakers.
    closed = dice.chance(0.15) * between(Y, ground - heel - dice.between(4, 7), ground - heel) * between(X, 15, back)
    return paint(picture, closed, stuff)


DRAW: tuple[Callable[[Dice], np.ndarray], ...] = (
    _t_shirt,
    _trouser,
    _pullover,
    _dress,
    _coat,
    _sandal,
    _shirt,
    _sneaker,
    _bag,
    _ankle_boot,
)
