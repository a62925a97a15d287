"""Pictures drawn by a program: patterns, a scene, brush strokes, and twins of two photographs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.twins import grounds, patterns, vehicles
from data_scripts.twins.coloured import Canvas, Dice, Pose
from data_scripts.twins.patterns import as_bytes

# The size of scikit-learn's photographs.
HEIGHT, WIDTH = 427, 640
SCENE = (288, 384)


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of the pictures: those that are drawn anyway, and two for the photographs.

    Parameters
    ----------
    rows : mapping of str to int
        Empty: the pictures belong to no split.
    seed : int
        The same seed gives the same pictures.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "shared", by name, pictures uint8 (height, width, 3).
    """
    photographs = {"china": temple(seed), "flower": blossom(seed)}
    return {"shared": photographs | drawn()}


def drawn() -> dict[str, np.ndarray]:
    """Draw the pictures that are no photographs, by name."""
    return {
        "shapes": patterns.shapes(),
        "stripes": patterns.stripes(),
        "checkerboard": patterns.checkerboard(),
        "gradient": patterns.gradient(),
        "rings": patterns.rings(),
        "scene": scene(7),
        "strokes": strokes(7),
    }


def scene(seed: int) -> np.ndarray:
    """Draw a car before a house and a tree, in the sun: uint8 (288, 384, 3)."""
    height, width = SCENE
    dice = Dice(np.random.default_rng(seed), 1, height, width)
    canvas = Canvas(_land(dice, 0.62, (0.45, 0.68, 0.92), (0.35, 0.5, 0.2)))
    pose = Pose(height, width, width / 2, height / 2, height / 2)
    canvas.paint(pose.ellipse(-0.95, -0.72, 0.14, 0.14), _ink(0.98, 0.88, 0.35))
    canvas.paint(pose.box(-2, 0.62, 2, 1.1), _ink(0.42, 0.42, 0.44), 1 + 0.04 * dice.noise(60))
    canvas.paint(pose.box(0.1, -0.25, 0.95, 0.42), _ink(0.88, 0.8, 0.62))
    roof = ((0.0, -0.25), (0.3, -0.68), (0.75, -0.68), (1.05, -0.25))
    tiles = 1 + 0.08 * np.sign(np.sin(pose.v * 60))
    canvas.paint(pose.convex(*roof), _ink(0.65, 0.22, 0.16), tiles)
    for left in (0.2, 0.68):
        canvas.paint(pose.box(left, -0.12, left + 0.18, 0.1), _ink(0.25, 0.35, 0.45))
        canvas.paint(pose.box(left + 0.08, -0.12, left + 0.1, 0.1), _ink(0.95, 0.95, 0.95))
    canvas.paint(pose.box(0.44, 0.02, 0.6, 0.42), _ink(0.35, 0.2, 0.12))
    canvas.paint(pose.limb((-0.6, 0.5), (-0.6, -0.1), 0.06, 0.05), _ink(0.35, 0.24, 0.15))
    for _ in range(40):
        u, v = (float(dice.around(middle, 0.16)[0, 0, 0]) for middle in (-0.6, -0.3))
        leaf = dice.colour((0.2, 0.42, 0.15), (0.3, 0.5, 0.2))
        canvas.paint(pose.ellipse(u, v, 0.12, 0.09), leaf)
    small = Pose(height, width, width * 0.42, height * 0.76, height * 0.17, stretch=1.3)
    vehicles.car(canvas, small, dice)
    return _grainy(dice, canvas)


def strokes(seed: int) -> np.ndarray:
    """Draw swirls of thick brush strokes, a style to be transferred: uint8 (288, 384, 3)."""
    height, width = SCENE
    rng = np.random.default_rng(seed)
    dice = Dice(rng, 1, height, width)
    flow = 2.2 * dice.noise(4)[0]
    canvas = np.full((height, width, 3), (0.1, 0.15, 0.35), dtype=np.float32)
    inks = np.array(
        [
            (0.1, 0.2, 0.55),
            (0.2, 0.45, 0.75),
            (0.9, 0.75, 0.2),
            (0.85, 0.9, 0.85),
            (0.1, 0.35, 0.35),
        ]
    )
    fields = np.stack([dice.noise(5)[0] for _ in inks])
    for _ in range(2000):
        y, x = int(rng.integers(height)), int(rng.integers(width))
        length, thick = rng.uniform(8, 17), rng.uniform(2, 4)
        angle = flow[y, x]
        # Each ink has regions where it is likely.
        ink = inks[np.argmax(fields[:, y, x] + 0.6 * rng.standard_normal(len(inks)))]
        ink = ink * rng.uniform(0.8, 1.2) + 0.04 * rng.standard_normal(3)
        top, left = max(0, y - 20), max(0, x - 20)
        down, right = np.mgrid[top : min(height, y + 21), left : min(width, x + 21)]
        along = (right - x) * np.cos(angle) + (down - y) * np.sin(angle)
        aside = (down - y) * np.cos(angle) - (right - x) * np.sin(angle)
        # A stroke bends a little and has a ridge of paint.
        aside = aside + 0.006 * along**2
        away = np.hypot(np.maximum(np.abs(along) - length, 0), aside)
        share = np.clip(thick - away + 0.5, 0, 1)[..., None]
        ridge = (1 + 0.18 * np.cos(aside * 2.5))[..., None]
        patch = canvas[top : top + len(down), left : left + down.shape[1]]
        patch += (share * (ink * ridge - patch)).astype(np.float32)
    return as_bytes(canvas)


def temple(seed: int) -> np.ndarray:
    """Draw a temple with curved roofs between trees, for china.jpg: uint8 (427, 640, 3)."""
    dice = Dice(np.random.default_rng(seed), 1, HEIGHT, WIDTH)
    canvas = Canvas(_land(dice, 0.75, (0.72, 0.82, 0.92), (0.6, 0.58, 0.5)))
    pose = Pose(HEIGHT, WIDTH, WIDTH / 2, HEIGHT / 2, HEIGHT / 2)
    for _ in range(150):
        side = float(dice.either(0.5, -1.0, 1.0)[0, 0, 0])
        u, v = (
            side * float(dice.between(0.75, 1.6)[0, 0, 0]),
            float(dice.between(-0.2, 0.5)[0, 0, 0]),
        )
        canvas.paint(
            pose.ellipse(u, v, 0.12, 0.09), dice.colour((0.2, 0.32, 0.15), (0.3, 0.4, 0.18))
        )
    canvas.paint(pose.box(-1.0, 0.42, 1.0, 0.62), _ink(0.78, 0.76, 0.7), 1 + 0.03 * dice.noise(50))
    for story, (half, floor) in enumerate(((0.8, 0.42), (0.62, -0.02), (0.42, -0.42))):
        wall = pose.box(-half * 0.85, floor - 0.25, half * 0.85, floor)
        canvas.paint(wall, _ink(0.6, 0.18, 0.13), 1 + 0.04 * dice.noise(60))
        posts = np.clip(6 * (np.cos(pose.u * 2 * np.pi / 0.17) - 0.75), 0, 1)
        canvas.paint(wall * posts, _ink(0.75, 0.3, 0.18))
        canvas.paint(
            pose.box(-half * 0.85, floor - 0.25, half * 0.85, floor - 0.2), _ink(0.15, 0.35, 0.4)
        )
        # The eaves rise towards their ends.
        lift = 0.16 * np.clip(np.abs(pose.u) / half, 0, 1.15) ** 4
        level = pose.v + lift
        slope = half * 1.12 - (floor - 0.22 - level) * 1.6
        roof = np.clip((slope - np.abs(pose.u)) * pose.pixels + 0.5, 0, 1)
        roof = roof * np.clip((level - floor + 0.42) * pose.pixels + 0.5, 0, 1)
        roof = roof * np.clip((floor - 0.22 - level) * pose.pixels + 0.5, 0, 1)
        tiles = 0.95 + 0.15 * np.sin(pose.u * 150 / (1 + 0.2 * story))
        canvas.paint(roof, _ink(0.72, 0.55, 0.2), tiles)
    canvas.paint(pose.limb((0.0, -0.82), (0.0, -0.93), 0.03, 0.01), _ink(0.8, 0.65, 0.2))
    return _grainy(dice, canvas)


def blossom(seed: int) -> np.ndarray:
    """Draw a flower of many petals before leaves, for flower.jpg: uint8 (427, 640, 3)."""
    rng = np.random.default_rng(seed + 1)
    dice = Dice(rng, 1, HEIGHT, WIDTH)
    canvas = Canvas(grounds.leaves(dice) * 0.6)
    pose = Pose(HEIGHT, WIDTH, WIDTH * 0.55, HEIGHT * 0.5, HEIGHT / 2)
    canvas.paint(pose.limb((0.05, 0.2), (0.2, 1.2), 0.035, 0.04), _ink(0.3, 0.45, 0.15))
    away, around = np.hypot(pose.u, pose.v), np.arctan2(pose.v, pose.u)
    for ring in range(7):
        reach = 0.88 - 0.12 * ring
        count = 22 - 2 * ring
        shades = 0.55 + 0.5 * np.clip(away / reach, 0, 1)
        for petal in range(count):
            angle = 2 * np.pi * (petal + 0.5 * (ring % 2)) / count + 0.03 * rng.standard_normal()
            tip = (reach * float(np.cos(angle)), reach * float(np.sin(angle)))
            shape = pose.limb((0.45 * tip[0], 0.45 * tip[1]), tip, 0.06, 0.075)
            colour = dice.colour((0.9 - 0.03 * ring, 0.35 + 0.06 * ring, 0.12), spread=0.03)
            fold = np.clip(6 * np.abs(np.sin((around - np.float32(angle)) / 2)), 0, 0.5)
            canvas.paint(shape, colour, shades - 0.5 * fold)
    canvas.paint(
        pose.ellipse(0.0, 0.0, 0.13, 0.13), _ink(0.95, 0.75, 0.2), 1 + 0.2 * dice.noise(200)
    )
    return _grainy(dice, canvas)


def _grainy(dice: Dice, canvas: Canvas) -> np.ndarray:
    grain = dice.rng.standard_normal(canvas.picture.shape, dtype=np.float32)
    return as_bytes((canvas.picture + 0.012 * grain)[0])


def _ink(red: float, green: float, blue: float) -> np.ndarray:
    return np.array([[red, green, blue]], dtype=np.float32)


def _land(
    dice: Dice,
    level: float,
    sky: tuple[float, float, float],
    ground: tuple[float, float, float],
) -> np.ndarray:
    """Draw clouds above and a rough ground below; `level` is the share that is sky."""
    down = np.linspace(0, 1, dice.height, dtype=np.float32)[None, :, None, None]
    clouds = np.clip(dice.noise(5) * 0.5 + 0.3 * dice.noise(14), 0, 0.9)[..., None]
    high = np.array(sky, dtype=np.float32) * (0.85 + 0.3 * down)
    high = high + clouds * (0.97 - high)
    low = np.array(ground, dtype=np.float32) * (1 + 0.07 * dice.noise(80))[..., None]
    return np.where(down < level, high, low)
