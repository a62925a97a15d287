"""Tests of drawing in colour."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts.twins.coloured import Canvas, Dice, Pose, finish

SIZE = 40


@pytest.fixture
def pose() -> Pose:
    """Give a pose in which the object fills the picture."""
    return Pose(SIZE, SIZE, 19.5, 19.5, 19.5)


@pytest.fixture
def dice() -> Dice:
    """Give dice for four pictures."""
    return Dice(np.random.default_rng(3), 4, SIZE, SIZE)


def test_areas(pose: Pose) -> None:
    """Do shapes cover the area that geometry gives?"""
    unit = 19.5**2
    assert pose.ellipse(0.1, 0.0, 0.5, 0.3).sum() == pytest.approx(np.pi * 0.15 * unit, rel=0.03)
    assert pose.box(-0.5, -0.25, 0.5, 0.25).sum() == pytest.approx(0.5 * unit, rel=0.03)
    limb = pose.limb((-0.4, 0.0), (0.4, 0.0), 0.1, 0.1).sum()
    assert limb == pytest.approx((0.16 + np.pi * 0.01) * unit, rel=0.03)
    corners = ((-0.5, -0.5), (0.5, -0.5), (0.0, 0.5))
    for way in (corners, corners[::-1]):
        assert pose.convex(*way).sum() == pytest.approx(0.5 * unit, rel=0.03)


def test_coverage_is_a_share(pose: Pose, dice: Dice) -> None:
    """Are coverages single numbers from 0 to 1, also with measures by picture?"""
    many = Pose(SIZE, SIZE, *(dice.between(15, 25) for _ in range(3)), turn=dice.around(0, 1))
    for coverage in (
        pose.ellipse(0.0, 0.0, 0.4, 0.2, 0.5),
        many.ellipse(0.0, 0.0, dice.between(0.2, 0.4), 0.2),
        many.limb((0.0, 0.0), (dice.between(0.2, 0.4), 0.3), 0.1, 0.05),
        many.convex((0.0, 0.0), (dice.between(0.2, 0.4), 0.3), (0.0, 0.5)),
        many.box(-0.5, -0.5, 0.0, dice.between(0, 1)),
        many.above(0.1),
    ):
        assert coverage.dtype == np.float32
        assert coverage.min() == 0
        assert 0.9 < coverage.max() <= 1


def test_pose_moves_turns_and_mirrors() -> None:
    """Does an object's left end lie where the pose puts it?"""
    for settings, place in (
        ({}, (10, 20)),
        ({"mirrored": 1.0}, (30, 20)),
        ({"turn": np.pi / 2}, (20, 10)),
        ({"stretch": 1.5}, (5, 20)),
    ):
        pose = Pose(SIZE, SIZE, 20, 20, 10, **settings)
        dot = pose.ellipse(-1.0, 0.0, 0.15, 0.15)[0]
        found = [(dot.sum(axis=axis) @ np.arange(SIZE)) / dot.sum() for axis in (0, 1)]
        assert found == pytest.approx(place, abs=0.1)


def test_canvas(pose: Pose) -> None:
    """Does paint colour what a shape covers and nothing else, and is it noted as covered?"""
    ground = np.full((1, SIZE, SIZE, 3), 0.5, dtype=np.float32)
    canvas = Canvas(ground)
    canvas.shadow(pose.box(-1.0, 0.8, 1.0, 1.0), 0.5)
    canvas.paint(pose.box(-0.5, -0.5, 0.5, 0.5), np.array([[1.0, 0.0, 0.0]]), 0.5)
    canvas.paint(pose.box(3.0, 3.0, 4.0, 4.0), np.array([[0.0, 1.0, 0.0]]))
    assert canvas.picture[0, 20, 20].tolist() == [0.5, 0, 0]
    assert canvas.picture[0, 2, 2].tolist() == [0.5, 0.5, 0.5]
    assert canvas.picture[0, 38, 20].tolist() == [0.25, 0.25, 0.25]
    assert canvas.covered[0, 20, 20] == 1
    assert canvas.covered[0, 38, 20] == 0
    canvas.keep(pose.above(0.0))
    assert canvas.picture[0, 25, 20].tolist() == [0.5, 0.5, 0.5]
    assert canvas.covered[0, 25, 20] == 0
    assert ground.min() == ground.max() == 0.5


def test_noise_and_finish(dice: Dice) -> None:
    """Is noise of about the promised strength, and a finished picture in whole grey levels?"""
    for blots in (2, 10, 60):
        noise = np.concatenate([dice.noise(blots) for _ in range(30)])
        assert noise.shape[1:] == (SIZE, SIZE)
        assert 0.7 < noise.std() < 1.4
    final = finish(dice, np.full((4, SIZE, SIZE, 3), 0.5, dtype=np.float32), 0.5, 0.02)
    assert final.dtype == np.uint8
    assert 80 < final.mean() < 170
    assert 2 < final[0, :, :, 0].std() < 9
