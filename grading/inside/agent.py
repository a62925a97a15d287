"""The referee's hands in a student's process: gives values by name, calls functions, nothing else.

The agent only answers. It holds no test, no expected value and no verdict, so a student who takes
it over gains what they have anyway: the choice of what their own functions return.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import linecache
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from grading.inside.values import CannotCross, Decoder, Encoder, Node
from grading.inside.wire import Channel, Frame

# A live object is known to the referee by its classes from these packages.
PUBLIC_PACKAGES = (
    "builtins", "collections", "keras", "matplotlib", "numpy", "pandas", "sklearn", "tensorflow",
)  # fmt: skip
MAX_TEXT = 2000  # characters of an exception's message or of a docstring
MUTABLE = (np.ndarray, list, tuple, dict, set)  # or may hold what is

# What the referee may do with a live object, besides calling it.
OPERATIONS = {
    "getattr": getattr,
    "setattr": setattr,
    "getitem": lambda target, key: target[key],
    "len": len,
    "iter": iter,
    "next": next,
    "bool": bool,
    "int": int,
    "float": float,
    "repr": lambda target: repr(target)[:MAX_TEXT],
    "array": np.asarray,
}


class Agent:
    """Serve one referee over one socket, on the names of one namespace.

    Parameters
    ----------
    sock
        Connected to the referee.
    namespace
        The student's global names.
    """

    def __init__(self, sock: socket.socket, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._live: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}  # id() of a live object -> its number
        self._channel = Channel(sock, self._serve)

    def serve(self) -> None:
        """Answer the referee until it has finished with a test cell."""
        with _no_output():
            self._channel.serve_forever()

    def _serve(self, frame: Frame) -> Frame:
        encoder = Encoder(self._describe)
        try:
            body = self._do(frame, encoder)
        except CannotCross as reason:
            return Frame({"refused": str(reason)})
        # Whatever the student's code raises, SystemExit and KeyboardInterrupt included, is an
        # answer to the referee: nothing but the end of the process may silence the agent.
        except BaseException as error:
            return Frame({"error": _describe_error(error)})
        return Frame(body, tuple(encoder.parts))

    def _do(self, frame: Frame, encoder: Encoder) -> dict[str, Any]:
        body = frame.body
        if body["do"] == "get":
            if body["name"] not in self._namespace:
                return {"missing": True}
            return {"value": encoder.encode(self._namespace[body["name"]])}
        decoder = Decoder(frame.parts, self._find)
        target = self._live[body["on"]]
        args = [decoder.decode(node) for node in body["args"]]
        if body["do"] != "call":
            return {"value": encoder.encode(OPERATIONS[body["do"]](target, *args))}
        kwargs = {name: decoder.decode(node) for name, node in body["kwargs"].items()}
        given = {**dict(enumerate(args)), **kwargs}  # by place or by name
        before = {key: self._picture(value) for key, value in given.items()}
        result = target(*args, **kwargs)
        changed = [
            [key, encoder.encode(value)]
            for key, value in given.items()
            if self._picture(value) != before[key]
        ]
        return {"value": encoder.encode(result), "changed": changed}

    def _picture(self, value: Any) -> tuple[Node, list[bytes]] | None:
        """Return what tells whether a call has changed its argument in place."""
        if not isinstance(value, MUTABLE):
            return None
        encoder = Encoder(self._describe)
        return encoder.encode(value), encoder.parts

    def _describe(self, value: Any, encoder: Encoder) -> Node:
        """Give a live object a number; the same object keeps its number."""
        number = self._numbers.get(id(value))
        if number is None:
            number = len(self._live) + 1
            self._live[number] = value  # kept alive, so that its id() stays its own
            self._numbers[id(value)] = number
        if inspect.isroutine(value):
            return {"t": "function", "on": number, **_describe_function(value, encoder)}
        is_class = isinstance(value, type)
        classes = [
            [kind.__module__, kind.__qualname__]
            for kind in (value if is_class else type(value)).__mro__
            if kind.__module__.split(".")[0] in PUBLIC_PACKAGES
        ]
        return {"t": "live", "on": number, "classes": classes, "is_class": is_class}

    def _find(self, node: dict[str, Any], decoder: Decoder) -> Any:
        """Return what a node of the referee names: a live object, a public name, a model."""
        if node["t"] == "mine":
            return self._live[node["on"]]
        if node["t"] == "public":
            found: Any = importlib.import_module(node["module"])
            for part in node["name"].split("."):
                found = getattr(found, part)
            return found
        if node["t"] == "model":
            return _load_model(decoder.decode(node["archive"]))
        raise CannotCross(f"the referee sent a value of unknown kind {node['t']!r}")


def _load_model(archive: bytes) -> Any:
    import keras

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(archive)
        return keras.models.load_model(path)


def _describe_function(function: Any, encoder: Encoder) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": str(getattr(function, "__name__", "function"))[:200],
        "doc": (inspect.getdoc(function) or "")[:MAX_TEXT],
        "parameters": None,
    }
    with contextlib.suppress(TypeError, ValueError):  # built-in functions have no signature
        parameters = inspect.signature(function).parameters.values()
        described["parameters"] = [
            [p.name, int(p.kind), p.default is not p.empty, _default(p.default)] for p in parameters
        ]
    return described


def _default(value: Any) -> Node:
    """Return a default value where JSON has it as it is, else nothing: tests seldom ask."""
    return value if isinstance(value, (bool, int, float, str)) else None


def _describe_error(error: BaseException) -> dict[str, Any]:
    try:
        message = str(error)
    except BaseException as broken:  # an exception whose __str__ raises is still an answer
        message = f"(its message cannot be read: {type(broken).__name__})"
    classes = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    return {
        "name": type(error).__name__,
        "classes": classes,
        "message": message[:MAX_TEXT],
        "where": _where(error),
    }


def _where(error: BaseException) -> str:
    """Say which line of a notebook cell raised, or nothing if none did."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "ipykernel_" in code.co_filename:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found = f"in {code.co_name}, line {trace.tb_lineno} of its cell: {line[:200]}"
        trace = trace.tb_next
    return found


@contextlib.contextmanager
def _no_output() -> Iterator[None]:
    """Drop what a student's function prints while a test calls it."""
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield
