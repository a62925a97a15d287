"""Thresholds and claims where less is better."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from authoring.rules import Lab
from authoring.rules.scores import (
    calibration_is_complete,
    claims_hold,
    low_thresholds_have_a_reason,
    thresholds_separate,
)

RULES = [calibration_is_complete, claims_hold, thresholds_separate, low_thresholds_have_a_reason]
ERRORS = {"zero": 1.0, "mean": 0.5, "network": 0.02}


@pytest.fixture
def errors(course: Path, edit) -> Path:
    """Return the course with errors for scores: a table of metrics on each rung."""
    folder = course / "solutions" / "toy"
    edit(folder / "lab.toml", "[seconds]", '[ladder]\nscore = "mae"\nbetter = "lower"\n\n[seconds]')
    edit(folder / "lab.toml", "[thresholds.score]", "[thresholds.mae]")
    edit(folder / "lab.toml", "0.95", "0.2")
    path = folder / "calibration.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    for run in table["runs"]:
        run["scores"] = {
            name: {"mae": error + run["seed"] / 1000, "share": 0.3}
            for name, error in ERRORS.items()
        }
    path.write_text(json.dumps(table), encoding="utf-8")
    return course


@pytest.fixture
def near(errors: Path, edit) -> Path:
    """Return the course where the network is a little ahead in each run: no threshold fits between.

    A threshold keeps out the rung below.
    """
    folder = errors / "solutions" / "toy"
    edit(folder / "lab.toml", "[ladder]\n", '[ladder]\nkeeps_out = "zero"\n')
    edit(folder / "lab.toml", "real = 0.2", "real = 0.8")
    edit(folder / "lab.toml", "twin = 0.2", "twin = 0.8")
    spread_networks(errors, 0.4, 0.02)
    return errors


def spread_networks(course: Path, mean: float, step: float) -> None:
    """Put the network's errors around a mean, on both sides in turn."""
    path = course / "solutions" / "toy" / "calibration.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    for run in table["runs"]:
        run["scores"]["network"]["mae"] = mean + step * (-1) ** run["seed"]
    path.write_text(json.dumps(table), encoding="utf-8")


def findings(course: Path, rule) -> list[str]:
    return [str(finding) for finding in rule(Lab(course, "toy"))]


@pytest.mark.parametrize("rule", RULES)
def test_errors_keep_every_rule(errors: Path, rule):
    """Is a ladder of errors, each rung with less than the one below, left alone?"""
    assert findings(errors, rule) == []


@pytest.mark.parametrize(
    ("threshold", "words"),
    [
        ("0.03", "0.03 is too near to right runs: at least 0.0437."),
        ("0.501", "0.501 does not keep out `mean`, which reached 0.5010: lower it, or"),
        ("0.7", "0.7 does not keep out `mean`"),
    ],
)
def test_a_threshold_on_the_wrong_side(errors: Path, edit, threshold: str, words: str):
    """Is the threshold above mean + 6 sd of right runs, and below what the beaten rung reached?"""
    edit(errors / "solutions" / "toy" / "lab.toml", "real = 0.2", f"real = {threshold}")
    told = findings(errors, thresholds_separate)
    assert len(told) == 2
    assert words in told[0]


def test_a_claim_the_wrong_way(errors: Path, edit):
    """Does a rung with less error not lose?"""
    path = errors / "solutions" / "toy" / "lab.toml"
    edit(path, 'claim = "beats"\n\n[thres', 'claim = "loses"\n\n[thres')
    assert "claims that it loses `mean`, but not so" in findings(errors, claims_hold)[0]


@pytest.mark.parametrize("rule", RULES)
def test_a_claim_without_a_threshold_between(near: Path, rule):
    """May a network that is ahead in every run claim so, if the threshold keeps out a lower rung?"""
    assert findings(near, rule) == []


def test_no_threshold_fits_between(near: Path, edit):
    """Would the same threshold, or one below the beaten rung, be refused without `keeps_out`?"""
    path = near / "solutions" / "toy" / "lab.toml"
    edit(path, 'keeps_out = "zero"\n', "")
    assert "0.8 does not keep out `mean`" in findings(near, thresholds_separate)[0]
    edit(path, "0.8", "0.5")
    assert "0.5 is too near to right runs" in findings(near, thresholds_separate)[0]


def test_a_narrow_lead_is_no_proof(near: Path):
    """Is a claim refused that neither a threshold nor the pairs prove?"""
    spread_networks(near, 0.45, 0.045)
    assert findings(near, claims_hold) == []
    told = findings(near, low_thresholds_have_a_reason)
    assert len(told) == 4
    assert "`network` is ahead of `mean` by 0.0555" in told[0]
    assert "neither a threshold nor 3 times that proves the claim" in told[0]


def test_a_low_threshold_without_a_reason(near: Path):
    """Is a threshold wanted between both where one fits?"""
    spread_networks(near, 0.2, 0.02)
    told = findings(near, low_thresholds_have_a_reason)
    assert [line.split(": ")[1] for line in told] == [
        f"on {variant} a threshold fits between `network` and `mean`"
        for variant in ("steep", "flat")
    ]


def test_the_rung_kept_out_is_below_the_beaten_one(near: Path, edit):
    """Is a rung that the network does not even claim to beat refused?"""
    path = near / "solutions" / "toy" / "lab.toml"
    edit(path, 'claim = "beats"\n\n[thres', 'claim = "ties"\n\n[thres')
    told = findings(near, low_thresholds_have_a_reason)
    assert "on steep `network` beats `zero`, and `zero` is not below that: drop it." in told[0]


def test_each_metric_is_measured_on_each_rung(errors: Path, edit):
    """Is a metric with thresholds missed where measure() does not give it?"""
    path = errors / "solutions" / "toy" / "lab.toml"
    edit(path, "[thresholds.mae]", "[thresholds.r2]\n[thresholds.mae]")
    assert "gives no r2 for rung `zero`" in findings(errors, calibration_is_complete)[0]
