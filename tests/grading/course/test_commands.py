"""The command line: mistakes get one sentence and exit code 1, help comes at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat.notebooknode import NotebookNode

from authoring.labfile import lab_names
from grading.__main__ import main
from grading.course import Course
from grading.gradebook import open_gradebook
from grading.one import Graded
from grading.sandbox import ROOT

LAB = "small"
HandIn = Callable[[str, NotebookNode | bytes], Path]
Make = Callable[..., Graded]


@pytest.fixture
def run(
    course: Course,
    lab_root: Path,
    graded: Make,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command in the course and returns exit code, output, errors.

    No sandbox starts: whoever is called "lazy" has no points, all others have all.
    """

    def grade(assignment: object, folder: object, student: str, *rest: object) -> Graded:
        points = {"test_double": 0.0, "hidden_double": 0.0} if student == "lazy" else {}
        return graded(student, **points)

    def open_course(folder: Path) -> Course:
        opened = real_open(folder)
        return Course(opened.folder, opened.grader, opened.config, lab_root)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--course", str(course.folder)])
        said = capsys.readouterr()
        return code, said.out, said.err

    real_open = Course.open
    monkeypatch.setattr(Course, "open", open_course)
    monkeypatch.setattr("grading.class_run.why_not", lambda: "")
    monkeypatch.setattr("grading.class_run.grade_submission", grade)
    return call


def one_sentence(text: str) -> str:
    """Check that a command said one line and no traceback; return it."""
    assert text.startswith("grading: ")
    assert text.count("\n") == 1
    return text


def test_grading(run: Callable, hand_in: HandIn, answered: NotebookNode, course: Course) -> None:
    """Are scores, feedback and report there after one command, and does a second change nothing?"""
    hand_in("ada", answered)
    hand_in("lazy", answered)
    hand_in("back\\slash", answered)
    code, out, err = run("grade", LAB)
    assert code == 0
    assert "Grading 2 submissions of small" in out
    assert "lazy: 1 of 7 points" in out
    assert "New grades: 2." in out
    assert r"Left out: submitted/'back\\slash'" in out
    assert (course.folder / "report" / f"{LAB}.html").is_file()
    for student in ("ada", "lazy"):
        assert (course.folder / "feedback" / student / LAB / f"{LAB}.html").is_file()
    code, out, err = run("grade", LAB)
    assert (code, "Traceback" in err) == (0, False)
    assert "New grades: 0. Grades that differ from the last run: none." in out


def test_odd_ids_of_students(
    run: Callable, hand_in: HandIn, answered: NotebookNode, course: Course
) -> None:
    """Are students with spaces, signs and other letters in their ids graded like any other?"""
    students = ["Ann Lee", "-lead", "007", "josé@uni.example", "a+b;c=d&e", "李娜", "o'neil", "50%"]
    for student in students:
        hand_in(student, answered)
    code, out, err = run("grade", LAB)
    assert (code, "Traceback" in err) == (0, False)
    with open_gradebook(course) as gradebook:
        for student in students:
            assert f"{student}: 4 of 7 points" in out
            assert gradebook.find_submission(LAB, student).score == 4.0
            assert (course.folder / "feedback" / student / LAB / f"{LAB}.html").is_file()
    lines = (course.folder / "report" / f"{LAB}.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(students) + 1


def test_feedback_and_report_alone(
    run: Callable, hand_in: HandIn, answered: NotebookNode, course: Course
) -> None:
    """Can both be written again, and do they say where to begin when nothing is graded?"""
    for command in ("feedback", "report"):
        code, _, err = run(command, LAB)
        assert code == 1
        assert "python -m grading grade small" in one_sentence(err)
    hand_in("ada", answered)
    run("grade", LAB)
    for command in ("feedback", "report"):
        shutil.rmtree(course.folder / command)
        assert run(command, LAB)[0] == 0
        assert any((course.folder / command).rglob("*.html"))


def test_nobody_has_handed_in(run: Callable) -> None:
    """Does an empty course say where submissions go?"""
    code, _, err = run("grade", LAB)
    assert code == 1
    assert "submitted/STUDENT/small/small.ipynb" in one_sentence(err)


def test_unknown_lab(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a wrong name answered with what is there?"""
    code, _, err = run("grade", "pretty_small")
    assert code == 1
    assert "pretty_small" in one_sentence(err)


def test_unknown_lab_of_the_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Does the project name its labs?"""
    assert main(["grade", "ch02_minst", "--course", str(tmp_path)]) == 1
    names = ", ".join(lab_names(ROOT))
    assert f"There is no lab 'ch02_minst'; there are {names}" in one_sentence(
        capsys.readouterr().err
    )


def test_unknown_student(run: Callable, hand_in: HandIn, answered: NotebookNode) -> None:
    """Is a student who has not handed in named?"""
    hand_in("ada", answered)
    code, _, err = run("grade", LAB, "--student", "bob")
    assert code == 1
    assert "bob has handed in no small" in one_sentence(err)


def test_some_students(run: Callable, hand_in: HandIn, answered: NotebookNode) -> None:
    """Are only those graded who are asked for, each once?"""
    for student in ("ada", "bob", "-eve"):
        hand_in(student, answered)
    code, out, _ = run("grade", LAB, "--student", "ada", "--student=-eve", "--student", "ada")
    assert code == 0
    assert "Grading 2 submissions" in out


def test_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Is a course that is not there one sentence?"""
    for command in ("grade", "feedback", "report"):
        assert main([command, LAB, "--course", str(tmp_path / "nowhere")]) == 1
        assert "no course folder" in one_sentence(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("c.Grader.worker = 2", "no setting"),
        ("c.Grader.workers = 'two'", "workers"),
        ("nonsense", "NameError"),
        ("c.CourseDirectory.db_url = 'sqlite:////nowhere/x.db'", "gradebook"),
    ],
)
def test_bad_settings(
    run: Callable,
    hand_in: HandIn,
    answered: NotebookNode,
    course: Course,
    line: str,
    words: str,
) -> None:
    """Is each mistake in grader_config.py one sentence?"""
    hand_in("ada", answered)
    (course.folder / "grader_config.py").write_text(f"c = get_config()\n{line}\n")
    code, _, err = run("grade", LAB)
    assert code == 1
    assert words in one_sentence(err)


def test_workers(run: Callable, hand_in: HandIn, answered: NotebookNode) -> None:
    """Is a number of workers that makes no sense refused?"""
    hand_in("ada", answered)
    code, _, err = run("grade", LAB, "--workers", "0")
    assert code == 1
    assert "--workers must be 1 or more" in one_sentence(err)
    assert run("grade", LAB, "--workers", "1")[0] == 0


def test_no_sandbox(
    run: Callable, hand_in: HandIn, answered: NotebookNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does a machine without a sandbox grade nothing, unless the work is trusted?"""
    hand_in("ada", answered)
    monkeypatch.setattr("grading.class_run.why_not", lambda: "A sandbox needs Linux.")
    code, out, err = run("grade", LAB)
    assert code == 1
    assert "--no-sandbox" in one_sentence(err)
    assert "ada" not in out
    code, out, _ = run("grade", LAB, "--no-sandbox")
    assert code == 0
    assert "trusted work" in out


def test_no_gpu(run: Callable, hand_in: HandIn, answered: NotebookNode, course: Course) -> None:
    """Does a lab that requires a GPU stop before the first submission where there is none?"""
    if any(Path("/dev").glob("nvidia[0-9]*")):
        pytest.skip("this machine has a GPU")
    hand_in("ada", answered)
    settings = "c = get_config()\nc.Grader.require_gpu = ['small']\n"
    (course.folder / "grader_config.py").write_text(settings)
    code, out, err = run("grade", LAB)
    assert code == 1
    assert "requires a GPU" in one_sentence(err)
    assert "ada" not in out


def test_interrupted(
    run: Callable, hand_in: HandIn, answered: NotebookNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does Ctrl-C end with a sentence and code 130, and leave out what has not begun?"""
    begun = []

    def grade(assignment: object, folder: object, student: str, *rest: object) -> Graded:
        begun.append(student)
        time.sleep(0.05)
        raise KeyboardInterrupt

    for number in range(20):
        hand_in(f"student-{number}", answered)
    monkeypatch.setattr("grading.class_run.grade_submission", grade)
    code, _, err = run("grade", LAB)
    assert code == 130
    assert "kept" in one_sentence(err)
    assert len(begun) < 20


def test_asked_to_end() -> None:
    """Does SIGTERM end a run as Ctrl-C does, so that no sandbox is left?"""
    program = (
        "import runpy, sys, time\n"
        "from grading import commands\n"
        "commands.grade = lambda _: (print('ready', flush=True), time.sleep(60))\n"
        "sys.argv = ['grading', 'grade', 'small']\n"
        "runpy.run_module('grading', run_name='__main__', alter_sys=True)\n"
    )
    grader = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert grader.stdout is not None
    assert grader.stdout.readline() == "ready\n"
    grader.terminate()
    _, err = grader.communicate(timeout=10)
    assert grader.returncode == 130
    assert "kept" in one_sentence(err)


@pytest.mark.parametrize("arguments", [["--help"], ["grade", "--help"], ["demo", "--help"]])
def test_help_comes_at_once(arguments: list[str]) -> None:
    """Does help import nothing that takes time?"""
    names = "nbformat nbgrader nbconvert tensorflow keras numpy sqlalchemy traitlets jinja2"
    program = (
        "import sys, runpy\n"
        f"sys.argv = ['grading', *{arguments!r}]\n"
        "try: runpy.run_module('grading', run_name='__main__', alter_sys=True)\n"
        f"finally: print('heavy:', [n for n in {names.split()!r} if n in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ},
    )  # fmt: skip
    assert "usage: python -m grading" in done.stdout
    assert "heavy: []" in done.stdout
