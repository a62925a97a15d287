"""The function in the middle: a restored notebook and a place in, a judged notebook out.

The student's notebook runs once as it is; outputs, numbers and first verdicts are those of this
passage. Where an exercise failed, others are judged once more without it (`follow_through`).
"""

from __future__ import annotations

import contextlib
import copy
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from grading.assignment import TESTS, Assignment
from grading.follow_through import FollowThrough
from grading.outputs import verdict_outputs
from grading.passage import LabBroken, Passage
from grading.place import Place
from grading.records import Problem, TestResult, WrittenAnswer
from grading.restore import Restored
from grading.results import numbers_text, test_result, written_answer
from grading.stopwatch import Stopwatch

__all__ = ["Judged", "LabBroken", "judge"]

UNFINISHED = (
    "The time ran out before all could be judged with our answers in place of those that lost "
    "points; what the notebook earned by itself counts."
)


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

    @contextlib.contextmanager
    def counting(self, passage: Passage) -> Iterator[Passage]:
        """Add up what a passage uses."""
        try:
            with passage:
                yield passage
        finally:
            self.cpu_seconds += passage.cpu_seconds
            self.peak_memory_mb = max(self.peak_memory_mb, passage.peak_memory_mb)


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
    submission = Stopwatch(place.budget.notebook_seconds)
    judged = Judged(copy.deepcopy(restored.notebook))
    with tempfile.TemporaryDirectory(prefix="labs-") as name:
        folder = Path(name)
        # Both processes reach their folders below this one; neither can list it.
        os.chmod(folder, 0o711)
        where = (assignment, restored, place, slot, folder, submission)
        with judged.counting(Passage(*where)) as own:
            _judge_own(assignment, judged, own)
        following = FollowThrough(assignment, restored, judged.tests)
        while submission.left > 0 and (others := following.next_stand_ins()):
            again = Passage(*where, following.steps(others, own.left_out))
            with judged.counting(again):
                following.judge(again, others)
    judged.tests = following.results
    if following.next_stand_ins():
        judged.problems.append(Problem(code="time", message=UNFINISHED))
    results = {test.cell: test for test in judged.tests}
    for cell in judged.notebook.cells:
        if cell.id in results:
            cell.outputs = verdict_outputs(results[cell.id])
    judged.seconds = time.monotonic() - started
    return judged


def _judge_own(assignment: Assignment, judged: Judged, passage: Passage) -> None:
    """Run the notebook as the student wrote it."""
    sources = {cell.id: cell for cell in assignment.source.cells}
    releases = {cell.id: cell for cell in assignment.release.cells}
    for at, cell in enumerate(judged.notebook.cells):
        kind = cell.metadata.labs.kind
        if kind in TESTS:
            judged.tests.append(test_result(sources[cell.id], passage.verdict(at)))
        elif kind == "question":
            names = list(sources[cell.id].metadata.labs.get("numbers", ()))
            values = passage.values(at, names) if names else {}
            numbers = numbers_text(names, values, cell.source)
            title = assignment.question_title(cell.id)
            judged.written.append(written_answer(cell, releases[cell.id], title, numbers))
        elif cell.cell_type == "code" and kind != "demo":
            cell.outputs = passage.run_cell(at).outputs
    judged.problems = passage.problems
