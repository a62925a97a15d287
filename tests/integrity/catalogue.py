"""All cases, in the order of the catalogue, and the rows of it that must be there."""

from __future__ import annotations

from tests.integrity.case import RIGHT, WRONG, Case
from tests.integrity.cases import FAMILIES

ROWS = (
    *(f"T{n:02}" for n in (*range(1, 19), *range(21, 32), *range(33, 38), *range(40, 43))),
    *(f"T{n}" for n in (44, 45, 48, 49, *range(51, 55), 56, 57, 58, *range(60, 66))),
    *(
        f"B{n:02}"
        for n in (*range(1, 6), *range(8, 17), *range(18, 34), *range(35, 38), 39, 40, 41)
    ),
    *(f"B{n}" for n in (45, 47, 48, 51, 52)),
    *(f"L{n:02}" for n in (*range(1, 9), 10, 15, 16, 18, 19, 23)),
    *(f"F{n:02}" for n in (*range(1, 9), *range(10, 20), 21, 22, 24, *range(25, 34), 34, 36, 38)),
    *(f"F{n}" for n in (*range(40, 52), *range(53, 57), 58, 59, 60, 63, *range(65, 71), 72)),
)
# Rows that no single submission shows, and the test that looks at them.
ELSEWHERE = {
    "T38": "tests/grading/course/test_gradebook.py::test_old_points_never_stay",
    "T39": "tests/grading/course/test_class_run.py::test_a_broken_resubmission_loses_the_old_points",
    "B07": "tests/grading/test_judge.py::test_the_time_of_the_notebook",
    "B49": "tests/grading/inside/test_wire.py::test_deep_and_long_frames_break_the_protocol",
    "L11": "tests/grading/test_feedback.py::test_nothing_runs_or_fetches",
    "L12": "tests/grading/test_sanitize.py::test_hostile_markdown",
    "L14": "tests/grading/course/test_one.py::test_inputs_of_its_own",
    "L21": "tests/grading/course/test_submission.py::test_links_are_not_followed",
    "F52": "tests/grading/course/test_class_run.py::test_files_beside_the_notebook",
    "F62": "tests/grading/course/test_commands.py::test_odd_ids_of_students",
    "F64": "tests/labs/test_labs.py::test_rules",
}
# Rows on programs of nbgrader's that bring submissions here: its exchange and zip_collect.
NOT_OURS = ("T68", "B46", "L20")
# Cases that take many seconds, as TensorFlow comes in.
HEAVY = ("F65", "F66")
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
