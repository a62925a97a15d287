"""Seconds that the referee adds to a submission: a lab's solution run alone, and run and judged.

    python benchmarks/referee_cost.py                 ch02_mnist, three rounds, in turn
    python benchmarks/referee_cost.py --rounds 5 ch02_mnist

*Alone* is the student's kernel in its sandbox, with all cells that grading runs and no test. *Judged*
is the same with the referee in a sandbox of its own, which runs the given cells once more, and all
tests. Processor seconds are those of both.
"""

from __future__ import annotations

import argparse
import os
import platform
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grading.assignment import TESTS, Assignment
from grading.class_run import make_place
from grading.course import Course
from grading.judge import judge
from grading.place import Place
from grading.restore import restore
from grading.sandbox import why_not
from grading.stopwatch import Stopwatch
from grading.student import StudentKernel
from grading.submission import SubmittedCell


def alone(assignment: Assignment, place: Place) -> tuple[float, float]:
    """Return seconds on the clock and of the processor for the notebook without its tests."""
    with tempfile.TemporaryDirectory(prefix="labs-") as name:
        folder, wire = Path(name, "kernel"), Path(name, "wire")
        for path, mode in ((Path(name), 0o711), (folder, 0o755), (wire, 0o711)):
            path.mkdir(exist_ok=True)
            path.chmod(mode)
        started = time.perf_counter()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(wire / "alone"))
            (wire / "alone").chmod(0o666)
            listener.listen(1)
            submission = Stopwatch(place.budget.notebook_seconds)
            sandbox = place.student_sandbox(folder, wire, 0)
            kernel = StudentKernel(sandbox, wire / "alone", place.agent, submission)
            try:
                kernel.wait_until_ready()
                for cell in assignment.source.cells:
                    kind = assignment.kinds[cell.id]
                    if cell.cell_type == "code" and kind not in (*TESTS, "demo"):
                        kernel.run(cell.source, place.budget.cell_seconds)
            finally:
                used, _ = kernel.end()
        return time.perf_counter() - started, used


def judged(assignment: Assignment, place: Place) -> tuple[float, float]:
    """Return seconds on the clock and of the processor for the notebook with all its tests."""
    cells = [
        SubmittedCell(cell.cell_type, cell.source, cell.id) for cell in assignment.source.cells
    ]
    started = time.perf_counter()
    found = judge(assignment, restore(assignment, cells), place)
    seconds = time.perf_counter() - started
    lost = [test.cell for test in found.tests if test.points < test.max_points]
    if lost:
        raise SystemExit(f"The solution lost points at {', '.join(lost)}: nothing is measured.")
    return seconds, found.cpu_seconds


def main() -> None:
    """Measure and print one line a way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("lab", nargs="?", default="ch02_mnist")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    assignment = Assignment.load(ROOT, options.lab)
    rounds: dict[str, list[tuple[float, float]]] = {"alone": [], "judged": []}
    with tempfile.TemporaryDirectory() as name:
        course = Course.open(Path(name))
        with make_place(course, assignment, isolated=not why_not()) as place:
            for _ in range(options.rounds):
                rounds["alone"].append(alone(assignment, place))
                rounds["judged"].append(judged(assignment, place))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    floor = statistics.median(seconds for seconds, _ in rounds["alone"])
    for way, times in rounds.items():
        middle = statistics.median(seconds for seconds, _ in times)
        used = statistics.median(cpu for _, cpu in times)
        every = ", ".join(f"{seconds:.1f}" for seconds, _ in sorted(times))
        print(
            f"{way:7} {middle:5.1f} s (rounds: {every}), processor {used:5.1f} s; "
            f"{middle / floor:.2f} of the notebook alone"
        )


if __name__ == "__main__":
    main()
