"""A course on disk: its folders, its students, its settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grading.course import Course
from grading.errors import SetupError
from grading.sandbox import ROOT


def test_settings_of_the_folder_or_the_project(tmp_path: Path) -> None:
    """Does a folder's own grader_config.py count, and the project's where there is none?"""
    assert Course.open(tmp_path).config == Course.open(ROOT).config
    (tmp_path / "grader_config.py").write_text("get_config().Grader.workers = 1")
    assert Course.open(tmp_path).grader.workers == 1


def test_a_missing_folder(tmp_path: Path) -> None:
    """Is a folder that is not there one sentence?"""
    with pytest.raises(SetupError, match="There is no course folder"):
        Course.open(tmp_path / "nowhere")


def test_database(tmp_path: Path) -> None:
    """Is the gradebook nbgrader's own, wherever the settings put it?"""
    course = Course.open(tmp_path)
    assert course.db_url == f"sqlite:///{tmp_path / 'gradebook.db'}"
    (tmp_path / "grader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.db_url = 'postgresql://x'\n"
        "c.CourseDirectory.course_id = 'deep'"
    )
    assert (Course.open(tmp_path).db_url, Course.open(tmp_path).course_id) == (
        "postgresql://x",
        "deep",
    )


def test_students(tmp_path: Path) -> None:
    """Who has handed in a lab: every folder that a person could mean, sorted?"""
    course = Course.open(tmp_path)
    assert course.students("lab") == []
    for name in ("zoë", "-ada", "4711", "a b", "a@b+c;d", ".hidden", "evil\x1b[2J", "back\\slash"):
        course.submitted(name, "lab").mkdir(parents=True)
    course.submitted("other", "lab2").mkdir(parents=True)
    course.submitted("a link", "lab").parent.mkdir()
    course.submitted("a link", "lab").symlink_to("nowhere")
    (tmp_path / "submitted" / "notes.txt").write_text("x")
    os.mkdir(os.fsencode(tmp_path / "submitted") + b"/\xff")
    os.mkdir(os.fsencode(tmp_path / "submitted") + b"/\xff/lab")
    assert course.students("lab") == ["-ada", "4711", "a b", "a link", "a@b+c;d", "zoë"]
    assert course.misnamed("lab") == ["back\\slash", "evil\x1b[2J", "\udcff"]
    assert course.students("l*") == []
