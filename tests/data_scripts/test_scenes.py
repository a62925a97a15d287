"""Tests of the drawn scenes with boxes."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts.raccoons import Scenes
from data_scripts.ragged import row_count
from data_scripts.twins import scenes

ROWS = {"train": 24, "test": 8}


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, np.ndarray]]:
    """Give a few scenes."""
    return scenes.make(ROWS, seed=4)


def test_form(made) -> None:
    """Are names and types those of the real set, and the real set's class the first?"""
    assert set(made) == {"train", "test", "shared"}
    for split, count in ROWS.items():
        assert row_count(made[split]) == count
        assert made[split]["jpeg_flat"].dtype == made[split]["labels_flat"].dtype == np.uint8
        assert made[split]["boxes_flat"].dtype == np.float32
    assert made["shared"]["classes"][0] == "raccoon"
    assert len(made["shared"]["classes"]) == 5


def test_boxes_lie_in_their_pictures(made) -> None:
    """Is each box inside its picture and of some size, and each label a class?"""
    for picture, boxes, labels in Scenes(made["train"]):
        height, width = picture.shape[:2]
        assert max(height, width) == scenes.LONGER
        assert len(boxes) == len(labels) >= 1
        assert (boxes[:, :2] >= 0).all()
        assert (boxes[:, 2:] <= [width, height]).all()
        assert (boxes[:, 2:] - boxes[:, :2] >= scenes.LEAST_PIXELS).all()
        assert set(labels) <= set(range(5))


def test_several_classes_and_occlusion(made) -> None:
    """Are there scenes with several objects, all classes, and boxes that overlap?"""
    both = [Scenes(made[split]) for split in ROWS]
    labels = np.concatenate([part.labels.flat for part in both])
    assert set(labels) == set(range(5))
    overlaps = 0
    for boxes in (boxes for part in both for boxes in part.boxes):
        for first in range(len(boxes)):
            for second in range(first):
                low = np.maximum(boxes[first, :2], boxes[second, :2])
                high = np.minimum(boxes[first, 2:], boxes[second, 2:])
                overlaps += bool((high - low > 3).all())
    assert overlaps >= 3


def test_same_seed_same_scenes() -> None:
    """Does a seed fix every box?"""
    first, again, other = (scenes.make({"test": 3}, seed=seed)["test"] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first["boxes_flat"], again["boxes_flat"])
    np.testing.assert_array_equal(first["jpeg_flat"], again["jpeg_flat"])
    assert not np.array_equal(first["boxes_flat"], other["boxes_flat"])


def test_box_is_exact() -> None:
    """Does a box end where the last pixel that is seen ends?"""
    seen = np.zeros((10, 20), dtype=bool)
    seen[2:5, 7:19] = True
    assert scenes._box(seen) == (7, 2, 19, 5)


def test_an_object_that_is_hidden_is_not_kept() -> None:
    """Does a new object go elsewhere if it would hide too much of another?"""
    own = np.zeros((20, 40), dtype=bool)
    own[2:18, :] = True
    assert scenes._is_seen(own, own)
    assert not scenes._is_seen(own & (np.arange(40) < 17), own)
    assert not scenes._is_seen(own & (np.arange(20)[:, None] < 8), own)
