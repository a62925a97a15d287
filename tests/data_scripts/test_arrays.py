"""Tests of folders of arrays."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from data_scripts import arrays
from data_scripts.arrays import Splits
from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged

SPLITS = {
    "train": {
        "x": np.arange(12, dtype=np.uint8).reshape(3, 2, 2),
        "y": np.arange(3, dtype=np.uint8),
        **Ragged.of([[1, 2], [], [3]], np.int32).arrays("ids"),
    },
    "test": {"x": np.ones((1, 2, 2), np.float32), "time": np.array(["2011-01-01"], "M8[m]")},
    "empty": {},
    "shared": {
        "words": np.array(["a", "bc"]),
        "conv/kernel": np.float32(2) * np.ones(()),
        "X": np.zeros(1),
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that was written."""
    arrays.write_splits(tmp_path / "set", SPLITS, {"where": "here"})
    return tmp_path / "set"


def _assert_equal(read: Splits) -> None:
    assert {split: list(named) for split, named in read.items()} == {
        split: list(named) for split, named in SPLITS.items()
    }
    for split, named in SPLITS.items():
        for name, array in named.items():
            assert read[split][name].dtype == array.dtype
            assert type(read[split][name]) is np.ndarray
            np.testing.assert_array_equal(read[split][name], array)


def test_what_is_written_is_read(folder: Path) -> None:
    """Do splits, names, values, types and description come back?"""
    _assert_equal(arrays.read_splits(folder))
    assert arrays.read_about(folder) == {"where": "here"}


def test_names_that_are_no_file_names(tmp_path: Path) -> None:
    """Do arrays whose names would be one file, or none, keep apart?"""
    named = {"a/b": np.zeros(1), "a-b": np.ones(1), "A-B": np.full(1, 2.0), "../c": np.full(1, 3.0)}
    arrays.write_splits(tmp_path / "set", {"shared": named}, {})
    read = arrays.read_splits(tmp_path / "set")["shared"]
    assert {name: float(array[0]) for name, array in read.items()} == {
        "a/b": 0.0,
        "a-b": 1.0,
        "A-B": 2.0,
        "../c": 3.0,
    }
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_large_arrays_are_mapped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Are large arrays the same, free to be changed, and is the file left alone by a change?"""
    monkeypatch.setattr(arrays, "MAPPED_BYTES", 0)
    read = arrays.read_splits(folder)
    _assert_equal(read)
    read["train"]["x"][0] = 99
    _assert_equal(arrays.read_splits(folder, thorough=True))


@pytest.mark.parametrize(("mapped", "thorough"), [(1 << 20, False), (0, True)])
def test_altered_array_is_refused(
    folder: Path, mapped: int, thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a changed value noticed: in small arrays always, in large ones by a thorough look?"""
    monkeypatch.setattr(arrays, "MAPPED_BYTES", mapped)
    x = np.load(folder / "train.x.npy")
    x[0, 0, 0] ^= 1
    np.save(folder / "train.x.npy", x)
    with pytest.raises(BadFile, match=r"train\.x\.npy is altered"):
        arrays.read_splits(folder, thorough)


@pytest.mark.parametrize("mapped", [0, 1 << 20])
@pytest.mark.parametrize("name", ["train.y.npy", "description.json"])
@pytest.mark.parametrize("content", [None, b"", b"half"])
def test_damaged_file_is_refused(
    folder: Path, name: str, content: bytes | None, mapped: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a missing or half-written file told as one, large or small?"""
    monkeypatch.setattr(arrays, "MAPPED_BYTES", mapped)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(BadFile, match="cannot be read|is damaged"):
        arrays.read_splits(folder)


def test_pickles_are_not_read(folder: Path) -> None:
    """Is an array of objects, which would run code when read, refused though its hash is right?"""
    np.save(folder / "train.x.npy", np.array([{}], dtype=object), allow_pickle=True)
    path = folder / "description.json"
    description = json.loads(path.read_text(encoding="utf-8"))
    entry = next(one for one in description["arrays"] if one["file"] == "train.x.npy")
    entry["bytes"] = (folder / "train.x.npy").stat().st_size
    entry["sha256"] = arrays.files.digest(folder / "train.x.npy", "sha256")
    path.write_text(json.dumps(description), encoding="utf-8")
    with pytest.raises(BadFile, match="cannot be read"):
        arrays.read_splits(folder)


def test_description_leads_nowhere_else(folder: Path) -> None:
    """Is a description that names a file outside its folder of no use?"""
    path = folder / "description.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"train.x.npy"', '"../../train.x.npy"'), encoding="utf-8")
    _assert_equal(arrays.read_splits(folder))


@pytest.mark.parametrize(
    ("splits", "message"),
    [
        ({"train": {"x": np.zeros(2), "y": np.zeros(3)}}, "unequal numbers of rows"),
        ({"train": {"x": np.array([{}])}}, "holds Python objects"),
        ({"shared": {"x": np.array([{}])}}, "holds Python objects"),
        ({"train": {"x": np.zeros(())}}, "has no rows"),
        ({"train": {"x_flat": np.zeros(2), "x_offsets": np.array([0, 3])}}, "do not fit"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(splits: Splits, message: str) -> None:
    """Are arrays refused that no set may have?"""
    with pytest.raises(BadFile, match=message):
        arrays.check(splits)


def test_cut_keeps_what_belongs_to_no_row() -> None:
    """Are rows cut, of unequal length too, other splits left out, and shared arrays kept?"""
    cut = arrays.cut_splits(SPLITS, {"train": range(1, 3)})
    assert list(cut) == ["train", "shared"]
    assert cut["train"]["y"].tolist() == [1, 2]
    assert cut["train"]["ids_flat"].tolist() == [3]
    assert cut["train"]["ids_offsets"].tolist() == [0, 0, 1]
    with pytest.raises(BadFile, match="There are 3 rows; rows up to 4"):
        arrays.cut_splits(SPLITS, {"train": range(4)})


def test_kept_arrays_are_made_once(tmp_path: Path) -> None:
    """Are they made once, made again after damage, and given where nothing can be written?"""
    made = []

    def make() -> Splits:
        made.append(1)
        return {"train": {"x": np.arange(4)}}

    for _ in range(2):
        assert arrays.kept(tmp_path / "set", make, {})["train"]["x"].tolist() == [0, 1, 2, 3]
    assert len(made) == 1
    (tmp_path / "set" / "train.x.npy").write_bytes(b"half")
    arrays.kept(tmp_path / "set", make, {})
    assert len(made) == 2
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert len(arrays.kept(tmp_path / "file" / "set", make, {})["train"]["x"]) == 4
