"""Twin of the raccoons: drawn scenes with animals and cars of five classes, some hidden in part.

A box is that of what can be seen of an object, to the pixel. It has more classes than the real set,
whose only class comes first.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from data_scripts.raccoons import pack
from data_scripts.ragged import Arrays
from data_scripts.twins import animals, birds, grounds, raccoon, vehicles
from data_scripts.twins.coloured import Canvas, Dice, Pose, finish

# By label: the name, and the ways to draw it.
DRAW = (
    ("raccoon", (raccoon.face, raccoon.whole)),
    ("dog", (animals.dog_whole, animals.dog_face)),
    ("bird", (birds.bird_perched, birds.bird_long)),
    ("frog", (birds.frog_side, birds.frog_front)),
    ("automobile", (vehicles.car, vehicles.car_front)),
)
# How often each class comes: raccoons most of all, as the set is theirs.
SHARES = (0.4, 0.15, 0.15, 0.15, 0.15)
LONGER = 320
# Of each object at least so much stays in sight, and each side of its box has so many pixels.
LEAST_SEEN, LEAST_PIXELS = 0.45, 12
# Places that are tried for an object before the scene goes without it.
TRIES = 12
QUALITY = 85


@dataclass(slots=True)
class _Thing:
    """An object in a scene: what it is, the pixels that it covers, and those that are still seen."""

    label: int
    own: np.ndarray
    seen: np.ndarray


def make(rows: Mapping[str, int], seed: int) -> dict[str, Arrays]:
    """Make the twin of the raccoons.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same scenes and boxes; the bytes of the JPEG files may differ
        between versions of the library that writes them.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As `data_scripts.raccoons.read`.
    """
    rng = np.random.default_rng(seed)
    made = {}
    for split, count in rows.items():
        scenes = [_scene(rng) for _ in range(count)]
        made[split] = pack(*(list(part) for part in zip(*scenes, strict=True)))
    return {**made, "shared": {"classes": np.array([name for name, _ in DRAW])}}


def _scene(rng: np.random.Generator) -> tuple[bytes, list[tuple[float, ...]], list[int]]:
    """Draw a scene with one to five objects; give its JPEG file, boxes and labels."""
    shorter = int(rng.integers(180, LONGER + 1))
    height, width = (shorter, LONGER) if rng.random() < 0.75 else (LONGER, shorter)
    dice = Dice(rng, 1, height, width)
    kinds = (grounds.field, grounds.street, grounds.leaves, grounds.room)
    picture = np.array(kinds[rng.integers(len(kinds))](dice))
    # Finer than the grounds of small pictures are.
    picture *= (1 + 0.05 * dice.noise(60) + 0.04 * dice.noise(120))[..., None]
    things: list[_Thing] = []
    wanted = 1 + int(rng.binomial(4, 0.4))
    # The largest stand in front: they are drawn last.
    for size in sorted(rng.uniform(0.1, 0.42, size=wanted) * shorter):
        for _ in range(TRIES):
            if _place(picture, things, float(size), rng):
                break
    final = finish(dice, picture, 0.5, 0.02)[0]
    boxes = [_box(thing.seen) for thing in things]
    return _jpeg(final), boxes, [thing.label for thing in things]


def _place(
    picture: np.ndarray, things: list[_Thing], size: float, rng: np.random.Generator
) -> bool:
    """Draw an object at a random place in front of all others, unless it hides too much of one."""
    height, width = picture.shape[1:3]
    label = int(rng.choice(len(DRAW), p=SHARES)) if things else 0
    ways = DRAW[label][1]
    x, y = (
        rng.uniform(0.6 * size, width - 0.6 * size),
        rng.uniform(0.35 * height, height - 0.5 * size),
    )
    reach = int(1.5 * size) + 2
    top, left = max(0, int(y) - reach), max(0, int(x) - reach)
    window = np.s_[top : min(height, int(y) + reach), left : min(width, int(x) + reach)]
    rows, columns = picture[0][window].shape[:2]
    canvas = Canvas(picture[:, window[0], window[1]])
    pose = Pose(
        rows,
        columns,
        np.float32(x - left),
        np.float32(y - top),
        np.float32(size),
        turn=np.float32(rng.normal(0, 0.06)),
        stretch=np.float32(rng.uniform(0.85, 1.2)),
        mirrored=np.float32(rng.integers(2)),
    )
    ways[rng.integers(len(ways))](canvas, pose, Dice(rng, 1, rows, columns))
    own = np.zeros((height, width), dtype=bool)
    own[window] = canvas.covered[0] > 0.5
    hidden = [thing.seen & ~own for thing in things]
    enough = all(
        _is_seen(left_over, thing.own) for left_over, thing in zip(hidden, things, strict=True)
    )
    if not enough or not _is_seen(own, own):
        return False
    for thing, left_over in zip(things, hidden, strict=True):
        thing.seen = left_over
    things.append(_Thing(label, own, own))
    picture[:, window[0], window[1]] = canvas.picture
    return True


def _is_seen(seen: np.ndarray, own: np.ndarray) -> bool:
    if seen.sum() < max(LEAST_SEEN * own.sum(), 1):
        return False
    xmin, ymin, xmax, ymax = _box(seen)
    return min(xmax - xmin, ymax - ymin) >= LEAST_PIXELS


def _box(seen: np.ndarray) -> tuple[float, ...]:
    """Give the box around the pixels that are seen: xmin, ymin, xmax, ymax."""
    columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)


def _jpeg(picture: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()
