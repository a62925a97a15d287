"""The page with the table: complete, and built from what was measured."""

from __future__ import annotations

from grading.sandbox import ROOT
from tests.integrity.case import Case
from tests.integrity.catalogue import CASES
from tests.integrity.table import ids_of, is_wrong, lines_of, page, row

MAXIMUM = {"hidden_f": 2.0, "test_f": 3.0}


def test_the_page_is_complete() -> None:
    """Does docs/integrity.md list every case, in the catalogue's order? (Else: make integrity.)"""
    text = (ROOT / "docs" / "integrity.md").read_text(encoding="utf-8")
    assert ids_of(text) == [case.id for case in CASES]


def test_a_line() -> None:
    """Is a score that is not the true one bold, and a run without score told apart?"""
    case = Case("T99.x", "prints a | sign", truth={"test_f": 3.0})
    right = {"hidden_f": 0.0, "test_f": 3.0}
    assert row(case, MAXIMUM, right, {"hidden_f": 2.0, "test_f": 1.0}) == (
        "| T99.x | prints a / sign | 3 / 5 | 3 / 5 | **3 / 5** |"
    )
    assert row(case, MAXIMUM, right, None).endswith("| 3 / 5 | **no score** |")


def test_the_counts() -> None:
    """Does the page count the scores that are not true, tricks and honest work apart?"""
    right, none = {"hidden_f": 2.0, "test_f": 3.0}, {"hidden_f": 0.0, "test_f": 0.0}
    lines = [
        row(Case("right", "right", truth=None), MAXIMUM, right, right),
        row(Case("T1", "a trick"), MAXIMUM, none, right),
        row(Case("F1", "odd", truth=None), MAXIMUM, right, None),
    ]
    text = page(lines, "these versions")
    assert ids_of(text) == ["right", "T1", "F1"]
    assert "| tricks, for points | 1 | 0 | 1 |" in text
    assert "| honest work that is odd | 1 | 0 | 1 |" in text


def test_others_who_lose_theirs() -> None:
    """Is a case that costs others their points not as it should be, and are lines found again?"""
    line = row(Case("B9", "harm", truth=None), MAXIMUM, MAXIMUM, MAXIMUM, others_are_graded=False)
    assert (is_wrong(line), is_wrong(line, 4)) == (False, True)
    assert lines_of(page([line], "these versions")) == {"B9": line}
