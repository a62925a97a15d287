"""Build a folder of photos of cats and dogs by split and class, for loaders that read folders.

The folder has ``train/cat/cat.0.jpg`` and so on: what `keras.utils.image_dataset_from_directory`
reads. From one's own copy of Kaggle's 25,000 photos it takes those of the book's small set: of each
class the numbers from 0, first to train, then to validate, then to test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from data_scripts import files, places
from data_scripts.errors import BadFile, CacheError, DataError, NotAvailable
from data_scripts.loading import load
from data_scripts.notebook import is_notebook_cache
from data_scripts.photo_source import CLASSES, SPLITS, Photo, photos_of
from data_scripts.photos import decoded

# Written into the folder: a folder without it is somebody else's, and is left alone.
RECEIPT = "photos.json"
# Enough of a photo is decoded to see that its file is whole.
_LOOK = 32


@dataclass(frozen=True, slots=True)
class Built:
    """What a folder has: photos by split and class, how many were skipped, where they came from."""

    counts: dict[str, dict[str, int]]
    skipped: int
    where: str


def build_folder(
    target: Path,
    source: Path | None = None,
    train: int = 1000,
    validation: int = 500,
    test: int = 500,
) -> Built:
    """Build a folder of photos by split and class; it appears whole or not at all.

    Photos that are no whole JPEG files are skipped and counted; the next one takes the place. If
    the folder is there already, built from the same source with the same numbers, it stays.

    Parameters
    ----------
    target : Path
        The folder.
    source : Path, optional
        One's own copy: a folder or a zip file with photos such as ``cat.12.jpg`` or
        ``Cat/12.jpg``. Left out, the course's own data set is used, or its twin.
    train, validation, test : int
        Photos of each class.

    Returns
    -------
    Built

    Raises
    ------
    NotAvailable
        If there are too few photos.
    BadFile
        If the source cannot be read.
    DataError
        If the folder is there and was not built by this function, or cannot be written.

    Examples
    --------
    >>> build_folder("photos", "dogs-vs-cats/train.zip").counts["train"]  # doctest: +SKIP
    {'cat': 1000, 'dog': 1000}
    """
    target = Path(target)
    sizes = dict(zip(SPLITS, (train, validation, test), strict=True))
    with _photos(source) as (by_split, where):
        request = {"sizes": sizes, "where": where}
        there = _receipt(target, request)
        if there:
            return there
        try:
            with files.new_folder(target) as folder:
                built = _write(folder, by_split, sizes, where)
                receipt = json.dumps({"request": request, "built": asdict(built)})
                (folder / RECEIPT).write_text(receipt, encoding="utf-8")
        except CacheError as error:
            cause = error.__cause__
            reason = cause.strerror if isinstance(cause, OSError) else error
            raise DataError(
                f"{target} cannot be written ({reason}): choose another folder."
            ) from error
    return built


@contextmanager
def _photos(source: Path | None) -> Iterator[tuple[dict[str, list[Photo]], str]]:
    """Give the photos that each split may draw from, in order, and where they come from."""
    if source is None:
        yield _of_course()
        return
    with photos_of(Path(source)) as found:
        if set(SPLITS) <= {photo.split for photo in found}:
            by_split = {split: sorted(p for p in found if p.split == split) for split in SPLITS}
        else:
            # One row of numbers: the splits take turns at drawing from the same list.
            whole = sorted(found)
            by_split = dict.fromkeys(SPLITS, whole)
        for photos in by_split.values():
            _no_number_twice(photos)
        yield by_split, str(Path(source).absolute())


def _of_course() -> tuple[dict[str, list[Photo]], str]:
    part = "notebook" if is_notebook_cache(places.cache_folder()) else "full"
    loaded = load("cats_dogs", part)
    by_split = {}
    for split in SPLITS:
        rows, labels = loaded.splits[split]
        numbers = np.where(labels == 0, np.cumsum(labels == 0), np.cumsum(labels == 1)) - 1
        by_split[split] = [
            Photo(
                int(number), int(label), split, f"row {row} of {split}", partial(bytes, rows[row])
            )
            for row, (number, label) in enumerate(zip(numbers, labels, strict=True))
        ]
    return by_split, loaded.where


def _no_number_twice(photos: list[Photo]) -> None:
    for one, other in pairwise(photos):
        if (one.number, one.label) == (other.number, other.label):
            raise BadFile(
                f"There are two photos {CLASSES[one.label]} {one.number}: {one.name} and "
                f"{other.name}; leave one of the two copies of the set out."
            )


def _write(
    folder: Path, by_split: dict[str, list[Photo]], sizes: dict[str, int], where: str
) -> Built:
    built = Built({split: dict.fromkeys(CLASSES, 0) for split in SPLITS}, 0, where)
    for label, name in enumerate(CLASSES):
        # Splits that share a list share the iterator too: what one has taken, no other gets.
        shared: dict[int, Iterator[Photo]] = {}
        for split, photos in by_split.items():
            waiting = shared.setdefault(id(photos), iter([p for p in photos if p.label == label]))
            place = folder / split / name
            place.mkdir(parents=True)
            while built.counts[split][name] < sizes[split]:
                photo = next(waiting, None)
                if photo is None:
                    raise NotAvailable(
                        f"{where} has {built.counts[split][name]:,} good photos of class {name!r} "
                        f"for {split!r}, and {sizes[split]:,} were wanted: ask for fewer."
                    )
                try:
                    content = photo.read()
                    decoded(content, _LOOK)
                except BadFile:
                    built = replace(built, skipped=built.skipped + 1)
                    continue
                (place / f"{name}.{photo.number}.jpg").write_bytes(content)
                built.counts[split][name] += 1
    return built


def _receipt(target: Path, request: dict[str, object]) -> Built | None:
    """Read what was built here, None if that was another request or nothing; refuse what is not ours."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return None
    try:
        receipt = json.loads((target / RECEIPT).read_text(encoding="utf-8"))
        built = Built(**receipt["built"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{target} is there already and is no folder of photos that this function built: "
            "choose another one, or remove it."
        ) from error
    return built if receipt.get("request") == request else None
