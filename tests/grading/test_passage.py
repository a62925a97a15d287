"""Tests of one passage through a notebook: what runs at a cell, and how long a slow test may be."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grading import passage
from grading.passage import Passage, Step
from grading.restore import restore
from grading.stopwatch import Stopwatch
from grading.student import KernelGone, StudentKernel
from grading.submission import SubmittedCell

pytestmark = pytest.mark.sandbox


@contextlib.contextmanager
def through(bench: Any, answers: dict[str, str], **changes: Any) -> Iterator[Passage]:
    """Begin a passage through the small lab with other answers."""
    cells = [
        SubmittedCell(cell.cell_type, answers.get(cell.id, cell.source), cell.id)
        for cell in bench.lab.source.cells
    ]
    submission = Stopwatch(bench.place.budget.notebook_seconds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        where = (restore(bench.lab, cells), bench.place, 400, folder, submission)
        with Passage(bench.lab, *where, **changes) as run:
            yield run


def place_of(bench: Any, cell_id: str) -> int:
    return [cell.id for cell in bench.lab.source.cells].index(cell_id)


def test_steps(bench: Any) -> None:
    """Does what stands for a cell run in its place, the lab's part without a trace?"""
    answer = "secret = 7\ndef double(x): return secret * x"
    look = "print(double(ONE), [text for text in In if 'sec' + 'ret' in text], 'ONE = 1' in In)"
    steps = {"double": (Step("ONE = 1"), Step(answer, is_lab=True)), "halve": (Step(look),)}
    with through(bench, {}, steps=steps) as run:
        outputs = run.run_cell(place_of(bench, "halve")).outputs
    assert [output["text"] for output in outputs] == ["7 [] True\n"]
    assert run.cpu_seconds > 0


def test_what_is_left_out(bench: Any) -> None:
    """Does the lab's part of a cell run where the student's part is left out?"""
    steps = {"double": (Step("import os; os._exit(0)"), Step("double = np.abs", is_lab=True))}
    with through(bench, {}, steps=steps) as run:
        assert run.run_cell(place_of(bench, "double")).stopped == "died"
        assert run.run_cell(place_of(bench, "double") + 1).stopped == ""
        run.run_cell(place_of(bench, "halve"))
        assert run.verdict(place_of(bench, "test_halve"))["verdict"] == "passed"
    assert [problem.cell for problem in run.problems] == ["double"]


def test_a_kernel_that_does_not_start(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a kernel started again, and no cell blamed, where it ends before any cell has run?"""
    started, wait = [], StudentKernel.wait_until_ready

    def fails_at_first(kernel: StudentKernel) -> None:
        started.append(kernel)
        if len(started) <= 2:
            raise KernelGone("died")
        wait(kernel)

    monkeypatch.setattr(StudentKernel, "wait_until_ready", fails_at_first)
    with through(bench, {}) as run:
        run.run_cell(place_of(bench, "double"))
        assert run.verdict(place_of(bench, "test_double"))["verdict"] == "passed"
    assert len(started) == 3
    assert run.problems == []


def test_further_slow_tests_get_less_time(
    make_bench: Any, small_lab: Any, make_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a function without an end stopped sooner when another test calls it?"""
    monkeypatch.setattr(passage, "SLOW_LEAST", 1)
    bench = make_bench(small_lab, make_place(cell_seconds=4))
    endless = {"double": "def double(x):\n    while x.max() != 5: pass\n    return 2 * x"}
    seconds = []
    with through(bench, endless) as run:
        run.run_cell(place_of(bench, "double"))
        for test in ("test_double", "hidden_double"):
            run.run_cell(place_of(bench, "double"))  # the next kernel is ready
            before = time.monotonic()
            assert run.verdict(place_of(bench, test))["verdict"] == "time"
            seconds.append(time.monotonic() - before)
    assert seconds[1] < seconds[0] / 2
