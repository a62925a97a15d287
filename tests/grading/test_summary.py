"""What the report says of a class, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grading.marks import Standing
from grading.records import Problem, Record, read_record, record_path
from grading.summary import about, columns, difficulty, followed, tasks

LAB = "ch02_mnist"


def ada(course: Any, **changes: Any) -> Standing:
    record: Record = read_record(record_path(course.root, LAB, "ada"))
    return Standing.of(replace(record, **changes))


def test_long_lists_are_cut(graded_class: Any) -> None:
    """Are forty changed cells told in few words?"""
    problems = [Problem(code="changed", cell=str(i), message=f"Cell {i}.") for i in range(40)]
    (task,) = [t for t in tasks([ada(graded_class, problems=problems)]) if "tamper" in t.title]
    assert task.lines[0][1] == "Cell 0. Cell 1. Cell 2. Cell 3. And 36 more."


def test_kinds_of_problems(graded_class: Any) -> None:
    """Are accidents, tampering and limits told apart?"""
    problems = [Problem(code=code, message=code) for code in ("renamed", "points", "time")]
    found = {task.title: task.lines[0][1] for task in tasks([ada(graded_class, problems=problems)])}
    del found["Written answers to mark"]
    assert found == {
        "Perhaps tampering": "points",
        "Limits reached": "time",
        "Mended files": "renamed",
    }


def test_nothing_to_do(graded_class: Any) -> None:
    """Is a class that needs nobody told so?"""
    assert tasks([ada(graded_class, written=[])]) == []


def test_lab_that_changed(graded_class: Any) -> None:
    """Does every test have one column when submissions were graded by two versions of a lab?"""
    old = ada(graded_class)
    new = replace(old.record.tests[0], cell="test_new")
    tests, _ = columns([old, ada(graded_class, tests=[*old.record.tests, new])])
    assert [test.cell for test in tests[:3]] == [
        "test_prepare_images",
        "hidden_prepare_images",
        "test_new",
    ]


def test_difficulty(graded_class: Any) -> None:
    """Are points added up by exercise and by test?"""
    twice = [ada(graded_class), ada(graded_class)]
    assert difficulty(twice, "exercise")["prepare_images"].max_points == 6.0
    assert difficulty(twice, "cell")["test_prepare_images"].share == 1.0


def test_followed(graded_class: Any) -> None:
    """How many submissions and tests were judged with the lab's answers in place?"""
    tests = ada(graded_class).record.tests
    some = [replace(test, followed=["prepare_images"]) for test in tests[2:4]]
    standings = [ada(graded_class), ada(graded_class, tests=[*tests[:2], *some])]
    assert followed(standings) == (1, 2)


def test_about(graded_class: Any) -> None:
    """Are two versions of a program both named?"""
    other = ada(graded_class, versions={"python": "3.12.1"}, trusted=True)
    told = about([ada(graded_class), other])
    assert told["versions"]["python"] == "3.11.7 / 3.12.1"
    assert told["trusted"] == 1
