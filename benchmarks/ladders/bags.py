"""What the ladders on texts share: bags of words and of pairs of words, and networks on them."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
import scipy.sparse as sparse

from data_scripts.ragged import Ragged
from data_scripts.tokens import most_frequent

# Pairs of words are hashed into so many columns.
COLUMNS = (1 << 18) - 5
_FACTOR = 1_000_003


def words(ids: Ragged, num_words: int) -> sparse.csr_matrix:
    """Tell which of the most frequent words are in each text: float32 (N, num_words), 0 or 1."""
    return _bag(most_frequent(ids, num_words).flat, ids.offsets, num_words)


def words_and_pairs(ids: Ragged, num_words: int) -> sparse.csr_matrix:
    """Tell too which pairs of neighbours are, hashed; rows are scaled to length 1."""
    flat = most_frequent(ids, num_words).flat.astype(np.int64)
    pairs = (flat[:-1] * _FACTOR + flat[1:]) % COLUMNS
    # A text's last word has no neighbour: its pair with the next text's start says nothing.
    pairs = np.append(pairs, COLUMNS)
    both = sparse.hstack([words(ids, num_words), _bag(pairs, ids.offsets, COLUMNS + 1)])
    lengths = np.sqrt(np.asarray(both.sum(axis=1)).ravel())
    return (sparse.diags(1 / lengths) @ both).tocsr()


def network(columns: int, hidden: Sequence[int], classes: int) -> keras.Sequential:
    """Build a network of dense layers on a bag; one class stands for yes or no."""
    last, loss = ("sigmoid", "binary") if classes == 1 else ("softmax", "sparse_categorical")
    model = keras.Sequential(
        [
            keras.Input((columns,)),
            *(keras.layers.Dense(width, activation="relu") for width in hidden),
            keras.layers.Dense(classes, activation=last),
        ]
    )
    model.compile(optimizer="rmsprop", loss=f"{loss}_crossentropy")
    return model


def train(
    model: keras.Sequential, x: sparse.csr_matrix, y: np.ndarray, epochs: int, seed: int
) -> None:
    """Train in batches of 512, each made dense when its turn comes: the whole would be 1 GB."""
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(y))
        for first in range(0, len(y), 512):
            rows = order[first : first + 512]
            model.train_on_batch(x[rows].toarray(), y[rows])


def predict(model: keras.Sequential, x: sparse.csr_matrix) -> np.ndarray:
    """Give the model's classes, int64 (N,)."""
    parts = [
        np.asarray(model.predict_on_batch(x[first : first + 2048].toarray()))
        for first in range(0, x.shape[0], 2048)
    ]
    scores = np.concatenate(parts)
    return (scores[:, 0] > 0.5).astype(np.int64) if scores.shape[1] == 1 else scores.argmax(axis=1)


def _bag(flat: np.ndarray, offsets: np.ndarray, columns: int) -> sparse.csr_matrix:
    ones = np.ones(len(flat), dtype=np.float32)
    bag = sparse.csr_matrix((ones, flat, offsets), shape=(len(offsets) - 1, columns))
    bag.sum_duplicates()
    bag.data[:] = 1
    return bag
