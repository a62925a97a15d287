"""Tests of frames: what is sent arrives, and no bytes do more harm than an error."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.inside.wire import (
    MAX_DEPTH,
    Channel,
    Closed,
    Frame,
    Limits,
    TimeUp,
    TooLarge,
    WireError,
)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two connected sockets."""
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def echo(frame: Frame) -> Frame:
    return Frame({"got": frame.body}, frame.parts)


def packed(body: object, *parts: bytes) -> bytes:
    text = json.dumps(body).encode()
    lengths = [len(part) for part in parts]
    head = struct.pack(f">II{len(parts)}Q", len(text), len(parts), *lengths)
    return b"".join([head, text, *parts])


def test_call_and_answer(pair: tuple[socket.socket, socket.socket]) -> None:
    """Does a call bring back what the other side made of it, with its binary parts?"""
    near, far = pair
    server = threading.Thread(target=Channel(far, echo).serve_forever)
    server.start()
    channel = Channel(near, echo)
    answer = channel.call(Frame({"do": "x", "é": [1, None]}, (b"\0\xff", b"", b"abc" * 10**6)))
    assert answer.body["got"] == {"do": "x", "é": [1, None], "call": 1}
    assert [bytes(part) for part in answer.parts] == [b"\0\xff", b"", b"abc" * 10**6]
    channel.say_goodbye()
    server.join(5)
    assert not server.is_alive()


def test_call_back_while_a_call_waits(pair: tuple[socket.socket, socket.socket]) -> None:
    """May the side that was called call back before it answers?"""
    near, far = pair

    def count_down(frame: Frame) -> Frame:
        left = frame.body["left"]
        return Frame({"left": other.call(Frame({"left": left - 1})).body["left"] if left else 0})

    other = Channel(far, count_down)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    back = Channel(near, lambda frame: near_side(frame))

    def near_side(frame: Frame) -> Frame:
        return Frame({"left": back.call(Frame(dict(frame.body))).body["left"]})

    assert back.call(Frame({"left": 10})).body["left"] == 0


def test_depth_of_calls_is_limited(pair: tuple[socket.socket, socket.socket]) -> None:
    """Is a side that calls back for ever told to stop?"""
    near, far = pair
    channel = Channel(near, lambda frame: channel.call(Frame({})))
    for number in range(MAX_DEPTH + 1):
        far.sendall(packed({"call": number + 1000}))
    with pytest.raises(WireError, match="nested"):
        channel.call(Frame({}))


@pytest.mark.parametrize(
    "sent",
    [
        struct.pack(">II", 2**31, 0),
        struct.pack(">II", 2, 2**31),
        struct.pack(">IIQ", 2, 1, 2**63),
        struct.pack(">II2Q", 2, 2, 2**29, 2**30),
        struct.pack(">II", 4, 0) + b"nope",
        packed([1]),
        packed(7),
        packed({"answer": 99}),
        packed({"verdict": "passed"}),
        packed({"call": "one"}),
        struct.pack(">II", 10**5, 0) + b"[" * 10**5,
        packed({})[:-1],
        b"",
    ],
)
def test_nonsense_is_a_wire_error(pair: tuple[socket.socket, socket.socket], sent: bytes) -> None:
    """Is everything that is no answer to our call an error of the wire and no other?"""
    near, far = pair
    far.sendall(sent)
    far.shutdown(socket.SHUT_WR)
    with pytest.raises(WireError):
        Channel(near, echo).call(Frame({}))


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda size, count, rest: struct.pack(">II", size, count) + rest,
            st.integers(0, 60),
            st.integers(0, 3),
            st.binary(max_size=200),
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["call", "answer", "bye", "x"]), inner, max_size=4
                )
            ),
            max_leaves=8,
        ).map(packed),
    )
)
def test_random_bytes_raise_wire_errors_only(sent: bytes) -> None:
    """Do any bytes at all end in an answer, a goodbye or an error of the wire?"""
    for action in ("call", "serve"):
        near, far = socket.socketpair()
        with near, far:
            far.sendall(sent)
            far.shutdown(socket.SHUT_WR)
            channel = Channel(near, echo)
            try:
                channel.call(Frame({})) if action == "call" else channel.serve_forever()
            except WireError:
                continue


def test_memory_grows_with_what_comes_only(pair: tuple[socket.socket, socket.socket]) -> None:
    """Does a frame that is announced as large, and never comes, take no memory?"""
    near, far = pair
    far.sendall(struct.pack(">IIQ", 2, 1, 2**30 - 2) + b"{}")
    channel = Channel(near, echo)
    channel.deadline = time.monotonic() + 0.2
    tracemalloc.start()
    try:
        with pytest.raises(TimeUp):
            channel.call(Frame({}))
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_a_large_call_is_not_sent(pair: tuple[socket.socket, socket.socket]) -> None:
    """Is a call that the other side would refuse an error here, with nothing sent?"""
    near, far = pair
    limits = Limits(text=1000, parts=2, total=2000)
    channel = Channel(near, echo, limits)
    for frame in (Frame({"x": "y" * 1000}), Frame({}, (b"",) * 3), Frame({}, (b"x" * 2000,))):
        with pytest.raises(TooLarge):
            channel.call(frame)
    far.setblocking(False)
    with pytest.raises(BlockingIOError):
        far.recv(1)


def test_a_large_answer_is_refused_in_words(pair: tuple[socket.socket, socket.socket]) -> None:
    """Does a caller learn that the answer is too large, and can it go on?"""
    near, far = pair
    limits = Limits(text=1000, parts=2, total=2000)
    sizes = iter([5000, 5])
    server = Channel(far, lambda frame: Frame({}, (b"x" * next(sizes),)), limits)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    channel = Channel(near, echo, limits)
    assert "too large" in channel.call(Frame({})).body["refused"]
    assert channel.call(Frame({})).parts == (b"xxxxx",)


@pytest.mark.parametrize("drip", [b"", b"x"])
def test_deadline(pair: tuple[socket.socket, socket.socket], drip: bytes) -> None:
    """Does a call end at its deadline, even if bytes keep dripping in?"""
    near, far = pair
    far.sendall(struct.pack(">II", 10**6, 0))
    stop = threading.Event()

    def send() -> None:
        while not stop.wait(0.05):
            far.sendall(drip)

    sender = threading.Thread(target=send)
    sender.start()
    channel = Channel(near, echo)
    started = time.monotonic()
    channel.deadline = started + 0.4
    try:
        with pytest.raises(TimeUp):
            channel.call(Frame({}))
    finally:
        stop.set()
        sender.join()
    assert 0.3 < time.monotonic() - started < 30


def test_deadline_of_sending(pair: tuple[socket.socket, socket.socket]) -> None:
    """Does a call end at its deadline if the other side never reads?"""
    near, _ = pair
    channel = Channel(near, echo)
    channel.deadline = time.monotonic() + 0.3
    with pytest.raises(TimeUp):
        channel.call(Frame({}, (bytes(50 * 2**20),)))


def test_the_other_side_goes(pair: tuple[socket.socket, socket.socket]) -> None:
    """Is a side that closes told apart from one that talks nonsense?"""
    near, far = pair
    far.close()
    channel = Channel(near, echo)
    with pytest.raises(Closed):
        channel.call(Frame({}))
    channel.serve_forever()  # returns


def test_the_number_of_an_answer_is_ours() -> None:
    """Can what is served not overwrite the number by which an answer is known?"""
    near, far = socket.socketpair()
    with near, far:
        server = Channel(far, lambda frame: Frame({"answer": 7}))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert Channel(near, echo).call(Frame({"call": 5})).body == {"answer": 1}


def test_writing_to_a_closed_socket_kills_nobody() -> None:
    """Is a write to a socket whose far end is gone an error and no signal?"""
    assert signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN
    near, far = socket.socketpair()
    with near:
        far.close()
        with pytest.raises(Closed):
            Channel(near, echo).say_goodbye()
    assert os.getpid()


DEEP = Limits(depth=20, items=1000)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("[" * 20 + "]" * 20, True),
        ("[" * 21 + "]" * 21, False),
        ('{"a": ' * 21 + "1" + "}" * 21, False),
        ("[" + "[], " * 100 + "[]]", True),
        ('["' + "[" * 500 + '"]', True),
        ('["\\"' + "[" * 500 + '"]', True),
        ('["\\\\", ' + "[" * 21 + "]" * 22, False),
        ("[" + "0," * 999 + "0]", True),
        ("[" + "0," * 1000 + "0]", False),
        ("]" * 600 + "[" * 600, True),
        ("[" * 100_000, False),
        ("", True),
    ],
)
def test_what_may_be_parsed(text: str, allowed: bool) -> None:
    """Is a text refused for its depth or its number of items before it is parsed?"""
    assert DEEP.allow_json(bytearray(text.encode())) is allowed


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 501 + "]" * 501, "[" + "0," * 4_000_001])
def test_deep_and_long_frames_break_the_protocol(text: str) -> None:
    """Does a frame of the size allowed that holds too much end the conversation?"""
    near, far = socket.socketpair()
    with near, far:
        sender = threading.Thread(
            target=far.sendall, args=(struct.pack(">II", len(text), 0) + text.encode(),)
        )
        sender.start()
        channel = Channel(near, lambda frame: frame)
        channel.deadline = time.monotonic() + 20
        with pytest.raises(WireError, match="more than allowed"):
            channel._receive()
        sender.join()
