"""Fashion-MNIST: 60,000 and 10,000 pictures of clothes, in MNIST's format and file names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data_scripts.idx import Split, read_pairs

FILES = {
    "train": ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    "test": ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
}


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Split]:
    """Read the wanted rows of Fashion-MNIST.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to (np.ndarray, np.ndarray)
        By split, images uint8 (N, 28, 28), the article bright on black 0, and labels uint8 (N,), 0 to 9.
    """
    return read_pairs(paths, FILES, rows)
