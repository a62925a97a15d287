"""A class of twelve that hands in `ch02_mnist`: what every teacher meets in a term, in three minutes.

Each submission says which tests it must lose. The demo grades them like any class and compares.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.assignment import Assignment
from grading.checked import replace_text
from grading.commands import grade_lab
from grading.course import Course
from grading.errors import SetupError
from grading.records import Record
from grading.sandbox import ROOT, why_not

LAB = "ch02_mnist"
ANSWER = """In my run the accuracy is about 0.99 on the training rows and about 0.96 on the test rows.
With 407,050 weights and few images the network also learns what is peculiar to the training rows,
which does not help with new ones. So only the test rows tell how good it is."""

SETTINGS = """# The demo's course: the project's settings with a short time limit for each cell.
c = get_config()
load_subconfig("grader_config.py", path={root!r})
c.Grader.cell_seconds = 20
c.Grader.memory_mb = 3072
"""
NBGRADER = """# Lets nbgrader's own commands and formgrader work in this folder.
c = get_config()
load_subconfig("nbgrader_config.py", path={root!r})
c.CourseDirectory.root = {folder!r}
c.CourseDirectory.source_directory = {root!r} + "/solutions"
c.CourseDirectory.release_directory = "release"
"""

FLOAT64_LABELS = """
def prepare_labels(labels, num_classes=10):
    one_hot = np.zeros((len(labels), num_classes))
    one_hot[np.arange(len(labels)), labels] = 1
    return one_hot
"""
IGNORED_BATCHES = """
def train_model(model, x, y, epochs=5, batch_size=128):
    return model.fit(x, y, epochs=epochs, verbose=0).history

def my_bet():
    return 0.93
"""
TRANSPOSED = """
def find_confusions(y_true, y_pred, num_classes=10):
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (y_pred, y_true), 1)
    mistakes = matrix - np.diag(np.diag(matrix))
    return matrix, tuple(np.unravel_index(mistakes.argmax(), mistakes.shape))
"""
BRIGHTEST = """
def judge(model, images, labels):
    rows = images.reshape(len(images), 784).astype("float32") / images.max()
    one_hot = np.eye(10, dtype="float32")[labels]
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)
"""
ENDLESS = """
def find_confusions(y_true, y_pred, num_classes=10):
    return None

while True:
    pass
"""
EXIT = """
import os
os._exit(0)
"""
GREEDY = """
hoard = []
while True:
    hoard.append(np.ones((100, 2**20)))
"""
SNOOP = """
import os
import socket

def find_confusions(y_true, y_pred, num_classes=10):
    wanted = {"solutions", "submitted", "autograded", "gradebook.db", "grader_config.py"}
    found = []
    for folder in ("/", "/course", "/course/grading", "/data", "/home", "/root", "/tmp", "/work"):
        if os.path.isdir(folder):
            found += [name for name in os.listdir(folder) if name in wanted]
        try:
            open(os.path.join(folder, "loot"), "w").close()
            found += [] if folder in ("/home", "/tmp") else [folder]
        except OSError:
            pass
    try:
        socket.create_connection(("127.0.0.1", 80), timeout=2)
        found.append("a network")
    except OSError:
        pass
    return found

print("found:", find_confusions([], []))
"""

Change = Callable[[NotebookNode], NotebookNode | bytes]


@dataclass(frozen=True, slots=True)
class Submission:
    """One of the twelve: what was done to the right notebook, and which tests that must cost.

    `loses` are grade ids; "*" stands for all. `hostile` work is left out without a sandbox.
    """

    student: str
    change: Change
    loses: tuple[str, ...] = ()
    answered: bool = True
    hostile: bool = False


def _replaced(**cells: str) -> Change:
    def change(notebook: NotebookNode) -> NotebookNode:
        for cell in notebook.cells:
            if cell.id in cells:
                cell.source = cells[cell.id].strip()
        return notebook

    return change


def _untouched(notebook: NotebookNode) -> NotebookNode:
    return notebook


def _cut(notebook: NotebookNode) -> bytes:
    text = nbformat.writes(notebook).encode()
    return text[: len(text) // 2]


def _cells_deleted(notebook: NotebookNode) -> NotebookNode:
    """Keep no test, and forget an exercise."""
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.labs.kind not in ("test", "hidden") and cell.id != "find_confusions"
    ]
    return notebook


def _tests_edited(notebook: NotebookNode) -> NotebookNode:
    """Answer one exercise wrong, empty every test and ask for a hundred points each."""
    _replaced(judge=BRIGHTEST)(notebook)
    for cell in notebook.cells:
        if cell.metadata.labs.kind in ("test", "hidden"):
            cell.source = "pass"
            cell.metadata.nbgrader.points = 100
    return notebook


CONFUSIONS = ("test_find_confusions", "hidden_find_confusions")
JUDGE = ("test_judge", "hidden_judge")
CLASS = (
    Submission("01-full-marks", _untouched),
    Submission(
        "02-float64-labels",
        _replaced(prepare_labels=FLOAT64_LABELS),
        ("test_prepare_labels_house", "hidden_prepare_labels_house"),
    ),
    Submission(
        "03-batches-ignored",
        _replaced(train_model=IGNORED_BATCHES),
        ("test_train_model", "hidden_train_model"),
    ),
    Submission(
        "04-two-mistakes",
        _replaced(find_confusions=TRANSPOSED, judge=BRIGHTEST),
        (*CONFUSIONS, *JUDGE),
    ),
    Submission("05-empty-template", _untouched, ("*",), answered=False),
    Submission("06-broken-file", _cut, ("*",), answered=False),
    Submission("07-cells-deleted", _cells_deleted, CONFUSIONS),
    Submission("08-tests-edited", _tests_edited, JUDGE),
    Submission("09-endless-loop", _replaced(find_confusions=ENDLESS), CONFUSIONS, hostile=True),
    Submission("10-exits", _replaced(judge=EXIT), JUDGE, hostile=True),
    Submission("11-eats-memory", _replaced(judge=GREEDY), JUDGE, hostile=True),
    Submission("12-snoops", _replaced(find_confusions=SNOOP), CONFUSIONS, hostile=True),
)


def run_demo(folder: Path) -> int:
    """Make the class in a folder, grade it, compare; return 0 if each got what it deserves.

    Raises
    ------
    SetupError
        If `LABS_REQUIRE_SANDBOX` is set and no sandbox works here.
    """
    assignment = Assignment.load(ROOT, LAB)
    reason = why_not()
    if reason:
        if os.environ.get("LABS_REQUIRE_SANDBOX") == "1":
            raise SetupError(f"LABS_REQUIRE_SANDBOX=1, but {reason[0].lower()}{reason[1:]}")
        left = sum(submission.hostile for submission in CLASS)
        print(
            f"{reason} So {left} hostile submissions are left out, and the others are graded "
            "under resource limits only, as trusted work."
        )
    chosen = [one for one in CLASS if not (reason and one.hostile)]
    make_class(assignment, folder, chosen)
    course = Course.open(folder)
    print(f"A class of {len(chosen)} has handed in {LAB} in {folder / 'submitted'}.", flush=True)
    students = [one.student for one in chosen]
    records = grade_lab(course, LAB, students, isolated=not reason)
    wrong = [
        sentence
        for one, record in zip(chosen, records, strict=True)
        if (sentence := compare(one, record))
    ]
    for sentence in wrong:
        print(f"NOT AS IT SHOULD BE: {sentence}")
    if not wrong:
        print("Each submission got what it deserves.")
    return 1 if wrong else 0


def make_class(assignment: Assignment, folder: Path, class_: list[Submission]) -> None:
    """Write the submissions, and settings with which nbgrader's commands work there."""
    folder.mkdir(parents=True, exist_ok=True)
    root, here = str(ROOT), str(folder.resolve())
    replace_text(folder / "grader_config.py", SETTINGS.format(root=root))
    replace_text(folder / "nbgrader_config.py", NBGRADER.format(root=root, folder=here))
    for one in class_:
        notebook = copy.deepcopy(assignment.release)
        if one.answered:
            _fill_in(notebook, assignment)
        made = one.change(notebook)
        text = made.decode() if isinstance(made, bytes) else nbformat.writes(made) + "\n"
        replace_text(folder / "submitted" / one.student / LAB / f"{LAB}.ipynb", text)


def compare(submission: Submission, record: Record) -> str:
    """Say how a record differs from what the submission deserves; "" if it does not."""
    lost = {test.cell for test in record.tests if test.points < test.max_points}
    worth = {test.cell for test in record.tests if test.max_points > 0}
    due = worth if submission.loses == ("*",) else set(submission.loses)
    parts = []
    if lost - due:
        parts.append(f"lost {', '.join(sorted(lost - due))}")
    if due - lost:
        parts.append(f"did not lose {', '.join(sorted(due - lost))}")
    return f"{submission.student} {' and '.join(parts)}." if parts else ""


def _fill_in(notebook: NotebookNode, assignment: Assignment) -> None:
    """Put the right answers into a student's notebook."""
    solved = {cell.id: cell.source for cell in assignment.source.cells}
    for cell in notebook.cells:
        kind = cell.metadata.labs.kind
        if kind == "exercise":
            lines = solved[cell.id].splitlines()
            cell.source = "\n".join(line for line in lines if "### " not in line)
        elif kind == "question":
            cell.source = ANSWER
