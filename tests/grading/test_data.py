"""Tests of what is made ready before a class is graded."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import data_scripts
from grading.assignment import Assignment
from grading.data import prepare_data


@pytest.mark.parametrize("weights", ["real", "twin"])
def test_what_is_used_together_is_of_one_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, weights: str
) -> None:
    """Does a student's part hold drawings where the base was trained on drawings?"""
    written = []

    def load(name: str, part: str = "notebook", source: str | None = None) -> Any:
        kind = source or (weights if name == "mobilenet" else "real")
        return SimpleNamespace(source=kind, where=f"{name}, {kind}")

    def notebook_cache(folder: Path, names: list[str], source: str) -> None:
        written.extend((name, source) for name in names)

    monkeypatch.setattr(data_scripts, "load", load)
    monkeypatch.setattr(data_scripts, "notebook_cache", notebook_cache)
    variants = {"pets": ("cats_dogs", "mobilenet"), "digits": ("mnist",)}
    lab = Assignment("small", SimpleNamespace(), SimpleNamespace(), variants)
    data = prepare_data(lab, tmp_path / "data")
    expected = {"cats_dogs": weights, "mobilenet": weights, "mnist": "real"}
    assert data.sources == dict(written) == expected
    assert sorted(data.where) == sorted(f"{name}, {kind}" for name, kind in expected.items())
