"""Twin of Fashion-MNIST: clothes of its ten classes, drawn with varied cut, brightness and pattern.

As in the shop's photographs, T-shirt, pullover, coat and shirt are one cut in habits that overlap,
and only small marks (collar, buttons, length of sleeve) tell some of them apart; bags and trousers
are hard to mistake. The overlaps are set so that a linear model and a network with 512 units score
about as they do on Fashion-MNIST.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data_scripts.fashion_mnist import CLASSES
from data_scripts.ragged import Arrays
from data_scripts.twins import shoes, uppers
from data_scripts.twins.shapes import (
    MIDDLE,
    SIZE,
    Dice,
    X,
    Y,
    between,
    blank,
    cloth,
    ellipse,
    inside,
    outline,
    paint,
    ring,
)

# Some articles look like another class: by label, the look of which others and how often.
LOOKS = {
    0: ((6, 0.02), (3, 0.02)),
    1: ((3, 0.02),),
    2: ((4, 0.02), (6, 0.02)),
    3: ((0, 0.02), (4, 0.02)),
    4: ((2, 0.02), (6, 0.02)),
    5: ((7, 0.02),),
    6: ((0, 0.02), (2, 0.02), (4, 0.02)),
    7: ((5, 0.02), (9, 0.02)),
    9: ((7, 0.02),),
}
# How far a picture may be moved, in pixels.
SHIFT = 1
# Pictures that are drawn at a time: few enough to stay in the processor's cache.
BATCH = 250


def make(rows: Mapping[str, int], seed: int) -> dict[str, Arrays]:
    """Make the twin of Fashion-MNIST.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same pictures.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x`: images uint8 (N, 28, 28), the article bright on black, and `y`: labels uint8
        (N,), 0 to 9.
    """
    rng = np.random.default_rng(seed)
    return {split: _split(rows[split], rng) for split in ("train", "test")}


def _split(count: int, rng: np.random.Generator) -> Arrays:
    labels = rng.integers(len(CLASSES), size=count)
    images = np.empty((count, SIZE, SIZE), dtype=np.uint8)
    looks = _looks(labels, rng)
    for look, draw in enumerate(DRAW):
        places = np.flatnonzero(looks == look)
        for start in range(0, len(places), BATCH):
            some = places[start : start + BATCH]
            picture = _moved(draw(Dice(rng, len(some))), rng)
            images[some] = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    return {"x": images, "y": labels.astype(np.uint8)}


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


def _trouser(dice: Dice) -> np.ndarray:
    stuff = cloth(dice, 0.15)
    top, hem = dice.between(0, 1.5), dice.either(0.1, dice.between(20, 25), dice.between(26.3, 28))
    crotch = dice.between(8, 12)
    waist, hip = dice.around(4.2, 0.5), dice.around(5.2, 0.6)
    apart = dice.between(0.3, 3.2)
    leg = dice.between(2.2, 4.2)
    outer = outline(Y, (top, waist), (crotch - 2, hip), (hem, apart + leg))
    inner = outline(Y, (crotch - 1, -0.5), (crotch + 1, 0.3), (hem, apart))
    away = np.abs(X - MIDDLE - dice.around(0, 0.4))
    legs = inside(outer - away) * inside(away - inner) * between(Y, top, hem)
    return paint(blank(dice), legs, stuff * (1 - dice.between(0, 0.35) * inside(1 - away)))


def _bag(dice: Dice) -> np.ndarray:
    stuff = cloth(dice, 0.3)
    floor, height = dice.between(22, 27.5), dice.between(10, 20)
    lid = floor - height
    half, lean = dice.between(8.5, 13.7), dice.around(-0.5, 1.2)
    wide = outline(Y, (lid, half + lean), (floor, half))
    corner = dice.between(0, 3)
    body = inside(wide - np.abs(X - MIDDLE)) * between(Y, lid, floor)
    body = body * inside(
        wide + height / 2 - corner - np.abs(X - MIDDLE) - np.abs(Y - lid - height / 2)
    )
    handle = ring(
        MIDDLE, lid + 1, dice.between(3.5, 8), dice.between(3, 12), dice.between(0.9, 1.7)
    )
    picture = paint(blank(dice), dice.chance(0.72) * handle, stuff * dice.between(0.6, 1.1))
    picture = paint(picture, body, stuff)
    flap = dice.chance(0.5) * between(Y, lid + height * 0.35, lid + height * 0.35 + 1) * body
    picture = paint(picture, flap, stuff * dice.between(0.3, 0.8))
    clasp = ellipse(MIDDLE, lid + height * 0.4, 1.4, 1.2)
    return paint(picture, dice.chance(0.4) * clasp, dice.between(0, 1))


# By label.
DRAW: tuple[Callable[[Dice], np.ndarray], ...] = (
    uppers.t_shirt,
    _trouser,
    uppers.pullover,
    uppers.dress,
    uppers.coat,
    shoes.sandal,
    uppers.shirt,
    shoes.sneaker,
    _bag,
    shoes.ankle_boot,
)
