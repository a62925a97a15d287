"""Cats vs dogs, the small set: 2,000 + 1,000 + 1,000 photographs as the bytes of their JPEG files.

Rows go cat, dog, cat, dog …, each class by the number of its picture: any stretch of rows has both
classes evenly. `photos.pixels` decodes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.photo_source import CLASSES, Photo, photos_of
from data_scripts.ragged import Arrays, Ragged

ARCHIVE = "cats_vs_dogs_small_128.zip"


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of the archive.

    Parameters
    ----------
    paths : mapping of str to Path
        The verified archive by its canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, ``jpeg_flat`` uint8 (the bytes of all files), ``jpeg_offsets`` int64 (N + 1,):
        file i is ``jpeg_flat[jpeg_offsets[i]:jpeg_offsets[i + 1]]``; ``y`` uint8 (N,), 0 cat,
        1 dog. Under "shared" ``classes``, their names.

    Raises
    ------
    BadFile
        If the archive is damaged, or lacks pictures that are wanted.
    """
    path = paths[ARCHIVE]
    with photos_of(path) as found:
        splits = {
            split: packed(_wanted([p for p in found if p.split == split], wanted, split, path))
            for split, wanted in rows.items()
        }
    return {**splits, "shared": {"classes": np.array(CLASSES)}}


def present(split: str, arrays: Arrays) -> Any:
    """Give a split as (photos, labels).

    Returns
    -------
    (Ragged, np.ndarray)
        The bytes of each JPEG file, which `photos.pixels` decodes; uint8 0 for cat, 1 for dog.
    """
    return Ragged.among(arrays, "jpeg"), arrays["y"]


def by_turns(photos: list[Photo]) -> list[Photo]:
    """Order photos cat, dog, cat, dog … by number; what has no partner is left out."""
    of_class = [sorted(p for p in photos if p.label == label) for label in range(len(CLASSES))]
    return [photo for pair in zip(*of_class, strict=False) for photo in pair]


def packed(photos: list[Photo]) -> Arrays:
    """Read photos into flat bytes with offsets, and labels.

    Raises
    ------
    BadFile
        If one cannot be read.
    """
    labels = np.array([photo.label for photo in photos], dtype=np.uint8)
    return {**Ragged.of_bytes(photo.read() for photo in photos).arrays("jpeg"), "y": labels}


def _wanted(photos: list[Photo], rows: range | None, split: str, path: Path) -> list[Photo]:
    turns = by_turns(photos)
    last = 1 if rows is None else rows.stop
    if last > len(turns):
        raise BadFile(
            f"{path} has {len(turns):,} photos of cats and dogs by turns in {split!r}; "
            f"rows up to {last:,} were wanted."
        )
    return turns if rows is None else turns[rows.start : rows.stop]
