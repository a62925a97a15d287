"""Tests of caches that hold the rows for notebooks only."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import data_scripts
from data_scripts import loading
from data_scripts.errors import NotAvailable, RowsNotHere


@pytest.fixture
def target(tmp_path: Path, tiny, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a notebook cache of the small data set, and let LABS_DATA name it."""
    monkeypatch.setattr(loading, "data_set", lambda name: tiny.data)
    tiny.write(tmp_path / "mirror" / "set")
    monkeypatch.setenv("LABS_MIRROR", str(tmp_path / "mirror"))
    data_scripts.notebook_cache(tmp_path / "notebook", ["mnist"])
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "notebook"))
    return tmp_path / "notebook"


def test_it_holds_the_notebook_part_and_nothing_else(target: Path) -> None:
    """Are there as many rows on disk as the notebook gets, and no file of another kind?"""
    counts = {path.stem: len(np.load(path)) for path in target.rglob("*.npy")}
    assert counts == {"train.x": 8, "train.y": 8, "test.x": 2, "test.y": 2}
    others = {path.name for path in target.rglob("*") if path.is_file()} - {
        f"{name}.npy" for name in counts
    }
    assert others == {"description.json", "notebook-part.json"}


def test_load_serves_from_it(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does load give the same rows as before, without mirror and network?"""
    monkeypatch.delenv("LABS_MIRROR")
    loaded = data_scripts.load("mnist")
    assert loaded.source == "real"
    assert loaded.where == "Tiny, the real data, from the mirror folder"
    assert [len(split[0]) for split in (loaded.train, loaded.test)] == [8, 2]


@pytest.mark.parametrize("part", ["full", "unseen"])
def test_other_rows_are_refused(target: Path, part: str) -> None:
    """Are other rows refused in a sentence, though a mirror is named?"""
    with pytest.raises(
        RowsNotHere, match=f"only the rows of Tiny that notebooks get; part '{part}'"
    ):
        data_scripts.load("mnist", part)


def test_other_source_is_not_made_up(target: Path) -> None:
    """Is a source that was not written refused, with what to do?"""
    with pytest.raises(NotAvailable, match=r"Tiny \(twin\) is not in this data folder"):
        data_scripts.load("mnist", source="twin")


def test_both_sources_fit_in(target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Can the twin be added, and is the real data still what load prefers?"""
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "cache"))
    data_scripts.notebook_cache(target, ["mnist"], "twin")
    monkeypatch.setenv("LABS_DATA", str(target))
    assert data_scripts.load("mnist").source == "real"
    assert data_scripts.load("mnist", source="twin").source == "twin"


def test_it_may_be_read_only(target: Path) -> None:
    """Does loading leave the folder exactly as it was?"""

    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in [target, *target.rglob("*")]}

    before = state()
    for path in before:
        os.chmod(path, 0o555 if path.is_dir() else 0o444)
    try:
        data_scripts.load("mnist")
        assert state() == before
    finally:
        for path in before:
            os.chmod(path, 0o755 if path.is_dir() else 0o644)


def test_writing_again_replaces(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Can a cache be written anew over the old one?"""
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "cache"))
    data_scripts.notebook_cache(target, ["mnist"])
    assert sorted(path.name for path in (target / "mnist").iterdir()) == ["real"]
