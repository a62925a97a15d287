"""The function in the middle: a restored notebook and a place in, a judged notebook out.

The student's kernel runs the notebook cell by cell. At a test cell it pauses and the referee runs
the test. A kernel that ends (by `os._exit`, for lack of memory, by a cell that cannot be
interrupted) is started once more: the notebook runs again without the cell that ended it, and the
verdicts so far stand.
"""

from __future__ import annotations

import copy
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from grading.assignment import TESTS, Assignment
from grading.outputs import verdict_outputs
from grading.place import Place
from grading.records import Problem, TestResult, WrittenAnswer
from grading.referee.client import RefereeGone, RefereeProcess
from grading.restore import Restored
from grading.results import numbers_text, test_result, written_answer
from grading.student import PATIENCE, CellRun, KernelGone, StudentKernel
from grading.verdicts import VERDICTS

MAX_STARTS = 8  # of the kernel; a notebook that ends it more often is not worth more
REFEREE_GRACE = 10  # seconds beyond a test's own limit, for given cells and data


@dataclass(slots=True)
class Judged:
    """A judged notebook, and what the record keeps of how it came about."""

    notebook: NotebookNode
    tests: list[TestResult] = field(default_factory=list)
    written: list[WrittenAnswer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory_mb: float = 0.0


def judge(assignment: Assignment, restored: Restored, place: Place, slot: int = 0) -> Judged:
    """Run and judge one notebook.

    Parameters
    ----------
    assignment, restored
        The lab, and the student's notebook as `restore` made it.
    place
        Budget, data, sandboxes.
    slot
        Number of this run among those that run at the same time.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="labs-") as folder:
        # Both processes reach their folders below this one; neither can list it.
        os.chmod(folder, 0o711)
        run = _Run(assignment, restored, place, slot, Path(folder), started)
        try:
            run.go()
        finally:
            run.end()
    judged = run.judged
    judged.seconds = time.monotonic() - started
    return judged


class _Run:
    """The state of one submission's run: which kernel, which referee, what was left out."""

    def __init__(
        self, assignment: Assignment, restored: Restored, place: Place, slot: int, folder: Path,
        started: float,
    ) -> None:  # fmt: skip
        self._assignment = assignment
        self._place = place
        self._slot = slot
        self._folder = folder
        self._deadline = started + place.budget.notebook_seconds
        self._variant = restored.variant
        self._kernel: StudentKernel | None = None
        self._referee: RefereeProcess | None = None
        self._starts = 0
        self._left_out: set[str] = set()  # cells that were stopped or ended the kernel
        self._stopped: dict[str, str] = {}  # exercises whose cell is one of these, and how
        self._sources = {cell.id: cell for cell in assignment.source.cells}
        self.judged = Judged(copy.deepcopy(restored.notebook))

    def go(self) -> None:
        """Run the notebook's cells in order, judging the tests."""
        for place, cell in enumerate(self.judged.notebook.cells):
            kind = cell.metadata.labs.kind
            if kind in TESTS:
                self._judge_cell(place, cell)
            elif kind == "question":
                self._note_answer(place, cell)
            elif cell.cell_type == "code" and kind != "demo":
                self._run_cell(place, cell)

    def end(self) -> None:
        """End both processes and add up what they used."""
        self._end_kernel()
        self._end_referee()

    def _run_cell(self, place: int, cell: NotebookNode) -> None:
        try:
            run = self._ready_kernel(place).run(cell.source, self._seconds())
        except KernelGone as gone:
            run = CellRun(stopped=gone.reason)
            self._end_kernel()
        if run.stopped:
            self._leave_out(cell, run.stopped)
        if run.stopped == "memory":
            self._end_kernel()
        cell.outputs = run.outputs

    def _judge_cell(self, place: int, cell: NotebookNode) -> None:
        source = self._sources[cell.id]
        exercise = source.metadata.labs.get("exercise", "")
        found = self._verdict(place, cell)
        if found["verdict"] not in ("passed", "partial") and exercise in self._stopped:
            found = {**found, "verdict": self._stopped[exercise], "message": ""}
        result = test_result(source, found)
        self.judged.tests.append(result)
        cell.outputs = verdict_outputs(result)

    def _verdict(self, place: int, cell: NotebookNode) -> dict[str, Any]:
        try:
            kernel = self._ready_kernel(place)
        except KernelGone as gone:
            return {"verdict": gone.reason, "message": ""}
        seconds = self._seconds()
        try:
            found = self._let_referee_in(
                kernel, {"do": "judge", "cell": cell.id, "seconds": seconds}
            )
        except RefereeGone:
            self._end_kernel()
            self._end_referee()
            text = "The test could not be finished with what your code gave it."
            return {"verdict": "died", "message": text}
        return found

    def _note_answer(self, place: int, cell: NotebookNode) -> None:
        names = list(self._sources[cell.id].metadata.labs.get("numbers", ()))
        values: dict[str, float] = {}
        if names:
            order = {"do": "values", "names": names, "seconds": 10}
            try:
                values = self._let_referee_in(self._ready_kernel(place), order)["values"]
            except (KernelGone, RefereeGone):
                self._end_kernel()
                self._end_referee()
        release = next(given for given in self._assignment.release.cells if given.id == cell.id)
        title = self._assignment.question_title(cell.id)
        numbers = numbers_text(names, values, cell.source)
        self.judged.written.append(written_answer(cell, release, title, numbers))

    def _let_referee_in(self, kernel: StudentKernel, order: dict[str, Any]) -> dict[str, Any]:
        """Give the referee an order while the kernel serves it; return the answer."""
        kernel.let_referee_in(order["seconds"])
        patient = {**order, "seconds": PATIENCE * order["seconds"]}
        found = self._order(patient, patient["seconds"])
        try:
            if found.get("verdict") in ("time", "died"):
                # The watch on the kernel may know better than the referee why it is gone.
                found["verdict"] = kernel.reason or found["verdict"]
                raise KernelGone(found["verdict"])
            kernel.referee_is_done()
        except KernelGone:  # the answer stands, the next cell gets a new kernel
            self._end_kernel()
        return found

    def _ready_kernel(self, place: int) -> StudentKernel:
        """Return a kernel that has run all the student's cells above `place`."""
        while self._kernel is None:
            if self._starts >= MAX_STARTS:
                raise KernelGone("died")
            if time.monotonic() > self._deadline:
                raise KernelGone("time")
            self._start_kernel()
            for cell in self.judged.notebook.cells[:place]:
                if not self._is_run(cell):
                    continue
                try:
                    self._kernel.run(cell.source, self._seconds())
                except KernelGone as gone:
                    self._end_kernel()
                    self._leave_out(cell, gone.reason)
                    break
        return self._kernel

    def _is_run(self, cell: NotebookNode) -> bool:
        kind = cell.metadata.labs.kind
        return cell.cell_type == "code" and kind not in (*TESTS, "demo") and (
            cell.id not in self._left_out
        )  # fmt: skip

    def _start_kernel(self) -> None:
        """Start the student's kernel, and the referee unless one runs; both meet on a socket."""
        self._starts += 1
        folder, wire = self._folder / "kernel", self._folder / "wire"
        folder.mkdir(exist_ok=True)
        wire.mkdir(exist_ok=True)
        # The student's user passes through the folder of the socket, and cannot write in it.
        wire.chmod(0o711)
        socket = wire / f"{self._starts}.sock"
        try:
            if self._referee is None:
                plan = {"cells": self._assignment.plan(), "variant": self._variant}
                sandbox = self._place.referee_sandbox(wire, self._slot)
                self._referee = RefereeProcess(sandbox, self._place.referee, plan, self._deadline)
            self._referee.order({"do": "listen", "socket": str(socket)}, 30)
            sandbox = self._place.student_sandbox(folder, wire, self._slot)
            self._kernel = StudentKernel(sandbox, socket, self._place.agent, self._deadline)
            self._kernel.wait_until_ready()
        except RefereeGone as gone:
            self._end_referee()
            if time.monotonic() > self._deadline:
                raise KernelGone("time") from None
            raise LabBroken(f"the referee cannot be started: {gone}") from None
        except KernelGone:
            self._end_kernel()
            raise

    def _order(self, order: dict[str, Any], seconds: float) -> dict[str, Any]:
        assert self._referee is not None
        answer = self._referee.order(order, seconds + REFEREE_GRACE)
        if "broken" in answer:
            raise LabBroken(answer["broken"])
        return answer

    def _leave_out(self, cell: NotebookNode, reason: str) -> None:
        """Note that a cell had to be stopped, and run it no more if the notebook runs again."""
        self._left_out.add(cell.id)
        exercise = cell.metadata.labs.get("exercise", "")
        if exercise:
            self._stopped[exercise] = reason
        text = f"Cell {cell.id}: {VERDICTS[reason].meaning}"
        self.judged.problems.append(Problem(code=reason, cell=cell.id, message=text))

    def _seconds(self) -> float:
        left = self._deadline - time.monotonic()
        return max(0.5, min(self._place.budget.cell_seconds, left))

    def _end_kernel(self) -> None:
        if self._kernel is not None:
            cpu, peak = self._kernel.end()
            self.judged.cpu_seconds += cpu
            self.judged.peak_memory_mb = max(self.judged.peak_memory_mb, peak)
            self._kernel = None
            # Folders nested by the thousand, as a student can make, are too deep for Python's own.
            command = ["rm", "-rf", "--", str(self._folder / "kernel")]
            subprocess.run(command, stderr=subprocess.DEVNULL, check=False)

    def _end_referee(self) -> None:
        if self._referee is not None:
            self.judged.cpu_seconds += self._referee.end()
            self._referee = None


class LabBroken(Exception):
    """A given cell of the lab itself failed in the referee: no fault of the student."""
