"""What a report says about a class: pure functions from standings to words and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from grading.marks import Standing
from grading.records import Problem, Record, TestResult, WrittenAnswer
from grading.verdicts import LIMITS, VERDICTS

__all__ = ["Difficulty", "Task", "about", "columns", "difficulty", "followed", "tasks"]

# Codes of problems that nobody causes by pressing a wrong key once: the lab's own cells say
# something else.
TAMPERING = ("changed", "points", "unknown_cell")
# So many problems of a submission are written out.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How a class did on one exercise or test: points earned and to earn, verdicts."""

    name: str
    points: float
    max_points: float
    verdicts: Counter[str]

    @property
    def share(self) -> float:
        """Points earned, as a part of those to earn."""
        return self.points / self.max_points if self.max_points else 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """Something for a person to look at: what, why, and a line of text for each submission."""

    title: str
    why: str
    lines: list[tuple[Standing, str]]


def columns(standings: Iterable[Standing]) -> tuple[list[TestResult], list[WrittenAnswer]]:
    """Return each test and written question once, the tests of one exercise together."""
    tests: dict[str, TestResult] = {}
    written: dict[str, WrittenAnswer] = {}
    for standing in standings:
        for test in standing.record.tests:
            tests.setdefault(test.cell, test)
        for answer in standing.record.written:
            written.setdefault(answer.cell, answer)
    order = list(dict.fromkeys(test.exercise for test in tests.values()))
    return (
        sorted(tests.values(), key=lambda test: order.index(test.exercise)),
        list(written.values()),
    )


def difficulty(
    graded: Iterable[Standing], by: Literal["exercise", "cell"]
) -> dict[str, Difficulty]:
    """Add up points and verdicts over the graded submissions, of each exercise or of each test."""
    found: dict[str, Difficulty] = {}
    for standing in graded:
        for score in standing.tests:
            name = getattr(score.item, by)
            entry = found.get(name) or Difficulty(name, 0.0, 0.0, Counter())
            found[name] = Difficulty(
                name,
                entry.points + (score.points or 0.0),
                entry.max_points + score.item.max_points,
                entry.verdicts + Counter([score.item.verdict]),
            )
    return found


def tasks(standings: Sequence[Standing]) -> list[Task]:
    """List what a person should look at, most urgent first; empty lists are left out."""
    found = [
        Task(
            "Not graded",
            "No points were given; the student gets this sentence.",
            _lines(standings, lambda s: "" if s.graded else _outcome(s.record)),
        ),
        Task(
            "Written answers to mark",
            "Mark them in formgrader; they count 0 until then.",
            _lines(standings, lambda s: ", ".join(score.item.title for score in s.waiting)),
        ),
        Task(
            "Perhaps tampering",
            "Cells of the lab said something else; the lab's own were run, so it gained nothing.",
            _lines(standings, lambda s: _said(p for p in s.record.problems if p.code in TAMPERING)),
        ),
        Task(
            "Limits reached",
            "An endless loop or a crash, or a limit that is too tight for honest work?",
            _lines(standings, lambda s: _limits(s.record)),
        ),
        Task(
            "Mended files",
            "Most of these happen by accident; nothing is lost.",
            _lines(
                standings,
                lambda s: _said(
                    p for p in s.record.problems if p.code not in (*TAMPERING, *LIMITS)
                ),
            ),
        ),
    ]
    return [task for task in found if task.lines]


def followed(graded: Iterable[Standing]) -> tuple[int, int]:
    """Count the submissions and the tests that were judged with answers of the lab's in place."""
    tests = [sum(bool(test.followed) for test in standing.record.tests) for standing in graded]
    return sum(map(bool, tests)), sum(tests)


def about(standings: Sequence[Standing]) -> dict[str, Any]:
    """Collect what holds for the whole run: when, data, variants, versions, limits, sandbox."""
    records = [standing.record for standing in standings]
    return {
        "last": max(record.started for record in records)[:16].replace("T", " "),
        "data": Counter(record.data for record in records if record.data),
        "variants": Counter(record.variant for record in records if record.variant),
        "versions": _agreed(record.versions for record in records),
        "budget": _agreed(record.budget for record in records),
        "trusted": sum(record.trusted for record in records),
    }


def _lines(
    standings: Iterable[Standing], text: Callable[[Standing], str]
) -> list[tuple[Standing, str]]:
    return [(standing, said) for standing in standings if (said := text(standing))]


def _outcome(record: Record) -> str:
    return record.outcome.message or record.outcome.code


def _said(problems: Iterable[Problem]) -> str:
    texts = [problem.message or f"{problem.code}: {problem.cell}." for problem in problems]
    more = f" And {len(texts) - NAMED} more." if len(texts) > NAMED else ""
    return " ".join(texts[:NAMED]) + more


def _limits(record: Record) -> str:
    if said := _said(problem for problem in record.problems if problem.code in LIMITS):
        return said
    tests = [test for test in record.tests if test.verdict in LIMITS]
    return "; ".join(f"{test.title}: {VERDICTS[test.verdict].word}" for test in tests)


def _agreed(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for entry in entries:
        for name, value in entry.items():
            values.setdefault(name, {})[str(value)] = None
    return {name: " / ".join(seen) for name, seen in values.items()}
