"""Tests of reading weights from .npz and HDF5 files, damaged and hostile ones among them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import h5py
import numpy as np
import pytest

from data_scripts import mobilenet, vgg16
from data_scripts.errors import BadFile
from data_scripts.weights import read_weights

SHAPES = {"one/kernel": (2, 3), "one/bias": (3,), "two/kernel": (3, 1)}


def values() -> dict[str, np.ndarray]:
    """Give arrays of these shapes."""
    rng = np.random.default_rng(4)
    return {name: rng.random(shape, dtype=np.float32) for name, shape in SHAPES.items()}


def h5(path: Path, arrays: dict[str, np.ndarray], called: str = "{}:0") -> Path:
    """Write an HDF5 file as Keras does; `called` makes the name of a weight from ours."""
    with h5py.File(path, "w") as file:
        for layer in dict.fromkeys(name.partition("/")[0] for name in arrays):
            group = file.create_group(layer)
            stored = {called.format(n): a for n, a in arrays.items() if n.startswith(f"{layer}/")}
            group.attrs["weight_names"] = [name.encode() for name in stored]
            for name, array in stored.items():
                group.create_dataset(name, data=array)
    return path


def same(read: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> None:
    """Compare arrays and their order."""
    assert list(read) == list(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(read[name], array)


def test_both_formats_give_the_same(tmp_path: Path) -> None:
    """Are the arrays the same from .npz and from HDF5, whatever the weights are called there?"""
    arrays = values()
    np.savez(tmp_path / "w.npz", **arrays, more=np.zeros(3))
    same(read_weights(tmp_path / "w.npz", SHAPES), arrays)
    same(read_weights(h5(tmp_path / "w.h5", arrays), SHAPES), arrays)
    same(read_weights(h5(tmp_path / "old.h5", arrays, "{}_W_1:0"), SHAPES), arrays)


@pytest.mark.parametrize("suffix", ["npz", "h5"])
@pytest.mark.parametrize("content", [b"", b"no such file", b"\x89HDF\r\n\x1a\n" + bytes(90)])
def test_damaged(tmp_path: Path, suffix: str, content: bytes) -> None:
    """Is a file that is neither refused with a sentence?"""
    path = tmp_path / f"w.{suffix}"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="not the expected file"):
        read_weights(path, SHAPES)


def test_cut_off(tmp_path: Path) -> None:
    """Is an HDF5 file that ends early refused?"""
    path = h5(tmp_path / "w.h5", values())
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadFile):
        read_weights(path, SHAPES)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("one/bias", np.zeros(4, dtype=np.float32)),
        ("one/bias", np.zeros(3, dtype=np.float64)),
        ("two/kernel", None),
    ],
)
def test_other_weights(tmp_path: Path, name: str, array: np.ndarray | None) -> None:
    """Is a weight that is missing, or has another shape or type, refused in both formats?"""
    arrays = {n: a for n, a in values().items() if n != name}
    if array is not None:
        arrays = {**values(), name: array}
    np.savez(tmp_path / "w.npz", **arrays)
    h5(tmp_path / "w.h5", arrays)
    for path in (tmp_path / "w.npz", tmp_path / "w.h5"):
        with pytest.raises(BadFile):
            read_weights(path, SHAPES)


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    """Is a weight that lies in another file refused, by link or by storage?"""
    arrays = values()
    h5(tmp_path / "other.h5", arrays)
    path = h5(tmp_path / "w.h5", arrays)
    with h5py.File(path, "a") as file:
        del file["two/two/kernel:0"]
        file["two/two/kernel:0"] = h5py.ExternalLink("other.h5", "two/two/kernel:0")
    with pytest.raises(BadFile, match="missing or a link"):
        read_weights(path, SHAPES)
    (tmp_path / "raw").write_bytes(bytes(12))
    with h5py.File(path, "a") as file:
        del file["two/two/kernel:0"]
        file.create_dataset(
            "two/two/kernel:0", (3, 1), "float32", external=[(str(tmp_path / "raw"), 0, 12)]
        )
    with pytest.raises(BadFile, match="lies in another file"):
        read_weights(path, SHAPES)


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    """Are names of weights that climb, repeat or are too few refused?"""
    for stored in ([b"../one/bias:0", b"x"], [b"", b""], [b"one/kernel:0"]):
        path = h5(tmp_path / "w.h5", values())
        with h5py.File(path, "a") as file:
            file["one"].attrs["weight_names"] = stored
        with pytest.raises(BadFile):
            read_weights(path, SHAPES)


def test_numbers_of_weights() -> None:
    """Do the shapes add up to the official numbers of weights?"""
    assert sum(int(np.prod(shape)) for shape in mobilenet.shapes().values()) == 218_544
    assert sum(int(np.prod(shape)) for shape in vgg16.shapes().values()) == 14_714_688


def test_class_names(tmp_path: Path) -> None:
    """Are the names read in the order of the outputs, packed or not?"""
    index = {str(n): [f"n{n:08}", f"thing {n}"] for n in reversed(range(1000))}
    plain, packed = tmp_path / "index.json", tmp_path / "index.json.gz"
    plain.write_text(json.dumps(index))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        assert mobilenet.class_names(path)[:2] == ["thing 0", "thing 1"]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b" " * (1 << 21), b'{"0": 3}']
)
def test_bad_class_names(tmp_path: Path, content: bytes) -> None:
    """Is anything else than that list refused?"""
    path = tmp_path / "index.json"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        mobilenet.class_names(path)
