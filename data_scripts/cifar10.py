"""CIFAR-10: 60,000 colour pictures of 32 x 32 pixels, from the binary version or a folder of JPEGs.

The binary version has no pickle in it, unlike the one for Python. Its archive is read as a stream
and nothing is unpacked to the disk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.extract import read_members
from data_scripts.photos import decoded
from data_scripts.ragged import Arrays

ARCHIVE = "cifar-10-binary.tar.gz"
# What the labels 0 to 9 stand for.
CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
SIZE = 32
# Batches of each split in their order.
_BATCHES = {
    "train": tuple(f"cifar-10-batches-bin/data_batch_{number}.bin" for number in range(1, 6)),
    "test": ("cifar-10-batches-bin/test_batch.bin",),
}
# A picture: its label, then red, green and blue, row by row.
_RECORD = 1 + 3 * SIZE * SIZE
# The six batches of 10,000 pictures; 12,000 small JPEG files have less.
_LIMIT_BYTES = 60_000 * _RECORD
# The pictures of the JPEG copy: by their place in the split, or, for test pictures of which that is
# not known, by a number within the class.
_JPEG = re.compile(rf"(train|test)/({'|'.join(CLASSES)})/(class)?(\d{{4,5}})\.jpg")


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of CIFAR-10.

    Parameters
    ----------
    paths : mapping of str to Path
        The verified archive by its canonical name: the binary version, or the zip of JPEGs.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x` uint8 (N, 32, 32, 3), RGB, and `y` uint8 (N,), 0 to 9; under "shared",
        `classes`, their names.

    Raises
    ------
    BadFile
        If the archive is damaged, or lacks rows.
    """
    path = paths[ARCHIVE]
    splits = _from_jpegs(path, rows) if path.suffix == ".zip" else _from_batches(path, rows)
    for split, wanted in rows.items():
        count = len(splits[split]["y"])
        if not count or (wanted is not None and count < len(wanted)):
            raise BadFile(f"{path} lacks rows of {split} that were wanted.")
    return {**splits, "shared": {"classes": np.array(CLASSES)}}


def _from_batches(path: Path, rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    names = {name for split in rows for name in _BATCHES[split]}
    batches = dict(read_members(path, names.__contains__, _LIMIT_BYTES))
    splits = {}
    for split, wanted in rows.items():
        records = np.concatenate([_records(batches, name, path) for name in _BATCHES[split]])
        if wanted is not None:
            records = records[wanted.start : wanted.stop]
        pictures = records[:, 1:].reshape(-1, 3, SIZE, SIZE).transpose(0, 2, 3, 1)
        splits[split] = {"x": np.ascontiguousarray(pictures), "y": records[:, 0].copy()}
    return splits


def _records(batches: Mapping[str, bytes], name: str, path: Path) -> np.ndarray:
    """Give the pictures of a batch as they are written: uint8 (N, 3073), the label first."""
    if name not in batches:
        raise BadFile(f"{path} has no {name}.")
    if len(batches[name]) % _RECORD:
        raise BadFile(f"{path}: {name} does not consist of pictures of {_RECORD:,} bytes each.")
    records = np.frombuffer(batches[name], dtype=np.uint8).reshape(-1, _RECORD)
    if (records[:, 0] >= len(CLASSES)).any():
        raise BadFile(f"{path}: {name} has labels above {len(CLASSES) - 1}.")
    return records


def _from_jpegs(path: Path, rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    contents = {}
    places: dict[str, list[tuple[bool, int, int, str]]] = {split: [] for split in rows}
    for name, content in read_members(path, _is_picture, _LIMIT_BYTES):
        split, label, unplaced, number = _JPEG.fullmatch(name).groups()
        if split in rows:
            contents[name] = content
            places[split].append((bool(unplaced), int(number), CLASSES.index(label), name))
    splits = {}
    for split, wanted in rows.items():
        # Those without a known place come last, the classes by turns.
        pictures = sorted(places[split])
        if wanted is not None:
            pictures = pictures[wanted.start : wanted.stop]
        x = np.empty((len(pictures), SIZE, SIZE, 3), dtype=np.uint8)
        for row, (*_, name) in enumerate(pictures):
            x[row] = _picture(contents[name], f"{path}: {name}")
        labels = [label for _, _, label, _ in pictures]
        splits[split] = {"x": x, "y": np.array(labels, dtype=np.uint8)}
    return splits


def _is_picture(name: str) -> bool:
    return _JPEG.fullmatch(name) is not None


def _picture(content: bytes, name: str) -> np.ndarray:
    try:
        picture = decoded(content)
    except BadFile as error:
        raise BadFile(f"{name}: {error}") from error
    if picture.shape != (SIZE, SIZE, 3):
        raise BadFile(f"{name} is not of {SIZE} x {SIZE} pixels.")
    return picture
