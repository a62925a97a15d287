"""Files that are never half written, and dataclasses that are never half right.

`build` makes a dataclass of ours from plain JSON and says in one clause where the first misfit
stands.
"""

from __future__ import annotations

import dataclasses
import math
import os
import threading
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

__all__ = ["Misfit", "build", "replace_text"]


class Misfit(ValueError):
    """Plain data has another shape than the dataclass that it should become."""


def replace_text(path: Path, text: str) -> Path:
    """Write a UTF-8 file in place of an earlier one, all or nothing, and return its path.

    Folders are made as needed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # no mkstemp: the file keeps the permissions that the instructor's umask gives
    part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        # half a surrogate pair, which a JSON escape can bring in, becomes a question mark
        with part.open("w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def build(kind: Any, value: Any, where: str) -> Any:
    """Make a value of the type `kind` from plain JSON.

    Parameters
    ----------
    kind : type
        A dataclass, `list` or `dict` of one, a union with None, `Literal`, `str`, `bool`, `float`
        or `Any`.
    value : object
        What `json.loads` gives.
    where : str
        How messages call the value.

    Raises
    ------
    Misfit
        A clause that names the place, what should be there and what is.
    """
    origin = typing.get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(kind, value, where)
    if origin is list and isinstance(value, list):
        (item,) = typing.get_args(kind)
        return [build(item, entry, f"{where}[{i}]") for i, entry in enumerate(value)]
    if origin is dict and isinstance(value, Mapping):
        item = typing.get_args(kind)[1]
        return {key: build(item, entry, f"{where}[{key!r}]") for key, entry in value.items()}
    if origin is types.UnionType:
        plain = next(entry for entry in typing.get_args(kind) if entry is not types.NoneType)
        return None if value is None else build(plain, value, where)
    if origin is Literal and isinstance(value, str) and value in typing.get_args(kind):
        return value
    if kind is float and _is_number(value):
        return float(value)
    if kind is Any or (kind in (str, bool) and type(value) is kind):
        return value
    words = {float: "a number", str: "a string", bool: "true or false"}
    if origin is Literal:
        expected = "one of " + ", ".join(map(repr, typing.get_args(kind)))
    else:
        expected = words.get(kind, "a list" if origin is list else "an object")
    raise Misfit(f"{where} should be {expected}, found {_short(value)}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _build_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise Misfit(f"{where} should be an object, found {_short(value)}")
    hints = typing.get_type_hints(kind)
    fields = {entry.name: entry for entry in dataclasses.fields(kind)}
    if unknown := sorted(set(value) - set(fields)):
        raise Misfit(f"{where} has the unknown key {_short(unknown[0])}")
    for name, entry in fields.items():
        optional = (
            entry.default is not dataclasses.MISSING
            or entry.default_factory is not dataclasses.MISSING
        )
        if name not in value and not optional:
            raise Misfit(f"{where} lacks the key {name!r}")
    return kind(
        **{name: build(hints[name], entry, f"{where}.{name}") for name, entry in value.items()}
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
