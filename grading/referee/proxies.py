"""A student's process as the tests see it: its names, its functions, its live objects.

A *live* object stays in the student's process. What a test reads from it is what that process
chooses to answer, so a test that matters compares values that only the referee computes.
"""

from __future__ import annotations

import ast
import functools
import inspect
import secrets
import socket
import sys
import textwrap
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from grading.inside import changes
from grading.inside.errors import FarError
from grading.inside.handles import (
    PUBLIC_PACKAGES,
    Live,
    RemoteFunction,
    describe_function,
    describe_object,
    public_name,
)
from grading.inside.peer import OPERATIONS, Peer
from grading.inside.scratch import Scratch
from grading.inside.values import CannotCross, Decoder, Encoder, Node
from grading.inside.wire import Closed, Frame, TimeUp, TooLarge, WireError
from grading.referee.names import names_of

__all__ = ["CannotCross", "Gone", "Live", "RemoteFunction", "Student", "StudentError"]

MAX_ELEMENTS = 10_000  # of a test's data set
SCRATCH = Path("/tmp")  # both sandboxes have one, each its own
# What a student's code may do with a test's iterator or function; a generator's other attributes
# lead to the names of the test.
_FOR_BUILT_IN = frozenset(OPERATIONS) - {"getattr", "setattr", "delattr"}
_FUNCTIONS = (
    types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType,
    types.GeneratorType, functools.partial, functools._lru_cache_wrapper,
)  # fmt: skip


class Gone(BaseException):
    """The student's process does not answer any more; ends the test whatever it catches.

    Not an `Exception`, so that no test takes it for an error of the student's function.
    """

    def __init__(self, verdict: str, message: str) -> None:
        super().__init__(message)
        self.verdict = verdict


class StudentError(FarError):
    """Base of every exception that a student's code raised, beside its own built-in class."""


class Student(Peer):
    """The referee's end of the wire: everything that a test asks of the student goes through it."""

    error_class = StudentError

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.changes = changes.Changes()
        self._digests: dict[int, str] = {}  # of the test's models, as the student's side has them

    @property
    def written(self) -> changes.Changes:
        """What student's functions changed in the test's values, to be put back afterwards."""
        return self.changes

    def get(self, name: str) -> Any:
        """Return the value of a global name; raise `NameError` if there is none."""
        answer = self.exchange(Frame({"do": "get", "name": name}))
        if answer.body.get("missing"):
            raise NameError(f"name {name!r} is not defined", name=name)
        self._raise_if_refused(answer)
        try:
            return self.decoder(answer).decode(answer.body.get("value"))
        except CannotCross as reason:
            raise CannotCross(f"{name}: {reason}") from None

    def set(self, name: str, value: Any) -> None:
        """Bind a global name of the student's to a value of the test's."""
        encoder = self.encoder()
        body = {"do": "set", "name": name, "value": encoder.encode(value)}
        self.ask(body, encoder, name)

    def delete(self, name: str) -> None:
        """Delete a global name of the student's."""
        self.ask({"do": "del", "name": name}, self.encoder(), name)

    def inside(self, helper: Callable[..., Any], values: tuple[Any, ...]) -> Any:
        """Run a function of the test in the student's process; see `labkit.inside`."""
        source, namespace = _source_of(helper)
        encoder = self.encoder()
        used = sorted(names_of(source).used & namespace.keys())
        body = {
            "do": "inside",
            "source": source,
            "helper": helper.__name__,
            "names": {name: encoder.encode(namespace[name]) for name in used},
            "args": [encoder.encode(value) for value in values],
        }
        result = self.ask(body, encoder, f"the result of {helper.__name__}")
        if _holds_handle(result):
            raise CannotCross(
                f"{helper.__name__} returned an object: it may return plain data only"
            )
        return result

    def clean_copy(self, model: Any) -> Any:
        """Rebuild a model of the student's process here; see `labkit.clean_copy`."""
        from labkit import portable

        if not isinstance(model, Live):
            return portable.copy_of(model)
        body = {"do": "export", "on": model._labs_number}
        try:
            config, numbers = self.ask(body, self.encoder(), "a model")
        except CannotCross as reason:
            raise portable.CannotCopy(f"the model cannot be copied: {reason}") from None
        except (TypeError, ValueError):
            raise portable.CannotCopy("the model cannot be copied: it came damaged") from None
        copied = portable.rebuild(str(config))
        portable.set_state(copied, numbers)
        return copied

    def scratch(self) -> Path:
        """Make the folder that both sides have while this test runs; see `labkit.scratch`."""
        if self.files is None:
            self.files = Scratch(SCRATCH / f"labs-scratch-{secrets.token_hex(6)}")
        folder = self.files.path / secrets.token_hex(4)
        folder.mkdir()
        return folder

    def forget(self) -> None:
        """Let go of the test that is over, and put its values back."""
        super().forget()
        self._digests.clear()
        self.changes.undo()

    def exchange(self, frame: Frame) -> Frame:
        """Send an order; raise `Gone` if the student's process does not answer it."""
        try:
            return self.channel.call(frame)
        except TimeUp:
            raise Gone("time", "The code ran longer than the time limit.") from None
        except Closed:
            raise Gone("died", "The process of the notebook ended while the test ran.") from None
        except TooLarge as reason:
            raise CannotCross(str(reason)) from None
        except WireError as bad:
            raise Gone("died", f"The process of the notebook answered nonsense: {bad}.") from None

    def take_changes(self, body: dict[str, Any], objects: list[Any], decoder: Decoder) -> None:
        """Change the test's values and models as the student's function has changed its copies."""
        super().take_changes(body, objects, decoder)
        from labkit import portable

        for number, node in body.get("models", ()):
            model, numbers = self._lent[number], decoder.decode(node)
            before = portable.state(model)
            if before["built"] is not None:  # else there are no numbers to go back to
                self.changes.add(functools.partial(portable.set_state, model, before))
            try:
                portable.set_state(model, numbers)
            except portable.CannotCopy as reason:
                raise CannotCross(
                    f"the model that a test passed cannot be read: {reason}"
                ) from None
            self._digests[number] = portable.digest(portable.state(model))

    def describe(self, value: Any, encoder: Encoder) -> Node:
        """Give the node of a test's value that is no copy."""
        if getattr(type(value), "labs_handle", False):
            return {"t": "yours", "on": value._labs_number}
        if isinstance(value, types.ModuleType):
            if value.__name__.split(".")[0] not in PUBLIC_PACKAGES:
                raise CannotCross(f"a test passed the module {value.__name__}")
            return {"t": "module", "name": value.__name__}
        named = public_name(value)
        if named is not None:
            return {"t": "public", "module": named[0], "name": named[1]}
        for kind in (_variable, self._keras, self._data_set):
            node = kind(value, encoder)
            if node is not None:
                return node
        if not _is_of_the_test(value):
            raise CannotCross(
                f"a test passed a {type(value).__module__}.{type(value).__qualname__}, which has no"
                " form on the student's side"
            )
        number = self.lend(value)
        if inspect.isroutine(value):
            return {"t": "function", "on": number, **describe_function(value)}
        return {"t": "live", "on": number, **describe_object(value)}

    def _keras(self, value: Any, encoder: Encoder) -> Node | None:
        """Return the node of a Keras object of the test's: a config, and numbers if they are new."""
        keras = sys.modules.get("keras")
        if keras is None or not type(value).__module__.startswith("keras."):
            return None
        from labkit import portable

        is_known = id(value) in self._numbers
        try:
            config = None if is_known else portable.export(value)
            numbers = portable.state(value)
        except portable.CannotCopy as reason:
            raise CannotCross(f"a test passed a {type(value).__name__}: {reason}") from None
        number = self.lend(value)
        digest = portable.digest(numbers)
        if self._digests.get(number) == digest:
            numbers = {}
        self._digests[number] = digest
        return {"t": "keras", "on": number, "config": config, "state": encoder.encode(numbers)}

    def _data_set(self, value: Any, encoder: Encoder) -> Node | None:
        """Return the node of a data set of the test's: its elements."""
        tf = sys.modules.get("tensorflow")
        if tf is None or not isinstance(value, tf.data.Dataset):
            return None
        elements = list(value.take(MAX_ELEMENTS + 1))
        if len(elements) > MAX_ELEMENTS:
            raise CannotCross(f"a test passed a data set of more than {MAX_ELEMENTS:,} elements")
        spec, content = encoder.encode(value.element_spec), encoder.encode(elements)
        return {"t": "dataset", "on": self.lend(value), "spec": spec, "v": content}

    def _serve(self, frame: Frame) -> Frame:
        """Follow an order of the student's code on an object that a test has handed over."""
        try:
            number = frame.body.get("on")
            if not isinstance(number, int) or number not in self._lent:
                raise CannotCross("a test has not handed this over, or it is over")
            return self.do(frame)
        except CannotCross as reason:
            return Frame({"refused": str(reason)})
        except Exception as error:
            return self._error(error)

    def require_allowed(self, action: str, target: Any, args: list[Any]) -> None:
        """Raise if a student's code may not do this with an object of the test."""
        if action == "call":
            return
        is_own = _is_own(target) or isinstance(target, types.FunctionType)
        if action not in (OPERATIONS if is_own else _FOR_BUILT_IN):
            raise CannotCross(f"a test allows no {action!r:.40} here")
        if action in ("getattr", "setattr", "delattr"):
            name = args[0]
            if type(name) is not str or name.startswith("_"):
                raise AttributeError(f"{name!r:.100}")
            if action != "getattr" and not _is_settable(type(target), name):
                raise AttributeError(f"a test's object lets nobody set {name!r:.100}")

    def _raise_if_refused(self, answer: Frame) -> None:
        if "refused" in answer.body:
            raise CannotCross(str(answer.body["refused"]))
        if "error" in answer.body:
            raise self._exception(answer.body["error"], "get")


def _variable(value: Any, encoder: Encoder) -> Node | None:
    """Return the node of a variable of the test's, which student's functions may assign to."""
    for library in ("tensorflow", "keras"):
        kind = getattr(sys.modules.get(library), "Variable", None)
        if kind is not None and isinstance(value, kind):
            # Numbered as the decoder does: the object after its content.
            content = encoder.encode(np.asarray(value))
            encoder.number(value)
            return {
                "t": "variable",
                "library": library,
                "dtype": getattr(value.dtype, "name", value.dtype),
                "trainable": bool(value.trainable),
                "v": content,
            }
    return None


def _is_of_the_test(value: Any) -> bool:
    """Say whether an object is a function, an iterator, or of a class that the lab's cells define."""
    if isinstance(value, type):
        return value.__module__ == "__main__"
    is_iterator = type(value).__module__ in ("builtins", "itertools") and hasattr(value, "__next__")
    return isinstance(value, _FUNCTIONS) or is_iterator or _is_own(value)


def _is_own(value: Any) -> bool:
    """Say whether an object is of a class that the lab's cells define, or a namespace of theirs."""
    return type(value).__module__ == "__main__" or type(value) is types.SimpleNamespace


def _is_settable(kind: type, name: str) -> bool:
    """Say whether a class of the test says itself what setting an attribute does."""
    found = getattr(kind, name, None)
    return kind.__setattr__ is not object.__setattr__ or (
        isinstance(found, property) and found.fset is not None
    )


def _source_of(helper: Callable[..., Any]) -> tuple[str, dict[str, Any]]:
    """Return the source of a function that a test cell defines, and the names that it sees."""
    if not isinstance(helper, types.FunctionType) or helper.__name__ == "<lambda>":
        raise CannotCross("inside() takes a function that the test cell defines with `def`")
    if helper.__closure__:
        raise CannotCross(
            f"{helper.__name__} uses names of the function around it: pass them to inside()"
        )
    tree = ast.parse(textwrap.dedent(inspect.getsource(helper)))
    return ast.unparse(tree), helper.__globals__


def _holds_handle(value: Any) -> bool:
    if getattr(type(value), "labs_handle", False):
        return True
    if isinstance(value, dict):
        return any(map(_holds_handle, (*value, *value.values())))
    return isinstance(value, (list, tuple, set, frozenset)) and any(map(_holds_handle, value))
