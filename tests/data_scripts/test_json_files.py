"""Tests of reading JSON from elsewhere."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from data_scripts import json_files
from data_scripts.errors import BadFile


def test_object(tmp_path: Path) -> None:
    """Is an object read as it was written?"""
    path = tmp_path / "a.json"
    path.write_text('{"é": 1}', encoding="utf-8")
    assert json_files.read_object(path) == {"é": 1}


@pytest.mark.parametrize("content", [b"[1]", b"{", b"", b"\xff{}", b"[" * 100_000])
def test_what_is_no_object_is_refused(tmp_path: Path, content: bytes) -> None:
    """Is a file refused that is a list, cut off, no UTF-8, or nested without end?"""
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        json_files.read_object(path)


def test_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a file that is too large refused, before and after unpacking?"""
    monkeypatch.setattr(json_files, "LIMIT_BYTES", 10)
    plain, packed = tmp_path / "a.json", tmp_path / "a.jsonl.gz"
    plain.write_bytes(b'{"a": 10000000}')
    packed.write_bytes(gzip.compress(b"{}\n" * 5000))
    with pytest.raises(BadFile, match="more than 10 bytes"):
        json_files.read_object(plain)
    with pytest.raises(BadFile, match="more than 10 bytes"):
        list(json_files.read_lines(packed))


def test_lines(tmp_path: Path) -> None:
    """Are the lines of a packed file numbered from 1?"""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": 1}\n{"a": 2}\n'))
    assert list(json_files.read_lines(path)) == [(1, {"a": 1}), (2, {"a": 2})]


@pytest.mark.parametrize(
    "content",
    [gzip.compress(b"{}\n[]\n"), gzip.compress(b"{}\n{}")[:-9], b"plain"],
    ids=["no object", "cut off", "not packed"],
)
def test_damaged_lines_are_refused(tmp_path: Path, content: bytes) -> None:
    """Is a file refused that is no gzip, half of one, or has something else on a line?"""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        list(json_files.read_lines(path))
