"""IMDB's reviews as they were written, in the order of Keras' ids: text i has the ids of review i.

The whole set is an archive of one file a review. The mirror has the first reviews of each half, in
Keras' order, as one JSON object a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.extract import read_members
from data_scripts.json_files import read_lines
from data_scripts.ragged import Arrays, Ragged, cut, texts
from data_scripts.tokens import keras_orders

FILE = "aclImdb_v1.tar.gz"
SPLITS = ("train", "test")
ROWS = 25000
LONGEST = 100_000
# aclImdb/train/pos/127_10.txt is review 127, a favorable one with rating 10.
_MEMBER = re.compile(r"aclImdb/(train|test)/(pos|neg)/(\d{1,5})_(\d{1,2})\.txt")


class Texts(NamedTuple):
    """Reviews: list of str, labels int64 (N,), 1 favorable, and ratings int64 (N,), 1 to 10."""

    text: list[str]
    y: np.ndarray
    rating: np.ndarray


class _Review(NamedTuple):
    text: bytes
    label: int
    rating: int


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted reviews.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name. The path may be that of the whole archive
        (``.tar.gz``) or of the file with the first reviews (``.jsonl.gz``).
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split: text_flat uint8 and text_offsets int64, each review as UTF-8, with ``<br />``
        where its writer began a new line; y int64 (N,), 1 favorable (rating 7 to 10), 0 not (1 to
        4); rating int64 (N,).

    Raises
    ------
    BadFile
        If the file is damaged, lacks reviews, or has others than it should.
    """
    (path,) = paths.values()
    reviews = read_some(path) if path.name.endswith(".jsonl.gz") else read_whole(path)
    return {split: cut(_arrays(reviews[split]), wanted) for split, wanted in rows.items()}


def present(split: str, arrays: Arrays) -> Texts:
    """Give texts, labels and ratings."""
    return Texts(texts(Ragged.among(arrays, "text")), arrays["y"], arrays["rating"])


def read_some(path: Path) -> dict[str, list[_Review]]:
    """Read the file with the first reviews of each half.

    Raises
    ------
    BadFile
        If a line is not what it should be, or one is missing.
    """
    reviews: dict[str, list[_Review]] = {split: [] for split in SPLITS}
    for number, line in read_lines(path):
        split = line.get("split")
        if split not in reviews or line.get("index") != len(reviews[split]):
            raise BadFile(f"{path}, line {number}: not the next review of a half.")
        review = _review(line.get("text"), line.get("label"), line.get("rating"))
        if review is None:
            raise BadFile(f"{path}, line {number}: text, label or rating is wrong.")
        reviews[split].append(review)
    return reviews


def read_whole(path: Path) -> dict[str, list[_Review]]:
    """Read the archive of all reviews, and put them into Keras' order.

    Keras' ids were made from the favorable reviews by the name of their files, then from the
    others.

    Raises
    ------
    BadFile
        If the archive is damaged or hostile, or has not 25,000 reviews in each half.
    """
    found: dict[str, list[tuple[bool, str, _Review]]] = {split: [] for split in SPLITS}
    for split, label, name, review in _members(path):
        found[split].append((not label, name, review))
    reviews = {}
    for (split, half), order in zip(found.items(), keras_orders(ROWS, ROWS), strict=True):
        if len(half) != ROWS:
            raise BadFile(f"{path} has {len(half):,} reviews for {split}; expected were {ROWS:,}.")
        half.sort(key=lambda entry: entry[:2])
        reviews[split] = [half[place][2] for place in order.tolist()]
    return reviews


def _members(path: Path) -> Iterator[tuple[str, int, str, _Review]]:
    for name, content in read_members(path, lambda name: _MEMBER.fullmatch(name) is not None):
        match = _MEMBER.fullmatch(name)
        assert match is not None
        split, kind, number, rating = match.groups()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadFile(f"{path}: {name} is not UTF-8.") from error
        label = int(kind == "pos")
        review = _review(text, label, int(rating))
        if review is None:
            raise BadFile(f"{path}: {name} is no such review as its name says.")
        yield split, label, f"{number}_{rating}.txt", review


def _review(text: Any, label: Any, rating: Any) -> _Review | None:
    if type(text) is not str or type(label) is not int or type(rating) is not int:
        return None
    if not 0 < len(text) <= LONGEST or label != (rating > 5) or not 1 <= rating <= 10:
        return None
    try:
        return _Review(text.encode("utf-8"), label, rating)
    except UnicodeEncodeError:
        # JSON may hold half a character.
        return None


def _arrays(reviews: list[_Review]) -> Arrays:
    return {
        **Ragged.of_bytes(review.text for review in reviews).arrays("text"),
        "y": np.array([review.label for review in reviews], dtype=np.int64),
        "rating": np.array([review.rating for review in reviews], dtype=np.int64),
    }
