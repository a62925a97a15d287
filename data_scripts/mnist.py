"""MNIST: 60,000 and 10,000 handwritten digits in four IDX files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data_scripts.idx import read_pairs
from data_scripts.ragged import Arrays


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of MNIST.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x`: images uint8 (N, 28, 28), white 255 on black 0, and `y`: labels uint8 (N,),
        0 to 9.
    """
    return read_pairs(paths, rows)
