"""Tests of making and keeping twins."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_scripts import twin
from data_scripts.manifest import DataSet


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often a twin is made."""
    calls = []
    make = twin._make

    def count(data: DataSet) -> dict:
        calls.append(data.name)
        return make(data)

    monkeypatch.setattr(twin, "_make", count)
    return calls


def test_twin_is_made_once(tmp_path: Path, tiny, made: list[str]) -> None:
    """Is a twin read from the cache the second time, the same as at first?"""
    first = twin.twin_splits(tiny.data, tmp_path)
    second = twin.twin_splits(tiny.data, tmp_path)
    assert made == ["mnist"]
    for split in ("train", "test"):
        np.testing.assert_array_equal(first[split][0], second[split][0])


def test_damaged_twin_is_made_again(tmp_path: Path, tiny, made: list[str]) -> None:
    """Is a twin that was altered on disk not used?"""
    twin.twin_splits(tiny.data, tmp_path)
    (twin.twin_folder(tiny.data, tmp_path) / "x_train.npy").write_bytes(b"half")
    splits = twin.twin_splits(tiny.data, tmp_path)
    assert made == ["mnist"] * 2
    assert splits["train"][0].shape == (12, 28, 28)


def test_cache_need_not_be_written(tmp_path: Path, tiny) -> None:
    """Is a twin given where the cache cannot be written?"""
    cache = tmp_path / "file"
    cache.write_text("", encoding="utf-8")
    assert twin.twin_splits(tiny.data, cache)["test"][1].shape == (6,)


def test_other_generator_other_folder(
    tmp_path: Path, tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does a change in a generator's code make the old twin count no more?"""
    before = twin.twin_folder(tiny.data, tmp_path)
    (tmp_path / "digits.py").write_text("# another one", encoding="utf-8")
    monkeypatch.setattr(twin, "GENERATORS", tmp_path)
    assert twin.twin_folder(tiny.data, tmp_path) != before
