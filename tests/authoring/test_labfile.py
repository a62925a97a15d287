from __future__ import annotations

from pathlib import Path

import pytest

from authoring.errors import BadLabFile, LabNotFound
from authoring.labfile import choose_labs, read_labfile


def test_a_labfile_is_read(course: Path):
    """Are all tables of lab.toml there, with numbers as floats?"""
    labfile = read_labfile(course / "solutions" / "toy" / "lab.toml")
    assert labfile.title == "Lines"
    assert labfile.thresholds["score"]["flat"] == {"real": 0.95, "twin": 0.95}
    assert [rung["name"] for rung in labfile.rungs] == ["zero", "mean", "network"]
    assert labfile.registry_entry()["variants"][0]["name"] == "steep"
    assert "mistake" not in labfile.registry_entry()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Lines"', "", "`title` is missing"),
        ("seed = 7", 'seed = "7"', "`seed` is missing or of the wrong type"),
        ('data = "none"', "", "has no data"),
        ('claim = "beats"', 'claim = "wins"', "a claim that is not one of"),
        ('claim = "beats"', 'claim = { steep = "wins" }', "a claim that is not one of"),
        ('claim = "beats"', 'claim = { deep = "beats" }', "claims for 'deep', which is no variant"),
        ("[seconds]", '[ladder]\nbetter = "less"\n[seconds]', 'better = "higher" or "lower"'),
        ("[seconds]", "[ladder]\nscore = 1\n[seconds]", "wants a name"),
        ("[seconds]", "[ladder]\nmetric = 1\n[seconds]", "has no `metric`"),
        ("[seconds]", '[ladder]\nkeeps_out = "one"\n[seconds]', "names `one`, which is no rung"),
        (
            "[seconds]",
            '[ladder]\nkeeps_out = { deep = "zero" }\n[seconds]',
            "names `deep`, which is no variant",
        ),
        (
            "[seconds]",
            '[ladder]\nbetter = { mae = "lower" }\n[seconds]',
            "`mae`, which is no metric",
        ),
        ("grading = 1", 'grading = "1"', "must be a table of numbers"),
        ("steep = {", "steep = [", "no valid TOML"),
    ],
)
def test_what_is_wrong_is_told(course: Path, old: str, new: str, words: str):
    """Does a wrong field give one sentence that names it?"""
    path = course / "solutions" / "toy" / "lab.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BadLabFile, match=words):
        read_labfile(path)


@pytest.mark.parametrize(
    ("lines", "score", "metrics", "lower"),
    [
        ("", "score", ("score",), set()),
        ('better = "lower"', "score", ("score",), {"score"}),
        ('score = "mae"', "mae", ("mae", "score"), set()),
        ('score = "mae"\nbetter = "lower"', "mae", ("mae", "score"), {"mae", "score"}),
        ('score = "mae"\nbetter = { mae = "lower" }', "mae", ("mae", "score"), {"mae"}),
    ],
)
def test_what_a_ladder_measures(course: Path, edit, lines: str, score: str, metrics, lower):
    """Are score, other metrics and the better direction of each read, with plain defaults?"""
    path = course / "solutions" / "toy" / "lab.toml"
    edit(path, "[seconds]", f"[ladder]\n{lines}\n[seconds]")
    labfile = read_labfile(path)
    assert (labfile.score, labfile.metrics, labfile.lower) == (score, metrics, lower)
    assert "ladder" not in labfile.registry_entry()


@pytest.mark.parametrize(
    ("line", "rungs"),
    [
        ("", {}),
        ('keeps_out = "zero"', {"steep": "zero", "flat": "zero"}),
        ('keeps_out = { flat = "zero" }', {"flat": "zero"}),
    ],
)
def test_which_rung_thresholds_keep_out(course: Path, edit, line: str, rungs: dict[str, str]):
    """Is the rung that lab.toml names for thresholds known by variant?"""
    path = course / "solutions" / "toy" / "lab.toml"
    edit(path, "[seconds]", f"[ladder]\n{line}\n[seconds]")
    assert read_labfile(path).keeps_out == rungs


def test_labs_are_chosen_by_name(course: Path, tmp_path: Path):
    """Are all labs chosen by default, and unknown ones refused with the known names?"""
    assert choose_labs(course, []) == ["toy"]
    with pytest.raises(LabNotFound, match="the labs are: toy"):
        choose_labs(course, ["toys"])
    with pytest.raises(LabNotFound, match="course's root"):
        choose_labs(tmp_path / "nowhere", [])
