"""Read `manifest.toml` into frozen objects: what a data set is and how its files are recognised."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from data_scripts.errors import ManifestError, UnknownDataSet

MANIFEST = Path(__file__).with_name("manifest.toml")
SPLITS = ("train", "test")
# The digests that a manifest may state, with their length in hexadecimal digits; the first found is
# used.
DIGESTS = {"sha256": 64, "md5": 32}


@dataclass(frozen=True, slots=True)
class Copy:
    """One known version of a file: the canonical one, or an alternative that a mirror may hold.

    Attributes
    ----------
    name : str
        File name in the cache.
    bytes : int
        Exact size.
    hash : str
        Algorithm and hexadecimal digest, such as ``sha256:440f…``.
    mirror : str
        Place in a mirror folder, with forward slashes.
    rows : int or None
        How many rows it has, counted from the first; None if it has all.
    differs : str
        How it differs from the canonical file; empty for that file itself.
    """

    name: str
    bytes: int
    hash: str
    mirror: str
    rows: int | None = None
    differs: str = ""

    def has_rows(self, last: int | None) -> bool:
        """Tell whether rows 0 to `last` are in this copy (None: all rows of the data set)."""
        return self.rows is None or (last is not None and last <= self.rows)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a data set: the split it belongs to, its addresses, and the known copies of it."""

    split: str
    urls: tuple[str, ...]
    canonical: Copy
    alternatives: tuple[Copy, ...] = ()

    @property
    def name(self) -> str:
        """Name of the canonical file."""
        return self.canonical.name

    @property
    def copies(self) -> tuple[Copy, ...]:
        """All known copies, the canonical one first."""
        return (self.canonical, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Twin:
    """The generator that stands in for a data set: module in `data_scripts.twins`, seed, rows."""

    module: str
    seed: int
    rows: dict[str, int]
    about: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """An entry of the manifest.

    Attributes
    ----------
    name : str
        Key in the manifest and name of the module that reads it.
    rows : dict of str to int
        Rows of each split of the canonical data.
    notebook, unseen : dict of str to range
        Rows by split that fast mode gives to a notebook, and rows that only the referee sees.
    """

    name: str
    title: str
    about: str
    page: str
    license: str
    citation: str
    care: str
    rows: dict[str, int]
    notebook: dict[str, range]
    unseen: dict[str, range]
    twin: Twin
    files: tuple[File, ...]

    @property
    def bytes(self) -> int:
        """Size of the canonical files together."""
        return sum(file.canonical.bytes for file in self.files)

    def part(self, name: str) -> dict[str, range | None]:
        """Give the rows of "notebook", "unseen" or "full" by split; None stands for all rows."""
        if name == "full":
            return dict.fromkeys(self.rows)
        if name == "notebook":
            return dict(self.notebook)
        if name == "unseen":
            return dict(self.unseen)
        raise ValueError(
            f"There is no part {name!r} of a data set: use 'notebook', 'full' or 'unseen'."
        )


@cache
def read_manifest(path: Path = MANIFEST) -> dict[str, DataSet]:
    """Read and check the manifest.

    Parameters
    ----------
    path : Path
        A TOML file in the form that the comment at the top of `manifest.toml` gives.

    Returns
    -------
    dict of str to DataSet
        In the order of the file.

    Raises
    ------
    ManifestError
        If an entry is missing or of the wrong kind; the message names its table.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path.name} is not valid TOML: {error}") from error
    return {name: _data_set(name, table) for name, table in tables.items()}


def data_set(name: str) -> DataSet:
    """Find a data set in the manifest.

    Raises
    ------
    UnknownDataSet
        If there is none of that name; the message lists those there are.

    Examples
    --------
    >>> data_set("mnist").rows
    {'train': 60000, 'test': 10000}
    """
    known = read_manifest()
    if name not in known:
        raise UnknownDataSet(f"There is no data set {name!r}; known are {', '.join(known)}.")
    return known[name]


def _data_set(name: str, table: dict[str, Any]) -> DataSet:
    texts = {
        key: _get(table, key, str, name)
        for key in ("title", "about", "page", "license", "citation", "care")
    }
    rows = {key: int(count) for key, count in _by_split(table, "rows", name).items()}
    return DataSet(
        name=name,
        **texts,
        rows=rows,
        notebook=_ranges(table, "notebook", name, rows),
        unseen=_ranges(table, "unseen", name, rows),
        twin=_twin(_get(table, "twin", dict, name), f"{name}.twin"),
        files=tuple(
            _file(file, f"{name}.file {number}")
            for number, file in enumerate(_get(table, "file", list, name), start=1)
        ),
    )


def _twin(table: dict[str, Any], where: str) -> Twin:
    return Twin(
        module=_get(table, "module", str, where),
        seed=_get(table, "seed", int, where),
        rows=_by_split(table, "rows", where),
        about=_get(table, "about", str, where),
    )


def _file(table: dict[str, Any], where: str) -> File:
    name = _get(table, "name", str, where)
    split = _get(table, "split", str, where)
    if split not in SPLITS:
        raise ManifestError(
            f"manifest.toml, [{where}]: split is {split!r}, expected one of {SPLITS}."
        )
    return File(
        split=split,
        urls=tuple(_get(table, "urls", list, where)),
        canonical=Copy(
            name=name,
            bytes=_get(table, "bytes", int, where),
            hash=_hash(table, where),
            mirror=_get(table, "mirror", str, where),
        ),
        alternatives=tuple(
            _alternative(other, f"{where}, alternative") for other in table.get("alternative", [])
        ),
    )


def _alternative(table: dict[str, Any], where: str) -> Copy:
    mirror = _get(table, "mirror", str, where)
    return Copy(
        name=PurePosixPath(mirror).name,
        bytes=_get(table, "bytes", int, where),
        hash=_hash(table, where),
        mirror=mirror,
        rows=_get(table, "rows", int, where) if "rows" in table else None,
        differs=_get(table, "differs", str, where),
    )


def _hash(table: dict[str, Any], where: str) -> str:
    for algorithm, length in DIGESTS.items():
        if algorithm in table:
            digest = _get(table, algorithm, str, where).lower()
            if len(digest) != length or set(digest) - set("0123456789abcdef"):
                raise ManifestError(
                    f"manifest.toml, [{where}]: {algorithm} = {digest!r} is not "
                    f"{length} hexadecimal digits."
                )
            return f"{algorithm}:{digest}"
    raise ManifestError(f"manifest.toml, [{where}]: no hash; give sha256 or md5.")


def _ranges(table: dict[str, Any], key: str, where: str, rows: dict[str, int]) -> dict[str, range]:
    ranges = {}
    for split, bounds in _by_split(table, key, where).items():
        first, last = bounds
        if not 0 <= first < last <= rows.get(split, 0):
            raise ManifestError(
                f"manifest.toml, [{where}]: {key}.{split} = {bounds} lies outside "
                f"the {rows.get(split, 0)} rows of that split."
            )
        ranges[split] = range(first, last)
    return ranges


def _by_split(table: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    value = _get(table, key, dict, where)
    unknown = set(value) - set(SPLITS)
    if unknown:
        raise ManifestError(
            f"manifest.toml, [{where}]: {key} names {sorted(unknown)}; known splits are {SPLITS}."
        )
    return value


def _get(table: dict[str, Any], key: str, kind: type, where: str) -> Any:
    if key not in table:
        raise ManifestError(f"manifest.toml, [{where}]: {key!r} is missing.")
    value = table[key]
    if not isinstance(value, kind):
        raise ManifestError(
            f"manifest.toml, [{where}]: {key} is {value!r}, expected {kind.__name__}."
        )
    return value
