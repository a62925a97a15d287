"""Reuters: 11,228 newswires of 1987 in 46 topics as word ids, divided as Keras does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.imdb import check_ids
from data_scripts.json_files import read_object
from data_scripts.npz import read_npz
from data_scripts.pickled import read_lists
from data_scripts.ragged import Arrays, Ragged, cut
from data_scripts.tokens import as_keras, keras_orders, word_list

SEQUENCES = "reuters.npz"
WORDS = "reuters_word_index.json"
TRAIN_SHARE = 0.8
# What the labels 0 to 45 stand for: Reuters' own names of its topics, in Keras' order.
TOPICS = (
    *("cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply"),
    *("coffee", "sugar", "trade", "reserves", "ship", "cotton", "carcass", "crude", "nat-gas"),
    *("cpi", "money-fx", "interest", "gnp", "meal-feed", "alum", "oilseed", "gold", "tin"),
    *("strategic-metal", "livestock", "retail", "ipi", "iron-steel", "rubber", "heat", "jobs"),
    *("lei", "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog", "lead"),
)


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted newswires.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split: ids_flat int32 and ids_offsets int64, each newswire's word ids, 1 first (`tokens`
        tells what ids mean); y int64 (N,), the topic, 0 to 45. They equal what
        ``keras.datasets.reuters.load_data()`` gives. Under "shared": topics (46,), their names;
        words_flat and words_offsets, the word of each id as UTF-8 (`tokens.words_of` gives the
        list).

    Raises
    ------
    BadFile
        If a file is damaged or holds anything but numbers.
    """
    path = paths[SEQUENCES]
    ranks = read_lists(path, "x")
    y = read_npz(path, {"y": ("int64", (None,))})["y"]
    words = Ragged.of_texts(word_list(read_object(paths[WORDS]), paths[WORDS]))
    check_ids(ranks, y, len(words), len(TOPICS), path)
    (order,) = keras_orders(len(ranks))
    first = int(len(order) * TRAIN_SHARE)
    parts = {"train": order[:first], "test": order[first:]}
    splits = {}
    for split, wanted in rows.items():
        part = parts[split]
        ids = as_keras(ranks[part])
        splits[split] = cut({**ids.arrays("ids"), "y": y[part]}, wanted)
    return {**splits, "shared": {"topics": np.array(TOPICS), **words.arrays("words")}}


def present(split: str, arrays: Arrays) -> tuple[Ragged, np.ndarray]:
    """Give the newswires' ids, a `Ragged` of int32, and the topics."""
    return Ragged.among(arrays, "ids"), arrays["y"]
