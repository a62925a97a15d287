"""Values as JSON and binary parts, copied exactly in type and shape over the wire.

What has a plain form crosses as a copy: numbers, strings, containers, NumPy arrays and scalars,
dtypes, tensors, shapes. Anything else goes to the `other` function of the encoder, which gives
it a name by which the far side can use it (`agent.py`, `referee/proxies.py`). Nothing is ever
pickled; object arrays become lists, subclasses become what they are a kind of.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

# Deeper or larger values are no honest answers to an exercise, and would only fill memory.
MAX_DEPTH = 100
MAX_NODES = 1_000_000
MAX_BYTES = 1_000_000_000  # a little less than a frame may have

Node = Any  # what json.dumps takes

_CONTAINERS: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    set: "set",
    frozenset: "frozenset",
}
_FROM_NAME = {name: kind for kind, name in _CONTAINERS.items()}
# Array data that have an exact binary form: booleans, numbers, bytes, text, times.
_PLAIN_DTYPES = "biufcSUmM"
_DTYPE_NAME = re.compile(rf"[<>|=][{_PLAIN_DTYPES}]\d{{1,9}}(\[\w{{1,20}}\])?")


# What decoding a node raises that no encoder made.
_DAMAGED = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)


class CannotCross(Exception):
    """A value has no form in which it could reach the other process; says which and why."""


class Encoder:
    """Turn values into a JSON node, collecting binary parts.

    Parameters
    ----------
    other
        Called with a value that has no plain form, and with the encoder (for parts of it that
        have one); returns its node or raises `CannotCross`.
    """

    def __init__(self, other: Callable[[Any, Encoder], Node]) -> None:
        self._other = other
        self._nodes = 0
        self._bytes = 0
        self.parts: list[bytes] = []

    def encode(self, value: Any, depth: int = 0) -> Node:
        """Return the node of `value`; arrays and long bytes are appended to `parts`."""
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise CannotCross(f"a value is nested more than {MAX_DEPTH} levels deep")
        if self._nodes > MAX_NODES:
            raise CannotCross(f"a value has more than {MAX_NODES:,} elements")
        # First of all: a handle answers to isinstance() as the object that it stands for.
        if getattr(type(value), "labs_handle", False):
            return self._other(value, self)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, np.generic):
            return self._numpy_scalar(value)
        if isinstance(value, int):
            return int(value) if -(2**53) < value < 2**53 else {"t": "int", "v": hex(value)}
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else {"t": "float", "v": repr(float(value))}
        if isinstance(value, str):
            # JSON has no form for lone surrogates; say "replaced" rather than fail.
            return str(value).encode("utf-8", "replace").decode()
        if isinstance(value, complex):
            return {"t": "complex", "v": [repr(value.real), repr(value.imag)]}
        if isinstance(value, (bytes, bytearray)):
            kind = "bytes" if isinstance(value, bytes) else "bytearray"
            return {"t": kind, "v": self._part(value, len(value))}
        if isinstance(value, np.ndarray):
            return self._array(value, depth)
        for kind, name in _CONTAINERS.items():
            if isinstance(value, kind):
                return {"t": name, "v": [self.encode(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            items = [[self.encode(k, depth + 1), self.encode(v, depth + 1)]
                     for k, v in value.items()]  # fmt: skip
            return {"t": "dict", "v": items}
        if isinstance(value, slice):
            ends = (value.start, value.stop, value.step)
            return {"t": "slice", "v": [self.encode(end, depth + 1) for end in ends]}
        if isinstance(value, range):
            return {"t": "range", "v": [value.start, value.stop, value.step]}
        if value is Ellipsis:
            return {"t": "ellipsis"}
        if isinstance(value, np.dtype):
            return {"t": "dtype", "v": value.str}
        if isinstance(value, type) and issubclass(value, np.generic):
            return {"t": "numpy_type", "v": value.__name__}
        return self._tensorflow(value, depth)

    def _part(self, data: bytes | bytearray | np.ndarray, size: int) -> int:
        self._bytes += size
        if self._bytes > MAX_BYTES:
            raise CannotCross(f"a value is larger than {MAX_BYTES // 10**6:,} MB")
        self.parts.append(data.tobytes() if isinstance(data, np.ndarray) else bytes(data))
        return len(self.parts) - 1

    def _numpy_scalar(self, value: np.generic) -> Node:
        if value.dtype.kind not in _PLAIN_DTYPES:
            raise CannotCross(f"a NumPy scalar of dtype {value.dtype} cannot be copied")
        array = np.asarray(value)  # an empty text has a size as a scalar that its dtype denies
        return {"t": "scalar", "dtype": array.dtype.str, "v": array.tobytes().hex()}

    def _array(self, value: np.ndarray, depth: int) -> Node:
        value = np.asarray(value)  # drop subclasses: their operators are the student's
        if value.dtype.kind not in _PLAIN_DTYPES:
            return self.encode(value.tolist(), depth + 1)
        return {
            "t": "array",
            "dtype": value.dtype.str,
            "shape": list(value.shape),
            "v": self._part(value, value.nbytes),
        }

    def _tensorflow(self, value: Any, depth: int) -> Node:
        # A process that never imported TensorFlow holds none of its values.
        tf = sys.modules.get("tensorflow")
        if tf is not None:
            if isinstance(value, tf.Tensor) and hasattr(value, "numpy"):
                array = self._array(np.asarray(value.numpy()), depth + 1)
                return {"t": "tensor", "dtype": value.dtype.name, "v": array}
            if isinstance(value, tf.TensorShape):
                dims = None if value.rank is None else value.as_list()
                return {"t": "tensor_shape", "v": dims}
            if isinstance(value, tf.DType):
                return {"t": "tensor_dtype", "v": value.name}
        return self._other(value, self)


class Decoder:
    """Turn nodes back into values.

    Parameters
    ----------
    parts
        The binary parts of the frame. Each is used once: what comes in is not copied on, and
        no small frame can grow into a large value.
    other
        Called with a node that `Encoder` did not make itself, and with the decoder.
    """

    def __init__(
        self,
        parts: Sequence[bytes | bytearray],
        other: Callable[[dict[str, Any], Decoder], Any],
    ) -> None:
        self._parts = dict(enumerate(parts))
        self._other = other

    def decode(self, node: Node) -> Any:
        """Return the value of `node`; raise `CannotCross` where the node makes no sense."""
        try:
            return self._decode(node)
        except _DAMAGED as bad:
            raise CannotCross(f"a value came damaged ({type(bad).__name__})") from None

    def _decode(self, node: Node) -> Any:
        if node is None or isinstance(node, (bool, int, float, str)):
            return node
        kind = node["t"]
        if kind in _FROM_NAME:
            return _FROM_NAME[kind](self._decode(item) for item in node["v"])
        if kind == "dict":
            return {self._decode(key): self._decode(value) for key, value in node["v"]}
        if kind == "array":
            return _array_of(self._parts.pop(node["v"]), node["dtype"], node["shape"])
        if kind == "scalar":
            return _array_of(bytearray.fromhex(node["v"]), node["dtype"], [])[()]
        if kind == "int":
            return int(node["v"], 16)
        if kind == "float":
            return float(node["v"])
        if kind == "complex":
            return complex(float(node["v"][0]), float(node["v"][1]))
        if kind == "bytes":
            return bytes(self._parts.pop(node["v"]))
        if kind == "bytearray":
            return bytearray(self._parts.pop(node["v"]))
        if kind == "slice":
            return slice(*(self._decode(end) for end in node["v"]))
        if kind == "range":
            return range(*node["v"])
        if kind == "ellipsis":
            return Ellipsis
        if kind == "dtype":
            return np.dtype("O") if node["v"] == "|O" else _plain_dtype(node["v"])
        if kind == "numpy_type":
            return _numpy_type(node["v"])
        if kind in ("tensor", "tensor_shape", "tensor_dtype"):
            return self._tensorflow(kind, node)
        return self._other(node, self)

    def _tensorflow(self, kind: str, node: dict[str, Any]) -> Any:
        import tensorflow as tf

        if kind == "tensor":
            return tf.constant(self._decode(node["v"]), dtype=str(node["dtype"]))
        if kind == "tensor_shape":
            return tf.TensorShape(node["v"])
        return tf.as_dtype(str(node["v"]))


def _array_of(data: bytes | bytearray, dtype_name: str, shape: list[int]) -> np.ndarray:
    """Return the array that has these bytes; it can be written to, and the data are not copied."""
    dtype = _plain_dtype(dtype_name)
    size = math.prod(shape)
    # An empty text has no bytes: any number of them would fit into none.
    if len(data) != size * dtype.itemsize or (not dtype.itemsize and size > MAX_NODES):
        raise ValueError("the data do not fit the shape")
    return np.ndarray(shape, dtype, bytearray(data) if isinstance(data, bytes) else data)


def _plain_dtype(name: str) -> np.dtype:
    # Not every text goes to NumPy, which would parse lists of fields and more.
    if not _DTYPE_NAME.fullmatch(name):
        raise ValueError(f"dtype {name!r} is not plain")
    return np.dtype(name)


def _numpy_type(name: str) -> type[np.generic]:
    found = getattr(np, name)
    if not (isinstance(found, type) and issubclass(found, np.generic)):
        raise ValueError(f"{name} is no type of NumPy's")
    return found
