"""Tests of the twins: what holds for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from data_scripts.twins import clothes, digits

ROWS = {"train": 600, "test": 300}


@pytest.fixture(scope="module", autouse=True)
def _scans_once() -> Iterator[None]:
    # Enlarging the scans takes seconds, and is the same each time.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digits, "_scans", cache(digits._scans))
        yield


@pytest.fixture(scope="module", params=[digits, clothes], ids=["digits", "clothes"])
def twin(request: pytest.FixtureRequest):
    """Give a generator and what it made."""
    return request.param, request.param.make(ROWS, seed=5)


def test_shapes_and_types(twin) -> None:
    """Are shapes, types and ranges those of the real data?"""
    _, made = twin
    for split, count in ROWS.items():
        x, y = made[split]["x"], made[split]["y"]
        assert x.shape == (count, 28, 28)
        assert y.shape == (count,)
        assert x.dtype == y.dtype == np.uint8
        assert set(np.unique(y)) == set(range(10))
        assert x.min() == 0
        assert x.max() > 240


def test_same_seed_same_twin(twin) -> None:
    """Does a seed fix every pixel, and another one change them?"""
    generator, made = twin
    again, other = (generator.make(ROWS, seed=seed) for seed in (5, 6))
    for split in ROWS:
        np.testing.assert_array_equal(again[split]["x"], made[split]["x"])
        assert not np.array_equal(other[split]["x"], made[split]["x"])


def test_no_picture_twice(twin) -> None:
    """Are all pictures different, within and between the splits?"""
    _, made = twin
    pictures = np.concatenate([made[split]["x"] for split in ROWS]).reshape(sum(ROWS.values()), -1)
    assert len(np.unique(pictures, axis=0)) == len(pictures)


def test_corners_are_black(twin) -> None:
    """Do the pictures stand free, as the real ones do?"""
    _, made = twin
    corners = made["train"]["x"][:, [0, 0, -1, -1], [0, -1, 0, -1]]
    assert corners.mean() < 25


def test_classes_can_be_told_apart(twin) -> None:
    """Does the nearest class mean do much better than chance, and far from perfectly?"""
    _, made = twin
    (x, y), (x_test, y_test) = (
        (rows["x"].reshape(len(rows["x"]), -1) / 255, rows["y"])
        for rows in (made["train"], made["test"])
    )
    means = np.stack([x[y == label].mean(axis=0) for label in range(10)])
    nearest = ((x_test[:, None] - means[None]) ** 2).sum(axis=2).argmin(axis=1)
    assert 0.5 < (nearest == y_test).mean() < 0.93


def test_digits_of_train_and_test_are_other_scans() -> None:
    """Are the original digits divided, all of them, none twice?"""
    from sklearn.datasets import load_digits

    labels = load_digits().target
    train, test = digits._disjoint(labels, np.random.default_rng(0))
    both = np.concatenate(train + test)
    assert sorted(both) == list(range(len(labels)))
    for label in range(10):
        assert set(labels[np.concatenate([train[label], test[label]])]) == {label}
        assert 0.15 < len(test[label]) / len(train[label]) < 0.35


def test_looks_are_those_of_the_table() -> None:
    """Do other looks come as often as the table says, and only where it says so?"""
    labels = np.repeat(np.arange(10), 5000)
    looks = clothes._looks(labels, np.random.default_rng(0))
    for label in range(10):
        shares = np.bincount(looks[labels == label], minlength=10) / 5000
        expected = np.zeros(10)
        for other, share in clothes.LOOKS.get(label, ()):
            expected[other] = share
        expected[label] = 1 - expected.sum()
        np.testing.assert_allclose(shares, expected, atol=0.01)
