"""A class: each submission by itself, results in order, nothing that one does disturbs another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from grading.assignment import Assignment
from grading.class_run import check_students, grade_class, make_place
from grading.course import Course
from grading.errors import GradingError, SetupError
from grading.gradebook import open_gradebook, points_by_cell
from grading.one import Graded
from grading.place import Place
from grading.records import Record

LAB = "small"
HandIn = Callable[[str, NotebookNode | bytes], Path]
Make = Callable[..., Graded]
Told = list[tuple[str, str]]


@pytest.fixture
def told() -> Told:
    """What a run told: pairs of student and change."""
    return []


@pytest.fixture
def tell(told: Told) -> Callable[[Record, str], None]:
    """A listener that fills `told`."""
    return lambda record, change: told.append((record.student, change))


def test_order_and_news(
    course: Course,
    assignment: Assignment,
    place: Place,
    graded: Make,
    tell: Callable[[Record, str], None],
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Do records come in the order asked for, and does each run say what is new?"""
    points = {"bob": 1.0}

    def grade(assignment: object, folder: object, student: str, *_: object) -> Graded:
        time.sleep(0.1 if student == "ada" else 0)
        return graded(student, test_double=points.get(student, 1.0))

    monkeypatch.setattr("grading.class_run.grade_submission", grade)

    def run() -> dict[str, str]:
        told.clear()
        students = ["ada", "bob", "eve"]
        records = grade_class(course, assignment, place, students, tell=tell)
        assert [record.student for record in records] == students
        return dict(told)

    assert run() == {"ada": "new", "bob": "new", "eve": "new"}
    assert run() == {"ada": "same", "bob": "same", "eve": "same"}
    points["bob"] = 0.0
    assert run() == {"ada": "same", "bob": "changed", "eve": "same"}


@pytest.mark.parametrize("workers", [1, 3])
def test_slots(
    course: Course,
    assignment: Assignment,
    place: Place,
    graded: Make,
    monkeypatch: pytest.MonkeyPatch,
    workers: int,
) -> None:
    """Do no two runs have the same slot, and are there never more than the workers set?"""
    busy: set[int] = set()
    most: list[int] = []
    lock = threading.Lock()

    def grade(
        assignment: object, folder: object, student: str, place: object, slot: int, variant: str
    ) -> Graded:
        with lock:
            assert slot not in busy
            busy.add(slot)
            most.append(len(busy))
        time.sleep(0.02)
        with lock:
            busy.remove(slot)
        return graded(student)

    monkeypatch.setattr("grading.class_run.grade_submission", grade)
    course.grader.workers = workers
    with ThreadPoolExecutor(8) as pool:
        grade_class(course, assignment, place, list("abcdefgh"), executor=pool)
    assert max(most) == workers


def test_the_roster_goes_along(
    course: Course,
    assignment: Assignment,
    place: Place,
    graded: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Does each student's run know the variant of the roster?"""
    seen = {}

    def grade(
        assignment: object, folder: Path, student: str, place: object, slot: int, variant: str
    ) -> Graded:
        seen[student] = (folder, variant)
        return graded(student)

    monkeypatch.setattr("grading.class_run.grade_submission", grade)
    course.grader.roster = {"ada": "other"}
    grade_class(course, assignment, place, ["ada", "bob"])
    assert seen == {
        "ada": (course.submitted("ada", LAB), "other"),
        "bob": (course.submitted("bob", LAB), ""),
    }


def test_a_broken_resubmission_loses_the_old_points(
    course: Course,
    assignment: Assignment,
    place: Place,
    graded: Make,
    hand_in: HandIn,
    tell: Callable[[Record, str], None],
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Is a file that cannot be read worth nothing, also where a good one was before?"""
    with monkeypatch.context() as patch:
        patch.setattr("grading.class_run.grade_submission", lambda *_: graded("ada"))
        grade_class(course, assignment, place, ["ada"])
    hand_in("ada", b'{"cells": ')
    (record,) = grade_class(course, assignment, place, ["ada"], tell=tell)
    assert record.outcome.code == "unreadable"
    assert told == [("ada", "changed")]
    with open_gradebook(course) as gradebook:
        assert set(points_by_cell(gradebook, LAB, "ada").values()) == {0.0}
        assert not gradebook.find_submission(LAB, "ada").needs_manual_grade
    judged = nbformat.read(course.autograded("ada", LAB) / f"{LAB}.ipynb", as_version=4)
    assert record.outcome.message in judged.cells[0].source


@pytest.mark.sandbox
def test_a_class(
    course: Course, assignment: Assignment, hand_in: HandIn, answered: NotebookNode
) -> None:
    """Does each of a small class get what it deserves, the hostile beside the honest?"""
    hand_in("1-right", answered)
    hand_in("2-template", assignment.release)
    hand_in("3-damaged", b"\x80")
    next(cell for cell in answered.cells if cell.id == "double").source = "import os\nos._exit(0)"
    hand_in("4-exits", answered)
    course.submitted("5-empty", LAB).mkdir(parents=True)
    with make_place(course, assignment, isolated=True) as place:
        records = grade_class(course, assignment, place, course.students(LAB))
    assert [(record.outcome.code, record.score) for record in records] == [
        ("graded", 4.0), ("graded", 0.0), ("unreadable", 0.0), ("graded", 1.0), ("missing", 0.0),
    ]  # fmt: skip


def test_no_sandbox(
    course: Course, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is nothing graded without a sandbox, unless the work is trusted?"""
    monkeypatch.setattr("grading.class_run.why_not", lambda: "A sandbox needs Linux.")
    with (
        pytest.raises(SetupError, match="--no-sandbox"),
        make_place(course, assignment, isolated=True),
    ):
        pass
    with make_place(course, assignment, isolated=False) as place:
        assert not place.isolated
    assert not place.student_data.exists()


def test_files_beside_the_notebook(
    course: Course,
    make_lab: Callable[..., Assignment],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Are the lab's own files mounted beside the student's notebook?"""
    monkeypatch.setattr("grading.class_run.why_not", lambda: "")
    lab = make_lab(tmp_path)
    picture = tmp_path / "labs" / LAB / "digits.png"
    picture.write_bytes(b"x")
    other = Course(course.folder, course.grader, course.config, tmp_path)
    with make_place(other, lab, isolated=True) as place:
        assert place.beside == (picture,)


def test_who_is_graded(course: Course, hand_in: HandIn) -> None:
    """Are all graded, or those that are named and there?"""
    with pytest.raises(GradingError, match="Nobody has handed in small"):
        check_students(course, LAB, [])
    for student in ("zoe", "ada"):
        hand_in(student, b"")
    assert check_students(course, LAB, []) == ["ada", "zoe"]
    assert check_students(course, LAB, ["zoe", "zoe"]) == ["zoe"]
    with pytest.raises(GradingError, match="bob has handed in no small"):
        check_students(course, LAB, ["zoe", "bob"])
