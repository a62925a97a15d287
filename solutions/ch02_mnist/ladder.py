"""Measure each rung of the ladder of ch02_mnist on rows that no notebook has."""

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
    images = notebook["rearrange"](images)
    rows = images.reshape(len(images), 784).astype("float32") / 255
    said = {
        "majority": np.full(len(labels), notebook["majority"]),
        "linear": notebook["linear"].predict(images, verbose=0).argmax(axis=1),
        "network": notebook["network"].predict(rows, verbose=0).argmax(axis=1),
    }
    return {name: float(np.mean(classes == labels)) for name, classes in said.items()}
