"""Raccoons: 200 photographs with a box around each raccoon, a small set for object detection.

A box is xmin, ymin, xmax, ymax in pixels of the picture, from its upper left corner at 0, 0: a box
around all of a picture of 320 x 200 pixels is 0, 0, 320, 200.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.extract import read_members
from data_scripts.photos import decoded
from data_scripts.ragged import Arrays, Ragged

ARCHIVE = "raccoon_320.zip"
CLASSES = ("raccoon",)
_TABLE = "raccoon_labels.csv"
_PHOTO = re.compile(r"images/(raccoon-(\d{1,4})\.jpg)")
_SPLITS = ("train", "test")
_LIMIT_BYTES = 64 << 20


class Scenes:
    """Pictures with boxes. ``scenes[i]`` decodes picture i and gives its boxes and their classes.

    Parameters
    ----------
    arrays : dict of str to np.ndarray
        As `read` gives them for a split.

    Attributes
    ----------
    jpeg : Ragged
        The bytes of each picture's JPEG file.
    boxes : list of np.ndarray
        By picture float32 (K, 4): xmin, ymin, xmax, ymax in pixels.
    labels : Ragged
        By picture uint8 (K,): each box's place in the list of classes.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.jpeg = Ragged.among(arrays, "jpeg")
        self.boxes = [row.reshape(-1, 4) for row in Ragged.among(arrays, "boxes")]
        self.labels = Ragged.among(arrays, "labels")

    def __len__(self) -> int:
        return len(self.jpeg)

    def __getitem__(self, which: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return decoded(self.jpeg[which].tobytes()), self.boxes[which], self.labels[which]

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        return (self[which] for which in range(len(self)))

    def __repr__(self) -> str:
        return f"Scenes({len(self):,} pictures, {sum(map(len, self.boxes)):,} boxes)"


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of the archive; within a split they go by the photographs' numbers.

    Parameters
    ----------
    paths : mapping of str to Path
        The verified archive by its canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split three ragged rows: `jpeg` uint8, the bytes of the file; `boxes` float32, four
        numbers a box: xmin, ymin, xmax, ymax in pixels; `labels` uint8, one a box. Under "shared",
        `classes`, the names that the labels stand for.

    Raises
    ------
    BadFile
        If the archive is damaged, a box lies outside its picture, or rows are lacking.
    """
    path = paths[ARCHIVE]
    contents = dict(read_members(path, _is_wanted, _LIMIT_BYTES))
    if _TABLE not in contents:
        raise BadFile(f"{path} has no {_TABLE}.")
    split_of, boxes_of = _boxes(contents.pop(_TABLE), path)
    photos = sorted((int(_PHOTO.fullmatch(name)[2]), name) for name in contents)
    splits = {}
    for split, wanted in rows.items():
        names = [name for _, name in photos if split_of.get(name) == split]
        if not names or (wanted is not None and wanted.stop > len(names)):
            raise BadFile(f"{path} has {len(names):,} photographs for {split}; more were wanted.")
        if wanted is not None:
            names = names[wanted.start : wanted.stop]
        splits[split] = pack(
            [contents[name] for name in names],
            [boxes_of[name] for name in names],
            [[0] * len(boxes_of[name]) for name in names],
        )
    return {**splits, "shared": {"classes": np.array(CLASSES)}}


def pack(
    pictures: list[bytes], boxes: list[list[tuple[float, ...]]], labels: list[list[int]]
) -> Arrays:
    """Put pictures with their boxes and labels into the arrays of a split."""
    return {
        **Ragged.of_bytes(pictures).arrays("jpeg"),
        **Ragged.of([np.ravel(some) for some in boxes], np.float32).arrays("boxes"),
        **Ragged.of(labels, np.uint8).arrays("labels"),
    }


def present(split: str, arrays: Arrays) -> Scenes:
    """Give a split as `Scenes`."""
    return Scenes(arrays)


def _is_wanted(name: str) -> bool:
    return name == _TABLE or _PHOTO.fullmatch(name) is not None


def _boxes(table: bytes, path: Path) -> tuple[dict[str, str], dict[str, list[tuple[float, ...]]]]:
    """Give each photograph's split and its boxes, by its name in the archive."""
    split_of: dict[str, str] = {}
    boxes_of: dict[str, list[tuple[float, ...]]] = {}
    try:
        for line, row in enumerate(csv.DictReader(io.StringIO(table.decode("utf-8"))), start=2):
            name, split = f"images/{row['filename']}", row["split"]
            xmin, ymin, xmax, ymax, width, height = (
                float(row[key]) for key in ("xmin", "ymin", "xmax", "ymax", "width", "height")
            )
            # Also false where one of the numbers is none (NaN).
            fits = 0 <= xmin < xmax <= width < math.inf and 0 <= ymin < ymax <= height < math.inf
            if not fits or row["class"] not in CLASSES or split not in _SPLITS:
                raise BadFile(f"{path}: {_TABLE}, line {line}: no box of a raccoon in a picture.")
            if split_of.setdefault(name, split) != split:
                raise BadFile(f"{path}: {_TABLE}, line {line}: a photograph of two splits.")
            boxes_of.setdefault(name, []).append((xmin, ymin, xmax, ymax))
    except (csv.Error, ValueError, KeyError, TypeError) as error:
        raise BadFile(f"{path}: {_TABLE} is not the expected table ({error}).") from error
    return split_of, boxes_of
