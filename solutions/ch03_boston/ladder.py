"""Measure each rung of the ladder of ch03_boston; on rows that no notebook has where there are any."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the mean absolute error of every rung.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        By rung: median, ridge, network, boosting; in 1,000 dollars (Boston, on its test rows) or
        10,000 dollars (California, on unseen rows).
    """
    rows, prices = notebook["test_rows"], notebook["test_prices"]
    unseen = notebook["lab"].unseen()
    if unseen is not None:
        rows, prices = (
            unseen[0].astype("float64"),
            unseen[1].astype("float64") / notebook["DOLLARS"],
        )
    train = notebook["train_rows"]
    scaled = (rows - train.mean(axis=0)) / train.std(axis=0)
    said = {
        "median": np.full(len(prices), notebook["median_price"]),
        "ridge": notebook["ridge"].predict(rows),
        "network": notebook["network"].predict(scaled, batch_size=1000, verbose=0)[:, 0],
        "boosting": notebook["boosting"].predict(rows),
    }
    return {name: float(np.mean(np.abs(guess - prices))) for name, guess in said.items()}
