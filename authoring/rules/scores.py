"""Rules on thresholds and claims: both follow from a calibration of the code as it is."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.calibrate import LADDER, code_digest
from authoring.calibration import (
    DISTANCE,
    SEEDS,
    Calibration,
    beaten_rung,
    claim_holds,
    network_rung,
)
from authoring.labfile import SOURCES
from authoring.rules.lab import Finding, Lab, Rule


def calibration_is_complete(lab: Lab) -> Iterator[Finding]:
    """A lab with a ladder is calibrated as it is now: ten seeds, every variant, real and twin."""
    if not lab.file.rungs:
        return
    again = f"run `python -m authoring calibrate {lab.name}`."
    ladder = lab.root / lab.folder / LADDER
    if not ladder.is_file():
        yield Finding(lab.folder / LADDER, "file", "is missing: write `measure(notebook)`.")
        return
    if lab.calibration is None:
        yield lab.in_file(f"the ladder is not calibrated: {again}", "rung")
        return
    readable = len(lab.python()) == sum(cell.is_code for cell in lab.source.cells)
    if readable and lab.calibration.code != code_digest(lab.source, ladder):
        yield lab.in_file(f"the code has changed since the calibration: {again}", "rung")
    for variant, source in _kinds(lab):
        count = len(lab.calibration.find(variant, source))
        if count < SEEDS:
            yield lab.in_file(f"{variant}, {source}: {count} of {SEEDS} seeds; {again}", "rung")
        for rung in lab.file.rungs if count else ():
            for metric in lab.file.metrics:
                if lab.calibration.spread(variant, source, rung["name"], metric) is None:
                    yield lab.in_file(
                        f"measure() gives no {metric} for rung `{rung['name']}`: add it and"
                        f" {again}",
                        "rung",
                    )


def claims_hold(lab: Lab) -> Iterator[Finding]:
    """What a rung claims against the one below is what was measured."""
    for variant, source in _kinds(lab) if lab.calibration else ():
        runs = lab.calibration.find(variant, source)
        for below, rung in zip(lab.file.rungs, lab.file.rungs[1:], strict=False):
            claim = lab.file.claim(rung, variant)
            names = (below["name"], rung["name"])
            scores = [[run.score(name, lab.file.score) for name in names] for run in runs]
            pairs = [pair for pair in scores if None not in pair]
            is_less = lab.file.score in lab.file.lower
            if not claim or not pairs:
                continue
            if not claim_holds(claim, *map(list, zip(*pairs, strict=True)), is_less):
                yield lab.in_file(
                    f"`{names[1]}` claims that it {claim} `{names[0]}`, but not so on {variant},"
                    f" {source}: change the claim, or the lab.",
                    f"rung {names[1]}",
                )


def thresholds_separate(lab: Lab) -> Iterator[Finding]:
    """A threshold lies six standard deviations from right runs, and keeps out the beaten rung."""
    network = network_rung(lab.file)
    if not lab.calibration or not network:
        return
    for metric, rows in lab.file.thresholds.items():
        for variant, source in _kinds(lab):
            entry = f"thresholds.{metric}.{variant}.{source}"
            value = rows.get(variant, {}).get(source)
            if value is None:
                yield lab.in_file("this threshold is missing: add it.", entry)
                continue
            beaten = beaten_rung(lab.file, variant)
            yield from _separates(lab, lab.calibration, entry, value, network, beaten)


def _separates(
    lab: Lab, calibration: Calibration, entry: str, value: float, network: str, beaten: str | None
) -> Iterator[Finding]:
    _, metric, variant, source = entry.split(".")
    right = calibration.spread(variant, source, network, metric)
    below = calibration.spread(variant, source, beaten, metric) if beaten else None
    # Where less is better, all of it holds for the negative scores.
    sign, word = (-1, "at least") if metric in lab.file.lower else (1, "at most")
    if right:
        limit = right.mean - sign * DISTANCE * right.sd
        if sign * value > sign * limit:
            yield lab.in_file(f"{value:g} is too near to right runs: {word} {limit:.4f}.", entry)
    if below:
        best = below.low if sign < 0 else below.high
        if sign * value <= sign * best:
            move = "lower" if sign < 0 else "raise"
            yield lab.in_file(
                f"{value:g} does not keep out `{beaten}`, which reached {best:.4f}: {move} it, or"
                " test a relation instead.",
                entry,
            )


def _kinds(lab: Lab) -> Iterator[tuple[str, str]]:
    for variant in lab.file.variants:
        for source in SOURCES:
            yield variant["name"], source


RULES: list[Rule] = [calibration_is_complete, claims_hold, thresholds_separate]
