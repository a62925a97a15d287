"""Read arrays of plain numbers from .npz files, and nothing else: no pickle, no surprise in size."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile

# What an array's header may take, and what all of a file's arrays may take in memory.
_HEADER_LIMIT = 10_000
SIZE_LIMIT = 256 << 20
Shape = tuple[int | None, ...]


def read_npz(path: Path, expected: Mapping[str, tuple[str, Shape]]) -> dict[str, np.ndarray]:
    """Read named arrays from a file that ``numpy.savez`` wrote.

    Parameters
    ----------
    path : Path
        The file.
    expected : mapping of str to (str, tuple)
        By name the array's dtype, such as "float32" or "<U12", and its shape; None stands for any
        length.

    Returns
    -------
    dict of str to np.ndarray
        The arrays that were asked for, free to be changed.

    Raises
    ------
    BadFile
        If the file is damaged, lacks an array, or has one of another type or shape.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: _array(archive, name, np.dtype(dtype), shape, path)
                for name, (dtype, shape) in expected.items()
            }
    # RuntimeError: encrypted; NotImplementedError: a compression that Python does not know;
    # the rest is what a wrong header may lead to.
    except (
        OSError,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
        zlib.error,
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise BadFile(f"{path} is not the expected file of arrays ({error}).") from error


def _array(
    archive: zipfile.ZipFile, name: str, dtype: np.dtype, shape: Shape, path: Path
) -> np.ndarray:
    with archive.open(f"{name}.npy") as stream:
        # One byte more than allowed tells that there is more.
        content = io.BytesIO(stream.read(SIZE_LIMIT + 1))
    if content.getbuffer().nbytes > SIZE_LIMIT:
        raise BadFile(f"{path}: the array {name} has more than {SIZE_LIMIT:,} bytes.")
    version = np.lib.format.read_magic(content)
    reader = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if reader is None:
        raise BadFile(f"{path}: the array {name} is written in version {version} of the format.")
    found_shape, in_columns, found_dtype = reader(content, max_header_size=_HEADER_LIMIT)
    fits = len(found_shape) == len(shape) and all(
        length in (None, found) for length, found in zip(shape, found_shape, strict=True)
    )
    # An array of objects would be a pickle: it fails here, before a byte of it is looked at.
    if found_dtype != dtype or not fits:
        raise BadFile(
            f"{path}: the array {name} is {found_dtype} {found_shape}; expected was {dtype} {shape}."
        )
    data = content.read()
    if len(data) != math.prod(found_shape) * dtype.itemsize:
        raise BadFile(f"{path}: the array {name} has not as many numbers as its header says.")
    array = np.frombuffer(data, dtype=dtype).reshape(found_shape, order="F" if in_columns else "C")
    return np.array(array, order="C")
