"""Tests of looking after the cache."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from data_scripts import housekeeping, store, twin
from data_scripts.files import PARTIAL
from data_scripts.store import Places


@pytest.fixture
def cache(tmp_path: Path, tiny) -> Path:
    """Give a cache with all canonical files."""
    tiny.write(tmp_path / "cache" / "mnist", lambda name: "first" not in name)
    return tmp_path / "cache"


def test_state_says_where_data_would_come_from(tmp_path: Path, tiny, cache: Path) -> None:
    """Is each situation put in words?"""
    empty = tmp_path / "empty"
    assert housekeeping.state(tiny.data, Places(cache)) == "real, all rows, in the cache"
    assert housekeeping.state(tiny.data, Places(empty)).startswith("twin, made when it is needed; ")
    tiny.write(tmp_path / "mirror" / "set", lambda name: "first" in name or "t10k" in name)
    with_mirror = Places(empty, tmp_path / "mirror")
    expected = "real, in the mirror: only the first 8 train rows"
    assert housekeeping.state(tiny.data, with_mirror) == expected
    twin.twin_splits(tiny.data, empty)
    assert housekeeping.state(tiny.data, Places(empty, network=False)) == "twin, made"


def test_verify_finds_the_bad_one(tiny, cache: Path) -> None:
    """Is one altered file among good ones found and named?"""
    bad = cache / "mnist" / "t10k-labels-idx1-ubyte.gz"
    content = bytearray(bad.read_bytes())
    content[20] ^= 1
    bad.write_bytes(content)
    report = housekeeping.verify(tiny.data, Places(cache))
    assert len(report) == 4
    assert [path for path, wrong in report if wrong] == [bad]


def test_clean_takes_only_what_is_of_no_use(tiny, cache: Path) -> None:
    """Do good files, young half-written ones and strangers stay, and the rest go?"""
    folder = cache / "mnist"
    twin.twin_splits(tiny.data, cache)
    old, young = folder / f"a{PARTIAL}1", folder / f"a{PARTIAL}2"
    for path in (old, young, folder / "notes.txt"):
        path.write_text("", encoding="utf-8")
    os.utime(old, (time.time() - 2 * housekeeping.ABANDONED_SECONDS,) * 2)
    (folder / "twin-000000000000").mkdir()
    bad = folder / "train-labels-idx1-ubyte.gz"
    bad.write_bytes(b"half")
    removed = {path for path, _ in housekeeping.clean(tiny.data, cache)}
    assert removed == {old, folder / "twin-000000000000", bad}
    assert not any(path.exists() for path in removed)
    assert young.exists()
    assert (folder / "notes.txt").exists()
    assert twin.twin_folder(tiny.data, cache).exists()


def test_clean_everything_leaves_strangers(tiny, cache: Path) -> None:
    """Does cleaning a whole set touch nothing that the manifest does not explain?"""
    twin.twin_splits(tiny.data, cache)
    stranger = cache / "mnist" / "thesis.docx"
    stranger.write_text("", encoding="utf-8")
    housekeeping.clean(tiny.data, cache, everything=True)
    assert list((cache / "mnist").iterdir()) == [stranger]


def test_clean_never_touches_the_mirror(tmp_path: Path, tiny) -> None:
    """Does the mirror stay as it is?"""
    tiny.write(tmp_path / "mirror" / "set")
    places = Places(tmp_path / "cache", tmp_path / "mirror", network=False)
    store.fetch(tiny.data, places)
    housekeeping.clean(tiny.data, places.cache, everything=True)
    assert len(list((tmp_path / "mirror" / "set").iterdir())) == len(tiny.contents)
