"""Files that are whole or not there: check a copy, write beside the target, then rename."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data_scripts.entries import Copy
from data_scripts.errors import BadFile, CacheError

# Half-written files carry this in their name, so that `clean` knows them from anything else.
PARTIAL = ".partial-"
_BLOCK = 1 << 20
_WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<head")


def fault(path: Path, copy: Copy) -> str | None:
    """Compare a file with what the manifest says of it.

    Returns
    -------
    str or None
        None if size and hash agree; else what is wrong, such as "is not there" or
        "is a web page instead of data".
    """
    try:
        size = path.stat().st_size
        if size == copy.bytes and digest(path, copy.hash.partition(":")[0]) == copy.hash:
            return None
        with path.open("rb") as stream:
            start = stream.read(64).lstrip().lower()
    except FileNotFoundError:
        return "is not there"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if start.startswith(_WEB_PAGE):
        return "is a web page instead of data"
    if size < copy.bytes:
        return f"is truncated: {size:,} of {copy.bytes:,} bytes"
    if size > copy.bytes:
        return f"is too long: {size:,} bytes instead of {copy.bytes:,}"
    return "is altered: right size, wrong hash"


def digest(path: Path, algorithm: str) -> str:
    """Compute a file's hash in the manifest's form, such as ``sha256:440f…``."""
    with path.open("rb") as stream:
        return f"{algorithm}:{hashlib.file_digest(stream, algorithm).hexdigest()}"


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Offer a path beside `target`; rename it to `target` if the block ends well, else remove it.

    Two processes that write the same target each have a path of their own; the later rename wins,
    whole.

    Raises
    ------
    CacheError
        If the folder cannot be made or written, or the disk is full.
    """
    with _telling(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{target.name}{PARTIAL}", dir=target.parent)
        os.close(handle)
    partial = Path(name)
    try:
        with _telling(target):
            yield partial
            # mkstemp is private to its owner; a cache may be shared.
            partial.chmod(0o644)
            os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Offer a folder beside `target`; rename it to `target` if the block ends well, else remove it.

    A folder that is there already is replaced.

    Raises
    ------
    CacheError
        If the folder cannot be made or written, or the disk is full.
    """
    with _telling(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f"{target.name}{PARTIAL}", dir=target.parent))
    try:
        with _telling(target):
            yield partial
            partial.chmod(0o755)
            _put_in_place(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def copy_verified(source: Path, target: Path, copy: Copy) -> None:
    """Copy a file that must be what the manifest says; the target appears whole or not at all.

    Raises
    ------
    BadFile
        If what arrived differs, for instance because the source changed meanwhile.
    CacheError
        If the target cannot be written.
    """
    with new_file(target) as partial:
        with partial.open("wb") as output:
            for block in _blocks(source):
                output.write(block)
        wrong = fault(partial, copy)
        if wrong:
            raise BadFile(f"The copy of {source} {wrong}.")


def _blocks(source: Path) -> Iterator[bytes]:
    # Reading and writing apart: shutil blames the source for a full disk.
    try:
        with source.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as error:
        raise BadFile(f"{source} cannot be read ({error.strerror}).") from error


def _put_in_place(partial: Path, target: Path) -> None:
    # A folder that is not empty cannot be replaced in one step: move the old one aside first. If
    # another process puts its own there in between, that one is as good, and ours goes.
    old = partial.with_name(partial.name + "-old")
    try:
        if target.exists():
            os.replace(target, old)
        os.replace(partial, target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT) or not target.exists():
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _telling(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = "Set LABS_DATA to a folder that can be written."
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = (
                f"The disk is full: {target} could not be written. Free some space, or: {advice}"
            )
        else:
            message = f"The data cache cannot be written: {target} ({error.strerror}). {advice}"
        raise CacheError(message) from error
