"""Measure each rung of the ladder of ch05_cats_dogs on photos that no notebook has."""

from __future__ import annotations

from typing import Any

import numpy as np


def measure(notebook: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return loss and accuracy of every rung on unseen photos.

    Parameters
    ----------
    notebook : dict
        The names of the solution's notebook after a run.

    Returns
    -------
    dict of str to dict of str to float
        Binary cross-entropy (the majority knows that half of the photos show dogs) and share of right
        answers by rung: majority, linear, plain (the convnet at its best epoch), and augmented (the
        same with augmentation, at its best epoch).
    """
    photos, labels = notebook["lab"].unseen()
    images = notebook["prepare"](photos)
    pictures = images.astype("float32")
    chances = {
        "majority": np.full(len(labels), 0.5),
        "linear": notebook["linear"].predict_proba(notebook["coarse"](images))[:, 1],
        "plain": notebook["plain"].predict(pictures, batch_size=200, verbose=0)[:, 0],
        "augmented": notebook["augmented"].predict(pictures, batch_size=200, verbose=0)[:, 0],
    }
    return {
        name: {
            "loss": notebook["binary_cross_entropy"](labels, chance),
            "accuracy": float(np.mean((chance > 0.5) == labels)),
        }
        for name, chance in chances.items()
    }
