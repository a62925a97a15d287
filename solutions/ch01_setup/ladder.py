"""Measure each rung of the ladder of ch01_setup on rows that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the accuracy of every rung on unseen rows.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        Share of right answers by rung: majority, linear, network.
    """
    images, labels = notebook["lab"].unseen()
    rows = notebook["shrink"](images)
    said = {
        "majority": np.full(len(labels), notebook["majority"]),
        "linear": np.argmax(notebook["linear"](rows), axis=1),
        "network": np.argmax(notebook["network"](rows), axis=1),
    }
    return {name: float(np.mean(classes == labels)) for name, classes in said.items()}
