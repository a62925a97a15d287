"""The copy of the gradebook before a run."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from grading.backup import KEPT, back_up
from grading.course import Course
from grading.errors import GradingError
from grading.gradebook import open_gradebook


def students(path: Path) -> set[str]:
    with sqlite3.connect(path) as base:
        return {name for (name,) in base.execute("select id from student")}


def elsewhere(course: Course, url: str) -> Course:
    """The course with another address of its gradebook."""
    config = Config()
    config.CourseDirectory.db_url = url
    return replace(course, config=config)


def test_a_copy(course: Course) -> None:
    """Is all that was committed in the copy, also while another program is at work?"""
    with open_gradebook(course) as book:
        book.add_student("ada")
        with sqlite3.connect(course.folder / "gradebook.db", isolation_level=None) as other:
            other.execute("begin immediate")
            other.execute("insert into student (id) values ('bob')")
            copy = back_up(course)
            other.execute("rollback")
    assert copy is not None
    assert copy.parent == course.folder / "backups"
    assert students(copy) == {"ada"}
    with Gradebook(f"sqlite:///{copy}") as book:
        assert book.find_assignment("small").max_score == 7.0


def test_only_the_newest_are_kept(course: Course) -> None:
    """Are old copies removed, and nothing else in the folder?"""
    made = [back_up(course) for _ in range(KEPT + 3)]
    (course.folder / "backups" / "notes.txt").write_text("mine")
    made.append(back_up(course))
    kept = sorted((course.folder / "backups").glob("*.db"))
    assert kept == made[-KEPT:]
    assert (course.folder / "backups" / "notes.txt").is_file()


def test_an_address_from_the_working_folder(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a gradebook found whose address is no full path?"""
    monkeypatch.chdir(course.folder)
    assert back_up(elsewhere(course, "sqlite:///gradebook.db")) is not None


@pytest.mark.parametrize(
    "url", ["sqlite:///{}/none.db", "sqlite://", "postgresql://me@db/grades", "no address"]
)
def test_nothing_to_copy(course: Course, url: str) -> None:
    """Is nothing made where there is no file?"""
    assert back_up(elsewhere(course, url.format(course.folder))) is None
    assert not (course.folder / "backups").exists()


@pytest.mark.parametrize("spoil", ["gradebook", "folder"])
def test_what_cannot_be_copied(course: Course, spoil: str) -> None:
    """Does a run stop with one sentence when its gradebook cannot be saved?"""
    if spoil == "gradebook":
        (course.folder / "gradebook.db").write_bytes(b"no database" * 1000)
    else:
        (course.folder / "backups").write_text("a file")
    with pytest.raises(GradingError, match="cannot be copied"):
        back_up(course)
    assert list(course.folder.glob("backups/*")) == []


def test_a_run_makes_one(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the copy older than the run's first grade?"""
    from grading import commands

    seen: list[str] = []
    monkeypatch.setattr(commands, "back_up", lambda _: seen.append("copy"))
    monkeypatch.setattr(commands, "check_students", lambda *_: ["ada"])
    monkeypatch.setattr(commands, "make_place", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commands.grade_lab(course, "small", [], isolated=True)
    assert seen == ["copy"]
