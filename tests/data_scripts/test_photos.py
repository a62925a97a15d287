"""Tests of decoding photos: right, safe, and quick the second time."""

from __future__ import annotations

import io
import struct
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data_scripts import photos, places
from data_scripts.errors import BadFile
from data_scripts.notebook import MARKER
from data_scripts.photos import decoded, pixels
from data_scripts.ragged import Ragged


def jpeg(width: int = 40, height: int = 30, seed: int = 0, mode: str = "RGB") -> bytes:
    """Give a JPEG file of a smooth random picture."""
    coarse = np.random.default_rng(seed).integers(256, size=(3, 4, 3), dtype=np.uint8)
    stream = io.BytesIO()
    picture = Image.fromarray(coarse).resize((width, height)).convert(mode)
    picture.save(stream, "JPEG", quality=95)
    return stream.getvalue()


def claiming(width: int, height: int) -> bytes:
    """Give a JPEG file whose header claims another size."""
    content = bytearray(jpeg())
    place = content.index(b"\xff\xc0") + 5
    content[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def test_whole_photo_is_squeezed() -> None:
    """Is a broad photo scaled as a whole, as Pillow does it?"""
    content = jpeg(120, 60)
    picture = decoded(content, 32)
    expected = Image.open(io.BytesIO(content)).resize((32, 32), Image.Resampling.BILINEAR)
    assert picture.shape == (32, 32, 3)
    assert picture.dtype == np.uint8
    assert np.abs(picture.astype(int) - np.asarray(expected)).max() <= 8


def test_own_size_and_other_modes() -> None:
    """Does a photo keep its size if none is given, and become RGB whatever it was?"""
    for mode in ("RGB", "L", "CMYK"):
        assert decoded(jpeg(41, 23, mode=mode)).shape == (23, 41, 3)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff", b"GIF89a" + bytes(40), b"<html></html>", jpeg()[:-400], jpeg()[:60]],
    ids=["empty", "start only", "gif", "web page", "cut off", "header only"],
)
def test_damaged(content: bytes) -> None:
    """Is what is no whole JPEG file refused with a sentence?"""
    with pytest.raises(BadFile, match="not a whole JPEG file"):
        decoded(content, 16)


def test_png_is_no_jpeg() -> None:
    """Is no other decoder of Pillow's ever started?"""
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    with pytest.raises(BadFile):
        decoded(stream.getvalue())


@pytest.mark.parametrize("side", [8_000, 10_000, 65_000])
def test_bomb(side: int) -> None:
    """Is a small file that claims gigabytes of pixels refused before anything is reserved?"""
    started = time.perf_counter()
    with pytest.raises(BadFile, match="more pixels than a photo"):
        decoded(claiming(side, side), 16)
    assert time.perf_counter() - started < 1


def test_kept_for_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are decoded pictures read from the cache, and not where photos or size are others?"""
    rows = Ragged.of_bytes([jpeg(seed=1), jpeg(50, 20, seed=2)])
    first = pixels(rows, 24)
    with monkeypatch.context() as patch:
        patch.setattr(photos, "decoded", lambda *_: pytest.fail("decoded again"))
        np.testing.assert_array_equal(pixels(rows, 24), first)
    assert pixels(rows, 25).shape == (2, 25, 25, 3)
    swapped = pixels(rows[[1, 0]], 24)
    np.testing.assert_array_equal(swapped, first[::-1])


def test_damaged_cache_is_mended() -> None:
    """Are kept pictures that were changed on disk decoded anew?"""
    rows = Ragged.of_bytes([jpeg(seed=1)])
    first = np.array(pixels(rows, 8))
    kept = next(places.cache_folder().rglob("*.npy"))
    kept.write_bytes(kept.read_bytes()[:-1] + b"\x00")
    np.testing.assert_array_equal(pixels(rows, 8), first)


def test_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a cache that cannot be written no obstacle?"""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "file"))
    assert pixels(Ragged.of_bytes([jpeg()]), 8).shape == (1, 8, 8, 3)


def test_nothing_is_written_beside_rows_for_notebooks() -> None:
    """Does a cache with rows for notebooks stay as it is?"""
    cache = places.cache_folder()
    cache.mkdir()
    (cache / MARKER).write_text("{}")
    assert pixels(Ragged.of_bytes([jpeg()]), 8).shape == (1, 8, 8, 3)
    assert [path.name for path in cache.iterdir()] == [MARKER]


def test_which_photo_is_damaged() -> None:
    """Does the message say which of many photos it is?"""
    with pytest.raises(BadFile, match="Photo 1 of 2"):
        pixels(Ragged.of_bytes([jpeg(), b"no photo"]), 8)


def test_no_photos() -> None:
    """Do no photos give an array without rows?"""
    assert pixels([], 16).shape == (0, 16, 16, 3)
