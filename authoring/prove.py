"""Prove a lab's tests: right answers pass all of them, wrong answers fail exactly those they name.

An answer to one exercise runs on the state that the solution had reached there, with that
exercise's own tests; an answer to all, the solution and the empty template run as whole notebooks.
Tests run as in plain nbgrader and, if that is wanted, once more through the referee, which then
meets the impostors too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from authoring.answers import WHOLE, Answer, read_answers
from authoring.errors import BadAnswer
from authoring.execute import Session, environment, seed_everything
from authoring.labfile import LabFile, read_labfile
from authoring.outcome import Outcome, Verdict
from authoring.source import Cell, Source, read_source
from authoring.state import fresh, needed_cells
from authoring.through_referee import ThroughReferee
from authoring.unmask import unmask

Judge = Callable[[Cell], Outcome]
# How the tests of a session run: in it, or through the referee.
Way = Callable[[Session], Judge]


def plain(session: Session) -> Judge:
    """Let tests run among the student's names, as in plain nbgrader."""
    return session.judge


def run_answer(
    source: Source, state: dict[str, Any], answer: Answer, seed: int, way: Way = plain
) -> Verdict:
    """Run an answer to one exercise on the solution's state before it, with the exercise's tests."""
    session = Session(fresh(state))
    judge = way(session)
    seed_everything(seed)
    outcomes: dict[str, Outcome] = {}
    # As in a notebook: where the cell raises, its tests meet what it left behind.
    session.attempt(answer.cells[answer.exercise])
    ran: set[str] = set()
    for test in source.tests_of(answer.exercise):
        for cell in needed_cells(source, answer.exercise, test):
            if cell.id not in ran:
                ran.add(cell.id)
                # A cell that cannot run leaves its names unbound, and the tests tell.
                session.attempt(cell)
        outcomes[test.id] = judge(test)
    session.forget()
    return _verdict(answer.name, answer.fails, session, outcomes)


def _verdict(
    name: str,
    fails: Iterable[str],
    session: Session,
    outcomes: dict[str, Outcome],
    trouble: str = "",
) -> Verdict:
    return Verdict(name, frozenset(fails), outcomes, sum(session.seconds.values()), trouble)


def run_solution(source: Source) -> tuple[Verdict, dict[str, dict[str, Any]]]:
    """Run the solution with its tests; return its verdict and the state before each exercise."""
    session = Session()
    states: dict[str, dict[str, Any]] = {}
    outcomes: dict[str, Outcome] = {}
    for cell in _graded(source):
        if cell.kind == "exercise":
            states[cell.id] = fresh(session.names)
        if cell.is_test:
            outcomes[cell.id] = session.judge(cell)
        else:
            session.run_solution([cell])
    return _verdict("solution", (), session, outcomes), states


def run_whole(
    source: Source, name: str, cells: dict[str, Cell], seed: int | None, way: Way = plain
) -> Verdict:
    """Run a whole right notebook, in which some cells stand for the solution's."""
    session = Session()
    judge = way(session)
    if seed is not None:
        seed_everything(seed)
    outcomes: dict[str, Outcome] = {}
    for cell in _graded(source):
        if cell.is_test:
            outcomes[cell.id] = judge(cell)
        elif why := session.attempt(cells.get(cell.id, cell)):
            return _verdict(name, (), session, outcomes, f"its cell `{cell.id}` raised {why}")
    session.forget()
    return _verdict(name, (), session, outcomes)


def _graded(source: Source) -> Iterator[Cell]:
    # Demo cells only show something: grading leaves them out, and so does this.
    return (cell for cell in source.cells if cell.is_code and cell.kind != "demo")


def run_template(release: Path, source: Source, way: Way = plain) -> Verdict:
    """Run the student's version untouched, as grading does: every test with points fails."""
    text = _release_text(release)
    session = Session()
    judge = way(session)
    outcomes: dict[str, Outcome] = {}
    for cell in _graded(source):
        if not cell.is_test:
            session.attempt(replace(cell, source=text[cell.id]))
        elif cell.points:
            outcomes[cell.id] = judge(cell)
    session.forget()
    return _verdict("empty template", outcomes, session, outcomes)


def template_trouble(release: Path, source: Source) -> str:
    """Run the student's version untouched in a student's session, and say which cells raise.

    None may: Run All would stop there.
    """
    text = _release_text(release)
    session = Session()
    trouble = []
    with environment(NBGRADER_EXECUTION=None):
        for cell in source.cells:
            if not cell.is_code or cell.kind == "hidden":
                continue
            if why := session.attempt(replace(cell, source=text[cell.id])):
                trouble.append(f"its cell `{cell.id}` raised {why}")
    return "; ".join(trouble)


def _release_text(release: Path) -> dict[str, str]:
    import nbformat

    return {cell.id: cell.source for cell in nbformat.read(release, as_version=4).cells}


def prove(
    root: Path,
    lab: str,
    chosen: list[str],
    tell: Callable[[Verdict], None],
    *,
    both_ways: bool = False,
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
    both_ways : bool
        Whether everything runs once more with the tests in a referee and is compared, and the
        impostors of the exercises run there.

    Returns
    -------
    list of Verdict
        One for each notebook or answer that ran, and for the impostors of each exercise.
    """
    root = root.resolve()  # cells run in the lab's folder
    folder = root / "solutions" / lab
    labfile = read_labfile(folder / "lab.toml")
    source = read_source(folder / f"{lab}.py")
    source.require_sound()
    answers = _choose(source, read_answers(folder / "answers"), chosen, lab)
    release = None if chosen else root / "labs" / lab / f"{lab}.ipynb"
    verdicts = []
    settings = {"NBGRADER_EXECUTION": "validate", "LABS_MODE": "fast", "LABS_SEED": None}
    with contextlib.ExitStack() as stack:
        stack.enter_context(environment(**settings))
        stack.enter_context(contextlib.chdir(folder))
        referee = None
        if both_ways:
            referee = stack.enter_context(ThroughReferee(source, labfile.variants[0]["name"]))
        disguised = [name for name in source.exercises if not chosen or name in chosen]
        for verdict in _runs(source, labfile, answers, disguised, release, referee):
            verdicts.append(verdict)
            tell(verdict)
    return verdicts


def _choose(source: Source, answers: list[Answer], chosen: list[str], lab: str) -> list[Answer]:
    """Return the answers of some names or exercises, in the order of the exercises."""
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
    order = [*source.exercises, WHOLE]
    return sorted(answers, key=lambda one: order.index(one.exercise))


def _runs(
    source: Source,
    labfile: LabFile,
    answers: list[Answer],
    disguised: list[str],
    release: Path | None,
    referee: ThroughReferee | None,
) -> Iterator[Verdict]:
    """Run one after another, each in both ways if there is a referee, and then the impostors."""
    begun = ""  # the exercise for which the referee has run the given cells

    def compare(first: Verdict, run: Callable[[Way], Verdict], exercise: str = "") -> Verdict:
        nonlocal begun
        if referee is None:
            return first
        anew, begun = not exercise or exercise != begun, exercise
        return first.compared(run(lambda session: referee.begin(session, anew=anew)))

    solution, states = run_solution(source)
    yield compare(solution, partial(run_whole, source, "solution", {}, None))
    for one in answers:
        if one.exercise == WHOLE:
            run = partial(run_whole, source, one.name, one.cells, labfile.seed)
            yield compare(run(), run)
        else:
            run = partial(run_answer, source, states[one.exercise], one, labfile.seed)
            yield compare(run(), run, one.exercise)
    for name in disguised if referee else ():
        yield unmask(source, name, states[name], labfile.seed, referee)
    if release is not None:
        run = partial(run_template, release, source)
        yield compare(replace(run(), trouble=template_trouble(release, source)), run)
