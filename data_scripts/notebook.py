"""A cache with the rows for notebooks only: what a student's program gets to see."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from data_scripts import arrays, files
from data_scripts.arrays import Splits
from data_scripts.entries import DataSet
from data_scripts.errors import NotAvailable, RowsNotHere

MARKER = "notebook-part.json"


def notebook_cache(target: Path, names: Iterable[str], source: str | None = None) -> None:
    """Write a cache that holds the notebook part of some data sets and nothing else.

    With `LABS_DATA` set to that folder, `load` serves the notebook part from it, without network
    and without writing, and refuses other rows.

    Parameters
    ----------
    target : Path
        The folder; made if it is not there. Sets that it has already are replaced.
    names : iterable of str
        Names from the manifest.
    source : {"real", "twin"}, optional
        As for `load`. A folder may hold both, written one after the other.

    Raises
    ------
    UnknownDataSet, NotAvailable, CacheError
        As `load`.
    """
    # Imported here because loading reads such caches.
    from data_scripts.loading import load

    target = Path(target)
    for name in names:
        loaded = load(name, "notebook", source)
        arrays.write_splits(
            _folder(target, name, loaded.source),
            loaded.arrays,
            {"set": name, "source": loaded.source, "where": loaded.where, "key": loaded.key},
        )
    with files.new_file(target / MARKER) as path:
        path.write_text(json.dumps({"part": "notebook"}), encoding="utf-8")


def is_notebook_cache(cache: Path) -> bool:
    """Tell whether a cache folder is one that `notebook_cache` wrote."""
    return (cache / MARKER).is_file()


def read_notebook_part(
    cache: Path, data: DataSet, part: str, wanted: str | None
) -> tuple[Splits, str, str, str]:
    """Read a data set from such a cache.

    Returns
    -------
    splits : dict of str to dict of str to np.ndarray
        Arrays by name, by split.
    source : str
        "real" or "twin".
    where : str
        The sentence that was true when the cache was written.
    key : str
        What `Loaded.key` was then.

    Raises
    ------
    RowsNotHere
        If `part` is not "notebook".
    NotAvailable
        If the cache has not this set, or not from the wanted source.
    BadFile
        If an array is damaged.
    """
    if part != "notebook":
        raise RowsNotHere(
            f"This data folder has only the rows of {data.title} that notebooks get; "
            f"part {part!r} is not in it."
        )
    for source in (wanted,) if wanted else ("real", "twin"):
        folder = _folder(cache, data.name, source)
        if folder.is_dir():
            about = arrays.read_about(folder)
            return arrays.read_splits(folder), source, str(about["where"]), str(about["key"])
    kind = f" ({wanted})" if wanted else ""
    raise NotAvailable(
        f"{data.title}{kind} is not in this data folder, which has only the rows for notebooks: "
        f"name {data.name!r} when it is written, or set LABS_DATA to another folder."
    )


def _folder(cache: Path, name: str, source: str) -> Path:
    return cache / name / source
