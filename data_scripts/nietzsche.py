"""Nietzsche's *Beyond Good and Evil* in English, all in lower case: a text to learn to write from."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.ragged import Arrays, cut

FILE = "nietzsche.txt"
LIMIT_BYTES = 16 << 20


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted characters.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name; the path may be that of the text or of the text
        compressed with gzip (``.gz``).
    rows : mapping of str to range or None
        Under "series" the characters wanted; None for all.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": text, uint32 (N,), the Unicode number of each character, so that a row is a
        character; `present` gives the string.

    Raises
    ------
    BadFile
        If the file is damaged, too large or not UTF-8.
    """
    (path,) = paths.values()
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(LIMIT_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise BadFile(f"{path} is not a whole text in UTF-8 ({error}).") from error
    if len(content) > LIMIT_BYTES:
        raise BadFile(f"{path} has more than {LIMIT_BYTES:,} bytes.")
    return {"series": cut({"text": characters(text)}, rows["series"])}


def present(split: str, arrays: Arrays) -> str:
    """Give the text as a string."""
    return string(arrays["text"])


def characters(text: str) -> np.ndarray:
    """Turn a string into Unicode numbers, uint32.

    Examples
    --------
    >>> characters("né").tolist()
    [110, 233]
    """
    return np.frombuffer(bytearray(text.encode("utf-32-le")), dtype="<u4").astype(np.uint32)


def string(numbers: np.ndarray) -> str:
    """Turn Unicode numbers back into a string."""
    return numbers.astype("<u4").tobytes().decode("utf-32-le")
