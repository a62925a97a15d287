"""Seconds a submission of `ch02_mnist`: this grader and plain nbgrader, on the same machine in one run.

    make benchmark                    three submissions, three rounds each, in turn
    python benchmarks/grading_speed.py --submissions 6 --rounds 5

Every submission is the lab's own solution. Plain nbgrader runs the tests in the student's process,
without sandbox and referee; the ratio is the price of those.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grading.assignment import Assignment
from grading.class_run import grade_class, make_place
from grading.course import IGNORED, Course
from grading.sandbox import why_not

LAB = "ch02_mnist"
PLAIN = """
c = get_config()
c.CourseDirectory.ignore = {ignored!r}
c.Execute.timeout = 300
"""


def ours(folder: Path, students: list[str], workers: int) -> float:
    """Return the seconds that our grader takes for a class, data and gradebook included."""
    course = Course.open(folder)
    course.grader.workers = workers
    assignment = Assignment.load(ROOT, LAB)
    started = time.perf_counter()
    with make_place(course, assignment, isolated=not why_not()) as place:
        records = grade_class(course, assignment, place, students)
    seconds = time.perf_counter() - started
    check([record.score for record in records])
    return seconds


def plain(folder: Path) -> float:
    """Return the seconds that `nbgrader autograde` takes for the same class."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", LAB, "--force"],
        cwd=folder, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - started


def prepare_plain(folder: Path, source: Assignment, students: list[str]) -> None:
    """Make nbgrader's own course with the same submissions."""
    (folder / "source" / LAB).mkdir(parents=True)
    nbformat.write(source.source, folder / "source" / LAB / f"{LAB}.ipynb")
    (folder / "nbgrader_config.py").write_text(
        PLAIN.format(ignored=list(IGNORED)), encoding="utf-8"
    )
    hand_in(folder, source, students)
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", LAB],
        cwd=folder, check=True, capture_output=True,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )  # fmt: skip


def hand_in(folder: Path, source: Assignment, students: list[str]) -> None:
    """Put the solution into `submitted/` for each student."""
    for student in students:
        target = folder / "submitted" / student / LAB / f"{LAB}.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(source.source, target)


def check(scores: list[float]) -> None:
    """Stop if a submission did not get its points: a quick wrong answer is no measurement."""
    if len(set(scores)) != 1 or scores[0] <= 0:
        raise SystemExit(f"The submissions are all the same and got {scores}: nothing is measured.")


def main() -> None:
    """Measure and print one line a way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    students = [f"s{number:02d}" for number in range(options.submissions)]
    assignment = Assignment.load(ROOT, LAB)
    seconds: dict[str, list[float]] = {"nbgrader": [], "ours, one": [], "ours, two": []}
    with tempfile.TemporaryDirectory() as name:
        mine, theirs = Path(name, "mine"), Path(name, "theirs")
        mine.mkdir()
        hand_in(mine, assignment, students)
        prepare_plain(theirs, assignment, students)
        for _ in range(options.rounds):
            seconds["nbgrader"].append(plain(theirs))
            seconds["ours, one"].append(ours(mine, students, 1))
            seconds["ours, two"].append(ours(mine, students, 2))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    floor = statistics.median(seconds["nbgrader"])
    for way, times in seconds.items():
        middle = statistics.median(times)
        each = ", ".join(f"{one / len(students):.1f}" for one in sorted(times))
        print(
            f"{way:10}  {middle / len(students):5.1f} s a submission (rounds: {each}); "
            f"{middle / floor:.2f} of nbgrader"
        )


if __name__ == "__main__":
    main()
