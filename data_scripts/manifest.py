"""Read `manifest.toml`: every data set of the course, where it comes from, how it is recognised."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from data_scripts.entries import EVERY_SPLIT, SHARED, Copy, DataSet, File, Twin
from data_scripts.errors import ManifestError, UnknownDataSet

MANIFEST = Path(__file__).with_name("manifest.toml")
# The digests that a manifest may state, with their length in hexadecimal digits; the first found is
# used.
DIGESTS = {"sha256": 64, "md5": 32}


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
    rows = _counts(table, "rows", name, None)
    unseen = _ranges(table, "unseen", name, rows)
    files = _get(table, "file", list, name) if "file" in table else []
    shipped = _get(table, "shipped", bool, name) if "shipped" in table else False
    if files and shipped:
        raise ManifestError(f"manifest.toml, [{name}]: it has files, so it cannot be shipped.")
    return DataSet(
        name=name,
        **texts,
        rows=rows,
        notebook=_ranges(table, "notebook", name, rows),
        unseen=unseen,
        unseen_note="" if unseen else _get(table, "unseen_note", str, name),
        twin=_twin(_get(table, "twin", dict, name), f"{name}.twin", rows),
        files=tuple(
            _file(file, f"{name}.file {number}", rows) for number, file in enumerate(files, start=1)
        ),
        shipped=shipped,
    )


def _twin(table: dict[str, Any], where: str, rows: dict[str, int]) -> Twin:
    return Twin(
        module=_get(table, "module", str, where),
        seed=_get(table, "seed", int, where),
        rows=_counts(table, "rows", where, rows),
        about=_get(table, "about", str, where),
    )


def _file(table: dict[str, Any], where: str, rows: dict[str, int]) -> File:
    name = _get(table, "name", str, where)
    split = _get(table, "split", str, where)
    known = (*rows, EVERY_SPLIT)
    if split not in known:
        raise ManifestError(
            f"manifest.toml, [{where}]: split is {split!r}, expected one of {known}."
        )
    served = rows if split == EVERY_SPLIT else {split: rows[split]}
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
            _alternative(other, f"{where}, alternative", served)
            for other in table.get("alternative", [])
        ),
    )


def _alternative(table: dict[str, Any], where: str, served: dict[str, int]) -> Copy:
    mirror = _get(table, "mirror", str, where)
    rows = None
    if isinstance(table.get("rows"), int) and len(served) == 1:
        rows = dict.fromkeys(served, _get(table, "rows", int, where))
    elif "rows" in table:
        rows = _counts(table, "rows", where, served)
    return Copy(
        name=PurePosixPath(mirror).name,
        bytes=_get(table, "bytes", int, where),
        hash=_hash(table, where),
        mirror=mirror,
        rows=rows,
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
    for split, bounds in _by_split(table, key, where, rows).items():
        first, last = bounds
        if not 0 <= first < last <= rows[split]:
            raise ManifestError(
                f"manifest.toml, [{where}]: {key}.{split} = {bounds} lies outside "
                f"the {rows[split]} rows of that split."
            )
        ranges[split] = range(first, last)
    return ranges


def _counts(
    table: dict[str, Any], key: str, where: str, known: dict[str, int] | None
) -> dict[str, int]:
    counts = _by_split(table, key, where, known)
    return {split: _get(counts, split, int, f"{where}.{key}") for split in counts}


def _by_split(
    table: dict[str, Any], key: str, where: str, known: dict[str, int] | None
) -> dict[str, Any]:
    """Read a table by split; `known` has the set's splits, None where it is this table's to say."""
    value = _get(table, key, dict, where)
    if known is None:
        unknown = {split for split in value if split in (SHARED, EVERY_SPLIT)}
    else:
        unknown = set(value) - set(known)
    if unknown:
        raise ManifestError(
            f"manifest.toml, [{where}]: {key} names {sorted(unknown)}; known splits are "
            f"{', '.join(known or ()) or 'all but shared and all'}."
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
