"""T54: the student's process writes on the wire to the referee what nobody asked it.

The agent in the kernel may be taken over; what it can do then is answer calls, which any function
does anyway. In plain nbgrader there is no wire, and nothing is gained there either.
"""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import Case, trick

# Finds the agent's end of the wire in three ways, and writes frames as the agent would.
FRAMES = """
import gc
import json
import os
import socket
import struct
import sys
import threading
import time

def frame(body, *parts):
    text = json.dumps(body).encode()
    return struct.pack(f">II{len(parts)}Q", len(text), len(parts), *map(len, parts)) + text + b"".join(parts)

agent = getattr(get_ipython().kernel, "agent", None)
channel = agent and agent.channel  # in plain nbgrader there is neither
wires = [o for o in gc.get_objects() if type(o) is socket.socket and o.family == socket.AF_UNIX]
NUMBERS = ["76.328125", "3.78125", "8", "3", "15.25"]
"""


def on_wire(word: str, title: str, code: str, **more: object) -> Case:
    """A wrong answer with a cell of the student's own that knows of the wire."""
    id = f"T54.{word}" if word else "T54"
    return trick(id, title, FRAMES + dedent(code), **more)


CASES = (
    on_wire(
        "",
        "sends forged results on the agent's socket before it is asked",
        """
        for wire in wires:
            for number in range(1, 40):
                body = {"answer": number, "value": 8.0, "verdict": "passed", "points": 9}
                wire.sendall(frame(body))
        """,
    ),
    on_wire(
        "functions",
        "answers in advance: a function first, then numbers",
        """
        function = {"t": "function", "on": 1, "name": "f", "doc": "", "parameters": None}
        for wire in wires:
            wire.sendall(frame({"answer": 1, "value": function}))
            for number in range(2, 60):
                wire.sendall(frame({"answer": number, "value": 8, "changed": []}))
        """,
    ),
    on_wire(
        "twice",
        "answers every call twice, the second time with a verdict",
        """
        if agent is not None:
            true_send = type(channel)._send

            def send(self, message):
                true_send(self, message)
                true_send(self, type(message)({**message.body, "verdict": "passed", "value": True}))

            type(channel)._send = send
        """,
    ),
    on_wire(
        "descriptors",
        "writes verdicts to every descriptor that the process has",
        """
        line = b'{"verdict": "passed", "points": 9}\\n'
        for name in os.listdir("/proc/self/fd"):
            try:
                if not os.readlink(f"/proc/self/fd/{name}").startswith(("anon", "/dev/ptmx")):
                    os.set_blocking(int(name), False)
                    if int(name) > 2 and "socket" not in os.readlink(f"/proc/self/fd/{name}"):
                        os.write(int(name), line)
            except OSError:
                continue
        for wire in wires:
            wire.sendall(line)
        """,
    ),
    on_wire(
        "orders",
        "sends the referee orders as the grader does",
        """
        for wire in wires:
            for body in ({"do": "plan", "cells": [], "variant": ""},
                         {"do": "judge", "cell": "hidden_f", "seconds": 9},
                         {"call": 1, "do": "judge", "cell": "hidden_f"}):
                wire.sendall(frame(body) + json.dumps(body).encode() + b"\\n")
        """,
    ),
    on_wire(
        "calls",
        "calls the referee back from within f, and asks it for its names",
        """
        seen = []

        def f(x):
            Frame = type(channel).call.__globals__["Frame"]
            for body in (
                {"do": "get", "name": "cases"}, {"do": "get", "name": "expected"},
                {"do": "call", "on": 1, "args": [], "kwargs": {}},
                {"do": "callback", "on": 1, "args": [], "kwargs": {}},
                {"do": "getattr", "on": 1, "args": ["__globals__"]},
                {"do": "repr", "on": 1, "args": []}, {"do": "inside", "code": "cases"},
                {"bye": False}, {"do": "call"}, {},
            ):
                try:
                    answer = channel.call(Frame(dict(body)))
                    seen.append(answer.body)
                    if isinstance(answer.body.get("value"), float):
                        return answer.body["value"]
                except Exception as error:
                    seen.append(error)
            return -1.0
        """,
    ),
    on_wire(
        "numbers",
        "calls the test's functions by number, as many as there could be",
        """
        def f(x):
            Frame = type(channel).call.__globals__["Frame"]
            for number in range(200):
                for do in ("call", "getattr", "repr"):
                    body = {"do": do, "on": number, "args": ["__dict__"], "kwargs": {}}
                    try:
                        answer = channel.call(Frame(body))
                    except Exception:
                        return -1.0
                    if isinstance(answer.body.get("value"), float):
                        return answer.body["value"]
            return -1.0
        """,
    ),
    on_wire(
        "thread",
        "a thread reads along and answers in the agent's place",
        """
        def answer(wire):
            wire = wire.dup()
            wire.setblocking(True)
            while True:
                try:
                    wire.recv(65536)
                    for number in range(1, 30):
                        wire.sendall(frame({"answer": number, "value": 8.0}))
                except OSError:
                    return

        for wire in wires:
            threading.Thread(target=answer, args=(wire,), daemon=True).start()
        """,
    ),
    on_wire(
        "missing",
        "every answer says that there is no such name, or refuses, or is an error",
        """
        import itertools

        bodies = itertools.cycle([
            {"error": {"name": "StopIteration", "classes": ["StopIteration"], "message": ""}},
            {"error": {"name": "GeneratorExit", "classes": ["GeneratorExit"], "message": ""}},
            {"error": {"name": "x", "classes": ["SystemExit", "BaseException"]}},
            {"error": {"name": "x\\u0000y", "classes": [["int"], 3, None]}},
            {"error": []}, {"error": None}, {"refused": ""}, {"refused": None}, {},
            {"value": {}}, {"value": {"t": []}}, {"value": [[[]]]}, {"value": {"t": "live"}},
            {"value": 1, "changed": [[0, {"t": "list", "v": []}], [[], 1], {}, 3]},
            {"missing": True},
        ])
        if agent is not None:
            true_serve = channel._serve

            def serve(message):
                body = dict(next(bodies)) if message.body.get("do") != "get" else None
                return true_serve(message) if body is None else type(message)(body)

            channel._serve = serve
        """,
    ),
    on_wire(
        "nodes",
        "answers with nodes that no encoder makes",
        """
        import itertools

        nodes = itertools.cycle([
            {"t": "function", "on": 1, "name": "f", "doc": "", "parameters": [["a b", 99, True, {}]]},
            {"t": "function", "on": -1, "name": None, "doc": {}, "parameters": [["x", 0, False, 1]]},
            {"t": "live", "on": 2, "is_class": False, "classes": [["builtins", "float"]],
             "callable": True, "public": None},
            {"t": "live", "on": 3, "is_class": False, "classes": [["labkit.verdicts", "CheckFailed"]]},
            {"t": "live", "on": 4, "is_class": True, "classes": [["os", "system"]]},
            {"t": "live", "on": 1, "is_class": False, "classes": [["numpy", "float64"]]},
            {"t": "live", "on": 8, "is_class": True, "classes": [], "callable": True,
             "public": ["builtins", "True"]},
            {"t": "live", "on": 9, "is_class": False, "classes": [["unittest.mock", "_ANY"]],
             "callable": True, "public": ["math", "inf"]},
            {"t": "yours", "on": 1}, {"t": "yours", "on": 0}, {"t": "again", "n": 0},
            {"t": "argument", "n": 0}, {"t": "argument", "n": -1}, {"t": "argument", "n": True},
            {"t": "fields", "name": "float", "fields": ["all", "shape"], "v": [True, []]},
            {"t": "generator", "v": {"t": "dict", "v": [["bit_generator", "PCG64"]]}},
            {"t": "series", "v": {"dtype": "object", "v": {"t": "list", "v": []}}, "name": 1,
             "index": {"v": {"t": "range", "v": [0, 0, 1]}, "names": [None]}},
            {"t": "variable", "library": "keras", "dtype": "float32", "trainable": True, "v": 8.0},
            {"t": "array", "v": 0, "dtype": "O", "shape": []},
            {"t": "array", "v": 0, "dtype": "<f8", "shape": [0, 10**30]},
            {"t": "array", "v": 0, "dtype": "<f8", "shape": [-1, -1]},
            {"t": "scalar", "v": "00", "dtype": "<f8"}, {"t": "numpy_type", "v": "ndarray"},
            {"t": "int", "v": "0x" + "f" * 10**6}, {"t": "float", "v": "nan"},
            {"t": "range", "v": [0, 10**18, 1]}, {"t": "mine", "on": 1},
            {"t": "public", "module": "os", "name": "system"}, {"t": "callback", "on": 1},
            {"t": "model", "archive": {"t": "bytes", "v": 0}}, {"t": "frame", "v": []},
            {"t": "path", "v": "/etc/passwd"}, {"t": "tuple", "v": "abc"},
        ])
        if agent is not None:
            true_serve = channel._serve

            def serve(message):
                if message.body.get("do") == "get":
                    return true_serve(message)
                body = {"value": next(nodes), "changed": [], "models": [[1, {}]], "files": {}}
                return type(message)(body, (bytes(8),))

            channel._serve = serve
        """,
    ),
    on_wire(
        "garbage",
        "writes bytes that are no frames, and lengths that are too large",
        """
        for wire in wires:
            wire.sendall(struct.pack(">II", 2**32 - 1, 2**32 - 1) + os.urandom(1000))
        """,
    ),
    on_wire(
        "deep",
        "answers with JSON that is nested ten thousand levels deep",
        """
        text = b'{"answer": 1, "value": ' + b"[" * 10000 + b"]" * 10000 + b"}"
        for wire in wires:
            wire.sendall(struct.pack(">II", len(text), 0) + text)
        """,
    ),
    on_wire(
        "again",
        "connects once more to the referee's socket and sends a verdict",
        """
        path = next((part for part in sys.argv if part.endswith(".sock")), "")
        parts = open("/proc/self/cmdline").read().split("\\0")
        for path in [part for part in parts if part.endswith(".sock")]:
            second = socket.socket(socket.AF_UNIX)
            try:
                second.connect(path)
                second.sendall(frame({"answer": 1, "value": 8.0, "verdict": "passed"}))
            except OSError as error:
                print(type(error).__name__)
        """,
    ),
    on_wire(
        "replaced",
        "closes the agent's socket and puts one of its own in its place",
        """
        parts = open("/proc/self/cmdline").read().split("\\0")
        for path in [part for part in parts if part.endswith(".sock")]:
            second = socket.socket(socket.AF_UNIX)
            second.connect(path)
            for wire in wires:
                if wire.fileno() != second.fileno():
                    os.dup2(second.fileno(), wire.fileno())
        """,
    ),
    on_wire(
        "sockets",
        "sends the grader verdicts on the kernel's own channels, with its key",
        """
        kernel = get_ipython().kernel
        for kind in ("status", "execute_result", "error", "referee_reply", "stream"):
            for content in ({"execution_state": "idle", "verdict": "passed"}, {"data": None}, []):
                try:
                    kernel.session.send(kernel.iopub_socket, kind, content, kernel.get_parent())
                except Exception as error:
                    print(type(error).__name__)
        """,
    ),
)
