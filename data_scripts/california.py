"""California housing: 20,640 districts of the census of 1990 and the median house value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.keras_split import keras_split
from data_scripts.npz import read_npz
from data_scripts.ragged import Arrays

FILE = "california_housing_keras.npz"
ROWS = 20640
# In the order of x.
COLUMNS = (
    "longitude",  # degrees, west is negative
    "latitude",  # degrees
    "housing_median_age",  # years, capped at 52
    "total_rooms",
    "total_bedrooms",
    "population",
    "households",
    "median_income",  # in 10,000 dollars, capped at 15.0001
)


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted rows of California housing.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name; Keras' file and the mirror's have the same arrays.
    rows : mapping of str to range or None
        Rows wanted of "train" and "test"; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, x float32 (N, 8) and y float32 (N,), the median house value in dollars (capped at
        500,001), in the order of ``keras.datasets.california_housing.load_data()`` (16,512 and
        4,128 rows); under "shared", columns (8,), the names.

    Raises
    ------
    BadFile
        If the file is damaged or not this one.
    """
    path = paths[FILE]
    arrays = read_npz(path, {"x": ("float32", (ROWS, len(COLUMNS))), "y": ("float32", (ROWS,))})
    splits = keras_split(arrays["x"], arrays["y"], rows, path)
    return splits | {"shared": {"columns": np.array(COLUMNS)}}
