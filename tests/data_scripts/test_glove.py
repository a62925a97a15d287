"""Tests of reading word vectors."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from data_scripts import glove
from data_scripts.errors import BadFile

MIRROR = os.environ.get("LABS_MIRROR")
TEXT = b"the 0.5 -1 2\nfilm 1 2 3e-1\nna\xc3\xafve 0 0 1\n"
VALUES = [[0.5, -1, 2], [1, 2, 0.3], [0, 0, 1]]


def _zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def _plain(path: Path, content: bytes = TEXT) -> Path:
    path.write_bytes(content)
    return path


def test_text(tmp_path: Path) -> None:
    """Are words, numbers and order those of the file, whatever its dimensions?"""
    table = glove.read_table(_plain(tmp_path / "any.txt"))
    assert table.words == ["the", "film", "naïve"]
    assert table.matrix.dtype == np.float32
    np.testing.assert_allclose(table.matrix, VALUES, rtol=1e-6)


def test_vocabulary(tmp_path: Path) -> None:
    """Are only the words of a vocabulary kept, and are lines of others not even looked at?"""
    path = _plain(tmp_path / "any.txt", TEXT + b"broken 1 x 3\n")
    table = glove.read_table(path, only={"film", "absent"})
    assert table.words == ["film"]
    assert table.vectors(["film", "absent", "film"]).tolist()[1] == [0, 0, 0]
    assert glove.read_table(_plain(path), only=[]).matrix.shape == (0, 3)


def test_archive(tmp_path: Path) -> None:
    """Is the file of the wanted dimensions taken from an archive, and must they be said?"""
    path = _zip(tmp_path / "a.zip", glove_6B_3d_txt=TEXT, glove_6B_2d_txt=b"the 1 2\n")
    assert glove.read_table(path, 3).words == ["the", "film", "naïve"]
    assert glove.read_table(path, 2).matrix.tolist() == [[1, 2]]
    with pytest.raises(BadFile, match="say which"):
        glove.read_table(path)


def test_set(tmp_path: Path) -> None:
    """Does the set give words and vectors as arrays, and `Vectors` to the user?"""
    line = b"word " + b" ".join([b"1"] * 50) + b"\n"
    path = _zip(tmp_path / "glove.6B.zip", glove_6B_50d_txt=line + line.replace(b"word", b"more"))
    splits = glove.read({glove.FILE: path}, {"series": range(1, 2)})
    assert splits["series"]["vectors"].shape == (1, 50)
    table = glove.present("series", splits["series"])
    assert table.words == ["more"]
    assert "more" in table
    assert "word" not in table


def test_word_that_comes_twice() -> None:
    """Does the first of two vectors of a word count?"""
    table = glove.Vectors(["a", "a"], np.array([[1], [2]], np.float32))
    assert table.vectors(["a"]).tolist() == [[1]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><p>not here</p>\n",
        b"the 1 2 3\nfilm 1 2\n",
        b"the 1 2 3\nfilm 1 2 nan\n",
        b"the 1 2 3\nfilm 1 2 x\n",
        b"\xff 1 2 3\n",
        b"the 1 2 3\nword " + b"1 " * 50_000,
    ],
)
def test_damaged_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """Is a file refused that is empty, a web page, uneven, or has a line without end?"""
    with pytest.raises(BadFile):
        glove.read_table(_plain(tmp_path / "any.txt", content))


def test_damaged_archives_are_refused(tmp_path: Path) -> None:
    """Is an archive refused that is cut off, or has no vectors?"""
    path = _zip(tmp_path / "a.zip", glove_6B_3d_txt=TEXT * 100)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BadFile, match="not a whole file"):
        glove.read_table(path, 3)
    with pytest.raises(BadFile, match="say which"):
        glove.read_table(_zip(tmp_path / "b.zip", readme_txt=b"nothing"), 3)


def test_hostile_npz_is_refused(tmp_path: Path) -> None:
    """Is a file refused whose arrays are objects, of other shapes, or no numbers?"""
    good = {"words": np.array(["a", "b"], "<U18"), "vectors": np.ones((2, 50), np.float16)}
    path = tmp_path / "a.npz"
    np.savez(path, **good)
    assert glove.read_table(path).words == ["a", "b"]
    for change in (
        {"words": np.array(["a", 1], object)},
        {"words": np.array(["a"], "<U18")},
        {"vectors": np.ones((2, 50), np.float64)},
        {"vectors": np.full((2, 50), np.nan, np.float16)},
    ):
        np.savez(path, **{**good, **change})
        with pytest.raises(BadFile):
            glove.read_table(path)


@pytest.mark.skipif(not MIRROR, reason="needs the mirror (LABS_MIRROR)")
def test_king_and_queen() -> None:
    """Are the mirror's vectors in their places: is king - man + woman nearest to queen?"""
    table = glove.read_table(Path(str(MIRROR), "text", "glove_6B_50d_top9163_float16.npz"))
    assert table.matrix.shape == (9163, 50)
    king, man, woman = table.vectors(["king", "man", "woman"])
    near = table.matrix @ (king - man + woman) / np.linalg.norm(table.matrix, axis=1)
    assert [table.words[row] for row in np.argsort(-near)[:2]] == ["king", "queen"]
