"""Measure each rung of the ladder of ch03_reuters on newswires that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the accuracy of every rung on unseen newswires.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        Share of right answers by rung: majority, linear, network, bottleneck.
    """
    wires, topics = notebook["lab"].unseen()
    rows = notebook["multi_hot"](wires)
    scores = {"majority": float(np.mean(topics == notebook["majority"]))}
    for name in ("linear", "network", "bottleneck"):
        said = notebook[name].predict(rows, batch_size=1000, verbose=0).argmax(axis=1)
        scores[name] = float(np.mean(said == topics))
    return scores
