"""Measure each rung of the ladder of ch02_tensors on rows that no notebook has."""

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
        Share of right answers by rung: majority, network (the student's layer), keras, hidden.
    """
    images, labels = notebook["lab"].unseen()
    rows = images.reshape(len(images), 784).astype("float32") / 255
    scores = rows @ notebook["weights"] + notebook["bias"]
    said = {
        "majority": np.full(len(labels), notebook["majority"]),
        "network": scores.argmax(axis=1),
        "keras": notebook["keras_layer"](rows).numpy().argmax(axis=1),
        "hidden": notebook["keras_hidden"](rows).numpy().argmax(axis=1),
    }
    return {name: float(np.mean(classes == labels)) for name, classes in said.items()}
