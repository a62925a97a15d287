"""What the commands do, each one function that returns an exit code."""

from __future__ import annotations

import argparse

from grading.assignment import Assignment
from grading.backup import back_up
from grading.class_run import check_students, grade_class, make_place
from grading.course import Course
from grading.errors import GradingError
from grading.gradebook import open_gradebook
from grading.records import Record, RecordError
from grading.table import class_table


def grade(options: argparse.Namespace) -> int:
    """Grade, write feedback and report, print a table."""
    course = Course.open(options.course)
    if options.workers is not None:
        if options.workers < 1:
            raise GradingError("--workers must be 1 or more.")
        course.grader.workers = options.workers
    grade_lab(course, options.lab, options.student, isolated=not options.no_sandbox)
    return 0


def feedback(options: argparse.Namespace) -> int:
    """Write the feedback pages from the judged notebooks and the gradebook."""
    course, lab = Course.open(options.course), options.lab
    if not any((course.folder / "autograded").glob(f"*/{lab}/{lab}.ipynb")):
        raise GradingError(
            f"There is no judged notebook of {lab} in {course.folder / 'autograded'}: "
            f"run `python -m grading grade {lab}` first."
        )
    return 0 if write_class_feedback(course, lab) else 1


def report(options: argparse.Namespace) -> int:
    """Write the report from the records and the gradebook."""
    course, lab = Course.open(options.course), options.lab
    if not (course.folder / "records" / lab).is_dir():
        raise GradingError(
            f"There is no record of {lab} in {course.folder / 'records'}: "
            f"run `python -m grading grade {lab}` first."
        )
    print(f"Report: {write_class_report(course, lab)}")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Make a class of twelve submissions and grade it."""
    from grading.demo import run_demo

    return run_demo(options.folder)


def grade_lab(course: Course, lab: str, students: list[str], *, isolated: bool) -> list[Record]:
    """Grade a lab from submissions to report, telling how it goes."""
    assignment = Assignment.load(course.labs, lab)
    for name in course.misnamed(lab):
        print(f"Left out: submitted/{name!r}, since this cannot be a student's id; rename it.")
    chosen = check_students(course, lab, students)
    changes: dict[str, list[str]] = {"new": [], "changed": [], "same": []}

    def tell(record: Record, change: str) -> None:
        changes[change].append(record.student)
        score = f"{record.score:g} of {record.max_score:g} points"
        print(f"  {record.student}: {score}, {record.seconds:.0f} s", flush=True)

    if copy := back_up(course):
        print(f"Gradebook before this run: {copy}")
    with make_place(course, assignment, isolated=isolated) as place:
        if not isolated:
            print("Without a sandbox: this grades trusted work, within limits only.")
        for name, source in place.sources.items():
            print(f"Data: {name} ({'the real data' if source == 'real' else 'its twin'})")
        print(f"Grading {len(chosen)} submissions of {lab}:", flush=True)
        records = grade_class(course, assignment, place, chosen, tell=tell)
    print(f"\n{class_table(records)}\n")
    changed = ", ".join(sorted(changes["changed"])) or "none"
    print(f"New grades: {len(changes['new'])}. Grades that differ from the last run: {changed}.")
    write_class_feedback(course, lab)
    print(f"Report:   {write_class_report(course, lab)}")
    return records


def write_class_feedback(course: Course, lab: str) -> bool:
    """Write the feedback pages; say where they lie, and for whom nbgrader made none."""
    from grading.feedback import write_feedback

    made = write_feedback(course.folder, lab, config=course.config)
    print(
        f"Feedback: {len(made.pages)} pages, {course.folder / 'feedback'}/STUDENT/{lab}/{lab}.html"
    )
    if made.failed:
        print(f"No feedback could be made for {', '.join(made.failed)}.")
    return not made.failed


def write_class_report(course: Course, lab: str) -> str:
    """Write the report and return its path; say which records could not be read."""
    from grading.report import write_report

    with open_gradebook(course) as gradebook:
        try:
            made = write_report(course.folder, lab, gradebook=gradebook)
        except RecordError as error:
            raise GradingError(str(error)) from None
    for error in made.errors:
        print(f"Left out: {error}")
    return str(made.html)
