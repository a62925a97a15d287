"""Tests of Boston and California housing: reading, Keras' split, twins."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from data_scripts import boston, california
from data_scripts.errors import BadFile
from data_scripts.keras_split import keras_split
from data_scripts.twins import boston as boston_twin
from data_scripts.twins import california as california_twin
from data_scripts.twins.houses import distributed

# Taken at import: each test has an environment of its own.
MIRROR = os.environ.get("LABS_MIRROR")
needs_mirror = pytest.mark.skipif(not MIRROR, reason="LABS_MIRROR names no mirror of the real data")
ALL = {"train": None, "test": None}
both = pytest.mark.parametrize(
    ("module", "twin", "name"),
    [(boston, boston_twin, "boston_housing"), (california, california_twin, "california_housing")],
    ids=["boston", "california"],
)


def _file(folder: Path, module, rows: int | None = None) -> Path:
    kind = np.float64 if module is boston else np.float32
    count = rows or module.ROWS
    x = np.arange(count * len(module.COLUMNS), dtype=kind).reshape(count, -1)
    path = folder / module.FILE
    np.savez(path, x=x, y=np.arange(count, dtype=kind))
    return path


def test_split(tmp_path: Path) -> None:
    """Are rows shuffled together, divided 80 to 20, and cut as wanted?"""
    x, y = np.arange(20).reshape(10, 2), np.arange(10)
    whole = keras_split(x, y, ALL, tmp_path)
    order = np.arange(10)
    np.random.RandomState(113).shuffle(order)
    assert whole["train"]["y"].tolist() == order[:8].tolist()
    assert whole["test"]["x"][:, 0].tolist() == (2 * order[8:]).tolist()
    part = keras_split(x, y, {"test": range(1, 2)}, tmp_path)
    assert part.keys() == {"test"}
    assert part["test"]["y"].tolist() == order[9:].tolist()
    with pytest.raises(BadFile, match="has 2 rows; rows up to 3"):
        keras_split(x, y, {"test": range(3)}, tmp_path)


@both
def test_read(tmp_path: Path, module, twin, name: str) -> None:
    """Have file and twin the same names, types and shapes?"""
    read = module.read({module.FILE: _file(tmp_path, module)}, ALL)
    counts = {split: len(read[split]["y"]) for split in ALL}
    assert sum(counts.values()) == module.ROWS
    assert sorted(np.concatenate([read[s]["y"] for s in ALL])) == list(range(module.ROWS))
    made = twin.make(counts, seed=1)
    for split, named in read.items():
        for key, array in named.items():
            assert made[split][key].dtype == array.dtype
            assert made[split][key].shape == array.shape
    assert read["shared"]["columns"].tolist() == list(module.COLUMNS)


@both
def test_damaged_file(tmp_path: Path, module, twin, name: str) -> None:
    """Is a file refused that is cut off, has other rows, or is none?"""
    path = _file(tmp_path, module)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(BadFile):
        module.read({module.FILE: path}, ALL)
    with pytest.raises(BadFile, match="expected was"):
        module.read({module.FILE: _file(tmp_path, module, rows=99)}, ALL)
    path.write_bytes(b"<!doctype html>")
    with pytest.raises(BadFile):
        module.read({module.FILE: path}, ALL)


@needs_mirror
@pytest.mark.slow
@both
def test_same_as_keras(tmp_path: Path, module, twin, name: str) -> None:
    """Are the arrays those of Keras' loader, row by row?"""
    source = Path(str(MIRROR)) / f"keras-datasets/{name}.npz"
    (tmp_path / "datasets").mkdir()
    shutil.copyfile(source, tmp_path / f"datasets/{name}.npz")
    # The mirror's copy of California has another hash, which Keras would not take.
    program = (
        f"import numpy as np, keras; from keras.datasets import {name} as d; import sys;"
        "g = sys.modules[d.load_data.__module__];"
        f"g.get_file = lambda *a, **k: {str(tmp_path / f'datasets/{name}.npz')!r};"
        "(a, b), (c, e) = d.load_data();"
        f"np.savez({str(tmp_path / 'keras.npz')!r}, a=a, b=b, c=c, e=e)"
    )
    environment = os.environ | {"KERAS_HOME": str(tmp_path), "TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    read = module.read({module.FILE: source}, ALL)
    with np.load(tmp_path / "keras.npz") as keras:
        for key, split, axis in (
            ("a", "train", "x"),
            ("b", "train", "y"),
            ("c", "test", "x"),
            ("e", "test", "y"),
        ):
            np.testing.assert_array_equal(read[split][axis], keras[key])
            assert read[split][axis].dtype == keras[key].dtype


@both
def test_twin_is_fixed_by_its_seed(module, twin, name: str) -> None:
    """Does a seed fix every number, and another one change them?"""
    rows = {"train": 300, "test": 100}
    first, again, other = (twin.make(rows, seed=seed) for seed in (1, 1, 2))
    for split in rows:
        for axis in "xy":
            np.testing.assert_array_equal(first[split][axis], again[split][axis])
            assert not np.array_equal(first[split][axis], other[split][axis])


def test_twin_ranges() -> None:
    """Are the twins' values such as the real tables have?"""
    made = boston_twin.make({"train": 404, "test": 102}, seed=1)
    x, y = made["train"]["x"], made["train"]["y"]
    columns = dict(zip(boston.COLUMNS, x.T, strict=True))
    assert 5 <= y.min() < y.max() <= 50
    assert set(columns["CHAS"]) == {0, 1}
    assert set(columns["RAD"]) <= {1, 2, 3, 4, 5, 6, 7, 8, 24}
    assert (columns["TAX"][columns["RAD"] == 24] == 666).all()
    made = california_twin.make({"train": 5000, "test": 10}, seed=1)
    x, y = made["train"]["x"], made["train"]["y"]
    assert 14_999 <= y.min() < y.max() <= 500_001
    assert -124.5 < x[:, 0].min() < x[:, 0].max() <= -114.3
    assert 32.5 < x[:, 1].min() < x[:, 1].max() < 42
    assert (x[:, 2] <= 52).all()
    assert (x[:, 3] > x[:, 4]).mean() > 0.98


def test_column_b_moves_no_price_of_the_twin() -> None:
    """Is the twin's column B unrelated to everything?"""
    made = boston_twin.make({"train": 20_000, "test": 1}, seed=1)["train"]
    b = made["x"][:, boston.COLUMNS.index("B")]
    for column in (*np.delete(made["x"].T, boston.COLUMNS.index("B"), axis=0), made["y"]):
        assert abs(np.corrcoef(b, column)[0, 1]) < 0.03


def test_distribution() -> None:
    """Do values lie below the levels in the shares that are told?"""
    levels = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
    values = distributed(np.random.default_rng(0).standard_normal(100_000), levels)
    np.testing.assert_allclose(
        np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]), levels[1:-1], rtol=0.03
    )
