"""Tests of the folder for files: alike on both sides, and nothing but plain files in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from grading.inside.scratch import Scratch
from grading.inside.values import CannotCross, Decoder, Encoder


def refuse(value: Any, coder: Any) -> Any:
    raise AssertionError(value)


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Scratch, Scratch]:
    """The folder of the test and that of the student."""
    return Scratch(tmp_path / "test"), Scratch(tmp_path / "student")


def copy(source: Scratch, target: Scratch) -> dict[str, Any]:
    encoder = Encoder(refuse)
    node = source.changes(encoder)
    target.apply(node, Decoder(encoder.parts, refuse))
    return node


def content(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_both_sides_become_alike(sides: tuple[Scratch, Scratch]) -> None:
    """Do new, changed and deleted files and folders cross, empty ones too?"""
    test, student = sides
    (test.path / "a" / "b").mkdir(parents=True)
    (test.path / "empty").mkdir()
    (test.path / "a" / "b" / "x.bin").write_bytes(b"\0\xff")
    copy(test, student)
    assert content(student.path) == content(test.path)
    (student.path / "a" / "b" / "x.bin").write_bytes(b"other")
    (student.path / "new").mkdir()
    (student.path / "new" / "y").write_text("y")
    (student.path / "empty").rmdir()
    copy(student, test)
    assert content(student.path) == content(test.path)
    assert not (test.path / "empty").exists()


def test_only_changes_cross(sides: tuple[Scratch, Scratch]) -> None:
    """Does a file that both sides have not cross again?"""
    test, student = sides
    (test.path / "x").write_text("1")
    assert len(copy(test, student)["files"]) == 1
    assert copy(test, student)["files"] == []
    assert copy(student, test)["files"] == []


@pytest.mark.parametrize("kind", ["link", "dead link", "folder link", "fifo"])
def test_links_never_cross(sides: tuple[Scratch, Scratch], tmp_path: Path, kind: str) -> None:
    """Is a link, or what is no plain file, refused by its name?"""
    _, student = sides
    target = student.path / "trap"
    if kind == "fifo":
        os.mkfifo(target)
    else:
        target.symlink_to({"link": "/etc/hosts", "dead link": "nowhere"}.get(kind, str(tmp_path)))
    with pytest.raises(CannotCross, match="'trap' is a link or a special file"):
        student.changes(Encoder(refuse))


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a/../../x", "", "a\0b"])
def test_nothing_is_written_outside(sides: tuple[Scratch, Scratch], name: str) -> None:
    """Is a forged name that leads out of the folder refused?"""
    test, _ = sides
    for node in (
        {"gone": [], "folders": [], "files": [[name, 0]]},
        {"gone": [], "folders": [name], "files": []},
        {"gone": [name], "folders": [], "files": []},
    ):
        with pytest.raises((ValueError, OSError)):
            test.apply(node, Decoder([b"x"], refuse))


def test_a_link_in_its_place_is_not_followed(
    sides: tuple[Scratch, Scratch], tmp_path: Path
) -> None:
    """Is a file not written through a link that lies in its place?"""
    test, _ = sides
    victim = tmp_path / "victim"
    victim.write_text("kept")
    (test.path / "x").symlink_to(victim)
    with pytest.raises(OSError, match=r"[Tt]oo many levels|loop"):
        test.apply({"gone": [], "folders": [], "files": [["x", 0]]}, Decoder([b"no"], refuse))
    assert victim.read_text() == "kept"


def test_it_goes(sides: tuple[Scratch, Scratch]) -> None:
    """Is nothing left behind when the test is over?"""
    test, _ = sides
    (test.path / "a").mkdir()
    test.remove()
    assert not test.path.exists()
