"""Monthly milk production in the USA, pounds per cow, 1962 to 1975: 168 numbers, written down here.

Published by the US Department of Agriculture; J. D. Cryer, Time Series Analysis, Duxbury 1986; Time
Series Data Library, R. J. Hyndman.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.ragged import Arrays
from data_scripts.table import Table

ROWS = 168
COLUMNS = ("milk (lb/cow)",)
FIRST = np.datetime64("1962-01", "M")
# A line a year, January to December.
# fmt: off
POUNDS = (
    589, 561, 640, 656, 727, 697, 640, 599, 568, 577, 553, 582,
    600, 566, 653, 673, 742, 716, 660, 617, 583, 587, 565, 598,
    628, 618, 688, 705, 770, 736, 678, 639, 604, 611, 594, 634,
    658, 622, 709, 722, 782, 756, 702, 653, 615, 621, 602, 635,
    677, 635, 736, 755, 811, 798, 735, 697, 661, 667, 645, 688,
    713, 667, 762, 784, 837, 817, 767, 722, 681, 687, 660, 698,
    717, 696, 775, 796, 858, 826, 783, 740, 701, 706, 677, 711,
    734, 690, 785, 805, 871, 845, 801, 764, 725, 723, 690, 734,
    750, 707, 807, 824, 886, 859, 819, 783, 740, 747, 711, 751,
    804, 756, 860, 878, 942, 913, 869, 834, 790, 800, 763, 800,
    826, 799, 890, 900, 961, 935, 894, 855, 809, 810, 766, 805,
    821, 773, 883, 898, 957, 924, 881, 837, 784, 791, 760, 802,
    828, 778, 889, 902, 969, 947, 908, 867, 815, 812, 773, 813,
    834, 782, 892, 903, 966, 937, 896, 858, 817, 827, 797, 843,
)
# fmt: on


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Give the wanted months; there is no file.

    Parameters
    ----------
    paths : mapping of str to Path
        Not used.
    rows : mapping of str to range or None
        Rows wanted of "series"; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": x float32 (N, 1), pounds per cow and month; time datetime64[m] (N,), the
        beginning of each month. Under "shared": columns (1,).
    """
    some = rows["series"] or range(ROWS)
    chosen = slice(some.start, some.stop)
    return {
        "series": {
            "x": np.array(POUNDS, dtype=np.float32)[chosen, None],
            "time": months(ROWS)[chosen],
        },
        "shared": {"columns": np.array(COLUMNS)},
    }


def present(split: str, arrays: Arrays) -> Table:
    """Give the series as a Table of one column."""
    return Table(arrays["x"], arrays["time"], COLUMNS)


def months(count: int) -> np.ndarray:
    """Give the beginnings of so many months from January 1962, datetime64[m] (count,)."""
    return (FIRST + np.arange(count)).astype("datetime64[m]")
