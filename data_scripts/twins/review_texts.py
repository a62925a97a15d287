"""Twin of IMDB's raw texts: the reviews of `reviews`, with capitals, punctuation and line breaks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data_scripts.ragged import Ragged
from data_scripts.twins.reviews import blocks, text


def make(rows: Mapping[str, int], seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Make the twin of IMDB's raw texts.

    Parameters
    ----------
    rows : mapping of str to int
        Reviews wanted of "train" and of "test".
    seed : int
        With the seed of the twin of IMDB, text i is that of its review i.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, "text_flat" uint8 and "text_offsets" int64 (UTF-8), "y" int64, 0 or 1, and
        "rating" int64, 1 to 10.
    """
    splits = {}
    for split, count in rows.items():
        written = list(blocks(split, count, seed))
        texts = Ragged.of_texts(review for block in written for review in text(block))
        splits[split] = {
            **texts.arrays("text"),
            "y": np.concatenate([block.labels for block in written]),
            "rating": np.concatenate([block.ratings for block in written]),
        }
    return splits
