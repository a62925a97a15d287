"""Measure each rung of the ladder of ch03_imdb on reviews that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.preprocessing import normalize


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the accuracy of every rung on unseen reviews.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        Share of right answers by rung: majority, linear, network, pairs.
    """
    reviews, labels = notebook["lab"].unseen()
    num_words = notebook["NUM_WORDS"]
    reviews = notebook["keep_frequent"](reviews)
    words = normalize(notebook["sparse_bag"](reviews, num_words))
    rows = notebook["vectorize"](reviews, num_words)
    said = {
        "majority": np.full(len(labels), notebook["majority"]),
        "linear": notebook["linear"].predict(words),
        "network": notebook["network"].predict(rows, batch_size=1000, verbose=0)[:, 0] > 0.5,
        "pairs": notebook["on_pairs"].predict(notebook["with_pairs"](reviews)),
    }
    return {name: float(np.mean(classes == labels)) for name, classes in said.items()}
