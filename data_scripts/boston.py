"""Boston housing: 506 districts of the 1970s with 13 features each and the median house price."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.keras_split import keras_split
from data_scripts.npz import read_npz
from data_scripts.ragged import Arrays

FILE = "boston_housing.npz"
ROWS = 506
# In the order of x. B was made from the share of Black residents on the belief that it moves
# prices: see `care` in the manifest before using it.
COLUMNS = (
    "CRIM",  # crimes per head
    "ZN",  # share of land for large lots, percent
    "INDUS",  # share of land for industry, percent
    "CHAS",  # 1 at the river, else 0
    "NOX",  # nitrogen oxides, parts per 10 million
    "RM",  # rooms per dwelling
    "AGE",  # share of houses built before 1940, percent
    "DIS",  # weighted distance to five centres of work
    "RAD",  # index of access to highways
    "TAX",  # property tax, dollars per 10,000
    "PTRATIO",  # pupils per teacher
    "B",  # 1000 (Bk - 0.63)^2, Bk the share of Black residents
    "LSTAT",  # share of inhabitants of low status, percent
)


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of Boston housing.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name.
    rows : mapping of str to range or None
        Rows wanted of "train" and "test"; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, x float64 (N, 13) and y float64 (N,), the median price in 1000 dollars, in the
        order of ``keras.datasets.boston_housing.load_data()`` (404 and 102 rows); under "shared",
        columns (13,), the names.

    Raises
    ------
    BadFile
        If the file is damaged or not this one.
    """
    path = paths[FILE]
    arrays = read_npz(path, {"x": ("float64", (ROWS, len(COLUMNS))), "y": ("float64", (ROWS,))})
    splits = keras_split(arrays["x"], arrays["y"], rows, path)
    return splits | {"shared": {"columns": np.array(COLUMNS)}}
