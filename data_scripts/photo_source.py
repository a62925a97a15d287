"""Find photos of cats and dogs in a folder or a zip file, whatever the folders in it are called.

A photo is known by class and number in its own name, as Kaggle gives them (``cat.12.jpg``), or by a
number in a folder of the class (``PetImages/Cat/12.jpg``, ``train/cats/12.jpg``). A folder
``train``, ``validation`` or ``test`` above a folder of the class says which split it belongs to.
Nothing is unpacked: a member of a zip file is read into memory, and its name never makes a path.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from data_scripts.errors import BadFile

CLASSES = ("cat", "dog")
SPLITS = ("train", "validation", "test")
# A photo from a camera has 10 MB at most; more in one is a trap or a mistake.
LARGEST = 32 << 20
_IN_NAME = re.compile(r"(cat|dog)s?[._-]?(\d{1,9})\.jpe?g", re.IGNORECASE)
_IN_FOLDER = re.compile(r"(\d{1,9})\.jpe?g", re.IGNORECASE)
_FOLDER = re.compile(r"(cat|dog)s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Photo:
    """A photo: its number within its class, its class (0 cat, 1 dog), its split if a folder says so.

    `read` gives the bytes of the file; it raises BadFile if they cannot be had.
    """

    number: int
    label: int
    split: str | None = field(compare=False)
    name: str
    read: Callable[[], bytes] = field(compare=False, repr=False)


@contextmanager
def photos_of(source: Path) -> Iterator[list[Photo]]:
    """List the photos in a folder or a zip file; a zip file stays open during the block.

    Raises
    ------
    BadFile
        If there is no such folder or zip file, it is damaged, or has no photos of cats and dogs.
    """
    source = Path(source)
    with ExitStack() as stack:
        if source.is_dir():
            found = list(_in_folder(source))
        else:
            found = list(_in_zip(_opened(source, stack), source))
        if not found:
            raise BadFile(
                f"{source} has no photos of cats and dogs: names such as cat.12.jpg, or 12.jpg in "
                "a folder 'cat', are looked for (of a zip file within it, unpack that one first)."
            )
        yield found


def _opened(source: Path, stack: ExitStack) -> zipfile.ZipFile:
    try:
        return stack.enter_context(zipfile.ZipFile(source))
    except OSError as error:
        raise BadFile(f"{source} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadFile(f"{source} is neither a folder nor a whole zip file ({error}).") from error


def _in_folder(source: Path) -> Iterator[Photo]:
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            known = _known(path.relative_to(source).as_posix())
            # A link may point anywhere; no copy of the set has one.
            if known and not path.is_symlink():
                number, label, split = known
                yield Photo(number, label, split, str(path), partial(_file, path))


def _in_zip(archive: zipfile.ZipFile, source: Path) -> Iterator[Photo]:
    for member in archive.infolist():
        known = _known(member.filename)
        if known and not member.is_dir():
            number, label, split = known
            name = f"{source}: {member.filename}"
            yield Photo(number, label, split, name, partial(_member, archive, member, name))


def _known(place: str) -> tuple[int, int, str | None] | None:
    """Tell number, class and split of a photo from its place, or that it is none."""
    *folders, name = place.replace("\\", "/").split("/")
    # What macOS adds to a zip file looks like photos and is none.
    if "__MACOSX" in folders or name.startswith("."):
        return None
    split = next((folder for folder in reversed(folders) if folder in SPLITS), None)
    named = _IN_NAME.fullmatch(name)
    if named:
        return int(named[2]), CLASSES.index(named[1].lower()), split
    numbered = _IN_FOLDER.fullmatch(name)
    of_class = _FOLDER.fullmatch(folders[-1]) if folders else None
    if numbered and of_class:
        return int(numbered[1]), CLASSES.index(of_class[1].lower()), split
    return None


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(f"{path} has more than {LARGEST >> 20} MB: that is no photo of the set.")
        return path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path} cannot be read ({error.strerror}).") from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(member) as stream:
            # The size that the directory states may be a lie.
            content = stream.read(LARGEST + 1)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
        zlib.error,
    ) as error:
        raise BadFile(f"{name} cannot be read ({error}).") from error
    if len(content) > LARGEST:
        raise BadFile(f"{name} has more than {LARGEST >> 20} MB: that is no photo of the set.")
    return content
