from __future__ import annotations

from pathlib import Path

import pytest

from authoring.answers import read_answers
from authoring.errors import BadAnswer
from authoring.execute import Session
from authoring.prove import plain, prove, run_answer, run_solution
from authoring.source import read_source


def run(course: Path, *chosen: str):
    verdicts = prove(course, "toy", list(chosen), tell=lambda verdict: None)
    return {verdict.name: verdict for verdict in verdicts}


def test_all_answers_do_as_they_say(course: Path):
    """Do solution, empty template, right and wrong answers all give what they promise?"""
    verdicts = run(course)
    assert {name: verdict.lines() for name, verdict in verdicts.items() if verdict.lines()} == {}
    assert set(verdicts) >= {"solution", "empty template", "double_whole", "right_plain"}
    assert set(verdicts["double_whole"].failed) == {"hidden_double"}


def test_a_header_that_promises_too_much_or_too_little(course: Path, edit):
    """Is it told when a named test passes, and when another fails?"""
    path = course / "solutions" / "toy" / "answers" / "double_whole.py"
    edit(path, "fails: hidden_double", "fails: test_double")
    verdict = run(course, "double_whole")["double_whole"]
    assert not verdict.as_said
    missed, extra = verdict.lines()
    assert missed == "test_double passes, but must fail"
    assert extra.startswith("hidden_double fails, but must pass: AssertionError")


def test_only_what_is_chosen_runs(course: Path):
    """Can an author run one answer, or all of one exercise?"""
    assert set(run(course, "fit_none")) == {"solution", "fit_none"}
    assert set(run(course, "fit")) == {"solution", "fit_mean", "fit_none"}
    with pytest.raises(BadAnswer, match="no answer and no exercise `fitting`"):
        run(course, "fitting")


def test_an_empty_template_that_stops_is_told(course: Path, edit):
    """Is it told when Run All of the student's version would stop at a cell?"""
    path = course / "labs" / "toy" / "toy.ipynb"
    edit(path, '"sample = [(1, 3), (2, 4)]"', '"sample = residuals([], 1)"')
    verdict = run(course)["empty template"]
    assert verdict.lines()[0].endswith("raised NotImplementedError")


def test_a_right_notebook_that_raises_is_told(course: Path, edit):
    """Is the cell named where a whole notebook stops?"""
    path = course / "solutions" / "toy" / "answers" / "right_plain.py"
    edit(path, "def double(number):", "1 / 0\ndef double(number):")
    assert run(course, "right_plain")["right_plain"].lines() == [
        "its cell `double` raised ZeroDivisionError: division by zero"
    ]


def test_nothing_is_kept_of_an_answer(course: Path):
    """Is what an answer's session held let go at once, when its tests are over?"""
    folder = course / "solutions" / "toy"
    source = read_source(folder / "toy.py")
    _, states = run_solution(source)
    seen: list[Session] = []

    def way(session: Session):
        seen.append(session)
        return plain(session)

    (answer,) = (one for one in read_answers(folder / "answers") if one.name == "fit_none")
    verdict = run_answer(source, states[answer.exercise], answer, 1, way)
    assert verdict.outcomes
    assert [session.names for session in seen] == [{}]
    assert states[answer.exercise]
