"""Keep what a calibration measured, and say what follows from it.

The file ``calibration.json`` beside a lab's source holds the score of every rung of its ladder in
every run (variant, source of the data, seed): one number, or one for each metric of lab.toml.
"""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from authoring.errors import BadLabFile
from authoring.labfile import LabFile

FILE = "calibration.json"
SEEDS = 10
# The rung that a threshold is made for: the one of this name, else the last.
NETWORK = "network"
# How far from the mean of right runs a threshold has to lie, in standard deviations, on the side of
# worse scores.
DISTANCE = 6
# How far a rung has to be ahead on average, in standard deviations of the paired differences, where
# no threshold proves its claim.
MARGIN = 3

Scores = dict[str, float | dict[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the solution: which, how long, and the score of every rung.

    `seconds` is time on the clock, or the processor's where that is less.
    """

    variant: str
    source: str
    seed: int
    seconds: float
    scores: Scores

    def score(self, rung: str, metric: str) -> float | None:
        """Return a rung's score; one that is a single number stands for every metric."""
        value = self.scores.get(rung)
        return value.get(metric) if isinstance(value, dict) else value


@dataclass(frozen=True, slots=True)
class Spread:
    """A rung's scores over the seeds of one variant and source."""

    count: int
    mean: float
    sd: float
    low: float
    high: float


def spread_of(scores: list[float]) -> Spread:
    """Summarize scores, of which there is at least one."""
    sd = statistics.stdev(scores) if len(scores) > 1 else 0.0
    return Spread(len(scores), statistics.fmean(scores), sd, min(scores), max(scores))


@dataclass(slots=True)
class Calibration:
    """All runs of a lab, the digest of the code that made them, and the versions it ran on."""

    code: str
    versions: dict[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    def find(self, variant: str, source: str) -> list[Run]:
        """Return the runs on one kind of data, in order of seeds."""
        runs = [run for run in self.runs if (run.variant, run.source) == (variant, source)]
        return sorted(runs, key=lambda run: run.seed)

    def spread(self, variant: str, source: str, rung: str, metric: str) -> Spread | None:
        """Summarize a rung's scores on one kind of data; None without runs."""
        found = [run.score(rung, metric) for run in self.find(variant, source)]
        scores = [score for score in found if score is not None]
        return spread_of(scores) if scores else None


def read_calibration(path: Path) -> Calibration | None:
    """Read a calibration; None if there is none yet.

    Raises
    ------
    BadLabFile
        If the file is not one that :func:`write_calibration` wrote.
    """
    if not path.is_file():
        return None
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        runs = [Run(**run) for run in table["runs"]]
        return Calibration(table["code"], table["versions"], runs)
    except (ValueError, TypeError, KeyError) as error:
        raise BadLabFile(f"{path} is damaged ({error}): remove it and calibrate again.") from error


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Write a calibration, one run a line, so that a difference can be read."""
    order = sorted(calibration.runs, key=lambda run: (run.variant, run.source, run.seed))
    runs = ",\n".join("  " + json.dumps(asdict(run)) for run in order)
    head = {"code": calibration.code, "versions": calibration.versions}
    text = json.dumps(head, indent=1)[:-2] + f',\n "runs": [\n{runs}\n ]\n}}\n'
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def network_rung(labfile: LabFile) -> str | None:
    """Return the rung that thresholds are made for; None for a lab without a ladder."""
    names = [rung["name"] for rung in labfile.rungs]
    if NETWORK in names:
        return NETWORK
    return names[-1] if names else None


def beaten_rung(labfile: LabFile, variant: str) -> str | None:
    """Return the highest rung that the network claims to beat on a variant; None if it beats none.

    A rung that ties or loses against the one below says nothing of what it beats, so the search
    goes down until a claim is *beats*.
    """
    names = [rung["name"] for rung in labfile.rungs]
    if not names:
        return None
    for place in range(names.index(network_rung(labfile)), 0, -1):
        if labfile.claim(labfile.rungs[place], variant) == "beats":
            return names[place - 1]
    return None


def kept_out_rung(labfile: LabFile, variant: str) -> str | None:
    """Return the rung that thresholds keep out: the one of lab.toml, else the one that is beaten."""
    return labfile.keeps_out.get(variant) or beaten_rung(labfile, variant)


def lead(lower: list[float], upper: list[float], is_less: bool = False) -> Spread:
    """Summarize by how much the upper rung is ahead of the lower one, paired by seed."""
    sign = -1 if is_less else 1
    ahead = [sign * (above - below) for below, above in zip(lower, upper, strict=True)]
    return spread_of(ahead)


def claim_holds(claim: str, lower: list[float], upper: list[float], is_less: bool = False) -> bool:
    """Tell whether two rungs' scores, paired by seed, bear a claim out.

    *beats* and *loses* must hold in every seed; *ties* means that the two ranges overlap.

    Parameters
    ----------
    claim
        What the upper rung claims against the lower one.
    lower, upper
        Their scores.
    is_less
        Whether less is better.
    """
    if is_less:
        lower, upper = [-score for score in lower], [-score for score in upper]
    pairs = list(zip(lower, upper, strict=True))
    if claim == "beats":
        return all(below < above for below, above in pairs)
    if claim == "loses":
        return all(below > above for below, above in pairs)
    return max(min(lower), min(upper)) <= min(max(lower), max(upper))


def table(labfile: LabFile, calibration: Calibration) -> str:
    """Write a calibration as a page for the docs."""
    lines = [
        f"# Calibration of {labfile.title}",
        "",
        "Scores on rows that no notebook has, fast mode, by rung of the ladder. Written by",
        f"`python -m authoring calibrate {labfile.path.parent.name}`; do not edit.",
        "",
    ]
    if labfile.lower:
        lines += [f"Less is better: {', '.join(sorted(labfile.lower))}.", ""]
    for variant in labfile.variants:
        for source in ("real", "twin"):
            lines += _section(labfile, calibration, variant["name"], source)
    versions = ", ".join(f"{name} {number}" for name, number in calibration.versions.items())
    return "\n".join([*lines, f"Measured with {versions}.", ""])


def _section(labfile: LabFile, calibration: Calibration, variant: str, source: str) -> list[str]:
    runs = calibration.find(variant, source)
    if not runs:
        return []
    limits = {
        metric: rows[variant][source]
        for metric, rows in labfile.thresholds.items()
        if source in rows.get(variant, {})
    }
    seconds = statistics.median(run.seconds for run in runs)
    lines = [f"## {variant}, {source} data", ""]
    several = any(isinstance(score, dict) for run in runs for score in run.scores.values())
    for metric in labfile.metrics if several else (labfile.score,):
        name = f"rung, by {metric}" if several else "rung"
        lines += [
            f"| {name} | against the one below | mean | sd | lowest | highest |",
            "|---|---|---:|---:|---:|---:|",
        ]
        for rung in labfile.rungs:
            spread = calibration.spread(variant, source, rung["name"], metric)
            if spread:
                numbers = (spread.mean, spread.sd, spread.low, spread.high)
                cells = " | ".join(f"{number:.4f}" for number in numbers)
                claim = labfile.claim(rung, variant) if metric == labfile.score else ""
                lines.append(f"| {rung['name']} | {claim} | {cells} |")
        lines.append("")
    limit = ", ".join(f"{metric} threshold {value:g}" for metric, value in limits.items())
    if limit and variant in labfile.keeps_out:
        limit += f", which keeps out {labfile.keeps_out[variant]}"
    return [*lines, f"{limit or 'No threshold'}; {len(runs)} seeds, {seconds:.0f} s a run.", ""]


def versions() -> dict[str, str]:
    """Return the versions that a score may depend on."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, Any] = {"Python": platform.python_version()}
    for name in ("tensorflow", "keras", "numpy", "scikit-learn"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
