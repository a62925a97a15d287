"""Fashion-MNIST: 60,000 and 10,000 pictures of clothes, in MNIST's format and file names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data_scripts.idx import read_pairs
from data_scripts.ragged import Arrays

# What the labels 0 to 9 stand for.
CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of Fashion-MNIST.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x`: images uint8 (N, 28, 28), the article bright on black 0, and `y`: labels
        uint8 (N,), 0 to 9.
    """
    return read_pairs(paths, rows)
