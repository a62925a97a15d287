"""One side of the conversation between a test and a student's process: asks, and answers.

Both sides are alike in what they may ask of an object that has been handed over: call it, read an
attribute, take the next item. Which objects are handed over, and as what, each side decides for
itself (`agent.py` in the student's process, `referee/proxies.py` beside the tests).
"""

from __future__ import annotations

import socket
from typing import Any

import numpy as np

from grading.inside import changes
from grading.inside.errors import FarError, as_exception, describe_error, text
from grading.inside.handles import handle_of
from grading.inside.scratch import Scratch
from grading.inside.values import CannotCross, Decoder, Encoder, Node
from grading.inside.wire import Channel, Frame

MAX_REPR = 2000  # characters

# What may be done with an object that was handed over, besides calling it.
OPERATIONS = {
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "getitem": lambda target, key: target[key],
    "setitem": lambda target, key, value: target.__setitem__(key, value),
    "delitem": lambda target, key: target.__delitem__(key),
    "len": len,
    "iter": iter,
    "next": next,
    "enter": lambda target: target.__enter__(),
    "exit": lambda target: target.__exit__(None, None, None),
    "bool": bool,
    "int": int,
    "float": float,
    "repr": lambda target: repr(target)[:MAX_REPR],
    "array": np.asarray,
}


class Peer:
    """One end of the wire.

    Parameters
    ----------
    sock
        Connected to the other end.
    """

    error_class: type[FarError] = FarError

    def __init__(self, sock: socket.socket) -> None:
        self.channel = Channel(sock, self._serve)
        self.files: Scratch | None = None  # the folder for files, if the test has one
        self._last_number = 0
        self._lent: dict[int, Any] = {}  # objects of this side that the other side has by number
        self._numbers: dict[int, int] = {}  # id() of such an object -> its number
        self._handles: dict[int, Any] = {}  # objects of the other side, by number
        self._raised: list[BaseException] = []  # what this side's functions raised when called

    def call(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call an object of the other side; what it changed in its arguments is changed here."""
        encoder = self.encoder()
        body = {
            "do": "call",
            "on": number,
            "args": [encoder.encode(value) for value in args],
            "kwargs": {name: encoder.encode(value) for name, value in kwargs.items()},
        }
        return self.ask(body, encoder, "a result")

    def operate(self, operation: str, number: int, *args: Any) -> Any:
        """Do one of `OPERATIONS` with an object of the other side."""
        encoder = self.encoder()
        body = {
            "do": operation,
            "on": number,
            "args": [encoder.encode(value) for value in args],
        }
        return self.ask(body, encoder, f"the result of {operation}")

    def ask(self, body: dict[str, Any], encoder: Encoder, what: str) -> Any:
        """Send an order; take what came of it, changes of the arguments and of files included."""
        if self.files is not None:
            body["files"] = self.files.changes(encoder)
        answer = self.exchange(Frame(body, tuple(encoder.parts)))
        if "refused" in answer.body:
            raise CannotCross(text(answer.body["refused"]))
        if "error" in answer.body:
            raise self._exception(answer.body["error"], body["do"])
        decoder = self.decoder(answer, encoder.sent)
        try:
            value = decoder.decode(answer.body.get("value"))
        except CannotCross as reason:
            raise CannotCross(f"{what}: {reason}") from None
        try:
            self.take_changes(answer.body, encoder.sent, decoder)
        except (AttributeError, LookupError, TypeError, ValueError) as bad:
            raise CannotCross(f"what became of the arguments came damaged ({bad})") from None
        return value

    def exchange(self, frame: Frame) -> Frame:
        """Send a frame and return its answer; sides differ in what they make of the wire's end."""
        return self.channel.call(frame)

    def encoder(self, arguments: list[Any] | tuple[()] = ()) -> Encoder:
        """Return an encoder that knows how this side hands over its objects."""
        return Encoder(self.describe, arguments)

    def decoder(self, frame: Frame, arguments: list[Any] | tuple[()] = ()) -> Decoder:
        """Return a decoder that knows the objects of both sides."""
        return Decoder(frame.parts, self.find, arguments)

    def describe(self, value: Any, encoder: Encoder) -> Node:
        """Return the node of an object that has no plain form."""
        raise NotImplementedError

    def find(self, node: dict[str, Any], decoder: Decoder) -> Any:
        """Return what a node without plain form stands for."""
        if node["t"] == "yours":
            return self._lent[node["on"]]
        number = int(node["on"])
        if number not in self._handles:
            self._handles[number] = handle_of(self, node)
        return self._handles[number]

    def lend(self, value: Any) -> int:
        """Give a number to an object of this side; the same object keeps its number."""
        number = self._numbers.get(id(value))
        if number is None:
            self._last_number += 1
            number = self._last_number
            self._lent[number] = value  # kept alive, so that its id() stays its own
            self._numbers[id(value)] = number
        return number

    def forget(self) -> None:
        """Let go of all objects that were handed over: the test that used them is over."""
        for kept in (self._lent, self._numbers, self._handles, self._raised):
            kept.clear()
        if self.files is not None:
            self.files.remove()
            self.files = None

    def take_changes(self, body: dict[str, Any], objects: list[Any], decoder: Decoder) -> None:
        """Change objects of this side as the other side has changed its copies of them."""
        self.written.write(objects, body.get("changed", ()), decoder)
        if self.files is not None and "files" in body:
            self.files.apply(body["files"], decoder)

    @property
    def written(self) -> changes.Changes:
        """What has been changed on this side by calls to the other."""
        raise NotImplementedError

    def do(self, frame: Frame) -> Frame:
        """Follow an order on an object of this side and return the answer."""
        body, decoder = frame.body, self.decoder(frame)
        target = self._lent[body["on"]]
        args = [decoder.decode(node) for node in body["args"]]
        kwargs = {name: decoder.decode(node) for name, node in body.get("kwargs", {}).items()}
        if self.files is not None and "files" in body:
            self.files.apply(body["files"], decoder)
        self.require_allowed(body["do"], target, args)
        before = [changes.picture(value) for value in decoder.made]
        if body["do"] == "call":
            result = target(*args, **kwargs)
        else:
            result = OPERATIONS[body["do"]](target, *args)
        return self.reply(result, decoder, before)

    def require_allowed(self, action: str, target: Any, args: list[Any]) -> None:
        """Raise if the other side may not do this with an object of this side."""

    def reply(self, result: Any, decoder: Decoder, before: list[Any]) -> Frame:
        """Return the answer to an order: its result, and what it changed."""
        encoder = self.encoder(decoder.made)
        body = {
            "value": encoder.encode(result),
            "changed": changes.encode_changes(decoder.made, before, encoder),
            "models": self.changed_models(encoder),
        }
        if self.files is not None:
            body["files"] = self.files.changes(encoder)
        return Frame(body, tuple(encoder.parts))

    def changed_models(self, encoder: Encoder) -> list[Node]:
        """Return pairs (number, state) of the other side's models that were changed here."""
        return []

    def _serve(self, frame: Frame) -> Frame:
        raise NotImplementedError

    def _error(self, error: BaseException) -> Frame:
        """Return the answer that tells of an exception, which may come back to this side."""
        described = describe_error(error)
        if "raised" not in described:  # else it was the other side's, and has its number there
            self._raised.append(error)
            described["raised"] = -len(self._raised)
        return Frame({"error": described})

    def _exception(self, described: dict[str, Any], order: str) -> BaseException:
        """Return the exception that the other side tells of: this side's own, if it was one."""
        number = described.get("raised")
        if isinstance(number, int) and 0 < number <= len(self._raised):
            return self._raised[number - 1]
        # An iterator's end, raised by a function, would end the loop around the call unseen.
        error = as_exception(described, self.error_class, may_stop=order == "next")
        if isinstance(number, int) and number < 0:
            error.far_number = -number
        return error
