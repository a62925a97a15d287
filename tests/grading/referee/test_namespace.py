"""Tests of a test cell's names: where they are kept, and what reaches the student's process."""

from __future__ import annotations

from typing import Any

import pytest

from grading.referee.namespace import CellNames


class Recorder:
    """A student's process that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def set(self, name: str, value: Any) -> None:
        self.told.append(("set", name, value))

    def delete(self, name: str) -> None:
        self.told.append(("del", name))


CASES: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("f = 5", [("set", "f", 5)]),
    ("f = f", []),
    ("mine = 5", []),
    ("del f", [("del", "f")]),
    ("g = f\ndel f\nf = g", [("del", "f"), ("set", "f", 1)]),
    ("for f in (2, 3): pass", [("set", "f", 2), ("set", "f", 3)]),
    ("new = 7", [("set", "new", 7)]),
    ("def f(): return 1\nf = 4", None),
    ("def change():\n    global f\n    f = 9\nchange()", [("set", "f", 9)]),
    ("def change():\n    global f\n    del f\nchange()", [("del", "f")]),
    ("[f for f in (1, 2)]", []),
    ("class A:\n    f = 3", []),
    ("import math as f", None),
    ("try:\n    1 / 0\nexcept ZeroDivisionError as f:\n    pass", None),
]


@pytest.mark.parametrize(("code", "told"), CASES)
def test_what_the_student_is_told(code: str, told: list[tuple[Any, ...]] | None) -> None:
    """Do rebinding and deleting reach the student at once, for names that are theirs only?"""
    everything: dict[str, Any] = {"f": 1, "given": 2}
    student = Recorder()
    names = CellNames(everything, frozenset({"f", "new"}), student)
    exec(compile(code, "cell", "exec"), everything, names)
    names.write_back()
    if told is None:
        assert student.told
        assert student.told[-1][1] == "f"
    else:
        assert student.told == told


def test_functions_of_the_cell_see_its_names() -> None:
    """Are names that the cell binds at its top seen by its functions and comprehensions?"""
    everything: dict[str, Any] = {"f": 1}
    names = CellNames(everything, frozenset({"f"}), Recorder())
    code = "x = 2\ndef g(): return x + f\ny = [g() + x for _ in range(1)]\nclass A:\n    z = x"
    exec(compile(code, "cell", "exec"), everything, names)
    assert (everything["y"], everything["A"].z) == ([5], 2)


@pytest.mark.parametrize("code", ["nothing", "del nothing", "f\ndel f\nf"])
def test_missing_names(code: str) -> None:
    """Is a name that there is not a NameError, as everywhere?"""
    everything: dict[str, Any] = {"f": 1}
    names = CellNames(everything, frozenset({"f"}), Recorder())
    with pytest.raises(NameError):
        exec(compile(code, "cell", "exec"), everything, names)
