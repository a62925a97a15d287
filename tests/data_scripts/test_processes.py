"""Tests of the random processes that weather and other twins are made of."""

from __future__ import annotations

import numpy as np
import pytest

from data_scripts.twins.processes import average, memory, relax, soft, sun_height


@pytest.mark.parametrize(("hours", "smooth"), [(1.5, 0), (20, 0), (20, 5), (100, 10)])
def test_memory(hours: float, smooth: float) -> None:
    """Has a process mean 0, spread 1, and the memory that was asked for?"""
    process = memory(200_000, hours, np.random.default_rng(1), smooth)
    # How many values are as good as independent.
    free = len(process) / (2 * (hours + smooth))
    assert abs(process.mean()) < 4 / np.sqrt(free)
    assert process.std() == pytest.approx(1, abs=4 / np.sqrt(free))
    if not smooth:
        lag = max(1, int(hours))
        together = np.corrcoef(process[lag:], process[:-lag])[0, 1]
        assert together == pytest.approx(np.exp(-lag / hours), abs=4 / np.sqrt(free))


def test_smooth_has_no_corners() -> None:
    """Does a smooth process move in smaller steps than a rough one of the same memory?"""
    rough, even = (memory(20_000, 50, np.random.default_rng(1), smooth) for smooth in (0, 10))
    assert np.abs(np.diff(even)).mean() < 0.4 * np.abs(np.diff(rough)).mean()


def test_relaxing() -> None:
    """Is a push forgotten at the rate that is asked for, and does the average reach a new level?"""
    push = np.zeros(50)
    push[0] = 1
    np.testing.assert_allclose(relax(push, 5), np.exp(-np.arange(50) / 5))
    assert average(np.full(100, 3.0), 5)[-1] == pytest.approx(3)


def test_soft() -> None:
    """Is it the larger of the value and 0 away from the corner, and never less?"""
    values = np.linspace(-50, 50, 101)
    assert (soft(values, 0.5) >= np.maximum(values, 0)).all()
    np.testing.assert_allclose(soft(values, 0.5)[[0, -1]], [0, 50], atol=1e-9)


def test_sun() -> None:
    """Is it dark at midnight, high at noon, higher in summer, and longer up?"""
    winter, summer = (sun_height(day * 24 + np.arange(24.0), 51) for day in (355, 172))
    assert winter[0] == summer[0] == 0
    assert winter.argmax() == summer.argmax() == 12
    # The sines of 15.5 and 62.5 degrees.
    assert winter.max() == pytest.approx(0.267, abs=0.01)
    assert summer.max() == pytest.approx(0.887, abs=0.01)
    assert (winter > 0).sum() == 7
    assert (summer > 0).sum() in (15, 17)
