"""Tests of labkit.verdicts."""

from __future__ import annotations

import pickle

import pytest

from labkit.verdicts import CheckFailed, NotAttempted, Raised, Wrong

FACTS = (("Expected", "shape (3, 784)"), ("Came", "shape (3, 28, 28)"))


@pytest.mark.parametrize(
    ("verdict", "kind"), [(NotAttempted, "not_attempted"), (Raised, "raised"), (Wrong, "wrong")]
)
def test_grader_can_read_the_parts(verdict: type[CheckFailed], kind: str) -> None:
    """Has each outcome the attributes that the grader records?"""
    error = verdict("Rows have 784 numbers", "reshape", FACTS)
    assert isinstance(error, AssertionError)
    assert (error.kind, error.title, error.hint) == (kind, "Rows have 784 numbers", "reshape")
    assert error.message.splitlines() == [
        "Expected: shape (3, 784)",
        "Came: shape (3, 28, 28)",
        "Where to look: reshape",
    ]
    assert str(error) == f"Rows have 784 numbers\n{error.message}"


def test_title_and_hint_show_no_value() -> None:
    """Can what students see of a hidden test not contain what was compared?"""
    error = Wrong("Rows have 784 numbers", "reshape", FACTS)
    assert "28" not in error.title + error.hint + error.kind


def test_without_hint() -> None:
    """Is there no empty line where the author gave no hint?"""
    assert Wrong("t", "", FACTS).message == "Expected: shape (3, 784)\nCame: shape (3, 28, 28)"


def test_survives_pickle() -> None:
    """Does a process pool bring a verdict back whole?"""
    again = pickle.loads(pickle.dumps(Raised("t", "h", FACTS)))
    assert (again.kind, again.message) == ("raised", Raised("t", "h", FACTS).message)
