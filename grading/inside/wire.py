"""Frames between a student's kernel and the referee: JSON with binary parts over a Unix socket.

A frame is `>II` (length of the JSON text, number of binary parts), one `>Q` a part (its length),
the JSON text, the parts. Every length is checked against a limit before anything is read, memory
grows with what really comes, and nothing that arrives is ever unpickled or evaluated.

Both ends run the same loop. An end that waits for the answer to its own call serves the calls
that the other end makes meanwhile (*re-entrant*): a test calls a student's function, which may
call back a function of the test, and so on.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

# A call back into the other side may nest; nobody honest nests this deep.
MAX_DEPTH = 50
CHUNK = 2**20  # bytes read at once


class WireError(Exception):
    """The other side broke the protocol: a bad length, no JSON, an answer to no question."""


class Closed(WireError):
    """The other side has gone: its process ended or it closed the socket."""


class TimeUp(WireError):
    """No answer came before the deadline."""


class TooLarge(Exception):
    """A frame of this side's own is larger than the other side takes; nothing of it was sent."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one frame may weigh, in bytes, and how much it may hold."""

    text: int = 16 * 2**20
    parts: int = 65536
    total: int = 2**30
    items: int = 4_000_000  # of arrays and objects in the text
    depth: int = 500  # of arrays and objects in it

    def allow(self, text: int, lengths: tuple[int, ...] = ()) -> bool:
        """Say whether a frame of these lengths may pass."""
        return (
            text <= self.text and len(lengths) <= self.parts and text + sum(lengths) <= self.total
        )

    def allow_json(self, text: bytearray) -> bool:
        """Say whether a JSON text may be parsed, by its commas and brackets alone."""
        brackets = text.count(b"[") + text.count(b"{")
        if brackets + text.count(b",") > self.items:
            return False
        return brackets <= self.depth or _depth(text) <= self.depth


def _depth(text: bytearray) -> int:
    """Return how deep the brackets of a JSON text are nested, those within strings left out."""
    plain = bytes(text).replace(rb"\\", b"  ").replace(rb"\"", b"  ")
    data = np.frombuffer(plain, np.uint8)
    is_outside = np.cumsum(data == ord('"')) % 2 == 0
    opened = ((data == ord("[")) | (data == ord("{"))) & is_outside
    closed = ((data == ord("]")) | (data == ord("}"))) & is_outside
    return int(np.cumsum(opened.astype(np.int32) - closed).max(initial=0))


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: a JSON object and the binary parts that it refers to by position."""

    body: dict[str, Any]
    parts: tuple[bytes | bytearray, ...] = ()


class Channel:
    """One end of the wire.

    Parameters
    ----------
    sock
        A connected Unix stream socket.
    serve
        Answers a call of the other side: takes its frame, returns the frame to send back.
    limits
        Of every frame.
    """

    def __init__(
        self, sock: socket.socket, serve: Callable[[Frame], Frame], limits: Limits | None = None
    ) -> None:
        self._sock = sock
        self._serve = serve
        self._limits = limits or Limits()
        self._calls = 0
        self._depth = 0
        # A student's function may call back from a thread of its own (a data set's does). Only
        # one thread at a time waits for an answer; an inner call of the same thread may.
        self._lock = threading.RLock()
        self.deadline: float | None = None  # on time.monotonic(); None: wait for ever

    def call(self, frame: Frame) -> Frame:
        """Send a call and return its answer; serve the other side's calls meanwhile.

        Raises
        ------
        WireError
            If the other side is gone, late, or breaks the protocol.
        TooLarge
            If the call is larger than a frame may be.
        """
        with self._lock:
            self._calls += 1
            number = self._calls
            self._send(Frame({**frame.body, "call": number}, frame.parts))
            while True:
                got = self._receive()
                if got.body.get("answer") == number:
                    return got
                self._answer(got)

    def serve_forever(self) -> None:
        """Answer calls until the other side says goodbye or goes away."""
        while True:
            try:
                with self._lock:
                    frame = self._receive()
                if frame.body.get("bye"):
                    return
                self._answer(frame)
            except Closed:
                return

    def say_goodbye(self) -> None:
        """Let the other side's `serve_forever` return."""
        self._send(Frame({"bye": True}))

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def _answer(self, frame: Frame) -> None:
        number = frame.body.get("call")
        if not isinstance(number, int):
            raise WireError("a frame came that is neither a call nor the answer that was awaited")
        if self._depth >= MAX_DEPTH:
            raise WireError(f"calls are nested more than {MAX_DEPTH} deep")
        self._depth += 1
        try:
            answer = self._serve(frame)
        finally:
            self._depth -= 1
        try:
            self._send(Frame({**answer.body, "answer": number}, answer.parts))
        except TooLarge as reason:
            self._send(Frame({"answer": number, "refused": str(reason)}))

    def _send(self, frame: Frame) -> None:
        text = json.dumps(frame.body).encode()
        lengths = tuple(len(part) for part in frame.parts)
        if not self._limits.allow(len(text), lengths):
            size = (len(text) + sum(lengths)) / 2**20
            raise TooLarge(f"a value is too large to be handed over ({size:,.0f} MiB)")
        head = struct.pack(f">II{len(lengths)}Q", len(text), len(lengths), *lengths)
        try:
            self._sock.settimeout(self._time_left())
            self._sock.sendall(head + text)
            for part in frame.parts:
                self._sock.settimeout(self._time_left())
                self._sock.sendall(part)
        except TimeoutError:
            raise TimeUp("the other side did not read in time") from None
        except OSError:
            raise Closed("the other side has gone") from None

    def _receive(self) -> Frame:
        size, count = struct.unpack(">II", self._read(8))
        if size > self._limits.text or count > self._limits.parts:
            raise WireError("a frame is larger than allowed")
        lengths = struct.unpack(f">{count}Q", self._read(8 * count))
        if not self._limits.allow(size, lengths):
            raise WireError("a frame is larger than allowed")
        text = self._read(size)
        if not self._limits.allow_json(text):
            raise WireError("a frame holds more than allowed")
        parts = tuple(self._read(length) for length in lengths)
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            raise WireError("a frame is not JSON") from None
        if not isinstance(body, dict):
            raise WireError("a frame is not a JSON object")
        return Frame(body, parts)

    def _read(self, size: int) -> bytearray:
        got = bytearray()
        while len(got) < size:
            try:
                self._sock.settimeout(self._time_left())
                chunk = self._sock.recv(min(size - len(got), CHUNK))
            except TimeoutError:
                raise TimeUp("no answer came in time") from None
            except OSError:
                raise Closed("the other side has gone") from None
            if not chunk:
                raise Closed("the other side has gone")
            got += chunk
        return got

    def _time_left(self) -> float | None:
        if self.deadline is None:
            return None
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeUp("no answer came in time")
        return left
