"""What remains of a student's cell where the lab's answer stands in its place."""

from __future__ import annotations

from typing import Any

import pytest

from grading.inside.stand_in import helpers, keep, put_back, run_helpers

CELL = """
import math, os.path as paths
from numpy import *
import numpy as np
SIDE = 28
LIMITS: tuple = (0, -1)
first, second = 1, 2
count = len(data)
data /= 255
data[0] = 7
print(SIDE)
while True: pass
def scale(x):
    return x / SIDE
class Box: pass
def double(x): return 2 * x
async def late(): pass
if SIDE: hidden = 1
"""


def test_what_remains() -> None:
    """Do definitions and plain constants remain, and nothing that does something?"""
    lines = [line for line in helpers(CELL, {"double", "np"}).splitlines() if line[:1] != " "]
    assert lines == [
        "import math, os.path as paths",
        "from numpy import *",
        "SIDE = 28",
        "LIMITS: tuple = (0, -1)",
        "def scale(x):",
        "class Box:",
        "async def late():",
    ]


@pytest.mark.parametrize("source", ["def double(x: return", "\0", "", "x = (", "1 / 0"])
def test_nothing_to_keep(source: str) -> None:
    """Has a cell that is not Python, or defines nothing, no helpers?"""
    assert helpers(source, set()) == ""


class Shell:
    """As much of IPython's shell as is needed."""

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {"f": 1}

    def transform_cell(self, source: str) -> str:
        return source.replace("%", "#")

    def run_cell(self, source: str, *, store_history: bool) -> None:
        assert not store_history
        exec(source, self.user_ns)


def test_helpers_run_in_the_shell() -> None:
    """Are helpers of a cell with magics bound, without a trace in the history?"""
    shell = Shell()
    run_helpers(shell, "%matplotlib inline\nSIDE = 28\nf = 2", ["f"])
    assert shell.user_ns["SIDE"] == 28
    assert shell.user_ns["f"] == 1


def test_names_are_put_back() -> None:
    """Does a name hold the very same object again, and is one that was missing left alone?"""
    shell = Shell()
    shell.user_ns["f"] = kept = object()
    keep(shell, ["f", "g"])
    del shell.user_ns["f"]
    shell.user_ns["g"] = 5
    put_back(shell)
    assert shell.user_ns["f"] is kept
    assert shell.user_ns["g"] == 5
