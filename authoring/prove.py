"""Prove a lab's tests: right answers pass all of them, wrong answers fail exactly those they name.

An answer to one exercise runs on the state that the solution had reached there, with that
exercise's own tests; an answer to all, the solution and the empty template run as whole notebooks.
"""

from __future__ import annotations

import contextlib
import copy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from authoring.answers import WHOLE, Answer, read_answers
from authoring.errors import BadAnswer, RunFailed
from authoring.execute import Session, environment, seed_everything
from authoring.labfile import read_labfile
from authoring.pycode import names_of
from authoring.source import Cell, Source, read_source


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one answer: the tests that failed, with the reason of each."""

    name: str
    expected: frozenset[str]
    failed: dict[str, str]
    seconds: float
    trouble: str = ""

    @property
    def as_said(self) -> bool:
        """Tell whether exactly the named tests failed."""
        return not self.trouble and set(self.failed) == self.expected

    def lines(self) -> list[str]:
        """Say what differs from the answer's header, a line each."""
        if self.trouble:
            return [self.trouble]
        missed = [
            f"{test} passes, but must fail" for test in sorted(self.expected - set(self.failed))
        ]
        extra = [
            f"{test} fails, but must pass: {why}"
            for test, why in self.failed.items()
            if test not in self.expected
        ]
        return missed + extra


def needed_cells(source: Source, exercise: str, test: Cell) -> list[Cell]:
    """List the cells between an exercise and one of its tests that the test needs.

    A cell is needed if it binds a name that the test, or another needed cell, uses; other
    exercises stand there with their solution.
    """
    ids = [cell.id for cell in source.cells]
    between = source.cells[ids.index(exercise) + 1 : ids.index(test.id)]
    wanted = set(names_of(test.source).used)
    needed: list[Cell] = []
    for cell in reversed([cell for cell in between if cell.kind in ("given", "free", "exercise")]):
        names = names_of(cell.source)
        if names.bound & wanted:
            needed.insert(0, cell)
            wanted |= names.used
    return needed


def run_answer(source: Source, state: dict[str, Any], answer: Answer, seed: int) -> Verdict:
    """Run an answer to one exercise on the solution's state before it, with the exercise's tests."""
    session = Session(fresh(state))
    seed_everything(seed)
    failed: dict[str, str] = {}
    # As in a notebook: where the cell raises, its tests meet what it left behind.
    session.attempt(answer.cells[answer.exercise])
    ran: set[str] = set()
    for test in source.tests_of(answer.exercise):
        for cell in needed_cells(source, answer.exercise, test):
            if cell.id not in ran:
                ran.add(cell.id)
                # A cell that cannot run leaves its names unbound, and the tests tell.
                session.attempt(cell)
        if why := session.judge(test):
            failed[test.id] = why
    return _verdict(answer, session, failed)


def _verdict(
    answer: Answer, session: Session, failed: dict[str, str], trouble: str = ""
) -> Verdict:
    seconds = sum(session.seconds.values())
    return Verdict(answer.name, frozenset(answer.fails), failed, seconds, trouble)


def fresh(state: dict[str, Any]) -> dict[str, Any]:
    """Copy a state's arrays and models, so that no answer meets what another one left behind.

    Two names of one object stay two names of one copy; everything else is shared.

    Raises
    ------
    RunFailed
        If a model cannot be copied because Keras cannot load its class.
    """
    import numpy as np

    keras = sys.modules.get("keras")
    copied = (np.ndarray, keras.Model) if keras else (np.ndarray,)
    memo: dict[int, Any] = {}
    result = dict(state)
    for name, value in state.items():
        if isinstance(value, copied):
            try:
                result[name] = copy.deepcopy(value, memo)
            except TypeError as error:
                raise RunFailed(
                    f"the model `{name}` cannot be copied for the answers: decorate its class with"
                    " `keras.saving.register_keras_serializable()`."
                ) from error
    return result


def run_solution(source: Source) -> tuple[Verdict, dict[str, dict[str, Any]]]:
    """Run the solution with its tests; return its verdict and the state before each exercise."""
    session = Session()
    states: dict[str, dict[str, Any]] = {}
    failed: dict[str, str] = {}
    for cell in _graded(source):
        if cell.kind == "exercise":
            states[cell.id] = fresh(session.names)
        if cell.is_test:
            if why := session.judge(cell):
                failed[cell.id] = why
        else:
            session.run_solution([cell])
    verdict = Verdict("solution", frozenset(), failed, sum(session.seconds.values()))
    return verdict, states


def run_whole(source: Source, answer: Answer, seed: int) -> Verdict:
    """Run a whole notebook in which an answer's cells stand for the solution's."""
    session = Session()
    seed_everything(seed)
    failed: dict[str, str] = {}
    for cell in _graded(source):
        if cell.is_test:
            if why := session.judge(cell):
                failed[cell.id] = why
        elif why := session.attempt(answer.cells.get(cell.id, cell)):
            return _verdict(answer, session, failed, f"its cell `{cell.id}` raised {why}")
    return _verdict(answer, session, failed)


def _graded(source: Source) -> Iterator[Cell]:
    # Demo cells only show something: grading leaves them out, and so does this.
    return (cell for cell in source.cells if cell.is_code and cell.kind != "demo")


def run_empty_template(release: Path, source: Source) -> Verdict:
    """Run the student's version untouched, as in a student's session and then as in grading.

    In the first no cell may raise, or Run All would stop there; in the second every test with
    points fails.
    """
    import nbformat

    text = {cell.id: cell.source for cell in nbformat.read(release, as_version=4).cells}
    session = Session()
    failed: dict[str, str] = {}
    trouble = []
    with environment(NBGRADER_EXECUTION=None):
        for cell in source.cells:
            if not cell.is_code or cell.kind == "hidden":
                continue
            if why := session.attempt(replace(cell, source=text[cell.id])):
                trouble.append(f"its cell `{cell.id}` raised {why}")
    for cell in source.cells:
        if cell.is_test and cell.points and (why := session.judge(cell)):
            failed[cell.id] = why
    expected = frozenset(cell.id for cell in source.cells if cell.is_test and cell.points)
    seconds = sum(session.seconds.values())
    return Verdict("empty template", expected, failed, seconds, "; ".join(trouble))


def prove(
    root: Path, lab: str, chosen: list[str], tell: Callable[[Verdict], None]
) -> list[Verdict]:
    """Run the solution, the empty template and a lab's answers.

    Parameters
    ----------
    root : Path
        The course's root.
    lab : str
        The lab's name.
    chosen : list of str
        Names of answers or exercises to run; empty for everything.
    tell : callable
        Called with each verdict as it comes.

    Returns
    -------
    list of Verdict
        One for each notebook or answer that ran.
    """
    root = root.resolve()  # cells run in the lab's folder
    folder = root / "solutions" / lab
    labfile = read_labfile(folder / "lab.toml")
    source = read_source(folder / f"{lab}.py")
    source.require_sound()
    answers = read_answers(folder / "answers")
    known = {answer.name for answer in answers} | set(source.exercises)
    for name in chosen:
        if name not in known:
            raise BadAnswer(
                f"{lab} has no answer and no exercise `{name}`; it has: {sorted(known)}."
            )
    if chosen:
        answers = [one for one in answers if one.name in chosen or one.exercise in chosen]
    for answer in answers:
        unknown = set(answer.cells) - set(source.exercises)
        if unknown:
            raise BadAnswer(f"{answer.path}: {lab} has no exercise {', '.join(sorted(unknown))}.")

    verdicts = []

    def note(verdict: Verdict) -> None:
        verdicts.append(verdict)
        tell(verdict)

    settings = {"NBGRADER_EXECUTION": "validate", "LABS_MODE": "fast", "LABS_SEED": None}
    with environment(**settings), contextlib.chdir(folder):
        solution, states = run_solution(source)
        note(solution)
        for answer in answers:
            if answer.exercise != WHOLE:
                note(run_answer(source, states[answer.exercise], answer, labfile.seed))
        for answer in answers:
            if answer.exercise == WHOLE:
                note(run_whole(source, answer, labfile.seed))
        if not chosen:
            note(run_empty_template(root / "labs" / lab / f"{lab}.ipynb", source))
    return verdicts
