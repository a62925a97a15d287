"""Tests of reading plain arrays from .npz files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from data_scripts import npz
from data_scripts.errors import BadFile
from data_scripts.npz import read_npz

X = np.arange(12, dtype=np.float32).reshape(4, 3)


class Hostile:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def _member(path: Path, content: bytes, name: str = "x.npy") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)
    return path


def _npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_arrays(tmp_path: Path, save) -> None:
    """Are values and order of rows kept, whether stored by rows or by columns, and may they be changed?"""
    path = tmp_path / "a.npz"
    times = np.array(["2009-01-01T00:10"], "datetime64[m]")
    save(path, x=np.asfortranarray(X), t=times, n=np.array(["ab"]))
    read = read_npz(
        path,
        {"x": ("float32", (None, 3)), "t": ("datetime64[m]", (1,)), "n": ("<U2", (1,))},
    )
    np.testing.assert_array_equal(read["x"], X)
    np.testing.assert_array_equal(read["t"], times)
    assert read["n"].tolist() == ["ab"]
    assert read["x"].flags.writeable
    assert read["x"].flags.c_contiguous


def test_no_pickle_is_executed(tmp_path: Path) -> None:
    """Is an array of objects refused without making one of them?"""
    trace = tmp_path / "trace"
    path = tmp_path / "a.npz"
    np.savez(path, x=np.array([Hostile(trace)], dtype=object))
    with pytest.raises(BadFile, match="is object"):
        read_npz(path, {"x": ("float32", (None,))})
    assert not trace.exists()


@pytest.mark.parametrize(
    ("dtype", "shape", "message"),
    [
        ("float64", (None, 3), "is float32"),
        ("float32", (None, 4), r"expected was float32 \(None, 4\)"),
        ("float32", (None,), "expected was"),
        ("float32", (5, 3), "expected was"),
    ],
)
def test_other_array(tmp_path: Path, dtype: str, shape: tuple, message: str) -> None:
    """Is an array of another type or shape refused?"""
    path = tmp_path / "a.npz"
    np.savez(path, x=X)
    with pytest.raises(BadFile, match=message):
        read_npz(path, {"x": (dtype, shape)})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no array",
        _npy(X)[:-1],
        _npy(X) + b"more",
        _npy(X).replace(b"(4, 3)", b"(9, 3)"),
        _npy(X).replace(b"'<f4'", b"'<zz'"),
        _npy(X).replace(b"{", b"(", 1),
        _npy(X).replace(b"\x93NUMPY\x01", b"\x93NUMPY\x09"),
    ],
    ids=range(8),
)
def test_damaged_array(tmp_path: Path, content: bytes) -> None:
    """Is an array refused whose header is wrong or does not fit its content?"""
    with pytest.raises(BadFile):
        read_npz(_member(tmp_path / "a.npz", content), {"x": ("float32", (None, 3))})


def test_damaged_file(tmp_path: Path) -> None:
    """Is half a file refused, and one without the array?"""
    path = tmp_path / "a.npz"
    np.savez(path, x=X)
    whole = path.read_bytes()
    for content in (whole[: len(whole) // 2], b"<html>", b""):
        path.write_bytes(content)
        with pytest.raises(BadFile, match="is not the expected file of arrays"):
            read_npz(path, {"x": ("float32", (None, 3))})
    with pytest.raises(BadFile, match="is not the expected file of arrays"):
        read_npz(_member(path, _npy(X), "y.npy"), {"x": ("float32", (None, 3))})


def test_size_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a small file that unpacks to a huge array given up?"""
    monkeypatch.setattr(npz, "SIZE_LIMIT", 1000)
    path = tmp_path / "a.npz"
    np.savez_compressed(path, x=np.zeros(1000, np.float32))
    with pytest.raises(BadFile, match="more than 1,000 bytes"):
        read_npz(path, {"x": ("float32", (None,))})
