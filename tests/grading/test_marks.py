"""Record and gradebook laid together."""

from __future__ import annotations

from typing import Any

import pytest

from grading.marks import Mark, Standing, StudentMarks, read_class_marks
from grading.records import read_record, record_path

LAB = "ch02_mnist"


def test_points_by_hand_count(course: Any) -> None:
    """Is the total that of nbgrader, with what a person gave?"""
    with course.gradebook() as gradebook:
        marks = read_class_marks(gradebook, LAB)
        for student in marks.students:
            record = read_record(record_path(course.root, LAB, student))
            standing = Standing.of(record, marks.students[student])
            submission = gradebook.find_submission(LAB, student)
            assert standing.total == pytest.approx(submission.score)
            assert standing.max_score == pytest.approx(submission.max_score)
    assert marks.students["boole"].cells["why_gap"] == Mark(3.5, by_hand=True, waiting=False)
    assert marks.names["gauss"] == "Carl Class"


def test_waiting(course: Any) -> None:
    """Who waits for a mark: an answer nobody marked, not an empty one, not a marked one?"""
    with course.gradebook() as gradebook:
        marks = read_class_marks(gradebook, LAB)
    waiting = {
        student: len(Standing.of(read_record(record_path(course.root, LAB, student)), mark).waiting)
        for student, mark in marks.students.items()
    }
    assert [waiting[name] for name in ("ada", "boole", "curie", "dirac")] == [1, 0, 0, 0]


def test_unknown_assignment(course: Any) -> None:
    """Does an assignment that the gradebook does not know have no marks?"""
    with course.gradebook() as gradebook:
        assert read_class_marks(gradebook, "other").students == {}


def test_late_and_extra(course: Any) -> None:
    """Do lateness and extra credit count, and does no total fall below 0?"""
    record = read_record(record_path(course.root, LAB, "ada"))
    cells = {"test_build_model": Mark(3.0, by_hand=True)}
    assert Standing.of(record, StudentMarks(cells, penalty=1.0)).total == 12.0
    assert Standing.of(record, StudentMarks({}, penalty=99.0)).total == 0.0
