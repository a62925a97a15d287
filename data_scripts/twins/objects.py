"""Twin of CIFAR-10: the ten classes drawn in colour, in many poses, before many backgrounds.

As on photographs, colour and place decide little: a car may have any colour, cats and dogs share
theirs, and most backgrounds serve several classes. What tells a class is its shape, at any size,
turned and mirrored, so that a linear model does badly and a convolutional network does well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from data_scripts.cifar10 import CLASSES
from data_scripts.twins import animals, birds, grounds, vehicles
from data_scripts.twins.coloured import Canvas, Dice, Pose, finish

SIZE = 32
MIDDLE = (SIZE - 1) / 2
# Pictures that are drawn at a time: few enough to stay in the processor's cache.
BATCH = 50
# Half heights of the objects in pixels; by how much they are at least lighter or darker than
# their background, as a share of white, and how much of that haze leaves; how many are partly hidden;
# how many pictures are softened, and how strong the grain is.
SIZES = (10.5, 19.5)
CONTRAST = 0.2
CLEAR = (0.6, 1.0)
POSTS, TUFTS = 0.15, 0.15
BLURRED, GRAIN = 0.6, 0.04

Draw = Callable[[Canvas, Pose, Dice], None]
Ground = Callable[[Dice], np.ndarray]


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which a class is seen: how it is drawn, turned, and before what."""

    draw: Draw
    share: float
    turn: float
    grounds: tuple[Ground, ...]


LAND = (grounds.field, grounds.field, grounds.leaves, grounds.street)
HOME = (grounds.room, grounds.room, grounds.leaves, grounds.field, grounds.plain)
ROADS = (grounds.street, grounds.street, grounds.field, grounds.plain)
HEIGHTS = (grounds.sky, grounds.sky, grounds.sky, grounds.field, grounds.plain)
# By class.
LOOKS: dict[str, tuple[Look, ...]] = {
    "airplane": (
        Look(vehicles.airliner, 0.55, 0.3, (*HEIGHTS, grounds.street)),
        Look(vehicles.airplane_above, 0.45, 3.1, HEIGHTS),
    ),
    "automobile": (
        Look(vehicles.car, 0.6, 0.12, ROADS),
        Look(vehicles.car_front, 0.4, 0.08, ROADS),
    ),
    "bird": (
        Look(birds.bird_perched, 0.5, 0.35, (*LAND, grounds.sky, grounds.plain)),
        Look(birds.bird_flying, 0.25, 0.5, (*HEIGHTS, grounds.sea)),
        Look(birds.bird_long, 0.25, 0.15, (*LAND, grounds.sea)),
    ),
    "cat": (
        Look(animals.cat_face, 0.6, 0.25, HOME),
        Look(animals.cat_whole, 0.4, 0.15, HOME),
    ),
    "deer": (
        Look(animals.deer_whole, 0.7, 0.1, LAND),
        Look(animals.deer_face, 0.3, 0.15, LAND),
    ),
    "dog": (
        Look(animals.dog_face, 0.6, 0.25, HOME),
        Look(animals.dog_whole, 0.4, 0.12, (*HOME, grounds.street)),
    ),
    "frog": (
        Look(birds.frog_side, 0.6, 0.3, (grounds.leaves, grounds.field, *HOME)),
        Look(birds.frog_front, 0.4, 0.3, (grounds.leaves, grounds.field, *HOME)),
    ),
    "horse": (
        Look(animals.horse_whole, 0.7, 0.1, LAND),
        Look(animals.horse_head, 0.3, 0.2, (*LAND, grounds.room)),
    ),
    "ship": (
        Look(vehicles.steamer, 0.6, 0.08, (grounds.sea, grounds.sea, grounds.sky)),
        Look(vehicles.sailer, 0.4, 0.12, (grounds.sea, grounds.sea, grounds.sky)),
    ),
    "truck": (
        Look(vehicles.lorry, 0.65, 0.1, ROADS),
        Look(vehicles.lorry_front, 0.35, 0.06, ROADS),
    ),
}


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of CIFAR-10.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same pictures.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x` uint8 (N, 32, 32, 3) and `y` uint8 (N,), 0 to 9; under "shared", `classes`,
        their names.
    """
    rng = np.random.default_rng(seed)
    made = {split: _split(count, rng) for split, count in rows.items()}
    return {**made, "shared": {"classes": np.array(CLASSES)}}


def _split(count: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    labels = rng.integers(len(CLASSES), size=count)
    draws = rng.random(count)
    images = np.empty((count, SIZE, SIZE, 3), dtype=np.uint8)
    for label, name in enumerate(CLASSES):
        reached = 0.0
        for look in LOOKS[name]:
            chosen = (labels == label) & (draws >= reached) & (draws < reached + look.share)
            reached += look.share
            places = np.flatnonzero(chosen)
            for start in range(0, len(places), BATCH):
                some = places[start : start + BATCH]
                images[some] = _pictures(look, Dice(rng, len(some), SIZE, SIZE))
    return {"x": images, "y": labels.astype(np.uint8)}


def _pictures(look: Look, dice: Dice) -> np.ndarray:
    canvas = Canvas(_background(look, dice))
    size = dice.between(*SIZES)
    # The larger an object, the less it can be off the middle; the largest are cut by the edge.
    free = np.maximum(17 - 0.6 * size, 3.5)
    pose = Pose(
        SIZE,
        SIZE,
        x=dice.around(MIDDLE, 0.32 * free),
        y=dice.around(MIDDLE, 0.32 * free),
        size=size,
        turn=dice.around(0, look.turn / 1.5),
        stretch=dice.between(0.75, 1.25),
        mirrored=dice.chance(0.5),
    )
    look.draw(canvas, pose, dice)
    _stand_out(canvas)
    # Haze, dusk or glare takes the object nearer to its background.
    canvas.picture = canvas.ground + dice.between(*CLEAR)[..., None] * (
        canvas.picture - canvas.ground
    )
    _cover(canvas, dice)
    return finish(dice, canvas.picture, BLURRED, GRAIN)


def _stand_out(canvas: Canvas) -> None:
    """Make objects lighter or darker that are as light as what is behind them."""
    differs = canvas.covered * (canvas.picture - canvas.ground).mean(axis=3)
    apart = differs.sum(axis=(1, 2)) / (canvas.covered.sum(axis=(1, 2)) + 1)
    push = np.where(apart < 0, -1, 1) * np.maximum(CONTRAST - np.abs(apart), 0)
    canvas.picture += (canvas.covered * push[:, None, None])[..., None]


def _cover(canvas: Canvas, dice: Dice) -> None:
    """Put something before some objects: a stem, a post, tufts of grass, the edge of a thing."""
    pose = Pose(SIZE, SIZE, MIDDLE, MIDDLE, MIDDLE)
    u, lean = dice.between(-0.7, 0.7), dice.around(0, 0.4)
    width = dice.between(0.04, 0.16)
    post = pose.limb((u - lean, -1.2), (u + lean, 1.2), width, width)
    grass = 1 - pose.above(dice.between(0.5, 0.9) + 0.2 * dice.noise(12)[:, :1, :])
    stems = dice.chance(POSTS)
    tufts = dice.chance(TUFTS) * (1 - stems)
    canvas.paint(post * stems, dice.colour(*grounds.GREEN, *grounds.WALL), 1 + 0.1 * dice.noise(8))
    canvas.paint(
        grass * tufts, dice.colour(*grounds.GREEN, *grounds.EARTH), 1 + 0.1 * dice.noise(8)
    )


def _background(look: Look, dice: Dice) -> np.ndarray:
    """Draw a background for each picture, of one of the look's kinds."""
    kinds = dice.rng.integers(len(look.grounds), size=dice.count)
    picture = np.empty((dice.count, SIZE, SIZE, 3), dtype=np.float32)
    for kind, ground in enumerate(look.grounds):
        places = np.flatnonzero(kinds == kind)
        if len(places):
            picture[places] = ground(Dice(dice.rng, len(places), SIZE, SIZE))
    return picture
