"""A table whose rows are points in time, as the loaders of weather and other series give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from data_scripts.errors import BadFile

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table:
    """Measurements in the order of time.

    Attributes
    ----------
    x : np.ndarray
        float32 (N, columns); NaN where a value is missing.
    time : np.ndarray
        datetime64[m] (N,), increasing. Steps need not be equal: look before you count rows.
    columns : tuple of str
        Names with units, such as "T (degC)".
    codes : mapping of str to np.ndarray
        Further columns that are no measurements but one of a few things, by name: int8 (N,).
    names : mapping of str to tuple of str
        What each code of such a column stands for.

    Examples
    --------
    >>> table = Table(np.float32([[3], [4]]), np.array(["2009-01-01", "2009-01-02"], "M8[m]"), ("T",))
    >>> len(table), table.column("T").tolist()
    (2, [3.0, 4.0])
    """

    x: np.ndarray
    time: np.ndarray
    columns: tuple[str, ...]
    codes: Mapping[str, np.ndarray] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.time)

    def __repr__(self) -> str:
        span = f", {self.time[0]} to {self.time[-1]}" if len(self) else ""
        columns = (*self.columns, *self.codes)
        return f"Table({len(self):,} rows{span}; {', '.join(columns)})"

    def column(self, name: str) -> np.ndarray:
        """Give one column, (N,), a view.

        Raises
        ------
        KeyError
            If there is none of that name; the message lists those there are.
        """
        if name in self.columns:
            return self.x[:, self.columns.index(name)]
        if name in self.codes:
            return self.codes[name]
        raise KeyError(f"no column {name!r}; there are {', '.join((*self.columns, *self.codes))}")

    def frame(self) -> pd.DataFrame:
        """Give a pandas DataFrame with the times as its index; codes become categories."""
        # pandas takes half a second to import: only who wants a frame waits for it.
        import pandas as pd

        frame = pd.DataFrame(np.array(self.x), index=pd.DatetimeIndex(self.time, name="time"))
        frame.columns = list(self.columns)
        for name, codes in self.codes.items():
            frame[name] = pd.Categorical.from_codes(codes, list(self.names[name]))
        return frame


def wanted(rows: range | None, count: int, path: Path) -> slice:
    """Turn the wanted rows (None: all) into a slice.

    Raises
    ------
    BadFile
        If the file has fewer rows.
    """
    if rows is None:
        return slice(0, count)
    if rows.stop > count:
        raise BadFile(f"{path} has {count:,} rows; rows up to {rows.stop:,} were wanted.")
    return slice(rows.start, rows.stop)
