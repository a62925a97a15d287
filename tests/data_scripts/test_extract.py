"""Tests of unpacking archives, hostile ones most of all."""

from __future__ import annotations

import errno
import io
import os
import stat
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from data_scripts import extract
from data_scripts.errors import BadFile, CacheError

FILES = {"pets/cat.1.jpg": b"cat" * 50, "pets/dog.1.jpg": b"dog", "readme.txt": b""}
Writer = Callable[[Path, Iterable[tuple[str, bytes]]], Path]


def _zip(path: Path, members: Iterable[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def _tar(path: Path, members: Iterable[tuple[str, bytes]], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@pytest.fixture(params=[_zip, _tar], ids=["zip", "tar"])
def write(request: pytest.FixtureRequest) -> Writer:
    """Write an archive of one kind and of the other."""
    return request.param


def _refused(path: Path, message: str) -> None:
    """Make sure that both ways to read it refuse an archive, and that nothing is left of it."""
    target = path.parent / "unpacked"
    with pytest.raises(BadFile, match=message):
        list(extract.read_members(path))
    with pytest.raises(BadFile, match=message):
        extract.extract(path, target)
    assert list(path.parent.iterdir()) == [path]


def test_members_are_read(tmp_path: Path, write: Writer) -> None:
    """Do names and contents come in the archive's order, and only the wanted ones?"""
    path = write(tmp_path / "a", FILES.items())
    assert list(extract.read_members(path)) == list(FILES.items())
    pets = list(extract.read_members(path, lambda name: name.endswith("1.jpg")))
    assert [name for name, _ in pets] == ["pets/cat.1.jpg", "pets/dog.1.jpg"]


def test_files_are_written(tmp_path: Path, write: Writer) -> None:
    """Are the wanted files in the folder, and is an older folder gone?"""
    path = write(tmp_path / "a", FILES.items())
    target = tmp_path / "unpacked"
    (target / "old").mkdir(parents=True)
    written = extract.extract(path, target, lambda name: "pets" in name)
    assert written == [target / "pets/cat.1.jpg", target / "pets/dog.1.jpg"]
    assert sorted(target.rglob("*")) == [target / "pets", *written]
    assert written[0].read_bytes() == FILES["pets/cat.1.jpg"]
    assert not written[0].stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_every_packing_of_tar(tmp_path: Path, mode: str) -> None:
    """Is a tar file known by its content, however it is packed and named?"""
    path = _tar(tmp_path / "data.bin", FILES.items(), mode)
    assert dict(extract.read_members(path)) == FILES


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "/etc/out.txt",
        "//server/out.txt",
        "a/.. /out.txt",
        "C:/out.txt",
        "C:out.txt",
        "..\\out.txt",
        "a//b",
        "a/./b",
        "file:stream",
        "new\nline",
        "x" * 1001,
    ],
)
def test_nothing_outside_the_target(tmp_path: Path, write: Writer, name: str) -> None:
    """Is a member that would lie elsewhere, on whichever system, refused with all the rest?"""
    path = write(tmp_path / "a", [("good.txt", b"good"), (name, b"bad")])
    _refused(path, "is not safe to unpack")


def test_unwanted_members_are_checked_too(tmp_path: Path, write: Writer) -> None:
    """Is an archive with a bad member refused though that member is not wanted?"""
    path = write(tmp_path / "a", [("../bad", b"bad"), ("good", b"good")])
    with pytest.raises(BadFile, match="not safe"):
        list(extract.read_members(path, lambda name: name == "good"))


@pytest.mark.parametrize(
    "names",
    [["a", "a"], ["a", "A"], ["a", "a/b"], ["a/b", "a"], ["./a", "a"], ["a/B/c", "A/b"], ["."]],
)
def test_nothing_is_written_twice(tmp_path: Path, write: Writer, names: list[str]) -> None:
    """Is a file refused that would replace another, or lie in one, also where case is ignored?"""
    with warnings.catch_warnings():
        # zipfile finds it odd as well.
        warnings.simplefilter("ignore")
        path = write(tmp_path / "a", [(name, b"x") for name in names])
    _refused(path, "same place as another")


def test_folders_may_come_twice(tmp_path: Path, write: Writer) -> None:
    """Are entries for folders, before or after their files, no fault?"""
    path = write(tmp_path / "a", [("./", b""), ("a/", b""), ("a/b", b"x")])
    if write is _tar:
        with tarfile.open(path, "w:gz") as archive:
            for name in (".", "a", "a"):
                info = tarfile.TarInfo(name)
                info.type = tarfile.DIRTYPE
                archive.addfile(info)
            info = tarfile.TarInfo("./a/b")
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
    assert list(extract.read_members(path)) == [("a/b", b"x")]


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE],
)
def test_links_and_devices_in_tar(tmp_path: Path, kind: bytes) -> None:
    """Is every kind of member that is neither file nor folder refused?"""
    path = tmp_path / "a"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("link")
        info.type, info.linkname = kind, "../../etc/passwd"
        archive.addfile(info)
    _refused(path, "is a link or a device")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_zip(tmp_path: Path, kind: int) -> None:
    """Is a link in a zip file, which is a file with a mark, refused?"""
    path = tmp_path / "a"
    info = zipfile.ZipInfo("link")
    info.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "../../etc/passwd")
    _refused(path, "is a link or a device")


def test_bomb(tmp_path: Path, write: Writer) -> None:
    """Is an archive refused that unpacks to a thousand times its size, before it has?"""
    path = write(tmp_path / "a", [(f"{number}", bytes(4 << 20)) for number in range(6)])
    assert path.stat().st_size < 100_000
    _refused(path, "unpacks to more than 100 times its size")


def test_limits(tmp_path: Path, write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do bounds on bytes and on members hold, the first for wanted members only?"""
    path = write(tmp_path / "a", FILES.items())
    with pytest.raises(BadFile, match="unpacks to more than 152 bytes"):
        list(extract.read_members(path, limit_bytes=152))
    assert len(list(extract.read_members(path, lambda name: "dog" in name, limit_bytes=3))) == 1
    monkeypatch.setattr(extract, "LIMIT_MEMBERS", 2)
    _refused(path, "more than 2 members")


def test_damaged(tmp_path: Path, write: Writer) -> None:
    """Is half an archive, one with a changed byte, or none at all refused?"""
    whole = write(tmp_path / "a", [("a.bin", os.urandom(40_000))]).read_bytes()
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 255
    for content in (
        whole[: len(whole) // 2],
        bytes(changed),
        b"<html>sorry</html>",
        b"PK\3\4",
        b"",
    ):
        (tmp_path / "a").write_bytes(content)
        _refused(tmp_path / "a", "is not a whole archive")


def test_wrong_size_in_zip(tmp_path: Path) -> None:
    """Is a zip file refused whose directory lies about a size?"""
    path = _zip(tmp_path / "a", [("a.bin", b"0123456789" * 10)])
    content = path.read_bytes()
    for lie in (99, 101):
        path.write_bytes(content.replace((100).to_bytes(4, "little"), lie.to_bytes(4, "little")))
        _refused(path, "not a whole archive|has not the size")


def test_encrypted_zip(tmp_path: Path) -> None:
    """Is an encrypted member told as one?"""
    path = _zip(tmp_path / "a", [("a.bin", b"x")])
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    _refused(path, "is encrypted")


@pytest.mark.parametrize(
    ("number", "message"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "cannot be written")]
)
def test_disk_is_not_blamed_on_the_archive(
    tmp_path: Path, write: Writer, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    """Is a disk that fills up told as that, and is nothing left?"""
    path = write(tmp_path / "a", FILES.items())

    def full(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", _once_fine(Path.mkdir, full))
    with pytest.raises(CacheError, match=message):
        extract.extract(path, tmp_path / "unpacked")
    assert list(tmp_path.iterdir()) == [path]


def _once_fine(real: Callable[..., None], then: Callable[..., None]) -> Callable[..., None]:
    calls: list[int] = []

    def either(*given: object, **named: object) -> None:
        calls.append(1)
        (real if len(calls) == 1 else then)(*given, **named)

    return either
