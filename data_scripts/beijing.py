"""Beijing: PM2.5 and weather of each hour of 2010 to 2014, at the US embassy and the airport."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.csv_files import csv_rows, increasing, minutes, numbers
from data_scripts.errors import BadFile
from data_scripts.ragged import Arrays
from data_scripts.table import Table, wanted

FILE = "PRSA_data_2010.1.1-2014.12.31.csv"
ROWS = 43824
# The columns of x with their units, and their names in the file.
COLUMNS = (
    "PM2.5 (ug/m3)",
    "dew point (degC)",
    "T (degC)",
    "p (hPa)",
    "wind, summed (m/s)",
    "snow, summed (h)",
    "rain, summed (h)",
)
_IN_FILE = ("pm2.5", "DEWP", "TEMP", "PRES", "Iws", "Is", "Ir")
_HEADER = (
    *("No", "year", "month", "day", "hour"),
    *("pm2.5", "DEWP", "TEMP", "PRES", "cbwd", "Iws", "Is", "Ir"),
)
# The directions that the code in `wind` stands for; cv is calm or variable.
WIND = ("NE", "NW", "SE", "cv")
_MISSING = b"NA"


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted hours of Beijing.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name, plain or gzipped.
    rows : mapping of str to range or None
        Rows wanted of "series"; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": x float32 (N, 7), the columns COLUMNS, NaN where PM2.5 was not measured;
        time datetime64[m] (N,), every hour; wind int8 (N,), an index into WIND. Under "shared":
        columns (7,) and wind_names (4,).

    Raises
    ------
    BadFile
        If the file is damaged, has other columns, or text where numbers belong.
    """
    (path,) = paths.values()
    order = [_HEADER.index(name) for name in _IN_FILE]
    wind_at = _HEADER.index("cbwd")
    texts, values, wind = [], [], []
    for number, fields in csv_rows(path, _HEADER):
        year, month, day, hour = (field.decode("ascii", "replace") for field in fields[1:5])
        texts.append(f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:00")
        # Only PM2.5, the first, may be missing.
        gap = fields[order[0]] == _MISSING
        measured = numbers([fields[at] for at in order[gap:]], path, number)
        values.append([np.nan, *measured] if gap else measured)
        direction = fields[wind_at].decode("ascii", "replace")
        if direction not in WIND:
            raise BadFile(f"{path}, line {number:,}: {direction[:40]!r} is no direction of wind.")
        wind.append(WIND.index(direction))
    arrays = {
        "x": np.array(values, dtype=np.float32).reshape(-1, len(COLUMNS)),
        "time": increasing(minutes(texts, path), path),
        "wind": np.array(wind, dtype=np.int8),
    }
    chosen = wanted(rows["series"], len(values), path)
    return {
        "series": {name: array[chosen] for name, array in arrays.items()},
        "shared": {"columns": np.array(COLUMNS), "wind_names": np.array(WIND)},
    }


def present(split: str, arrays: Arrays) -> Table:
    """Give the series as a Table with the code column "wind"."""
    return Table(arrays["x"], arrays["time"], COLUMNS, {"wind": arrays["wind"]}, {"wind": WIND})
