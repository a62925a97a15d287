"""What the twins of Boston and California share: correlated columns with given distributions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# The shares at which a column's distribution is given.
SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


def distributed(score: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    """Give values in the order of normal scores, distributed as told.

    Parameters
    ----------
    score : np.ndarray
        (N,), about normal with mean 0 and standard deviation 1.
    levels : tuple of 7 floats
        The values below which the shares SHARES lie, from the least to the largest.
    """
    # SciPy takes a moment to import: only who makes a twin waits for it.
    from scipy.special import ndtr

    return np.interp(ndtr(score), SHARES, levels)


def leaning(rng: np.random.Generator, *causes: tuple[np.ndarray, float]) -> np.ndarray:
    """Give normal scores (N,) with these correlations to causes that are independent of another."""
    own = 1 - sum(weight**2 for _, weight in causes)
    score = sum(weight * cause for cause, weight in causes)
    return score + np.sqrt(own) * rng.standard_normal(len(causes[0][0]))


def divided(
    x: np.ndarray, y: np.ndarray, rows: Mapping[str, int]
) -> dict[str, dict[str, np.ndarray]]:
    """Give the first rows to "train" and the next to "test"."""
    first = rows["train"]
    last = first + rows["test"]
    return {
        "train": {"x": x[:first], "y": y[:first]},
        "test": {"x": x[first:last], "y": y[first:last]},
    }
