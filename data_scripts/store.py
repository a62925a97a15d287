"""Find a verified copy of each file of a data set: first decide in which order to look, then look.

`plan` decides from the manifest and the folders' names alone, without touching disk or network;
`obtain` carries the plan out and takes the first copy that size and hash prove right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data_scripts import files
from data_scripts.download import download
from data_scripts.entries import EVERY_SPLIT, Copy, DataSet, File
from data_scripts.errors import CacheError, NotAvailable


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look: cache folder, mirror folder if any, and whether the network may be asked."""

    cache: Path
    mirror: Path | None = None
    network: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try: look at `path` in "cache" or "mirror", or fetch it from the "internet"."""

    place: str
    copy: Copy
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """A verified file: where it lies, which copy it is, and the place that it came from."""

    path: Path
    copy: Copy
    place: str


def plan(
    data: DataSet, file: File, places: Places, rows: Mapping[str, range | None]
) -> tuple[Step, ...]:
    """Decide where to look for a file, best first.

    A copy that has all rows that are wanted is as good as the canonical one, so folders come before
    the network. A copy that lacks some is the last resort.

    Parameters
    ----------
    data, file
        Entries of the manifest.
    places : Places
        Where to look.
    rows : mapping of str to range or None
        The rows by split that are wanted; None for all.

    Returns
    -------
    tuple of Step
    """
    whole, partial = [], []
    needed = file.needed(rows)
    for copy in file.copies:
        steps = whole if copy.has_rows(needed) else partial
        steps.append(Step("cache", copy, cached(data, copy, places.cache)))
        if places.mirror is not None:
            steps.append(Step("mirror", copy, places.mirror / copy.mirror))
    if places.network and file.urls:
        target = cached(data, file.canonical, places.cache)
        whole.append(Step("internet", file.canonical, target))
    return (*whole, *partial)


def obtain(
    data: DataSet,
    file: File,
    places: Places,
    rows: Mapping[str, range | None],
    progress: bool = False,
) -> Found:
    """Find or download a verified copy of a file.

    Raises
    ------
    NotAvailable
        If there is none; the message says what was found at each place.
    CacheError
        If a download could not be written.
    """
    reasons = []
    unwritable = None
    for step in plan(data, file, places, rows):
        if step.place == "internet":
            try:
                download(file, step.path, progress)
            except NotAvailable as error:
                reasons.append(str(error))
                continue
            except CacheError as error:
                # A copy that lacks rows may still serve.
                unwritable = error
                continue
        else:
            wrong = files.fault(step.path, step.copy)
            if wrong:
                # A copy that is simply elsewhere is no news; one that is there and bad is.
                if wrong != "is not there":
                    reasons.append(f"{step.path} {wrong}")
                continue
        return Found(step.path, step.copy, step.place)
    if unwritable:
        raise unwritable
    if not file.urls:
        reasons.append("it has no address, only a mirror folder has it: LABS_MIRROR names one")
    elif not places.network:
        reasons.append("LABS_OFFLINE forbids the network")
    raise NotAvailable(f"no usable copy of {file.name} of {data.title}: {'; '.join(reasons)}")


def obtain_all(
    data: DataSet, places: Places, rows: Mapping[str, range | None], progress: bool = False
) -> dict[str, Found]:
    """Obtain every file of the splits in `rows`, by canonical name; raises as `obtain` does."""
    return {
        file.name: obtain(data, file, places, rows, progress) for file in needed_files(data, rows)
    }


def expected(data: DataSet, places: Places, rows: Mapping[str, range | None]) -> dict[str, Found]:
    """Tell, by names and sizes alone, which files `obtain_all` would most likely give.

    Nothing is read and the network is not asked: what this returns is good for finding arrays that
    were parsed from such files, which were verified then.
    """
    result = {}
    for file in needed_files(data, rows):
        for step in plan(data, file, places, rows):
            if step.place == "internet" or _has_size(step.path, step.copy.bytes):
                place = "cache" if step.place == "internet" else step.place
                result[file.name] = Found(step.path, step.copy, place)
                break
        else:
            result[file.name] = Found(
                cached(data, file.canonical, places.cache), file.canonical, "cache"
            )
    return result


def needed_files(data: DataSet, rows: Mapping[str, range | None]) -> list[File]:
    """Give the files of a data set that the splits in `rows` need."""
    return [file for file in data.files if file.split == EVERY_SPLIT or file.split in rows]


def fetch(data: DataSet, places: Places, progress: bool = False) -> dict[str, Found]:
    """Bring all files of a data set into the cache, from the mirror or the internet.

    Returns
    -------
    dict of str to Found
        By canonical name; `path` lies in the cache, `place` says where the file came from.

    Raises
    ------
    NotAvailable, CacheError
        As `obtain`.
    """
    if data.generated:
        raise NotAvailable(f"{data.title} is generated: there are no files to fetch")
    found = obtain_all(data, places, data.part("full"), progress)
    return {name: _into_cache(data, one, places.cache) for name, one in found.items()}


def cached(data: DataSet, copy: Copy, cache: Path) -> Path:
    """Give the place of a copy in the cache."""
    return cache / data.name / copy.name


def _into_cache(data: DataSet, found: Found, cache: Path) -> Found:
    if found.place != "mirror":
        return found
    target = cached(data, found.copy, cache)
    files.copy_verified(found.path, target, found.copy)
    return Found(target, found.copy, found.place)


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False
