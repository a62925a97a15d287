"""Tests of the folder of photos that loaders read: counts, damaged photos, whole or not there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data_scripts import photo_folder
from data_scripts.errors import BadFile, DataError, NotAvailable
from data_scripts.loading import Loaded
from data_scripts.photo_folder import RECEIPT, build_folder
from data_scripts.ragged import Ragged


def jpeg(shade: int) -> bytes:
    """Give a small JPEG file of one shade of grey."""
    stream = io.BytesIO()
    Image.new("RGB", (20, 16), (shade,) * 3).save(stream, "JPEG")
    return stream.getvalue()


def own_copy(folder: Path, count: int = 8, damaged: tuple[str, ...] = ()) -> Path:
    """Write photos as Kaggle calls them; those that are `damaged` are cut off."""
    folder.mkdir(parents=True)
    for name in ("cat", "dog"):
        for number in range(count):
            file = f"{name}.{number}.jpg"
            content = jpeg(number * 20)
            (folder / file).write_bytes(content[:100] if file in damaged else content)
    return folder


def names(folder: Path) -> list[str]:
    """List what a built folder has."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.jpg"))


def test_numbers_of_the_book(tmp_path: Path) -> None:
    """Are the first numbers for training, the next for validation, the next for the test?"""
    source = own_copy(tmp_path / "own" / "train")
    built = build_folder(tmp_path / "new", source.parent, train=3, validation=2, test=1)
    assert built.counts["train"] == {"cat": 3, "dog": 3}
    assert built.skipped == 0
    assert names(tmp_path / "new") == sorted(
        f"{split}/{name}/{name}.{number}.jpg"
        for split, numbers in (("train", (0, 1, 2)), ("validation", (3, 4)), ("test", (5,)))
        for name in ("cat", "dog")
        for number in numbers
    )
    content = (tmp_path / "new" / "test" / "dog" / "dog.5.jpg").read_bytes()
    assert content == (source / "dog.5.jpg").read_bytes()


def test_damaged_photos_are_skipped_and_counted(tmp_path: Path) -> None:
    """Does the next photo take the place of one that is damaged?"""
    source = own_copy(tmp_path / "own", damaged=("cat.1.jpg", "dog.7.jpg"))
    built = build_folder(tmp_path / "new", source, train=2, validation=1, test=1)
    assert built.skipped == 1
    assert "train/cat/cat.2.jpg" in names(tmp_path / "new")
    assert "train/cat/cat.1.jpg" not in names(tmp_path / "new")


def test_zip_file_with_its_own_splits(tmp_path: Path) -> None:
    """Are splits that the source has kept, though numbers repeat?"""
    path = tmp_path / "own.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for split in ("train", "validation", "test"):
            for name in ("cat", "dog"):
                archive.writestr(f"set/{split}/{name}s/1.jpg", jpeg(9))
    built = build_folder(tmp_path / "new", path, train=1, validation=1, test=1)
    assert all(counts == {"cat": 1, "dog": 1} for counts in built.counts.values())


def test_too_few_photos_leave_nothing(tmp_path: Path) -> None:
    """Is a folder that cannot be filled not begun, as far as anybody sees?"""
    source = own_copy(tmp_path / "own")
    with pytest.raises(NotAvailable, match="has 2 good photos of class 'cat' for 'test', and 5"):
        build_folder(tmp_path / "new", source, train=4, validation=2, test=5)
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does the same request find the folder ready, and another one build it anew?"""
    source = own_copy(tmp_path / "own")
    first = build_folder(tmp_path / "new", source, train=2, validation=1, test=1)
    with monkeypatch.context() as patch:
        patch.setattr(photo_folder, "_write", lambda *_: pytest.fail("written again"))
        assert build_folder(tmp_path / "new", source, train=2, validation=1, test=1) == first
    build_folder(tmp_path / "new", source, train=1, validation=1, test=1)
    assert len(names(tmp_path / "new")) == 6


@pytest.mark.parametrize("receipt", [None, "{}", "[]", "no JSON"])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, receipt: str | None) -> None:
    """Is a folder that was not built here refused, and kept?"""
    source, target = own_copy(tmp_path / "own"), tmp_path / "mine"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    if receipt is not None:
        (target / RECEIPT).write_text(receipt)
    with pytest.raises(DataError, match="choose another one"):
        build_folder(target, source, train=1, validation=1, test=1)
    assert (target / "thesis.txt").read_text() == "years of work"


def test_two_photos_of_one_number(tmp_path: Path) -> None:
    """Is a source that has the set twice refused, so that no photo is in two splits?"""
    source = own_copy(tmp_path / "own" / "one").parent
    own_copy(source / "two")
    with pytest.raises(BadFile, match="two photos cat 0"):
        build_folder(tmp_path / "new", source, train=1, validation=1, test=1)


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Is a target below a file told with a sentence?"""
    source = own_copy(tmp_path / "own")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match="choose another folder"):
        build_folder(tmp_path / "file" / "new", source, train=1, validation=1, test=1)


def test_data_of_the_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the course's own set used where no source is given?"""
    rows = Ragged.of_bytes([jpeg(number) for number in range(6)])
    split = rows, np.array([0, 1, 0, 1, 0, 1], dtype=np.uint8)
    loaded = Loaded(dict.fromkeys(("train", "validation", "test"), split), "twin", "a few")
    monkeypatch.setattr(photo_folder, "load", lambda name, part: loaded)
    built = build_folder(tmp_path / "new", train=3, validation=2, test=1)
    assert built.where == "a few"
    assert (tmp_path / "new/train/dog/dog.2.jpg").read_bytes() == rows[5].tobytes()
