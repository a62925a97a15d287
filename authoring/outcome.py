"""What came of a test, and of all tests of an answer, in the words of the grader's records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

# What a test can end in, and how a person says it.
WORDS = {
    "passed": "passes",
    "partial": "gives part of its points",
    "failed": "fails",
    "not_attempted": "finds nothing attempted",
    "raised": "raises",
    "time": "runs too long",
    "died": "ends the process",
    "broken": "cannot run",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one test.

    Attributes
    ----------
    verdict : str
        One of `WORDS`.
    points : float or None
        Where the verdict is "partial", how many.
    message : str
        Why it did not pass; it counts for nothing where outcomes are compared.
    """

    verdict: str
    points: float | None = None
    message: str = ""

    @classmethod
    def of_value(cls, value: Any, most: float) -> Outcome:
        """Return what nbgrader makes of the value of a test's last line, which may be points.

        It reads the value's text: `1.5` is points, `np.float64(1.5)`, `True` and any other is not.
        """
        if value is None:
            return cls("passed")
        try:
            return cls.of_points(float(repr(value)), most)
        except ValueError:
            return cls("passed")

    @classmethod
    def of_points(cls, points: float, most: float) -> Outcome:
        """Return the outcome of a test that gives so many of its points."""
        if points >= most:
            return cls("passed")
        return cls("partial", points, f"{points:g} of {most:g} points")

    @property
    def why(self) -> str:
        """Say why a test does not give full points; empty if it does."""
        if self.verdict == "passed":
            return ""
        return self.message or WORDS[self.verdict]

    def is_as(self, other: Outcome) -> bool:
        """Tell whether two outcomes are the same verdict and the same points."""
        return (self.verdict, self.points) == (other.verdict, other.points)

    def __str__(self) -> str:
        words = WORDS[self.verdict]
        return f"{words} ({self.message})" if self.message else words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one answer: the outcome of every test that ran.

    Attributes
    ----------
    expected : frozenset of str
        The tests that must not give full points.
    trouble : str
        What stopped it outside the tests, if anything did.
    differences : tuple of str
        Where the referee says something else, or passes an impostor, a line each.
    """

    name: str
    expected: frozenset[str]
    outcomes: dict[str, Outcome]
    seconds: float
    trouble: str = ""
    differences: tuple[str, ...] = ()

    @property
    def failed(self) -> dict[str, str]:
        """The tests that do not give full points, with the reason of each."""
        return {test: outcome.why for test, outcome in self.outcomes.items() if outcome.why}

    @property
    def as_said(self) -> bool:
        """Tell whether exactly the named tests failed, in both ways of running them."""
        return not self.lines()

    def lines(self) -> list[str]:
        """Say what differs from the answer's header, and between both ways, a line each."""
        if self.trouble:
            return [self.trouble, *self.differences]
        failed = self.failed
        missed = [f"{test} passes, but must fail" for test in sorted(self.expected - set(failed))]
        extra = [
            f"{test} fails, but must pass: {why}"
            for test, why in failed.items()
            if test not in self.expected
        ]
        return [*missed, *extra, *self.differences]

    def compared(self, other: Verdict) -> Verdict:
        """Return this verdict with its differences from what the referee said."""
        differences = [
            f"{test} {outcome} in plain nbgrader, and through the referee {found}"
            for test, outcome in self.outcomes.items()
            if (found := other.outcomes.get(test)) is not None and not outcome.is_as(found)
        ]
        if other.trouble and not self.trouble:
            differences.append(f"without the tests' own names, {other.trouble}")
        return replace(self, seconds=self.seconds + other.seconds, differences=tuple(differences))
