"""All cases, in the order of the catalogue, and the rows of it that must be there."""

from __future__ import annotations

from tests.integrity.case import RIGHT, WRONG, Case
from tests.integrity.cases import FAMILIES

ROWS = (
    *(
        f"T{n:02}"
        for n in (1, *range(3, 10), *range(14, 19), *range(21, 32), 33, 34, 37, 40, 41, 42)
    ),
    *(f"T{n}" for n in (44, 45, 48, 49, *range(51, 55), 56, 57, 58, *range(60, 66))),
    *(
        f"B{n:02}"
        for n in (*range(1, 6), *range(8, 17), *range(18, 34), *range(35, 38), 39, 40, 41)
    ),
    *(f"B{n}" for n in (45, 47, 48, 51, 52)),
    *(f"L{n:02}" for n in (*range(3, 9), 10, 18, 19, 23)),
    *(f"F{n:02}" for n in (*range(1, 9), *range(10, 20), 21, 22, 24, *range(25, 33), 34, 36, 38)),
    *(f"F{n}" for n in (*range(40, 52), *range(53, 57), 58, 59, 60, *range(67, 71), 72)),
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
