"""The table: every case with its true score, ours, and what plain nbgrader gave, run for real."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.integrity.case import Case

HEAD = """\
# What tricks earn here, and what honest work loses

Small submissions whose true score is known, each graded twice: by this grader, from the folder
that was handed in to the record, and by `nbgrader autograde` as it comes. `make integrity` runs all
of them and writes this page; `make test` runs ours. A case is named for a row of the list of attacks;
what stands behind a full stop is a neighbour of it. Points of all that the lab's tests give; where
plain nbgrader gave no score, its run of that submission failed. Three neighbours of T57 meet tests
written without care on purpose: `make check` refuses such tests in a lab.

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
) -> str:
    """Return one line of the table; a score that is not the true one is bold."""
    truth = case.points(maximum)
    cells = [case.id, case.title.replace("|", "/"), shown(truth, maximum)]
    for points in (ours, plain):
        text = shown(points, maximum)
        cells.append(text if points == truth else f"**{text}**")
    return f"| {' | '.join(cells)} |"


def page(lines: Sequence[str], versions: str) -> str:
    """Return the page, from its table's lines."""
    top = ["| case | what it does | true | ours | plain nbgrader |", "|---|---|---|---|---|"]
    tricks = [line for line in lines if line.startswith("| T")]
    honest = [line for line in lines if line.startswith("| F")]
    count = []
    for word, group in (("tricks", tricks), ("honest submissions", honest)):
        wrong = [line.split(" | ") for line in group]
        ours = sum("**" in cells[3] for cells in wrong)
        plain = sum("**" in cells[4] for cells in wrong)
        count.append(
            f"Of {len(group)} {word}, {ours} get another score than the true one here, "
            f"{plain} in plain nbgrader."
        )
    return HEAD + "\n".join([*count, "", f"Measured with {versions}.", "", *top, *lines]) + "\n"


def ids_of(text: str) -> list[str]:
    """Return the ids of the cases that a page lists."""
    return re.findall(r"^\| ((?:[TF]\d|right|wrong)[\w.]*) \|", text, re.MULTILINE)
