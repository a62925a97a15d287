"""Tests of reading IDX files."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from data_scripts.errors import BadFile
from data_scripts.idx import read_idx, read_pairs

IMAGES = np.arange(5 * 3 * 2, dtype=np.uint8).reshape(5, 3, 2)


def _pack(array: np.ndarray, kind: int = 8, axes: int | None = None) -> bytes:
    header = struct.pack(">HBB", 0, kind, axes or array.ndim)
    return header + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content))
    return path


def test_all_rows(tmp_path: Path) -> None:
    """Are values, shape and type those that were written, and is the array free to be changed?"""
    read = read_idx(_write(tmp_path / "a.gz", _pack(IMAGES)))
    assert read.dtype == np.uint8
    assert read.flags.writeable
    np.testing.assert_array_equal(read, IMAGES)


@pytest.mark.parametrize("rows", [range(2), range(1, 4), range(3, 5), range(2, 2)])
def test_some_rows(tmp_path: Path, rows: range) -> None:
    """Are just the wanted rows read?"""
    read = read_idx(_write(tmp_path / "a.gz", _pack(IMAGES)), rows)
    np.testing.assert_array_equal(read, IMAGES[rows.start : rows.stop])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_pack(IMAGES)[:-1], "ends before the 5 rows"),
        (_pack(IMAGES, kind=13), "does not begin as an IDX file"),
        (b"\x00\x00", "is not a whole IDX file"),
        (_pack(IMAGES)[:6], "is not a whole IDX file"),
    ],
)
def test_damaged_content(tmp_path: Path, content: bytes, message: str) -> None:
    """Is a file that is not what it says refused?"""
    with pytest.raises(BadFile, match=message):
        read_idx(_write(tmp_path / "a.gz", content))


def test_damaged_compression(tmp_path: Path) -> None:
    """Is a file that is no gzip, or half of one, refused?"""
    path = tmp_path / "a.gz"
    whole = gzip.compress(_pack(IMAGES))
    for content in (b"plain text", whole[: len(whole) // 2]):
        path.write_bytes(content)
        with pytest.raises(BadFile, match="not a whole IDX file"):
            read_idx(path)


def test_missing_rows(tmp_path: Path) -> None:
    """Is a wish for rows that are not there refused?"""
    with pytest.raises(BadFile, match="has 5 rows; rows up to 6"):
        read_idx(_write(tmp_path / "a.gz", _pack(IMAGES)), range(6))


def test_pairs_have_equal_length(tmp_path: Path, tiny) -> None:
    """Where labels come from a copy with fewer rows, are images cut to match?"""
    tiny.write(tmp_path)
    paths = {
        "train-images-idx3-ubyte.gz": tmp_path / "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz": tmp_path / "train-first-labels-idx1-ubyte.gz",
    }
    images, labels = read_pairs(paths, {"train": None})["train"].values()
    assert images.shape == (8, 28, 28)
    assert labels.tolist() == list(range(8))
