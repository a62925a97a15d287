"""The gradebook: one transaction a submission; what a person gave stays, what a test gave does not."""

from __future__ import annotations

import copy
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from grading.assignment import Assignment
from grading.class_run import keep, read_timestamp
from grading.config import read_grader
from grading.course import Course
from grading.errors import GradingError
from grading.gradebook import (
    add_assignment,
    forget_points,
    one_transaction,
    open_gradebook,
    points_by_cell,
    save_results,
)
from grading.one import Graded
from grading.records import read_record, record_path

LAB = "small"
Make = Callable[..., Graded]
SAME = frozenset({"why"})
NONE: frozenset[str] = frozenset()


@pytest.fixture
def book(course: Course) -> Iterator[Gradebook]:
    """The course's gradebook, with the small lab in it."""
    with open_gradebook(course) as gradebook:
        yield gradebook


def rows(course: Course) -> dict[str, tuple[object, ...]]:
    """Return what another program finds: auto, manual, waiting, comments, by student and cell."""
    query = """
        select submitted_assignment.student_id, base_cell.name, auto_score, manual_score,
               needs_manual_grade
        from grade join base_cell on base_cell.id = grade.cell_id
        join submitted_notebook on submitted_notebook.id = grade.notebook_id
        join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id"""
    with sqlite3.connect(course.folder / "gradebook.db") as base:
        return {f"{who}/{cell}": tuple(rest) for who, cell, *rest in base.execute(query)}


def mark(book: Gradebook, cell: str, points: float, comment: str = "") -> None:
    """Give points as formgrader does."""
    grade = book.find_grade(cell, LAB, LAB, "ada")
    grade.manual_score, grade.needs_manual_grade = points, False
    if comment:
        book.find_comment("why", LAB, LAB, "ada").manual_comment = comment
    book.db.commit()


def test_a_submission_is_written(book: Gradebook, course: Course, graded: Make) -> None:
    """Are points by cell and the answer that waits there for nbgrader's own programs?"""
    save_results(book, graded(test_double=0.5).record, datetime(2026, 11, 21, tzinfo=UTC), NONE)
    assert rows(course) == {
        "ada/test_double": (0.5, None, 0),
        "ada/hidden_double": (2.0, None, 0),
        "ada/test_halve": (1.0, None, 0),
        "ada/why": (None, None, 1),
    }
    submission = book.find_submission(LAB, "ada")
    assert (submission.score, submission.max_score) == (3.5, 7.0)
    assert submission.timestamp == datetime(2026, 11, 21)
    assert submission.needs_manual_grade
    assert points_by_cell(book, LAB, "ada")["test_double"] == 0.5
    assert points_by_cell(book, LAB, "bob") == {}


def test_an_untouched_answer_waits_for_nobody(
    book: Gradebook, course: Course, graded: Make
) -> None:
    """Does an empty answer get 0 points and a comment, and no place in the queue?"""
    save_results(book, graded(answer="").record, None, NONE)
    assert rows(course)["ada/why"] == (0.0, None, 0)
    assert book.find_comment("why", LAB, LAB, "ada").comment == "No response."


def test_what_a_person_gave_stays(book: Gradebook, course: Course, graded: Make) -> None:
    """Do manual points and a comment survive a re-grade, and wait no more if nothing is new?"""
    save_results(book, graded().record, None, NONE)
    mark(book, "why", 2.5, "Good.")
    mark(book, "test_double", 0.25)
    before = rows(course)
    save_results(book, graded().record, None, SAME)
    assert rows(course) == before
    assert book.find_comment("why", LAB, LAB, "ada").comment == "Good."


def test_news_are_shown_to_the_person_again(book: Gradebook, course: Course, graded: Make) -> None:
    """Is a marked cell up for review when its answer or its points are new, until it is reviewed?"""
    save_results(book, graded().record, None, NONE)
    mark(book, "why", 2.5)
    mark(book, "test_double", 0.25)
    save_results(book, graded(test_double=0.0).record, None, NONE)
    for _ in range(2):  # grading once more is no review
        assert rows(course)["ada/why"] == (None, 2.5, 1)
        assert rows(course)["ada/test_double"] == (0.0, 0.25, 1)
        save_results(book, graded(test_double=0.0).record, None, SAME)
    mark(book, "why", 3.0)
    mark(book, "test_double", 0.5)
    save_results(book, graded(test_double=0.0).record, None, SAME)
    assert rows(course)["ada/why"] == (None, 3.0, 0)
    assert rows(course)["ada/test_double"] == (0.0, 0.5, 0)


def test_old_points_never_stay(book: Gradebook, course: Course, graded: Make) -> None:
    """Does a record that lacks tests leave none of the points of the run before?"""
    save_results(book, graded().record, None, NONE)
    empty = graded().record
    empty.tests.clear()
    save_results(book, empty, None, NONE)
    assert {row[0] for cell, row in rows(course).items() if cell != "ada/why"} == {0.0}


def test_forgetting(book: Gradebook, course: Course, graded: Make) -> None:
    """Are only automatic points forgotten, and is an unknown student no error?"""
    save_results(book, graded().record, None, NONE)
    mark(book, "why", 2.5)
    forget_points(book, LAB, "ada")
    forget_points(book, LAB, "nobody")
    assert {row[0] for row in rows(course).values()} == {0.0}
    assert rows(course)["ada/why"][1] == 2.5


def test_all_or_nothing(
    book: Gradebook, course: Course, graded: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is nothing written when the last step fails, though nbgrader commits in between?"""
    save_results(book, graded().record, None, NONE)
    before = rows(course)
    monkeypatch.setattr("grading.gradebook._charge_lateness", lambda *_: 1 / 0)
    for student in ("ada", "bob"):
        with pytest.raises(ZeroDivisionError):
            save_results(book, graded(student, test_double=0.0).record, None, NONE)
    assert rows(course) == before
    with sqlite3.connect(course.folder / "gradebook.db") as base:
        assert base.execute("select id from student").fetchall() == [("ada",)]
    monkeypatch.undo()
    save_results(book, graded("bob").record, None, NONE)
    assert rows(course)["bob/test_double"][0] == 1.0


def test_killed_in_the_middle(book: Gradebook, course: Course, graded: Make) -> None:
    """Is a process that is killed before the end of a submission as if it had not begun?"""
    save_results(book, graded().record, None, NONE)
    before = rows(course)
    program = f"""
        import os
        from nbgrader.api import Gradebook
        from grading.gradebook import forget_points, one_transaction
        with Gradebook({course.db_url!r}) as book, one_transaction(book):
            book.update_or_create_student("bob")
            book.update_or_create_submission({LAB!r}, "bob")
            forget_points(book, {LAB!r}, "ada")
            os._exit(9)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert done.returncode == 9
    assert rows(course) == before
    save_results(book, graded("bob").record, None, NONE)


def test_a_transaction_ends_with_its_block(book: Gradebook) -> None:
    """Is the gradebook's own session back, and what was written there visible to it?"""
    outside = book.db
    with one_transaction(book):
        book.update_or_create_student("zoe")
        assert book.db is not outside
    assert book.db is outside
    assert book.find_student("zoe").id == "zoe"


def test_tests_added_and_removed(
    book: Gradebook,
    course: Course,
    graded: Make,
    tmp_path: Path,
    make_lab: Callable[..., Assignment],
) -> None:
    """Does a lab that changed between runs keep marks, and lose cells that it has no more?"""
    save_results(book, graded().record, None, NONE)
    mark(book, "why", 2.5, "Good.")
    changes = {
        'test="halve" points=1': 'hidden="halve" points=4',
        'exercise="double"': 'exercise="double_it"',
        'test="double"': 'test="double_it"',
        'hidden="double"': 'hidden="double_it"',
    }
    new = make_lab(tmp_path / "new", changes)
    for _ in range(2):
        add_assignment(book, new)
        assert set(rows(course)) == {
            "ada/test_double_it", "ada/hidden_double_it", "ada/hidden_halve", "ada/why",
        }  # fmt: skip
        assert rows(course)["ada/hidden_halve"] == (0.0, None, 0)
        assert rows(course)["ada/why"] == (None, 2.5, 0)
    assert book.find_assignment(LAB).max_score == 10.0
    assert book.find_submission(LAB, "ada").score == 2.5
    comments = book.find_submission_notebook(LAB, LAB, "ada").comments
    assert {comment.name for comment in comments} == {"double_it", "halve", "why"}
    assert {cell.name for cell in book.find_notebook(LAB, LAB).source_cells} == {
        cell.metadata.nbgrader.grade_id for cell in new.source.cells if "nbgrader" in cell.metadata
    }


def test_points_that_change(
    book: Gradebook, course: Course, assignment: Assignment, graded: Make
) -> None:
    """Does a test that is worth more now say so to nbgrader?"""
    source = copy.deepcopy(assignment.source)
    next(cell for cell in source.cells if cell.id == "test_halve").metadata.nbgrader.points = 5
    add_assignment(book, Assignment(LAB, source, assignment.release, assignment.variants))
    assert book.find_grade_cell("test_halve", LAB, LAB).max_score == 5.0


def test_lateness_costs_what_the_plugin_says(book: Gradebook, course: Course, graded: Make) -> None:
    """Is nbgrader's late-penalty plugin asked, as under nbgrader autograde?"""
    book.find_assignment(LAB).duedate = datetime(2026, 11, 20)
    book.db.commit()
    late, early = datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 19, tzinfo=UTC)
    config = Config()
    save_results(book, graded().record, late, NONE, config)
    assert book.find_submission(LAB, "ada").late_submission_penalty == 0.0
    config.LateSubmissionPlugin.penalty_method = "zero"
    save_results(book, graded().record, late, NONE, config)
    assert book.find_submission(LAB, "ada").late_submission_penalty == 4.0
    save_results(book, graded().record, early, NONE, config)
    assert book.find_submission(LAB, "ada").late_submission_penalty == 0.0


def test_keeping_writes_files_too(book: Gradebook, course: Course, graded: Make) -> None:
    """Are judged notebook, time and record beside the rows, and does a marked answer stay marked?"""
    stamp = course.submitted("ada", LAB) / "timestamp.txt"
    stamp.parent.mkdir(parents=True)
    stamp.write_text("2026-11-21 10:00:00 UTC")
    path = keep(course, book, graded())
    assert path == course.autograded("ada", LAB) / f"{LAB}.ipynb"
    assert (path.parent / "timestamp.txt").read_text() == "2026-11-21 10:00:00 UTC"
    assert (course.folder / "records" / LAB / "ada.json").is_file()
    mark(book, "why", 3.0)
    keep(course, book, graded())
    assert rows(course)["ada/why"] == (None, 3.0, 0)
    keep(course, book, graded(answer="I have thought again."))
    assert rows(course)["ada/why"] == (None, 3.0, 1)


def test_earlier_points_are_told(book: Gradebook, course: Course, graded: Make) -> None:
    """Does a record say what the tests gave before they changed, also those that are gone?"""

    def earlier(result: Graded) -> dict[str, float]:
        keep(course, book, result)
        return read_record(record_path(course.folder, LAB, "ada")).earlier

    full = {"test_double": 1.0, "hidden_double": 2.0, "test_halve": 1.0}
    assert earlier(graded()) == {}
    assert earlier(graded(hidden_double=0.5)) == full
    assert earlier(graded(hidden_double=0.5)) == full  # a run that changes nothing
    less = graded()
    del less.record.tests[2]
    assert earlier(less) == full | {"hidden_double": 0.5}
    record_path(course.folder, LAB, "ada").write_text("{}")
    assert earlier(graded()) == {}


def test_killed_between_gradebook_and_notebook(
    book: Gradebook, course: Course, graded: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a new answer shown to the person though the first run died before writing its notebook?"""
    keep(course, book, graded())
    mark(book, "why", 3.0)
    new = graded(answer="I have thought again.")
    monkeypatch.setattr("grading.class_run.replace_text", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep(course, book, new)
    monkeypatch.undo()
    keep(course, book, new)
    assert rows(course)["ada/why"] == (None, 3.0, 1)


@pytest.mark.parametrize(
    "text", ["", "yesterday?", "2026-99-99", "\x00", "1" * 400, "9" * 20, "(((", "12:00:00 25:61"]
)
def test_a_bad_timestamp_is_none(tmp_path: Path, text: str) -> None:
    """Is a file that holds no time ignored?"""
    (tmp_path / "timestamp.txt").write_text(text)
    assert read_timestamp(tmp_path / "timestamp.txt") is None


def test_timestamp_files(tmp_path: Path) -> None:
    """Is a time read from a small regular file only?"""
    stamp = tmp_path / "timestamp.txt"
    assert read_timestamp(stamp) is None
    stamp.write_text("2026-11-21 10:00:00.5 UTC\n")
    assert read_timestamp(stamp) == datetime(2026, 11, 21, 10, 0, 0, 500_000)
    (tmp_path / "link").symlink_to(stamp)
    assert read_timestamp(tmp_path / "link") is None
    stamp.write_bytes(b"\xff\xfe")
    assert read_timestamp(stamp) is None
    stamp.write_text(" " * 2000 + "2026-11-21")
    assert read_timestamp(stamp) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////nowhere/at/all.db", "unable to open"),
        ("no url", "Could not parse"),
        ("nodatabase://x", "nodatabase"),
        ("sqlite:///{}/broken.db", "not a database"),
        ("mysql+nosuchdriver://me:secret@db/grades", "nosuchdriver"),
        ("oracle+cx_oracle://me:secret@db/grades", "needs the Python package cx_Oracle"),
    ],
)
def test_a_gradebook_that_cannot_be_opened(tmp_path: Path, url: str, words: str) -> None:
    """Is a wrong address, or a missing driver, one sentence that tells no password?"""
    (tmp_path / "broken.db").write_text("this is no database" * 100)
    config = Config()
    config.CourseDirectory.db_url = url.format(tmp_path)
    course = Course(tmp_path, read_grader(config), config)
    with pytest.raises(GradingError, match=words) as error, open_gradebook(course):
        pass
    assert "The gradebook" in str(error.value)
    assert "secret" not in str(error.value)
