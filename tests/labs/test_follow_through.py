"""One planted mistake a submission, in real labs: it costs the tests that its answer names, no other."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from authoring.answers import WHOLE, Answer, read_answers
from authoring.labfile import lab_names
from grading.assignment import Assignment
from grading.class_run import make_place
from grading.course import Course
from grading.one import grade_submission
from grading.records import Record
from grading.sandbox import ROOT

pytestmark = pytest.mark.sandbox
MODEL_LAB = "ch02_mnist"  # every wrong answer is tried
QUICK = 2  # of them on every change: those that fail most tests, in different exercises


def wrong_answers(lab: str) -> list[Answer]:
    """Return a lab's wrong answers to single exercises, those that fail most tests first."""
    answers = read_answers(ROOT / "solutions" / lab / "answers")
    wrong = [answer for answer in answers if answer.fails and answer.exercise != WHOLE]
    return sorted(wrong, key=lambda answer: -len(answer.fails))


def mistakes() -> Iterator[object]:
    """Give every wrong answer of the model lab, and of the others the worst to each exercise.

    What follows from a mistake is the grader's business, not the lab's: that each answer fails its
    own tests, and only these, is proved by `prove`. All but two of the model lab's are slow.
    """
    for lab in lab_names(ROOT):
        worst: dict[str, Answer] = {}
        wrong = wrong_answers(lab)
        for answer in wrong:
            worst.setdefault(answer.exercise, answer)
        for answer in wrong if lab == MODEL_LAB else worst.values():
            is_quick = lab == MODEL_LAB and answer in list(worst.values())[:QUICK]
            marks = [] if is_quick else [pytest.mark.slow]
            yield pytest.param(lab, answer, marks=marks, id=f"{lab}-{answer.name}")


@pytest.fixture(scope="module")
def hand_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str, dict[str, str]], Record]]:
    """Grade a lab's solution with other exercise cells, on twins as they are everywhere."""
    folder: Path = tmp_path_factory.mktemp("follow")

    def grade(lab: str, cells: dict[str, str]) -> Record:
        assignment = Assignment.load(ROOT, lab)
        notebook = copy.deepcopy(assignment.source)
        for cell in notebook.cells:
            cell.source = cells.get(cell.id, cell.source)
        nbformat.write(notebook, folder / f"{lab}.ipynb")
        with make_place(Course.open(folder), assignment, isolated=True) as place:
            return grade_submission(assignment, folder, "student", place).record

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABS_SOURCE", "twin")
        yield grade


@pytest.mark.parametrize(("lab", "answer"), list(mistakes()))
def test_one_mistake(
    hand_in: Callable[[str, dict[str, str]], Record], lab: str, answer: Answer
) -> None:
    """Does a mistake cost just the tests that follow from it in its own exercise?"""
    record = hand_in(lab, {name: cell.source for name, cell in answer.cells.items()})
    lost = {
        test.cell: f"{test.verdict}, judged with {test.followed}: {test.detail}"
        for test in record.tests
        if test.points < test.max_points
    }
    assert sorted(lost) == sorted(answer.fails), lost
    for test in record.tests:
        assert set(test.followed) <= {answer.exercise}
    print(f"{record.seconds:.0f} s", [test.cell for test in record.tests if test.followed])
