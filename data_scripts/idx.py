"""Read IDX files, the plain array format in which MNIST and its relatives are published."""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.ragged import Arrays

# The third byte of the header names the element type; the course's files use the first only.
_UNSIGNED_BYTE = 0x08
# MNIST's files of images and labels by split; its relatives kept the names.
NAMES = {
    "train": ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    "test": ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
}


def read_idx(path: Path, rows: range | None = None) -> np.ndarray:
    """Read an IDX file of unsigned bytes, compressed with gzip.

    Parameters
    ----------
    path : Path
        The file.
    rows : range, optional
        Which entries of the first axis to read, step 1; all if left out. What lies after them is
        not decompressed.

    Returns
    -------
    np.ndarray
        uint8, of the shape that the header states but for the first axis.

    Raises
    ------
    BadFile
        If it is not such a file, is shorter than its header says, or lacks some of the rows.
    """
    try:
        with gzip.open(path) as stream:
            shape = _shape(stream.read(4), stream.read, path)
            wanted = range(shape[0]) if rows is None else rows
            if wanted.stop > shape[0]:
                raise BadFile(
                    f"{path} has {shape[0]:,} rows; rows up to {wanted.stop:,} were wanted."
                )
            row = math.prod(shape[1:])
            stream.seek(wanted.start * row, 1)
            content = bytearray(stream.read(len(wanted) * row))
    except (gzip.BadGzipFile, EOFError, zlib.error, struct.error) as error:
        raise BadFile(f"{path} is not a whole IDX file compressed with gzip ({error}).") from error
    if len(content) != len(wanted) * row:
        raise BadFile(f"{path} ends before the {shape[0]:,} rows that its header promises.")
    return np.frombuffer(content, dtype=np.uint8).reshape(len(wanted), *shape[1:])


def read_pairs(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read images and labels that lie, as MNIST's do, in two IDX files a split.

    Parameters
    ----------
    paths : mapping of str to Path
        The files by MNIST's name for them.
    rows : mapping of str to range or None
        The splits to read and which rows of each; None for all that both files have.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        By split, `x`: images (N, 28, 28), and `y`: labels (N,), both uint8.

    Raises
    ------
    BadFile
        If a file is damaged or lacks rows.
    """
    splits = {}
    for split, wanted in rows.items():
        images, labels = (read_idx(paths[name], wanted) for name in NAMES[split])
        # One of the two may come from a copy with the first rows only: what has no partner is cut
        # off.
        count = min(len(images), len(labels))
        splits[split] = {"x": images[:count], "y": labels[:count]}
    return splits


def _shape(magic: bytes, read: Callable[[int], bytes], path: Path) -> tuple[int, ...]:
    zeros, kind, axes = struct.unpack(">HBB", magic)
    if zeros != 0 or kind != _UNSIGNED_BYTE or axes == 0:
        raise BadFile(f"{path} does not begin as an IDX file of unsigned bytes: {magic.hex(' ')}.")
    return struct.unpack(f">{axes}I", read(4 * axes))
