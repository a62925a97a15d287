"""nbgrader's own `autograde` with our sandbox and referee in it: the same grade by either way.

`nbgrader_config.py` puts these in the places of nbgrader's preprocessors. nbgrader hands them the
notebook that it has opened; they read the submission again as our own command does, so that
nothing that nbgrader did to it makes a difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool
from traitlets.config import Config

from grading.assignment import Assignment
from grading.class_run import keep, make_place
from grading.course import Course
from grading.gradebook import open_gradebook
from grading.one import grade_submission
from grading.restore import restore
from grading.submission import parse_notebook


class Restore(NbGraderPreprocessor):
    """First pass: put the student's answers into the lab, so that no hidden test reaches disk."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the restored notebook."""
        import nbformat

        course = _course(self.parent)
        assignment = Assignment.load(course.labs, resources["nbgrader"]["assignment"])
        cells = parse_notebook(nbformat.writes(nb).encode("utf-8", "replace"))
        return restore(assignment, cells).notebook, resources


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
        course = _course(self.parent)
        assignment = Assignment.load(course.labs, ids["assignment"])
        folder = course.submitted(ids["student"], ids["assignment"])
        with make_place(course, assignment, isolated=self.sandbox) as place:
            variant = course.grader.roster.get(ids["student"], "")
            graded = grade_submission(
                assignment, folder, ids["student"], place, variant=variant
            )
        with open_gradebook(course) as gradebook:
            keep(course, gradebook, graded)
        return graded.notebook, resources


def _course(parent: Any) -> Course:
    """Return the course in which an nbgrader command runs."""
    folder = Path(parent.config.get("CourseDirectory", Config()).get("root", Path.cwd()))
    return Course.open(folder)


def nbgrader_settings() -> Config:
    """Return the settings that make nbgrader's commands use this package."""
    from grading.feedback import feedback_config

    config = Config()
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "labs"
    config.Autograde.sanitize_preprocessors = ["grading.nbgrader_hooks.Restore"]
    config.Autograde.autograde_preprocessors = [
        "grading.nbgrader_hooks.Judge",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    config.merge(feedback_config())
    return config
