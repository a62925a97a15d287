"""One passage through a notebook: the student's kernel, the referee, and what had to be left out.

The kernel runs the cells in order. At a test cell it pauses and the referee runs the test. A kernel
that ends (by `os._exit`, for lack of memory, by a cell that cannot be interrupted) is started once
more: the notebook runs again without the cell that ended it, and the verdicts so far stand.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from grading.assignment import TESTS, Assignment
from grading.place import Place
from grading.records import Problem
from grading.referee.client import RefereeGone, RefereeProcess
from grading.restore import Restored
from grading.stopwatch import PATIENCE, Stopwatch
from grading.student import CellRun, KernelGone, StudentKernel
from grading.verdicts import VERDICTS

MAX_STARTS = 8  # of the kernel; a notebook that ends it more often is not worth more
REFEREE_GRACE = 10  # seconds beyond a test's own limit, for given cells and data
# Once a test has run into its limit, this part of it is left for each further one: a function that
# never ends must not use up the time of the whole notebook.
SLOW_PART = 0.25
SLOW_LEAST = 5  # seconds, which remain in any case


class LabBroken(Exception):
    """A given cell of the lab itself failed in the referee: no fault of the student."""


@dataclass(frozen=True, slots=True)
class Step:
    """Code that runs at a cell.

    What is not the student's but the lab's leaves no trace in the kernel's history, and it also
    runs where the student's part of the cell is left out.
    """

    code: str
    is_lab: bool = False


class Passage:
    """One passage through one submission's notebook.

    Parameters
    ----------
    assignment, restored
        The lab, and the student's notebook as `restore` made it.
    place, slot
        See `judge`.
    folder
        Where the sockets lie; one passage at a time.
    submission
        The time of the whole submission, which may have several passages.
    steps
        What runs at a cell, by its id, where it is not the cell itself.
    """

    def __init__(
        self, assignment: Assignment, restored: Restored, place: Place, slot: int, folder: Path,
        submission: Stopwatch, steps: Mapping[str, tuple[Step, ...]] | None = None,
    ) -> None:  # fmt: skip
        self._assignment = assignment
        self._place = place
        self._slot = slot
        self._folder = folder
        self._submission = submission
        self._variant = restored.variant
        self._cells = restored.notebook.cells
        self._sources = {cell.id: cell for cell in assignment.source.cells}
        self._steps = dict(steps or {})
        self._kernel: StudentKernel | None = None
        self._referee: RefereeProcess | None = None
        self._starts = 0
        self._stopped: dict[str, str] = {}  # exercises whose cell was stopped, and how
        self._was_slow = False  # whether a test has run into its limit
        self.left_out: set[str] = set()  # ids of cells that were stopped or ended the kernel
        self.problems: list[Problem] = []
        self.cpu_seconds = 0.0
        self.peak_memory_mb = 0.0

    def __enter__(self) -> Passage:
        return self

    def __exit__(self, *_: object) -> None:
        """End both processes; what they used is added up then."""
        self._end_kernel()
        self._end_referee()

    @property
    def out_of_time(self) -> bool:
        """Whether the submission's time is over."""
        return self._submission.left < 0

    def run_cell(self, at: int) -> CellRun:
        """Run the code cell at a place of the notebook, and return what the student's part gave."""
        cell = self._cells[at]
        try:
            run = self._run_steps(self._ready_kernel(at), cell)
        except KernelGone as gone:
            run = CellRun(stopped=gone.reason)
            self._end_kernel()
        if run.stopped:
            self._leave_out(cell, run.stopped)
        if run.stopped == "memory":
            self._end_kernel()
        return run

    def verdict(self, at: int) -> dict[str, Any]:
        """Return what the referee says of the test cell at a place (see `test_result`)."""
        cell = self._cells[at]
        exercise = self._sources[cell.id].metadata.labs.get("exercise", "")
        try:
            found = self._judge(self._ready_kernel(at), cell.id)
        except KernelGone as gone:
            found = {"verdict": gone.reason, "message": ""}
        except RefereeGone:
            self._end_kernel()
            self._end_referee()
            text = "The test could not be finished with what your code gave it."
            found = {"verdict": "died", "message": text}
        self._was_slow = self._was_slow or found["verdict"] == "time"
        if found["verdict"] not in ("passed", "partial") and exercise in self._stopped:
            found = {**found, "verdict": self._stopped[exercise], "message": ""}
        return found

    def values(self, at: int, names: list[str]) -> dict[str, float]:
        """Return those of the student's values at a place that are plain numbers, by name."""
        order = {"do": "values", "names": names, "seconds": 10}
        try:
            return self._let_referee_in(self._ready_kernel(at), order)["values"]
        except (KernelGone, RefereeGone):
            self._end_kernel()
            self._end_referee()
        return {}

    def _judge(self, kernel: StudentKernel, cell_id: str) -> dict[str, Any]:
        seconds = self._seconds()
        if self._was_slow:
            seconds = min(seconds, max(SLOW_LEAST, SLOW_PART * seconds))
        return self._let_referee_in(kernel, {"do": "judge", "cell": cell_id, "seconds": seconds})

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

    def _ready_kernel(self, at: int) -> StudentKernel:
        """Return a kernel that has run all the student's cells above a place."""
        while self._kernel is None:
            if self._starts >= MAX_STARTS:
                raise KernelGone("died")
            if self.out_of_time:
                raise KernelGone("time")
            try:
                self._start_kernel()
            except KernelGone:  # before any cell has run: no cell is to blame
                continue
            for cell in self._cells[:at]:
                if cell.cell_type != "code" or cell.metadata.labs.kind in (*TESTS, "demo"):
                    continue
                try:
                    self._run_steps(self._kernel, cell)
                except KernelGone as gone:
                    self._end_kernel()
                    self._leave_out(cell, gone.reason)
                    break
        return self._kernel

    def _run_steps(self, kernel: StudentKernel, cell: NotebookNode) -> CellRun:
        own = CellRun()
        for step in self._steps.get(cell.id, (Step(cell.source),)):
            if step.is_lab:
                kernel.run(step.code, self._seconds(), in_history=False)
            elif cell.id not in self.left_out:
                own = kernel.run(step.code, self._seconds())
        return own

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
                self._referee = RefereeProcess(sandbox, self._place.referee, plan, self._submission)
            self._referee.order({"do": "listen", "socket": str(socket)}, 30)
            sandbox = self._place.student_sandbox(folder, wire, self._slot)
            self._kernel = StudentKernel(sandbox, socket, self._place.agent, self._submission)
            self._kernel.wait_until_ready()
        except RefereeGone as gone:
            self._end_referee()
            if self.out_of_time:
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
        self.left_out.add(cell.id)
        exercise = cell.metadata.labs.get("exercise", "")
        if exercise:
            self._stopped[exercise] = reason
        text = f"Cell {cell.id}: {VERDICTS[reason].meaning}"
        self.problems.append(Problem(code=reason, cell=cell.id, message=text))

    def _seconds(self) -> float:
        return max(0.5, min(self._place.budget.cell_seconds, self._submission.left))

    def _end_kernel(self) -> None:
        if self._kernel is not None:
            cpu, peak = self._kernel.end()
            self.cpu_seconds += cpu
            self.peak_memory_mb = max(self.peak_memory_mb, peak)
            self._kernel = None
            # Folders nested by the thousand, as a student can make, are too deep for Python's own.
            command = ["rm", "-rf", "--", str(self._folder / "kernel")]
            subprocess.run(command, stderr=subprocess.DEVNULL, check=False)

    def _end_referee(self) -> None:
        if self._referee is not None:
            self.cpu_seconds += self._referee.end()
            self._referee = None
