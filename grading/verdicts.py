"""The words and signs for verdicts: one place, so that report, feedback and legend say the same."""

from __future__ import annotations

from dataclasses import dataclass

from grading.marks import Score
from grading.records import TestResult, WrittenAnswer

__all__ = [
    "FOLLOWED",
    "LIMITS",
    "VERDICTS",
    "Shown",
    "Verdict",
    "followed_text",
    "points_text",
    "shown",
]


# Verdicts that tell of a limit or a crash; problems of a run bear the same codes.
LIMITS = ("time", "died", "memory", "output")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a verdict is shown.

    Parameters
    ----------
    sign : str
        One sign that most fonts have; it goes with the word, never instead of it.
    word : str
        At most two short words.
    tone : {"good", "half", "bad", "none"}
        The colour, which only repeats what sign and word say.
    meaning : str
        One sentence for students and instructors.
    """

    sign: str
    word: str
    tone: str
    meaning: str


VERDICTS: dict[str, Verdict] = {
    "passed": Verdict("✓", "passed", "good", "The test found what it expects."),
    "partial": Verdict("◐", "partly", "half", "A part of the points was earned."),
    "failed": Verdict("✗", "wrong", "bad", "The code ran and its result is not the expected one."),
    "raised": Verdict("!", "error", "bad", "The code raised an exception."),
    "not_attempted": Verdict("○", "empty", "none", "The exercise was left as it was given."),
    "time": Verdict("◷", "too slow", "bad", "The time limit was reached."),
    "died": Verdict("†", "died", "bad", "The Python process ended during the cell."),
    "memory": Verdict("▲", "memory", "bad", "The memory limit was reached."),
    "output": Verdict("≡", "output", "bad", "The limit on printed output was reached."),
    "not_run": Verdict("–", "not run", "none", "The test could not run; the message says why."),
}


# Beside the verdict of a test that was judged with answers of the lab's in place.
FOLLOWED = "↷"


def followed_text(test: TestResult) -> str:
    """Say to a student with which of the lab's answers a test was judged; "" for none."""
    names = [f"`{name}`" for name in test.followed]
    if not names:
        return ""
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    answers = "answer" if len(names) == 1 else "answers"
    text = f"Judged with our {answers} to {listed}, since yours lost points"
    return f"{text}." if test.verdict == "passed" else f"{text}; it loses points there too."


def points_text(points: float) -> str:
    """Write points as short as possible: two decimals at most.

    >>> points_text(2.0), points_text(1.5), points_text(0.333)
    ('2', '1.5', '0.33')
    """
    return f"{round(points, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Shown:
    """How the result of one cell is shown: sign, word, colour, and points as text.

    `followed` is true of a test that was judged with answers of the lab's in place.
    """

    sign: str
    word: str
    tone: str
    points: str
    followed: bool = False


def shown(score: Score) -> Shown:
    """Put the result of a test or a written answer into sign, word, colour and points."""
    points = "" if score.points is None else points_text(score.points)
    if score.waiting:
        return Shown("✎", "to mark", "half", points)
    if isinstance(score.item, WrittenAnswer):
        if not score.item.answered:
            return Shown("○", "empty", "none", points)
        return Shown("✎", "marked", "none", points)
    if score.by_hand:
        return Shown("✎", "by hand", "none", points)
    verdict = VERDICTS[score.item.verdict]
    return Shown(verdict.sign, verdict.word, verdict.tone, points, bool(score.item.followed))
