"""Arrays parsed from verified files, kept in the cache: parsing a set once is enough.

They lie under a key made of the hashes of the files that they came from and of the code that read
them, so that other files or another reader never meet old arrays. The files themselves need not be
read again: what is kept was made from them when they had been verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from data_scripts import arrays
from data_scripts.arrays import Splits
from data_scripts.entries import DataSet
from data_scripts.errors import BadFile
from data_scripts.sources import code_key
from data_scripts.store import Found, Places, expected, obtain_all

PREFIX = "parsed-"
PACKAGE = "data_scripts"


def parsed_splits(
    data: DataSet, places: Places, rows: Mapping[str, range | None]
) -> tuple[Splits, dict[str, Found], str]:
    """Give the wanted rows of the real data.

    Parameters
    ----------
    data : DataSet
        The set; one that is shipped has no files and is read from the course's own code.
    places : Places
        Where to look.
    rows : mapping of str to range or None
        Rows by split; None for all there are.

    Returns
    -------
    splits : dict of str to dict of str to np.ndarray
        Arrays by name, by split, and what belongs to no row under "shared".
    found : dict of str to Found
        The files that they came from, by canonical name.
    key : str
        Changes with the files, the reader and the rows.

    Raises
    ------
    NotAvailable, CacheError, BadFile
        If a file cannot be had, or is not what it should be.
    """
    # The whole set is what most loads need; arrays of some of its splits may be all there is.
    for splits_read in (data.rows, rows):
        wanted = {split: rows.get(split) for split in splits_read}
        found = expected(data, places, wanted)
        folder = parsed_folder(data, places.cache, found, wanted)
        try:
            splits = arrays.cut_splits(arrays.read_splits(folder), rows)
        except BadFile:
            # Not parsed yet, damaged, or without these rows: all are mended from the files.
            continue
        return splits, found, _with_rows(folder.name, rows)
    found = obtain_all(data, places, rows, progress=True)
    paths = {name: one.path for name, one in found.items()}
    folder = parsed_folder(data, places.cache, found, rows)
    whole = arrays.kept(
        folder,
        lambda: _read(data, paths, dict.fromkeys(rows)),
        {"set": data.name, "source": "real"},
    )
    return arrays.cut_splits(whole, rows), found, _with_rows(folder.name, rows)


def parsed_folder(
    data: DataSet, cache: Path, found: Mapping[str, Found], rows: Mapping[str, object]
) -> Path:
    """Give the place in the cache of the arrays parsed from these files for these splits."""
    return cache / data.name / f"{PREFIX}{_key(data, found, rows)}"


def reader_key(data: DataSet) -> str:
    """Give the part of a folder's name that tells which code made it."""
    return code_key(f"{PACKAGE}.{data.name}", PACKAGE)[:8]


def _key(data: DataSet, found: Mapping[str, Found], rows: Mapping[str, object]) -> str:
    files = sorted((name, one.copy.hash) for name, one in found.items())
    digest = hashlib.sha256(f"{files} {sorted(rows)}".encode()).hexdigest()
    return f"{reader_key(data)}-{digest[:12]}"


def _with_rows(key: str, rows: Mapping[str, range | None]) -> str:
    return hashlib.sha256(f"{key} {sorted(rows.items(), key=str)}".encode()).hexdigest()[:16]


def _read(data: DataSet, paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> Splits:
    splits = import_module(f"{PACKAGE}.{data.name}").read(paths, rows)
    arrays.check(splits)
    return splits
