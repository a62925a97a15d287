"""Tests of a lab as the grader sees it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grading.assignment import Assignment, code_of, title_and_hint
from grading.errors import SetupError


def test_what_a_lab_has(small_lab: Assignment) -> None:
    """Are kinds, tests and plan those of the source?"""
    names = ["test_double", "hidden_double", "test_halve", "hidden_halve"]
    assert [cell.id for cell in small_lab.tests] == names
    assert small_lab.kinds["double"] == "exercise"
    assert small_lab.questions == []
    plan = {cell["id"]: cell for cell in small_lab.plan()}
    assert plan["hidden_double"]["kind"] == "hidden"
    assert "### " not in plan["hidden_double"]["code"]
    assert "2 * x" in plan["double"]["code"]


def test_the_release_tells_nothing(small_lab: Assignment) -> None:
    """Does the student's notebook hold no solution and no hidden test?"""
    text = nbformat.writes(small_lab.release)
    assert "okapi" not in text
    assert "return 2 * x" not in text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('with lab.check("T", hint="H") as c:\n    pass', ("T", "H")),
        ('with lab.check("T") as c:\n    pass', ("T", "")),
        ('x = 1\nwith labkit.check("T" "U", hint="a" "b"):\n    pass', ("TU", "ab")),
        ("assert True", ("cell", "")),
        ('### BEGIN HIDDEN TESTS\nwith lab.check("T") as c:\n    pass\n### END HIDDEN TESTS',
         ("T", "")),
    ],
)  # fmt: skip
def test_title_and_hint(code: str, expected: tuple[str, str]) -> None:
    """Are title and hint of a test read without running it?"""
    assert title_and_hint(nbformat.v4.new_code_cell(code, id="cell")) == expected


def test_code_of_a_hidden_test() -> None:
    """Are nbgrader's markers gone, and everything else there?"""
    cell = nbformat.v4.new_code_cell("a\n  ### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc")
    assert code_of(cell) == "a\nb\nc"


def test_a_lab_that_is_not_there(tmp_path: Path) -> None:
    """Does the error name the file and what to do?"""
    with pytest.raises(SetupError, match="make labs"):
        Assignment.load(tmp_path, "nothing")


def test_notebooks_of_two_builds(small_lab: Assignment, tmp_path: Path) -> None:
    """Is a source notebook refused whose release is another build's?"""
    for folder, notebook in (("solutions", small_lab.source), ("labs", small_lab.release)):
        path = tmp_path / folder / "small" / "small.ipynb"
        path.parent.mkdir(parents=True)
        cells = notebook.cells[:-1] if folder == "labs" else notebook.cells
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    with pytest.raises(SetupError, match="not of one build"):
        Assignment.load(tmp_path, "small")
