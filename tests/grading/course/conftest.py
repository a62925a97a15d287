"""A small lab of three cells to answer, without TensorFlow and data, and a course that takes it."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from traitlets.config import Config

from authoring.build import notebook_bytes, release, source_notebook
from authoring.source import read_source
from grading.assignment import Assignment
from grading.class_run import make_place
from grading.config import read_grader
from grading.course import Course
from grading.gradebook import add_assignment, open_gradebook
from grading.one import Graded
from grading.outputs import verdict_outputs
from grading.place import Budget, Place
from grading.records import Outcome, Record
from grading.results import test_result as result_of
from grading.results import written_answer

LAB = "small"
SOURCE = '''# %% [markdown]
# # A small lab

# %%
from types import SimpleNamespace

import numpy as np

import labkit

lab = SimpleNamespace(check=labkit.Check)
numbers = np.arange(6.0)

# %% free
VARIANT = "plain"

# %% [markdown]
# ## Work

# %% exercise="double"
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% test="double" points=1
with lab.check("Twice a number", hint="Multiply by two.") as check:
    check.close(check.call(double, np.array([1.0, 2.0])), [2.0, 4.0], "double(x)")

# %% hidden="double" points=2
with lab.check("Any array is doubled", hint="Does it work for all shapes?") as check:
    x = np.arange(20.0).reshape(4, 5)
    check.close(check.call(double, x), 2 * x, "double(x)")

# %% [markdown]
# Now half of it.

# %% exercise="halve"
def halve(x):
    """Return half of x."""
    ### BEGIN SOLUTION
    return x / 2
    ### END SOLUTION

# %% test="halve" points=1
with lab.check("Half a number", hint="Divide by two.") as check:
    check.close(check.call(halve, np.array([1.0, 2.0])), [0.5, 1.0], "halve(x)")

# %% [markdown] question="why" points=3
# Why does halving undo doubling?
#
# ### BEGIN SOLUTION
# Because 2 / 2 is 1.
# ### END SOLUTION
'''
ANSWER = "Because 2 / 2 is 1."
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "halve": "def halve(x):\n    return x / 2",
    "why": ANSWER,
}
WORTH = {"test_double": 1.0, "hidden_double": 2.0, "test_halve": 1.0}


def build_lab(root: Path, changes: Mapping[str, str] | None = None) -> Assignment:
    """Write the lab's source notebook and student version below a root, and load both.

    `changes` are replacements in its source.
    """
    text = SOURCE
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    folder = root / "solutions" / LAB
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{LAB}.py").write_text(text)
    data = notebook_bytes(source_notebook(read_source(folder / f"{LAB}.py")))
    (folder / f"{LAB}.ipynb").write_bytes(data)
    for path, content in release(LAB, data, folder).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return Assignment.load(root, LAB)


@pytest.fixture
def make_lab() -> Callable[..., Assignment]:
    """The function that writes the small lab below a root, with changes in its source."""
    return build_lab


@pytest.fixture(scope="session")
def lab_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where solutions/ and labs/ of the small lab lie; a test that changes them makes its own."""
    root = tmp_path_factory.mktemp("labs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grading.assignment._variants", small_variants)
        build_lab(root)
    return root


def small_variants(name: str) -> dict[str, tuple[str, ...]]:
    """Stand in for labkit's list of labs, which does not know the small one."""
    return {"plain": (), "other": ()}


@pytest.fixture(autouse=True)
def _small_lab_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grading.assignment._variants", small_variants)


@pytest.fixture
def assignment(lab_root: Path) -> Assignment:
    """The small lab."""
    return Assignment.load(lab_root, LAB)


@pytest.fixture(scope="session")
def empty_gradebook(lab_root: Path) -> Path:
    """A new gradebook with the small lab in it, to be copied: making one takes seconds."""
    config = Config()
    course = Course(lab_root, read_grader(config), config, lab_root)
    with pytest.MonkeyPatch.context() as patch, open_gradebook(course) as gradebook:
        patch.setattr("grading.assignment._variants", small_variants)
        add_assignment(gradebook, Assignment.load(lab_root, LAB))
    return lab_root / "gradebook.db"


@pytest.fixture
def course(tmp_path: Path, lab_root: Path, empty_gradebook: Path) -> Course:
    """A course that takes the small lab; nobody has handed in yet."""
    folder = tmp_path / "course"
    folder.mkdir()
    shutil.copyfile(empty_gradebook, folder / "gradebook.db")
    config = Config()
    config.Grader.cell_seconds = 10
    config.Grader.notebook_seconds = 60
    config.Grader.memory_mb = 1500
    return Course(folder, read_grader(config), config, lab_root)


@pytest.fixture
def answered(assignment: Assignment) -> NotebookNode:
    """The student's version with right answers; a test may change it."""
    notebook = copy.deepcopy(assignment.release)
    for cell in notebook.cells:
        cell.source = RIGHT.get(cell.id, cell.source)
    return notebook


@pytest.fixture
def hand_in(course: Course) -> Callable[[str, NotebookNode | bytes], Path]:
    """Return a function that puts a notebook into a student's folder."""

    def put(student: str, notebook: NotebookNode | bytes) -> Path:
        path = course.submitted(student, LAB) / f"{LAB}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = notebook if isinstance(notebook, bytes) else nbformat.writes(notebook).encode()
        path.write_bytes(data)
        return path

    return put


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Where nothing is run: for tests that look at records only."""
    return Place(Budget(), tmp_path, tmp_path, {}, "key")


@pytest.fixture
def graded(assignment: Assignment) -> Callable[..., Graded]:
    """Return a function that makes a result as a run gives it, without a run."""

    def make(student: str = "ada", answer: str = ANSWER, **points: float) -> Graded:
        """Points are by cell, full where none are given."""
        notebook = copy.deepcopy(assignment.release)
        tests = []
        for cell in notebook.cells:
            cell.source = {**RIGHT, "why": answer or "YOUR ANSWER HERE"}.get(cell.id, cell.source)
        for source in assignment.tests:
            got = points.get(source.id, WORTH[source.id])
            result = result_of(source, {"verdict": "partial", "points": got})
            tests.append(result)
            place = next(cell for cell in notebook.cells if cell.id == source.id)
            place.outputs = verdict_outputs(result)
        question = next(cell for cell in notebook.cells if cell.id == "why")
        release = next(cell for cell in assignment.release.cells if cell.id == "why")
        record = Record(
            student=student,
            assignment=LAB,
            started="2026-11-21T13:00:00+00:00",
            seconds=1.0,
            outcome=Outcome(code="graded"),
            tests=tests,
            written=[written_answer(question, release, "Why", "")],
        )
        return Graded(record, notebook)

    return make


@pytest.fixture
def running(
    course: Course, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """Where submissions are run."""
    monkeypatch.setattr("grading.class_run.why_not", lambda: "")
    with make_place(course, assignment, isolated=True) as place:
        yield place
