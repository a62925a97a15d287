"""Tests of what a test does with live objects, in a notebook and through a referee."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import labkit
from labkit import live


def test_inside_calls() -> None:
    """Does `inside` call the helper here where there is no referee?"""
    assert labkit.inside(lambda x, y: [x, y], 1, 2) == [1, 2]


def test_scratch_is_a_new_empty_folder() -> None:
    """Is every scratch folder a new one?"""
    one, two = labkit.scratch(), labkit.scratch()
    assert one != two
    assert list(one.iterdir()) == []
    (one / "x").write_text("x")


def test_a_referee_takes_over() -> None:
    """Does everything go to the referee while one is there, and not afterwards?"""

    class Referee:
        def inside(self, helper: Any, values: tuple[Any, ...]) -> Any:
            return "inside", values

        def clean_copy(self, model: Any) -> Any:
            return "copy"

        def scratch(self) -> Path:
            return Path("there")

    live.connect(Referee())
    try:
        assert labkit.inside(len, 1, 2) == ("inside", (1, 2))
        assert labkit.clean_copy(None) == "copy"
        assert labkit.scratch() == Path("there")
    finally:
        live.connect(None)
    assert labkit.inside(len, [1]) == 1
    with pytest.raises(labkit.CannotCopy):
        labkit.clean_copy(len)
