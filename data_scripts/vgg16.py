"""VGG16 trained on ImageNet, without its dense layers: its weights as named arrays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data_scripts.ragged import Arrays
from data_scripts.weights import read_weights

WEIGHTS = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
# Convolutions and their channels, by block.
BLOCKS = ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512))


def shapes() -> dict[str, tuple[int, ...]]:
    """Give the shapes of the weights by Keras' names for them."""
    found: dict[str, tuple[int, ...]] = {}
    before = 3
    for block, (count, channels) in enumerate(BLOCKS, start=1):
        for number in range(1, count + 1):
            found[f"block{block}_conv{number}/kernel"] = (3, 3, before, channels)
            found[f"block{block}_conv{number}/bias"] = (channels,)
            before = channels
    return found


def read(paths: Mapping[str, Path], rows: Mapping[str, range | None]) -> dict[str, Arrays]:
    """Read the weights.

    Parameters
    ----------
    paths : mapping of str to Path
        The verified file by its canonical name.
    rows : mapping of str to range or None
        Of no use here: weights have no rows.

    Returns
    -------
    dict of str to dict of str to np.ndarray
        Under "shared", float32 arrays such as "block1_conv1/kernel" (3, 3, 3, 64).

    Raises
    ------
    BadFile
        If the file is damaged.
    """
    return {"shared": read_weights(paths[WEIGHTS], shapes())}
