"""Measure each rung of the ladder of ch05_feature_extraction on pictures that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the accuracy of every rung on unseen pictures of the new classes.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        Share of right answers by rung: majority, pixels, network (features of the last layer),
        and, with the untrained network's features in its place, untrained.
    """
    pictures, classes = notebook["choose"](*notebook["lab"].unseen(), notebook["NEW"])
    features = {
        name: notebook["pooled_features"](model, model.layers[-1].name, pictures)
        for name, model in [
            ("network", notebook["source"]),
            ("untrained", notebook["untrained"]),
        ]
    }
    said = {
        "majority": np.full(len(classes), notebook["majority"]),
        "pixels": notebook["on_pixels"].predict(pictures.reshape(len(pictures), -1)),
        "network": notebook["on_features"].predict(features["network"]),
        "untrained": notebook["controls"]["untrained"][0].predict(features["untrained"]),
    }
    return {name: float(np.mean(places == classes)) for name, places in said.items()}
