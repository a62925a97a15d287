from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from authoring.build import build, nbgrader_config, plan, source_notebook, stale
from authoring.errors import BadSource, ReleaseFailed
from authoring.source import read_source


def notebook(course: Path, folder: str):
    path = course / folder / "toy" / "toy.ipynb"
    read = nbformat.read(path, as_version=4)
    return read, {cell.id: cell for cell in read.cells}


def test_building_twice_changes_nothing(course: Path):
    """Is everything derived stable to the byte?"""
    assert build(course, ["toy"]) == []


def test_a_changed_source_is_stale_until_built(course: Path):
    """Does the plan differ from the files after a change, and agree again after building?"""
    path = course / "solutions" / "toy" / "toy.py"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("Cloud", "cloud")
        .replace("A line through the origin", "Such a line"),
        encoding="utf-8",
    )
    names = [Path("solutions/toy/toy.ipynb"), Path("labs/toy/toy.ipynb")]
    assert stale(course, plan(course, "toy")) == names
    assert build(course, ["toy"]) == names
    assert stale(course, plan(course, "toy")) == []


def test_files_without_source_are_removed(course: Path):
    """Does building take away what no source explains, and nothing else?"""
    (course / "labs" / "toy" / "old.ipynb").write_text("{}", encoding="utf-8")
    assert build(course, ["toy"]) == [Path("labs/toy/old.ipynb")]
    assert (course / "labs" / "toy" / "line.svg").is_file()
    assert sorted(path.name for path in (course / "labs" / "toy").iterdir()) == [
        "line.svg",
        "toy.ipynb",
    ]


def test_the_source_notebook_is_one_that_nbgrader_reads(course: Path):
    """Do all cells carry valid metadata of nbgrader and ours, and nothing that changes?"""
    read, cells = notebook(course, "solutions")
    nbformat.validate(read)
    MetadataValidator().validate_nb(read)
    assert (read.nbformat, read.nbformat_minor) == (4, 5)
    assert all(cell.get("outputs", []) == [] for cell in read.cells)
    assert all("labs" in cell.metadata for cell in read.cells)
    assert cells["double"].metadata.labs == {"kind": "exercise", "exercise": "double"}
    assert cells["hidden_fit_score"].metadata.labs == {"kind": "hidden", "exercise": "fit"}
    assert cells["hidden_fit_score"].metadata.nbgrader.points == 4
    assert cells["why_origin"].metadata.labs == {"kind": "question", "numbers": ["slope"]}
    kinds = {
        kind: [
            cell.metadata.get("nbgrader", {}).get(flag)
            for cell in read.cells
            if cell.metadata.labs.kind == kind
            for flag in ("grade", "solution", "locked")
        ][:3]
        for kind in ("text", "given", "demo", "exercise", "test", "hidden", "question", "free")
    }
    assert kinds == {
        "text": [None, None, None],
        "given": [False, False, True],
        "demo": [False, False, True],
        "exercise": [False, True, False],
        "test": [True, False, True],
        "hidden": [True, False, True],
        "question": [True, True, False],
        "free": [None, None, None],
    }


def test_the_hidden_test_is_wrapped(course: Path):
    """Does the source notebook hold the hidden test between nbgrader's markers, below a line?"""
    _, cells = notebook(course, "solutions")
    lines = cells["hidden_mend"].source.splitlines()
    assert lines[0] == (
        "# Hidden test: the mean of three values is right. It runs when your work is graded."
    )
    assert (lines[1], lines[-1]) == ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


def test_the_release_holds_stubs_and_no_secrets(course: Path):
    """Does a student get stubs, one line for a hidden test, and nothing of the solution?"""
    read, cells = notebook(course, "labs")
    nbformat.validate(read)
    assert cells["double"].source.endswith("    # YOUR CODE HERE\n    raise NotImplementedError()")
    assert cells["why_origin"].source == "YOUR ANSWER HERE"
    assert cells["prompt_why_origin"].source.startswith("Why is one number")
    assert cells["hidden_mend"].source.count("\n") == 0
    assert cells["test_double"].source == notebook(course, "solutions")[1]["test_double"].source
    text = (course / "labs" / "toy" / "toy.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert "HIDDEN TESTS" not in text
    assert text.endswith("}\n")


def test_the_registry_holds_every_lab(course: Path):
    """Does labkit get title, seed, variants and thresholds, but no mistakes?"""
    entry = json.loads((course / "labkit" / "labs.json").read_text(encoding="utf-8"))["toy"]
    assert set(entry) == {"title", "chapter", "seed", "variants", "thresholds"}


def test_a_hidden_test_without_title_is_refused(script):
    """Is it told that a hidden test has nothing to show?"""
    source = read_source(script('# %% hidden="a" points=1\nassert True\n'))
    with pytest.raises(BadSource, match="hidden_a: the test has no"):
        source_notebook(source)


def test_nbgraders_refusal_becomes_a_sentence(course: Path):
    """Is nbgrader's reason told when it refuses a notebook?"""
    path = course / "solutions" / "toy" / "toy.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sample = [", "### BEGIN SOLUTION\nsample = ["), encoding="utf-8")
    with pytest.raises(ReleaseFailed, match="cannot release toy: .*solution"):
        plan(course, "toy")


def test_the_settings_of_nbgrader_can_be_used_elsewhere(tmp_path: Path):
    """Do the settings keep solutions, answers and calibration out of labs/?"""
    config = nbgrader_config(tmp_path)
    assert {"*.py", "lab.toml", "answers", "calibration.json"} <= set(config.CourseDirectory.ignore)
    assert config.GenerateAssignment.no_database
