"""Let impostors meet the tests of an exercise, in a referee's process, and tell who passes.

A hidden test that gives points to a universal wrong answer is careless, however sound the referee.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from authoring.execute import Session, seed_everything
from authoring.impostors import IMPOSTORS, Impostor
from authoring.likeness import Likeness
from authoring.outcome import Outcome, Verdict
from authoring.pycode import names_of
from authoring.source import Cell, Source
from authoring.state import fresh, needed_cells
from authoring.through_referee import ThroughReferee

Judge = Callable[[Cell], Outcome]


def unmask(
    source: Source, exercise: str, state: dict[str, Any], seed: int, referee: ThroughReferee
) -> Verdict:
    """Put every impostor in the place of an exercise's functions and tell which test passes one.

    Parameters
    ----------
    source
        The lab.
    exercise
        The exercise's name.
    state
        The solution's names before it.
    seed
        The lab's seed.
    referee
        Judges the tests.

    Returns
    -------
    Verdict
        Without outcomes; a line of its differences for each test, and impostor, to be mended. An
        exercise that binds no function has none.
    """
    stage = _Stage(source, source.exercises[exercise], state, seed, referee)
    functions = stage.functions()
    found = [line for one in IMPOSTORS if functions for line in stage.findings(one, functions)]
    name = f"impostors of {exercise}"
    return Verdict(name, frozenset(), {}, stage.seconds, differences=tuple(found))


@dataclass
class _Stage:
    """Where answers to one exercise meet its tests: on the solution's state before it."""

    source: Source
    solution: Cell
    state: dict[str, Any]
    seed: int
    referee: ThroughReferee
    seconds: float = 0.0
    _session: Session | None = None  # the one that ran last
    _is_new: bool = True  # the referee has not run the given cells for this exercise

    def functions(self) -> list[str]:
        """List what the solution binds that can be called, imports apart."""
        values = self._run(self.solution).names
        source = self.solution.source
        return sorted(
            name
            for name in names_of(source).bound - _imported(source)
            if callable(values.get(name))
        )

    def findings(self, impostor: Impostor, functions: list[str]) -> Iterator[str]:
        """Yield what an impostor gets from the tests of the exercise, a line each."""
        tests = [test for test in self.source.tests_of(self.solution.id) if test.points]
        hidden = [test for test in tests if test.kind == "hidden"]
        judge = self._enter(self._run(impostor.in_place_of(self.solution, functions)))
        fooled = [test for test in hidden if _gives_points(judge(test))]
        # Where no hidden test refuses it, a visible one has to.
        is_whole = fooled == hidden and all(
            judge(test).verdict == "passed" for test in tests if test not in hidden
        )
        for test in fooled:
            if impostor.is_excused(test) and self._is_right(impostor, functions, test):
                continue
            yield (
                f"{test.id} gives points to the impostor `{impostor.name}`, which"
                f" {impostor.what}: {impostor.advice}."
            )
        if is_whole:
            yield (
                f"the impostor `{impostor.name}`, which {impostor.what}, gets all points of the"
                " exercise: add a test that refuses it."
            )

    def _run(self, answer: Cell) -> Session:
        if self._session:
            self._session.forget()
        self._session = session = Session(fresh(self.state))
        seed_everything(self.seed)
        session.run_solution([answer])
        return session

    def _enter(self, session: Session) -> Judge:
        """Return what judges the exercise's tests on a session."""
        judge = self.referee.begin(session, anew=self._is_new)
        self._is_new = False
        ran: set[str] = set()

        def judge_test(test: Cell) -> Outcome:
            for cell in needed_cells(self.source, self.solution.id, test):
                if cell.id not in ran:
                    ran.add(cell.id)
                    session.attempt(cell)  # one that cannot run leaves its names unbound
            started = time.perf_counter()
            outcome = judge(test)
            self.seconds += time.perf_counter() - started
            return outcome

        return judge_test

    def _is_right(self, impostor: Impostor, functions: list[str], test: Cell) -> bool:
        """Tell whether the solution does what the impostor does, in all calls of a test."""
        likeness = Likeness()
        names: dict[str, Any] = {}
        exec(impostor.source, names)  # noqa: S102 - of this module
        session = self._run(self.solution)
        for name in functions:
            watched = likeness.watched(session.names[name], names["_labs_answer"])
            session.names[name] = watched
        self._enter(session)(test)
        return not likeness.differs


def _imported(source: str) -> set[str]:
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _gives_points(outcome: Outcome) -> bool:
    return outcome.verdict == "passed" or bool(outcome.points)
