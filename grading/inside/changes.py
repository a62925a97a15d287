"""What a function changed in its arguments: seen on the side where it ran, done on the other.

The test sees a change in place as if the function had run beside it. Afterwards everything is put
back: a value of a given cell, spoiled in one test, would spoil what the next test expects.

Each object that can be changed is looked at by itself, not with what it holds: a list has changed
if it holds other objects, and an array in it has a place of its own among the objects of a call.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grading.inside import arrays
from grading.inside.values import Decoder, Encoder, Node

_RANDOM = (np.random.Generator, np.random.RandomState)


def picture(value: Any) -> Any:
    """Return what tells by `is_same` whether an object has been changed in place."""
    if isinstance(value, list):
        return list(value)
    if isinstance(value, dict):
        return [part for item in value.items() for part in item]
    if isinstance(value, set):
        return set(value)
    if isinstance(value, bytearray):
        return hashlib.blake2b(value).digest()
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, hashlib.blake2b(value.tobytes()).digest()
    if isinstance(value, _RANDOM):
        return repr(arrays.random_state(value))
    if _is_variable(value):
        return picture(np.asarray(value))
    if _is_frame(value):
        encoder = Encoder(lambda inner, _: repr(inner))
        return encoder.content(value), [hashlib.blake2b(part).digest() for part in encoder.parts]
    return None


def is_same(before: Any, now: Any) -> bool:
    """Compare two pictures; objects in a list are compared by identity."""
    if isinstance(before, list):
        return len(before) == len(now) and all(a is b for a, b in zip(before, now, strict=True))
    return bool(before == now)


def encode_changes(objects: Sequence[Any], before: Sequence[Any], encoder: Encoder) -> list[Node]:
    """Return pairs (number, node) of the objects that are no more as their pictures were."""
    return [
        [number, encoder.content(_content(value))]
        for number, (value, picture_before) in enumerate(zip(objects, before, strict=True))
        if not is_same(picture_before, picture(value))
    ]


class Changes:
    """The changes of one test to its own values."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []

    def write(self, objects: Sequence[Any], nodes: Sequence[Node], decoder: Decoder) -> None:
        """Make objects what has become of them on the other side."""
        for number, node in nodes:
            target = objects[number]
            before = _content(target, copied=True)
            self.add(lambda target=target, before=before: _fill(target, before))
            _fill(target, decoder.decode(node))

    def add(self, undo: Callable[[], object]) -> None:
        """Note how a change is undone, before it is made."""
        self._undo.append(undo)

    def undo(self) -> None:
        """Put everything back, the last change first."""
        while self._undo:
            self._undo.pop()()

    def keep(self) -> None:
        """Let everything be as it is."""
        self._undo.clear()


def _content(value: Any, copied: bool = False) -> Any:
    """Return what `_fill` takes to make an object what this one is."""
    if isinstance(value, _RANDOM):
        return arrays.random_state(value)
    if _is_variable(value):
        return np.asarray(value).copy()
    return value.copy() if copied else value


def _fill(target: Any, content: Any) -> None:
    """Make `target` hold what `content` holds."""
    if isinstance(target, np.ndarray):
        if target.shape != content.shape:
            target.shape = content.shape
        if target.flags.writeable:
            np.copyto(target, content, casting="unsafe")
    elif isinstance(target, (list, bytearray)):
        target[:] = content
    elif isinstance(target, (dict, set)):
        target.clear()
        target.update(content)
    elif isinstance(target, _RANDOM):
        arrays.set_random_state(target, content)
    elif _is_variable(target):
        target.assign(content)
    elif _is_frame(target):
        target.__init__(content)
    else:
        raise TypeError(f"a {type(target).__name__} cannot be changed in place")


def _is_variable(value: Any) -> bool:
    tf, keras = sys.modules.get("tensorflow"), sys.modules.get("keras")
    kinds = [getattr(tf, "Variable", None), getattr(keras, "Variable", None)]
    return isinstance(value, tuple(kind for kind in kinds if kind is not None))


def _is_frame(value: Any) -> bool:
    pd = sys.modules.get("pandas")
    return hasattr(pd, "DataFrame") and isinstance(value, (pd.DataFrame, pd.Series))
