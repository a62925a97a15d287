"""Tests of finding photos in folders and zip files, hostile ones among them."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from data_scripts import photo_source
from data_scripts.errors import BadFile
from data_scripts.photo_source import photos_of


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("train/cat.0.jpg", (0, 0, "train")),
        ("dog.12499.jpg", (12499, 1, None)),
        ("PetImages/Cat/666.jpg", (666, 0, None)),
        ("a/test/dogs/7.JPEG", (7, 1, "test")),
        ("validation/cat/cat.4001.jpg", (4001, 0, "validation")),
        ("training_set\\dogs\\dog.3.jpg", (3, 1, None)),
        ("PetImages/Cat/Thumbs.db", None),
        ("test1/12.jpg", None),
        ("__MACOSX/train/cat.0.jpg", None),
        ("train/._cat.0.jpg", None),
        ("catalogue.1.jpg", None),
    ],
)
def test_names(name: str, known) -> None:
    """Is a photo known by class, number and split wherever its name has them?"""
    assert photo_source._known(name) == known


def test_folder_and_zip_file_give_the_same(tmp_path: Path) -> None:
    """Does it make no difference whether the photos are packed?"""
    members = {"train/cat.2.jpg": b"two", "train/dog.1.jpg": b"one", "train/notes.txt": b""}
    for name, content in members.items():
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for source in (tmp_path / "own", zipped(tmp_path / "own.zip", members)):
        with photos_of(source) as found:
            got = [(p.number, p.label, p.split, p.read()) for p in sorted(found)]
        assert got == [(1, 1, "train", b"one"), (2, 0, "train", b"two")]


def test_a_name_that_climbs_out_is_only_a_name(tmp_path: Path) -> None:
    """Is a member called ../ read into memory, and nothing written anywhere?"""
    source = zipped(tmp_path / "x.zip", {"../../cat.1.jpg": b"x"})
    before = sorted(tmp_path.rglob("*"))
    with photos_of(source) as found:
        assert found[0].read() == b"x"
    assert sorted(tmp_path.rglob("*")) == before


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Is a link in a folder passed over?"""
    (tmp_path / "secret").write_bytes(b"secret")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "cat.1.jpg").write_bytes(b"one")
    (folder / "cat.2.jpg").symlink_to(tmp_path / "secret")
    with photos_of(folder) as found:
        assert [photo.number for photo in found] == [1]


@pytest.mark.parametrize("content", [b"", b"no zip file", b"PK\x03\x04 cut off"])
def test_no_zip_file(tmp_path: Path, content: bytes) -> None:
    """Is a file that is no zip file refused with a sentence?"""
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="neither a folder nor a whole zip file"), photos_of(path):
        pass


def test_nothing_there(tmp_path: Path) -> None:
    """Is a missing source, or one without photos, told?"""
    with pytest.raises(BadFile, match="cannot be read"), photos_of(tmp_path / "none.zip"):
        pass
    with pytest.raises(BadFile, match="no photos of cats and dogs"), photos_of(tmp_path):
        pass


def test_damaged_member(tmp_path: Path) -> None:
    """Is a member whose bytes were changed refused, by name?"""
    path = zipped(tmp_path / "x.zip", {"cat.1.jpg": b"content of the photo"})
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"content", b"CONTENT", 1))
    with photos_of(path) as found, pytest.raises(BadFile, match=r"cat\.1\.jpg cannot be read"):
        found[0].read()


def test_member_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a bomb that claims to be small refused before it fills the memory?"""
    monkeypatch.setattr(photo_source, "LARGEST", 1000)
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("cat.1.jpg", bytes(100_000))
    raw = path.read_bytes().replace(struct.pack("<I", 100_000), struct.pack("<I", 2000))
    path.write_bytes(raw)
    with photos_of(path) as found, pytest.raises(BadFile):
        found[0].read()


def test_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a file that is too large for a photo refused unread?"""
    monkeypatch.setattr(photo_source, "LARGEST", 10)
    (tmp_path / "cat.1.jpg").write_bytes(bytes(11))
    with photos_of(tmp_path) as found, pytest.raises(BadFile, match="no photo of the set"):
        found[0].read()
