"""The table: every case with its true score, ours, and what plain nbgrader gave, run for real."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.integrity.case import Case

GROUPS = {
    "T": "tricks, for points",
    "B": "what breaks a batch or the machine",
    "L": "what wants to learn of tests and others",
    "F": "honest work that is odd",
}
HEAD = """\
# What tricks earn here, and what honest work loses

Small submissions whose true score is known, each graded twice: by this grader, from the folder
that was handed in to the record, and by `nbgrader autograde` as it comes. `make integrity` runs all
of them and writes this page; `make test` runs ours. A case is named for a row of the list of attacks;
what stands behind a full stop is a neighbour of it. Points of all that the lab's tests give; where
plain nbgrader gave no score, its run of that submission failed. What might stop a grader is graded by
nbgrader in a course of its own before the work of an honest student, who should get all her points. Three
neighbours of T57 meet tests written without care on purpose: `make check` refuses such tests in a lab.
What a case of L prints is looked at by `make test`; here stand its points. What no single submission shows
(a second one, the feedback, ids of students) has tests of its own, which `tests/integrity/catalogue.py`
names; nbgrader's exchange and zip_collect, which bring submissions here, are not looked at.

"""


def number(points: float) -> str:
    """Write points without needless zeros."""
    return f"{points:g}"


def shown(points: Mapping[str, float] | None, maximum: Mapping[str, float]) -> str:
    """Write a score as "3 / 9", or that there is none."""
    if points is None:
        return "no score"
    return f"{number(sum(points.values()))} / {number(sum(maximum.values()))}"


def row(
    case: Case,
    maximum: Mapping[str, float],
    ours: Mapping[str, float],
    plain: Mapping[str, float] | None,
    others_are_graded: bool = True,
) -> str:
    """Return one line of the table; what is not as it should be is bold."""
    truth = case.points(maximum)
    cells = [case.id, case.title.replace("|", "/"), shown(truth, maximum)]
    for points in (ours, plain):
        text = shown(points, maximum)
        # What is no notebook may end without a score.
        is_right = points == truth or (points is None and case.outcome != "graded")
        cells.append(text if is_right else f"**{text}**")
    if not others_are_graded:
        cells[-1] += ", **others lose theirs**"
    return f"| {' | '.join(cells)} |"


def page(lines: Sequence[str], versions: str) -> str:
    """Return the page, from its table's lines."""
    top = ["| case | what it does | true | ours | plain nbgrader |", "|---|---|---|---|---|"]
    count = []
    for letter, word in GROUPS.items():
        group = [line for line in lines if line.startswith(f"| {letter}")]
        ours, plain = (sum(is_wrong(line, at) for line in group) for at in (3, 4))
        count.append(f"| {word} | {len(group)} | {ours} | {plain} |")
    count = ["| kind | cases | not as it should be here | in plain nbgrader |", "|---|---:|---:|---:|",
             *count]  # fmt: skip
    return HEAD + "\n".join([*count, "", f"Measured with {versions}.", "", *top, *lines]) + "\n"


def is_wrong(line: str, at: int = 3) -> bool:
    """Say whether a line's cell, ours by default, is not as it should be."""
    return "**" in line.split(" | ")[at]


def lines_of(text: str) -> dict[str, str]:
    """Return the lines of a page's table, by the id of the case."""
    lines = re.findall(r"^(\| ((?:[TBLF]\d|right|wrong)[\w.]*) \|.*)$", text, re.MULTILINE)
    return {id: line for line, id in lines}


def ids_of(text: str) -> list[str]:
    """Return the ids of the cases that a page lists."""
    return list(lines_of(text))
