"""Read lists of whole numbers out of NumPy's pickled arrays of objects, without unpickling.

Keras keeps IMDB and Reuters as arrays of Python lists, and NumPy stores such arrays as pickles: a
program that whoever unpickles it runs. `pickle_steps` steps through it instead and runs nothing.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.pickle_steps import lists_in
from data_scripts.ragged import Ragged

# IMDB's larger half has 14.4 million bytes.
LIMIT_BYTES = 128 << 20
_LIMIT_HEADER = 1000


def read_lists(path: Path, name: str) -> Ragged:
    """Read an array of lists of whole numbers from a .npz file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        The array's name in it, such as "x_train".

    Returns
    -------
    Ragged
        One row a list: `flat` int32 (L,), `offsets` int64 (N + 1,).

    Raises
    ------
    BadFile
        If it is damaged, too large, or has anything else in it. Nothing in it is ever executed.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(f"{name}.npy") as stream:
            # One byte more than allowed tells that there is more.
            content = stream.read(LIMIT_BYTES + 1)
        if len(content) > LIMIT_BYTES:
            raise BadFile(f"{path}: {name} has more than {LIMIT_BYTES:,} bytes.")
        count, start = _header(content)
    except (
        OSError,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        raise BadFile(f"{path}: the array {name} cannot be read ({error}).") from error
    try:
        rows = lists_in(content[start:])
    except BadFile as error:
        raise BadFile(f"{path}: the array {name} is refused: {error}") from error
    if len(rows) != count:
        raise BadFile(f"{path}: the array {name} has {len(rows):,} rows and promised {count:,}.")
    return rows


def _header(content: bytes) -> tuple[int, int]:
    stream = io.BytesIO(content)
    version = np.lib.format.read_magic(stream)
    if version not in ((1, 0), (2, 0)):
        raise ValueError(f"version {version} of the format")
    read = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, _, dtype = read(stream, max_header_size=_LIMIT_HEADER)
    if dtype != np.dtype(object) or len(shape) != 1:
        raise ValueError(f"it is {dtype} {shape}, expected was a row of objects")
    return shape[0], stream.tell()
