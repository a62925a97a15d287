"""Reads labs.json, where `make labs` puts what a notebook must know of its lab's lab.toml."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files

LABS_FILE = "labs.json"


@dataclass(frozen=True, slots=True)
class Variant:
    """One choice of data for a lab.

    Attributes
    ----------
    name, data : str
        What the notebook calls it, and the data set behind it.
    also : tuple of str
        Further sets that it needs, such as the weights of a pretrained base.
    """

    name: str
    data: str
    also: tuple[str, ...] = ()

    @property
    def sets(self) -> tuple[str, ...]:
        """All sets that it needs, the one with its rows first."""
        return (self.data, *self.also)


@dataclass(frozen=True, slots=True)
class LabEntry:
    """What labs.json says of one lab.

    Attributes
    ----------
    thresholds : dict
        ``thresholds[quantity][variant][source]`` is the value to reach, from the calibration.
    """

    name: str
    title: str
    chapter: str
    seed: int
    variants: tuple[Variant, ...]
    thresholds: dict[str, dict[str, dict[str, float]]]

    def variant(self, name: str) -> Variant:
        """Return a variant by its name; raise `ValueError` naming the known ones for another."""
        for variant in self.variants:
            if variant.name == name:
                return variant
        known = ", ".join(repr(variant.name) for variant in self.variants)
        raise ValueError(f"{self.name} has no variant {name!r}. Choose one of {known}.")


def read_lab(name: str, text: str | None = None) -> LabEntry:
    """Return the entry of a lab.

    Parameters
    ----------
    name
        The lab's folder name, such as ``"ch02_mnist"``.
    text
        The contents of labs.json; the file beside this module if left out.

    Raises
    ------
    ValueError
        If no lab has that name. The message lists those that do.
    """
    if text is None:
        text = files("labkit").joinpath(LABS_FILE).read_text(encoding="utf-8")
    labs = json.loads(text)
    if name not in labs:
        raise ValueError(f"There is no lab {name!r}. Known labs: {', '.join(sorted(labs))}.")
    lab = labs[name]
    return LabEntry(
        name=name,
        title=lab["title"],
        chapter=str(lab["chapter"]),
        seed=int(lab["seed"]),
        variants=tuple(
            Variant(one["name"], one["data"], tuple(one.get("also", ()))) for one in lab["variants"]
        ),
        thresholds=lab.get("thresholds", {}),
    )
