"""Tests of reading tables of text."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import numpy as np
import pytest

from data_scripts.csv_files import LINE_LIMIT, csv_rows, increasing, minutes, numbers
from data_scripts.errors import BadFile

TEXT = b'"a","b"\n1,2.5\r\n-3,4e1\n\n'


def _write(folder: Path, kind: str, content: bytes = TEXT) -> Path:
    path = folder / f"table{kind}"
    if kind == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("table.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if kind == ".gz" else content)
    return path


def _rows(path: Path, member: str = "table.csv") -> list[tuple[int, list[float]]]:
    return [
        (line, numbers(fields, path, line)) for line, fields in csv_rows(path, ("a", "b"), member)
    ]


@pytest.mark.parametrize("kind", [".csv", ".gz", ".zip"])
def test_rows(tmp_path: Path, kind: str) -> None:
    """Are plain, gzipped and zipped tables the same, quotes, line ends and a last empty line off?"""
    assert _rows(_write(tmp_path, kind)) == [(2, [1.0, 2.5]), (3, [-3.0, 40.0])]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,c\n1,2\n", "has the columns a, c; expected were a, b"),
        (b"\xff,b\n1,2\n", "has the columns"),
        (b"a,b\n1,2,3\n", "line 2: 3 fields; expected were 2"),
        (b"a,b\n1,2\n1\n", "line 3: 1 fields"),
        (b"a,b\n1,two\n", "line 2: b'two' is not a number"),
        (b"a,b\n1,\n", "line 2: b'' is not a number"),
        (b"a,b\n1,nan\n", "is not a number"),
        (b"a,b\n1,1_0\n", "is not a number"),
        (b"a,b\n1,1-1\n", "line 2: could not convert"),
        (b"a,b\n1,1e999\n", "a number is too large"),
        (b"a,b\n1," + b"2" * LINE_LIMIT, "has more than 1,000 characters"),
    ],
)
def test_damaged_content(tmp_path: Path, content: bytes, message: str) -> None:
    """Is a table that is not the expected one refused, with the place of the fault?"""
    with pytest.raises(BadFile, match=message):
        _rows(_write(tmp_path, ".csv", content))


@pytest.mark.parametrize("kind", [".gz", ".zip"])
def test_damaged_compression(tmp_path: Path, kind: str) -> None:
    """Is half a file refused, and one that is something else?"""
    path = _write(tmp_path, kind)
    for content in (path.read_bytes()[:-30], b"plain text"):
        path.write_bytes(content)
        with pytest.raises(BadFile, match="is damaged"):
            _rows(path)


def test_other_member(tmp_path: Path) -> None:
    """Is an archive without the table refused?"""
    with pytest.raises(BadFile, match="has no file other.csv in it"):
        _rows(_write(tmp_path, ".zip"), "other.csv")


def test_size_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a small file that unpacks to a huge one given up?"""
    monkeypatch.setattr("data_scripts.csv_files.SIZE_LIMIT", 10_000)
    with pytest.raises(BadFile, match="more than 10,000 bytes"):
        _rows(_write(tmp_path, ".gz", b"a,b\n" + b"1,2\n" * 5000))


@pytest.mark.parametrize("text", ["now", "NaT", "2009-13-01", "2009-01-01T00:10Z", "1.1.2009", ""])
def test_no_time(tmp_path: Path, text: str) -> None:
    """Is a text refused that NumPy might take for a time, but the tables do not have?"""
    with pytest.raises(BadFile):
        minutes(["2009-01-01", text], tmp_path)


def test_times(tmp_path: Path) -> None:
    """Are days and minutes read, and must they increase?"""
    time = minutes(["2009-01-01", "2009-01-01T00:10"], tmp_path)
    assert time.dtype == "datetime64[m]"
    assert increasing(time, tmp_path) is time
    for wrong in (time[::-1], time[[0, 0]]):
        with pytest.raises(BadFile, match="do not increase"):
            increasing(wrong, tmp_path)
    with pytest.raises(BadFile, match="do not increase"):
        increasing(np.array(["NaT"], "datetime64[m]"), tmp_path)
