"""Tests of the twin of CIFAR-10."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts.cifar10 import CLASSES
from data_scripts.twins import objects

ROWS = {"train": 800, "test": 400}


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, np.ndarray]]:
    """Give a small twin."""
    return objects.make(ROWS, seed=5)


def test_form(made) -> None:
    """Are names, shapes, types and ranges those of the real set?"""
    assert set(made) == {"train", "test", "shared"}
    assert tuple(made["shared"]["classes"]) == CLASSES
    for split, count in ROWS.items():
        x, y = made[split]["x"], made[split]["y"]
        assert x.shape == (count, 32, 32, 3)
        assert y.shape == (count,)
        assert x.dtype == y.dtype == np.uint8
        assert set(np.unique(y)) == set(range(10))
        assert x.min() == 0
        assert x.max() == 255


def test_same_seed_same_twin(made) -> None:
    """Does a seed fix every pixel, and another one change them?"""
    again, other = (objects.make({"test": 60}, seed=seed)["test"]["x"] for seed in (1, 2))
    np.testing.assert_array_equal(again, objects.make({"test": 60}, seed=1)["test"]["x"])
    assert not np.array_equal(again, other)


def test_no_picture_twice(made) -> None:
    """Are all pictures different, within and between the splits?"""
    pictures = np.concatenate([made[split]["x"] for split in ROWS]).reshape(sum(ROWS.values()), -1)
    assert len(np.unique(pictures, axis=0)) == len(pictures)


def test_shares_of_the_looks() -> None:
    """Do the looks of each class make up all of it?"""
    assert tuple(objects.LOOKS) == CLASSES
    for looks in objects.LOOKS.values():
        assert sum(look.share for look in looks) == pytest.approx(1)


def test_neither_colour_nor_place_is_enough(made) -> None:
    """Does the nearest class mean do better than chance, and badly?"""
    (x, y), (x_test, y_test) = (
        (made[split]["x"].reshape(ROWS[split], -1) / 255, made[split]["y"]) for split in ROWS
    )
    means = np.stack([x[y == label].mean(axis=0) for label in range(10)])
    nearest = ((x_test[:, None] - means[None]) ** 2).sum(axis=2).argmin(axis=1)
    assert 0.15 < (nearest == y_test).mean() < 0.45
