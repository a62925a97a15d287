"""Divide a table as Keras does: shuffled with seed 113, the first 80 % for training."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.table import wanted

_SEED = 113
_TRAIN_SHARE = 0.8


def keras_split(
    x: np.ndarray, y: np.ndarray, rows: Mapping[str, range | None], path: Path
) -> dict[str, dict[str, np.ndarray]]:
    """Give the wanted rows of "train" and "test", in the order in which Keras' loader gives them.

    Parameters
    ----------
    x, y : np.ndarray
        (N, columns) and (N,), in the order of the file.
    rows : mapping of str to range or None
        Rows wanted of each split; None for all.
    path : Path
        The file, for messages.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, "x" and "y".

    Raises
    ------
    BadFile
        If there are fewer rows than are wanted.
    """
    order = np.arange(len(x))
    # Keras uses NumPy's old generator, whose stream is frozen for good.
    np.random.RandomState(_SEED).shuffle(order)
    first = int(len(x) * _TRAIN_SHARE)
    orders = {"train": order[:first], "test": order[first:]}
    splits = {}
    for split, some in rows.items():
        chosen = orders[split][wanted(some, len(orders[split]), path)]
        splits[split] = {"x": x[chosen], "y": y[chosen]}
    return splits
