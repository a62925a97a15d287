"""One case: a small submission and its true score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A submission whose true score is known.

    Parameters
    ----------
    id
        Row of the catalogue; a neighbour of a row has a word behind a full stop: `T21.len`.
    title
        What the submission does.
    lab
        Name of a lab in `labs.py`.
    cells
        The student's text of the lab's cells, by cell id. The others stay as they were given,
        which is the solution where `solved` is true and the template where it is not.
    own
        Cells of the student's own: id of the lab's cell that each follows, text.
    files
        What lies beside the notebook, by name.
    shape
        Writes what is handed in, from the notebook as JSON, into a folder under a name; None
        where that is the notebook as it is.
    outcome
        How the run ends: `graded`, or why there is no grade.
    alone
        Whether it may stop a grader, so that plain nbgrader gets it in a course of its own, with
        an honest student after it.
    truth
        Points by graded cell, 0 where none are given; None for all points.
    waits
        Whether a written answer of the lab, if it has one, waits for a person.
    known
        Why the score is not the true one yet; empty where it is.
    leaks
        Why something of the hidden tests still comes back; empty where nothing does.
    """

    id: str
    title: str
    lab: str = "std"
    cells: Mapping[str, str] = field(default_factory=dict)
    own: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    shape: Callable[[dict[str, Any], Path, str], None] | None = None
    outcome: str = "graded"
    alone: bool = False
    truth: Mapping[str, float] | None = field(default_factory=dict)
    waits: bool = True
    known: str = ""
    leaks: str = ""

    @property
    def row(self) -> str:
        """The row of the catalogue that this is, or a neighbour of."""
        return self.id.partition(".")[0]

    @property
    def is_trick(self) -> bool:
        """Whether the submission wants points that it has not earned."""
        return self.id.startswith("T")

    def points(self, maximum: Mapping[str, float]) -> dict[str, float]:
        """Return the true points of every graded cell of the lab."""
        if self.truth is None:
            return dict(maximum)
        return {cell: self.truth.get(cell, 0.0) for cell in maximum}


WRONG = "def f(x):\n    return -1.0"
RIGHT = "def f(x):\n    return 3 + float(np.sum(np.square(x)))"


def trick(id: str, title: str, code: str, **more: object) -> Case:
    """A wrong answer in the lab "std" with a cell of the student's own behind it."""
    own = (("f", dedent(code).strip()),)
    return Case(id, title, cells={"f": WRONG}, own=own, **more)  # type: ignore[arg-type]


def answer(id: str, title: str, code: str, **more: object) -> Case:
    """Another answer in the lab "std", worth nothing where nothing else is said."""
    return Case(id, title, cells={"f": dedent(code).strip()}, **more)  # type: ignore[arg-type]


def honest(id: str, title: str, code: str, **more: object) -> Case:
    """A right answer in the lab "std", written in an odd way: worth all points."""
    return answer(id, title, code, **{"truth": None, **more})
