"""Every case through our grader: its true score, and nothing learnt of the hidden tests.

`make test` runs the rows of the list of attacks, `make test-all` their neighbours too, and what is odd
about files only, which tests of reading and restoring look at as well.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grading.sandbox import ROOT
from tests.integrity.case import Case
from tests.integrity.catalogue import CASES, ELSEWHERE, HEAVY, NOT_OURS, ROWS
from tests.integrity.labs import SECRETS
from tests.integrity.ours import Result


def _param(case: Case, reason: str) -> object:
    marks = [pytest.mark.xfail(reason=reason, raises=AssertionError)] if reason else []
    # A neighbour of a row of the list, a file, TensorFlow.
    if "." in case.id or case.shape is not None or case.id in HEAVY:
        marks.append(pytest.mark.slow)
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.sandbox
@pytest.mark.parametrize("case", [_param(case, case.known) for case in CASES])
def test_the_true_score(case: Case, result: Callable[[Case], Result]) -> None:
    """Does each test cell get the points that the answer has earned, no more and no fewer?"""
    got = result(case)
    wanted = case.points(got.maximum)
    assert got.points == wanted, (got.verdicts, got.details)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "case", [_param(case, case.leaks) for case in CASES if case.is_trick or case.row[0] == "L"]
)
def test_nothing_learnt(case: Case, result: Callable[[Case], Result]) -> None:
    """Does nothing of a hidden test, its text or what it expects, come back to the student?"""
    returned = result(case).returned
    assert [secret for secret in SECRETS if secret in returned] == []


@pytest.mark.sandbox
@pytest.mark.parametrize("case", [_param(case, "") for case in CASES if case.own])
def test_the_trick_is_played(case: Case, result: Callable[[Case], Result]) -> None:
    """Does the student's own cell do what it is there for, instead of ending in an error?"""
    assert result(case).broken == ()


@pytest.mark.sandbox
@pytest.mark.parametrize("case", [_param(case, "") for case in CASES if case.lab == "essay"])
def test_a_person_marks(case: Case, result: Callable[[Case], Result]) -> None:
    """Does a written answer wait for a person, whatever its cell says, and an empty one not?"""
    assert result(case).waiting == (("why",) if case.waits else ())


def test_every_row_is_there() -> None:
    """Has each row of the catalogue its case, and each case an id of its own?"""
    ids = [case.id for case in CASES]
    assert set(ROWS) <= set(ids)
    assert len(set(ids)) == len(ids)
    rows = [*ROWS, *ELSEWHERE, *NOT_OURS]
    assert len(set(rows)) == len(rows)
    assert {case.row for case in CASES} - set(ROWS) == {"right", "wrong"}


@pytest.mark.parametrize("row", ELSEWHERE)
def test_other_rows_have_their_test(row: str) -> None:
    """Is there still a test for each row that no single submission shows?"""
    path, _, name = ELSEWHERE[row].partition("::")
    assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8")
