"""The referee's hands in a student's process: gives values by name, calls functions, nothing else.

The agent only answers. It holds no test, no expected value and no verdict, so a student who takes
it over gains what they have anyway: the choice of what their own functions return.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grading.inside import changes
from grading.inside.handles import describe_function, describe_object
from grading.inside.peer import Peer
from grading.inside.scratch import Scratch
from grading.inside.values import CannotCross, Decoder, Encoder, Node
from grading.inside.wire import Frame


class Agent(Peer):
    """Serve one referee over one socket, on the names of one namespace.

    Parameters
    ----------
    sock
        Connected to the referee.
    namespace
        The student's global names.
    """

    def __init__(self, sock: socket.socket, namespace: dict[str, Any]) -> None:
        super().__init__(sock)
        self._namespace = namespace
        self._listens = False
        self._written = changes.Changes()
        self._rebuilt: dict[int, Any] = {}  # the referee's objects that were made again here
        self._rebuilt_numbers: dict[int, int] = {}  # id() of such an object -> its number there
        self._digests: dict[int, str] = {}  # of those that have numbers in them
        self._before: dict[str, tuple[Any, ...]] = {}  # what names held that the test has changed

    def serve(self) -> None:
        """Answer the referee until it has finished with a test cell."""
        self._listens = True
        try:
            with _no_output():
                self.channel.serve_forever()
        finally:
            self._listens = False
            self.forget()

    def exchange(self, frame: Frame) -> Frame:
        """Ask the referee, which listens only while a test runs."""
        if not self._listens:
            raise RuntimeError("This belongs to a test, and the test is over.")
        return super().exchange(frame)

    def forget(self) -> None:
        """Let go of what belongs to the test that is over."""
        super().forget()
        for name, held in self._before.items():
            self._namespace.pop(name, None)
            if held:
                self._namespace[name] = held[0]
        for kept in (self._rebuilt, self._rebuilt_numbers, self._digests, self._before):
            kept.clear()

    @property
    def written(self) -> changes.Changes:
        """What tests changed in this side's values: nothing is ever put back."""
        self._written.keep()
        return self._written

    def describe(self, value: Any, encoder: Encoder) -> Node:
        """Give a live object a number, or say which of the referee's objects it is."""
        if getattr(type(value), "labs_handle", False) and value._labs_other is self:
            return {"t": "yours", "on": value._labs_number}
        if id(value) in self._rebuilt_numbers:
            return {"t": "yours", "on": self._rebuilt_numbers[id(value)]}
        number = self.lend(value)
        if inspect.isroutine(value):
            return {"t": "function", "on": number, **describe_function(value)}
        return {"t": "live", "on": number, **describe_object(value)}

    def find(self, node: dict[str, Any], decoder: Decoder) -> Any:
        """Return what a node of the referee names: an object here, a public name, one to rebuild."""
        kind = node["t"]
        if kind == "module":
            return importlib.import_module(node["name"])
        if kind == "public":
            found: Any = importlib.import_module(node["module"])
            for part in node["name"].split("."):
                found = getattr(found, part)
            return found
        if kind == "variable":
            return decoder.number(_variable(node, decoder.decode(node["v"])))
        if kind in ("keras", "dataset"):
            return self._rebuild(node, decoder)
        return super().find(node, decoder)

    def _serve(self, frame: Frame) -> Frame:
        try:
            return self._follow(frame)
        except CannotCross as reason:
            return Frame({"refused": str(reason)})
        # Whatever the student's code raises, SystemExit and KeyboardInterrupt included, is an
        # answer to the referee: nothing but the end of the process may silence the agent.
        except BaseException as error:
            return self._error(error)

    def _follow(self, frame: Frame) -> Frame:
        body = frame.body
        if body.get("files") is not None and self.files is None:
            self.files = Scratch(Path(body["files"]["path"]))
        order = body["do"]
        if order == "get" and body["name"] not in self._namespace:
            return Frame({"missing": True})
        if order in ("get", "set", "del"):
            return self._name(order, frame)
        if order == "inside":
            return self._run_helper(frame)
        if order == "export":
            return self._export(frame)
        return self.do(frame)

    def _name(self, order: str, frame: Frame) -> Frame:
        """Give a global name of the student's; or bind or delete it until the test is over."""
        name, decoder = frame.body["name"], self.decoder(frame)
        if order != "get" and name not in self._before:
            held = (self._namespace[name],) if name in self._namespace else ()
            self._before[name] = held
        if order == "set":
            self._namespace[name] = decoder.decode(frame.body["value"])
        elif order == "del":
            self._namespace.pop(name, None)
        else:
            return self.reply(self._namespace[name], decoder, [])
        return self.reply(None, decoder, [])

    def _run_helper(self, frame: Frame) -> Frame:
        """Run a function of the test's here; what it returns crosses as plain data or not at all."""
        body, decoder = frame.body, self.decoder(frame)
        namespace = {name: decoder.decode(node) for name, node in body["names"].items()}
        args = [decoder.decode(node) for node in body["args"]]
        if self.files is not None:
            self.files.apply(body["files"], decoder)
        before = [changes.picture(value) for value in decoder.made]
        exec(compile(body["source"], "helper of a test", "exec"), namespace)
        return self.reply(namespace[body["helper"]](*args), decoder, before)

    def _export(self, frame: Frame) -> Frame:
        """Give a model's config and numbers."""
        from labkit import portable

        model, decoder = self._lent[frame.body["on"]], self.decoder(frame)
        try:
            exported = [portable.export(model), portable.state(model)]
        except portable.CannotCopy as reason:
            return Frame({"refused": str(reason)})
        return self.reply(exported, decoder, [])

    def _rebuild(self, node: dict[str, Any], decoder: Decoder) -> Any:
        """Make an object of the referee's again, once; later give it its present numbers."""
        number = node["on"]
        if node["t"] == "dataset":
            made = _data_set(decoder.decode(node["v"]), decoder.decode(node["spec"]))
        else:
            from labkit import portable

            made = self._rebuilt.get(number)
            if made is None:
                made = portable.rebuild(node["config"])
            numbers = decoder.decode(node["state"])
            portable.set_state(made, numbers)
            if numbers:
                self._digests[number] = portable.digest(portable.state(made))
        self._rebuilt[number] = made
        self._rebuilt_numbers[id(made)] = number
        return made

    def changed_models(self, encoder: Encoder) -> list[Node]:
        """Return pairs (number, state) of the referee's models whose numbers have changed here."""
        if not self._digests:
            return []
        from labkit import portable

        changed = []
        for number, digest in self._digests.items():
            numbers = portable.state(self._rebuilt[number])
            now = portable.digest(numbers)
            if now != digest:
                self._digests[number] = now
                changed.append([number, encoder.encode(numbers)])
        return changed


def _variable(node: dict[str, Any], value: Any) -> Any:
    if node["library"] == "keras":
        import keras

        return keras.Variable(value, dtype=node["dtype"], trainable=node["trainable"])
    import tensorflow as tf

    return tf.Variable(value, dtype=node["dtype"], trainable=node["trainable"])


def _data_set(elements: list[Any], spec: Any) -> Any:
    """Return a data set that gives these elements."""
    import tensorflow as tf

    made = tf.data.Dataset.from_generator(lambda: iter(elements), output_signature=spec)
    return made.apply(tf.data.experimental.assert_cardinality(len(elements)))


@contextlib.contextmanager
def _no_output() -> Iterator[None]:
    """Drop what a student's function prints while a test calls it."""
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield
