"""Tests of reading IMDB (ids and texts), Reuters and the prose, small files and the mirror's."""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from data_scripts import imdb, imdb_text, nietzsche, reuters, tokens
from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged

MIRROR = os.environ.get("LABS_MIRROR")
needs_mirror = pytest.mark.skipif(not MIRROR, reason="needs the mirror (LABS_MIRROR)")
BOTH = {"train": None, "test": None}


def _npz(path: Path, **arrays: list | np.ndarray) -> Path:
    """Write arrays as Keras does: rows of unequal length as objects, pickled."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in arrays.items():
            array = (
                np.asarray(rows) if isinstance(rows, np.ndarray) else np.empty(len(rows), object)
            )
            if array.dtype == object:
                array[:] = [list(row) for row in rows]
            with archive.open(f"{name}.npy", "w") as stream:
                np.lib.format.write_array(stream, array, allow_pickle=True)
    return path


def _words(path: Path, count: int) -> Path:
    path.write_text(json.dumps({f"w{rank}": rank for rank in range(1, count + 1)}))
    return path


@pytest.fixture
def small_imdb(tmp_path: Path) -> dict[str, Path]:
    """Give files of IMDB's form with four and three reviews."""
    return {
        imdb.SEQUENCES: _npz(
            tmp_path / "imdb.npz",
            x_train=[[1, 2], [3], [], [5, 5, 5]],
            y_train=np.array([1, 1, 0, 0]),
            x_test=[[4], [5, 1], [2]],
            y_test=np.array([1, 0, 0]),
        ),
        imdb.WORDS: _words(tmp_path / "words.json", 5),
    }


@pytest.fixture
def small_reuters(tmp_path: Path) -> dict[str, Path]:
    """Give files of Reuters' form with ten newswires."""
    rows = [[rank] * rank for rank in range(1, 11)]
    return {
        reuters.SEQUENCES: _npz(tmp_path / "reuters.npz", x=rows, y=np.arange(10)),
        reuters.WORDS: _words(tmp_path / "words.json", 10),
    }


def test_imdb_is_shuffled_and_shifted(small_imdb: dict[str, Path]) -> None:
    """Are reviews and labels in Keras' order, each review with 1 in front and 3 on top?"""
    splits = imdb.read(small_imdb, BOTH)
    train, test = tokens.keras_orders(4, 3)
    reviews = [[1, 4, 5], [1, 6], [1], [1, 8, 8, 8]]
    ids, y = imdb.present("train", splits["train"])
    assert [row.tolist() for row in ids] == [reviews[place] for place in train]
    assert y.tolist() == [[1, 1, 0, 0][place] for place in train]
    assert splits["test"]["y"].tolist() == [[1, 0, 0][place] for place in test]
    assert splits["train"]["ids_flat"].dtype == np.int32
    assert tokens.words_of(splits["shared"])[3:6] == ["<unused>", "w1", "w2"]


def test_imdb_some_rows(small_imdb: dict[str, Path]) -> None:
    """Are just the wanted rows of the wanted split given?"""
    whole = imdb.read(small_imdb, BOTH)
    some = imdb.read(small_imdb, {"test": range(1, 3)})
    assert some.keys() == {"test", "shared"}
    np.testing.assert_array_equal(some["test"]["y"], whole["test"]["y"][1:])
    with pytest.raises(BadFile, match="rows"):
        imdb.read(small_imdb, {"test": range(4)})


class _Hostile:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple:
        return (Path.touch, (self.target,))


@pytest.mark.parametrize(("module", "key"), [(imdb, "x_train"), (reuters, "x")])
def test_pickles_are_not_executed(tmp_path: Path, module, key: str) -> None:
    """Is a file refused whose pickle would run something, and is nothing run?"""
    touched = tmp_path / "touched"
    content = pickle.dumps(_Hostile(touched))
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "|O", "fortran_order": False, "shape": (2,)}
    )
    labels = {"x": ["y"], "x_train": ["y_train", "y_test"]}[key]
    path = _npz(tmp_path / "a.npz", **dict.fromkeys(labels, np.array([0, 1])))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"{key}.npy", header.getvalue() + content)
    files = {module.SEQUENCES: path, module.WORDS: _words(tmp_path / "words.json", 5)}
    with pytest.raises(BadFile):
        module.read(files, {"train": None})
    assert not touched.exists()
    pickle.loads(content)
    assert touched.exists(), "the test's own file does nothing when it is unpickled"


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x_train": [[1]]}, "1 texts and 4 labels"),
        ({"x_train": [[1], [2], [3], [6]]}, "words that its word index"),
        ({"x_train": [[1], [2], [3], [0]]}, "words that its word index"),
        ({"y_train": np.array([0, 1, 2, 0])}, "labels outside"),
        ({"y_train": np.array([0.0, 1, 1, 0])}, "y_train"),
    ],
)
def test_imdb_that_does_not_fit_is_refused(
    small_imdb: dict[str, Path], arrays: dict, message: str
) -> None:
    """Is a file refused whose labels, texts and words do not belong together?"""
    whole = {
        "x_train": [[1], [2], [3], [4]],
        "y_train": np.array([0, 1, 1, 0]),
        "x_test": [[1]],
        "y_test": np.array([1]),
    }
    _npz(small_imdb[imdb.SEQUENCES], **{**whole, **arrays})
    with pytest.raises(BadFile, match=message):
        imdb.read(small_imdb, BOTH)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"<!doctype html>"])
@pytest.mark.parametrize("name", [imdb.SEQUENCES, imdb.WORDS])
def test_damaged_files_of_imdb_are_refused(
    small_imdb: dict[str, Path], name: str, content: bytes
) -> None:
    """Is a damaged file an error that says so?"""
    small_imdb[name].write_bytes(content)
    with pytest.raises(BadFile):
        imdb.read(small_imdb, BOTH)


def test_reuters_is_divided_as_keras_does(small_reuters: dict[str, Path]) -> None:
    """Are the first four fifths of the shuffled rows for training?"""
    splits = reuters.read(small_reuters, BOTH)
    (order,) = tokens.keras_orders(10)
    assert splits["train"]["y"].tolist() == order[:8].tolist()
    ids, y = reuters.present("test", splits["test"])
    assert y.tolist() == order[8:].tolist()
    assert [row.tolist() for row in ids] == [[1] + [place + 4] * (place + 1) for place in y]
    assert splits["shared"]["topics"].tolist() == list(reuters.TOPICS)
    cut = reuters.read(small_reuters, {"train": range(2, 4)})
    assert cut["train"]["y"].tolist() == order[2:4].tolist()


@pytest.mark.slow  # Keras takes seconds to import
def test_topics_are_those_of_keras() -> None:
    """Are the topics' names Keras' own?"""
    names = pytest.importorskip("keras").datasets.reuters.get_label_names()
    assert names == reuters.TOPICS


LINE = {"split": "train", "index": 0, "id": 1, "rating": 9, "label": 1, "text": "Fine.<br />"}


def _jsonl(path: Path, *lines: dict) -> dict[str, Path]:
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    return {imdb_text.FILE: path}


def test_some_texts(tmp_path: Path) -> None:
    """Are texts, labels and ratings those of the lines?"""
    other = {**LINE, "split": "test", "rating": 2, "label": 0, "text": "né"}
    splits = imdb_text.read(_jsonl(tmp_path / "a.jsonl.gz", LINE, other), BOTH)
    assert imdb_text.present("train", splits["train"]).text == ["Fine.<br />"]
    text, y, rating = imdb_text.present("test", splits["test"])
    assert (text, y.tolist(), rating.tolist()) == (["né"], [0], [2])
    with pytest.raises(BadFile):
        imdb_text.read(_jsonl(tmp_path / "a.jsonl.gz", LINE), {"train": range(2)})


@pytest.mark.parametrize(
    "change",
    [
        {"split": "valid"},
        {"index": 1},
        {"rating": 4},
        {"rating": 11},
        {"rating": 9.0},
        {"label": 2},
        {"label": True},
        {"text": None},
        {"text": ""},
        {"text": "x" * 200_000},
        {"text": "\ud800"},
    ],
)
def test_wrong_lines_are_refused(tmp_path: Path, change: dict) -> None:
    """Is a line refused that is no review, or not the next one?"""
    with pytest.raises(BadFile, match="line 1"):
        imdb_text.read(_jsonl(tmp_path / "a.jsonl.gz", {**LINE, **change}), BOTH)


def _tar(path: Path, members: dict[str, bytes]) -> dict[str, Path]:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return {imdb_text.FILE: path}


@pytest.fixture
def small_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, Path]]:
    """Give a writer of archives with four reviews a half, in disorder, and changes to them."""
    monkeypatch.setattr(imdb_text, "ROWS", 4)
    names = {"pos/2_9": "two", "pos/10_7": "ten", "neg/1_1": "one", "neg/0_4": "nought"}

    def write(**changes: bytes | None) -> dict[str, Path]:
        members = {
            f"aclImdb/{half}/{name}.txt": f"{half} {text}".encode()
            for half in imdb_text.SPLITS
            for name, text in names.items()
        }
        members["aclImdb/train/unsup/3_0.txt"] = b"not labelled"
        members["aclImdb/README"] = b"read me"
        members.update(changes)
        kept = {name: content for name, content in members.items() if content is not None}
        return _tar(tmp_path / "a.tar.gz", kept)

    return write


def test_whole_archive_is_put_in_keras_order(small_archive: Callable[..., dict[str, Path]]) -> None:
    """Are favorable reviews first, by the name of their file, and then shuffled as Keras does?"""
    splits = imdb_text.read(small_archive(), BOTH)
    # As text "10_7.txt" is before "2_9.txt".
    for (half, arrays), order in zip(splits.items(), tokens.keras_orders(4, 4), strict=True):
        text, y, rating = imdb_text.present(half, arrays)
        expected = [f"{half} {name}" for name in ("ten", "two", "nought", "one")]
        assert text == [expected[place] for place in order]
        assert y.tolist() == [[1, 1, 0, 0][place] for place in order]
        assert rating.tolist() == [[7, 9, 4, 1][place] for place in order]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"aclImdb/train/pos/2_9.txt": None}, "has 3 reviews"),
        ({"aclImdb/train/pos/7_8.txt": b"more"}, "has 5 reviews"),
        ({"aclImdb/train/pos/2_9.txt": b"\xff"}, "not UTF-8"),
        ({"aclImdb/train/pos/2_9.txt": b""}, "no such review"),
        ({"aclImdb/train/pos/7_3.txt": b"bad"}, "no such review"),
        ({"../outside.txt": b"bad"}, "not safe"),
    ],
)
def test_wrong_archives_are_refused(
    small_archive: Callable[..., dict[str, Path]], changes: dict, message: str
) -> None:
    """Is an archive refused that lacks reviews, has others, or is hostile?"""
    with pytest.raises(BadFile, match=message):
        imdb_text.read(small_archive(**changes), BOTH)


def test_half_an_archive_is_refused(small_archive: Callable[..., dict[str, Path]]) -> None:
    """Is a truncated archive an error that says so?"""
    paths = small_archive()
    (path,) = paths.values()
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(BadFile, match="not a whole archive"):
        imdb_text.read(paths, BOTH)


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_prose(tmp_path: Path, name: str) -> None:
    """Is a row a character, plain or packed, beyond ASCII too?"""
    path = tmp_path / name
    content = "né — so".encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    splits = nietzsche.read({nietzsche.FILE: path}, {"series": None})
    assert splits["series"]["text"].dtype == np.uint32
    assert nietzsche.present("series", splits["series"]) == "né — so"
    cut = nietzsche.read({nietzsche.FILE: path}, {"series": range(1, 4)})
    assert nietzsche.present("series", cut["series"]) == "é —"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", b"\xff\xfe"), ("a.txt.gz", b"plain"), ("a.txt.gz", gzip.compress(b"abc")[:-6])],
    ids=["no UTF-8", "not packed", "cut off"],
)
def test_damaged_prose_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """Is a file refused that is no UTF-8, or not whole?"""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadFile, match="not a whole text"):
        nietzsche.read({nietzsche.FILE: path}, {"series": None})


def test_too_long_prose_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a small file that unpacks to a large one refused?"""
    monkeypatch.setattr(nietzsche, "LIMIT_BYTES", 100)
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"a" * 10_000))
    with pytest.raises(BadFile, match="more than 100 bytes"):
        nietzsche.read({nietzsche.FILE: path}, {"series": None})


def _mirror(*names: str) -> dict[str, Path]:
    return {name: Path(str(MIRROR), "keras-datasets", name) for name in names}


@needs_mirror
@pytest.mark.slow
def test_imdb_is_what_keras_gives() -> None:
    """Are begin, labels, lengths and counts those of Keras' own loader, and do the texts fit?"""
    splits = imdb.read(_mirror(imdb.SEQUENCES, imdb.WORDS), BOTH)
    facts = {
        "train": (238.714, 11, 2494, 5_967_841, [1, 0, 0, 1, 0, 0, 1, 0, 1, 0]),
        "test": (230.804, 7, 2315, 5_770_105, [0, 1, 1, 0, 1, 1, 1, 0, 0, 1]),
    }
    for split, (mean, shortest, longest, total, first) in facts.items():
        ids, y = imdb.present(split, splits[split])
        assert (len(ids), y.sum(), y[:10].tolist()) == (25000, 12500, first)
        assert ids.lengths.mean() == pytest.approx(mean, abs=5e-4)
        assert (ids.lengths.min(), ids.lengths.max(), len(ids.flat)) == (shortest, longest, total)
    assert splits["train"]["ids_flat"][:7].tolist() == [1, 14, 22, 16, 43, 530, 973]
    words = tokens.words_of(splits["shared"])
    assert len(words) == 88584 + 4
    assert tokens.decode([14, 22, 16, 43, 530], words) == "this film was just brilliant"
    raw = imdb_text.read(
        {imdb_text.FILE: Path(str(MIRROR), "keras-datasets", "imdb_raw_text_6000.jsonl.gz")}, BOTH
    )
    index = tokens.index_of(words)
    for split, count in (("train", 4000), ("test", 2000)):
        text, y, _ = imdb_text.present(split, raw[split])
        ids, labels = imdb.present(split, splits[split])
        assert len(text) == count
        np.testing.assert_array_equal(y, labels[:count])
        for review, expected in zip(text, ids, strict=False):
            np.testing.assert_array_equal(tokens.encode(review, index), expected)


@needs_mirror
def test_reuters_is_what_keras_gives() -> None:
    """Are begin, labels, lengths and counts those of Keras' own loader?"""
    splits = reuters.read(_mirror(reuters.SEQUENCES, reuters.WORDS), BOTH)
    ids, y = reuters.present("train", splits["train"])
    begin = [1, 27595, 28842, 8, 43, 10, 447, 5, 25, 207, 270, 5, 3095, 111, 16]
    assert ids[0][:15].tolist() == begin
    assert y[:10].tolist() == [3, 4, 3, 4, 4, 4, 4, 3, 3, 16]
    both = Ragged.of([*ids, *Ragged.among(splits["test"], "ids")], np.int32)
    assert (len(y), len(both), len(both.flat)) == (8982, 11228, 1_627_658 + 11228)
    topics = np.bincount(np.concatenate([y, splits["test"]["y"]]))
    assert (len(topics), topics[3], topics[4]) == (46, 3972, 2423)
    assert "mcgrath rentcorp said" in tokens.decode(ids[0], tokens.words_of(splits["shared"]))


@needs_mirror
def test_prose_is_the_known_one() -> None:
    """Are there as many characters, and different ones, as Keras' example prints?"""
    path = Path(str(MIRROR), "text", "nietzsche.txt.gz")
    text = nietzsche.present(
        "series", nietzsche.read({nietzsche.FILE: path}, {"series": None})["series"]
    )
    assert (len(text), len(set(text)), text[:7]) == (600_893, 57, "preface")
