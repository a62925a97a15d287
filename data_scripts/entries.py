"""What the manifest says: a data set, its files, the known copies of each, and its twin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What a file says whose rows belong to more than one split, or to none.
EVERY_SPLIT = "all"
# What belongs to no row comes under this name: no split may be called so.
SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Copy:
    """One known version of a file: the canonical one, or an alternative that a mirror may hold.

    Attributes
    ----------
    name : str
        File name in the cache.
    bytes : int
        Exact size.
    hash : str
        Algorithm and hexadecimal digest, such as ``sha256:440f…``.
    mirror : str
        Place in a mirror folder, with forward slashes.
    rows : dict of str to int, or None
        How many rows of each split it has, counted from the first; None if it has all.
    differs : str
        How it differs from the canonical file; empty for that file itself.
    """

    name: str
    bytes: int
    hash: str
    mirror: str
    rows: dict[str, int] | None = None
    differs: str = ""

    def has_rows(self, rows: Mapping[str, range | None]) -> bool:
        """Tell whether this copy has these rows by split (None: all rows of the split)."""
        if self.rows is None:
            return True
        return all(
            wanted is not None and wanted.stop <= self.rows.get(split, 0)
            for split, wanted in rows.items()
        )


@dataclass(frozen=True, slots=True)
class File:
    """A file of a data set: its split or "all", its addresses, and the known copies of it.

    Without addresses it can come from a mirror only.
    """

    split: str
    urls: tuple[str, ...]
    canonical: Copy
    alternatives: tuple[Copy, ...] = ()

    @property
    def name(self) -> str:
        """Name of the canonical file."""
        return self.canonical.name

    @property
    def copies(self) -> tuple[Copy, ...]:
        """All known copies, the canonical one first."""
        return (self.canonical, *self.alternatives)

    def needed(self, rows: Mapping[str, range | None]) -> dict[str, range | None]:
        """Give those of the wanted rows that this file has a hand in."""
        if self.split == EVERY_SPLIT:
            return dict(rows)
        return {split: wanted for split, wanted in rows.items() if split == self.split}


@dataclass(frozen=True, slots=True)
class Twin:
    """The generator that stands in for a data set: module in `data_scripts.twins`, seed, rows."""

    module: str
    seed: int
    rows: dict[str, int]
    about: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """An entry of the manifest.

    Attributes
    ----------
    name : str
        Key in the manifest and name of the module that reads it.
    rows : dict of str to int
        Rows of each split of the canonical data; empty where a set has none, such as weights.
    notebook, unseen : dict of str to range
        Rows by split that fast mode gives to a notebook, and rows that only the referee sees.
    unseen_note : str
        Why there are no unseen rows; empty where there are some.
    files : tuple of File
        Empty where the set is shipped with the course or generated.
    shipped : bool
        Whether its numbers stand in the course's own code.
    """

    name: str
    title: str
    about: str
    page: str
    license: str
    citation: str
    care: str
    rows: dict[str, int]
    notebook: dict[str, range]
    unseen: dict[str, range]
    unseen_note: str
    twin: Twin
    files: tuple[File, ...]
    shipped: bool = False

    @property
    def generated(self) -> bool:
        """Whether there is no real one: the generator's is all there is."""
        return not self.files and not self.shipped

    @property
    def bytes(self) -> int:
        """Size of the canonical files together."""
        return sum(file.canonical.bytes for file in self.files)

    def part(self, name: str) -> dict[str, range | None]:
        """Give the rows of "notebook", "unseen" or "full" by split; None stands for all rows."""
        if name == "full":
            return dict.fromkeys(self.rows)
        if name == "notebook":
            return dict(self.notebook)
        if name == "unseen":
            return dict(self.unseen)
        raise ValueError(
            f"There is no part {name!r} of a data set: use 'notebook', 'full' or 'unseen'."
        )
