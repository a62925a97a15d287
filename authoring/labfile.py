"""Read lab.toml: what a lab says of itself beside its notebook."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authoring.errors import BadLabFile, LabNotFound

SOURCES = ("real", "twin")
CLAIMS = ("", "beats", "ties", "loses")
BETTER = ("higher", "lower")


@dataclass(frozen=True, slots=True)
class LabFile:
    """The contents of one lab.toml.

    Attributes
    ----------
    seconds : dict of str to float
        Time budgets on two cores in fast mode: ``lab`` and ``grading``.
    variants : tuple of dict
        Each with at least ``name`` and ``data``; the first is the default.
    rungs : tuple of dict
        The ladder from below, each with ``name`` and ``claim`` against the rung below: one word,
        or a table with a word for each variant.
    score : str
        The metric by which rungs are compared: the first that has thresholds, unless
        ``[ladder] score`` names another.
    lower : frozenset of str
        The metrics of which less is better, by ``[ladder] better``: a word for all metrics, or a
        table with a word for each.
    keeps_out : dict of str to str
        By variant, the rung that thresholds keep out where none fits between the network and the
        rung that it beats (``[ladder] keeps_out``, a name for all variants or one for each).
    thresholds : dict
        metric -> variant -> source ("real" or "twin") -> value.
    mistakes : tuple of dict
        The ``[[mistake]]`` entries as they stand.
    """

    path: Path
    title: str
    chapter: str
    minutes: float
    seed: int
    points: float
    seconds: dict[str, float]
    variants: tuple[dict[str, Any], ...]
    rungs: tuple[dict[str, Any], ...]
    score: str
    lower: frozenset[str]
    keeps_out: dict[str, str]
    thresholds: dict[str, dict[str, dict[str, float]]]
    mistakes: tuple[dict[str, Any], ...]

    @property
    def metrics(self) -> tuple[str, ...]:
        """What is measured on every rung: the score, and what else has thresholds."""
        return (self.score, *(metric for metric in self.thresholds if metric != self.score))

    def claim(self, rung: dict[str, Any], variant: str) -> str:
        """Return what a rung claims against the one below on a variant; "" if nothing."""
        claim = rung.get("claim", "")
        return claim.get(variant, "") if isinstance(claim, dict) else claim

    def registry_entry(self) -> dict[str, Any]:
        """Return what a notebook needs to know of its lab at run time."""
        return {
            "title": self.title,
            "chapter": self.chapter,
            "seed": self.seed,
            "variants": list(self.variants),
            "thresholds": self.thresholds,
        }


def read_labfile(path: Path) -> LabFile:
    """Read and check the form of a lab.toml.

    Raises
    ------
    BadLabFile
        If the file is missing, is no TOML, or a field is missing or of the wrong type.
    """
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except FileNotFoundError as error:
        raise BadLabFile(f"{path} does not exist: every lab has one.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadLabFile(f"{path} is no valid TOML: {error}.") from error

    def field(name: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        value = table.get(name, default)
        if not isinstance(value, kind):
            raise BadLabFile(f"{path}: `{name}` is missing or of the wrong type; add it.")
        return value

    variants = tuple(field("variant", list, []))
    rungs = tuple(field("rung", list, []))
    for entries, wanted, name in (
        (variants, ("name", "data"), "variant"),
        (rungs, ("name",), "rung"),
    ):
        for entry in entries:
            missing = [key for key in wanted if not isinstance(entry.get(key), str)]
            if missing:
                raise BadLabFile(f"{path}: a [[{name}]] has no {' and no '.join(missing)}; add it.")
    for rung in rungs:
        claim = rung.get("claim", "")
        if not all(word in CLAIMS for word in _words(path, rung["name"], claim, variants)):
            known = ", ".join(repr(claim) for claim in CLAIMS)
            raise BadLabFile(
                f"{path}: rung `{rung['name']}` has a claim that is not one of {known}."
            )
    thresholds = {
        metric: {
            variant: _numbers(path, f"thresholds.{metric}.{variant}", values)
            for variant, values in rows.items()
        }
        for metric, rows in field("thresholds", dict, {}).items()
    }
    ladder = field("ladder", dict, {})
    score, lower = _ladder(path, ladder, list(thresholds))
    return LabFile(
        path=path,
        title=field("title", str),
        chapter=str(field("chapter", (str, int, float))),
        minutes=float(field("minutes", (int, float))),
        seed=field("seed", int),
        points=float(field("points", (int, float), 20)),
        seconds=_numbers(path, "seconds", field("seconds", dict, {})),
        variants=variants,
        rungs=rungs,
        score=score,
        lower=lower,
        keeps_out=_keeps_out(path, ladder.get("keeps_out", {}), variants, rungs),
        thresholds=thresholds,
        mistakes=tuple(field("mistake", list, [])),
    )


def _ladder(path: Path, table: dict[str, Any], metrics: list[str]) -> tuple[str, frozenset[str]]:
    """Return the metric that compares rungs, and those metrics of which less is better."""
    known_keys = ("score", "better", "keeps_out")
    if unknown := set(table) - set(known_keys):
        raise BadLabFile(
            f"{path}: [ladder] has no `{unknown.pop()}`; it has: {', '.join(known_keys)}."
        )
    score = table.get("score", metrics[0] if metrics else "score")
    better = table.get("better", "higher")
    known = {score, *metrics}
    words = better if isinstance(better, dict) else dict.fromkeys(known, better)
    if unknown := set(words) - known:
        raise BadLabFile(f"{path}: [ladder] better names `{unknown.pop()}`, which is no metric.")
    if not isinstance(score, str) or not all(word in BETTER for word in words.values()):
        raise BadLabFile(f'{path}: [ladder] wants a name, and better = "higher" or "lower".')
    return score, frozenset(metric for metric, word in words.items() if word == "lower")


def _keeps_out(
    path: Path, table: Any, variants: tuple[dict[str, Any], ...], rungs: tuple[dict[str, Any], ...]
) -> dict[str, str]:
    """Return by variant the rung that thresholds keep out, for those that name one."""
    names = [variant["name"] for variant in variants]
    rung_of = table if isinstance(table, dict) else dict.fromkeys(names, table)
    if unknown := set(rung_of) - set(names):
        raise BadLabFile(
            f"{path}: [ladder] keeps_out names `{unknown.pop()}`, which is no variant."
        )
    known = [rung["name"] for rung in rungs]
    for rung in rung_of.values():
        if rung not in known:
            raise BadLabFile(f"{path}: [ladder] keeps_out names `{rung}`, which is no rung.")
    return rung_of


def _words(path: Path, rung: str, claim: Any, variants: tuple[dict[str, Any], ...]) -> list[Any]:
    """Return the words of a claim, whether it is one for all variants or one for each."""
    if not isinstance(claim, dict):
        return [claim]
    unknown = set(claim) - {variant["name"] for variant in variants}
    if unknown:
        raise BadLabFile(
            f"{path}: rung `{rung}` claims for {unknown.pop()!r}, which is no variant."
        )
    return list(claim.values())


def _numbers(path: Path, name: str, table: Any) -> dict[str, float]:
    if not isinstance(table, dict) or not all(
        isinstance(value, (int, float)) for value in table.values()
    ):
        raise BadLabFile(f"{path}: `{name}` must be a table of numbers.")
    return {key: float(value) for key, value in table.items()}


def lab_names(root: Path) -> list[str]:
    """List the labs below ``root``/solutions: folders that hold a lab.toml."""
    return sorted(path.parent.name for path in (root / "solutions").glob("*/lab.toml"))


def choose_labs(root: Path, wanted: list[str]) -> list[str]:
    """Return the wanted labs, or all of them if none is named.

    Raises
    ------
    LabNotFound
        If a name is unknown or there is no lab at all.
    """
    known = lab_names(root)
    if not known:
        raise LabNotFound(f"no lab below {root / 'solutions'}: run this at the course's root.")
    for name in wanted:
        if name not in known:
            raise LabNotFound(f"there is no lab `{name}`; the labs are: {', '.join(known)}.")
    return wanted or known
