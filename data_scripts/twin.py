"""Give the twin of a data set: made once, then kept in the cache where that can be written."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from data_scripts import arrays
from data_scripts.arrays import Splits
from data_scripts.entries import DataSet
from data_scripts.sources import code_key

PACKAGE = "data_scripts"
GENERATORS = f"{PACKAGE}.twins"


def twin_splits(data: DataSet, cache: Path) -> Splits:
    """Give all rows of a twin, from the cache or newly made.

    Parameters
    ----------
    data : DataSet
        Its `twin` names generator, seed and rows.
    cache : Path
        The cache folder; it may be read-only.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Arrays by name, by split, of the same shapes and types as the real ones.
    """
    about = {"set": data.name, "source": "twin"}
    return arrays.kept(twin_folder(data, cache), lambda: _make(data), about)


def twin_folder(data: DataSet, cache: Path) -> Path:
    """Give the twin's place in the cache.

    Its name changes with seed, rows and the code of the generator and of what it imports from this
    package, so that an outdated twin is never used.
    """
    twin = data.twin
    code = code_key(f"{GENERATORS}.{twin.module}", PACKAGE)
    key = hashlib.sha256(f"{code} {twin.module} {twin.seed} {twin.rows}".encode()).hexdigest()
    return cache / data.name / f"twin-{key[:12]}"


def _make(data: DataSet) -> Splits:
    generator = import_module(f"{GENERATORS}.{data.twin.module}")
    return generator.make(rows=data.twin.rows, seed=data.twin.seed)
