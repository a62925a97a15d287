"""Tests of loading a data set from wherever it can be had."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import data_scripts
from data_scripts import loading
from data_scripts.errors import NotAvailable

# Taken at import: each test has an environment of its own.
MIRROR = os.environ.get("LABS_MIRROR")


@pytest.fixture(autouse=True)
def small(tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name mean the small data set, except where a test wants the real ones."""
    monkeypatch.setattr(loading, "data_set", lambda name: tiny.data)


@pytest.fixture
def mirror(tmp_path: Path, tiny, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a mirror that has everything."""
    tiny.write(tmp_path / "mirror" / "set")
    monkeypatch.setenv("LABS_MIRROR", str(tmp_path / "mirror"))
    return tmp_path / "mirror" / "set"


def test_parts(mirror: Path) -> None:
    """Has each part the rows that the manifest gives it, and does unseen continue the notebook's?"""
    full, notebook, unseen = (
        data_scripts.load("mnist", part) for part in ("full", "notebook", "unseen")
    )
    assert [len(split[0]) for split in (full.train, full.test)] == [12, 6]
    assert [len(split[0]) for split in (notebook.train, notebook.test)] == [8, 2]
    assert unseen.train is None
    np.testing.assert_array_equal(unseen.test[0], full.test[0][2:6])
    np.testing.assert_array_equal(notebook.test[0], full.test[0][:2])
    assert {one.source for one in (full, notebook, unseen)} == {"real"}


def test_where_names_the_place(mirror: Path, tiny, tmp_path: Path) -> None:
    """Does the sentence say that the data is real, and where from?"""
    assert data_scripts.load("mnist").where == "Tiny, the real data, from the mirror folder"
    tiny.write(tmp_path / "cache" / "mnist")
    assert data_scripts.load("mnist").where == "Tiny, the real data, from the cache"


def test_download_goes_into_the_cache(tiny, server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is data from the internet loaded, kept, and found again without it?"""
    server.contents = tiny.contents
    data = tiny.served_at(server.address)
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    assert data_scripts.load("mnist").where == "Tiny, the real data, from the internet"
    monkeypatch.setenv("LABS_OFFLINE", "1")
    assert data_scripts.load("mnist").where == "Tiny, the real data, from the cache"


def test_subset_is_told(mirror: Path) -> None:
    """Where a mirror has only some rows, are these given, and is the difference stated?"""
    for path in mirror.glob("train-*"):
        if "first" not in path.name:
            path.unlink()
    loaded = data_scripts.load("mnist", "full")
    assert len(loaded.train[0]) == 8
    assert loaded.where.endswith(
        "from the mirror folder; that copy has only the first 8 train rows"
    )


def test_twin_stands_in(tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing to be had, is the twin given, as such, with the reason?"""
    monkeypatch.setattr(loading, "data_set", lambda name: tiny.served_at("http://a.invalid"))
    loaded = data_scripts.load("mnist")
    assert loaded.source == "twin"
    assert loaded.train[0].shape == (8, 28, 28)
    assert loaded.train[0].dtype == loaded.train[1].dtype == np.uint8
    assert loaded.where.startswith(
        "Tiny's twin, a few clothes (instead of the real data: no usable"
    )
    assert "LABS_OFFLINE" in loaded.where


def test_source_can_be_forced(mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the twin given on request though the real data is there, by argument and by variable?"""
    assert data_scripts.load("mnist", source="twin").where == "Tiny's twin, a few clothes"
    monkeypatch.setenv("LABS_SOURCE", "twin")
    assert data_scripts.load("mnist").source == "twin"
    assert data_scripts.load("mnist", source="real").source == "real"


def test_forced_real_data_fails_where_there_is_none() -> None:
    """Is no twin given to whom wants the real data?"""
    with pytest.raises(NotAvailable, match="no usable copy"):
        data_scripts.load("mnist", source="real")


def test_damaged_mirror_is_not_used(mirror: Path) -> None:
    """Is a bad file in the mirror refused, and named in the sentence?"""
    path = mirror / "train-labels-idx1-ubyte.gz"
    path.write_bytes(path.read_bytes()[:-3])
    (mirror / "train-first-labels-idx1-ubyte.gz").unlink()
    loaded = data_scripts.load("mnist")
    assert loaded.source == "twin"
    assert "train-labels-idx1-ubyte.gz is truncated" in loaded.where


def test_twin_part_is_the_same_as_in_the_whole() -> None:
    """Are the parts of a twin rows of the same twin?"""
    full = data_scripts.load("mnist", "full", "twin")
    unseen = data_scripts.load("mnist", "unseen", "twin")
    np.testing.assert_array_equal(unseen.test[0], full.test[0][2:6])


def test_repr_is_short(mirror: Path) -> None:
    """Does a loaded set print its numbers, not its arrays?"""
    assert repr(data_scripts.load("mnist", "unseen")).startswith("Loaded(4 test rows; Tiny")


def test_public_names_exist() -> None:
    """Is everything in __all__ there?"""
    assert [name for name in data_scripts.__all__ if not hasattr(data_scripts, name)] == []


@pytest.mark.skipif(not MIRROR, reason="LABS_MIRROR names no mirror of the real data")
def test_real_data_is_what_everybody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are MNIST and Fashion-MNIST of the mirror the published ones?"""
    monkeypatch.setenv("LABS_MIRROR", str(MIRROR))
    monkeypatch.setattr(loading, "data_set", data_scripts.data_set)
    mnist = data_scripts.load("mnist", "full", "real")
    assert mnist.train[0].shape == (60000, 28, 28)
    assert mnist.train[1][:3].tolist() == [5, 0, 4]
    assert mnist.test[1][:3].tolist() == [7, 2, 1]
    assert np.bincount(mnist.train[1])[1] == 6742
    fashion = data_scripts.load("fashion_mnist", "notebook", "real")
    assert fashion.train[0].shape == (20000, 28, 28)
    assert np.bincount(fashion.train[1]).tolist()[:3] == [1935, 2025, 1982]
