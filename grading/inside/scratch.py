"""The folder for files of a test: at the same path on both sides, and kept alike by copying.

Files cross as bytes, before and after each call. A folder that both processes had in common would
have links in it, and a test that opens one would read what the student may not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grading.inside.values import CannotCross, Decoder, Encoder, Node

MAX_FILES = 10_000


class Scratch:
    """One side's copy of the folder, and what the other side is known to have.

    Parameters
    ----------
    path
        The folder; it is made, empty.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, str] = {}
        path.mkdir(parents=True, exist_ok=True)

    def changes(self, encoder: Encoder) -> Node:
        """Return what has changed here since both sides were last alike.

        Raises
        ------
        CannotCross
            If there is a link or a special file, or there are too many files.
        """
        now = self._entries()
        new = {name: mark for name, mark in now.items() if self._known.get(name) != mark}
        node = {
            "path": str(self.path),
            "gone": [name for name in self._known if name not in now],
            "folders": [name for name, mark in new.items() if mark == "folder"],
            "files": [
                [name, encoder.part((self.path / name).read_bytes())]
                for name, mark in new.items()
                if mark != "folder"
            ],
        }
        self._known = now
        return node

    def apply(self, node: Mapping[str, Any], decoder: Decoder) -> None:
        """Change this side's folder as the other side has changed its own."""
        # What lies deeper goes first, and folders come before what lies in them.
        for name in sorted(node["gone"], reverse=True):
            target = self._inside(name)
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target, ignore_errors=True)
            else:
                target.unlink(missing_ok=True)
        for name in sorted(node["folders"]):
            self._inside(name).mkdir(parents=True, exist_ok=True)
        for name, place in node["files"]:
            target = self._inside(name)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            with open(os.open(target, flags, 0o600), "wb") as file:
                file.write(decoder.part(place))
        self._known = self._entries()

    def remove(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _entries(self) -> dict[str, str]:
        """Return what lies in the folder: "folder", or the digest of a file."""
        entries: dict[str, str] = {}
        for folder, folders, files in os.walk(self.path):
            for name in (*folders, *files):
                path = Path(folder) / name
                mode = path.lstat().st_mode
                relative = path.relative_to(self.path).as_posix()
                if stat.S_ISDIR(mode):
                    entries[relative] = "folder"
                elif stat.S_ISREG(mode):
                    entries[relative] = hashlib.blake2b(path.read_bytes()).hexdigest()
                else:
                    raise CannotCross(f"{relative!r} is a link or a special file, not a plain one")
            if len(entries) > MAX_FILES:
                raise CannotCross(f"there are more than {MAX_FILES:,} files in the scratch folder")
        return entries

    def _inside(self, name: str) -> Path:
        parts = Path(str(name)).parts
        if not parts or ".." in parts or os.path.isabs(str(name)):
            raise ValueError(f"{name!r} lies outside of the scratch folder")
        return self.path.joinpath(*parts)
