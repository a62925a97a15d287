"""Folders of plain .npy arrays with a description: parsed data, made twins, rows for notebooks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from data_scripts import files
from data_scripts.entries import SHARED
from data_scripts.errors import BadFile, CacheError
from data_scripts.ragged import Arrays, cut, row_count

DESCRIPTION = "description.json"
# Larger arrays are mapped into memory and read where they are used. To hash them first would read
# them whole, so their hash is checked by `python -m data_scripts verify` alone.
MAPPED_BYTES = 16 << 20

Splits = dict[str, Arrays]
__all__ = ["Arrays", "Splits", "check", "kept", "read_about", "read_splits", "write_splits"]


def check(splits: Mapping[str, Mapping[str, np.ndarray]]) -> None:
    """Make sure that the arrays of each split have the same number of rows and hold no objects.

    Raises
    ------
    BadFile
        If not.
    """
    for split, named in splits.items():
        if split != SHARED:
            row_count(named)
        elif any(array.dtype.hasobject for array in named.values()):
            raise BadFile("A shared array holds Python objects.")


def cut_splits(
    splits: Mapping[str, Mapping[str, np.ndarray]], rows: Mapping[str, range | None]
) -> Splits:
    """Give the wanted rows of the wanted splits, and what belongs to no row.

    Raises
    ------
    BadFile
        If there are not so many rows.
    """
    parts = {split: cut(splits[split], wanted) for split, wanted in rows.items()}
    if SHARED in splits:
        parts[SHARED] = dict(splits[SHARED])
    return parts


def write_splits(
    target: Path, splits: Mapping[str, Mapping[str, np.ndarray]], about: Mapping[str, Any]
) -> None:
    """Write splits of a data set into a folder that appears whole or not at all.

    Parameters
    ----------
    target : Path
        The folder; an older one is replaced.
    splits : mapping of str to mapping of str to np.ndarray
        Arrays by name, by split.
    about : mapping of str to JSON values
        What `read_about` gives back.

    Raises
    ------
    CacheError
        If it cannot be written.
    """
    with files.new_folder(target) as folder:
        entries: list[dict[str, Any]] = []
        taken: set[str] = set()
        for split, named in splits.items():
            for name, array in named.items():
                stem = f"{split}.{re.sub('[^A-Za-z0-9_]', '-', name)}"
                while f"{stem}.npy".lower() in taken:
                    stem += "+"
                path = folder / f"{stem}.npy"
                taken.add(path.name.lower())
                np.save(path, array, allow_pickle=False)
                entries.append(
                    {
                        "split": split,
                        "name": name,
                        "file": path.name,
                        "bytes": path.stat().st_size,
                        "sha256": files.digest(path, "sha256"),
                    }
                )
        # A split without arrays, such as one that has no rows here, is still one.
        description = {"about": dict(about), "splits": list(splits), "arrays": entries}
        text = json.dumps(description, indent=1)
        (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def read_splits(folder: Path, thorough: bool = False) -> Splits:
    """Read what `write_splits` wrote.

    Parameters
    ----------
    folder : Path
        The folder.
    thorough : bool
        Whether to check the hashes of large arrays too.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Arrays by name, by split. Large ones are mapped into memory: a change to them is seen by
        this process only, and the file stays as it is.

    Raises
    ------
    BadFile
        If an array is missing, damaged or altered.
    """
    description = _description(folder)
    splits: Splits = {split: {} for split in description["splits"]}
    for entry in description["arrays"]:
        splits[entry["split"]][entry["name"]] = _array(folder, entry, thorough)
    return splits


def read_about(folder: Path) -> dict[str, Any]:
    """Read the description that was written with the arrays.

    Raises
    ------
    BadFile
        If there is none, or it is damaged.
    """
    return _description(folder)["about"]


def kept(folder: Path, make: Callable[[], Splits], about: Mapping[str, Any]) -> Splits:
    """Give the arrays in a folder; make and keep them where they are missing or damaged.

    Parameters
    ----------
    folder : Path
        Its name must change with whatever the arrays depend on. It need not be writable.
    make : callable
        Gives the arrays by name, by split.
    about : mapping of str to JSON values
        What `read_about` is to give back.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        As `read_splits`.
    """
    with suppress(BadFile):
        return read_splits(folder)
    splits = make()
    check(splits)
    # A cache that cannot be written costs the seconds of making it again, nothing else. What could
    # be written is read from there: at its first use a set is no other than later.
    with suppress(CacheError, BadFile):
        write_splits(folder, splits, about)
        return read_splits(folder)
    return splits


def _description(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
        splits = [str(split) for split in description["splits"]]
        entries = [
            {
                "split": splits[splits.index(entry["split"])],
                "name": str(entry["name"]),
                # A bare name: whatever a description says, nothing outside its folder is read.
                "file": Path(entry["file"]).name,
                "bytes": int(entry["bytes"]),
                "sha256": str(entry["sha256"]),
            }
            for entry in description["arrays"]
        ]
        return {"about": dict(description["about"]), "splits": splits, "arrays": entries}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFile(f"{path} cannot be read ({type(error).__name__}).") from error


def _array(folder: Path, entry: Mapping[str, Any], thorough: bool) -> np.ndarray:
    path = folder / entry["file"]
    try:
        size = path.stat().st_size
        mapped = size > MAPPED_BYTES
        if size != entry["bytes"]:
            raise BadFile(f"{path} is damaged: {size:,} bytes instead of {entry['bytes']:,}.")
        if (thorough or not mapped) and files.digest(path, "sha256") != entry["sha256"]:
            raise BadFile(f"{path} is altered: its hash is not the one written beside it.")
        if mapped:
            # Changes stay in this process ("c"); a plain array, since np.memmap prints as one.
            return np.load(path, mmap_mode="c", allow_pickle=False).view(np.ndarray)
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise BadFile(f"{path} cannot be read ({type(error).__name__}).") from error
