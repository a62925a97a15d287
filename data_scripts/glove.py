"""GloVe: 400,000 words as vectors, learned from which words stand near each other.

Any file in GloVe's own form is read, a word and its numbers a line: 50, 100 or more dimensions, as
text, in a zip archive, or as the ``.npz`` of the most frequent words that the mirror has.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.npz import read_npz
from data_scripts.ragged import Arrays, Ragged, cut, texts

FILE = "glove.6B.zip"
DIMENSIONS = 50
LONGEST_LINE = 1 << 16
LIMIT_WORDS = 4_000_000
_NAME = re.compile(r"(\d+)d\b")


class Vectors:
    """Words and their vectors, the most frequent word first.

    Parameters
    ----------
    words : sequence of str
        The words.
    matrix : np.ndarray
        float32 (number of words, dimensions).

    Examples
    --------
    >>> glove = Vectors(["the", "film"], np.eye(2, dtype=np.float32))
    >>> glove.vectors(["film", "qwertz"]).tolist(), "qwertz" in glove
    ([[0.0, 1.0], [0.0, 0.0]], False)
    """

    def __init__(self, words: Sequence[str], matrix: np.ndarray) -> None:
        self.words = list(words)
        self.matrix = matrix
        self.index: dict[str, int] = {}
        for row, word in enumerate(self.words):
            # A word that comes again later is a rarer reading of the same letters.
            self.index.setdefault(word, row)

    def vectors(self, words: Iterable[str]) -> np.ndarray:
        """Give the vectors of some words, float32 (their number, dimensions); unknown: zeros."""
        rows = np.array([self.index.get(word, -1) for word in words], dtype=np.int64)
        found = np.zeros((len(rows), self.matrix.shape[1]), dtype=np.float32)
        known = rows >= 0
        found[known] = self.matrix[rows[known]]
        return found

    def __contains__(self, word: object) -> bool:
        return word in self.index

    def __len__(self) -> int:
        return len(self.words)

    def __repr__(self) -> str:
        return f"Vectors({len(self):,} words, {self.matrix.shape[1]} dimensions)"


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the wanted words with 50 dimensions.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical name. The path may be that of the whole archive or of the
        most frequent words (``.npz``).
    rows : mapping of str to range or None
        Rows wanted of "series", words by frequency; None for all there are.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "series": words_flat uint8 and words_offsets int64, the words as UTF-8; vectors
        float32 (N, 50).

    Raises
    ------
    BadFile
        If the file is damaged, or is no table of words and numbers.
    """
    (path,) = paths.values()
    table = read_table(path, DIMENSIONS)
    arrays = {**Ragged.of_texts(table.words).arrays("words"), "vectors": table.matrix}
    return {"series": cut(arrays, rows["series"])}


def present(split: str, arrays: Arrays) -> Vectors:
    """Give words and vectors as `Vectors`."""
    return Vectors(texts(Ragged.among(arrays, "words")), arrays["vectors"])


def read_table(
    path: Path, dimensions: int | None = None, only: Collection[str] | None = None
) -> Vectors:
    """Read a file of word vectors.

    Parameters
    ----------
    path : Path
        ``.txt``, ``.zip`` with such files in it, or the mirror's ``.npz``.
    dimensions : int, optional
        How many numbers a word has; needed for an archive that holds several files.
    only : collection of str, optional
        A vocabulary: other words are left out. It saves most of the time and memory.

    Returns
    -------
    Vectors
        In the order of the file.

    Raises
    ------
    BadFile
        If the file is damaged, or is no such table.
    """
    wanted = None if only is None else frozenset(only)
    if path.suffix == ".npz":
        return _read_npz(path, dimensions, wanted)
    words: list[str] = []
    vectors: list[np.ndarray] = []
    with _lines(path, dimensions) as lines:
        for number, line in enumerate(lines, start=1):
            word, _, numbers = line.partition(b" ")
            text = _text(word, path, number)
            if dimensions is None:
                dimensions = numbers.count(b" ") + 1
            if wanted is not None and text not in wanted:
                continue
            vectors.append(_numbers(numbers, dimensions, path, number))
            words.append(text)
            if len(words) > LIMIT_WORDS:
                raise BadFile(f"{path} has more than {LIMIT_WORDS:,} words.")
    if not dimensions:
        raise BadFile(f"{path} has no words.")
    return Vectors(words, np.array(vectors, dtype=np.float32).reshape(-1, dimensions))


def _read_npz(path: Path, dimensions: int | None, wanted: frozenset[str] | None) -> Vectors:
    arrays = read_npz(
        path, {"words": ("<U18", (None,)), "vectors": ("float16", (None, dimensions))}
    )
    if len(arrays["words"]) != len(arrays["vectors"]):
        raise BadFile(f"{path} has not as many words as vectors.")
    if not np.isfinite(arrays["vectors"]).all():
        raise BadFile(f"{path} has a vector with something else than numbers.")
    words = arrays["words"].tolist()
    kept = [row for row, word in enumerate(words) if wanted is None or word in wanted]
    return Vectors([words[row] for row in kept], arrays["vectors"][kept].astype(np.float32))


@contextmanager
def _lines(path: Path, dimensions: int | None) -> Iterator[Iterator[bytes]]:
    try:
        if path.suffix == ".zip":
            with (
                zipfile.ZipFile(path) as archive,
                archive.open(_member(archive, dimensions)) as file,
            ):
                yield _bounded(file, path)
        else:
            with path.open("rb") as file:
                yield _bounded(file, path)
    # RuntimeError: encrypted; NotImplementedError: a compression that Python does not know.
    except (
        OSError,
        EOFError,
        KeyError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        raise BadFile(f"{path} is not a whole file of word vectors ({error}).") from error


def _member(archive: zipfile.ZipFile, dimensions: int | None) -> str:
    found = {
        name: int(match.group(1))
        for name in archive.namelist()
        if name.endswith(".txt") and (match := _NAME.search(name))
    }
    fitting = [name for name, size in found.items() if dimensions in (None, size)]
    if len(fitting) != 1:
        raise ValueError(
            f"it has vectors of {sorted(found.values())} dimensions: say which are wanted"
        )
    return fitting[0]


def _bounded(file: IO[bytes], path: Path) -> Iterator[bytes]:
    reader = io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file
    while line := reader.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise BadFile(f"{path} has a line of more than {LONGEST_LINE:,} bytes.")
        if line := line.rstrip(b"\r\n"):
            yield line


def _text(word: bytes, path: Path, number: int) -> str:
    try:
        return word.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}, line {number}: the word is not UTF-8.") from error


def _numbers(content: bytes, dimensions: int, path: Path, number: int) -> np.ndarray:
    try:
        vector = np.array(content.split(), dtype=np.float32)
    except ValueError as error:
        raise BadFile(f"{path}, line {number}: not a word and numbers.") from error
    if len(vector) != dimensions or not np.isfinite(vector).all():
        raise BadFile(
            f"{path}, line {number}: {len(vector)} numbers; expected were {dimensions} finite ones."
        )
    return vector
