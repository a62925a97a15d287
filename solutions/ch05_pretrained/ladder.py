"""Measure each rung of the ladder of ch05_pretrained on pictures that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, float]:
    """Return the accuracy of every rung on unseen pictures.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to float
        Share of right answers by rung: majority, pixels, features, head, tuned.
    """
    photos, labels = notebook["lab"].unseen()
    pictures, truth = notebook["to_pixels"](photos), notebook["to_labels"](labels)
    x = notebook["prepare_pixels"](pictures, notebook["KIND"])
    base = notebook["BASE"].model
    features = base.predict(x, batch_size=64, verbose=0).mean(axis=(1, 2))
    scores = {
        "majority": float(np.mean(truth == notebook["majority"])),
        "pixels": float(notebook["on_pixels"].score(notebook["patches"](pictures), truth)),
        "features": float(notebook["on_features"].score(features, truth)),
    }
    for name, model in (("head", "head_network"), ("tuned", "tuned_network")):
        said = notebook[model].predict(x, batch_size=64, verbose=0)[:, 0] > 0.5
        scores[name] = float(np.mean(said == truth))
    return scores
