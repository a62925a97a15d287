"""Pretrained convolutional bases as Keras models: the real ones where they can be had, else a small one.

The small one is the twin of both: a network of the same kind, trained on drawn animals by
`data_scripts.twins.small_base` once and then kept in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_scripts.errors import DataError
from data_scripts.loading import load
from data_scripts.ragged import Arrays
from data_scripts.twins import small_base

if TYPE_CHECKING:
    import keras

NAMES = ("mobilenet", "vgg16", "small")
# In this order Keras keeps the weights of a layer.
_ORDER = ("kernel", "depthwise_kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")


@dataclass(frozen=True, slots=True)
class Base:
    """A pretrained base.

    Attributes
    ----------
    model : keras.Model
        From pictures to maps of features, without classes; all its layers are trainable, as Keras
        makes them.
    name : str
        "mobilenet", "vgg16" or "small": which one it is, whichever was asked for.
    source : str
        "real", trained on ImageNet, or "twin", trained on drawn animals.
    where : str
        One sentence for the reader: which base, from where.
    """

    model: keras.Model
    name: str
    source: str
    where: str

    def prepare(self, pixels: np.ndarray) -> np.ndarray:
        """Scale pixels 0 … 255, (N, height, width, 3) RGB, to what this base was trained with.

        MobileNet and the small base take -1 … 1; VGG16 blue, green, red less their means.
        """
        if self.name != "vgg16":
            return small_base.scaled(pixels)
        from keras.applications import vgg16

        # A copy: Keras scales arrays of floats in place.
        return vgg16.preprocess_input(np.array(pixels, dtype=np.float32))


def base(name: str, input_shape: tuple[int, int, int], source: str | None = None) -> Base:
    """Build a pretrained base for pictures of one size.

    Parameters
    ----------
    name : {"mobilenet", "vgg16", "small"}
        MobileNet v1 with a quarter of its channels, VGG16, or the small one that stands in.
    input_shape : (int, int, int)
        Height, width, 3; each side at least 32 pixels.
    source : {"real", "twin"}, optional
        As for `load`.

    Returns
    -------
    Base

    Raises
    ------
    DataError
        If there is no base of that name.
    NotAvailable, CacheError, BadFile
        If the real one is forced and cannot be had.
    """
    if name not in NAMES:
        raise DataError(f"There is no pretrained base {name!r}: known are {', '.join(NAMES)}.")
    small = name == "small"
    loaded = load("mobilenet" if small else name, source="twin" if small else source)
    actual = name if loaded.source == "real" else "small"
    model = _network(actual, input_shape)
    _fill(model, loaded.shared or {})
    return Base(model, actual, loaded.source, loaded.where)


def _network(name: str, shape: tuple[int, int, int]) -> keras.Model:
    if name == "small":
        return small_base.network(shape)
    from keras import applications

    if name == "vgg16":
        return applications.VGG16(include_top=False, weights=None, input_shape=shape)
    return applications.MobileNet(shape, alpha=0.25, include_top=False, weights=None)


def _fill(model: keras.Model, arrays: Arrays) -> None:
    by_layer: dict[str, list[tuple[int, np.ndarray]]] = {}
    for name, array in arrays.items():
        layer, _, variable = name.partition("/")
        if variable:
            by_layer.setdefault(layer, []).append((_ORDER.index(variable), array))
    for layer in model.layers:
        if layer.weights:
            pairs = sorted(by_layer[layer.name], key=lambda pair: pair[0])
            layer.set_weights([array for _, array in pairs])
