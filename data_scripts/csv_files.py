"""Read tables of text, plain, gzipped or zipped, and refuse what does not look like the table."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np

from data_scripts.errors import BadFile

# The longest line of the course's tables has 130 characters, the largest table 43 MB. What is much
# longer is no such table, or one made to fill the memory.
LINE_LIMIT = 1000
SIZE_LIMIT = 100 << 20
# What a number may consist of. Python's float() takes more: "nan", "inf", "1_000".
_OF_NUMBERS = b"0123456789+-.eE"
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")


def csv_rows(
    path: Path, header: Sequence[str], member: str | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """Give the fields of each line of a table with commas and one line of names.

    Parameters
    ----------
    path : Path
        A text file, or one compressed with gzip (``.gz``) or in an archive (``.zip``).
    header : sequence of str
        The names of the columns that the first line must have, in this order.
    member : str, optional
        The file's name in an archive.

    Yields
    ------
    int
        The line's number, from 1.
    list of bytes
        As many fields as there are columns, quotation marks taken off.

    Raises
    ------
    BadFile
        If the file is damaged, has other columns, or a line is too long or has too few or too many
        fields.
    """
    with _opened(path, member) as stream:
        for number, line in _lines(stream, path):
            fields = [field.strip(b' "') for field in line.split(b",")]
            if number == 1:
                names = [field.decode("utf-8", "replace") for field in fields]
                if names != list(header):
                    raise BadFile(
                        f"{path} has the columns {', '.join(names)[:200]}; "
                        f"expected were {', '.join(header)}."
                    )
                continue
            if len(fields) != len(header):
                raise BadFile(
                    f"{path}, line {number:,}: {len(fields)} fields; expected were {len(header)}."
                )
            yield number, fields


def numbers(fields: Sequence[bytes], path: Path, line: int) -> list[float]:
    """Turn fields into numbers.

    Raises
    ------
    BadFile
        If one is not a plain finite decimal number; the message names file and line.
    """
    for field in fields:
        if not field or field.translate(None, _OF_NUMBERS):
            raise BadFile(f"{path}, line {line:,}: {field[:40]!r} is not a number.")
    try:
        values = [float(field) for field in fields]
    except ValueError as error:
        raise BadFile(f"{path}, line {line:,}: {error}.") from error
    if not np.isfinite(values).all():
        raise BadFile(f"{path}, line {line:,}: a number is too large.")
    return values


def minutes(texts: Sequence[str], path: Path) -> np.ndarray:
    """Turn times such as ``2009-01-01T00:10`` into datetime64[m].

    Raises
    ------
    BadFile
        If one is no such time.
    """
    # NumPy takes more for a time: "now", "NaT", zones.
    for text in texts:
        if not _TIME.fullmatch(text):
            raise BadFile(f"{path}: {text[:40]!r} is not a time.")
    try:
        return np.array(texts, dtype="datetime64[m]")
    except ValueError as error:
        raise BadFile(f"{path} has a time that is none ({error}).") from error


def increasing(time: np.ndarray, path: Path) -> np.ndarray:
    """Give the times back if each is later than the one before.

    Raises
    ------
    BadFile
        If they are not.
    """
    if np.isnat(time).any() or (np.diff(time).astype(np.int64) <= 0).any():
        raise BadFile(f"{path}: the times of its rows do not increase.")
    return time


def _lines(stream: BinaryIO, path: Path) -> Iterator[tuple[int, bytes]]:
    read = 0
    for number, line in enumerate(iter(lambda: stream.readline(LINE_LIMIT + 2), b""), start=1):
        read += len(line)
        if len(line) > LINE_LIMIT:
            raise BadFile(f"{path}, line {number:,} has more than {LINE_LIMIT:,} characters.")
        if read > SIZE_LIMIT:
            raise BadFile(f"{path} has more than {SIZE_LIMIT:,} bytes of text.")
        stripped = line.rstrip(b"\r\n")
        # Some of these files end with an empty line.
        if stripped:
            yield number, stripped


@contextmanager
def _opened(path: Path, member: str | None) -> Iterator[BinaryIO]:
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(str(member)) as stream:
                yield stream
        elif path.suffix == ".gz":
            with gzip.open(path) as stream:
                yield stream
        else:
            with path.open("rb") as stream:
                yield stream
    except KeyError as error:
        raise BadFile(f"{path} has no file {member} in it.") from error
    # RuntimeError: encrypted; NotImplementedError: a compression that Python does not know.
    except (
        OSError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise BadFile(f"{path} is damaged ({error}).") from error
