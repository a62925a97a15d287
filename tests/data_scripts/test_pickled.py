"""Tests of reading pickled lists of numbers without unpickling."""

from __future__ import annotations

import builtins
import io
import os
import pickle
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_scripts import pickle_steps, pickled
from data_scripts.errors import BadFile

ROWS = [[1, 255, 256, 65535, 65536, -1, 2**31 - 1], [], [7], list(range(2500))]
# An array of two lists as NumPy wrote it for Python 2, as in Keras' files: head, lists, end.
HEAD = (
    b"\x80\x02cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87R"
    b"q\x03(K\x01K\x02\x85cnumpy\ndtype\nq\x04U\x02O8K\x00K\x01\x87Rq\x05(K\x03U\x01|NNNJ\xff\xff"
    b"\xff\xffJ\xff\xff\xff\xffK?tb\x89"
)
LISTS = b"]q\x06(]q\x07(K\x01M\x02\x01e]q\x08K\x03ae"
END = b"tb."


def _object_array(rows: list[Any]) -> np.ndarray:
    array = np.empty(len(rows), dtype=object)
    array[:] = rows
    return array


def _write(path: Path, stream: bytes, count: int = 2) -> Path:
    """Write a .npz file whose array `x` is this pickle."""
    content = io.BytesIO()
    header = {"descr": "|O", "fortran_order": False, "shape": (count,)}
    np.lib.format.write_array_header_1_0(content, header)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", content.getvalue() + stream)
    return path


def test_lists_come_back(tmp_path: Path) -> None:
    """Is what NumPy writes today read: numbers of every size, empty and long lists?"""
    np.savez(tmp_path / "a.npz", x=_object_array(ROWS))
    rows = pickled.read_lists(tmp_path / "a.npz", "x")
    assert rows.flat.dtype == np.int32
    assert [row.tolist() for row in rows] == ROWS


@pytest.mark.parametrize("protocol", range(3, pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_of_today(protocol: int) -> None:
    """Is each version of the format that Python 3 writes by itself read?"""
    rows = pickle_steps.lists_in(pickle.dumps(_object_array(ROWS), protocol))
    assert [row.tolist() for row in rows] == ROWS


def test_streams_of_keras_files(tmp_path: Path) -> None:
    """Is a stream as in Keras' files read?"""
    rows = pickled.read_lists(_write(tmp_path / "a.npz", HEAD + LISTS + END), "x")
    assert [row.tolist() for row in rows] == [[1, 258], [3]]


class _Runs:
    """Runs a function when it is unpickled."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.call


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    "attack",
    [
        _Runs(os.system, "touch hit"),
        _Runs(builtins.eval, "open('hit', 'w')"),
        _Runs(builtins.exec, "open('hit', 'w')"),
        _Runs(open, "hit", "w"),
        _Runs(np.save, "hit", 1),
        _Runs(getattr, np, "save"),
    ],
    ids=["system", "eval", "exec", "open", "np.save", "getattr"],
)
@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: _object_array([one, [1]])])
def test_nothing_is_executed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    attack: object,
    protocol: int,
    wrap: Callable[[object], object],
) -> None:
    """Is a stream that would run something refused, and nothing run?"""
    monkeypatch.chdir(tmp_path)
    try:
        stream = pickle.dumps(wrap(attack), protocol)
    except (pickle.PicklingError, TypeError):
        pytest.skip("this cannot be written in this version")
    with pytest.raises(BadFile):
        pickled.read_lists(_write(tmp_path / "a.npz", stream), "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        # An array of a shape that would fill the memory, or of a class of its own.
        (HEAD.replace(b"K\x00\x85U", b"J\xff\xff\xff\x7f\x85U") + LISTS + END, "something else"),
        (HEAD.replace(b"cnumpy\nndarray", b"cnumpy\nmemmap") + LISTS + END, "names 'numpy.memmap'"),
        (HEAD.replace(b"O8", b"V8") + LISTS + END, "makes something else"),
        (HEAD.replace(b"_reconstruct", b"scalar") + LISTS + END, "names 'numpy.core.multiarray.sc"),
        (b"\x80\x02cnumpy\nndarray\nJ\xff\xff\xff\x7f\x85R.", "makes something else"),
        (b"\x80\x02cnumpy\nndarray\n)\x81.", r"instruction b'\\x81'"),
        (b"\x80\x02cnumpy\n" + b"a" * 200, "long name"),
        (b"\x80\x04\x8c\x02os\x8c\x06system\x93.", "names 'os.system'"),
        (b"\x80\x02K\x01K\x02\x93.", "names '1.2'"),
        # Ways to call that need no name, and ways to reach objects outside.
        (b"\x80\x02(S'x'\nios\nsystem\n.", "instruction b'S'"),
        (b"\x80\x02(cnumpy\nndarray\nK\x01o.", "instruction b'o'"),
        (b"\x80\x02\x82\x01.", r"instruction b'\\x82'"),
        (b"\x80\x02Pname\n.", "instruction b'P'"),
        # Wrong contents.
        (HEAD + b"](](K\x01K\x02e](U\x01aee" + END, "something else than whole"),
        (HEAD + b"](](K\x01K\x02e](Nee" + END, "something else than whole"),
        (HEAD + b"](](K\x01K\x02e](\x88ee" + END, "something else than whole"),
        (HEAD + b"](](K\x01](K\x02ee]e" + END, "something else than whole"),
        (HEAD + b"](](](K\x02ee]e" + END, "something else than whole|lists within"),
        (HEAD + b"](K\x01K\x02e" + END, "no array of lists"),
        (HEAD + b"](]]]e" + END, "not of the stated length"),
        (HEAD + b"]q\x06h\x06a" + END, "something else than whole"),
        (HEAD + b"](]q\x07]e0h\x07]a" + END, "instruction b'0'"),
        (HEAD + b"](](\x8a\x05\xff\xff\xff\xff\x7fe]e" + END, r"instruction b'\\x8a'"),
        (HEAD + b"](](G@\x00\x00\x00\x00\x00\x00\x00e]e" + END, "instruction b'G'"),
        (HEAD + b"Na" + END, "no list"),
        (HEAD + b"h\x63" + END, "has not kept"),
        (HEAD + LISTS + b"tb0.", "instruction b'0'"),
        (HEAD + LISTS + END + b"more", "not the pickle of one array"),
        (b"\x80\x02]q\x00(K\x01e.", "not the pickle of one array"),
        (b"\x80\x02].", "not the pickle of one array"),
        (HEAD + LISTS + b"tbK\x01.", "not the pickle of one array"),
        (b"\x80\x02b.", "cut off"),
        (b"\x80\x02t.", "cut off"),
        (b"\x80\x02R.", "cut off"),
        (b"", "cut off"),
        (b"garbage", "instruction b'g'"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, stream: bytes, message: str) -> None:
    """Is a stream that holds anything but lists of numbers refused, with the reason?"""
    with pytest.raises(BadFile, match=message):
        pickled.read_lists(_write(tmp_path / "a.npz", stream), "x")


def test_truncated_anywhere() -> None:
    """Is a stream cut off at any byte refused?"""
    whole = HEAD + LISTS + END
    for length in range(len(whole)):
        with pytest.raises(BadFile):
            pickle_steps.lists_in(whole[:length])


def test_changed_anywhere() -> None:
    """Does a stream with any one byte changed give numbers or a refusal, nothing else?"""
    whole = HEAD + LISTS + END
    for place in range(len(whole)):
        for value in (0, ord("."), ord("e"), ord("("), ord("t"), ord("R"), 255):
            changed = whole[:place] + bytes([value]) + whole[place + 1 :]
            try:
                rows = pickle_steps.lists_in(changed)
            except BadFile:
                continue
            assert len(rows) == 2


@pytest.mark.parametrize(
    "stream",
    [
        # Lengths and places in the memo of two and more gigabytes, with nothing behind them.
        b"\x80\x02X\xff\xff\xff\x7f",
        b"\x80\x02]r\xff\xff\xff\x7f",
        b"\x80\x02]j\xff\xff\xff\x7f",
        b"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x80\x05\x96\xff\xff\xff\xff\xff\xff\xff\x7f",
        # A tuple of tuples of tuples, each twice the size of the one in it.
        b"\x80\x02)" + b"q\x00h\x00\x86" * 200 + b".",
        b"\x80\x02)" + b"\x85" * 1_000_000 + b"R.",
        b"\x80\x02" + b"(" * 2_000_000 + b"N.",
        b"\x80\x02" + b"N" * 2_000_000 + b".",
    ],
    ids=["text", "memo", "fetch", "frame", "bytes", "array", "doubling", "deep", "marks", "values"],
)
def test_bombs(stream: bytes) -> None:
    """Is a stream that means to fill the memory or the stack refused, and soon?"""
    started = time.process_time()
    with pytest.raises(BadFile):
        pickle_steps.lists_in(stream)
    assert time.process_time() - started < 10


def test_one_list_many_times() -> None:
    """Is a list that stands in the array again and again, each time for two bytes, bounded?"""
    row = b"]q\x07(" + b"K\x01" * 2000 + b"e"
    again = HEAD.replace(b"K\x01K\x02\x85", b"K\x01M\x61\xea\x85")  # 60,001 rows
    with pytest.raises(BadFile, match=r"more than 67,108,864 numbers"):
        pickle_steps.lists_in(again + b"](" + row + b"h\x07" * 60_000 + b"e" + END)


def test_number_that_does_not_fit() -> None:
    """Is a number of more than 32 bits refused as what it is?"""
    stream = pickle.dumps(_object_array([[2**31], [1]]), 2)
    with pytest.raises(BadFile):
        pickle_steps.lists_in(stream)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (np.arange(3), "expected was a row of objects"),
        (_object_array([[1], [2]]).reshape(2, 1), "expected was a row of objects"),
    ],
)
def test_other_arrays(tmp_path: Path, content: np.ndarray, message: str) -> None:
    """Is an array of another type or shape refused?"""
    np.savez(tmp_path / "a.npz", x=content)
    with pytest.raises(BadFile, match=message):
        pickled.read_lists(tmp_path / "a.npz", "x")


def test_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a file that is missing, no zip, without the array, or too large refused?"""
    path = _write(tmp_path / "a.npz", HEAD + LISTS + END)
    with pytest.raises(BadFile, match="y cannot be read"):
        pickled.read_lists(path, "y")
    with pytest.raises(BadFile, match="has 2 rows and promised 3"):
        pickled.read_lists(_write(tmp_path / "b.npz", HEAD + LISTS + END, count=3), "x")
    monkeypatch.setattr(pickled, "LIMIT_BYTES", 200)
    with pytest.raises(BadFile, match="more than 200 bytes"):
        pickled.read_lists(path, "x")
    path.write_bytes(b"<html>")
    for missing in (path, tmp_path / "gone.npz"):
        with pytest.raises(BadFile, match="x cannot be read"):
            pickled.read_lists(missing, "x")
