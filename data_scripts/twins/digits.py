"""Twin of MNIST: scikit-learn's real 8 x 8 digits, enlarged, moved, turned, bent and redrawn.

The scans are few (1,797), so each is used many times, never twice alike. Those of the test rows are
other scans than those of the training rows: a network that knows the training scans by heart gains
nothing on the test.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.ragged import Arrays

SIZE = 28
# A scan's 8 x 8 cells, with a margin of two around them, are enlarged to FINE x FINE points first;
# pictures are then sampled from there.
CELL = 5
MARGIN = 2
FINE = CELL * (8 + 2 * MARGIN)
# A scan's 8 cells fill about 20 of the picture's 28 pixels, as MNIST's digits do: so many points
# has a pixel.
STEP = CELL * 8 / 20
# One scan in five is kept for the test.
TEST_SHARE = 0.2
# Pictures that are made at a time: few enough to stay in the processor's cache.
BATCH = 250

# How strongly a scan is changed: standard deviations (radians; slope; pixels; pixels) and ranges
# (factor; pixels from the middle of a stroke to its edge). Set so that a linear model and the
# book's network score about as on MNIST.
TURN = 0.05
SLANT = 0.08
SHIFT = 0.25
BEND = 0.25
SCALE = (0.93, 1.07)
PEN = (1.0, 2.1)


def make(rows: Mapping[str, int], seed: int) -> dict[str, Arrays]:
    """Make the twin of MNIST.

    Parameters
    ----------
    rows : mapping of str to int
        Rows wanted of "train" and of "test".
    seed : int
        The same seed gives the same pictures.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x`: images uint8 (N, 28, 28), white on black, and `y`: labels uint8 (N,), 0 to 9.
    """
    rng = np.random.default_rng(seed)
    scans, labels = _scans()
    train, test = _disjoint(labels, rng)
    return {
        split: _split(scans, chosen, rows[split], rng)
        for split, chosen in (("train", train), ("test", test))
    }


def _scans() -> tuple[np.ndarray, np.ndarray]:
    """Give for each point of each enlarged scan how far it lies from a stroke's middle, and labels.

    The distance is in points, and negative.
    """
    # scikit-learn takes a second to import: only who makes a twin waits for it.
    from scipy import ndimage
    from sklearn.datasets import load_digits

    digits = load_digits()
    padded = np.pad(digits.images.astype(np.float32), ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN)))
    # Cubic splines along one axis are a matrix: much faster than to enlarge scan by scan.
    cells = np.eye(padded.shape[1], dtype=np.float32)
    enlarge = np.stack(
        [ndimage.zoom(cell, CELL, order=3, grid_mode=True, mode="grid-constant") for cell in cells]
    )
    fine = enlarge.T @ padded @ enlarge
    # A stroke is where a scan is bright for its surroundings: one bound for all would break thin
    # strokes.
    around = (1, 2 * CELL + 1, 2 * CELL + 1)
    surroundings = ndimage.uniform_filter(ndimage.maximum_filter(fine, around), around)
    shape = fine > 0.5 * np.maximum(surroundings, 5)
    # Depth within the shape, less the depth of the stroke's middle nearby: so a broad stroke can be
    # drawn with a thin pen. Measured on one sheet that holds all scans, one below the other: their
    # margins keep them apart.
    sheet = shape.reshape(-1, FINE)
    depth = ndimage.distance_transform_edt(sheet) - ndimage.distance_transform_edt(~sheet)
    depth = depth.astype(np.float32).reshape(shape.shape)
    middle = ndimage.maximum_filter(depth, (1, 2 * CELL - 1, 2 * CELL - 1))
    middle = ndimage.uniform_filter(np.maximum(middle, 0), (1, CELL, CELL))
    return depth - middle, digits.target.astype(np.uint8)


def _disjoint(
    labels: np.ndarray, rng: np.random.Generator
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Give the numbers of the scans for training and for testing, by class."""
    train, test = [], []
    for label in range(10):
        order = rng.permutation(np.flatnonzero(labels == label))
        cut = round(len(order) * TEST_SHARE)
        train.append(order[cut:])
        test.append(order[:cut])
    return train, test


def _split(
    scans: np.ndarray, chosen: list[np.ndarray], count: int, rng: np.random.Generator
) -> Arrays:
    labels = rng.integers(10, size=count)
    # A number between 0 and 1 picks a scan of the label's class, however many the class has.
    share = rng.random(count)
    picks = np.array(
        [
            chosen[label][int(part * len(chosen[label]))]
            for label, part in zip(labels, share, strict=True)
        ]
    )
    batches = [
        _pictures(scans[picks[start : start + BATCH]], rng) for start in range(0, count, BATCH)
    ]
    return {"x": np.concatenate(batches), "y": labels.astype(np.uint8)}


def _pictures(scans: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    x, y = _sources(scans, rng)
    pen = rng.uniform(*PEN, size=(len(scans), 1, 1)).astype(np.float32)
    # An edge is one pixel wide, so that pictures are smooth as MNIST's are.
    ink = np.clip(_sample(scans, x, y) / STEP + pen + 0.5, 0, 1)
    return np.rint(ink * 255).astype(np.uint8)


def _sources(scans: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Give for each pixel of each picture the point of the enlarged scan that it shows."""
    count = len(scans)

    def draw(deviation: float) -> np.ndarray:
        return rng.normal(0, deviation, size=(count, 1, 1)).astype(np.float32)

    grid = np.arange(SIZE, dtype=np.float32) - (SIZE - 1) / 2
    x = grid[None, None, :] - draw(SHIFT) + _bend(count, rng)
    y = grid[None, :, None] - draw(SHIFT) + _bend(count, rng)
    turn, slant = draw(TURN), draw(SLANT)
    scale = STEP / rng.uniform(*SCALE, size=(2, count, 1, 1)).astype(np.float32)
    across = (np.cos(turn) * x + np.sin(turn) * y + slant * y) * scale[0]
    down = (np.cos(turn) * y - np.sin(turn) * x) * scale[1]
    # MNIST puts a digit's centre of mass in the middle; so do we.
    middle_x, middle_y = _centres(scans)
    return across + middle_x, down + middle_y


def _bend(count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw a smooth displacement for each pixel, in pixels: few numbers on a smooth basis."""
    knots = 5
    position = np.linspace(0, knots - 1, SIZE)[:, None] - np.arange(knots)[None, :]
    basis = np.exp(-(position**2)).astype(np.float32)
    weights = rng.normal(0, BEND, size=(count, knots, knots)).astype(np.float32)
    return basis @ weights @ basis.T


def _centres(scans: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ink = (scans > -STEP).astype(np.float32)
    mass = ink.sum(axis=(1, 2))
    place = np.arange(FINE, dtype=np.float32)
    across = ink.sum(axis=1) @ place / mass
    down = ink.sum(axis=2) @ place / mass
    return across[:, None, None], down[:, None, None]


def _sample(scans: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Read each scan between its points by linear interpolation; outside, its edge goes on."""
    x = np.clip(x, 0, FINE - 1.001)
    y = np.clip(y, 0, FINE - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    dx, dy = x - left, y - top
    start = (np.arange(len(scans), dtype=np.int32) * FINE * FINE)[:, None, None]
    corner = start + top * FINE + left
    flat = scans.ravel()
    upper = flat[corner] * (1 - dx) + flat[corner + 1] * dx
    lower = flat[corner + FINE] * (1 - dx) + flat[corner + FINE + 1] * dx
    return upper * (1 - dy) + lower * dy
