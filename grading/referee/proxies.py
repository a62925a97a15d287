"""A student's values as a test sees them: copies, functions to call, live objects to ask.

A *live* object stays in the student's process. What a test reads from it is what that process
chooses to answer, so a test that matters compares values that only the referee computes.
"""

from __future__ import annotations

import builtins
import inspect
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from grading.inside.values import CannotCross, Decoder, Encoder, Node
from grading.inside.wire import Channel, Closed, Frame, TimeUp, TooLarge, WireError
from grading.referee.arguments import Changes

# Exceptions that would end the referee instead of the test, were they raised there as they are.
_ENDINGS = ("SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException")
# Classes that say they are built in, and that only `types` names: generators, modules and more.
_UNNAMED = {kind.__name__: kind for kind in vars(types).values() if isinstance(kind, type)}
# What crosses as a copy: a handle that says it is one of these is lying.
_COPIED = (
    bool, int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict,
    np.ndarray, np.generic,
)  # fmt: skip


class Gone(BaseException):
    """The student's process does not answer any more; ends the test whatever it catches.

    Not an `Exception`, so that no test takes it for an error of the student's function.
    """

    def __init__(self, verdict: str, message: str) -> None:
        super().__init__(message)
        self.verdict = verdict


class StudentError(Exception):
    """Base of every exception that a student's code raised, beside its own built-in class."""

    where = ""


class Student:
    """The referee's end of the wire: everything that a test asks of the student goes through it."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.changes = Changes()
        self._live: dict[int, Any] = {}

    def get(self, name: str) -> Any:
        """Return the value of a global name; raise `NameError` if there is none."""
        answer = self._ask({"do": "get", "name": name}, Encoder(self._describe))
        if answer.body.get("missing"):
            raise NameError(f"name {name!r} is not defined", name=name)
        return self._value(answer, Decoder(answer.parts, self._find), name)

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a live object; what it changed in its arguments is changed here too."""
        encoder = Encoder(self._describe)
        body = {
            "do": "call",
            "on": number,
            "args": [encoder.encode(value) for value in args],
            "kwargs": {name: encoder.encode(value) for name, value in kwargs.items()},
        }
        answer = self._ask(body, encoder)
        decoder = Decoder(answer.parts, self._find)
        result = self._value(answer, decoder, "a result")
        given = {**dict(enumerate(args)), **kwargs}
        try:
            for key, node in answer.body.get("changed", ()):
                self.changes.write(given[key], decoder.decode(node))
        except (LookupError, TypeError, ValueError):
            raise CannotCross("what became of the arguments came damaged") from None
        return result

    def operate(self, operation: str, number: int, *args: Any) -> Any:
        """Do one of the agent's operations (`getattr`, `len`, …) on a live object."""
        encoder = Encoder(self._describe)
        nodes = [encoder.encode(value) for value in args]
        answer = self._ask({"do": operation, "on": number, "args": nodes}, encoder)
        decoder = Decoder(answer.parts, self._find)
        return self._value(answer, decoder, f"the result of {operation}")

    def _ask(self, body: dict[str, Any], encoder: Encoder) -> Frame:
        try:
            answer = self.channel.call(Frame(body, tuple(encoder.parts)))
        except TimeUp:
            raise Gone("time", "The code ran longer than the time limit.") from None
        except Closed:
            raise Gone("died", "The process of the notebook ended while the test ran.") from None
        except TooLarge as reason:
            raise CannotCross(str(reason)) from None
        except WireError as bad:
            raise Gone("died", f"The process of the notebook answered nonsense: {bad}.") from None
        if "refused" in answer.body:
            raise CannotCross(_text(answer.body["refused"]))
        if "error" in answer.body:
            raise _as_exception(answer.body["error"])
        return answer

    def _value(self, answer: Frame, decoder: Decoder, what: str) -> Any:
        try:
            return decoder.decode(answer.body.get("value"))
        except CannotCross as reason:
            raise CannotCross(f"{what}: {reason}") from None

    def _find(self, node: dict[str, Any], decoder: Decoder) -> Any:
        """Return the proxy of a live object: the same object, the same proxy."""
        number = int(node["on"])
        if number not in self._live:
            kinds = {"function": RemoteFunction, "live": Live}
            self._live[number] = kinds[node["t"]](self, number, node)
        return self._live[number]

    def _describe(self, value: Any, encoder: Encoder) -> Node:
        """Give the node of a test's value that is no copy."""
        if type(value) in (RemoteFunction, Live):
            return {"t": "mine", "on": value._labs_number}
        module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
        if module and name and _public(module, name) is value:
            return {"t": "public", "module": module, "name": name}
        keras = sys.modules.get("keras")
        if keras is not None and isinstance(value, keras.Model):
            return {"t": "model", "archive": encoder.encode(_archive(value))}
        raise CannotCross(
            f"a test passed a {type(value).__name__}, which has no form on the student's side"
        )


class RemoteFunction:
    """A student's function: called here, run there.

    Signature and docstring are the student's; printed output is dropped; arguments changed in
    place are changed here too; an exception keeps its class name.
    """

    labs_handle: ClassVar[bool] = True  # see Encoder.encode

    def __init__(self, student: Student, number: int, node: dict[str, Any]) -> None:
        self._labs_student = student
        self._labs_number = number
        self.__name__ = self.__qualname__ = _text(node["name"])
        self.__doc__ = _text(node["doc"])
        if node["parameters"] is not None:
            self.__signature__ = inspect.Signature(
                [
                    inspect.Parameter(
                        name,
                        inspect._ParameterKind(kind),
                        default=default if has_default else inspect.Parameter.empty,
                    )
                    for name, kind, has_default, default in node["parameters"]
                ]
            )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._labs_student.call(self._labs_number, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._labs_student.operate("getattr", self._labs_number, name)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"


class Live:
    """An object that stays in the student's process; every use of it is asked for there.

    `isinstance` answers by the first of its classes that comes from a public package. It is equal
    to itself only: its own answer could be anything, and would cost the test its expected value.
    """

    labs_handle: ClassVar[bool] = True  # see Encoder.encode

    def __init__(self, student: Student, number: int, node: dict[str, Any]) -> None:
        put = object.__setattr__
        put(self, "_labs_student", student)
        put(self, "_labs_number", number)
        put(self, "_labs_class", type if node["is_class"] else _first_class(node["classes"]))

    @property
    def __class__(self) -> type:  # type: ignore[override]
        return self._labs_class

    def _labs_do(self, operation: str, *args: Any) -> Any:
        return self._labs_student.operate(operation, self._labs_number, *args)

    def __getattr__(self, name: str) -> Any:
        # Libraries probe for special names to find out what they were given; those that a live
        # object answers to are defined below.
        if name.startswith("__"):
            raise AttributeError(name)
        return self._labs_do("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._labs_do("setattr", name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._labs_student.call(self._labs_number, args, kwargs)

    def __getitem__(self, key: Any) -> Any:
        return self._labs_do("getitem", key)

    def __len__(self) -> int:
        return int(self._labs_do("len"))

    def __iter__(self) -> Iterator[Any]:
        return self._labs_do("iter")

    def __next__(self) -> Any:
        return self._labs_do("next")

    def __bool__(self) -> bool:
        return bool(self._labs_do("bool"))

    def __int__(self) -> int:
        return int(self._labs_do("int"))

    def __float__(self) -> float:
        return float(self._labs_do("float"))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        array = self._labs_do("array")
        if not isinstance(array, np.ndarray):
            raise CannotCross("an object of the student's has no array form")
        return array if dtype is None else array.astype(dtype)

    def __repr__(self) -> str:
        return _text(self._labs_do("repr"))


def _text(value: Any) -> str:
    """Return a student's text without what cannot be written to a file (half surrogate pairs)."""
    return str(value).encode("utf-8", "replace").decode()


def _first_class(classes: list[list[str]]) -> type:
    """Return the first named class that this process knows too, `object` if it knows none."""
    for module, name in classes:
        found = _public(str(module), str(name))
        if found is None and module == "builtins":
            found = _UNNAMED.get(str(name))
        if isinstance(found, type) and not issubclass(found, _COPIED):
            return found
    return object


def _public(module: str, name: str) -> Any:
    """Return what a dotted name stands for in a module that this process has imported."""
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def _archive(model: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return path.read_bytes()


def _as_exception(described: dict[str, Any]) -> Exception:
    """Return an exception of the student's class name that is of the same built-in kind."""
    name = _text(described.get("name", "")).replace("\0", "") or "Exception"
    message = _text(described.get("message", ""))
    base: type = Exception
    for kind in described.get("classes", ()):
        found = getattr(builtins, str(kind), None)
        if (
            isinstance(found, type)
            and issubclass(found, Exception)
            and not issubclass(found, ExceptionGroup)
            and kind not in _ENDINGS
        ):
            base = found
            break
    made = type(name, (StudentError, base), {"__str__": lambda self: message})
    error = made.__new__(made)
    error.args = (message,)
    error.where = _text(described.get("where", ""))
    return error
