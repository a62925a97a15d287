"""IMDB: 25,000 and 25,000 film reviews as word ids, half of them favorable, as Keras gives them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.json_files import read_object
from data_scripts.npz import read_npz
from data_scripts.pickled import read_lists
from data_scripts.ragged import Arrays, Ragged, cut
from data_scripts.tokens import as_keras, keras_orders, word_list

SEQUENCES = "imdb.npz"
WORDS = "imdb_word_index.json"
SPLITS = ("train", "test")
# What the labels 0 and 1 stand for.
CLASSES = ("unfavorable", "favorable")


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted reviews.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split: ids_flat int32 and ids_offsets int64, each review's word ids, 1 first (`tokens`
        tells what ids mean); y int64 (N,), 1 favorable, 0 not. They equal what
        ``keras.datasets.imdb.load_data()`` gives. Under "shared": words_flat and words_offsets, the
        word of each id as UTF-8 (`tokens.words_of` gives the list).

    Raises
    ------
    BadFile
        If a file is damaged or holds anything but numbers.
    """
    path = paths[SEQUENCES]
    labels = read_npz(path, {f"y_{split}": ("int64", (None,)) for split in SPLITS})
    orders = keras_orders(*(len(labels[f"y_{split}"]) for split in SPLITS))
    words = Ragged.of_texts(word_list(read_object(paths[WORDS]), paths[WORDS]))
    splits = {}
    for split, order in zip(SPLITS, orders, strict=True):
        if split in rows:
            ranks = read_lists(path, f"x_{split}")
            y = labels[f"y_{split}"]
            check_ids(ranks, y, len(words), len(CLASSES), path)
            ids = as_keras(ranks[order])
            splits[split] = cut({**ids.arrays("ids"), "y": y[order]}, rows[split])
    return {**splits, "shared": words.arrays("words")}


def present(split: str, arrays: Arrays) -> tuple[Ragged, np.ndarray]:
    """Give the reviews' ids, a `Ragged` of int32, and the labels."""
    return Ragged.among(arrays, "ids"), arrays["y"]


def check_ids(ranks: Ragged, y: np.ndarray, words: int, classes: int, path: Path) -> None:
    """Make sure that texts and labels agree, and that every rank has a word.

    Raises
    ------
    BadFile
        If not.
    """
    if len(ranks) != len(y):
        raise BadFile(f"{path} has {len(ranks):,} texts and {len(y):,} labels.")
    if len(y) and not 0 <= y.min() <= y.max() < classes:
        raise BadFile(f"{path} has labels outside 0 to {classes - 1}.")
    # Keras' index gives no word to the four special ids.
    if len(ranks.flat) and not 1 <= ranks.flat.min() <= ranks.flat.max() <= words - 4:
        raise BadFile(f"{path} has words that its word index does not have.")
