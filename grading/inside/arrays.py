"""NumPy's values on the wire: arrays, scalars, dtypes and random generators."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from grading.inside.values import Decoder, Encoder, Node

KINDS = frozenset({"array", "scalar", "dtype", "numpy_type", "generator", "random_state"})
MAX_EMPTY = 1_000_000  # elements of an array whose elements take no bytes
# Array data that have an exact binary form: booleans, numbers, bytes, text, times.
_PLAIN_DTYPES = "biufcSUmM"
_DTYPE_NAME = re.compile(rf"[<>|=][{_PLAIN_DTYPES}]\d{{1,9}}(\[\w{{1,20}}\])?")
_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def encode_scalar(value: np.generic) -> Node:
    """Return the node of a NumPy scalar: its bytes and dtype."""
    from grading.inside.values import CannotCross

    if value.dtype.kind not in _PLAIN_DTYPES:
        raise CannotCross(f"a NumPy scalar of dtype {value.dtype} cannot be copied")
    array = np.asarray(value)  # an empty text has a size as a scalar that its dtype denies
    return {"t": "scalar", "dtype": array.dtype.str, "v": array.tobytes().hex()}


def encode(value: Any, encoder: Encoder, depth: int) -> Node | None:
    """Return the node of a value of NumPy's, None for any other."""
    if isinstance(value, np.ndarray):
        return encode_array(value, encoder, depth)
    if isinstance(value, np.dtype):
        return {"t": "dtype", "v": value.str}
    if isinstance(value, type) and issubclass(value, np.generic):
        return {"t": "numpy_type", "v": value.__name__}
    if isinstance(value, np.random.Generator):
        encoder.number(value)
        state = value.bit_generator.state
        return {"t": "generator", "v": encoder.encode(_plain_state(state), depth + 1)}
    if isinstance(value, np.random.RandomState):
        encoder.number(value)
        state = value.get_state(legacy=False)
        return {"t": "random_state", "v": encoder.encode(_plain_state(state), depth + 1)}
    return None


def encode_array(value: np.ndarray, encoder: Encoder, depth: int) -> Node:
    """Return the node of an array; one of objects is a list."""
    plain = np.asarray(value)  # drop subclasses: their operators are the student's
    if plain.dtype.kind not in _PLAIN_DTYPES:
        return encoder.encode(plain.tolist(), depth + 1)
    encoder.number(value)
    return {
        "t": "array",
        "dtype": plain.dtype.str,
        "shape": list(plain.shape),
        "v": encoder.part(plain),
    }


def decode(node: dict[str, Any], decoder: Decoder) -> Any:
    """Return the value of a node of one of `KINDS`."""
    kind, content = node["t"], node["v"]
    if kind == "array":
        return decoder.number(_array_of(decoder.part(content), node["dtype"], node["shape"]))
    if kind == "scalar":
        return _array_of(bytearray.fromhex(content), node["dtype"], [])[()]
    if kind == "dtype":
        return np.dtype("O") if content == "|O" else _plain_dtype(content)
    if kind == "numpy_type":
        return _numpy_type(content)
    # Numbered before its state, as the encoder does.
    made: Any = decoder.number(
        np.random.RandomState() if kind == "random_state" else np.random.Generator(_bits(content))
    )
    set_random_state(made, decoder.decode(content))
    return made


def random_state(generator: np.random.Generator | np.random.RandomState) -> dict[str, Any]:
    """Return the state of a random generator, arrays in it copied."""
    if isinstance(generator, np.random.RandomState):
        return dict(generator.get_state(legacy=False))
    return dict(generator.bit_generator.state)


def set_random_state(
    generator: np.random.Generator | np.random.RandomState, state: dict[str, Any]
) -> None:
    """Put a random generator into a state that `random_state` gave."""
    if isinstance(generator, np.random.RandomState):
        generator.set_state(state)
    else:
        generator.bit_generator.state = state


def _plain_state(state: dict[str, Any]) -> dict[str, Any]:
    return {key: dict(value) if isinstance(value, dict) else value for key, value in state.items()}


def _bits(state: Any) -> np.random.BitGenerator:
    """Return a bit generator of the class that the node of a state names."""
    named = {key: value for key, value in state["v"] if isinstance(key, str)}
    name = named.get("bit_generator")
    if name not in _BIT_GENERATORS:
        raise ValueError(f"{name!r} is no bit generator of NumPy's")
    return getattr(np.random, name)()


def _array_of(data: bytes | bytearray, dtype_name: str, shape: list[int]) -> np.ndarray:
    """Return the array that has these bytes; it can be written to, and the data are not copied."""
    dtype = _plain_dtype(dtype_name)
    size = math.prod(shape)
    # An empty text has no bytes: any number of them would fit into none.
    if len(data) != size * dtype.itemsize or (not dtype.itemsize and size > MAX_EMPTY):
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
