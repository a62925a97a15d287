"""Kill the grader with SIGKILL at random moments, run it again: is all as if nothing had happened?

    python -m tests.integrity.sudden_death --runs 50

A small class was graded once and marked by a person; then all hand in again, better, worse, damaged or
the same. That second run is killed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from grading.sandbox import ROOT
from tests.integrity.case import RIGHT, WRONG
from tests.integrity.cases.written import ANSWER
from tests.integrity.labs import build

LAB = "essay"
# What each hands in first and then: code and written answer, or a damaged file.
CLASS = {
    "ada": ((RIGHT, ANSWER), (RIGHT, ANSWER)),
    "bob": ((RIGHT, ANSWER), (RIGHT, "I have thought again.")),
    "cyd": ((WRONG, ANSWER), (RIGHT, ANSWER)),
    "dan": ((RIGHT, ANSWER), None),
    "eve": ((RIGHT, ANSWER), (WRONG, "")),
}
# The command, for a lab that is not one of the project's.
PROGRAM = """
import sys
from pathlib import Path
from grading import assignment
from grading.commands import grade_lab
from grading.course import Course

assignment._variants = lambda name: {"plain": ()}
course = Course.open(Path(sys.argv[1]))
course = Course(course.folder, course.grader, course.config, Path(sys.argv[2]))
grade_lab(course, sys.argv[3], [], isolated=True)
"""
GRADES = """
    select student_id, base_cell.name, auto_score, manual_score, needs_manual_grade
    from grade join base_cell on base_cell.id = grade.cell_id
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    order by 1, 2"""
COMMENTS = """
    select student_id, base_cell.name, auto_comment, manual_comment
    from comment join base_cell on base_cell.id = comment.cell_id
    join submitted_notebook on submitted_notebook.id = comment.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    order by 1, 2"""
TIMES = ("started", "seconds", "cpu_seconds", "peak_memory_mb")  # of a record, new in every run
State = dict[str, Any]


def main() -> int:
    """Kill as often as wanted; return 1 if a second run ever ends otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sudden-") as name:
        root = Path(name)
        root.chmod(0o755)
        bad = try_often(root, options.runs, options.seed, print)
    print(f"{options.runs} runs killed, {len(bad)} of them not mended by the next.")
    return int(bool(bad))


def try_often(root: Path, runs: int, seed: int, tell: Callable[[str], None]) -> list[str]:
    """Kill so many runs, each at a random moment; return what was wrong after the next run."""
    rng = random.Random(seed)
    build(root, LAB)
    marked = root / "marked"
    _hand_in(root, marked, 0)
    _grade(marked, root)
    _mark(marked)
    undisturbed = _copy(root, marked, "undisturbed")
    started = time.monotonic()
    _grade(undisturbed, root)
    seconds = time.monotonic() - started
    before, after = state_of(marked), state_of(undisturbed)
    assert before["grades"] != after["grades"]
    bad = []
    for number in range(runs):
        course = _copy(root, marked, f"run{number}")
        # By the clock, or while the results of one student after the other are written.
        kept = number % 2 * rng.randrange(len(CLASS))
        moment = rng.uniform(0, 0.2) if kept else rng.uniform(0, seconds)
        finished = _grade(course, root, (kept, moment))
        killed = state_of(course)
        _grade(course, root)
        then = state_of(course)
        wrong = _half_graded(killed, before, after)
        wrong += [name for name in after if then[name] != after[name]]
        if wrong:
            bad.append(f"run {number + 1}: {', '.join(wrong)}")
        came = "the end" if finished else f"{_count_new(killed, before, after)} new grades"
        after_whom = f"{kept} students and " if kept else ""
        tell(
            f"{number + 1}/{runs}: killed after {after_whom}{moment:.2f} s, came to {came}; "
            f"afterwards {', '.join(wrong) or 'as it should be'}"
        )
        shutil.rmtree(course)
    return bad


def state_of(course: Path) -> State:
    """Return everything that a run writes, but for times."""
    with sqlite3.connect(course / "gradebook.db") as base:
        sound = base.execute("pragma integrity_check").fetchall()
        grades, comments = base.execute(GRADES).fetchall(), base.execute(COMMENTS).fetchall()
    assert sound == [("ok",)]
    records = {}
    for path in sorted((course / "records" / LAB).glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        for name in TIMES:
            record.pop(name, None)
        for test in record["tests"]:
            test.pop("seconds", None)
        records[path.stem] = record
    return {
        "grades": grades,
        "comments": comments,
        "records": records,
        "notebooks": {
            path.parent.parent.name: path.read_text(encoding="utf-8")
            for path in sorted((course / "autograded").glob(f"*/{LAB}/*.ipynb"))
        },
        "feedback": sorted(path.name for path in (course / "feedback").glob("*")),
    }


def _rows(state: State, student: str) -> list[Any]:
    return [row for name in ("grades", "comments") for row in state[name] if row[0] == student]


def _half_graded(killed: State, before: State, after: State) -> list[str]:
    """Name students whose rows after the killed run are neither the old ones nor the new."""
    return [
        f"{student} is half graded"
        for student in CLASS
        if _rows(killed, student) not in (_rows(before, student), _rows(after, student))
    ]


def _count_new(killed: State, before: State, after: State) -> int:
    """Count the students whose new rows are there."""
    changed = (who for who in CLASS if _rows(before, who) != _rows(after, who))
    return sum(_rows(killed, who) == _rows(after, who) for who in changed)


def _hand_in(root: Path, course: Path, which: int) -> None:
    settings = f"c = get_config()\nload_subconfig('grader_config.py', path={str(ROOT)!r})\n"
    course.mkdir(exist_ok=True)
    (course / "grader_config.py").write_text(settings, encoding="utf-8")
    for student, versions in CLASS.items():
        path = course / "submitted" / student / LAB / f"{LAB}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        if versions[which] is None:
            path.write_text('{"cells": [', encoding="utf-8")
            continue
        notebook = nbformat.read(root / "labs" / LAB / f"{LAB}.ipynb", 4)
        texts = dict(zip(("f", "why"), versions[which], strict=True))
        for cell in notebook.cells:
            cell.source = texts.get(cell.id) or cell.source
        nbformat.write(notebook, path)


def _mark(course: Path) -> None:
    """Give points and a comment as a person does in formgrader."""
    with sqlite3.connect(course / "gradebook.db") as base:
        base.execute(
            "update grade set manual_score = 4, needs_manual_grade = 0 where cell_id = "
            "(select id from base_cell where name = 'why' and type = 'GradeCell')"
        )
        base.execute("update comment set manual_comment = 'Good.'")


def _copy(root: Path, course: Path, name: str) -> Path:
    target = root / name
    shutil.copytree(course, target)
    _hand_in(root, target, 1)
    return target


def _grade(course: Path, root: Path, kill: tuple[int, float] | None = None) -> bool:
    """Run the grader; say whether it came to its end.

    `kill`: after so many students and so many seconds.
    """
    command = [sys.executable, "-c", PROGRAM, str(course), str(root), LAB]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = ""
    if kill is not None:
        students, seconds = kill
        while students and (line := process.stdout.readline()):
            said += line
            students -= " points, " in line
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        if process.returncode is None:
            process.kill()
            process.communicate()
            return False
    said += process.communicate()[0]
    assert process.returncode == 0, said
    return True


if __name__ == "__main__":
    sys.exit(main())
