"""Tests of keeping parsed arrays in the cache, and of sets of every form."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import data_scripts
from data_scripts import housekeeping, loading, parsed, sources, store
from data_scripts.errors import BadFile, DataError, NotAvailable, RowsNotHere
from data_scripts.ragged import Ragged
from data_scripts.store import Places

WORDS = [(1, "one"), (2, "two"), (3, "three"), (4, "four"), (5, "five")]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Note for which splits files are parsed."""
    calls: list[tuple[str, ...]] = []
    read = parsed._read

    def note(data, paths, rows):
        calls.append(tuple(rows))
        return read(data, paths, rows)

    monkeypatch.setattr(parsed, "_read", note)
    return calls


def test_a_series_with_words_and_columns(diary) -> None:
    """Is a set of another form given as its module presents it, with all that belongs to it?"""
    full = data_scripts.load("diary", "full")
    assert full.series == WORDS
    assert (full.train, full.validation, full.test) == (None, None, None)
    assert full.shared["columns"].tolist() == ["number"]
    assert full.arrays["series"]["number"].tolist() == [1, 2, 3, 4, 5]
    assert repr(full) == "Loaded(5 series rows; Diary, the real data, from the mirror folder)"
    assert data_scripts.load("diary").series == WORDS[:2]
    assert data_scripts.load("diary", "unseen").series == WORDS[2:4]


def test_twin_of_another_form(diary) -> None:
    """Is its twin of the same form?"""
    loaded = data_scripts.load("diary", "unseen", "twin")
    assert [word for _, word in loaded.series] == ["word"] * 2
    assert loaded.shared["columns"].tolist() == ["number"]


def test_notebook_cache_of_another_form(
    diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Has a cache for notebooks the rows, the words and the shared arrays, and no others?"""
    data_scripts.notebook_cache(tmp_path / "notebook", ["diary"])
    whole = data_scripts.load("diary")
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "notebook"))
    monkeypatch.delenv("LABS_MIRROR")
    loaded = data_scripts.load("diary")
    assert loaded.series == WORDS[:2]
    assert loaded.shared["columns"].tolist() == ["number"]
    assert (loaded.where, loaded.key) == (whole.where, whole.key)
    flat = np.load(next((tmp_path / "notebook").rglob("series.word_flat.npy")))
    assert flat.tobytes() == b"onetwo"
    with pytest.raises(RowsNotHere):
        data_scripts.load("diary", "unseen")


def test_parsed_once(diary, reads: list) -> None:
    """Is a file parsed once for all parts, and are the rows the same each time?"""
    first, second = (data_scripts.load("diary", "full") for _ in range(2))
    assert data_scripts.load("diary", "unseen").series == WORDS[2:4]
    assert reads == [("series",)]
    assert first.series == second.series
    assert first.key == second.key
    assert first.key != data_scripts.load("diary").key


def test_files_need_not_be_read_again(diary, tmp_path: Path) -> None:
    """Once parsed, is the file not opened again, and not missed when it is gone?"""
    data_scripts.load("diary")
    path = tmp_path / "mirror" / "set" / "diary.txt"
    path.chmod(0)
    try:
        assert data_scripts.load("diary", source="real").series == WORDS[:2]
    finally:
        path.chmod(0o644)
    path.unlink()
    loaded = data_scripts.load("diary", source="real")
    assert loaded.where == "Diary, the real data, from the cache"


def test_altered_file_is_not_parsed(diary, tmp_path: Path, reads: list) -> None:
    """Is a file of the right size and wrong content never parsed?"""
    (tmp_path / "mirror" / "set" / "diary.txt").write_bytes(
        b"9 one\n2 two\n3 three\n4 four\n5 five\n"
    )
    loaded = data_scripts.load("diary")
    assert loaded.source == "twin"
    assert "is altered" in loaded.where
    assert reads == []


def test_parsed_again_by_another_reader(diary, tmp_path: Path, reads: list) -> None:
    """Are arrays of an older reader left alone, and removed by `clean`?"""
    data_scripts.load("diary")
    old = next((tmp_path / "cache" / "diary").glob("parsed-*"))
    reader = tmp_path / "code" / "diary.py"
    reader.write_text(reader.read_text(encoding="utf-8") + "# better\n", encoding="utf-8")
    sources.code_key.cache_clear()
    data_scripts.load("diary")
    assert len(reads) == 2
    removed = housekeeping.clean(diary, tmp_path / "cache")
    assert removed == [(old, "parsed by another version of the reader")]
    assert data_scripts.load("diary").series == WORDS[:2]
    assert len(reads) == 2


def test_damaged_arrays_are_parsed_again(diary, tmp_path: Path, reads: list) -> None:
    """Are damaged arrays told by `verify`, and mended by loading?"""
    data_scripts.load("diary")
    bad = next((tmp_path / "cache").rglob("series.number.npy"))
    bad.write_bytes(b"half")
    places = Places(tmp_path / "cache", tmp_path / "mirror", network=False)
    wrong = [path for path, fault in housekeeping.verify(diary, places) if fault]
    assert wrong == [bad.parent]
    assert data_scripts.load("diary").series == WORDS[:2]
    assert len(reads) == 2
    assert [fault for _, fault in housekeeping.verify(diary, places) if fault] == []


def test_cache_need_not_be_writable(
    diary, reads: list, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is data given where nothing can be kept; and what is kept already, from a read-only cache?"""
    data_scripts.load("diary")
    cache = tmp_path / "cache"
    everything = [cache, *cache.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert data_scripts.load("diary").series == WORDS[:2]
    finally:
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert len(reads) == 1
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "file"))
    for _ in range(2):
        assert data_scripts.load("diary", source="real").series == WORDS[:2]
    assert len(reads) == 3


def test_large_arrays_may_be_changed(diary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a change to rows stay in this process, also where they are mapped?"""
    monkeypatch.setattr(data_scripts.arrays, "MAPPED_BYTES", 0)
    for _ in range(2):
        number = data_scripts.load("diary", "full").arrays["series"]["number"]
        assert number.tolist() == [1, 2, 3, 4, 5]
        number[:] = 0


def test_splits_are_parsed_as_needed(tiny, tmp_path: Path, reads: list) -> None:
    """Do rows of the test split need no training file, and is nothing parsed twice afterwards?"""
    tiny.write(tmp_path / "mirror" / "set", lambda name: "t10k" in name)
    places = Places(tmp_path / "cache", tmp_path / "mirror", network=False)
    splits, _, _ = parsed.parsed_splits(tiny.data, places, {"test": range(2, 6)})
    assert splits["test"]["x"].shape == (4, 28, 28)
    parsed.parsed_splits(tiny.data, places, {"test": range(6)})
    tiny.write(tmp_path / "mirror" / "set")
    parsed.parsed_splits(tiny.data, places, {"train": None, "test": None})
    parsed.parsed_splits(tiny.data, places, {"test": range(6)})
    parsed.parsed_splits(tiny.data, places, {"train": range(3)})
    assert reads == [("test",), ("train", "test")]


def test_fuller_files_replace_a_subset(tiny, tmp_path: Path) -> None:
    """Once the whole file can be had, are arrays of the subset passed over?"""
    places = Places(tmp_path / "cache", tmp_path / "mirror", network=False)
    tiny.write(tmp_path / "mirror" / "set", lambda name: "first" in name or "t10k" in name)
    full = tiny.data.part("full")
    assert len(parsed.parsed_splits(tiny.data, places, full)[0]["train"]["y"]) == 8
    tiny.write(tmp_path / "mirror" / "set")
    for _ in range(2):
        assert len(parsed.parsed_splits(tiny.data, places, full)[0]["train"]["y"]) == 12


def test_too_few_rows_are_told(diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a file with fewer rows than the manifest promises refused for rows that it lacks?"""
    data = replace(diary, rows={"series": 9}, unseen={"series": range(4, 9)})
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    with pytest.raises(BadFile, match="There are 5 rows; rows up to 9 were wanted"):
        data_scripts.load("diary", "unseen", "real")


def test_shipped_set(diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a set whose numbers stand in its module loaded as real, with nothing to fetch?"""
    data = replace(
        diary, files=(), shipped=True, rows={"series": 3}, unseen={"series": range(2, 3)}
    )
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    loaded = data_scripts.load("diary", "full")
    assert (loaded.source, loaded.series) == ("real", WORDS[:3])
    assert loaded.where == "Diary, the real data, shipped with the course"
    assert data_scripts.load("diary", "unseen").series == WORDS[2:3]
    assert data_scripts.load("diary", source="twin").source == "twin"
    assert housekeeping.state(data, Places(tmp_path)) == "real, shipped with the course"
    assert store.fetch(data, Places(tmp_path / "cache")) == {}


def test_generated_set(diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a set that is generated only given as that, and refused as real?"""
    data = replace(diary, files=())
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    places = Places(tmp_path / "cache")
    assert housekeeping.state(data, places) == "generated, made when it is needed"
    loaded = data_scripts.load("diary", "full")
    assert (loaded.source, len(loaded.series)) == ("twin", 5)
    assert loaded.where == "Diary, made up"
    assert housekeeping.state(data, places) == "generated, made"
    with pytest.raises(NotAvailable, match="Diary is generated: there is no real one"):
        data_scripts.load("diary", source="real")
    with pytest.raises(DataError, match="there are no files to fetch"):
        store.fetch(data, places)


def test_generated_set_without_a_module(tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a set that is generated only need no reader?"""
    data = replace(tiny.data, name="nowhere", files=())
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    x, y = data_scripts.load("nowhere").train
    assert (x.shape, y.shape) == ((8, 28, 28), (8,))


def test_set_without_rows(diary, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Can a set have nothing but shared arrays, such as weights?"""
    (tmp_path / "code" / "diary.py").write_text(
        "import numpy as np\n"
        "def read(paths, rows):\n"
        "    return {'shared': {'block/kernel': np.frombuffer(paths['diary.txt'].read_bytes(), 'u1')}}",
        encoding="utf-8",
    )
    data = replace(diary, rows={}, notebook={}, unseen={}, unseen_note="It has no rows.")
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    for part in ("notebook", "full", "full"):
        loaded = data_scripts.load("diary", part)
        assert loaded.shared["block/kernel"][:1].tobytes() == b"1"
        assert loaded.splits == {}
    assert repr(loaded).startswith("Loaded(Diary, the real data")
    data_scripts.notebook_cache(tmp_path / "notebook", ["diary"])
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "notebook"))
    assert list(data_scripts.load("diary").shared) == ["block/kernel"]


def test_reader_that_breaks_the_form_is_told(diary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Are arrays that hold objects, or do not fit, never kept and never given?"""
    monkeypatch.setattr(
        parsed, "import_module", lambda name: type("M", (), {"read": lambda paths, rows: BAD})
    )
    with pytest.raises(BadFile, match="holds Python objects"):
        data_scripts.load("diary", source="real")


BAD = {"series": {"x": np.array([{}])}}


def test_two_at_once(diary, tmp_path: Path) -> None:
    """Do several that parse and keep the same set at once all get it whole?"""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        loads = pool.map(lambda _: data_scripts.load("diary", "full", "real").series, range(24))
        assert all(series == WORDS for series in loads)
    assert len(os.listdir(tmp_path / "cache" / "diary")) == 1


def test_rows_of_unequal_length_stay_so(diary) -> None:
    """Do offsets of a part begin with 0 again?"""
    words = Ragged.among(data_scripts.load("diary", "unseen").arrays["series"], "word")
    assert [row.tobytes() for row in words] == [b"three", b"four"]
    assert words.offsets[0] == 0
