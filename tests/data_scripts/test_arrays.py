"""Tests of folders of arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_scripts import arrays
from data_scripts.errors import BadFile

SPLITS = {
    "train": (np.arange(12, dtype=np.uint8).reshape(3, 2, 2), np.arange(3, dtype=np.uint8)),
    "test": (np.ones((1, 2, 2), np.float32), np.zeros(1, np.int64)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that was written."""
    arrays.write_splits(tmp_path / "set", SPLITS, {"where": "here"})
    return tmp_path / "set"


def test_what_is_written_is_read(folder: Path) -> None:
    """Do splits, values, types and description come back?"""
    read = arrays.read_splits(folder)
    assert list(read) == ["train", "test"]
    for split, pair in SPLITS.items():
        for one, other in zip(read[split], pair, strict=True):
            assert one.dtype == other.dtype
            np.testing.assert_array_equal(one, other)
    assert arrays.read_about(folder) == {"where": "here"}


def test_altered_array_is_refused(folder: Path) -> None:
    """Is a changed value noticed?"""
    x = np.load(folder / "x_train.npy")
    x[0, 0, 0] ^= 1
    np.save(folder / "x_train.npy", x)
    with pytest.raises(BadFile, match=r"x_train\.npy is altered"):
        arrays.read_splits(folder)


@pytest.mark.parametrize("name", ["y_test.npy", "description.json"])
@pytest.mark.parametrize("content", [None, b"", b"half"])
def test_damaged_file_is_refused(folder: Path, name: str, content: bytes | None) -> None:
    """Is a missing or half-written file told as one?"""
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(BadFile, match="cannot be read"):
        arrays.read_splits(folder)


def test_pickles_are_not_read(folder: Path) -> None:
    """Is an array of objects, which would run code when read, refused?"""
    np.save(folder / "x_train.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(BadFile, match="cannot be read"):
        arrays.read_splits(folder)
