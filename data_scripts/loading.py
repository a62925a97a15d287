"""Load a data set: the real one where it can be had, else its twin, and say which it is."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import numpy as np

from data_scripts import notebook, places
from data_scripts.arrays import Split
from data_scripts.errors import DataError
from data_scripts.manifest import DataSet, data_set
from data_scripts.store import Found, Places, obtain_all
from data_scripts.twin import twin_splits

_PLACE_NAMES = {"cache": "the cache", "mirror": "the mirror folder", "internet": "the internet"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Loaded:
    """Rows of a data set.

    Attributes
    ----------
    train, test : (np.ndarray, np.ndarray) or None
        Inputs and labels; None where the part that was asked for has no such rows. The set's own
        module says shapes and types.
    source : str
        "real" or "twin".
    where : str
        One sentence for the reader: which data, from where, what differs from the canonical data.
    """

    train: Split | None
    test: Split | None
    source: str
    where: str

    def __repr__(self) -> str:
        train, test = (0 if split is None else len(split[0]) for split in (self.train, self.test))
        return f"Loaded({train:,} train and {test:,} test rows; {self.where})"


def load(name: str, part: str = "notebook", source: str | None = None) -> Loaded:
    """Load a part of a data set.

    Parameters
    ----------
    name : str
        Its name in the manifest, such as "mnist".
    part : {"notebook", "full", "unseen"}
        The rows that fast mode gives to a notebook; all rows; rows that no notebook gets in fast
        mode.
    source : {"real", "twin"}, optional
        Force the real data or the twin. Left out, `LABS_SOURCE` decides, else what can be had.

    Returns
    -------
    Loaded
        For MNIST and Fashion-MNIST images are uint8 (N, 28, 28), labels uint8 (N,).

    Raises
    ------
    UnknownDataSet
        If the manifest has no such set.
    RowsNotHere
        If the cache is one that `notebook_cache` wrote, and other rows than those for notebooks are
        asked for.
    NotAvailable, CacheError, BadFile
        If the real data is forced and cannot be had.
    """
    data = data_set(name)
    rows = data.part(part)
    wanted = places.wanted_source(source)
    cache = places.cache_folder()
    if notebook.is_notebook_cache(cache):
        splits, source, where = notebook.read_notebook_part(cache, data, part, wanted)
        return _loaded(splits, source, where)
    if wanted == "twin":
        return _twin(data, rows, "")
    try:
        return _real(data, rows)
    except DataError as error:
        if wanted == "real":
            raise
        return _twin(data, rows, f" (instead of the real data: {error})")


def current_places() -> Places:
    """Give the places to look for files, as the environment sets them."""
    return Places(places.cache_folder(), places.mirror_folder(), places.network_allowed())


def where_real(data: DataSet, found: dict[str, Found]) -> str:
    """Say where the files of a real data set came from and how they differ from canonical ones."""
    used = {one.place for one in found.values()}
    origin = " and ".join(text for place, text in _PLACE_NAMES.items() if place in used)
    differences = dict.fromkeys(one.copy.differs for one in found.values() if one.copy.differs)
    notes = f"; that copy has {' and '.join(differences)}" if differences else ""
    return f"{data.title}, the real data, from {origin}{notes}"


def _real(data: DataSet, rows: dict[str, range | None]) -> Loaded:
    found = obtain_all(data, current_places(), rows, progress=True)
    paths = {name: one.path for name, one in found.items()}
    splits = import_module(f"data_scripts.{data.name}").read(paths, rows)
    return _loaded(splits, "real", where_real(data, found))


def _twin(data: DataSet, rows: dict[str, range | None], reason: str) -> Loaded:
    splits = twin_splits(data, places.cache_folder())
    cut = {split: _cut(splits[split], wanted) for split, wanted in rows.items()}
    return _loaded(cut, "twin", f"{data.title}'s twin, {data.twin.about}{reason}")


def _cut(pair: Split, rows: range | None) -> Split:
    if rows is None:
        return pair
    x, y = (np.ascontiguousarray(array[rows.start : rows.stop]) for array in pair)
    return x, y


def _loaded(splits: dict[str, Split], source: str, where: str) -> Loaded:
    return Loaded(splits.get("train"), splits.get("test"), source, where)
