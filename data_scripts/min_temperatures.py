"""Daily minimum temperatures in Melbourne, 1981 to 1990."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.csv_files import csv_rows, increasing, minutes, numbers
from data_scripts.ragged import Arrays
from data_scripts.table import Table, wanted

FILE = "daily-min-temperatures.csv"
ROWS = 3650
COLUMNS = ("Tmin (degC)",)


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted days of Melbourne.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name, plain or gzipped.
    rows : mapping of str to range or None
        Rows wanted of "series"; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": x float32 (N, 1), degrees Celsius; time datetime64[m] (N,), the beginning of
        each day, 31 December of the two leap years left out. Under "shared": columns (1,).

    Raises
    ------
    BadFile
        If the file is damaged, has other columns, or text where numbers belong.
    """
    (path,) = paths.values()
    texts, values = [], []
    for number, fields in csv_rows(path, ("Date", "Temp")):
        texts.append(fields[0].decode("ascii", "replace"))
        values.append(numbers(fields[1:], path, number))
    x = np.array(values, dtype=np.float32).reshape(-1, 1)
    time = increasing(minutes(texts, path), path)
    chosen = wanted(rows["series"], len(x), path)
    return {
        "series": {"x": x[chosen], "time": time[chosen]},
        "shared": {"columns": np.array(COLUMNS)},
    }


def present(split: str, arrays: Arrays) -> Table:
    """Give the series as a Table of one column."""
    return Table(arrays["x"], arrays["time"], COLUMNS)
