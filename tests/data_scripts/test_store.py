"""Tests of deciding where to look for a file, and of finding it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_scripts import files, store
from data_scripts.errors import CacheError, NotAvailable
from data_scripts.store import Places


def _order(tiny, places: Places, train: range | None) -> list[tuple[str, str]]:
    data = tiny.served_at("http://a.invalid")
    rows = {"train": train, "test": None}
    return [(step.place, step.copy.name) for step in store.plan(data, data.files[0], places, rows)]


WHOLE, FIRST = "train-images-idx3-ubyte.gz", "train-first-images-idx3-ubyte.gz"


def test_subset_is_the_last_resort_for_all_rows(tiny) -> None:
    """For all rows, is the network asked before a copy that lacks some?"""
    assert _order(tiny, Places(Path("c"), Path("m")), None) == [
        ("cache", WHOLE),
        ("mirror", WHOLE),
        ("internet", WHOLE),
        ("cache", FIRST),
        ("mirror", FIRST),
    ]


def test_subset_that_is_enough_goes_before_the_network(tiny) -> None:
    """For rows that a subset has, are folders looked at before the network?"""
    assert _order(tiny, Places(Path("c"), Path("m")), range(8)) == [
        ("cache", WHOLE),
        ("mirror", WHOLE),
        ("cache", FIRST),
        ("mirror", FIRST),
        ("internet", WHOLE),
    ]


def test_no_mirror_and_no_network(tiny) -> None:
    """Is nothing tried that is not there or not allowed?"""
    places = Places(Path("c"), None, network=False)
    assert _order(tiny, places, None) == [("cache", WHOLE), ("cache", FIRST)]


def test_bad_cached_file_is_passed_over_and_replaced(tmp_path: Path, tiny, server) -> None:
    """Is a damaged file in the cache never used, and mended from the internet?"""
    server.contents = tiny.contents
    data = tiny.served_at(server.address)
    tiny.write(tmp_path / "mnist")
    (tmp_path / "mnist" / WHOLE).write_bytes(b"<html>sorry</html>")
    found = store.obtain(data, data.files[0], Places(tmp_path), {"train": None})
    assert found.place == "internet"
    assert files.fault(tmp_path / "mnist" / WHOLE, data.files[0].canonical) is None


def test_mirror_is_read_in_place(tmp_path: Path, tiny) -> None:
    """Is a file of the mirror used without a copy?"""
    tiny.write(tmp_path / "mirror" / "set")
    places = Places(tmp_path / "cache", tmp_path / "mirror", network=False)
    found = store.obtain_all(tiny.data, places, tiny.data.part("full"))
    assert {one.place for one in found.values()} == {"mirror"}
    assert not (tmp_path / "cache").exists()


def test_reasons_are_collected(tmp_path: Path, tiny) -> None:
    """Does the error name the file, what was wrong with it, and that the network is forbidden?"""
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / WHOLE).write_bytes(b"half")
    data = tiny.served_at("http://a.invalid")
    with pytest.raises(NotAvailable, match=rf"{WHOLE} of Tiny: .*{WHOLE} is truncated.*OFFLINE"):
        store.obtain(data, data.files[0], Places(tmp_path, network=False), {"train": None})


@pytest.mark.parametrize("network", [True, False])
def test_file_of_the_mirror_only(tmp_path: Path, tiny, network: bool) -> None:
    """Is the network not blamed for a file that has no address, and is it said what would help?"""
    with pytest.raises(NotAvailable, match="of Tiny: it has no address.* LABS_MIRROR names one$"):
        store.obtain(tiny.data, tiny.data.files[0], Places(tmp_path, network=network), {})


def test_unwritable_cache_still_gives_a_subset(tmp_path: Path, tiny, server) -> None:
    """Where a download cannot be kept, is a subset of the mirror used, and else the cache blamed?"""
    server.contents = tiny.contents
    data = tiny.served_at(server.address)
    cache = tmp_path / "file"
    cache.write_text("", encoding="utf-8")
    with pytest.raises(CacheError, match="LABS_DATA"):
        store.obtain(data, data.files[0], Places(cache), {"train": None})
    tiny.write(tmp_path / "mirror" / "set", lambda name: "first" in name)
    found = store.obtain(data, data.files[0], Places(cache, tmp_path / "mirror"), {"train": None})
    assert found.copy.name == FIRST


def test_fetch_fills_the_cache_from_the_mirror(tmp_path: Path, tiny) -> None:
    """After a fetch, is everything in the cache, and the mirror no longer needed?"""
    tiny.write(tmp_path / "mirror" / "set")
    cache = tmp_path / "cache"
    found = store.fetch(tiny.data, Places(cache, tmp_path / "mirror", network=False))
    assert all(one.path.is_relative_to(cache) for one in found.values())
    again = store.fetch(tiny.data, Places(cache, network=False))
    assert {one.place for one in again.values()} == {"cache"}
