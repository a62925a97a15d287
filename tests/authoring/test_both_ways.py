"""Every test in plain nbgrader and through the referee: the same verdicts, or it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from authoring import timelimit
from authoring.execute import Session
from authoring.labfile import lab_names
from authoring.outcome import Verdict
from authoring.prove import prove
from authoring.source import read_source
from authoring.through_referee import ThroughReferee
from grading.sandbox import ROOT

SOURCE = "solutions/toy/toy.py"
FOUND = "    found = fit(points)"  # a line of the last hidden test


def run(course: Path, *chosen: str) -> dict[str, Verdict]:
    verdicts = prove(course, "toy", list(chosen), tell=lambda verdict: None, both_ways=True)
    return {verdict.name: verdict for verdict in verdicts}


def test_a_good_lab_is_judged_alike(course: Path):
    """Do solution, template and all answers get one verdict a test, in both ways?"""
    verdicts = run(course)
    assert {name: verdict.lines() for name, verdict in verdicts.items() if verdict.lines()} == {}
    assert len(verdicts) == 14
    judged = {name: len(verdict.outcomes) for name, verdict in verdicts.items()}
    assert (judged["solution"], judged["empty template"], judged["double_print"]) == (9, 9, 2)


@pytest.mark.parametrize(
    ("line", "plain", "referee"),
    [
        ("found = mine and fit(points)", "passes", "raises (NameError: name 'mine' is not defined"),
        ("found = display(points) or fit(points)", "passes", "raises (NameError: name 'display'"),
        (
            "import os; found = fit(points)\n    assert os.getcwd().endswith('toy')",
            "passes",
            "fails",
        ),
    ],
)
def test_what_holds_in_one_way_only_is_told(
    course: Path, edit, line: str, plain: str, referee: str
):
    """Is a test found that another one's names, Jupyter or the lab's folder let pass?"""
    edit(course / SOURCE, FOUND, f"    {line}")
    (told,) = run(course, "fit_mean")["solution"].lines()
    assert told.startswith(f"hidden_fit_score {plain} in plain nbgrader, and through the referee")
    assert f"the referee {referee}" in told


def test_points_are_compared(course: Path, edit):
    """Is it told when both ways give different points?"""
    edit(
        course / SOURCE, 'slope + 0.1, "slope")', 'slope + 0.1, "slope")\nfloat.__add__(found, 0.0)'
    )
    assert run(course, "fit_mean")["solution"].differences == ()
    edit(course / SOURCE, "float.__add__(found, 0.0)", "1.0 if 'mine' in globals() else 2.0")
    (told,) = run(course, "fit_mean")["solution"].differences
    assert "(1 of 4 points) in plain nbgrader" in told
    assert "(2 of 4 points)" in told


def test_a_cell_that_lives_on_names_of_tests_is_told(course: Path, edit):
    """Is a given cell found that only runs because a test ran before it?"""
    edit(course / SOURCE, '# %% exercise="mend"', '# %%\nagain = found\n\n# %% exercise="mend"')
    (told,) = run(course, "fit_mean")["solution"].lines()
    assert told == (
        "without the tests' own names, its cell `work-3` raised NameError: name 'found' is not"
        " defined"
    )


def test_a_given_cell_that_fails_in_the_referee_is_told(course: Path, edit):
    """Is it said at once that a given cell needs what only the notebook has?"""
    edit(course / SOURCE, "sample = [", "assert os.getcwd().endswith('toy')\nsample = [")
    told = run(course, "fit_mean")["solution"].differences[0]
    assert told.startswith(
        "test_residuals passes in plain nbgrader, and through the referee cannot"
    )
    assert "(a given cell of the lab failed: AssertionError" in told


def test_an_endless_loop_is_one_verdict(course: Path, edit, monkeypatch: pytest.MonkeyPatch):
    """Does a function that never ends run into the limit in both ways, and the rest go on?"""
    monkeypatch.setattr(timelimit, "CELL_SECONDS", 0.5)
    monkeypatch.setattr("authoring.through_referee.GRACE", 2)
    path = course / "solutions" / "toy" / "answers" / "double_whole.py"
    edit(path, "    return", "    while number != 2:\n        pass\n    return")
    verdict = run(course, "double_whole")["double_whole"]
    assert verdict.lines() == []
    assert verdict.failed == {"hidden_double": "cell `hidden_double` ran longer than 0.5 s"}


@pytest.fixture
def referee(course: Path) -> Iterator[ThroughReferee]:
    source = read_source(course / SOURCE)
    with ThroughReferee(source, "steep") as one:
        yield one


def test_a_referee_that_ends_is_started_again(course: Path, referee: ThroughReferee):
    """Does one that died cost the verdict of one test only?"""
    tests = {cell.id: cell for cell in read_source(course / SOURCE).cells if cell.is_test}
    session = Session({"double": lambda number: 2 * number})
    judge = referee.begin(session, anew=True)
    assert judge(tests["test_double"]).verdict == "passed"
    assert referee._process is not None
    referee._process.end()
    assert judge(tests["test_double"]).verdict == "died"
    assert judge(tests["hidden_double"]).verdict == "passed"


def test_sessions_do_not_meet(course: Path, referee: ThroughReferee):
    """Does each session answer for itself, and the lab's variant hold?"""
    tests = {cell.id: cell for cell in read_source(course / SOURCE).cells if cell.is_test}
    right, wrong = Session({"double": lambda x: 2 * x}), Session({"double": lambda x: 3 * x})
    for session, verdict in [(right, "passed"), (wrong, "failed"), (right, "passed")]:
        assert referee.begin(session, anew=False)(tests["test_double"]).verdict == verdict
    slope = Session({"fit": lambda points: 2.0})
    assert referee.begin(slope, anew=True)(tests["hidden_fit_score"]).verdict == "passed"


@pytest.mark.slow
@pytest.mark.parametrize("lab", lab_names(ROOT))
def test_labs_are_judged_alike(lab: str, monkeypatch: pytest.MonkeyPatch):
    """Has every test of every answer one verdict, and is it the one that the answer names?"""
    monkeypatch.setenv("LABS_SOURCE", "twin")
    verdicts = prove(ROOT, lab, [], tell=lambda verdict: None, both_ways=True)
    assert {one.name: one.lines() for one in verdicts if one.lines()} == {}
