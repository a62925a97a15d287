"""The outcomes of a check that did not pass, as exceptions that carry the message for the student.

CheckFailed (an AssertionError)
  + NotAttempted   the exercise still holds its placeholder
  + Raised         an error stopped the student's code
  + Wrong          the code ran, the result is not the expected one
"""

from __future__ import annotations

from typing import ClassVar

Facts = tuple[tuple[str, str], ...]


class CheckFailed(AssertionError):
    """A check did not pass.

    Parameters
    ----------
    title
        The sentence of the contract that was checked.
    hint
        Where to look. May be empty.
    facts
        Pairs of label and text, such as ``("Expected", "shape (3, 784)")``, in reading order.

    Attributes
    ----------
    kind : str
        ``"not_attempted"``, ``"raised"`` or ``"wrong"``.
    title, hint : str
        As given. With `kind` the only things that a student may see of a hidden test.
    message : str
        All facts and the hint, one a line. It may name values of the test.
    """

    kind: ClassVar[str] = "wrong"

    def __init__(self, title: str, hint: str = "", facts: Facts = ()) -> None:
        super().__init__(title, hint, facts)
        self.title = title
        self.hint = hint
        self.facts = facts

    @property
    def message(self) -> str:
        lines = [*self.facts, ("Where to look", self.hint)] if self.hint else self.facts
        return "\n".join(f"{label}: {text}" for label, text in lines)

    def __str__(self) -> str:
        return f"{self.title}\n{self.message}"


class NotAttempted(CheckFailed):
    """The exercise still holds the placeholder that the lab came with."""

    kind = "not_attempted"


class Raised(CheckFailed):
    """An exception stopped the student's code, or the check on what it made."""

    kind = "raised"


class Wrong(CheckFailed):
    """The student's code ran, and its result is not what was asked for."""

    kind = "wrong"
