"""Read JSON that came from elsewhere: a word index, or one object a line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data_scripts.errors import BadFile

LIMIT_BYTES = 64 << 20


def read_object(path: Path) -> dict[str, Any]:
    """Read a file that holds one JSON object.

    Raises
    ------
    BadFile
        If it does not, or is larger than any such file of the course.
    """
    with path.open("rb") as stream:
        content = stream.read(LIMIT_BYTES + 1)
    value = _value(_bounded(content, path), f"{path}")
    if not isinstance(value, dict):
        raise BadFile(f"{path} holds no JSON object.")
    return value


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a gzipped file with one JSON object a line.

    Yields
    ------
    (int, dict)
        Number of the line, from 1, and its object.

    Raises
    ------
    BadFile
        If a line is something else, or the file is damaged or too large.
    """
    try:
        with gzip.open(path) as stream:
            content = stream.read(LIMIT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(f"{path} is not a whole file compressed with gzip ({error}).") from error
    for number, line in enumerate(_bounded(content, path).splitlines(), start=1):
        value = _value(line, f"{path}, line {number},")
        if not isinstance(value, dict):
            raise BadFile(f"{path}, line {number}, holds no JSON object.")
        yield number, value


def _bounded(content: bytes, path: Path) -> bytes:
    if len(content) > LIMIT_BYTES:
        raise BadFile(f"{path} has more than {LIMIT_BYTES:,} bytes.")
    return content


def _value(content: bytes, where: str) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    # RecursionError: brackets within brackets without end.
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{where} is no JSON ({type(error).__name__}).") from error
