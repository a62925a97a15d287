from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from authoring.calibration import (
    Calibration,
    Run,
    beaten_rung,
    claim_holds,
    kept_out_rung,
    lead,
    network_rung,
    read_calibration,
    table,
    write_calibration,
)
from authoring.errors import BadLabFile
from authoring.labfile import read_labfile


def ladder(course: Path, *rungs: tuple[str, object]):
    labfile = read_labfile(course / "solutions" / "toy" / "lab.toml")
    return replace(labfile, rungs=tuple({"name": name, "claim": claim} for name, claim in rungs))


def test_a_calibration_survives_writing(tmp_path: Path):
    """Does reading give back what was written, in a fixed order?"""
    runs = [Run("a", "twin", 2, 1.5, {"x": 0.1}), Run("a", "real", 1, 1.0, {"x": 0.2})]
    path = tmp_path / "calibration.json"
    write_calibration(path, Calibration("abc", {"numpy": "2"}, runs))
    read = read_calibration(path)
    assert (read.code, read.versions, read.runs) == ("abc", {"numpy": "2"}, runs[::-1])
    assert read_calibration(tmp_path / "none.json") is None


def test_a_damaged_calibration_is_told(tmp_path: Path):
    """Is a file that is no calibration refused in a sentence?"""
    path = tmp_path / "calibration.json"
    path.write_text('{"runs": [{}]}', encoding="utf-8")
    with pytest.raises(BadLabFile, match="is damaged"):
        read_calibration(path)


def test_a_spread_over_seeds():
    """Are mean, deviation and range those of one variant, source and rung?"""
    runs = [Run("a", "real", n, 1.0, {"x": n / 10}) for n in (1, 2, 3)]
    spread = Calibration("", {}, [*runs, Run("b", "real", 1, 1.0, {"x": 9.0})]).spread(
        "a", "real", "x", "accuracy"
    )
    assert spread.count == 3
    assert spread.mean == pytest.approx(0.2)
    assert spread.sd == pytest.approx(0.1)
    assert (spread.low, spread.high) == (0.1, 0.3)
    assert Calibration("").spread("a", "real", "x", "accuracy") is None


def test_a_rung_has_a_number_for_each_metric():
    """Is each metric summarized for itself, and one number taken for every metric?"""
    runs = [Run("a", "real", 1, 1.0, {"x": {"mae": 2.5, "r2": 0.5}, "y": 3.0})]
    calibration = Calibration("", {}, runs)
    assert calibration.spread("a", "real", "x", "mae").mean == 2.5
    assert calibration.spread("a", "real", "x", "r2").mean == 0.5
    assert calibration.spread("a", "real", "x", "mse") is None
    assert calibration.spread("a", "real", "y", "mse").mean == 3.0


def test_which_rung_the_network_beats(course: Path):
    """Is the beaten rung found below ties, and none without a ladder?"""
    beats = ladder(course, ("majority", ""), ("linear", "beats"), ("network", "beats"))
    ties = ladder(course, ("majority", ""), ("linear", "beats"), ("network", "ties"))
    beyond = ladder(course, ("majority", ""), ("network", "beats"), ("more", "beats"))
    assert beaten_rung(beats, "steep") == "linear"
    assert beaten_rung(ties, "steep") == "majority"
    assert (network_rung(beyond), beaten_rung(beyond, "steep")) == ("network", "majority")
    assert (network_rung(ladder(course)), beaten_rung(ladder(course), "steep")) == (None, None)


def test_a_claim_for_each_variant(course: Path):
    """Can a rung beat the one below on one variant and tie with it on another?"""
    claims = {"steep": "beats", "flat": "ties"}
    labfile = ladder(course, ("majority", ""), ("linear", "beats"), ("network", claims))
    assert beaten_rung(labfile, "steep") == "linear"
    assert beaten_rung(labfile, "flat") == "majority"


def test_which_rung_thresholds_keep_out(course: Path):
    """Is it the beaten one, unless lab.toml names another for the variant?"""
    beats = ladder(course, ("majority", ""), ("linear", "beats"), ("network", "beats"))
    named = replace(beats, keeps_out={"flat": "majority"})
    assert kept_out_rung(beats, "flat") == "linear"
    assert (kept_out_rung(named, "flat"), kept_out_rung(named, "steep")) == ("majority", "linear")
    assert beaten_rung(named, "flat") == "linear"


def test_a_lead_is_paired():
    """Are the differences those of each seed, whichever direction is better?"""
    ahead = lead([0.5, 0.7], [0.6, 0.8])
    assert (ahead.mean, ahead.sd) == (pytest.approx(0.1), pytest.approx(0.0))
    assert lead([2.0, 3.0], [1.0, 1.0], is_less=True).mean == 1.5


@pytest.mark.parametrize(
    ("claim", "lower", "upper", "holds"),
    [
        ("beats", [0.1, 0.2], [0.2, 0.3], True),
        ("beats", [0.1, 0.3], [0.2, 0.3], False),
        ("loses", [0.2, 0.3], [0.1, 0.2], True),
        ("loses", [0.2, 0.3], [0.1, 0.4], False),
        ("ties", [0.1, 0.3], [0.2, 0.4], True),
        ("ties", [0.1, 0.2], [0.3, 0.4], False),
    ],
)
def test_claims(claim: str, lower: list[float], upper: list[float], holds: bool):
    """Does a claim hold only where every seed, or the two ranges, bear it out?"""
    assert claim_holds(claim, lower, upper) is holds


@pytest.mark.parametrize(("claim", "holds"), [("beats", True), ("loses", False), ("ties", False)])
def test_claims_on_errors(claim: str, holds: bool):
    """Does a rung beat the one below with less, where less is better?"""
    assert claim_holds(claim, [2.5, 2.6], [1.9, 2.0], is_less=True) is holds


def test_the_page_of_several_metrics(course: Path):
    """Does the page have a table for each metric, and say of which less is better?"""
    labfile = replace(
        ladder(course, ("mean", ""), ("network", "beats")),
        score="mae",
        lower=frozenset({"mae"}),
        thresholds={"mae": {"steep": {"real": 2.5}}, "r2": {"steep": {"real": 0.5}}},
    )
    scores = {"mean": {"mae": 6.5, "r2": 0.0}, "network": {"mae": 2.25, "r2": 0.75}}
    page = table(labfile, Calibration("", {}, [Run("steep", "real", 1, 1.0, scores)]))
    assert "Less is better: mae." in page
    assert page.index("by mae") < page.index("| network | beats | 2.2500 |") < page.index("by r2")
    assert "| network |  | 0.7500 |" in page
    assert "mae threshold 2.5, r2 threshold 0.5; 1 seeds" in page


def test_the_page_says_what_a_threshold_keeps_out(course: Path):
    """Is the rung named where it is not the one that the claims name?"""
    folder = course / "solutions" / "toy"
    labfile = replace(read_labfile(folder / "lab.toml"), keeps_out={"flat": "zero"})
    page = table(labfile, read_calibration(folder / "calibration.json"))
    assert page.count("score threshold 0.95, which keeps out zero; 10 seeds") == 2
    assert page.count("score threshold 0.95; 10 seeds") == 2


def test_the_page_of_a_calibration(course: Path):
    """Does the page show every kind of data, rung and threshold?"""
    folder = course / "solutions" / "toy"
    page = table(read_labfile(folder / "lab.toml"), read_calibration(folder / "calibration.json"))
    assert page.count("## ") == 4
    assert page.count("| network | beats |") == 4
    assert "score threshold 0.95; 10 seeds" in page
