"""Measure each rung of the ladder of ch06_jena, on the years that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the mean absolute error in °C of every rung, 24 hours ahead.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        By rung: persistence, ridge, dense, network.
    """
    later, columns = notebook["lab"].unseen(), notebook["COLUMNS"]
    rows = np.stack([later.column(name) for name in columns], axis=1).astype("float64")
    past = notebook["series"][: notebook["TRAIN_END"]]
    rows = ((rows - past.mean(axis=0)) / past.std(axis=0)).astype("float32")
    lookback, delay = notebook["LOOKBACK"], notebook["DELAY"]
    # As in the test of the score.
    ends = np.arange(lookback - 1, len(rows) - delay, 5)
    x, y = rows[ends[:, None] + np.arange(1 - lookback, 1)], rows[ends + delay, 0]
    said = {
        "persistence": x[:, -1, 0],
        "ridge": notebook["ridge"](x),
        "dense": notebook["dense"].predict(x, batch_size=2048, verbose=0)[:, 0],
        "network": notebook["network"].predict(x, batch_size=2048, verbose=0)[:, 0],
    }
    spread = past.std(axis=0)[0]
    return {name: float(np.mean(np.abs(guess - y)) * spread) for name, guess in said.items()}
