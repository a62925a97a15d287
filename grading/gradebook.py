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
from grading.errors import GradingError
from grading.records import Record

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode
    from nbgrader.api import Gradebook
    from traitlets.config import Config


@contextlib.contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """Open the course's gradebook, made if it is not there, for the length of a block."""
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SQLAlchemyError

    # A new database asks for the program alembic, which lies beside this Python.
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), path])
    try:
        try:
            gradebook = Gradebook(course.db_url, course.course_id)
        finally:
            os.environ["PATH"] = path
        with gradebook:
            yield gradebook
    except ModuleNotFoundError as error:  # a database server's driver, which nbgrader leaves out
        raise GradingError(
            f"The gradebook {_without_password(course.db_url)} needs the Python package "
            f"{error.name}: install it, or name another driver in c.CourseDirectory.db_url."
        ) from None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        address = _without_password(course.db_url)
        raise GradingError(f"The gradebook {address} cannot be used: {reason}.") from None


def _without_password(address: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return str(make_url(address))
    except ArgumentError:  # it is no address of a database, and has no password
        return address


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
            gradebook.db.commit()
        finally:
            gradebook.db.close()
            gradebook.db = outside
            outside.rollback()  # so that it reads again what it has read before


def add_assignment(gradebook: Gradebook, assignment: Assignment) -> None:
    """Put a lab's cells into the gradebook, or bring them up to date.

    Cells that the lab no longer has go with their points, as nbgrader would have it before the
    first submission; cells that are new are worth no points until a submission is graded again.
    """
    name = assignment.name
    cells = [cell for cell in assignment.source.cells if "nbgrader" in cell.metadata]
    with one_transaction(gradebook):
        gradebook.update_or_create_assignment(name)
        kernel = json.dumps(assignment.source.metadata.get("kernelspec", {}))
        gradebook.update_or_create_notebook(name, name, kernelspec=kernel)
        for cell in cells:
            marks = cell.metadata.nbgrader
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
        _remove_others(gradebook, name, cells)
        _complete_submissions(gradebook, name)


def _remove_others(gradebook: Gradebook, name: str, cells: list[NotebookNode]) -> None:
    notebook = gradebook.find_notebook(name, name)
    marks = [cell.metadata.nbgrader for cell in cells]
    graded = {mark.grade_id for mark in marks if mark.grade}
    answered = {mark.grade_id for mark in marks if mark.solution}
    old = [cell for cell in notebook.grade_cells if cell.name not in graded]
    old += [cell for cell in notebook.solution_cells if cell.name not in answered]
    old += notebook.task_cells
    for cell in old:
        for row in [*cell.grades, *cell.comments, cell]:
            gradebook.db.delete(row)
    present = {mark.grade_id for mark in marks}
    for cell in notebook.source_cells:
        if cell.name not in present:
            gradebook.db.delete(cell)
    gradebook.db.commit()


def _complete_submissions(gradebook: Gradebook, name: str) -> None:
    """Give each submission that is there a row for every cell; nbgrader does so for new ones."""
    from nbgrader.api import Comment, Grade

    notebook = gradebook.find_notebook(name, name)
    for submitted in notebook.submissions:
        graded = {grade.cell_id for grade in submitted.grades}
        commented = {comment.cell_id for comment in submitted.comments}
        new = [
            Grade(
                cell_id=cell.id, notebook_id=submitted.id, auto_score=0.0, needs_manual_grade=False
            )
            for cell in notebook.grade_cells
            if cell.id not in graded
        ]
        new += [
            Comment(cell_id=cell.id, notebook_id=submitted.id)
            for cell in notebook.solution_cells
            if cell.id not in commented
        ]
        gradebook.db.add_all(new)
    gradebook.db.commit()


def save_results(
    gradebook: Gradebook,
    record: Record,
    timestamp: datetime | None,
    unchanged_answers: frozenset[str],
    config: Config | None = None,
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
    config
        nbgrader's settings, for its plugin that says what lateness costs.
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
            before, by_hand = grade.auto_score, grade.manual_score is not None
            # A person who has given points is asked again when there is something new to see.
            if answer is not None:
                grade.auto_score = answer.points
                new = not by_hand or grade.name not in unchanged_answers
                grade.needs_manual_grade = answer.points is None and (
                    new or grade.needs_manual_grade
                )
            else:
                grade.auto_score = tests[grade.name].points if grade.name in tests else 0.0
                new = grade.auto_score != before
                grade.needs_manual_grade = by_hand and (new or grade.needs_manual_grade)
        for comment in gradebook.find_submission_notebook(lab, lab, student).comments:
            answer = written.get(comment.name)
            if answer is not None:
                numbers = f"Numbers of this run: {answer.numbers}." if answer.numbers else None
                comment.auto_comment = numbers if answer.answered else "No response."
        gradebook.db.commit()
        _charge_lateness(gradebook, record, config)


def _charge_lateness(gradebook: Gradebook, record: Record, config: Config | None) -> None:
    """Do what nbgrader's AssignLatePenalties does, with the plugin that the course has chosen."""
    from nbgrader.preprocessors import AssignLatePenalties

    lab, student = record.assignment, record.student
    submission = gradebook.find_submission(lab, student)
    notebook = gradebook.find_submission_notebook(lab, lab, student)
    penalty = None
    if submission.total_seconds_late > 0:
        stage = AssignLatePenalties(config=config)
        stage.init_plugin()
        penalty = stage.plugin_inst.late_submission_penalty(
            student, notebook.score, submission.total_seconds_late
        )
    if penalty is not None:
        penalty = min(max(penalty, 0.0), notebook.score)
    notebook.late_submission_penalty = penalty


def forget_points(gradebook: Gradebook, lab: str, student: str) -> None:
    """Set the automatic points of a submission to none, if there is one."""
    from nbgrader.api import MissingEntry

    try:
        notebook = gradebook.find_submission_notebook(lab, lab, student)
    except MissingEntry:
        return
    for grade in notebook.grades:
        grade.auto_score = 0.0
    gradebook.db.commit()


def points_by_cell(gradebook: Gradebook, lab: str, student: str) -> dict[str, float | None]:
    """Return the automatic points of a submission as they stand, empty if there is none."""
    from nbgrader.api import MissingEntry

    try:
        notebook = gradebook.find_submission_notebook(lab, lab, student)
    except MissingEntry:
        return {}
    return {grade.name: grade.auto_score for grade in notebook.grades}
