"""The feedback page: nbgrader's own, with a table of all tests first and everything cleaned.

`feedback_config` holds all that makes it so. nbgrader_config.py loads it, so `nbgrader
generate_feedback` writes the very page that `write_feedback` writes. Cell outputs come from the
judged notebook in `autograded/`, verdicts and messages from the run record, points and comments
from the gradebook.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import nbgrader
from jupyterlab_pygments import JupyterStyle
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback, NbGraderException
from nbgrader.coursedir import CourseDirectory
from pygments.formatters import HtmlFormatter
from traitlets import Bool
from traitlets.config import Config

from grading.marks import Standing, student_marks
from grading.pages import TEMPLATES, environment
from grading.records import Problem, RecordError, read_record, record_path
from grading.verdicts import LIMITS, VERDICTS, followed_text, shown

__all__ = ["AddScores", "Feedback", "FeedbackExporter", "feedback_config", "write_feedback"]

NBGRADER_TEMPLATES = (
    Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """The pages written, and the students whose page could not be made."""

    pages: list[Path]
    failed: list[str]


class FeedbackExporter(HTMLExporter):
    """nbconvert's HTML exporter under its own name: our settings leave formgrader's pages alone."""


class AddScores(Preprocessor):
    """Put the table of tests and written answers into `resources["labs_scores"]`, ready to print.

    It has its own Jinja environment that escapes everything: nbconvert's does not.
    """

    enabled = Bool(True, help="Whether to add the table.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Read record and gradebook of the submission; the notebook stays as it is."""
        names = resources["nbgrader"]
        student, assignment = names["student"], names["assignment"]
        with Gradebook(names["db_url"]) as gradebook:
            submission = gradebook.find_submission(assignment, student)
            marks = student_marks(submission)
            commented = {
                comment.name
                for notebook in submission.notebooks
                for comment in notebook.comments
                if comment.manual_comment
            }
        try:
            record = read_record(record_path(self._course(), assignment, student))
            standing = Standing.of(record, marks)
        except RecordError as problem:  # graded by another program: the points are still true
            self.log.warning("%s", problem)
            standing = None
        resources["labs_scores"] = (
            environment()
            .get_template("feedback_scores.html.j2")
            .render(
                assignment=assignment,
                student=student,
                standing=standing,
                groups=_groups(standing) if standing else [],
                problems=_problems(standing) if standing else [],
                total=standing.total if standing else names["score"],
                max_score=standing.max_score if standing else names["max_score"],
                waiting=sum(s.item.max_points for s in standing.waiting) if standing else 0.0,
                penalty=marks.penalty,
                commented=commented,
                legend=VERDICTS,
                shown=shown,
                followed_text=followed_text,
            )
        )
        # colours by name, so that the page's own CSS chooses them for light and dark
        resources["labs_code_css"] = HtmlFormatter(style=JupyterStyle).get_style_defs(".highlight")
        return nb, resources

    def _course(self) -> Path:
        # exporter, then converter, as nbgrader builds them
        return Path(self.parent.parent.coursedir.root)


def feedback_config() -> Config:
    """Return the settings that make nbgrader's feedback page ours.

    The two `HTMLExporter` settings also hold for the pages of formgrader, where an instructor reads
    students' work.
    """
    config = Config()
    config.GenerateFeedback.exporter_class = "grading.feedback.FeedbackExporter"
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "grading.feedback.AddScores",
    ]
    config.FeedbackExporter.template_name = "labs_feedback"
    config.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES), str(NBGRADER_TEMPLATES)]
    config.FeedbackExporter.extra_template_paths = [str(TEMPLATES), str(NBGRADER_TEMPLATES)]
    config.HTMLExporter.preprocessors = ["grading.sanitize.Sanitize"]
    config.HTMLExporter.filters = {"markdown2html": "grading.sanitize.markdown_to_html"}
    return config


def write_feedback(
    course: Path,
    assignment: str,
    *,
    students: Sequence[str] = (),
    config: Config | None = None,
) -> Feedback:
    """Write the feedback pages of an assignment, in place of earlier ones.

    Parameters
    ----------
    course : Path
        The course folder, with `autograded/`, `records/` and (unless `config` says otherwise)
        `gradebook.db`.
    assignment : str
        nbgrader's name of the assignment.
    students : sequence of str
        Whose pages to write; all when empty.
    config : Config, optional
        The course's own settings, such as `CourseDirectory.db_url`.

    Returns
    -------
    Feedback
        The pages, and the students for whom nbgrader failed; the reason is in the log.

    Notes
    -----
    nbgrader changes the working directory while it runs: do not call this from two threads at a
    time.
    """
    settings = copy.deepcopy(config) if config else Config()
    settings.merge(feedback_config())
    settings.CourseDirectory.root = str(course.resolve())
    settings.CourseDirectory.assignment_id = assignment
    settings.GenerateFeedback.force = True
    log = logging.getLogger("grading.feedback")
    log.setLevel(logging.ERROR)  # that old pages give way is no news
    for student in students or ["*"]:
        settings.CourseDirectory.student_id = student
        coursedir = CourseDirectory(config=settings, log=log)
        try:
            GenerateFeedback(coursedir=coursedir, config=settings, log=log).start()
        except NbGraderException as error:
            log.warning("Feedback: %s", error)
    return _written(coursedir, assignment, students)


def _written(coursedir: CourseDirectory, assignment: str, students: Sequence[str]) -> Feedback:
    pages: list[Path] = []
    failed: list[str] = []
    autograded = Path(coursedir.root, coursedir.autograded_directory)
    feedback = Path(coursedir.root, coursedir.feedback_directory)
    for notebook in sorted(autograded.glob(f"*/{assignment}/*.ipynb")):
        student = notebook.parent.parent.name
        if students and student not in students:
            continue
        page = feedback / student / assignment / f"{notebook.stem}.html"
        if page.exists():
            pages.append(page)
        else:
            failed.append(student)
    return Feedback(pages, failed)


def _groups(standing: Standing) -> list[tuple[str, list[Any]]]:
    order = list(dict.fromkeys(score.item.exercise for score in standing.tests))
    tests = sorted(standing.tests, key=lambda score: order.index(score.item.exercise))
    return [
        (exercise, list(group))
        for exercise, group in groupby(tests, key=lambda score: score.item.exercise)
    ]


def _problems(standing: Standing) -> list[tuple[str, list[Problem]]]:
    problems = standing.record.problems
    return [
        ("Stopped while your notebook ran:", [p for p in problems if p.code in LIMITS]),
        ("Mended in your file before grading:", [p for p in problems if p.code not in LIMITS]),
    ]
