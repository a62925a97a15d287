"""Read zip and tar archives that may be hostile: into memory, or into a folder of their own.

``read_members(path, wanted, limit_bytes)`` gives the wanted members one after the other;
``extract(path, target, wanted, limit_bytes)`` writes them into a folder that appears whole or not
at all. Both refuse the whole archive with `BadFile` if a member, wanted or not, would lie outside
the target, is a link or a device, comes twice, or if there is more of it than its size explains.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from data_scripts import files
from data_scripts.errors import BadFile, CacheError

# All that is read, unless the caller knows better.
LIMIT_BYTES = 1 << 30
LIMIT_MEMBERS = 200_000
# What is unpacked may be so many times larger than the archive; text is about 5 times, a bomb 1000.
# Small archives may be as dense as they like.
RATIO = 100
RATIO_FREE_BYTES = 16 << 20
_BLOCK = 1 << 20
# What reading a damaged archive may raise. RuntimeError: encrypted; NotImplementedError: a
# compression that Python does not know.
_DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
)


def everything(name: str) -> bool:
    """Want every member."""
    return True


def read_members(
    path: Path,
    wanted: Callable[[str], bool] = everything,
    limit_bytes: int = LIMIT_BYTES,
) -> Iterator[tuple[str, bytes]]:
    """Read the wanted files of an archive into memory, one at a time, in the archive's order.

    Parameters
    ----------
    path : Path
        A zip file, or a tar file as it is or packed by gzip, bzip2 or xz.
    wanted : callable
        Told a member's name, with forward slashes, says whether to read it.
    limit_bytes : int
        What the wanted members may have together.

    Yields
    ------
    (str, bytes)
        Name and content.

    Raises
    ------
    BadFile
        If the archive is damaged or hostile; possibly after some members were given.
    """
    with _telling(path):
        for name, stream, size in _members(path, wanted, limit_bytes):
            content = stream.read(size + 1)
            if len(content) != size:
                raise BadFile(f"{path}: {name} has not the size that the archive states.")
            yield name, content


def extract(
    path: Path,
    target: Path,
    wanted: Callable[[str], bool] = everything,
    limit_bytes: int = LIMIT_BYTES,
) -> list[Path]:
    """Write the wanted files of an archive into a folder that appears whole or not at all.

    Parameters
    ----------
    path, wanted, limit_bytes
        As for `read_members`.
    target : Path
        The folder; an older one is replaced.

    Returns
    -------
    list of Path
        The files that were written, in the archive's order. Nobody may execute them.

    Raises
    ------
    BadFile
        If the archive is damaged or hostile; then nothing is left of it.
    CacheError
        If the folder cannot be written.
    """
    written: list[str] = []
    with files.new_folder(target) as folder, _telling(path):
        for name, stream, size in _members(path, wanted, limit_bytes):
            place = folder / name
            with _writing():
                place.parent.mkdir(parents=True, exist_ok=True)
                # "x": a file that is there already is never written through.
                output = place.open("xb")
            with output:
                _copy(stream, output, size, f"{path}: {name}")
            written.append(name)
    return [target / name for name in written]


def safe_name(name: str, path: Path) -> str:
    """Return a member's name in plain form.

    Raises
    ------
    BadFile
        If it does not name a place below the folder into which it would be unpacked, on any system.
    """
    parts = name.rstrip("/").split("/")
    while parts and parts[0] == ".":
        del parts[0]
    # Windows drops dots and spaces at the end of a name, knows \ as a slash, and : after a drive.
    if (
        any(not part.rstrip(" .") for part in parts)
        or any(ord(letter) < 32 or letter in '\\:*?"<>|\x7f' for letter in name)
        or len(name) > 1000
    ):
        raise BadFile(f"{path}: a member named {name[:100]!r} is not safe to unpack.")
    return "/".join(parts)


def _members(
    path: Path, wanted: Callable[[str], bool], limit: int
) -> Iterator[tuple[str, IO[bytes], int]]:
    with path.open("rb") as stream:
        start = stream.read(6)
    members = _zip_members(path) if start.startswith(b"PK") else _tar_members(path, start)
    left, layout = limit, _Layout()
    for count, (raw, is_folder, size, stream_of) in enumerate(members, start=1):
        if count > LIMIT_MEMBERS:
            raise BadFile(f"{path} has more than {LIMIT_MEMBERS:,} members.")
        name = safe_name(raw, path)
        if not layout.takes(name, is_folder):
            raise BadFile(f"{path}: {name[:100]!r} lies in the same place as another member.")
        if is_folder:
            continue
        if not wanted(name):
            continue
        left -= size
        if left < 0:
            raise BadFile(f"{path} unpacks to more than {limit:,} bytes.")
        with stream_of() as content:
            yield name, content, size


class _Layout:
    """The files and folders of an archive, as a system sees them that ignores upper and lower case."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        # The folder itself into which all is unpacked.
        self._folders = {""}

    def takes(self, name: str, is_folder: bool) -> bool:
        """Note a member; False if a file comes twice, or where there is a folder, or within a file."""
        name = name.lower()
        parts = name.split("/")
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        good = name not in self._files and self._files.isdisjoint(above)
        if is_folder:
            self._folders.add(name)
        else:
            good = good and name not in self._folders
            self._files.add(name)
        self._folders |= above
        return good


_Member = tuple[str, bool, int, Callable[[], IO[bytes]]]


def _zip_members(path: Path) -> Iterator[_Member]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        # Members may share the same packed bytes: their sum tells a bomb too.
        _check_ratio(sum(info.file_size for info in infos), path)
        for info in infos:
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise BadFile(f"{path}: {info.filename[:100]!r} is a link or a device.")
            if info.flag_bits & 1:
                raise BadFile(f"{path}: {info.filename[:100]!r} is encrypted.")
            yield info.filename, info.is_dir(), info.file_size, partial(archive.open, info)


def _tar_members(path: Path, start: bytes) -> Iterator[_Member]:
    openers: dict[bytes, Callable[[Path], IO[bytes]]] = {
        b"\x1f\x8b": gzip.open,
        b"BZh": bz2.open,
        b"\xfd7zXZ\x00": lzma.open,
    }
    packed = (one for magic, one in openers.items() if start.startswith(magic))
    opener = next(packed, partial(Path.open, mode="rb"))
    # As a stream: a tar file is read once, from start to end, and never kept whole.
    with opener(path) as unpacked:
        metered = _Metered(unpacked, path)
        with tarfile.open(fileobj=metered, mode="r|") as archive:
            for info in archive:
                if not (info.isfile() or info.isdir()) or info.issparse():
                    raise BadFile(f"{path}: {info.name[:100]!r} is a link or a device.")
                yield info.name, info.isdir(), info.size, partial(archive.extractfile, info)
        # The checksum of what is packed stands at its end.
        while metered.read(_BLOCK):
            pass


class _Metered:
    """An unpacked stream that ends with an error once more comes than the archive explains."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream = stream
        self._path = path
        self._given = 0

    def read(self, size: int) -> bytes:
        content = self._stream.read(size)
        self._given += len(content)
        _check_ratio(self._given, self._path)
        return content


def _check_ratio(unpacked: int, path: Path) -> None:
    if unpacked > max(RATIO_FREE_BYTES, RATIO * path.stat().st_size):
        raise BadFile(f"{path} unpacks to more than {RATIO} times its size.")


def _copy(stream: IO[bytes], output: IO[bytes], size: int, what: str) -> None:
    left = size
    while block := stream.read(min(_BLOCK, left + 1)):
        left -= len(block)
        if left < 0:
            break
        with _writing():
            output.write(block)
    if left:
        raise BadFile(f"{what} has not the size that the archive states.")


class _NotWritten(Exception):
    """Writing failed, as opposed to reading: both raise OSError."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _NotWritten(error) from error


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except _NotWritten as failure:
        # `files.new_folder` words it, and knows what to do.
        raise failure.error from None
    except (BadFile, CacheError):
        raise
    except _DAMAGE as error:
        raise BadFile(
            f"{path} is not a whole archive ({error or type(error).__name__})."
        ) from error
