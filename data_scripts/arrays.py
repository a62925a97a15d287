"""Folders of plain .npy arrays with a description: made twins, and the rows for notebooks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from data_scripts import files
from data_scripts.errors import BadFile

Split = tuple[np.ndarray, np.ndarray]
DESCRIPTION = "description.json"


def write_splits(target: Path, splits: Mapping[str, Split], about: Mapping[str, Any]) -> None:
    """Write splits of a data set into a folder that appears whole or not at all.

    Parameters
    ----------
    target : Path
        The folder; an older one is replaced.
    splits : mapping of str to (np.ndarray, np.ndarray)
        Inputs and labels by split.
    about : mapping of str to JSON values
        What `read_about` gives back.

    Raises
    ------
    CacheError
        If it cannot be written.
    """
    with files.new_folder(target) as folder:
        hashes = {}
        for split, pair in splits.items():
            for axis, array in zip("xy", pair, strict=True):
                path = folder / f"{axis}_{split}.npy"
                np.save(path, array, allow_pickle=False)
                hashes[path.name] = hashlib.sha256(array.tobytes()).hexdigest()
        description = {"about": dict(about), "sha256": hashes}
        text = json.dumps(description, indent=1)
        (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def read_splits(folder: Path) -> dict[str, Split]:
    """Read what `write_splits` wrote.

    Returns
    -------
    dict of str to (np.ndarray, np.ndarray)
        Inputs and labels by split.

    Raises
    ------
    BadFile
        If an array is missing, damaged or altered.
    """
    hashes = _description(folder)["sha256"]
    arrays = {name.removesuffix(".npy"): _array(folder / name, hashes[name]) for name in hashes}
    splits = [name.removeprefix("x_") for name in arrays if name.startswith("x_")]
    return {split: (arrays[f"x_{split}"], arrays[f"y_{split}"]) for split in splits}


def read_about(folder: Path) -> dict[str, Any]:
    """Read the description that was written with the arrays.

    Raises
    ------
    BadFile
        If there is none, or it is damaged.
    """
    return _description(folder)["about"]


def _description(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
        return {"about": dict(description["about"]), "sha256": dict(description["sha256"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFile(f"{path} cannot be read ({type(error).__name__}).") from error


def _array(path: Path, expected: str) -> np.ndarray:
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise BadFile(f"{path} cannot be read ({type(error).__name__}).") from error
    if hashlib.sha256(array.tobytes()).hexdigest() != expected:
        raise BadFile(f"{path} is altered: its hash is not the one written beside it.")
    return array
