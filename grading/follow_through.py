"""Follow-through: a mistake costs the points of its own exercise, not those of what is built on it.

A test that lost points is judged once more, in a fresh kernel, with the lab's answers in the cells
of the other exercises above it that lost points. Its own exercise is always judged on the student's
own cell. The better result counts, so nothing is lost by it. An exercise that has earned all its
points by then has not failed, and its own cell stays in place from there on: so the tests are taken
by exercise, and one passage serves all of them that it can. A lab of n exercises takes n - 1 more
passages at most (more only where tests of an exercise stand below the next one); one mistake that
nothing is built on takes none.

The lab's answers run in the student's process. So whatever such a passage prints is thrown away, and
of its verdicts a student learns the verdict only: a message could quote the answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from grading.assignment import TESTS, Assignment
from grading.passage import Passage, Step
from grading.records import TestResult
from grading.referee.names import names_of
from grading.restore import Restored
from grading.results import better_result, test_result

_HELPERS = (
    "__import__('grading.inside.stand_in', fromlist=['x'])"
    ".run_helpers(get_ipython(), {source!r}, {taken!r})"
)
_KEEP = "__import__('grading.inside.stand_in', fromlist=['x']).keep(get_ipython(), {names!r})"
_PUT_BACK = "__import__('grading.inside.stand_in', fromlist=['x']).put_back(get_ipython())"


class FollowThrough:
    """Which tests of a submission are to be judged again, with which of the lab's answers.

    Parameters
    ----------
    assignment, restored
        The lab, and the student's notebook as `restore` made it.
    results
        Those of the notebook as it is, in its order.
    """

    def __init__(
        self, assignment: Assignment, restored: Restored, results: Iterable[TestResult]
    ) -> None:
        self._lab = _Lab(assignment)
        self._cells = restored.notebook.cells
        self._at = {cell.id: at for at, cell in enumerate(self._cells)}
        self._results = {result.cell: result for result in results}
        self._own = dict(self._results)
        lost = [result for result in self._results.values() if _is_lost(result)]
        # Exercises that lost points, and are not known to have lost them through another.
        self._failed = {result.exercise for result in lost} & set(self._lab.answers)
        empty = {name for name in self._failed if not self._is_attempted(name)}
        order = ["", *self._lab.answers]
        lost.sort(key=lambda result: order.index(result.exercise))
        # Tests whose points may have been lost through another exercise.
        self._waiting = [result.cell for result in lost if result.exercise not in empty]

    @property
    def results(self) -> list[TestResult]:
        """The results as they are now, in the order of the notebook."""
        return [self._said(result) for result in self._results.values()]

    def next_stand_ins(self) -> frozenset[str]:
        """Return the exercises that the next passage replaces; none if no test needs another."""
        self._waiting = [test for test in self._waiting if self._stand_ins(test)]
        return self._stand_ins(self._waiting[0]) if self._waiting else frozenset()

    def steps(
        self, names: frozenset[str], stopped: Collection[str] = ()
    ) -> dict[str, tuple[Step, ...]]:
        """Return what runs at which cell in a passage with the lab's answers to some exercises.

        Of a cell that is replaced, the student's helpers remain: later cells may use them. So do
        they of a cell that had to be stopped before anything could depend on a stand-in. A cell of
        the student's own between the lab's, such as an older try of the same function, does not
        undo the lab's answer.
        """
        steps = {}
        shielded: set[str] = set()
        for cell in self._cells:
            kind = cell.metadata.labs.kind
            if cell.id in names:
                answer = self._lab.answers[cell.id]
                taken = self._lab.taken[cell.id] | names_of(answer).bound
                steps[cell.id] = (_helpers_of(cell.source, taken), Step(answer, is_lab=True))
                shielded |= names_of(answer).bound
            elif cell.id in stopped and not shielded:
                taken = self._lab.taken.get(cell.id, set())
                steps[cell.id] = (_helpers_of(cell.source, taken),)
            elif kind in ("extra", "free") and cell.cell_type == "code":
                used = sorted(name for name in shielded if _mentions(cell.source, name))
                if not used:
                    continue
                before = Step(_KEEP.format(names=used), is_lab=True)
                steps[cell.id] = (before, Step(cell.source), Step(_PUT_BACK, is_lab=True))
        return steps

    def judge(self, passage: Passage, names: frozenset[str]) -> None:
        """Judge the tests for which these stand-ins may do, as far as the time goes."""
        left = set(self._waiting)
        for at, cell in enumerate(self._cells):
            if not any(self._may_do(test, names) for test in left):
                return
            if cell.metadata.labs.kind in TESTS:
                if cell.id not in left or not self._may_do(cell.id, names):
                    continue
                again = test_result(self._lab.sources[cell.id], passage.verdict(at))
                if passage.out_of_time and _is_lost(again):
                    return
                left.remove(cell.id)
                self._settle(again, names)
            elif cell.cell_type == "code" and cell.metadata.labs.kind != "demo":
                passage.run_cell(at)

    def _settle(self, again: TestResult, names: frozenset[str]) -> None:
        """Take a verdict if no other stand-ins could make it better."""
        stood = self._above(again.cell, names)
        if _is_lost(again) and stood != self._stand_ins(again.cell):
            return
        followed = sorted(stood, key=list(self._lab.answers).index)
        own = self._own[again.cell]
        self._results[again.cell] = better_result(own, again, followed)
        self._waiting.remove(again.cell)
        mine = [test for test in self._results.values() if test.exercise == again.exercise]
        if not any(map(_is_lost, mine)):
            self._failed.discard(again.exercise)

    def _stand_ins(self, test: str) -> frozenset[str]:
        """Return the exercises above a test, other than its own, that failed as far as is known."""
        return self._above(test, self._failed - {self._own[test].exercise})

    def _may_do(self, test: str, names: frozenset[str]) -> bool:
        """Tell whether a test may pass in a passage with these stand-ins.

        It must have its own exercise's cell as it is, and no cell above it that failed for sure.
        """
        stood, mine = self._above(test, names), self._own[test].exercise
        sure = {name for name in self._stand_ins(test) if self._has_failed_for_sure(name)}
        return bool(stood) and mine not in stood and sure <= stood

    def _above(self, test: str, names: Iterable[str]) -> frozenset[str]:
        return frozenset(name for name in names if self._at[name] < self._at[test])

    def _has_failed_for_sure(self, exercise: str) -> bool:
        return any(
            _is_lost(result) and result.cell not in self._waiting
            for result in self._results.values()
            if result.exercise == exercise
        )

    def _said(self, result: TestResult) -> TestResult:
        """Leave out stand-ins that gained nothing, for exercises that had not failed after all."""
        own = self._own[result.cell]
        if result.points > own.points or not result.followed:
            return result
        followed = [name for name in result.followed if name in self._failed]
        return replace(result, followed=followed) if followed else own

    def _is_attempted(self, exercise: str) -> bool:
        """Tell whether a student wrote anything for an exercise, in its cell or in one of theirs.

        Empty ones earn nothing, whatever stands above them: no passage is spent on them.
        """
        names = "|".join(map(re.escape, sorted(names_of(self._lab.answers[exercise]).bound)))
        defines = re.compile(rf"^(?:(?:async +)?(?:def|class) +(?:{names})\b|(?:{names}) *=)", re.M)
        own = _words(self._cells[self._at[exercise]].source)
        if own not in ([], _words(self._lab.templates[exercise])):
            return True
        extras = (cell for cell in self._cells if cell.metadata.labs.kind in ("extra", "free"))
        return any(defines.search(cell.source) for cell in extras)


class _Lab:
    """What the lab's own cells say: answers by exercise (its cell's id), the names that they bind."""

    def __init__(self, assignment: Assignment) -> None:
        self.sources = {cell.id: cell for cell in assignment.source.cells}
        self.templates = {cell.id: cell.source for cell in assignment.release.cells}
        code = {cell["id"]: (cell["kind"], cell["code"]) for cell in assignment.plan()}
        self.answers = {name: text for name, (kind, text) in code.items() if kind == "exercise"}
        # The names that helpers in an exercise's cell may not take: those of given cells and of
        # exercises above it.
        self.taken: dict[str, set[str]] = {}
        bound: set[str] = set()
        for kind, text in code.values():
            bound |= names_of(text).bound if kind in ("given", "free") else set()
        for name, text in self.answers.items():
            self.taken[name] = set(bound)
            bound |= names_of(text).bound


def _helpers_of(source: str, taken: Iterable[str]) -> Step:
    return Step(_HELPERS.format(source=source, taken=sorted(taken)))


def _is_lost(result: TestResult) -> bool:
    return result.points < result.max_points


def _mentions(source: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", source) is not None


def _words(source: str) -> list[str]:
    """Return a cell's lines of code, as text: comments and blank lines are no answer."""
    lines = (line.strip() for line in source.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
