"""All cases, in the order of the catalogue, and the rows of it that must be there."""

from __future__ import annotations

from tests.integrity.case import RIGHT, WRONG, Case
from tests.integrity.cases import FAMILIES

ROWS = (
    *(f"T{n}" for n in (18, *range(21, 30), 37, 45, 48, 52, 53, 54, 56, 57, 58, 61, 62, 63, 64)),
    *(f"F{n}" for n in (*range(40, 51), 58, 69, 70)),
)
# What plain nbgrader gave on its lab of 9 points when the catalogue was made.
NOTED = {
    **dict.fromkeys(("T18", "T21", "T23", "T25", "T26", "T27", "T28", "T29", "T37"), 9.0),
    **dict.fromkeys(("T24", "T45", "F40", "F41", "F42", "F43"), 0.0),
    **dict.fromkeys(("F47", "F48", "right"), 9.0),
    "T22": 5.0,
}
# What every other case is compared with: the same answers without the trick.
BASELINES = (
    Case("right", "the solution", truth=None),
    Case("wrong", "a wrong answer", cells={"f": WRONG}),
    Case(
        "right.template",
        "the right answer, written again",
        cells={"f": RIGHT},
        truth=None,
    ),
)


def _order(case: Case) -> tuple[int, str]:
    return (ROWS.index(case.row) if case.row in ROWS else -1, case.id)


CASES: tuple[Case, ...] = tuple(
    sorted([*BASELINES, *(case for family in FAMILIES for case in family.CASES)], key=_order)
)
