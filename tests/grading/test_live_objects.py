"""Tests of what crosses between test and student where both are shut in, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grading.assignment import Assignment
from grading.place import Place

pytestmark = [pytest.mark.sandbox]
LAB = """# %%
import numpy as np
import labkit
from types import SimpleNamespace
lab = SimpleNamespace(check=labkit.Check)

# %% free
VARIANT = "plain"

# %% exercise="write_rows"
def write_rows(folder, rows):
    ### BEGIN SOLUTION
    for number, row in enumerate(rows):
        np.save(folder / f"{number}.npy", row)
    ### END SOLUTION

# %% test="write_rows" points=1
with lab.check("A file for each row", hint="np.save") as check:
    folder = labkit.scratch()
    write_rows(folder, [np.arange(3), np.ones(2)])
    check.equal(sorted(path.name for path in folder.iterdir()), ["0.npy", "1.npy"], "the files")
    check.equal(np.load(folder / "0.npy"), [0, 1, 2], "the first row")

# %% exercise="slope"
def slope(f, x):
    ### BEGIN SOLUTION
    return (f(x + 0.5) - f(x - 0.5)) / 1.0
    ### END SOLUTION

# %% test="slope" points=1
with lab.check("The slope of a square", hint="both sides") as check:
    points = []
    def square(x):
        points.append(x)
        return x ** 2
    check.close(check.call(slope, square, 3.0), 6.0, "slope(square, 3)")
    check.equal(points, [3.5, 2.5], "the points")

# %% exercise="total"
def square(n):
    ### BEGIN SOLUTION
    return n * n
    ### END SOLUTION
def total(n):
    ### BEGIN SOLUTION
    return sum(square(i) for i in range(n))
    ### END SOLUTION

# %% test="total" points=1
with lab.check("It uses square", hint="call it") as check:
    kept = square
    del square
    try:
        check.raises(NameError, total, 3)
    finally:
        square = kept
    check.equal(total(3), 5, "total(3)")

# %% hidden="total" points=1
with lab.check("And what square gives", hint="call it") as check:
    def size(total):
        import os
        return [total(4), len(os.environ.get("LABS_COURSE_KEY", ""))]
    check.equal(labkit.inside(size, total), [14, 0], "the total, and what is known of the course")
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, build_lab: Any) -> Assignment:
    """A lab with files, functions of the test and names that it deletes."""
    return build_lab(tmp_path_factory.mktemp("live"), "live", LAB)


SAVES = "import os\ndef write_rows(folder, rows):\n    "
ANSWERS = {
    "right": ({}, {}),
    "a link to what the referee has": (
        {"write_rows": SAVES + "[os.symlink('/course/grading', folder / f'{i}.npy') for i in (0, 1)]"},
        {"test_write_rows": "is a link"},
    ),
    "a file elsewhere": (
        {"write_rows": SAVES + "open('/tmp/0.npy', 'w').close()"},
        {"test_write_rows": "the files"},
    ),
    "one side only": (
        {"slope": "def slope(f, x):\n    return (f(x + 1.0) - f(x)) / 1.0"},
        {"test_slope": "slope(square, 3)"},
    ),
    "by itself": (
        {"total": "def square(n):\n    return n * n\ndef total(n):\n    return sum(i * i for i in range(n))"},
        {"test_total": "NameError"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_in_sandboxes(name: str, lab: Assignment, own_tmp: Path, make_place: Callable[..., Place],
                      make_bench: Any) -> None:  # fmt: skip
    """Do files, callbacks, deleted names and helpers work between two sandboxes?"""
    answers, lost = ANSWERS[name]
    judged = make_bench(lab, make_place(cell_seconds=20)).grade(**answers)
    found = {test.cell: (test.verdict, test.detail) for test in judged.tests}
    assert {cell for cell, (verdict, _) in found.items() if verdict != "passed"} == set(lost), found
    for cell, words in lost.items():
        assert words in found[cell][1], found
