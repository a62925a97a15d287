"""T02, T10 to T13, F33: answers that a person marks, in notebooks that would mark themselves."""

from __future__ import annotations

import copy

from tests.integrity.case import WRONG, Case
from tests.integrity.cases.files import Change, Notebook, cell, changed, marks

ANSWER = "Because no square is below 0."


def claims(id: str, title: str, change: Change) -> Case:
    """A wrong function, and a written answer in a file that claims its points."""
    return Case(
        id, title, lab="essay", cells={"f": WRONG, "why": ANSWER}, shape=changed(change), alone=True
    )


def _points(notebook: Notebook) -> None:
    marks(notebook, "why")["points"] = 100


def _second(notebook: Notebook) -> None:
    twin = copy.deepcopy(cell(notebook, "why"))
    twin["id"] = "why-2"
    notebook["cells"].append(twin)


def _second_test(notebook: Notebook) -> None:
    """The answer's name on a test that passes: with points from nbgrader's `determine_grade`."""
    twin = copy.deepcopy(cell(notebook, "test_f"))
    twin["id"], twin["source"] = "why-2", "5"
    twin["metadata"]["nbgrader"] = {**marks(notebook, "why"), "solution": False}
    notebook["cells"].append(twin)


def _code(notebook: Notebook) -> None:
    one = cell(notebook, "why")
    one.update(cell_type="code", source="5", outputs=[], execution_count=None)
    marks(notebook, "why")["solution"] = False


def _no_solution(notebook: Notebook) -> None:
    marks(notebook, "why")["solution"] = False


def _task(notebook: Notebook) -> None:
    marks(notebook, "why").update(task=True, solution=False, points=50)


def _copied(notebook: Notebook) -> None:
    place = notebook["cells"].index(cell(notebook, "why"))
    twin = copy.deepcopy(notebook["cells"][place])
    twin["id"], twin["source"] = "why-2", f"{ANSWER} So f is never below 3."
    notebook["cells"].insert(place + 1, twin)


CASES = (
    claims("T02", "the written answer's mark says 100 points", _points),
    claims("T10", "a second cell has the written answer's name", _second),
    claims(
        "T10.test", "a cell of code with the written answer's name shows a number", _second_test
    ),
    claims("T11", "the written answer is code, marked as no solution", _code),
    claims("T12", "the written answer's mark says that it is no solution", _no_solution),
    claims("T13", "the written answer is marked as a task of 50 points", _task),
    Case(
        "F33",
        "the written answer was copied, and the copy goes on",
        lab="essay",
        cells={"why": ANSWER},
        shape=changed(_copied),
        alone=True,
        truth={"test_f": 3.0},
    ),
    Case(
        "F33.template",
        "the right function, no written answer",
        lab="essay",
        truth={"test_f": 3.0},
        waits=False,
    ),
    Case(
        "F33.honest",
        "the right function, a written answer",
        lab="essay",
        cells={"why": ANSWER},
        truth={"test_f": 3.0},
    ),
)
