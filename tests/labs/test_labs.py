"""Every lab through the real tools: its rules, its answers, and the grader itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

import data_scripts
from authoring.answers import WHOLE, read_answers
from authoring.labfile import lab_names
from authoring.prove import prove
from authoring.rules import check
from grading.assignment import Assignment
from grading.class_run import make_place
from grading.course import Course
from grading.one import grade_submission
from grading.records import Record
from grading.sandbox import ROOT

LABS = lab_names(ROOT)
CASES = [
    (lab, variant, source)
    for lab in LABS
    for variant in Assignment.load(ROOT, lab).variants
    for source in ("real", "twin")
]
# Labs whose solution, on which a wrong answer runs, takes half a minute at most.
QUICK_SOLUTIONS = ("ch01_setup", "ch02_mnist", "ch02_tensors", "ch05_feature_extraction")
# On every change the first variant, on its twin; the rest in `make test-all`.
QUICK = {(lab, next(iter(Assignment.load(ROOT, lab).variants)), "twin") for lab in LABS}


def cases() -> Iterator[object]:
    for case in CASES:
        marks = [] if case in QUICK else [pytest.mark.slow]
        yield pytest.param(*case, marks=marks, id="-".join(case))


@pytest.fixture
def hand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that grades a notebook of a lab as the grader does it for a class."""

    def grade(lab: str, variant: str, source: str, notebook: nbformat.NotebookNode) -> Record:
        monkeypatch.setenv("LABS_SOURCE", source)
        assignment = Assignment.load(ROOT, lab)
        if source == "real":
            for name in assignment.variants[variant]:
                try:
                    data_scripts.load(name, part="unseen", source="real")
                except data_scripts.DataError as reason:
                    pytest.skip(f"no real data here: {reason}")
        for cell in notebook.cells:
            if cell.metadata.labs.kind == "free" and "VARIANT = " in cell.source:
                cell.source = f'VARIANT = "{variant}"'
        folder = tmp_path / "handed_in"
        folder.mkdir()
        nbformat.write(notebook, folder / f"{lab}.ipynb")
        course = Course.open(tmp_path)
        with make_place(course, assignment, isolated=True) as place:
            return grade_submission(assignment, folder, "student", place).record

    return grade


def lost(record: Record) -> dict[str, str]:
    """Return the tests that did not give all their points, with what the instructor reads."""
    return {
        test.cell: f"{test.verdict}: {test.detail}"
        for test in record.tests
        if test.verdict != "passed"
    }


@pytest.mark.parametrize("lab", LABS)
def test_rules(lab: str) -> None:
    """Does the lab keep every rule that `make check` knows?"""
    assert [str(finding) for finding in check(ROOT, [lab])] == []


def answers_to_try() -> Iterator[object]:
    """On every change the worst wrong answer of some labs; in `make test-all` all of all."""
    for lab in LABS:
        answers = read_answers(ROOT / "solutions" / lab / "answers")
        single = [answer for answer in answers if answer.exercise != WHOLE]
        worst = max(single, key=lambda answer: len(answer.fails))
        if lab in QUICK_SOLUTIONS:
            yield pytest.param(lab, [worst.name], id=lab)
        yield pytest.param(lab, [], marks=pytest.mark.slow, id=f"{lab}-all")


@pytest.mark.parametrize(("lab", "only"), list(answers_to_try()))
def test_answers(lab: str, only: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Does every answer fail exactly the tests that it names?"""
    monkeypatch.setenv("LABS_SOURCE", "twin")
    verdicts = prove(ROOT, lab, only, tell=lambda verdict: None)
    assert {v.name: v.lines() for v in verdicts if not v.as_said} == {}


@pytest.mark.sandbox
@pytest.mark.parametrize(("lab", "variant", "source"), list(cases()))
def test_solution_gets_full_marks(hand_in, lab: str, variant: str, source: str) -> None:
    """Does the solution get all points of its tests, in time, without any repair?"""
    assignment = Assignment.load(ROOT, lab)
    notebook = nbformat.from_dict(assignment.release)
    solved = {cell.id: cell.source for cell in assignment.source.cells}
    for cell in notebook.cells:
        if cell.metadata.labs.kind in ("exercise", "question"):
            cell.source = solved[cell.id]
    record = hand_in(lab, variant, source, notebook)
    assert lost(record) == {}
    assert record.problems == []
    assert (record.data, record.variant) == (source, variant)
    assert all(answer.answered for answer in record.written)


@pytest.mark.sandbox
@pytest.mark.parametrize("lab", LABS)
def test_template_gets_nothing(hand_in, lab: str) -> None:
    """Does the empty template get no point, and is every exercise called not attempted?"""
    assignment = Assignment.load(ROOT, lab)
    variant = next(iter(assignment.variants))
    record = hand_in(lab, variant, "twin", nbformat.from_dict(assignment.release))
    assert record.score == 0
    worth = [test for test in record.tests if test.max_points]
    assert {test.verdict for test in worth} == {"not_attempted"}


@pytest.mark.slow
@pytest.mark.sandbox
@pytest.mark.parametrize("source", ["real", "twin"])
@pytest.mark.parametrize(
    ("lab", "answer"),
    [
        (lab, answer.name)
        for lab in LABS
        for answer in read_answers(ROOT / "solutions" / lab / "answers")
        if answer.exercise == WHOLE and not answer.fails
    ],
)
def test_right_answer_in_another_style(hand_in, lab: str, answer: str, source: str) -> None:
    """Does a right answer that is written differently get all points from the grader?"""
    assignment = Assignment.load(ROOT, lab)
    answers = read_answers(ROOT / "solutions" / lab / "answers")
    cells = next(one for one in answers if one.name == answer).cells
    notebook = nbformat.from_dict(assignment.release)
    for cell in notebook.cells:
        if cell.id in cells:
            cell.source = cells[cell.id].source
    record = hand_in(lab, next(iter(assignment.variants)), source, notebook)
    assert lost(record) == {}
