"""Tests of making and keeping twins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data_scripts import sources, twin
from data_scripts.entries import DataSet


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
        np.testing.assert_array_equal(first[split]["x"], second[split]["x"])


def test_damaged_twin_is_made_again(tmp_path: Path, tiny, made: list[str]) -> None:
    """Is a twin that was altered on disk not used?"""
    twin.twin_splits(tiny.data, tmp_path)
    (twin.twin_folder(tiny.data, tmp_path) / "train.x.npy").write_bytes(b"half")
    splits = twin.twin_splits(tiny.data, tmp_path)
    assert made == ["mnist"] * 2
    assert splits["train"]["x"].shape == (12, 28, 28)


def test_cache_need_not_be_written(tmp_path: Path, tiny) -> None:
    """Is a twin given where the cache cannot be written?"""
    cache = tmp_path / "file"
    cache.write_text("", encoding="utf-8")
    assert twin.twin_splits(tiny.data, cache)["test"]["y"].shape == (6,)


def test_twin_follows_code_outside_of_the_generators(tmp_path: Path, diary) -> None:
    """Is a twin made again after a change of what its generator takes from the package?"""
    code = tmp_path / "code"
    generator, helper = code / "twins" / "diary_twin.py", code / "helper.py"
    text = generator.read_text(encoding="utf-8")
    generator.write_text(f"{text}\nfrom data_scripts import helper\n", encoding="utf-8")
    folders = []
    for line in ("FIRST = 1\n", "FIRST = 2\n"):
        helper.write_text(line, encoding="utf-8")
        sources.code_key.cache_clear()
        folders.append(twin.twin_folder(diary, tmp_path))
    assert folders[0] != folders[1]


def test_other_seed_or_rows_other_folder(tmp_path: Path, tiny) -> None:
    """Does a twin of other rows or another seed lie elsewhere, and one told otherwise not?"""
    before = twin.twin_folder(tiny.data, tmp_path)
    for change in ({"seed": 4}, {"rows": {"train": 12, "test": 7}}, {"module": "digits"}):
        other = replace(tiny.data, twin=replace(tiny.data.twin, **change))
        assert twin.twin_folder(other, tmp_path) != before
    other = replace(tiny.data, twin=replace(tiny.data.twin, about="others"))
    assert twin.twin_folder(other, tmp_path) == before
