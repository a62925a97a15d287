"""TensorFlow's plain values on the wire: tensors, shapes, dtypes and specs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from grading.inside import arrays

if TYPE_CHECKING:
    from grading.inside.values import Decoder, Encoder, Node

KINDS = frozenset({"tensor", "tensor_shape", "tensor_dtype", "tensor_spec"})


def encode(value: Any, encoder: Encoder, depth: int) -> Node | None:
    """Return the node of a plain value of TensorFlow's, None for any other."""
    # A process that never imported TensorFlow holds none of its values.
    tf = sys.modules.get("tensorflow")
    if tf is None:
        return None
    if isinstance(value, tf.Tensor) and hasattr(value, "numpy"):
        array = arrays.encode_array(np.asarray(value.numpy()), encoder, depth + 1)
        return {"t": "tensor", "dtype": value.dtype.name, "v": array}
    if isinstance(value, tf.TensorShape):
        return {"t": "tensor_shape", "v": _dimensions(value)}
    if isinstance(value, tf.DType):
        return {"t": "tensor_dtype", "v": value.name}
    if isinstance(value, tf.TensorSpec):
        shape = _dimensions(value.shape)
        return {"t": "tensor_spec", "v": shape, "dtype": value.dtype.name, "name": value.name}
    return None


def decode(node: dict[str, Any], decoder: Decoder) -> Any:
    """Return the value of a node of one of `KINDS`."""
    import tensorflow as tf

    kind, content = node["t"], node["v"]
    if kind == "tensor":
        return tf.constant(decoder.decode(content), dtype=str(node["dtype"]))
    if kind == "tensor_shape":
        return tf.TensorShape(content)
    if kind == "tensor_dtype":
        return tf.as_dtype(str(content))
    name = node["name"]
    return tf.TensorSpec(
        content, tf.as_dtype(str(node["dtype"])), None if name is None else str(name)
    )


def _dimensions(shape: Any) -> list[int | None] | None:
    return None if shape.rank is None else shape.as_list()
