"""Tests of every set of the manifest: real data and twin have one form, and all parts are there."""

from __future__ import annotations

import os
import time
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import data_scripts
from data_scripts import arrays, housekeeping
from data_scripts.arrays import Splits
from data_scripts.entries import SHARED, DataSet
from data_scripts.manifest import read_manifest
from data_scripts.ragged import row_count
from data_scripts.store import Places

# Taken at import: each test has an environment of its own.
MIRROR = os.environ.get("LABS_MIRROR")
needs_mirror = pytest.mark.skipif(not MIRROR, reason="LABS_MIRROR names no mirror of the real data")
# Their twin is another network, trained here: it has names and shapes of its own, and takes minutes.
TRAINED = {"mobilenet", "vgg16"}
SETS = [data for data in read_manifest().values() if data.name not in TRAINED]
each_set = pytest.mark.parametrize("data", SETS, ids=lambda data: data.name)
with_real = pytest.mark.parametrize(
    "data",
    [data for data in read_manifest().values() if not data.generated],
    ids=lambda data: data.name,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a cache for all tests of this module: some twins take long to make."""
    return tmp_path_factory.mktemp("sets")


@pytest.fixture
def load(kept: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that gives the arrays of a set, from the mirror or from the generator."""
    monkeypatch.setenv("LABS_DATA", str(kept))
    monkeypatch.setenv("LABS_MIRROR", MIRROR or "")

    def given(data: DataSet, part: str, source: str) -> Splits:
        if source == "real" and "real" not in housekeeping.state(data, _places(kept)):
            pytest.skip("the mirror has not this set")
        return data_scripts.load(data.name, part, source).arrays

    return given


def _places(cache: Path) -> Places:
    return Places(cache, Path(MIRROR) if MIRROR else None, network=False)


def _form(splits: Splits) -> dict[tuple[str, str], tuple[str, tuple[int, ...]]]:
    """Give dtype and shape of a row by split and name; rows of unequal length have no shape."""
    form = {}
    for split, named in splits.items():
        for name, array in named.items():
            # Texts are as long as the longest of them.
            kind = array.dtype.kind if array.dtype.kind in "US" else str(array.dtype)
            form[split, name] = kind, array.shape[1:] if split != SHARED else (array.ndim,)
    return form


@each_set
@pytest.mark.slow
def test_twin_has_all_its_rows(data: DataSet, load) -> None:
    """Has a twin the rows that the manifest promises, and are notebook and unseen rows among them?"""
    full = load(data, "full", "twin")
    arrays.check(full)
    assert {split: row_count(full[split]) for split in data.rows} == data.twin.rows
    for part, rows in (("notebook", data.notebook), ("unseen", data.unseen)):
        given = load(data, part, "twin")
        assert {split: row_count(named) for split, named in given.items() if split != SHARED} == {
            split: len(wanted) for split, wanted in rows.items()
        }


@each_set
@needs_mirror
@pytest.mark.slow
def test_real_data_and_twin_have_one_form(data: DataSet, load) -> None:
    """Can a notebook not tell them apart by splits, names, types and shapes?"""
    if data.generated:
        pytest.skip("there is no real one")
    assert _form(load(data, "full", "real")) == _form(load(data, "full", "twin"))


@with_real
@needs_mirror
@pytest.mark.parametrize("part", ["notebook", "unseen"])
def test_mirror_has_what_fast_mode_needs(data: DataSet, part: str, load) -> None:
    """Has the mirror's copy the rows for notebooks, and those for the referee?"""
    given = load(data, part, "real")
    rows = getattr(data, part)
    assert {split: row_count(named) for split, named in given.items() if split != SHARED} == {
        split: len(wanted) for split, wanted in rows.items()
    }


@with_real
@needs_mirror
def test_reader_gives_the_rows_that_it_is_asked_for(data: DataSet, load, kept: Path) -> None:
    """Does a reader that is asked for some rows give these rows of the whole?"""
    whole = load(data, "full", "real")
    rows = {split: range(1, min(4, row_count(whole[split]))) for split in data.rows}
    places = _places(kept)
    found = data_scripts.store.obtain_all(data, places, data.part("full"))
    module = import_module(f"data_scripts.{data.name}")
    some = module.read({name: one.path for name, one in found.items()}, rows)
    expected = arrays.cut_splits(whole, rows)
    assert some.keys() == expected.keys()
    for split, named in expected.items():
        assert some[split].keys() == named.keys()
        for name, array in named.items():
            np.testing.assert_array_equal(some[split][name], array)


@with_real
@needs_mirror
def test_second_load_takes_less_than_a_second(data: DataSet, load) -> None:
    """Is a set that was loaded before there at once?"""
    load(data, "full", "real")
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        load(data, "full", "real")
        seconds.append(time.perf_counter() - started)
    # The best of three: the machine may have other things to do.
    assert min(seconds) < 1


@each_set
@pytest.mark.slow
def test_twin_is_the_same_every_time(data: DataSet, load) -> None:
    """Does a seed fix every number, whatever was drawn before?"""
    first = load(data, "full", "twin")
    # The state that all of NumPy's old functions share is none of a generator's business.
    np.random.seed(5)
    again = import_module(f"data_scripts.twins.{data.twin.module}").make(
        rows=dict(data.twin.rows), seed=data.twin.seed
    )
    for split, named in first.items():
        for name, array in named.items():
            np.testing.assert_array_equal(again[split][name], array)
