"""Look after the cache: what is here, is it good, what can go. Only known files are touched."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from data_scripts import arrays, files
from data_scripts.entries import Copy, DataSet
from data_scripts.errors import BadFile, CacheError
from data_scripts.notebook import is_notebook_cache
from data_scripts.parsed import PREFIX, reader_key
from data_scripts.store import Places, cached
from data_scripts.twin import twin_folder

# A half-written file that is younger may belong to a download that goes on.
ABANDONED_SECONDS = 3600.0


def state(data: DataSet, here: Places) -> str:
    """Say where a data set would come from now; the files are looked for, not read."""
    if is_notebook_cache(here.cache):
        sources = [
            source for source in ("real", "twin") if (here.cache / data.name / source).is_dir()
        ]
        return f"rows for notebooks only: {' and '.join(sources) or 'not in this folder'}"
    twin = "made" if twin_folder(data, here.cache).is_dir() else "made when it is needed"
    if data.generated:
        return f"generated, {twin}"
    if data.shipped:
        return "real, shipped with the course"
    for place in ("cache", "mirror"):
        copies = [_present(data, here, place, whole) for whole in (True, False)]
        if copies[0]:
            return f"real, all rows, in the {place}"
        if copies[1]:
            differs = dict.fromkeys(
                copy.differs for file in data.files for copy in file.alternatives if copy.differs
            )
            return f"real, in the {place}: {' and '.join(differs)}"
    hope = "; the real data would be downloaded" if here.network else ""
    return f"twin, {twin}{hope}"


def verify(data: DataSet, here: Places) -> list[tuple[Path, str | None]]:
    """Check every file of a data set that is in the cache or in the mirror.

    Returns
    -------
    list of (Path, str or None)
        What is there, and what is wrong with it; None if nothing is.
    """
    report = []
    for place in ("cache", "mirror"):
        for file in data.files:
            for copy in file.copies:
                path = _place(data, here, place, copy)
                if path is not None and path.exists():
                    report.append((path, files.fault(path, copy)))
    return report + [(folder, _folder_fault(folder)) for folder in _array_folders(data, here.cache)]


def clean(data: DataSet, cache: Path, everything: bool = False) -> list[tuple[Path, str]]:
    """Remove what is of no use in the cache: half-written files, damaged ones, outdated arrays.

    Parameters
    ----------
    data : DataSet
        The set to look at.
    cache : Path
        The cache folder.
    everything : bool
        Remove the good files of the set too.

    Returns
    -------
    list of (Path, str)
        What was removed, and why.

    Raises
    ------
    CacheError
        If something could not be removed.
    """
    rubbish = list(_rubbish(data, cache, everything))
    for path, _ in rubbish:
        _remove(path)
    return rubbish


def _rubbish(data: DataSet, cache: Path, everything: bool) -> Iterator[tuple[Path, str]]:
    folder = cache / data.name
    limit = time.time() - (0 if everything else ABANDONED_SECONDS)
    for path in sorted(folder.glob(f"*{files.PARTIAL}*")):
        if path.stat().st_mtime <= limit:
            yield path, "half-written"
    for file in data.files:
        for copy in file.copies:
            path = cached(data, copy, cache)
            wrong = files.fault(path, copy) if path.exists() else None
            if wrong:
                yield path, wrong
            elif everything and path.exists():
                yield path, "as asked"
    for made in _array_folders(data, cache):
        if everything:
            yield made, "as asked"
        elif made.name.startswith("twin-") and made != twin_folder(data, cache):
            yield made, "made by another version of the generator"
        elif made.name.startswith(PREFIX) and not made.name.startswith(PREFIX + reader_key(data)):
            yield made, "parsed by another version of the reader"
        elif _folder_fault(made):
            yield made, "damaged"


def _array_folders(data: DataSet, cache: Path) -> list[Path]:
    folder = cache / data.name
    found = [folder / "real", folder / "twin"]
    for prefix in ("twin-", PREFIX, "made-"):
        found += folder.glob(f"{prefix}*")
    return sorted(path for path in found if path.is_dir() and files.PARTIAL not in path.name)


def _folder_fault(folder: Path) -> str | None:
    try:
        arrays.read_splits(folder, thorough=True)
    except BadFile as error:
        return f"is damaged: {error}"
    return None


def _present(data: DataSet, here: Places, place: str, whole: bool) -> bool:
    for file in data.files:
        copies = (file.canonical,) if whole else file.copies
        paths = [_place(data, here, place, copy) for copy in copies]
        if not any(path is not None and path.is_file() for path in paths):
            return False
    return True


def _place(data: DataSet, here: Places, place: str, copy: Copy) -> Path | None:
    if place == "cache":
        return cached(data, copy, here.cache)
    return here.mirror / copy.mirror if here.mirror is not None else None


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise CacheError(f"{path} could not be removed ({error.strerror}).") from error
