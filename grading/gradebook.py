"""Write results into nbgrader's gradebook: one transaction a submission.

Points that a person gave stay; points that a test gave never outlive a new submission. nbgrader's
own formgrader, feedback and export read what stands here.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grading.assignment import Assignment
from grading.course import Course
from grading.records import Record

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@contextlib.contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """Open the course's gradebook, made if it is not there, for the length of a block."""
    from nbgrader.api import Gradebook

    # A new database asks for the program alembic, which lies beside this Python.
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), path])
    try:
        gradebook = Gradebook(course.db_url, course.course_id)
    finally:
        os.environ["PATH"] = path
    with gradebook:
        yield gradebook


@contextlib.contextmanager
def one_transaction(gradebook: Gradebook) -> Iterator[None]:
    """Let all that nbgrader's functions commit within a block count together or not at all."""
    from sqlalchemy.orm import Session

    outside = gradebook.db
    with gradebook.engine.connect() as connection, connection.begin():
        # Such a session's commits wait for the connection's own.
        gradebook.db = Session(bind=connection, join_transaction_mode="rollback_only")
        try:
            yield
        finally:
            gradebook.db.close()
            gradebook.db = outside


def add_assignment(gradebook: Gradebook, assignment: Assignment) -> None:
    """Put a lab's cells into the gradebook, or bring them up to date."""
    name = assignment.name
    with one_transaction(gradebook):
        gradebook.update_or_create_assignment(name)
        kernel = json.dumps(assignment.source.metadata.get("kernelspec", {}))
        gradebook.update_or_create_notebook(name, name, kernelspec=kernel)
        for cell in assignment.source.cells:
            marks = cell.metadata.get("nbgrader")
            if marks is None:
                continue
            if marks.grade:
                points = {"max_score": float(marks.points), "cell_type": cell.cell_type}
                gradebook.update_or_create_grade_cell(marks.grade_id, name, name, **points)
            if marks.solution:
                gradebook.update_or_create_solution_cell(marks.grade_id, name, name)
            gradebook.update_or_create_source_cell(
                marks.grade_id,
                name,
                name,
                cell_type=cell.cell_type,
                locked=marks.locked,
                source=cell.source,
                checksum=marks.get("checksum"),
            )


def save_results(
    gradebook: Gradebook,
    record: Record,
    timestamp: datetime | None,
    unchanged_answers: frozenset[str],
) -> None:
    """Write one submission's results.

    Parameters
    ----------
    record
        What the tests gave, and which written answers wait for a person.
    timestamp
        When it was handed in.
    unchanged_answers
        Written answers that say what they said when they were marked: they need no second look.
    """
    lab, student = record.assignment, record.student
    tests = {test.cell: test for test in record.tests}
    written = {answer.cell: answer for answer in record.written}
    with one_transaction(gradebook):
        gradebook.update_or_create_student(student)
        stamp = {} if timestamp is None else {"timestamp": timestamp}
        # nbgrader builds the rows before it adds them; SQLAlchemy would warn of each.
        with gradebook.db.no_autoflush:
            gradebook.update_or_create_submission(lab, student, **stamp)
        for grade in gradebook.find_submission_notebook(lab, lab, student).grades:
            answer = written.get(grade.name)
            if answer is not None:
                grade.auto_score = answer.points
                marked = grade.manual_score is not None and grade.name in unchanged_answers
                grade.needs_manual_grade = answer.points is None and not marked
            else:
                grade.auto_score = tests[grade.name].points if grade.name in tests else 0.0
                # A person has changed a test's points: they may want to see the new result.
                grade.needs_manual_grade = grade.manual_score is not None
        for comment in gradebook.find_submission_notebook(lab, lab, student).comments:
            answer = written.get(comment.name)
            if answer is not None:
                numbers = f"Numbers of this run: {answer.numbers}." if answer.numbers else None
                comment.auto_comment = numbers if answer.answered else "No response."


def points_by_cell(gradebook: Gradebook, lab: str, student: str) -> dict[str, float | None]:
    """Return the automatic points of a submission as they stand, empty if there is none."""
    from nbgrader.api import MissingEntry

    try:
        notebook = gradebook.find_submission_notebook(lab, lab, student)
    except MissingEntry:
        return {}
    return {grade.name: grade.auto_score for grade in notebook.grades}
