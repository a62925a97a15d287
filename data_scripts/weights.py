"""Read the weights of pretrained networks as plain arrays, from Keras' HDF5 files or from .npz."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from data_scripts.errors import BadFile
from data_scripts.npz import read_npz
from data_scripts.ragged import Arrays

# By name of the weight, "layer/variable", its shape; the variables of a layer in Keras' order.
Shapes = Mapping[str, tuple[int, ...]]


def read_weights(path: Path, shapes: Shapes) -> Arrays:
    """Read the weights of a network.

    Parameters
    ----------
    path : Path
        An ``.npz`` file with the weights under their names, or an HDF5 file (``.h5``) as Keras
        writes it, with a group for each layer.
    shapes : mapping of str to tuple of int
        The weights that are wanted, ``layer/variable``, and their shapes.

    Returns
    -------
    dict of str to np.ndarray
        float32 arrays by name, in the order of `shapes`.

    Raises
    ------
    BadFile
        If the file is damaged, lacks a weight, or has one of another type or shape.
    """
    if path.suffix == ".npz":
        return read_npz(path, {name: ("float32", shape) for name, shape in shapes.items()})
    return _read_h5(path, shapes)


def _read_h5(path: Path, shapes: Shapes) -> Arrays:
    # h5py comes with Keras, and takes a while to import.
    import h5py

    arrays: Arrays = {}
    try:
        with h5py.File(path, "r") as file:
            for layer, names in groupby(shapes, key=lambda name: name.partition("/")[0]):
                wanted = list(names)
                group = _inside(h5py, file, layer)
                # Keras has called a layer's weights differently over the years, and kept their
                # order.
                stored = [_text(name) for name in group.attrs["weight_names"]]
                for name, place in zip(wanted, stored, strict=True):
                    arrays[name] = _values(_inside(h5py, group, place), shapes[name], name)
    # A damaged file raises what HDF5's own functions find.
    except (OSError, KeyError, ValueError, TypeError, RuntimeError, AttributeError) as error:
        raise BadFile(f"{path} is not the expected file of weights ({error}).") from error
    return arrays


def _inside(h5py: Any, group: Any, place: str) -> Any:
    """Follow a place step by step, and no link that leaves the file or goes astray."""
    for step in place.split("/"):
        if not isinstance(group.get(step, getlink=True), h5py.HardLink):
            raise ValueError(f"{place} is missing or a link")
        group = group[step]
    return group


def _values(stored: Any, shape: tuple[int, ...], name: str) -> np.ndarray:
    if stored.is_virtual or stored.external is not None:
        raise ValueError(f"{name} lies in another file")
    if stored.dtype != np.float32 or stored.shape != shape:
        raise ValueError(f"{name} is {stored.dtype} {stored.shape}, not float32 {shape}")
    return np.asarray(stored[()])


def _text(name: bytes | str) -> str:
    return name.decode("utf-8") if isinstance(name, bytes) else str(name)
