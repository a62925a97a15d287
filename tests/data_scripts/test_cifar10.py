"""Tests of reading CIFAR-10 from its binary version and from JPEG files."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data_scripts import cifar10
from data_scripts.errors import BadFile

ALL = {"train": None, "test": None}
NAMES = [f"data_batch_{number}.bin" for number in range(1, 6)] + ["test_batch.bin"]


def _records(count: int, seed: int) -> np.ndarray:
    records = np.random.default_rng(seed).integers(256, size=(count, 3073), dtype=np.uint8)
    records[:, 0] %= 10
    return records


def _tar(path: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in contents.items():
            info = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return {cifar10.ARCHIVE: path}


def _jpeg(level: int, size: int = 32) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (size, size), (level, 0, 255 - level)).save(stream, "JPEG", quality=95)
    return stream.getvalue()


def _zip(path: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return {cifar10.ARCHIVE: path}


@pytest.fixture
def batches() -> dict[str, np.ndarray]:
    """Give six small batches by name."""
    return {name: _records(4, seed) for seed, name in enumerate(NAMES)}


def test_binary_version(tmp_path: Path, batches: dict[str, np.ndarray]) -> None:
    """Are pixels, channels, labels and order those of the batches?"""
    contents = {name: batch.tobytes() for name, batch in batches.items()}
    read = cifar10.read(_tar(tmp_path / "a.tar.gz", contents), ALL)
    x, y = read["train"]["x"], read["train"]["y"]
    assert x.shape == (20, 32, 32, 3)
    assert x.dtype == y.dtype == np.uint8
    # The sixth training picture is the second of the second batch.
    record = batches["data_batch_2.bin"][1]
    assert y[5] == record[0]
    assert x[5, 3, 7].tolist() == [record[1 + channel * 1024 + 3 * 32 + 7] for channel in range(3)]
    np.testing.assert_array_equal(read["test"]["y"], batches["test_batch.bin"][:, 0])
    assert read["shared"]["classes"][6] == "frog"


def test_some_rows(tmp_path: Path, batches: dict[str, np.ndarray]) -> None:
    """Are just the wanted rows and splits read?"""
    contents = {name: batch.tobytes() for name, batch in batches.items()}
    paths = _tar(tmp_path / "a.tar.gz", contents)
    read = cifar10.read(paths, {"test": range(1, 3)})
    assert set(read) == {"test", "shared"}
    np.testing.assert_array_equal(read["test"]["y"], batches["test_batch.bin"][1:3, 0])
    with pytest.raises(BadFile, match="lacks rows of train"):
        cifar10.read(paths, {"train": range(21)})


def test_damaged_binary_version(tmp_path: Path, batches: dict[str, np.ndarray]) -> None:
    """Is an archive refused that lacks a batch, has part of a picture, or a label that is none?"""
    contents = {name: batch.tobytes() for name, batch in batches.items()}
    missing = {name: content for name, content in contents.items() if "3" not in name}
    wrong = bytearray(contents["test_batch.bin"])
    wrong[0] = 10
    for faulty, message in (
        (missing, "has no cifar-10-batches-bin/data_batch_3.bin"),
        (contents | {"test_batch.bin": b"\0" * 3072}, "does not consist of pictures"),
        (contents | {"test_batch.bin": bytes(wrong)}, "has labels above 9"),
    ):
        with pytest.raises(BadFile, match=message):
            cifar10.read(_tar(tmp_path / "a.tar.gz", faulty), ALL)


def test_truncated_archive(tmp_path: Path, batches: dict[str, np.ndarray]) -> None:
    """Is half an archive, or something else, refused?"""
    paths = _tar(tmp_path / "a.tar.gz", {name: batch.tobytes() for name, batch in batches.items()})
    path = paths[cifar10.ARCHIVE]
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], b"<html>", b""):
        path.write_bytes(content)
        with pytest.raises(BadFile):
            cifar10.read(paths, ALL)


def test_jpegs_in_order(tmp_path: Path) -> None:
    """Do pictures come by their place, and those without one last, the classes by turns?"""
    names = [
        "test/ship/00001.jpg",
        "test/cat/class0100.jpg",
        "test/airplane/class0101.jpg",
        "test/airplane/class0100.jpg",
        "test/frog/00000.jpg",
        "train/dog/00000.jpg",
        "readme.txt",
    ]
    contents = {name: _jpeg(40 * number) for number, name in enumerate(names)}
    paths = _zip(tmp_path / "a.zip", contents)
    read = cifar10.read(paths, ALL)
    assert read["test"]["y"].tolist() == [6, 8, 0, 3, 0]
    np.testing.assert_allclose(read["test"]["x"][:, 5, 5, 0], [160, 0, 120, 40, 80], atol=6)
    assert cifar10.read(paths, {"test": range(1, 3)})["test"]["y"].tolist() == [8, 0]
    with pytest.raises(BadFile, match="lacks rows of train"):
        cifar10.read(paths, {"train": range(2)})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"GIF89a", "not a whole JPEG"),
        (_jpeg(9)[:300], "not a whole JPEG"),
        (_jpeg(9, 64), "is not of 32 x 32 pixels"),
    ],
)
def test_damaged_jpeg(tmp_path: Path, content: bytes, message: str) -> None:
    """Is a picture that is none, or of another size, refused?"""
    contents = {"train/cat/00000.jpg": _jpeg(1), "test/cat/00000.jpg": content}
    with pytest.raises(BadFile, match=message):
        cifar10.read(_zip(tmp_path / "a.zip", contents), ALL)


def test_member_outside(tmp_path: Path) -> None:
    """Is an archive refused with a member that would lie outside the target?"""
    contents = {"train/cat/00000.jpg": _jpeg(1), "../test/cat/00000.jpg": _jpeg(2)}
    with pytest.raises(BadFile, match="not safe"):
        cifar10.read(_zip(tmp_path / "a.zip", contents), ALL)
