"""Tests of the single pictures, real and drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_scripts import pictures
from data_scripts.errors import BadFile
from data_scripts.twins import drawings, patterns

SIZES = {
    "china": (427, 640),
    "flower": (427, 640),
    "shapes": (256, 256),
    "stripes": (256, 256),
    "checkerboard": (256, 256),
    "gradient": (256, 256),
    "rings": (256, 256),
    "scene": (288, 384),
    "strokes": (288, 384),
}


@pytest.fixture(scope="module")
def real() -> dict[str, np.ndarray]:
    """Give the pictures by name."""
    return pictures.read({}, {})["shared"]


def test_names_and_sizes(real: dict[str, np.ndarray]) -> None:
    """Are all pictures there, of the size and type that is documented?"""
    assert {name: picture.shape[:2] for name, picture in real.items()} == SIZES
    for picture in real.values():
        assert picture.shape[2:] == (3,)
        assert picture.dtype == np.uint8
        assert picture.max() > 200 > 100 > picture.min()


def test_twin_has_the_same_form(real: dict[str, np.ndarray]) -> None:
    """Does the twin have the same pictures, with drawings for the photographs, always the same?"""
    twin = drawings.make({}, seed=11)["shared"]
    assert {name: picture.shape for name, picture in twin.items()} == {
        name: picture.shape for name, picture in real.items()
    }
    for name, picture in twin.items():
        assert picture.dtype == np.uint8
        assert np.array_equal(picture, real[name]) == (name not in pictures.PHOTOGRAPHS)
    np.testing.assert_array_equal(drawings.temple(11), twin["china"])
    np.testing.assert_array_equal(drawings.blossom(11), twin["flower"])


def test_patterns_are_what_they_say() -> None:
    """Do pixels have the values that the patterns' definitions give?"""
    board = patterns.checkerboard()
    assert board[0, 0].tolist() == board[17, 16].tolist() == [0, 0, 0]
    assert board[0, 16].tolist() == board[16, 15].tolist() == [255, 255, 255]
    slope = patterns.gradient()
    assert slope[0, 255].tolist() == [255, 0, 128]
    assert slope[255, 0].tolist() == [0, 255, 128]
    bars = patterns.stripes()
    assert np.ptp(bars[:128], axis=0).max() == 0
    assert np.ptp(bars[128:], axis=1).max() == 0
    # The finest of the upright stripes are one pixel wide.
    assert np.abs(np.diff(bars[0, -16:, 0].astype(int))).min() == 255
    shapes = patterns.shapes()
    assert shapes[66, 66, 0] > 200 > 60 > shapes[66, 66, 1]
    assert shapes[128, 128].tolist() == [255, 255, 255]


def test_missing_photograph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is it said what to do where scikit-learn or its photographs are missing or damaged?"""
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    with pytest.raises(BadFile, match="not installed: install it"):
        pictures.read({}, {})

    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(pictures, "find_spec", lambda name: Spec)
    with pytest.raises(BadFile, match="install scikit-learn again"):
        pictures.read({}, {})
    folder = tmp_path / "datasets" / "images"
    folder.mkdir(parents=True)
    (folder / "china.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(BadFile, match="install scikit-learn again"):
        pictures.read({}, {})
