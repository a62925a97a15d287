"""Grade a class: the same function for every submission, several at a time, results kept by one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import nbformat

from grading.assignment import Assignment
from grading.checked import replace_text
from grading.course import Course
from grading.data import prepare_data
from grading.errors import GradingError, SetupError
from grading.gradebook import add_assignment, open_gradebook, points_by_cell, save_results
from grading.one import Graded, grade_submission
from grading.place import Place
from grading.records import Record, RecordError, read_record, record_path, write_record
from grading.sandbox import why_not

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


@contextlib.contextmanager
def make_place(course: Course, assignment: Assignment, *, isolated: bool) -> Iterator[Place]:
    """Prepare what the submissions of a run share, for the length of a block.

    Raises
    ------
    SetupError
        If a sandbox is wanted and does not work, a GPU is required and missing, or data cannot be
        had: nothing has been graded then.
    """
    if isolated and (reason := why_not()):
        raise SetupError(
            f"{reason} Grading runs students' programs, so it needs a sandbox; "
            "--no-sandbox grades work that you trust, within limits on time and memory only."
        )
    require_gpu = course.grader.needs_gpu(assignment.name)
    if require_gpu and not any(Path("/dev").glob("nvidia[0-9]*")):
        raise SetupError(
            f"{assignment.name} requires a GPU (c.Grader.require_gpu) and this machine has none."
        )
    with tempfile.TemporaryDirectory(prefix="labs-data-") as folder:
        os.chmod(folder, 0o755)
        data = prepare_data(assignment, Path(folder) / "notebook")
        beside = (course.labs / "labs" / assignment.name).iterdir()
        yield Place(
            budget=course.grader.budget,
            student_data=data.student,
            referee_data=data.referee,
            mirror=data.mirror,
            sources=data.sources,
            course_key=course.grader.course_key,
            beside=tuple(path for path in beside if path.suffix != ".ipynb"),
            require_gpu=require_gpu,
            isolated=isolated,
        )


def grade_class(
    course: Course,
    assignment: Assignment,
    place: Place,
    students: list[str],
    *,
    tell: Callable[[Record, str], None] = lambda record, change: None,
    executor: Executor | None = None,
) -> list[Record]:
    """Grade the submissions of some students and keep the results.

    Parameters
    ----------
    course, assignment, place
        Where and what.
    students
        Student ids; each has a folder in `submitted/`.
    tell
        Called with each record when it is kept, and with "new", "changed" or "same": how its
        points compare with those that stood there before.
    executor
        Where the submissions are mapped to; by default threads that start one sandbox each.

    Returns
    -------
    list of Record
        In the order of `students`.
    """
    slots: SimpleQueue[int] = SimpleQueue()
    workers = 1 if place.require_gpu else course.grader.workers
    for slot in range(workers):
        slots.put(slot)

    def grade(student: str) -> Graded:
        slot = slots.get()
        try:
            folder = course.submitted(student, assignment.name)
            variant = course.grader.roster.get(student, "")
            return grade_submission(assignment, folder, student, place, slot, variant)
        finally:
            slots.put(slot)

    records: dict[str, Record] = {}
    with contextlib.ExitStack() as stack:
        gradebook = stack.enter_context(open_gradebook(course))
        add_assignment(gradebook, assignment)
        pool = executor or stack.enter_context(ThreadPoolExecutor(workers))
        waiting = {pool.submit(grade, student): student for student in students}
        for one in waiting:  # when this block is left early, what has not begun is left out
            stack.callback(one.cancel)
        for done in as_completed(waiting):
            student = waiting[done]
            graded = done.result()
            before = points_by_cell(gradebook, assignment.name, student)
            keep(course, gradebook, graded)
            after = points_by_cell(gradebook, assignment.name, student)
            records[student] = graded.record
            tell(graded.record, "new" if not before else "same" if before == after else "changed")
    return [records[student] for student in students]


def keep(course: Course, gradebook: Gradebook, graded: Graded) -> Path:
    """Write a submission's gradebook rows, judged notebook and record; return the notebook's path.

    In this order: whether a written answer is new is seen by the judged notebook of the run
    before, so it stays until the gradebook knows.
    """
    record = graded.record
    folder = course.autograded(record.student, record.assignment)
    target = folder / f"{record.assignment}.ipynb"
    stamp = course.submitted(record.student, record.assignment) / "timestamp.txt"
    time = read_timestamp(stamp)
    save_results(gradebook, record, time, _unchanged_answers(target, graded), course.config)
    replace_text(target, nbformat.writes(graded.notebook) + "\n")
    if time is not None:  # formgrader compares the two
        replace_text(folder / "timestamp.txt", stamp.read_text(encoding="utf-8"))
    write_record(course.folder, replace(record, earlier=_earlier_points(course, record)))
    return target


def _earlier_points(course: Course, record: Record) -> dict[str, float]:
    """Return the points by test that stood in a record before they became what they are now."""
    try:
        old = read_record(record_path(course.folder, record.assignment, record.student))
    except RecordError:  # there is none, or none that tells anything
        return {}
    return old.earlier if old.points == record.points else old.points


def read_timestamp(path: Path) -> datetime | None:
    """Return when a submission was handed in, from the file that nbgrader's collecting writes."""
    from nbgrader.utils import parse_utc

    if not path.is_file() or path.is_symlink() or path.stat().st_size > 1000:
        return None
    try:
        return parse_utc(path.read_text(encoding="utf-8").strip())
    # dateutil reads anything that might be a time, and raises what happens to go wrong.
    except Exception:
        return None


def _unchanged_answers(before: Path, graded: Graded) -> frozenset[str]:
    """Return the written answers whose text is that of the judged notebook that was kept before."""
    if not before.is_file():
        return frozenset()
    try:
        old = {cell.get("id"): cell.source for cell in nbformat.read(before, as_version=4).cells}
    except (ValueError, nbformat.reader.NotJSONError):
        return frozenset()
    new = {cell.id: cell.source for cell in graded.notebook.cells}
    answers = (answer.cell for answer in graded.record.written)
    return frozenset(cell for cell in answers if old.get(cell) == new[cell])


def check_students(course: Course, lab: str, wanted: list[str]) -> list[str]:
    """Return whose submissions to grade: those wanted, or all.

    Raises
    ------
    GradingError
        If there is none, or one that is wanted is not there.
    """
    present = course.students(lab)
    missing = sorted(set(wanted) - set(present))
    if missing:
        raise GradingError(f"{missing[0]} has handed in no {lab} (no {course.folder}/submitted/"
                           f"{missing[0]}/{lab}).")  # fmt: skip
    if not present:
        raise GradingError(
            f"Nobody has handed in {lab}: put notebooks into "
            f"{course.folder}/submitted/STUDENT/{lab}/{lab}.ipynb."
        )
    return sorted(set(wanted)) or present
