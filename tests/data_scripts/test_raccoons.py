"""Tests of reading the photographs with boxes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data_scripts import raccoons
from data_scripts.errors import BadFile

ALL = {"train": None, "test": None}
HEAD = "filename,width,height,class,xmin,ymin,xmax,ymax,split,orig_width,orig_height\n"
ROWS = [
    "raccoon-10.jpg,40,30,raccoon,1.5,2,39.25,30,train,80,60",
    "raccoon-2.jpg,40,30,raccoon,0,0,10,10,train,80,60",
    "raccoon-2.jpg,40,30,raccoon,20,5,40,25,train,80,60",
    "raccoon-3.jpg,40,30,raccoon,3,3,9,9,test,80,60",
]


def _photo(level: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (level, level, level)).save(stream, "JPEG")
    return stream.getvalue()


def _paths(folder: Path, table: str | bytes | None, numbers: tuple[int, ...] = (2, 3, 10)) -> dict:
    path = folder / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in numbers:
            archive.writestr(f"images/raccoon-{number}.jpg", _photo(20 * number))
        if table is not None:
            archive.writestr("raccoon_labels.csv", table)
    return {raccoons.ARCHIVE: path}


def test_arrays(tmp_path: Path) -> None:
    """Are photographs in the order of their numbers, each with its own boxes?"""
    read = raccoons.read(_paths(tmp_path, HEAD + "\n".join(ROWS)), ALL)
    train = read["train"]
    assert train["boxes_flat"].dtype == np.float32
    assert train["boxes_offsets"].tolist() == [0, 8, 12]
    assert train["boxes_flat"][8:].tolist() == [1.5, 2, 39.25, 30]
    assert train["labels_flat"].dtype == np.uint8
    assert train["labels_offsets"].tolist() == [0, 2, 3]
    assert read["shared"]["classes"].tolist() == ["raccoon"]
    assert len(read["test"]["jpeg_offsets"]) == 2


def test_presented(tmp_path: Path) -> None:
    """Does a row give the decoded picture, its boxes and labels?"""
    read = raccoons.read(_paths(tmp_path, HEAD + "\n".join(ROWS)), ALL)
    scenes = raccoons.present("train", read["train"])
    assert repr(scenes) == "Scenes(2 pictures, 3 boxes)"
    picture, boxes, labels = scenes[1]
    assert picture.shape == (30, 40, 3)
    assert abs(int(picture.mean()) - 200) < 3
    assert boxes.tolist() == [[1.5, 2, 39.25, 30]]
    assert labels.tolist() == [0]
    assert [len(boxes) for _, boxes, _ in scenes] == [2, 1]


def test_some_rows(tmp_path: Path) -> None:
    """Are just the wanted rows read, and a wish for more refused?"""
    paths = _paths(tmp_path, HEAD + "\n".join(ROWS))
    read = raccoons.read(paths, {"train": range(1, 2)})
    assert set(read) == {"train", "shared"}
    assert read["train"]["boxes_offsets"].tolist() == [0, 4]
    with pytest.raises(BadFile, match="has 2 photographs for train"):
        raccoons.read(paths, {"train": range(3)})


@pytest.mark.parametrize(
    "row",
    [
        "raccoon-2.jpg,40,30,raccoon,5,0,5,10,train,80,60",
        "raccoon-2.jpg,40,30,raccoon,0,0,41,10,train,80,60",
        "raccoon-2.jpg,40,30,raccoon,-1,0,10,10,train,80,60",
        "raccoon-2.jpg,40,30,raccoon,nan,0,10,10,train,80,60",
        "raccoon-2.jpg,inf,30,raccoon,0,0,inf,10,train,80,60",
        "raccoon-2.jpg,40,30,cat,0,0,10,10,train,80,60",
        "raccoon-2.jpg,40,30,raccoon,0,0,10,10,unseen,80,60",
        "raccoon-2.jpg,40,30,raccoon,0,0,ten,10,train,80,60",
        "raccoon-2.jpg,40",
        "raccoon-3.jpg,40,30,raccoon,0,0,10,10,train,80,60",
    ],
)
def test_wrong_row(tmp_path: Path, row: str) -> None:
    """Is a box refused that is none, lies outside, or has another class or split?"""
    with pytest.raises(BadFile):
        raccoons.read(_paths(tmp_path, HEAD + "\n".join([*ROWS, row])), ALL)


@pytest.mark.parametrize("table", [None, "", "a,b\n1,2\n", b"\xff\xfe\x00"])
def test_wrong_table(tmp_path: Path, table: str | bytes | None) -> None:
    """Is an archive refused whose table is missing or another one?"""
    with pytest.raises(BadFile):
        raccoons.read(_paths(tmp_path, table), ALL)


def test_damaged_archive(tmp_path: Path) -> None:
    """Is half an archive refused?"""
    paths = _paths(tmp_path, HEAD + "\n".join(ROWS))
    path = paths[raccoons.ARCHIVE]
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(BadFile):
        raccoons.read(paths, ALL)
