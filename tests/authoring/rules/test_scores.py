"""Thresholds and claims where less is better."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from authoring.rules import Lab
from authoring.rules.scores import calibration_is_complete, claims_hold, thresholds_separate

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


def findings(course: Path, rule) -> list[str]:
    return [str(finding) for finding in rule(Lab(course, "toy"))]


@pytest.mark.parametrize("rule", [calibration_is_complete, claims_hold, thresholds_separate])
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


def test_each_metric_is_measured_on_each_rung(errors: Path, edit):
    """Is a metric with thresholds missed where measure() does not give it?"""
    path = errors / "solutions" / "toy" / "lab.toml"
    edit(path, "[thresholds.mae]", "[thresholds.r2]\n[thresholds.mae]")
    assert "gives no r2 for rung `zero`" in findings(errors, calibration_is_complete)[0]
