"""Jena climate: eight years of weather at the Max Planck Institute for Biogeochemistry, hourly.

The institute's station writes a line every ten minutes. Here, as in the book, one line an hour is
kept: the first, and every sixth after it, of the lines whose time did not occur before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.csv_files import csv_rows, increasing, minutes, numbers
from data_scripts.errors import BadFile
from data_scripts.npz import read_npz
from data_scripts.ragged import Arrays
from data_scripts.table import Table, wanted

FILE = "jena_climate_2009_2016.csv.zip"
MEMBER = "jena_climate_2009_2016.csv"
ROWS = 70038
# The columns of x, in every copy.
COLUMNS = ("T (degC)", "p (mbar)", "rh (%)", "VPmax (mbar)", "wv (m/s)", "Tdew (degC)")
# The columns of `more`, which only the whole file and the twin have.
MORE = (
    "Tpot (K)",
    "VPact (mbar)",
    "VPdef (mbar)",
    "sh (g/kg)",
    "H2OC (mmol/mol)",
    "rho (g/m**3)",
    "max. wv (m/s)",
    "wd (deg)",
)
# The steps of the hourly table that are not 60 minutes: the row before, and the minutes to the
# next. In the last two the station stood still; in the others single lines are missing.
GAPS = ((6729, 80), (38312, 70), (48871, 70), (50224, 1010), (68489, 4510))
# The whole file's columns after the time, in its order.
_WHOLE = (
    "p (mbar)",
    "T (degC)",
    "Tpot (K)",
    "Tdew (degC)",
    "rh (%)",
    "VPmax (mbar)",
    "VPact (mbar)",
    "VPdef (mbar)",
    "sh (g/kg)",
    "H2OC (mmol/mol)",
    "rho (g/m**3)",
    "wv (m/s)",
    "max. wv (m/s)",
    "wd (deg)",
)
_STEP = 6
_WINDS = ("wv (m/s)", "max. wv (m/s)")
# No hash of the whole file is published, so what is read from it is compared with the hourly table.
CONTENT = "sha256:3ce8a85616f7eadfa0e4bd72d99848658c3b31b426acfdabb2bd9682f1f6dfe1"


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted hours of Jena climate.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name. The path may be that of the whole file (``.zip``) or
        of the hourly table (``.npz``).
    rows : mapping of str to range or None
        Rows wanted of "series"; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": x float32 (N, 6), the columns COLUMNS; time datetime64[m] (N,); more float32
        (N, 8), the columns MORE, all NaN where the copy has only the first six. Wind that the
        station could not measure (-9999) is 0. Under "shared": columns (6,) and more_columns (8,),
        their names.

    Raises
    ------
    BadFile
        If the file is damaged or holds other weather.
    """
    (path,) = paths.values()
    arrays = read_whole(path) if path.suffix == ".zip" else read_hourly(path)
    if content(arrays) != CONTENT:
        raise BadFile(
            f"{path} does not hold the hourly weather of Jena, 2009 to 2016, that the course knows."
        )
    shared = {"columns": np.array(COLUMNS), "more_columns": np.array(MORE)}
    chosen = wanted(rows["series"], len(arrays["x"]), path)
    return {
        "series": {name: array[chosen] for name, array in arrays.items()},
        "shared": shared,
    }


def present(split: str, arrays: Arrays) -> Table:
    """Give the series as a Table of the six columns that every copy has."""
    return Table(arrays["x"], arrays["time"], COLUMNS)


def whole(arrays: Arrays) -> Table:
    """Give the series as a Table of all columns that its copy has: 14, or the first 6.

    Examples
    --------
    >>> from data_scripts import load
    >>> table = whole(load("jena", source="twin").arrays["series"])  # doctest: +SKIP
    """
    if np.isnan(arrays["more"]).all():
        return present("series", arrays)
    return Table(np.hstack([arrays["x"], arrays["more"]]), arrays["time"], COLUMNS + MORE)


def read_hourly(path: Path) -> Arrays:
    """Read the hourly table of six columns.

    Raises
    ------
    BadFile
        If the file is damaged or has other columns.
    """
    arrays = read_npz(
        path,
        {
            "X": ("float32", (None, len(COLUMNS))),
            "time": ("datetime64[m]", (None,)),
            "cols": ("<U12", (len(COLUMNS),)),
        },
    )
    if tuple(arrays["cols"].tolist()) != COLUMNS or len(arrays["X"]) != len(arrays["time"]):
        raise BadFile(f"{path} has other columns or rows than the hourly table of Jena.")
    count = len(arrays["X"])
    return {
        "x": arrays["X"],
        "time": increasing(arrays["time"], path),
        "more": np.full((count, len(MORE)), np.nan, np.float32),
    }


def read_whole(path: Path) -> Arrays:
    """Read the whole file, a line every ten minutes, and keep the hourly ones.

    Raises
    ------
    BadFile
        If the file is damaged, has other columns, or text where numbers belong.
    """
    texts, values = [], []
    for number, fields in csv_rows(path, ("Date Time", *_WHOLE), MEMBER):
        # 01.02.2009 03:10:00
        day, month, year, clock = (
            part.decode("ascii", "replace")
            for part in (fields[0][:2], fields[0][3:5], fields[0][6:10], fields[0][11:16])
        )
        texts.append(f"{year}-{month}-{day}T{clock}")
        values.append(np.array(numbers(fields[1:], path, number), dtype=np.float32))
    if not values:
        raise BadFile(f"{path} has no rows.")
    # Some hours were written twice: the first line of a time is kept, in the order of time.
    time, first = np.unique(minutes(texts, path), return_index=True)
    kept = np.stack(values)[first[::_STEP]]
    by_name = dict(zip(_WHOLE, kept.T, strict=True))
    for name in _WINDS:
        by_name[name] = np.maximum(by_name[name], 0)
    return {
        "x": np.stack([by_name[name] for name in COLUMNS], axis=1),
        "time": time[::_STEP],
        "more": np.stack([by_name[name] for name in MORE], axis=1),
    }


def content(arrays: Mapping[str, np.ndarray]) -> str:
    """Compute a hash of what every copy has: the times and the first six columns."""
    digest = hashlib.sha256(arrays["time"].astype("<i8").tobytes())
    # Adding 0 makes -0.0 and 0.0 the same number in bytes too.
    digest.update((arrays["x"].astype("<f4") + np.float32(0)).tobytes())
    return f"sha256:{digest.hexdigest()}"
