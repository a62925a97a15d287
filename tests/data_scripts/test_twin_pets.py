"""Tests of the drawn cats and dogs."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts import photos
from data_scripts.cats_dogs import present
from data_scripts.photos import decoded
from data_scripts.ragged import row_count
from data_scripts.twins import pet_kinds, pets
from data_scripts.twins.pet_canvas import Canvas, Dice, Textures, through
from data_scripts.twins.small_base import KINDS

ROWS = {"train": 160, "validation": 20, "test": 60}


@pytest.fixture(scope="module")
def made():
    """Give a small twin."""
    return pets.make(ROWS, seed=3)


def test_form(made) -> None:
    """Are names, types and order those of the real data?"""
    for split, count in ROWS.items():
        arrays = made[split]
        assert row_count(arrays) == count
        assert {name: str(array.dtype) for name, array in arrays.items()} == {
            "jpeg_flat": "uint8",
            "jpeg_offsets": "int64",
            "y": "uint8",
        }
        assert arrays["y"].tolist() == [0, 1] * (count // 2)
    assert made["shared"]["classes"].tolist() == ["cat", "dog"]


def test_pictures(made) -> None:
    """Are the pictures JPEG files of sizes like the real ones, bright and dark, none twice?"""
    rows, _ = present("train", made["train"])
    pictures = [decoded(bytes(row)) for row in rows]
    shorter = [min(picture.shape[:2]) for picture in pictures]
    ratios = {picture.shape[1] / picture.shape[0] for picture in pictures}
    assert max(shorter) == 128
    assert np.mean(np.array(shorter) == 128) > 0.9
    assert min(ratios) < 0.8
    assert max(ratios) > 1.25
    assert all(picture.std() > 5 for picture in pictures)
    assert len({bytes(row) for row in rows}) == len(rows)
    assert 3000 < len(rows.flat) / len(rows) < 9000


def test_same_seed_same_twin(made) -> None:
    """Does a seed fix every byte, and another one change them?"""
    again, other = (pets.make({"train": 6}, seed) for seed in (3, 4))
    first = made["train"]["jpeg_flat"][: len(again["train"]["jpeg_flat"])]
    np.testing.assert_array_equal(again["train"]["jpeg_flat"], first)
    assert not np.array_equal(other["train"]["jpeg_flat"], again["train"]["jpeg_flat"])


def test_mean_picture_does_not_tell(made) -> None:
    """Are mean colour and nearest mean picture of little use?"""
    x, y = {}, {}
    for split in ("train", "test"):
        rows, y[split] = present(split, made[split])
        x[split] = photos._decoded(list(rows), 16).reshape(len(rows), -1).astype(float)
    means = np.stack([x["train"][y["train"] == label].mean(axis=0) for label in (0, 1)])
    nearest = ((x["test"][:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == y["test"]).mean() < 0.72


@pytest.mark.parametrize("name", list(KINDS))
def test_every_kind_in_every_pose(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Can each kind be drawn in each pose, small and large, near the edge?"""
    rng = np.random.default_rng(5)
    dice, textures = Dice(rng), Textures(rng)
    for pose in pets.POSES:
        monkeypatch.setattr(pets, "POSES", (pose, pose))
        monkeypatch.setattr(pets, "PORTRAITS", float(pose == "portrait"))
        for shorter in (40, 128):
            picture = pets.animal_picture(dice, textures, KINDS[name](dice), shorter)
            assert min(picture.shape[:2]) == shorter
            assert picture.dtype == np.uint8


def test_animal_is_drawn() -> None:
    """Is there something in the middle that is not there without the animal?"""
    rng = np.random.default_rng(2)
    textures = Textures(rng)
    different = 0
    for seed in range(10):
        pictures = []
        for draw in (True, False):
            dice = Dice(np.random.default_rng(seed))
            canvas = Canvas(64, 64, (0.5, 0.5, 0.5))
            if draw:
                looks = pet_kinds.cat(Dice(np.random.default_rng(seed)))
                coat = pets.coat(Dice(np.random.default_rng(seed)))
                own = Dice(np.random.default_rng(seed))
                pets.draw_animal(canvas, own, looks, coat, "sit", (32, 24), 12)
            pictures.append(canvas.finish(dice, textures, None).astype(int))
        different += np.abs(pictures[0] - pictures[1])[14:34, 22:42].mean() > 15
    assert different >= 8


def test_smooth_outline_meets_its_knots() -> None:
    """Does a smooth outline go through the knots that it is drawn through?"""
    knots = np.array([(0.0, 0.0), (4.0, 1.0), (3.0, 5.0), (-1.0, 3.0)])
    outline = through(knots)
    for knot in knots:
        assert np.abs(outline - knot).sum(axis=1).min() < 1e-9
