"""MobileNet v1, alpha 0.25, trained on ImageNet at 224 pixels: its weights as named arrays."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.ragged import Arrays
from data_scripts.weights import read_weights

WEIGHTS = "mobilenet_v1_0.25_224_imagenet.npz"
CLASSES = "imagenet_class_index.json"
# Channels of the first convolution and after each of the 13 depthwise-separable blocks.
CHANNELS = (8, 16, 32, 32, 64, 64, *[128] * 6, 256, 256)
_CLASS_COUNT = 1000
_NORM = ("gamma", "beta", "moving_mean", "moving_variance")
# The list of classes has 35 KB; a gzip file that holds much more is a trap.
_LARGEST = 1 << 20


def shapes() -> dict[str, tuple[int, ...]]:
    """Give the shapes of the weights without the layer of classes, by Keras' names for them."""
    found: dict[str, tuple[int, ...]] = {"conv1/kernel": (3, 3, 3, CHANNELS[0])}
    found |= {f"conv1_bn/{name}": (CHANNELS[0],) for name in _NORM}
    for block, (before, after) in enumerate(pairwise(CHANNELS), start=1):
        found[f"conv_dw_{block}/depthwise_kernel"] = (3, 3, before, 1)
        found |= {f"conv_dw_{block}_bn/{name}": (before,) for name in _NORM}
        found[f"conv_pw_{block}/kernel"] = (1, 1, before, after)
        found |= {f"conv_pw_{block}_bn/{name}": (after,) for name in _NORM}
    return found


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the weights of the base, without the layer of classes, and the names of the classes.

    Parameters
    ----------
    paths : mapping of str to Path
        Verified files by their canonical names; the weights as ``.npz`` or ``.h5``, the classes as
        JSON, plain or packed by gzip.
    rows : mapping of str to range or None
        Of no use here: weights have no rows.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "shared", float32 arrays such as "conv1/kernel" (3, 3, 3, 8), and "classes" with the
        names of ImageNet's 1,000 classes, text (1000,).

    Raises
    ------
    BadFile
        If a file is damaged.
    """
    arrays = read_weights(paths[WEIGHTS], shapes())
    return {"shared": {**arrays, "classes": np.array(class_names(paths[CLASSES]))}}


def class_names(path: Path) -> list[str]:
    """Read the names of ImageNet's classes, in the order of a network's outputs.

    Raises
    ------
    BadFile
        If the file is damaged.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise ValueError("it is too long")
        index = json.loads(content)
        return [str(index[str(number)][1]) for number in range(_CLASS_COUNT)]
    except (
        OSError,
        EOFError,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ) as error:
        raise BadFile(f"{path} is not the list of ImageNet's classes ({error}).") from error
