"""The demo: a class of twelve that hands in the real lab, with what each must lose."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grading import demo
from grading.assignment import Assignment
from grading.config import read_config, read_grader
from grading.course import Course
from grading.demo import CLASS, LAB, Submission, compare, make_class, run_demo
from grading.errors import SetupError, Unreadable
from grading.records import Outcome, Record, TestResult
from grading.restore import restore
from grading.sandbox import ROOT
from grading.submission import read_submission

NO_SANDBOX = "User namespaces do not work here."


@pytest.fixture(scope="module")
def lab() -> Assignment:
    """The real lab, as it stands in the project."""
    with pytest.MonkeyPatch.context():
        return Assignment.load(ROOT, LAB)


@pytest.fixture(autouse=True)
def _real_lab_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    variants = {"digits": ("mnist",), "fashion": ("fashion_mnist",)}
    monkeypatch.setattr("grading.assignment._variants", lambda name: variants)


def record_of(one: Submission, lab: Assignment) -> Record:
    """Make the record that a submission deserves."""
    tests = []
    for cell in lab.tests:
        worth = float(cell.metadata.nbgrader.points)
        lost = cell.id in one.loses or one.loses == ("*",)
        tests.append(
            TestResult(
                cell=cell.id,
                exercise=cell.metadata.labs.get("exercise", ""),
                kind="hidden" if cell.metadata.labs.kind == "hidden" else "visible",
                title=cell.id,
                points=0.0 if lost else worth,
                max_points=worth,
                verdict="failed" if lost else "passed",
            )
        )
    return Record(
        student=one.student, assignment=LAB, started="2026-11-21T13:00:00+00:00", seconds=1.0,
        outcome=Outcome(code="graded"), tests=tests,
    )  # fmt: skip


def test_the_class_is_written(lab: Assignment, tmp_path: Path) -> None:
    """Are there twelve submissions that can be restored, but for the one that is broken?"""
    folder = tmp_path / "demo"
    make_class(lab, folder, list(CLASS))
    course = Course.open(folder)
    assert course.students(LAB) == [one.student for one in CLASS]
    assert len(CLASS) == 12
    assert course.grader.cell_seconds == 20
    for one in CLASS:
        where = course.submitted(one.student, LAB)
        if one.student == "06-broken-file":
            with pytest.raises(Unreadable):
                read_submission(where, LAB)
            continue
        cells, problems = read_submission(where, LAB)
        assert problems == []
        restored = restore(lab, cells)
        noted = {problem.code for problem in restored.problems}
        expected = {"07-cells-deleted": {"deleted"}, "08-tests-edited": {"changed", "points"}}
        assert noted == expected.get(one.student, set())


def test_nbgrader_finds_its_way(lab: Assignment, tmp_path: Path) -> None:
    """Can nbgrader's commands be started in the demo's folder?"""
    from traitlets.config import PyFileConfigLoader

    make_class(lab, tmp_path, [])
    config = PyFileConfigLoader("nbgrader_config.py", path=str(tmp_path)).load_config()
    assert config.CourseDirectory.root == str(tmp_path)
    assert Path(config.CourseDirectory.source_directory) == ROOT / "solutions"
    assert not Path(config.CourseDirectory.release_directory).is_absolute()
    assert config.Autograde.autograde_preprocessors == ["grading.nbgrader_hooks.Judge"]
    assert read_grader(read_config(tmp_path)).cell_seconds == 20


def test_each_expects_tests_that_exist(lab: Assignment) -> None:
    """Does every submission name tests of the lab, and is the comparison met by what it deserves?"""
    tests = {cell.id for cell in lab.tests}
    for one in CLASS:
        assert set(one.loses) - {"*"} <= tests
        assert compare(one, record_of(one, lab)) == ""


def test_comparison(lab: Assignment) -> None:
    """Is what was lost without need, or kept without right, named?"""
    right, wrong = CLASS[0], CLASS[1]
    assert "01-full-marks lost test_" in compare(right, record_of(wrong, lab)).replace(
        "hidden_prepare_labels_house, ", ""
    )
    assert "did not lose" in compare(wrong, record_of(right, lab))


@pytest.fixture
def graded_students(monkeypatch: pytest.MonkeyPatch, lab: Assignment) -> list[list[str]]:
    """Let the demo grade nobody; what it would have graded, and how, is kept."""
    asked: list[list[str]] = []

    def grade(course: Course, name: str, students: list[str], *, isolated: bool) -> list[Record]:
        asked.append([*students, "isolated" if isolated else "trusted"])
        by_name = {one.student: one for one in CLASS}
        return [record_of(by_name[student], lab) for student in students]

    monkeypatch.setattr(demo, "grade_lab", grade)
    return asked


def test_with_a_sandbox(
    tmp_path: Path,
    graded_students: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Are all twelve graded in it?"""
    monkeypatch.setattr(demo, "why_not", lambda: "")
    assert run_demo(tmp_path) == 0
    assert graded_students == [[*(one.student for one in CLASS), "isolated"]]
    assert "Each submission got what it deserves." in capsys.readouterr().out


def test_without_a_sandbox(
    tmp_path: Path,
    graded_students: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Are the hostile ones left out, and the rest graded as trusted work?"""
    monkeypatch.delenv("LABS_REQUIRE_SANDBOX", raising=False)
    monkeypatch.setattr(demo, "why_not", lambda: NO_SANDBOX)
    assert run_demo(tmp_path) == 0
    ((*students, how),) = graded_students
    assert how == "trusted"
    assert students == [one.student for one in CLASS if not one.hostile]
    assert len(students) == 8
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(NO_SANDBOX)
    assert "4 hostile submissions are left out" in first


def test_a_sandbox_may_be_required(
    tmp_path: Path, graded_students: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does LABS_REQUIRE_SANDBOX=1 stop with a sentence where none works?"""
    monkeypatch.setenv("LABS_REQUIRE_SANDBOX", "1")
    monkeypatch.setattr(demo, "why_not", lambda: NO_SANDBOX)
    with pytest.raises(SetupError, match="LABS_REQUIRE_SANDBOX=1, but user namespaces"):
        run_demo(tmp_path)
    assert graded_students == []
    assert list(tmp_path.iterdir()) == []


def test_a_surprise_is_told(
    tmp_path: Path,
    lab: Assignment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Does the demo fail when one did not get what it deserves?"""
    monkeypatch.setattr(demo, "why_not", lambda: "")
    cheat = record_of(replace(CLASS[0]), lab)
    monkeypatch.setattr(demo, "grade_lab", lambda *_, **__: [cheat] * len(CLASS))
    assert run_demo(tmp_path) == 1
    assert "NOT AS IT SHOULD BE: 05-empty-template did not lose" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_demo_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Does each of the twelve get what it deserves, and does a second run change nothing?"""
    assert run_demo(tmp_path) == 0
    capsys.readouterr()
    assert run_demo(tmp_path) == 0
    assert "New grades: 0. Grades that differ from the last run: none." in capsys.readouterr().out
    for path in (tmp_path / "autograded").rglob("*.ipynb"):
        assert "BEGIN HIDDEN" not in json.dumps(json.loads(path.read_text()))
