"""Tests of checking and writing files."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from data_scripts import files
from data_scripts.entries import Copy
from data_scripts.errors import BadFile, CacheError

CONTENT = b"0123456789" * 20
COPY = Copy("a.bin", len(CONTENT), f"md5:{hashlib.md5(CONTENT).hexdigest()}", "a.bin")


def _write_and_fail(path: Path) -> None:
    path.write_bytes(b"half")
    raise KeyError


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (CONTENT, None),
        (CONTENT[:-1], "is truncated: 199 of 200 bytes"),
        (CONTENT + b"0", "is too long: 201 bytes instead of 200"),
        (b"9" + CONTENT[1:], "is altered: right size, wrong hash"),
        (b"\n<!DOCTYPE html><html>not found</html>", "is a web page instead of data"),
        (b"", "is truncated: 0 of 200 bytes"),
        (None, "is not there"),
    ],
)
def test_fault(tmp_path: Path, content: bytes | None, wrong: str | None) -> None:
    """Is every kind of bad file told from a good one, and named?"""
    path = tmp_path / "a.bin"
    if content is not None:
        path.write_bytes(content)
    assert files.fault(path, COPY) == wrong


def test_new_file_appears_whole(tmp_path: Path) -> None:
    """Is the target absent while it is written, and alone in its folder afterwards?"""
    target = tmp_path / "deep" / "a.bin"
    with files.new_file(target) as partial:
        partial.write_bytes(CONTENT)
        assert not target.exists()
    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]
    assert target.stat().st_mode & 0o044


def test_new_file_leaves_nothing_after_an_error(tmp_path: Path) -> None:
    """Does a failure leave the old file as it was, and nothing half-written?"""
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(KeyError), files.new_file(target) as partial:
        _write_and_fail(partial)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    """Can two write the same target at once, the later whole?"""
    target = tmp_path / "a.bin"
    with files.new_file(target) as first, files.new_file(target) as second:
        first.write_bytes(b"first")
        second.write_bytes(b"second")
    assert target.read_bytes() == b"first"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "cannot be written"),
    ],
)
def test_trouble_with_the_disk_is_one_sentence(tmp_path: Path, number: int, message: str) -> None:
    """Do a full disk and a read-only cache say so, and what to do, and leave nothing?"""
    with pytest.raises(CacheError, match=rf"{message}.*LABS_DATA"), files.new_file(tmp_path / "a"):
        raise OSError(number, os.strerror(number))
    assert not list(tmp_path.iterdir())


def test_cache_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    """Is a cache folder that cannot be made told as what it is?"""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CacheError, match="cannot be written"), files.new_file(tmp_path / "file/a"):
        pass


def test_new_folder_replaces_the_old_one(tmp_path: Path) -> None:
    """Does a folder come whole in place of the old one?"""
    target = tmp_path / "set"
    for text in ("old", "new"):
        with files.new_folder(target) as folder:
            (folder / text).write_text(text, encoding="utf-8")
    assert [path.name for path in target.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [target]


def test_new_folder_leaves_nothing_after_an_error(tmp_path: Path) -> None:
    """Does a failure leave no folder?"""
    with pytest.raises(KeyError), files.new_folder(tmp_path / "set") as folder:
        _write_and_fail(folder / "half")
    assert not list(tmp_path.iterdir())


def test_copy_is_verified(tmp_path: Path) -> None:
    """Is a source that is not what it should be kept out?"""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(CONTENT)
    files.copy_verified(source, target, COPY)
    assert target.read_bytes() == CONTENT
    source.write_bytes(CONTENT[:-1])
    with pytest.raises(BadFile, match="truncated"):
        files.copy_verified(source, tmp_path / "other", COPY)
    with pytest.raises(BadFile, match="gone cannot be read"):
        files.copy_verified(tmp_path / "gone", tmp_path / "other", COPY)
    assert not (tmp_path / "other").exists()
