"""The feedback page, by our own command and by nbgrader's."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grading.feedback import feedback_config, write_feedback
from grading.records import read_record, record_path, write_record

LAB = "ch02_mnist"
EVE = "<img src=x onerror=alert(1)>"
SECRET = "0.1307"


def page_of(course: Any, student: str) -> str:
    path = course.root / "feedback" / student / LAB / f"{LAB}.html"
    return path.read_text(encoding="utf-8")


@pytest.fixture
def pages(course: Any) -> Any:
    """The class with its feedback written."""
    made = write_feedback(course.root, LAB)
    assert made.failed == []
    assert len(made.pages) == 6
    return course


def test_table_comes_first(pages: Any) -> None:
    """Do title, points, verdict, message and hint of every test stand before the notebook?"""
    first, notebook = page_of(pages, "boole").split('id="notebook"')
    assert "<b>8</b> of 16 points" in first
    for text in (
        "Pixels are scaled to 0 to 1",
        "hidden test",
        "wrong",
        "0 / 2",
        "Expected values between 0 and 1",
        "Hint: See “Data” in the notebook.",
        "1.5 / 3",
        "3.5 / 4",
    ):
        assert text in first
    assert '<span class="nf">build_model</span>' in notebook
    assert "<strong>Which</strong> images" in notebook


def test_every_link_has_its_place(pages: Any) -> None:
    """Does each title lead to a cell that is there, and does each place exist once?"""
    text = page_of(pages, "boole")
    places = re.findall(r'<[^>]*\s(?:id|name)="([^"]+)"', text.split("</head>")[1])
    links = re.findall(r'href="#([^"]+)"', text)
    assert {"test_build_model", "hidden_train_model", "why_gap", "comment-why_gap"} <= set(links)
    assert set(links) <= set(places)
    assert text.count("<body") == text.count("</body>") == text.count("<main") == 1


def test_states(pages: Any) -> None:
    """Does each student learn what happened: waiting, refused, mended?"""
    assert "4 more wait for a person's mark" in page_of(pages, "ada")
    assert "This work could not be graded." in page_of(pages, "dirac")
    assert "line 1 is not JSON" in page_of(pages, "dirac")
    assert "Mended in your file before grading" in page_of(pages, EVE)
    assert "too slow" in page_of(pages, "fermi")


def test_followed_through(course: Any) -> None:
    """Does the table say with which of the lab's answers a test was judged, passed or not?"""
    record = read_record(record_path(course.root, LAB, "boole"))
    tests = [
        replace(test, followed=["prepare_images"]) if test.exercise != "prepare_images" else test
        for test in record.tests
    ]
    write_record(course.root, replace(record, tests=tests))
    write_feedback(course.root, LAB, students=["boole"])
    first = page_of(course, "boole").split('id="notebook"')[0]
    said = "Judged with our answer to `prepare_images`, since yours lost points"
    assert first.count(said) == 4
    assert first.count(f"{said}; it loses points there too.") == 3


def test_nothing_runs_or_fetches(pages: Any) -> None:
    """Is every hostile output, answer, name and message harmless on the page?"""
    text = page_of(pages, EVE)
    assert not re.search(r"<(script|iframe|object|embed|form|link)\b", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"""(src|href)\s*=\s*["']?\s*(https?:)?//""", text)
    assert "javascript:" not in text
    assert "evil.example" not in text
    assert "20 / 20</p>" in text
    assert 'class="notice">20' not in text
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in text


def test_hidden_values_stay_hidden(pages: Any) -> None:
    """Does what only the instructor may read stay off every page?"""
    for student in ("ada", "boole", EVE):
        assert SECRET not in page_of(pages, student)
        assert "HIDDEN TESTS" not in page_of(pages, student)


def test_nbgrader_writes_the_same_page(pages: Any) -> None:
    """Does `nbgrader generate_feedback` with our settings write the very same pages?"""
    ours = {student: page_of(pages, student) for student in ("ada", "boole", EVE)}
    source = Path(__file__).parents[2]
    (pages.root / "nbgrader_config.py").write_text(
        "from grading.feedback import feedback_config\n"
        "c = get_config()\n"
        "c.merge(feedback_config())\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", LAB, "--force"],
        cwd=pages.root,
        env={"PYTHONPATH": str(source), "HOME": str(pages.root), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "not recognized" not in done.stderr
    for student, text in ours.items():
        assert page_of(pages, student) == text


def test_one_student(course: Any) -> None:
    """Can one student's page be written without the others?"""
    made = write_feedback(course.root, LAB, students=["ada"])
    assert [page.parent.parent.name for page in made.pages] == ["ada"]
    assert not (course.root / "feedback" / "boole").exists()


def test_missing_record(course: Any) -> None:
    """Does a submission that another program graded still get a page with its points?"""
    (course.root / "records" / LAB / "boole.json").unlink()
    made = write_feedback(course.root, LAB, students=["boole"])
    assert made.failed == []
    assert "The record of this grading run is missing" in page_of(course, "boole")
    assert "<b>8</b> of 16 points" in page_of(course, "boole")


def test_failure_is_told(course: Any) -> None:
    """Is the student named whose page could not be made, and do the others get theirs?"""
    (course.root / "autograded" / "curie" / LAB / f"{LAB}.ipynb").write_text("{")
    made = write_feedback(course.root, LAB)
    assert made.failed == ["curie"]
    assert len(made.pages) == 5


def test_settings_are_not_changed(course: Any) -> None:
    """Are the caller's settings the same afterwards?"""
    config = feedback_config()
    config.CourseDirectory.db_url = course.db_url
    before = repr(config)
    write_feedback(course.root, LAB, students=["ada"], config=config)
    assert repr(config) == before
