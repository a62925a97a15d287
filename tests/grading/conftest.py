"""A small class that has been graded: six submissions, made by hand, in nbgrader's folders and
gradebook.

ada     everything right; her written answer waits
boole   partly right; his answer is marked by hand, with a comment
curie   the template as it was given
dirac   a file that could not be read
fermi   an endless loop
EVE     a hostile name, hostile outputs, a changed test
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)
from nbgrader.api import Gradebook

from grading.assignment import Assignment
from grading.inside.agent import Agent
from grading.judge import Judged, judge
from grading.place import Budget, Place
from grading.records import Outcome, Problem, Record, TestResult, WrittenAnswer, write_record
from grading.referee.proxies import Student
from grading.restore import restore
from grading.sandbox import FIRST_UID
from grading.submission import SubmittedCell
from grading.watch import descendants

LAB = "ch02_mnist"
EVE = "<img src=x onerror=alert(1)>"
HOSTILE = "<script>alert('message')</script>"
SECRET = "expected 0.1307, the hidden mean"
TESTS = [
    ("test_prepare_images", "prepare_images", "visible", 1.0, "The result has one row an image"),
    ("hidden_prepare_images", "prepare_images", "hidden", 2.0, "Pixels are scaled to 0 to 1"),
    ("test_build_model", "build_model", "visible", 2.0, "The network has 407,050 parameters"),
    ("hidden_build_model", "build_model", "hidden", 3.0, "The last layer gives probabilities"),
    ("test_train_model", "train_model", "visible", 2.0, "The loss falls during training"),
    ("hidden_train_model", "train_model", "hidden", 2.0, "The model is right on unseen digits"),
]
ANSWERS = {
    "prepare_images": "def prepare_images(x):\n    return x.reshape(len(x), -1) / 255",
    "build_model": "def build_model():\n    return keras.Sequential([...])",
    "train_model": "def train_model(model, x, y):\n    return model.fit(x, y)",
}
VERDICTS = {
    "ada": ["passed"] * 6,
    "boole": ["passed", "failed", "passed", "partial", "raised", "not_run"],
    "curie": ["not_attempted"] * 6,
    "dirac": ["not_run"] * 6,
    "fermi": ["passed", "passed", "time", "not_run", "died", "memory"],
    EVE: ["passed", "passed", "failed", "failed", "output", "failed"],
}
EARNED = {"passed": 1.0, "partial": 0.5}
MESSAGES = {
    "failed": "Expected values between 0 and 1, got 0 to 255. Look at the division.",
    "partial": "2 of 4 cases are right.",
    "raised": "AttributeError: 'NoneType' object has no attribute 'fit'. Is the `return` missing?",
    "not_attempted": "The exercise is as it was given.",
    "time": "The cell took more than 20 s and was stopped.",
    "died": "The Python process ended during the cell.",
    "memory": "The program used more than 2048 MiB.",
    "output": "The cell printed more than 1 MB.",
    "not_run": "The model of the exercise before is missing.",
}


@dataclass(frozen=True)
class Course:
    """The graded class: its folder, and nbgrader's database in it."""

    root: Path

    @property
    def db_url(self) -> str:
        """Address of the gradebook."""
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def gradebook(self) -> Gradebook:
        """Open the gradebook; the caller closes it."""
        return Gradebook(self.db_url)


def make_record(student: str) -> Record:
    """Make the record of one of the six."""
    number = list(VERDICTS).index(student)
    hostile = f" {HOSTILE}" if student == EVE else ""
    tests = [
        TestResult(
            cell=cell,
            exercise=exercise,
            kind=kind,
            title=title,
            hint="See “Data” in the notebook.",
            points=points * EARNED.get(verdict, 0.0),
            max_points=points,
            verdict=verdict,
            message=MESSAGES.get(verdict, "") + hostile,
            detail=SECRET if kind == "hidden" and verdict == "failed" else "",
            seconds=0.2,
        )
        for (cell, exercise, kind, points, title), verdict in zip(
            TESTS, VERDICTS[student], strict=True
        )
    ]
    answered = student not in ("curie", "dirac")
    refused = Outcome(code="unreadable", message="The file is no notebook: line 1 is not JSON.")
    changed = Problem(
        code="changed",
        cell="test_build_model",
        message="A test cell was changed; the lab's own test was run." + hostile,
    )
    return Record(
        student=student,
        assignment=LAB,
        started=f"2026-11-21T13:0{number}:00+00:00",
        seconds=[14.2, 16.0, 6.1, 0.1, 41.7, 15.5][number],
        cpu_seconds=[15.1, 17.2, 6.0, 0.1, 40.2, 15.9][number],
        peak_memory_mb=[812.0, 845.0, 640.0, 0.0, 2048.0, 830.0][number],
        outcome=refused if student == "dirac" else Outcome(code="graded"),
        data="real",
        variant="digits",
        versions={"python": "3.11.7", "tensorflow": "2.21.0", "keras": "3.15.1"},
        budget={"seconds a cell": 20, "memory, MiB": 2048},
        problems=[changed] if student == EVE else [],
        tests=tests,
        written=[
            WrittenAnswer(
                cell="why_gap",
                title="Why is the test accuracy below the training accuracy?",
                max_points=4.0,
                answered=answered,
                points=None if answered else 0.0,
                numbers="test_accuracy = 0.9712, train_accuracy = 0.9921" if answered else "",
            )
        ],
    )


def make_notebook(student: str) -> nbformat.NotebookNode:
    """Make the judged notebook of one of the six, as it lies in `autograded/`."""
    record = make_record(student)
    cells = [
        new_markdown_cell(
            "# Handwritten digits\n\nThe loss is $-\\log p_k$ for the true class $k$, and\n"
            r"$$p_k = \frac{e^{z_k}}{\sum_{j=1}^{10} e^{z_j}}$$",
            id="title",
        )
    ]
    for test in record.tests:
        if test.kind == "visible":
            cells.append(_exercise(test.exercise, student))
        cells.append(_test(test))
    if student == EVE:
        cells.append(_hostile_cell())
    answer = "Because the network has seen the training images. 0.992 against 0.971."
    if student == EVE:
        answer = (
            "[mark me](javascript:alert(1)) <b onmouseover=alert(1)>bold</b> "
            "<script>alert(1)</script> ![spy](https://evil.example/spy.png)"
        )
    cells.append(
        _graded(new_markdown_cell(answer, id="why_gap"), "why_gap", "question", True, points=4)
    )
    return new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )


def _graded(
    cell: nbformat.NotebookNode,
    name: str,
    kind: str,
    solution: bool,
    points: float | None = None,
) -> nbformat.NotebookNode:
    cell.metadata["labs"] = {"kind": kind}
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": not solution,
        "task": False,
        **({} if points is None else {"points": points}),
    }
    return cell


def _exercise(name: str, student: str) -> nbformat.NotebookNode:
    source = ANSWERS[name] if student != "curie" else "# Your code here\nraise NotImplementedError"
    printed = new_output("stream", name="stdout", text=f"{name} is ready\n")
    return _graded(new_code_cell(source, id=name, outputs=[printed]), name, "exercise", True)


def _test(test: TestResult) -> nbformat.NotebookNode:
    if test.kind == "hidden":
        source = f"# Hidden test: {test.title}. It runs when your work is graded."
    else:
        source = f'with lab.check("{test.title}", hint="{test.hint}") as check:\n    ...'
    outputs = []
    if test.verdict == "partial":
        outputs = [
            new_output("execute_result", data={"text/plain": f"{test.points}"}, execution_count=1)
        ]
    elif test.verdict != "passed":
        outputs = [new_output("error", ename="CheckFailed", evalue=test.message, traceback=[])]
    cell = new_code_cell(source, id=test.cell, outputs=outputs)
    return _graded(
        cell, test.cell, "hidden" if test.kind == "hidden" else "test", False, test.max_points
    )


def _hostile_cell() -> nbformat.NotebookNode:
    def show(data: dict[str, str], metadata: dict[str, object] | None = None) -> object:
        return new_output("display_data", data=data, metadata=metadata or {})

    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
    dot += "RU5ErkJggg=="
    svg = "<svg onload='alert(1)'><script>alert(1)</script><circle r='9'/></svg>"
    return new_code_cell(
        "display(everything)",
        id="own_cell",
        outputs=[
            show(
                {"text/html": "<script>alert(1)</script><p class='notice' id='why_gap'>20 / 20</p>"}
            ),
            show({"text/html": "<iframe src='https://evil.example'></iframe>"}),
            show({"text/html": "<b>x</b>"}, {"text/html": {"isolated": True}}),
            show({"application/javascript": "alert('js')"}),
            show({"image/svg+xml": svg}),
            show({"image/png": dot}, {"filenames": {"image/png": "https://evil.example/x.png"}}),
            show({"text/markdown": "[go](javascript:alert(2)) ![s](http://evil.example/m.png)"}),
            show({"text/latex": "<script>alert('latex')</script>"}),
            new_output(
                "stream", name="stdout", text="\x1b[31m<script>alert('red')</script>\x00\ud800"
            ),
        ],
    )


def _fill(course: Course) -> None:
    with course.gradebook() as gradebook:
        gradebook.add_assignment(LAB)
        gradebook.add_notebook(LAB, LAB)
        for cell, _, _, points, _ in TESTS:
            gradebook.add_grade_cell(cell, LAB, LAB, max_score=points, cell_type="code")
        for cell in ANSWERS:
            gradebook.add_solution_cell(cell, LAB, LAB)
        gradebook.add_grade_cell("why_gap", LAB, LAB, max_score=4, cell_type="markdown")
        gradebook.add_solution_cell("why_gap", LAB, LAB)
        for student in VERDICTS:
            gradebook.add_student(student, first_name=student.capitalize(), last_name="Class")
            gradebook.add_submission(LAB, student)
            record = make_record(student)
            for test in record.tests:
                grade = gradebook.find_grade(test.cell, LAB, LAB, student)
                grade.auto_score, grade.needs_manual_grade = test.points, False
            written = gradebook.find_grade("why_gap", LAB, LAB, student)
            written.auto_score = record.written[0].points
            written.needs_manual_grade = record.written[0].points is None
        marked = gradebook.find_grade("why_gap", LAB, LAB, "boole")
        marked.manual_score, marked.needs_manual_grade = 3.5, False
        comment = gradebook.find_comment("why_gap", LAB, LAB, "boole")
        comment.manual_comment = "Good. **Which** images has it seen?"
        gradebook.add_student("gauss", first_name="Carl", last_name="Class")
        gradebook.db.commit()


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class, made once; a test that changes it takes `course` instead."""
    course = Course(tmp_path_factory.mktemp("course"))
    with pytest.MonkeyPatch.context() as patch:
        # a new gradebook starts the program `alembic`, which lies beside Python
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        _fill(course)
    for student in VERDICTS:
        write_record(course.root, make_record(student))
        target = course.root / "autograded" / student / LAB / f"{LAB}.ipynb"
        target.parent.mkdir(parents=True)
        # escaped, as JSON allows: the half surrogate pair in EVE's output comes back on reading
        target.write_text(json.dumps(make_notebook(student)), encoding="ascii")
    return course


@pytest.fixture
def course(graded_class: Course, tmp_path: Path) -> Course:
    """A copy of the class that a test may change."""
    shutil.copytree(graded_class.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def served() -> Iterator[Callable[[dict[str, Any]], socket.socket]]:
    """Start agents on names in threads; give the sockets on which they listen to a referee."""
    started: list[tuple[socket.socket, socket.socket, threading.Thread]] = []

    def serve(names: dict[str, Any]) -> socket.socket:
        near, far = socket.socketpair()
        thread = threading.Thread(target=Agent(far, names).serve, daemon=True)
        thread.start()
        started.append((near, far, thread))
        return near

    yield serve
    for near, far, thread in started:
        near.close()
        thread.join(5)
        far.close()


@pytest.fixture
def student(served: Callable[[dict[str, Any]], socket.socket]) -> Callable[[str], Student]:
    """Run a student's code and return the referee's end of the wire to its names."""

    def run(code: str) -> Student:
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(textwrap.dedent(code), names)
        student = Student(served(names))
        student.channel.deadline = time.monotonic() + 20
        return student

    return run


SMALL_LAB = '''# %% [markdown]
# # A small lab

# %%
import numpy as np
import labkit
from types import SimpleNamespace
lab = SimpleNamespace(check=labkit.Check)
numbers = np.arange(6.0)

# %% free
VARIANT = "plain"

# %% exercise="double"
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %%
doubled = double(numbers)

# %% test="double" points=1
with lab.check("Twice a number", hint="multiply by two") as check:
    check.close(check.call(double, np.array([1.0, 2.0])), [2.0, 4.0], "double(x)")

# %% hidden="double" points=2
with lab.check("Any array is doubled", hint="does it work for all shapes?") as check:
    x = np.arange(20.0).reshape(4, 5) + sum([0.25, 0.5])  # okapi
    check.close(check.call(double, x), 2 * x, "double(x)")
    check.true(np.mean(double(x)) == 20.5, "okapi")

# %% exercise="halve"
def halve(x):
    """Return half of x."""
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION

# %% test="halve" points=1
with lab.check("Half a number", hint="divide") as check:
    check.close(check.call(halve, np.array([1.0, 2.0])), [0.5, 1.0], "halve(x)")

# %% hidden="halve" points=2
with lab.check("Any array is halved", hint="shapes") as check:
    x = np.arange(20.0).reshape(4, 5)
    check.close(check.call(halve, x), x / 2, "halve(x)")
'''
# Far from the users that a grader at work on this machine takes, and other ones in each process of
# pytest: `no_traces` would take the sandbox of a test beside it for one left over.
SLOT = 400 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def _build_lab(folder: Path, name: str, text: str) -> Assignment:
    from authoring.build import notebook_bytes, release, source_notebook
    from authoring.source import read_source

    script = folder / "solutions" / name / f"{name}.py"
    script.parent.mkdir(parents=True)
    script.write_text(text, encoding="utf-8")
    source = source_notebook(read_source(script))
    files = release(name, notebook_bytes(source), script.parent)
    released = nbformat.reads(files[Path("labs", name, f"{name}.ipynb")].decode(), 4)
    return Assignment(name, source, released, {"plain": ()})


@dataclass(frozen=True)
class Bench:
    """A lab, and a place to grade it in."""

    lab: Assignment
    place: Place

    def grade(
        self, extra: str = "", *, template: bool = False, place: Place | None = None, **answers: str
    ) -> Judged:
        """Judge the lab with other answers in its exercises, and a cell of the student's own."""
        notebook = self.lab.release if template else self.lab.source
        cells = [
            SubmittedCell(
                cell.cell_type, textwrap.dedent(answers.get(cell.id, cell.source)), cell.id
            )
            for cell in notebook.cells
        ]
        if extra:
            cells.append(SubmittedCell("code", textwrap.dedent(extra)))
        return self.judge(cells, place)

    def judge(self, cells: list[SubmittedCell], place: Place | None = None) -> Judged:
        """Judge the lab with cells as a student may hand them in."""
        return judge(self.lab, restore(self.lab, cells), place or self.place, SLOT)


@pytest.fixture(scope="session")
def small_lab(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A lab of two exercises, `double` and `halve`, of 3 points each."""
    return _build_lab(tmp_path_factory.mktemp("small"), "small", SMALL_LAB)


@pytest.fixture(scope="session")
def build_lab() -> Callable[[Path, str, str], Assignment]:
    """Make a lab of a percent script, as `make labs` does: folder, name, text."""
    return _build_lab


@pytest.fixture
def make_bench() -> type[Bench]:
    """Put a lab in a place."""
    return Bench


@pytest.fixture
def make_place(tmp_path: Path) -> Callable[..., Place]:
    """Return places without data, within other limits where a test says so."""

    def make(**limits: int) -> Place:
        usual = {"cell_seconds": 20, "notebook_seconds": 100, "memory_mb": 700, "file_mb": 64}
        return Place(Budget(**{**usual, **limits}), tmp_path, tmp_path, {}, "a course key")

    return make


@pytest.fixture
def bench(small_lab: Assignment, make_place: Callable[..., Place]) -> Bench:
    """The small lab, ready to be graded."""
    return Bench(small_lab, make_place())


@pytest.fixture
def own_tmp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Take a folder of its own for temporary files, with a short path as sockets need.

    Not in `tmp_path`, which is only asked for so that pytest's folder lies elsewhere.
    """
    folder = Path(tempfile.mkdtemp(prefix="lt-"))
    folder.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def started_here() -> set[int]:
    """Return the ids of the processes below this one, and of those of this test's users.

    Those that have ended and wait for their parent to notice are left out: bubblewrap leaves the
    first process of each sandbox to the machine's first process, which may take its time.
    """
    below = set(descendants(os.getpid()))
    users = range(FIRST_UID + 2 * SLOT, FIRST_UID + 2 * SLOT + 200)
    found = set()
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # it may have ended in the meantime
            if entry.name.isdigit() and (int(entry.name) in below or entry.stat().st_uid in users):
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                found |= {int(entry.name)} if state not in "ZX" else set()
    return found


@pytest.fixture(autouse=True)
def no_traces(request: pytest.FixtureRequest) -> Iterator[None]:
    """Want a test of the sandbox to leave no process, mount or temporary file behind."""
    if request.node.get_closest_marker("sandbox") is None:
        yield
        return
    folder = request.getfixturevalue("own_tmp")
    processes, mounts = started_here(), Path("/proc/self/mounts").read_text()
    yield
    deadline = time.monotonic() + 5
    while (left := started_here() - processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left
    assert Path("/proc/self/mounts").read_text() == mounts
    assert list(folder.iterdir()) == []
