"""Tests of labkit.drawing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from labkit import drawing

SEVEN = """
#######
......#
.....#
....#
...#
...#
"""


def photo(path: Path, ink: int, paper: int, width: int = 9) -> Path:
    """Save a noisy picture of a slanted line on paper that is lit from one side."""
    picture = Image.new("L", (640, 480), paper)
    ImageDraw.Draw(picture).line([(420, 60), (300, 400)], fill=ink, width=width)
    noise = np.random.default_rng(0).normal(0, 4, (480, 640)) + np.linspace(-15, 15, 640)
    pixels = np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def middle(image: np.ndarray) -> tuple[float, float]:
    weights = image / image.sum()
    steps = np.arange(28)
    return float(weights.sum(axis=1) @ steps), float(weights.sum(axis=0) @ steps)


def assert_like_mnist(image: np.ndarray) -> None:
    assert image.shape == (28, 28)
    assert image.dtype == np.uint8
    assert image.max() == 255
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == drawing.BOX
    assert middle(image) == pytest.approx((13.5, 13.5), abs=0.51)


@pytest.mark.parametrize("text", [SEVEN, "#\n#\n#\n#", "###", "  ##\n #\n##", "..\n.#\n"])
def test_text_becomes_an_image_like_mnist(text: str) -> None:
    """Does a drawing of any size fill MNIST's box, with its centre of mass in the middle?"""
    assert_like_mnist(drawing.from_text(text))


def test_place_on_the_paper_does_not_matter() -> None:
    """Is the same drawing elsewhere on larger paper the same image?"""
    moved = "\n".join("....." + line for line in ["", *SEVEN.strip("\n").splitlines(), "", ""])
    assert np.array_equal(drawing.from_text(SEVEN), drawing.from_text(moved))


def test_thin_lines_are_thickened() -> None:
    """Has a line of one pixel on a large grid about the ink of a line in MNIST?"""
    thin = drawing.from_text("\n".join("." * n + "#" for n in range(60)))
    assert drawing._stroke_width(thin) > 1.5


@pytest.mark.parametrize("text", ["", "\n\n", "...\n..."])
def test_empty_text(text: str) -> None:
    """Does the message say how to draw?"""
    with pytest.raises(ValueError, match="empty: use # for ink"):
        drawing.from_text(text)


def test_strange_character() -> None:
    """Is the line named that has another character?"""
    with pytest.raises(ValueError, match="Line 2 of the drawing has 'X'"):
        drawing.from_text("..#\n.X#")


@pytest.mark.parametrize(("ink", "paper"), [(40, 210), (230, 20)])
def test_photo(tmp_path: Path, ink: int, paper: int) -> None:
    """Does a photo give white ink on black paper, whichever was darker, without the noise?"""
    image = drawing.from_file(photo(tmp_path / "one.png", ink, paper))
    assert_like_mnist(image)
    assert (image == 0).mean() > 0.7


def test_transparent_picture(tmp_path: Path) -> None:
    """Is a drawing on a transparent ground read as ink on white?"""
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(50, 10), (50, 90)], fill=(0, 0, 0, 255), width=8)
    picture.save(tmp_path / "one.png")
    assert_like_mnist(drawing.from_file(tmp_path / "one.png"))


def test_turned_photo(tmp_path: Path) -> None:
    """Is a photo that a telephone stored on its side turned upright?"""
    picture = Image.new("L", (100, 60), 255)
    ImageDraw.Draw(picture).line([(10, 30), (90, 30)], fill=0, width=6)
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(tmp_path / "one.jpg", exif=exif)
    rows, columns = np.nonzero(drawing.from_file(tmp_path / "one.jpg"))
    assert np.ptp(rows) > np.ptp(columns)


def test_files_that_are_no_drawing(tmp_path: Path) -> None:
    """Are blank paper, another kind of file and no file told apart?"""
    Image.new("L", (50, 50), 200).save(tmp_path / "blank.png")
    with pytest.raises(ValueError, match="Nothing is drawn in .*blank.png"):
        drawing.from_file(tmp_path / "blank.png")
    (tmp_path / "notes.txt").write_text("seven", encoding="utf-8")
    with pytest.raises(ValueError, match="is no image"):
        drawing.from_file(tmp_path / "notes.txt")
    with pytest.raises(FileNotFoundError):
        drawing.from_file(tmp_path / "absent.png")
