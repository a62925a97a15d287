"""Rules on thresholds and claims: both follow from a calibration of the code as it is."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.calibrate import LADDER, code_digest
from authoring.calibration import (
    DISTANCE,
    MARGIN,
    SEEDS,
    Calibration,
    Spread,
    beaten_rung,
    claim_holds,
    kept_out_rung,
    lead,
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
        for below, rung in zip(lab.file.rungs, lab.file.rungs[1:], strict=False):
            claim = lab.file.claim(rung, variant)
            names = (below["name"], rung["name"])
            pairs = _pairs(lab, variant, source, *names)
            if not claim or not pairs:
                continue
            if not claim_holds(claim, *pairs, lab.file.score in lab.file.lower):
                yield lab.in_file(
                    f"`{names[1]}` claims that it {claim} `{names[0]}`, but not so on {variant},"
                    f" {source}: change the claim, or the lab.",
                    f"rung {names[1]}",
                )


def _pairs(lab: Lab, variant: str, source: str, *names: str) -> list[list[float]]:
    """Return the scores of two rungs in the runs that have both; nothing without such runs."""
    runs = lab.calibration.find(variant, source) if lab.calibration else []
    scores = [[run.score(name, lab.file.score) for name in names] for run in runs]
    pairs = [pair for pair in scores if None not in pair]
    return [list(column) for column in zip(*pairs, strict=True)]


def thresholds_separate(lab: Lab) -> Iterator[Finding]:
    """A threshold lies six standard deviations from right runs, and keeps out the beaten rung.

    Where lab.toml names a lower rung to keep out, that one.
    """
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
            out = kept_out_rung(lab.file, variant)
            yield from _separates(lab, lab.calibration, entry, value, network, out)


def _separates(
    lab: Lab, calibration: Calibration, entry: str, value: float, network: str, out: str | None
) -> Iterator[Finding]:
    _, metric, variant, source = entry.split(".")
    right = calibration.spread(variant, source, network, metric)
    below = calibration.spread(variant, source, out, metric) if out else None
    # Where less is better, all of it holds for the negative scores.
    sign, word = (-1, "at least") if metric in lab.file.lower else (1, "at most")
    if right:
        limit = _limit(right, sign)
        if sign * value > sign * limit:
            yield lab.in_file(f"{value:g} is too near to right runs: {word} {limit:.4f}.", entry)
    if below:
        best = _best(below, sign)
        if sign * value <= sign * best:
            move = "lower" if sign < 0 else "raise"
            yield lab.in_file(
                f"{value:g} does not keep out `{out}`, which reached {best:.4f}: {move} it, or"
                " test a relation instead.",
                entry,
            )


def _limit(right: Spread, sign: int) -> float:
    """Return the strictest threshold that right runs allow."""
    return right.mean - sign * DISTANCE * right.sd


def _best(below: Spread, sign: int) -> float:
    return below.low if sign < 0 else below.high


def low_thresholds_have_a_reason(lab: Lab) -> Iterator[Finding]:
    """A threshold keeps out a lower rung than the beaten one only where none fits between.

    What the threshold does not prove then, the pairs do: over the seeds the network is ahead of the
    rung that it beats by three standard deviations of the differences, on average.
    """
    network = network_rung(lab.file)
    if not lab.calibration or not network:
        return
    names = [rung["name"] for rung in lab.file.rungs]
    sign = -1 if lab.file.score in lab.file.lower else 1
    for variant, out in lab.file.keeps_out.items():
        beaten = beaten_rung(lab.file, variant)
        if beaten is None or names.index(out) >= names.index(beaten):
            what = f"`{network}` beats `{beaten}`" if beaten else f"`{network}` beats nothing"
            yield lab.in_file(
                f"on {variant} {what}, and `{out}` is not below that: drop it.", "keeps_out"
            )
            continue
        fits = []
        for source in SOURCES:
            pairs = _pairs(lab, variant, source, beaten, network)
            right = lab.calibration.spread(variant, source, network, lab.file.score)
            below = lab.calibration.spread(variant, source, beaten, lab.file.score)
            if not pairs or not right or not below:
                continue
            fits.append(sign * _limit(right, sign) > sign * _best(below, sign))
            ahead = lead(*pairs, is_less=sign < 0)
            if ahead.mean < MARGIN * ahead.sd:
                yield lab.in_file(
                    f"on {variant}, {source}, `{network}` is ahead of `{beaten}` by"
                    f" {ahead.mean:.4f}, and the differences spread by {ahead.sd:.4f}: neither a"
                    f" threshold nor {MARGIN} times that proves the claim, so make none.",
                    f"rung {network}",
                )
        if fits and all(fits):
            yield lab.in_file(
                f"on {variant} a threshold fits between `{network}` and `{beaten}`: drop it.",
                "keeps_out",
            )


def _kinds(lab: Lab) -> Iterator[tuple[str, str]]:
    for variant in lab.file.variants:
        for source in SOURCES:
            yield variant["name"], source


RULES: list[Rule] = [
    calibration_is_complete,
    claims_hold,
    thresholds_separate,
    low_thresholds_have_a_reason,
]
