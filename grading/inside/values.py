"""Values as JSON and binary parts, copied exactly in type and shape over the wire.

What has a plain form crosses as a copy: numbers, strings, containers, NumPy arrays and scalars,
dtypes, random generators, pandas frames, tensors, shapes. Anything else goes to the `other` function
of the encoder, which gives it a name by which the far side can use it (`peer.py`). Nothing is ever
pickled; object arrays become lists, subclasses become what they are a kind of.

An object that can be changed in place has a number in its frame, in the order in which the objects
appear, the same on both sides. So one that stands in two places of a value stands in two places
again, what became of an argument can be said of its number, and an argument that comes back is
known by it.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import keyword
import math
import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grading.inside import arrays, frames, tensors

# Deeper or larger values are no honest answers to an exercise, and would only fill memory.
MAX_DEPTH = 100
MAX_NODES = 1_000_000
MAX_WALK = 100_000_000  # elements met in walking through a value, each as often as it stands there
MAX_BYTES = 1_000_000_000  # a little less than a frame may have
MAX_FIELDS = 100  # of a named tuple

Node = Any  # what json.dumps takes

_UNFINISHED = -1
# Containers that are made whole; others are made empty and filled.
_FIXED: dict[str, type] = {"tuple": tuple, "frozenset": frozenset}
_TIMES = {
    "datetime": datetime.datetime,
    "date": datetime.date,
    "time": datetime.time,
}

# What decoding a node raises that no encoder made.
_DAMAGED = (
    ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError,
)  # fmt: skip


class CannotCross(Exception):
    """A value has no form in which it could reach the other process; says which and why."""


class Encoder:
    """Turn values into a JSON node, collecting binary parts.

    Parameters
    ----------
    other
        Called with a value that has no plain form, and with the encoder (for parts of it that
        have one); returns its node or raises `CannotCross`.
    arguments
        The objects of a call that this frame answers, by their numbers: such an object crosses
        as its number.

    Attributes
    ----------
    parts : list of bytes
        Binary parts, in the order in which the nodes refer to them.
    sent : list
        The objects that can be changed in place, by their numbers in this frame.
    """

    def __init__(
        self, other: Callable[[Any, Encoder], Node], arguments: Sequence[Any] = ()
    ) -> None:
        self._other = other
        self._arguments = {id(value): number for number, value in enumerate(arguments)}
        self._numbers: dict[int, int] = {}
        self._open: set[int] = set()  # id() of the containers around what is being encoded
        self._nodes = 0
        self._bytes = 0
        self.parts: list[bytes] = []
        self.sent: list[Any] = []

    def encode(self, value: Any, depth: int = 0) -> Node:
        """Return the node of `value`; arrays and long bytes are appended to `parts`."""
        if id(value) in self._arguments:
            return {"t": "argument", "n": self._arguments[id(value)]}
        if id(value) in self._open:
            raise CannotCross("a value contains itself")
        if id(value) in self._numbers:
            return {"t": "again", "n": self._numbers[id(value)]}
        return self.content(value, depth)

    def content(self, value: Any, depth: int = 0) -> Node:
        """Return the node of `value` itself, even if it is an argument; not so of what it holds."""
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
            return arrays.encode_scalar(value)
        if isinstance(value, (int, float, complex)):
            return _number(value)
        if isinstance(value, str):
            # JSON has no form for lone surrogates; say "replaced" rather than fail.
            return str(value).encode("utf-8", "replace").decode()
        if isinstance(value, bytes):
            return {"t": "bytes", "v": self.part(value)}
        if isinstance(value, (tuple, frozenset)):
            return self._fixed(value, depth)
        if isinstance(value, bytearray):
            self.number(value)
            return {"t": "bytearray", "v": self.part(value)}
        if isinstance(value, (list, set, dict)):
            return self._filled(value, depth)
        node = _small(value, self, depth)
        for kind in (arrays, frames, tensors):
            if node is None:
                node = kind.encode(value, self, depth)
        return self._other(value, self) if node is None else node

    def number(self, value: Any) -> int:
        """Give the next number to an object that can be changed in place."""
        number = len(self.sent)
        self._numbers[id(value)] = number
        self.sent.append(value)  # kept alive, so that its id() stays its own
        return number

    def part(self, data: bytes | bytearray | np.ndarray) -> int:
        """Add a binary part; return its place."""
        self._bytes += data.nbytes if isinstance(data, np.ndarray) else len(data)
        if self._bytes > MAX_BYTES:
            raise CannotCross(f"a value is larger than {MAX_BYTES // 10**6:,} MB")
        self.parts.append(data.tobytes() if isinstance(data, np.ndarray) else bytes(data))
        return len(self.parts) - 1

    def _filled(self, value: list[Any] | set[Any] | dict[Any, Any], depth: int) -> Node:
        self.number(value)
        self._open.add(id(value))
        if isinstance(value, dict):
            items = [[self.encode(k, depth + 1), self.encode(v, depth + 1)]
                     for k, v in value.items()]  # fmt: skip
            kind = "dict"
        else:
            items = [self.encode(item, depth + 1) for item in value]
            kind = "list" if isinstance(value, list) else "set"
        self._open.remove(id(value))
        return {"t": kind, "v": items}

    def _fixed(self, value: tuple[Any, ...] | frozenset[Any], depth: int) -> Node:
        items = [self.encode(item, depth + 1) for item in value]
        if isinstance(value, frozenset):
            return {"t": "frozenset", "v": items}
        fields = getattr(type(value), "_fields", None)
        if fields is not None and all(isinstance(field, str) for field in fields):
            return {"t": "fields", "name": type(value).__name__, "fields": list(fields), "v": items}
        return {"t": "tuple", "v": items}


class Decoder:
    """Turn nodes back into values.

    Parameters
    ----------
    parts
        The binary parts of the frame. Each is used once: what comes in is not copied on, and
        no small frame can grow into a large value.
    other
        Called with a node that `Encoder` did not make itself, and with the decoder.
    arguments
        The objects of the call that this frame answers, by their numbers (`Encoder.sent`).

    Attributes
    ----------
    made : list
        The objects that can be changed in place, by their numbers in the frame.
    """

    def __init__(
        self,
        parts: Sequence[bytes | bytearray],
        other: Callable[[dict[str, Any], Decoder], Any],
        arguments: Sequence[Any] = (),
    ) -> None:
        self._parts = dict(enumerate(parts))
        self._other = other
        self._arguments = arguments
        self._nodes = 0
        self._sizes: dict[int, int] = {}
        self.made: list[Any] = []

    def decode(self, node: Node) -> Any:
        """Return the value of `node`; raise `CannotCross` where the node makes no sense."""
        try:
            return self._decode(node)
        except _DAMAGED as bad:
            raise CannotCross(f"a value came damaged ({type(bad).__name__})") from None

    def part(self, place: int) -> bytes | bytearray:
        """Return a binary part, which nobody can ask for again."""
        return self._parts.pop(place)

    def number(self, value: Any) -> Any:
        """Give the next number to an object that can be changed in place; return the object."""
        self.made.append(value)
        return value

    def _decode(self, node: Node) -> Any:
        self._count(1)
        if node is None or isinstance(node, (bool, int, float, str)):
            return node
        kind = node["t"]
        if kind in ("list", "set", "dict"):
            return self._filled(kind, node["v"])
        if kind in _FIXED:
            return _FIXED[kind](self._decode(item) for item in node["v"])
        if kind == "fields":
            return _with_fields(node, [self._decode(item) for item in node["v"]])
        if kind == "again":
            return self._again(_place(node["n"]))
        if kind == "argument":
            return self._arguments[_place(node["n"])]
        if kind == "bytes":
            return bytes(self.part(node["v"]))
        if kind == "bytearray":
            return self.number(bytearray(self.part(node["v"])))
        if kind in _NUMBERS:
            return _NUMBERS[kind](node["v"])
        for module in (arrays, frames, tensors):
            if kind in module.KINDS:
                return module.decode(node, self)
        if kind in _SMALL:
            return _SMALL[kind](node, self)
        return self._other(node, self)

    def _filled(self, kind: str, items: list[Node]) -> Any:
        number, before = len(self.made), self._nodes
        value: Any = self.number({"list": list, "set": set, "dict": dict}[kind]())
        self._sizes[number] = _UNFINISHED
        if kind == "list":
            value.extend(self._decode(item) for item in items)
        elif kind == "set":
            value.update(self._decode(item) for item in items)
        else:
            value.update((self._decode(key), self._decode(item)) for key, item in items)
        self._sizes[number] = self._nodes - before + 1
        return value

    def _again(self, number: int) -> Any:
        value = self.made[number]
        size = self._sizes.get(number, getattr(value, "size", 1))
        if size == _UNFINISHED:
            raise ValueError("a value contains itself")
        self._count(size)
        return value

    def _count(self, nodes: int) -> None:
        # Counted as a walk through the value would: a small frame could name one list a thousand
        # times in another, that one in a third, and so on.
        self._nodes += nodes
        if self._nodes > MAX_WALK:
            raise ValueError("a value has too many elements")


def _place(number: Any) -> int:
    if not isinstance(number, int) or number < 0:
        raise ValueError("no such place")
    return number


def _number(value: complex) -> Node:
    if isinstance(value, int):
        return int(value) if -(2**53) < value < 2**53 else {"t": "int", "v": hex(value)}
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"t": "float", "v": repr(float(value))}
    return {"t": "complex", "v": [repr(value.real), repr(value.imag)]}


_NUMBERS: dict[str, Callable[[Any], Any]] = {
    "int": lambda text: int(text, 16),
    "float": float,
    "complex": lambda both: complex(float(both[0]), float(both[1])),
}


def _small(value: Any, encoder: Encoder, depth: int) -> Node | None:
    """Return the node of what Python itself has beside numbers, texts and containers."""
    if isinstance(value, slice):
        ends = (value.start, value.stop, value.step)
        return {"t": "slice", "v": [encoder.encode(end, depth + 1) for end in ends]}
    if isinstance(value, range):
        return {"t": "range", "v": [value.start, value.stop, value.step]}
    if value is Ellipsis:
        return {"t": "ellipsis"}
    if isinstance(value, pathlib.PurePath):
        return {"t": "path", "v": str(value)}
    if isinstance(value, datetime.timedelta):
        return {"t": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, (decimal.Decimal, fractions.Fraction)):
        return {
            "t": "decimal" if isinstance(value, decimal.Decimal) else "fraction",
            "v": str(value),
        }
    for kind, times in _TIMES.items():
        # pandas has timestamps that are datetimes too, and finer than these.
        if isinstance(value, times) and type(value).__module__ == "datetime":
            return {"t": kind, "v": value.isoformat()}
    return None


_SMALL: Mapping[str, Callable[[dict[str, Any], Decoder], Any]] = {
    "slice": lambda node, decoder: slice(*(decoder.decode(end) for end in node["v"])),
    "range": lambda node, decoder: range(*node["v"]),
    "ellipsis": lambda node, decoder: Ellipsis,
    "path": lambda node, decoder: pathlib.Path(node["v"]),
    "decimal": lambda node, decoder: decimal.Decimal(node["v"]),
    "fraction": lambda node, decoder: fractions.Fraction(node["v"]),
    "timedelta": lambda node, decoder: datetime.timedelta(*node["v"]),
    "datetime": lambda node, decoder: datetime.datetime.fromisoformat(node["v"]),
    "date": lambda node, decoder: datetime.date.fromisoformat(node["v"]),
    "time": lambda node, decoder: datetime.time.fromisoformat(node["v"]),
}


def _with_fields(node: dict[str, Any], items: list[Any]) -> tuple[Any, ...]:
    name, fields = str(node["name"]), [str(field) for field in node["fields"]]
    sound = all(f.isidentifier() and not keyword.iskeyword(f) and f[0] != "_" for f in fields)
    if len(fields) != len(items) or len(fields) > MAX_FIELDS or not sound:
        return tuple(items)
    if not name.isidentifier() or keyword.iskeyword(name):
        name = "Row"
    return collections.namedtuple(name, fields)(*items)
