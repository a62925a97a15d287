"""Turns a student's own drawing into an image like those of MNIST."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 28
BOX = 20  # MNIST scales every digit into a box of 20 x 20 pixels
STROKE = 2.5  # pixels; thinner lines are thickened, a network for MNIST has not seen them
_CANVAS = 160  # work is done at this size, then scaled down, so that edges become grey


def from_text(text: str) -> np.ndarray:
    """Return the drawing that rows of ``#`` (ink) and ``.`` or spaces (paper) make.

    Each character is a square, so draw about as many columns as rows.

    Parameters
    ----------
    text
        The rows, one a line; empty lines above and below do not count.

    Returns
    -------
    np.ndarray
        uint8 of shape (28, 28), white on black, the centre of mass in the middle.

    Raises
    ------
    ValueError
        If there is no ink or another character.
    """
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    for number, line in enumerate(lines, start=1):
        strange = sorted(set(line) - set("#. "))
        if strange:
            raise ValueError(
                f"Line {number} of the drawing has {strange[0]!r}: use # for ink and . for paper."
            )
    width = max((len(line) for line in lines), default=0)
    ink = np.array(
        [[char == "#" for char in line.ljust(width)] for line in lines], dtype=np.float64
    )
    return _like_mnist(ink.reshape(len(lines), width))


def from_file(path: str | Path) -> np.ndarray:
    """Return the drawing in an image file, such as a photo of one digit on paper.

    Parameters
    ----------
    path
        A PNG, JPEG or other file that Pillow reads; dark ink on light paper or the reverse.

    Returns
    -------
    np.ndarray
        uint8 of shape (28, 28), white on black, the centre of mass in the middle.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no image, or nothing is drawn on it.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError:
        raise ValueError(f"{path} is no image that can be read. Save it as PNG or JPEG.") from None
    paper = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(paper, picture).convert("L")
    grey.thumbnail((600, 600))
    pixels = np.asarray(grey, dtype=np.float64)
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    ink = np.abs(pixels - np.median(border))
    if ink.max() < 40:  # of 255: shades of the paper, no line
        raise ValueError(f"Nothing is drawn in {path}: draw one digit, dark on light, and save it.")
    return _like_mnist(np.clip(ink / ink.max() * 2 - 0.6, 0, 1))


def _like_mnist(ink: np.ndarray) -> np.ndarray:
    """Crop, thicken, scale into the box and centre; `ink` is 0 to 1 of any shape."""
    from PIL import Image, ImageFilter

    marked = ink > 0.3
    if not marked.any():
        raise ValueError("The drawing is empty: use # for ink and . for paper.")
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    picture = Image.fromarray(np.round(ink * 255).astype(np.uint8))
    picture = _scaled(picture, _CANVAS, Image.Resampling.BILINEAR)
    # Half ink between two marks that touch at a corner becomes full ink: the line does not break.
    picture = picture.point(lambda grey: max(0, min(255, 4 * grey - 255)))
    margin = _CANVAS // 8
    canvas = Image.new("L", tuple(size + 2 * margin for size in picture.size))
    canvas.paste(picture, (margin, margin))
    missing = STROKE - _stroke_width(np.asarray(canvas)) * BOX / _CANVAS
    if missing > 0.2:
        reach = round(missing / 2 * _CANVAS / BOX)
        canvas = canvas.filter(ImageFilter.MaxFilter(2 * reach + 1))
    canvas = canvas.crop(canvas.getbbox())
    small = np.asarray(_scaled(canvas, BOX, Image.Resampling.BOX), dtype=np.float64)
    return _centred(small * 255 / small.max())


def _scaled(picture: Image, longer_side: int, resampling: int) -> Image:
    factor = longer_side / max(picture.size)
    size = tuple(max(1, round(side * factor)) for side in picture.size)
    return picture.resize(size, resampling)


def _stroke_width(pixels: np.ndarray) -> float:
    """Estimate the width of the lines: one of length n and width w has area nw and outline 2n."""
    marked = np.pad(pixels > 127, 1)
    outline = sum(np.count_nonzero(np.diff(marked, axis=axis)) for axis in (0, 1))
    return 2 * np.count_nonzero(marked) / max(outline, 1)


def _centred(small: np.ndarray) -> np.ndarray:
    height, width = small.shape
    weights = small / small.sum()
    middle = ((weights.sum(axis=1) @ np.arange(height)), (weights.sum(axis=0) @ np.arange(width)))
    top, left = (
        int(np.clip(round((SIDE - 1) / 2 - centre), 0, SIDE - length))
        for centre, length in zip(middle, small.shape, strict=True)
    )
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[top : top + height, left : left + width] = np.round(small).astype(np.uint8)
    return image
