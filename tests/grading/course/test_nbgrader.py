"""nbgrader's own commands on the same folders: release, autograde, feedback, export, formgrader."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grading.assignment import Assignment
from grading.class_run import grade_class, make_place
from grading.course import IGNORED, Course
from grading.feedback import write_feedback
from grading.gradebook import open_gradebook, points_by_cell
from grading.nbgrader_hooks import before_autograde, nbgrader_settings
from grading.records import read_record, record_path
from grading.sandbox import ROOT

LAB = "small"
HandIn = Callable[[str, NotebookNode | bytes], Path]


@pytest.fixture
def hooked(course: Course, lab_root: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The course, found by our preprocessors as `Course.open` finds a real one."""

    def open_course(folder: Path) -> Course:
        assert folder.resolve() == course.folder.resolve()
        return course

    monkeypatch.setattr(Course, "open", open_course)
    monkeypatch.setattr("grading.class_run.why_not", lambda: "")
    monkeypatch.setattr("grading.nbgrader_hooks._place", _place)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return course


def _place(folder: Path, lab: str, isolated: bool) -> Any:
    course = Course.open(folder)
    context = make_place(course, Assignment.load(course.labs, lab), isolated=isolated)
    place = context.__enter__()
    _place.contexts.append(context)
    return place


_place.contexts = []


@pytest.fixture
def settings(hooked: Course) -> Config:
    """nbgrader's settings, as nbgrader_config.py makes them."""
    config = nbgrader_settings()
    config.CourseDirectory.root = str(hooked.folder)
    config.CourseDirectory.source_directory = str(hooked.labs / "solutions")
    config.CourseDirectory.release_directory = "release"
    return config


@pytest.fixture
def nbgrader(settings: Config) -> Iterator[Callable[..., dict[str, Any]]]:
    """Return a function that runs one of nbgrader's commands through its Python interface."""

    def run(command: str, *arguments: str, **options: Any) -> dict[str, Any]:
        api = NbGraderAPI(CourseDirectory(config=settings), config=settings)
        result: dict[str, Any] = getattr(api, command)(*arguments, **options)
        return result

    yield run
    while _place.contexts:
        _place.contexts.pop().__exit__(None, None, None)


def points(course: Course, student: str) -> dict[str, float | None]:
    """Return a student's automatic points."""
    with open_gradebook(course) as gradebook:
        return points_by_cell(gradebook, LAB, student)


def test_release(nbgrader: Callable[..., dict[str, Any]], course: Course, tmp_path: Path) -> None:
    """Does nbgrader's own command make the student's version, and leave all else at home?"""
    folder = course.labs / "solutions" / LAB
    extras = {"lab.toml": "", "calibration.json": "{}", "answers/wrong.py": "x", "ladder.py": "x"}
    for name, text in extras.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "picture.png").write_bytes(b"x")
    try:
        result = nbgrader("generate_assignment", LAB)
    finally:
        for name in ("lab.toml", "calibration.json", "ladder.py", "picture.png"):
            (folder / name).unlink()
        shutil.rmtree(folder / "answers")
    assert result["success"], result["log"]
    made = course.folder / "release" / LAB
    assert {path.name for path in made.rglob("*")} == {f"{LAB}.ipynb", "picture.png"}
    ours = nbformat.read(course.labs / "labs" / LAB / f"{LAB}.ipynb", as_version=4)
    theirs = nbformat.read(made / f"{LAB}.ipynb", as_version=4)
    assert [cell.source for cell in theirs.cells] == [cell.source for cell in ours.cells]
    assert "HIDDEN" not in (made / f"{LAB}.ipynb").read_text()


@pytest.mark.sandbox
def test_the_same_grade_by_either_way(
    nbgrader: Callable[..., dict[str, Any]],
    course: Course,
    assignment: Assignment,
    hand_in: HandIn,
    answered: NotebookNode,
) -> None:
    """Are scores, verdicts, pages and exports the same by `nbgrader autograde` and by ours?"""
    hand_in("right", answered)
    cells = {cell.id: cell for cell in answered.cells}
    cells["double"].source = "def double(x):\n    return 2 * x.ravel()"
    cells["test_double"].source = "pass"
    cells["test_double"].metadata.nbgrader.points = 50
    answered.cells.append(nbformat.v4.new_code_cell("print('HALF A PAIR')"))
    text = nbformat.writes(answered).replace("HALF A PAIR", "mine')  # \\ud800 ('")
    hand_in("odd", text.encode())
    students = ["odd", "right"]
    with make_place(course, assignment, isolated=True) as place:
        records = grade_class(course, assignment, place, students)
    write_feedback(course.folder, LAB, config=course.config)
    ours = {student: points(course, student) for student in students}
    pages = {student: page(course, student) for student in students}
    notebooks = {student: judged(course, student) for student in students}
    shutil.rmtree(course.folder / "autograded")
    shutil.rmtree(course.folder / "records")
    shutil.rmtree(course.folder / "feedback")

    result = nbgrader("autograde", LAB, "*")
    assert result["success"], result["log"]
    assert {student: points(course, student) for student in students} == ours
    for student in students:
        for theirs, own in zip(judged(course, student), notebooks[student], strict=True):
            assert theirs == own
    for record in records:
        again = read_record(record_path(course.folder, LAB, record.student))
        assert again.tests == [
            type(new)(**{**as_dict(new), "seconds": old.seconds})
            for old, new in zip(again.tests, record.tests, strict=True)
        ]
        assert again.problems == record.problems
    result = nbgrader("generate_feedback", LAB)
    assert result["success"], result["log"]
    for student in students:
        assert page(course, student).splitlines() == pages[student].splitlines()


def as_dict(result: Any) -> dict[str, Any]:
    """Return the fields of a result."""
    return {name: getattr(result, name) for name in result.__slots__}


def page(course: Course, student: str) -> str:
    """Return a feedback page, but for the time of grading."""
    text = (course.folder / "feedback" / student / LAB / f"{LAB}.html").read_text()
    return re.sub(r"graded [\d-]+ [\d:]+", "graded then", text)


def judged(course: Course, student: str) -> list[tuple[str, str, str]]:
    """Return the cells of a judged notebook: id, source, outputs."""
    path = course.autograded(student, LAB) / f"{LAB}.ipynb"
    return [
        (cell.id, cell.source, json.dumps(cell.get("outputs")))
        for cell in nbformat.read(path, as_version=4).cells
    ]


@pytest.mark.sandbox
def test_files_of_a_student_go_nowhere(
    nbgrader: Callable[..., dict[str, Any]],
    course: Course,
    hand_in: HandIn,
    answered: NotebookNode,
    tmp_path: Path,
) -> None:
    """Is nothing kept of what lies beside a notebook, links to other places least of all?"""
    folder = hand_in("ada", answered).parent
    (tmp_path / "secret").write_text("secret")
    (folder / "data.csv").symlink_to(tmp_path / "secret")
    (folder / "numpy.py").write_text("raise SystemExit")
    (folder / "big.bin").write_bytes(b"x" * 10**6)
    (folder / "timestamp.txt").write_text("2026-11-21 10:00:00 UTC")
    result = nbgrader("autograde", LAB, "ada")
    assert result["success"], result["log"]
    assert points(course, "ada")["hidden_double"] == 2.0
    kept = {path.name for path in course.autograded("ada", LAB).iterdir()}
    assert kept == {f"{LAB}.ipynb", "timestamp.txt"}


@pytest.mark.sandbox
def test_late_work(
    nbgrader: Callable[..., dict[str, Any]],
    settings: Config,
    course: Course,
    hand_in: HandIn,
    answered: NotebookNode,
) -> None:
    """Is nbgrader's plugin for late work still asked?"""
    course.config.LateSubmissionPlugin.penalty_method = "zero"
    with open_gradebook(course) as gradebook:
        gradebook.find_assignment(LAB).duedate = datetime(2026, 11, 1)
        gradebook.db.commit()
    stamp = hand_in("ada", answered).with_name("timestamp.txt")
    stamp.write_text("2026-11-21 10:00:00 UTC")
    result = nbgrader("autograde", LAB, "ada")
    assert result["success"], result["log"]
    with open_gradebook(course) as gradebook:
        submission = gradebook.find_submission(LAB, "ada")
        assert (submission.score, submission.late_submission_penalty) == (4.0, 4.0)


def test_what_nbgrader_cannot_open_keeps_no_points(
    nbgrader: Callable[..., dict[str, Any]],
    course: Course,
    assignment: Assignment,
    place: Any,
    graded: Callable[..., Any],
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Does a broken resubmission lose its points here too, though nbgrader fails to read it?"""
    with monkeypatch.context() as patch:
        patch.setattr("grading.class_run.grade_submission", lambda *_: graded("ada"))
        grade_class(course, assignment, place, ["ada"])
    hand_in("ada", b'{"cells": ')
    result = nbgrader("autograde", LAB, "ada")
    assert not result["success"]
    assert set(points(course, "ada").values()) == {0.0}


def test_a_new_gradebook_gets_the_lab(
    hooked: Course, lab_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Can `nbgrader autograde` be the first command ever in a course?"""
    monkeypatch.chdir(hooked.folder)
    (hooked.folder / "gradebook.db").unlink()
    before_autograde(LAB, "*", [f"submitted/ada/{LAB}/{LAB}.ipynb"])
    with open_gradebook(hooked) as gradebook:
        assert gradebook.find_assignment(LAB).max_score == 7.0
        assert gradebook.assignment_submissions(LAB) == []


def test_releasing_after_grading(
    nbgrader: Callable[..., dict[str, Any]],
    course: Course,
    assignment: Assignment,
    place: Any,
    graded: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Are the cells that we put into the gradebook those that nbgrader would put there?"""
    monkeypatch.setattr("grading.class_run.grade_submission", lambda *_: graded("ada"))
    grade_class(course, assignment, place, ["ada"])
    result = nbgrader("generate_assignment", LAB)  # refuses if cells were added or removed
    assert result["success"], result["log"]
    assert points(course, "ada")["test_double"] == 1.0


def test_the_projects_config(tmp_path: Path) -> None:
    """Does nbgrader_config.py set all this up, and what grader_config.py says go first?"""
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert config.CourseDirectory.ignore == list(IGNORED)
    assert config.CourseDirectory.course_id == "deep_learning"
    for name in ("nbgrader_config.py", "grader_config.py"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "grading").symlink_to(ROOT / "grading")
    with (tmp_path / "grader_config.py").open("a") as file:
        file.write("\nc.CourseDirectory.release_directory = 'elsewhere'\n")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(tmp_path)).load_config()
    assert config.CourseDirectory.release_directory == "elsewhere"


# From here on nbgrader's programs run as processes of their own.

SETTINGS = """
import sys
sys.path.insert(0, {root!r})
from grading.nbgrader_hooks import nbgrader_settings
c = get_config()
c.merge(nbgrader_settings())
c.CourseDirectory.root = {folder!r}
c.CourseDirectory.course_id = "default_course"
"""


@pytest.fixture
def program(course: Course, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs a program in the course's folder."""
    text = SETTINGS.format(root=str(ROOT), folder=str(course.folder))
    (course.folder / "nbgrader_config.py").write_text(text)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments], cwd=course.folder, env=environment(tmp_path),
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def environment(home: Path) -> dict[str, str]:
    """Return variables with which a program finds this Python's kernel and no one's settings."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    folders = {name: str(home / "jupyter") for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    return {**os.environ, **folders, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(home)}


@pytest.fixture
def class_of_two(
    course: Course,
    assignment: Assignment,
    place: Any,
    graded: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], None]:
    """Return a function that grades ada and bob, without a sandbox, as often as it is called."""

    def grade(assignment: object, folder: object, student: str, *_: object) -> Any:
        return graded(student, hidden_double=0.0 if student == "bob" else 2.0)

    monkeypatch.setattr("grading.class_run.grade_submission", grade)
    return lambda: grade_class(course, assignment, place, ["ada", "bob"])


def test_export(
    program: Callable[..., subprocess.CompletedProcess[str]],
    class_of_two: Callable[[], None],
    course: Course,
) -> None:
    """Does `nbgrader export` write our scores?"""
    class_of_two()
    done = program("nbgrader", "export", "--to=grades.csv")
    assert done.returncode == 0, done.stderr
    with (course.folder / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"ada": 4.0, "bob": 2.0}


def test_validate(
    program: Callable[..., subprocess.CompletedProcess[str]],
    answered: NotebookNode,
    hand_in: HandIn,
) -> None:
    """Does `nbgrader validate` pass a right notebook and name the visible test that fails?"""
    path = hand_in("ada", answered)
    done = program("nbgrader", "validate", str(path))
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stdout + done.stderr
    next(cell for cell in answered.cells if cell.id == "halve").source = "halve = None"
    hand_in("ada", answered)
    done = program("nbgrader", "validate", str(path))
    assert "VALIDATION FAILED ON 1 CELL(S)!" in done.stdout, done.stdout + done.stderr
    assert "Half a number" in done.stdout


@pytest.fixture
def server(
    program: Callable[..., subprocess.CompletedProcess[str]],
    class_of_two: Callable[[], None],
    course: Course,
    tmp_path: Path,
) -> Iterator[Callable[..., Any]]:
    """JupyterLab with formgrader in the graded course; returns a function that asks it."""
    class_of_two()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.token=secret"]
    options += ["--ServerApp.port_retries=0", "--allow-root"]
    with (tmp_path / "jupyter.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=course.folder, env=environment(tmp_path), stdout=log, stderr=log,
        )  # fmt: skip

    def ask(path: str, content: object = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/{path}",
            data=body,
            method="GET" if body is None else "PUT",
            headers={"Authorization": "token secret", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
        return json.loads(text) if text.startswith(("{", "[")) else text

    try:
        for _ in range(300):
            try:
                ask("api/status")
                break
            except urllib.error.URLError:
                assert process.poll() is None, (tmp_path / "jupyter.log").read_text()
                time.sleep(0.1)
        yield ask
    finally:
        process.terminate()
        process.wait(30)


def test_formgrader(
    server: Callable[..., Any], class_of_two: Callable[[], None], course: Course
) -> None:
    """Can the written answer be marked in formgrader, and does the mark survive a re-grade?"""
    submissions = server(f"formgrader/api/submitted_notebooks/{LAB}/{LAB}")
    ada = next(one for one in submissions if one["student"] == "ada")
    assert ada["needs_manual_grade"]
    text = server(f"formgrader/submissions/{ada['id']}/")
    assert re.search(r'<input[^>]*class="score[^"]*"[^>]*id="why"', text)
    assert re.search(r'<textarea[^>]*id="why-comment"', text)
    assert "Because 2 / 2 is 1." in text
    assert "np.arange(20.0)" not in text  # the hidden test

    grades = server(f"formgrader/api/grades?submission_id={ada['id']}")
    comments = server(f"formgrader/api/comments?submission_id={ada['id']}")
    grade, comment = (next(x for x in rows if x["name"] == "why") for rows in (grades, comments))
    server(f"formgrader/api/grade/{grade['id']}", {"manual_score": 2.5, "extra_credit": 0})
    server(f"formgrader/api/comment/{comment['id']}", {"manual_comment": "Well put."})

    class_of_two()
    with open_gradebook(course) as gradebook:
        stored = gradebook.find_grade("why", LAB, LAB, "ada")
        assert (stored.manual_score, stored.needs_manual_grade) == (2.5, False)
        assert gradebook.find_comment("why", LAB, LAB, "ada").comment == "Well put."
        assert gradebook.find_submission(LAB, "ada").score == 6.5
    write_feedback(course.folder, LAB, config=course.config)
    assert "Well put." in page(course, "ada")


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_real_lab_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """Do all of nbgrader's commands work in the demo's folder, on the real lab?"""
    from grading.demo import CLASS, make_class
    from grading.demo import LAB as REAL

    variants = {"digits": ("mnist",), "fashion": ("fashion_mnist",)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grading.assignment._variants", lambda name: variants)
        make_class(Assignment.load(ROOT, REAL), tmp_path, [CLASS[0]])
    variables = environment(tmp_path / "home")
    if "LABS_DATA" not in variables:  # which would be looked for at home
        from data_scripts.places import cache_folder

        variables["LABS_DATA"] = str(cache_folder())
    for command in (
        ["generate_assignment", REAL],
        ["autograde", REAL],
        ["generate_feedback", REAL],
        ["export"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=tmp_path, env=variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert ",16.0,0.0,16.0,20.0" in (tmp_path / "grades.csv").read_text()
    assert any((tmp_path / "feedback").rglob("*.html"))
