"""Load a data set: the real one where it can be had, else its twin, and say which it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from data_scripts import notebook, places
from data_scripts.arrays import Arrays, Splits, cut_splits
from data_scripts.entries import SHARED, DataSet
from data_scripts.errors import DataError, NotAvailable
from data_scripts.manifest import data_set
from data_scripts.parsed import parsed_splits
from data_scripts.ragged import row_count
from data_scripts.store import Found, Places
from data_scripts.twin import twin_folder, twin_splits

_PLACE_NAMES = {"cache": "the cache", "mirror": "the mirror folder", "internet": "the internet"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Loaded:
    """Rows of a data set.

    Attributes
    ----------
    splits : dict of str to Any
        The rows by split, as the set's own module presents them; inputs and labels as a tuple
        (x, y) of arrays where it says nothing else. `train`, `validation`, `test` and `series` give
        the same, and None where the part that was asked for has no such rows.
    source : str
        "real" or "twin".
    where : str
        One sentence for the reader: which data, from where, what differs from the canonical data.
    arrays : dict of str to dict of str to np.ndarray
        The same rows as named arrays by split; under "shared" what belongs to no row.
    key : str
        Changes with whatever the arrays depend on; names what is made from them in the cache.
    """

    splits: dict[str, Any]
    source: str
    where: str
    arrays: Splits = field(default_factory=dict)
    key: str = ""

    @property
    def train(self) -> Any:
        """Training rows."""
        return self.splits.get("train")

    @property
    def validation(self) -> Any:
        """Validation rows."""
        return self.splits.get("validation")

    @property
    def test(self) -> Any:
        """Test rows."""
        return self.splits.get("test")

    @property
    def series(self) -> Any:
        """Rows in the order of time."""
        return self.splits.get("series")

    @property
    def shared(self) -> Arrays | None:
        """What belongs to no row, such as a list of words: arrays by name."""
        return self.arrays.get(SHARED)

    def __repr__(self) -> str:
        counts = [
            f"{row_count(named):,} {split}"
            for split, named in self.arrays.items()
            if split != SHARED
        ]
        listed = " and ".join(filter(None, (", ".join(counts[:-1]), *counts[-1:])))
        return f"Loaded({f'{listed} rows; ' if counts else ''}{self.where})"


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
        The module of the set says which arrays it has; for MNIST and Fashion-MNIST `train` and
        `test` are images uint8 (N, 28, 28) and labels uint8 (N,).

    Raises
    ------
    UnknownDataSet
        If the manifest has no such set.
    RowsNotHere
        If the cache is one that `notebook_cache` wrote, and other rows than those for notebooks are
        asked for.
    NotAvailable, CacheError, BadFile
        If the real data is forced and cannot be had; NotAvailable also where there is none.
    """
    data = data_set(name)
    rows = data.part(part)
    wanted = places.wanted_source(source)
    cache = places.cache_folder()
    if notebook.is_notebook_cache(cache):
        splits, source, where, key = notebook.read_notebook_part(cache, data, part, wanted)
        return _loaded(data, splits, source, where, key)
    if wanted == "twin" or (data.generated and wanted is None):
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
    if data.shipped:
        return f"{data.title}, the real data, shipped with the course"
    used = {one.place for one in found.values()}
    origin = " and ".join(text for place, text in _PLACE_NAMES.items() if place in used)
    differences = dict.fromkeys(one.copy.differs for one in found.values() if one.copy.differs)
    notes = f"; that copy has {' and '.join(differences)}" if differences else ""
    return f"{data.title}, the real data, from {origin}{notes}"


def _real(data: DataSet, rows: dict[str, range | None]) -> Loaded:
    if data.generated:
        raise NotAvailable(f"{data.title} is generated: there is no real one")
    splits, found, key = parsed_splits(data, current_places(), rows)
    return _loaded(data, splits, "real", where_real(data, found), key)


def _twin(data: DataSet, rows: dict[str, range | None], reason: str) -> Loaded:
    cache = places.cache_folder()
    splits = cut_splits(twin_splits(data, cache), rows)
    name = data.title if data.generated else f"{data.title}'s twin"
    key = f"{twin_folder(data, cache).name}-{rows}"
    return _loaded(data, splits, "twin", f"{name}, {data.twin.about}{reason}", key)


def _loaded(data: DataSet, splits: Splits, source: str, where: str, key: str) -> Loaded:
    present = _presenter(data)
    shown = {split: present(split, named) for split, named in splits.items() if split != SHARED}
    return Loaded(shown, source, where, splits, key)


def _presenter(data: DataSet) -> Any:
    module = f"data_scripts.{data.name}"
    # A set that is generated only may have no module of its own.
    present = getattr(import_module(module), "present", None) if find_spec(module) else None
    return present or _present


def _present(split: str, named: Arrays) -> Any:
    return (named["x"], named["y"]) if named.keys() == {"x", "y"} else named
