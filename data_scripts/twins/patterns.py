"""Draw regular pictures whose every pixel is known by a formula, to see what a filter does to them."""

from __future__ import annotations

import numpy as np

from data_scripts.twins.coloured import Canvas, Pose

SIZE = 256
RED, BLUE, GREEN, YELLOW = (0.85, 0.15, 0.12), (0.1, 0.3, 0.75), (0.1, 0.55, 0.25), (0.95, 0.8, 0.1)


def shapes() -> np.ndarray:
    """Draw a disk, a square, a triangle and a ring on white: edges in all directions."""
    canvas = Canvas(np.ones((1, SIZE, SIZE, 3), dtype=np.float32))
    middle = (SIZE - 1) / 2
    pose = Pose(SIZE, SIZE, middle, middle, middle)
    ring = pose.ellipse(0.48, 0.48, 0.36, 0.36) * (1 - pose.ellipse(0.48, 0.48, 0.22, 0.22))
    for coverage, colour in (
        (pose.ellipse(-0.48, -0.48, 0.36, 0.36), RED),
        (pose.box(0.14, -0.82, 0.82, -0.14), BLUE),
        (pose.convex((-0.48, 0.1), (-0.1, 0.82), (-0.86, 0.82)), GREEN),
        (ring, YELLOW),
    ):
        canvas.paint(coverage, np.array([colour], dtype=np.float32))
    return as_bytes(canvas.picture[0])


def stripes() -> np.ndarray:
    """Draw black and white stripes: upright in the upper half, level in the lower one, ever finer."""
    place = np.arange(SIZE)
    # Widths of 32, 16, 8, 4 and 2 pixels, then 1.
    edges = np.cumsum([0] + [32] * 2 + [16] * 4 + [8] * 4 + [4] * 8 + [2] * 16 + [1] * 32)
    bright = (np.searchsorted(edges, place, side="right") % 2).astype(np.float32)
    half = SIZE // 2
    picture = np.empty((SIZE, SIZE), dtype=np.float32)
    picture[:half] = bright[None, :]
    picture[half:] = bright[:half, None]
    return as_bytes(np.repeat(picture[..., None], 3, axis=2))


def checkerboard() -> np.ndarray:
    """Draw 16 x 16 squares of 16 pixels, black and white."""
    place = np.arange(SIZE) // 16
    board = (place[:, None] + place[None, :]) % 2
    return as_bytes(np.repeat(board[..., None], 3, axis=2).astype(np.float32))


def gradient() -> np.ndarray:
    """Draw red growing to the right, green growing downwards, and blue half-way."""
    share = np.linspace(0, 1, SIZE, dtype=np.float32)
    red, green = np.broadcast_arrays(share[None, :], share[:, None])
    return as_bytes(np.stack([red, green, np.full_like(red, 0.5)], axis=2))


def rings() -> np.ndarray:
    """Draw grey rings, finer outwards as fine as a pixel: what coarse sampling cannot keep."""
    place = np.arange(SIZE, dtype=np.float64) - (SIZE - 1) / 2
    square = place[:, None] ** 2 + place[None, :] ** 2
    # The wave turns by pi from pixel to pixel at the middle of the edges.
    wave = 0.5 + 0.5 * np.cos(np.pi * square / SIZE)
    return as_bytes(np.repeat(wave[..., None], 3, axis=2))


def as_bytes(picture: np.ndarray) -> np.ndarray:
    """Turn values from 0 to 1 into uint8."""
    return np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
