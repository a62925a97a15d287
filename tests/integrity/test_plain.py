"""Plain nbgrader, run for real: does the second runner give what others have measured?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integrity.catalogue import CASES, NOTED
from tests.integrity.labs import build
from tests.integrity.plain import grade_all, make_course


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_catalogue_is_reproduced(tmp_path: Path) -> None:
    """Does `nbgrader autograde` give the points that the catalogue says it gives?"""
    cases = [case for case in CASES if case.id in NOTED]
    lab, course = build(tmp_path / "labs", "std"), tmp_path / "plain"
    make_course(lab, course)
    results, log = grade_all(cases, lab, course)
    totals = {case: points and sum(points.values()) for case, points in results.items()}
    assert totals == NOTED, log[-2000:]
