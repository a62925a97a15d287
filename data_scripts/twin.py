"""Give the twin of a data set: made once, then kept in the cache where that can be written."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from data_scripts import arrays
from data_scripts.arrays import Split
from data_scripts.errors import BadFile, CacheError
from data_scripts.manifest import DataSet

GENERATORS = Path(__file__).with_name("twins")


def twin_splits(data: DataSet, cache: Path) -> dict[str, Split]:
    """Give all rows of a twin, from the cache or newly made.

    Parameters
    ----------
    data : DataSet
        Its `twin` names generator, seed and rows.
    cache : Path
        The cache folder; it may be read-only.

    Returns
    -------
    dict of str to (np.ndarray, np.ndarray)
        Inputs and labels by split, of the same shapes and types as the real ones.
    """
    folder = twin_folder(data, cache)
    try:
        return arrays.read_splits(folder)
    except BadFile:
        # Not made yet, or damaged: both are mended by making it.
        splits = _make(data)
    # A cache that cannot be written costs the seconds of making it again, nothing else.
    with suppress(CacheError):
        arrays.write_splits(folder, splits, {"set": data.name, "source": "twin"})
    return splits


def twin_folder(data: DataSet, cache: Path) -> Path:
    """Give the twin's place in the cache.

    Its name changes with the generators' code, so that an outdated twin is never used.
    """
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(GENERATORS.glob("*.py")))
    key = hashlib.sha256(f"{code}{data.twin}".encode()).hexdigest()[:12]
    return cache / data.name / f"twin-{key}"


def _make(data: DataSet) -> dict[str, Split]:
    generator = import_module(f"data_scripts.twins.{data.twin.module}")
    return generator.make(rows=data.twin.rows, seed=data.twin.seed)
