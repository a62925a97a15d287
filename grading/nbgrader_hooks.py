"""nbgrader's own `autograde` with our sandbox and referee in it: the same grade by either way.

`nbgrader_config.py` puts these in the places of nbgrader's preprocessors. nbgrader hands them the
notebook that it has opened; they read the submission again as our own command does, so that
nothing that nbgrader did to it makes a difference.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool
from traitlets.config import Config

from grading.assignment import Assignment
from grading.class_run import keep, make_place
from grading.course import IGNORED, Course
from grading.gradebook import add_assignment, forget_points, open_gradebook
from grading.one import grade_submission
from grading.place import Place
from grading.restore import restore
from grading.submission import parse_notebook


class Restore(NbGraderPreprocessor):
    """First pass: put the student's answers into the lab, so that no hidden test reaches disk."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the restored notebook."""
        course = _course(self)
        assignment = Assignment.load(course.labs, resources["nbgrader"]["assignment"])
        cells = parse_notebook(json.dumps(nb).encode())
        # nbgrader writes it to disk: half a surrogate pair, which JSON can hold, would stop it.
        text = nbformat.writes(restore(assignment, cells).notebook).encode("utf-8", "replace")
        return nbformat.reads(text.decode(), as_version=4), resources


class Judge(NbGraderPreprocessor):
    """Second pass: grade the submission and write its results into the gradebook."""

    sandbox = Bool(True, help="False only for trusted work on a machine without one.").tag(
        config=True
    )

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the judged notebook."""
        ids = resources["nbgrader"]
        student, lab = ids["student"], ids["assignment"]
        course = _course(self)
        assignment = Assignment.load(course.labs, lab)
        place = _place(course.folder, lab, self.sandbox)
        folder, variant = course.submitted(student, lab), course.grader.roster.get(student, "")
        graded = grade_submission(assignment, folder, student, place, variant=variant)
        # nbgrader has put all the student's files there, and the first pass a notebook: whether
        # a written answer is new cannot be seen any more, so each is shown to a person again.
        shutil.rmtree(course.autograded(student, lab))
        with open_gradebook(course) as gradebook:
            path = keep(course, gradebook, graded)
        return nbformat.read(path, as_version=4), resources


def before_autograde(assignment: str, student: str, notebooks: list[str]) -> None:
    """Get the gradebook ready for a submission, before nbgrader opens its file.

    The points of an earlier submission go, in case nbgrader cannot read this one.
    """
    folder = Path.cwd()  # nbgrader works in the course's folder
    course = Course.open(folder)
    with open_gradebook(course) as gradebook:
        add_assignment(gradebook, Assignment.load(course.labs, assignment))
        for notebook in notebooks:
            forget_points(gradebook, assignment, Path(notebook).parents[1].name)


def _course(preprocessor: Any) -> Course:
    """Return the course in which an nbgrader command runs."""
    # A preprocessor's parent is the exporter, whose parent is the converter.
    return Course.open(Path(preprocessor.parent.parent.coursedir.root))


@cache
def _place(folder: Path, lab: str, isolated: bool) -> Place:
    """Prepare data and sandbox once a command, not once a submission."""
    course = Course.open(folder)
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(
        make_place(course, Assignment.load(course.labs, lab), isolated=isolated)
    )


def nbgrader_settings() -> Config:
    """Return the settings that make nbgrader's commands use this package."""
    from grading.feedback import feedback_config

    config = Config()
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "labs"
    config.CourseDirectory.ignore = list(IGNORED)
    config.Autograde.pre_convert_hook = "grading.nbgrader_hooks.before_autograde"
    config.Autograde.sanitize_preprocessors = ["grading.nbgrader_hooks.Restore"]
    # Judge also asks the course's plugin for late penalties.
    config.Autograde.autograde_preprocessors = ["grading.nbgrader_hooks.Judge"]
    config.merge(feedback_config())
    return config
