"""Twin of cats vs dogs: drawn cats and dogs in drawn surroundings, packed as small JPEG photos.

Pose, size, place, colours, fur and light are drawn alike for both, so that neither a colour nor the
mean picture tells them apart; only that dogs are outdoors somewhat more often, as in the photos.
What tells them apart are ears, muzzle, eyes, legs and tail, wherever they are and however large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from data_scripts.photo_source import CLASSES
from data_scripts.ragged import Arrays, Ragged
from data_scripts.twins.pet_body import POSES, draw_animal
from data_scripts.twins.pet_canvas import Canvas, Dice, Textures, jpeg
from data_scripts.twins.pet_kinds import cat, dog
from data_scripts.twins.pet_looks import Looks, coat
from data_scripts.twins.pet_scenery import behind, in_front, marks, new_canvas

DRAW: dict[str, Callable[[Dice], Looks]] = {"cat": cat, "dog": dog}
# As in the mirror's photos: pixels of the shorter side, and how many of them are smaller.
SHORTER = 128
SMALL_SHARE = 0.02
# How many pictures show hardly more than a head.
PORTRAITS = 0.37
# Radius of a head as a share of the picture's shorter side, by pose.
SIZES = {"portrait": (0.22, 0.42), "sit": (0.12, 0.2), "stand": (0.1, 0.17), "lie": (0.12, 0.21)}


def make(rows: Mapping[str, int], seed: int) -> dict[str, Arrays]:
    """Make the twin of cats vs dogs.

    Parameters
    ----------
    rows : mapping of str to int
        Pictures wanted of each split.
    seed : int
        The same seed gives the same pictures.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, as `data_scripts.cats_dogs.read` gives them: cats and dogs by turns.
    """
    rng = np.random.default_rng(seed)
    textures = Textures(rng)
    splits = {split: _split(count, rng, textures) for split, count in rows.items()}
    return {**splits, "shared": {"classes": np.array(CLASSES)}}


def animal_picture(dice: Dice, textures: Textures, looks: Looks, shorter: int) -> np.ndarray:
    """Draw one animal in its surroundings.

    Parameters
    ----------
    dice : Dice
        Draws everything that varies.
    textures : Textures
        What fur and surroundings look like.
    looks : Looks
        The measures of the animal.
    shorter : int
        Pixels of the shorter side.

    Returns
    -------
    np.ndarray
        uint8 (height, width, 3).
    """
    outdoors = dice.chance(looks.outdoors)
    canvas: Canvas = new_canvas(dice, shorter, outdoors)
    behind(dice, canvas, outdoors)
    pose = "portrait" if dice.chance(PORTRAITS) else POSES[1 + dice.below(len(POSES) - 1)]
    size = dice.between(*SIZES[pose]) * shorter
    x = canvas.width * dice.between(0.3, 0.7)
    y = canvas.height * (dice.between(0.35, 0.6) if pose == "portrait" else dice.between(0.2, 0.5))
    draw_animal(canvas, dice, looks, coat(dice), pose, (x, y), size)
    in_front(dice, canvas)
    return canvas.finish(dice, textures, marks(dice, textures, canvas))


def _split(count: int, rng: np.random.Generator, textures: Textures) -> Arrays:
    packed = []
    for row in range(count):
        dice = Dice(rng)
        shorter = SHORTER
        if dice.chance(SMALL_SHARE):
            shorter = round(dice.between(48, SHORTER))
        looks = DRAW[CLASSES[row % len(CLASSES)]](dice)
        packed.append(jpeg(animal_picture(dice, textures, looks, shorter)))
    labels = np.arange(count) % len(CLASSES)
    return {**Ragged.of_bytes(packed).arrays("jpeg"), "y": labels.astype(np.uint8)}
