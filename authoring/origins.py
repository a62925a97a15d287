"""Whose the values are that a test compares: what `authoring.flow` finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

# Where the comparing methods of a check take what they expect: places, and names, of arguments.
EXPECTED: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "close": ((1,), ("expected",)),
    "equal": ((1,), ("expected",)),
    "shape": ((1,), ("shape",)),
    "dtype": ((1,), ("dtype",)),
    "instance": ((1,), ("cls",)),
    "between": ((1, 2), ("low", "high")),
}
# Of these, the ones that compare values and not only their form.
BY_VALUE = ("close", "equal", "between")


class Origin(Flag):
    """Whose a value is; a value of several origins has them all.

    `STUDENT`: the student's process says so. `EVIDENCE`: it shows what a student's object does, a
    prediction, a weight, a clean copy. Neither: the test's own.
    """

    OWN = 0
    STUDENT = auto()
    EVIDENCE = auto()


@dataclass(slots=True)
class Comparison:
    """One comparison in a test: the origins of its sides, and whether it is meant as a relation.

    `is_mutual` tells that no side is marked as the expected one, as in `a == b`; `names` are the
    student's names in what is expected.
    """

    line: int
    text: str
    value: Origin
    expected: Origin
    names: tuple[str, ...]
    is_mutual: bool
    by_value: bool
    on_purpose: bool

    @property
    def is_circular(self) -> bool:
        """Tell whether the student's side is held against the student's side."""
        from_student = Origin.STUDENT in self.expected
        return from_student and (not self.is_mutual or Origin.STUDENT in self.value)

    @property
    def is_evidence(self) -> bool:
        """Tell whether what a student's object does is held against the referee's own value."""
        shown = Origin.EVIDENCE in self.value | self.expected
        return self.by_value and shown and not self.is_circular


@dataclass(frozen=True, slots=True)
class Flow:
    """What was found in a cell: its comparisons in order, and all names that the student fills."""

    comparisons: tuple[Comparison, ...]
    students: frozenset[str]
