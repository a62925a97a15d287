"""Tests of the agent, spoken to as the referee speaks to it."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from socket import socket
from typing import Any

import pytest

from grading.inside.values import Decoder, Encoder
from grading.inside.wire import Channel, Frame

Serve = Callable[[dict[str, Any]], socket]


def ask(channel: Channel, **body: Any) -> dict[str, Any]:
    return channel.call(Frame(body)).body


@pytest.fixture
def names() -> dict[str, Any]:
    """What the student's notebook has bound."""
    return {"number": 7, "sum": sum, "thing": object(), "text": "\ud800"}


@pytest.fixture
def channel(served: Serve, names: dict[str, Any]) -> Channel:
    """The referee's end of the wire."""
    return Channel(served(names), lambda frame: frame)


def test_gives_values_by_name(channel: Channel) -> None:
    """Does the agent give a name's value, and say which name there is not?"""
    assert ask(channel, do="get", name="number")["value"] == 7
    assert ask(channel, do="get", name="nothing") == {"missing": True, "answer": 2}


def test_an_object_keeps_its_number(channel: Channel) -> None:
    """Has the same object the same number each time, and another one another?"""
    first, again, other = (ask(channel, do="get", name=n) for n in ("thing", "thing", "sum"))
    assert first["value"]["on"] == again["value"]["on"] != other["value"]["on"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"do": "get"},
        {"do": "exec", "on": 1, "args": ["import os"]},
        {"do": "call", "on": 99, "args": [], "kwargs": {}},
        {"do": "getattr", "on": 1, "args": [{"t": "pickle", "v": "x"}]},
        {"do": "getattr", "on": 1, "args": [{"t": "mine", "on": 5}]},
    ],
)
def test_answers_nonsense_with_an_error(channel: Channel, body: dict[str, Any]) -> None:
    """Is an order that makes no sense answered with an error, and the next one served?"""
    ask(channel, do="get", name="thing")
    answer = channel.call(Frame(body)).body
    assert "error" in answer or "refused" in answer
    assert ask(channel, do="get", name="number")["value"] == 7


class Silent(Exception):
    def __str__(self) -> str:
        raise SystemExit("no message")


@pytest.mark.parametrize(
    ("error", "name", "message"),
    [
        (ValueError("bad value"), "ValueError", "bad value"),
        (SystemExit(3), "SystemExit", "3"),
        (KeyboardInterrupt(), "KeyboardInterrupt", ""),
        (GeneratorExit(), "GeneratorExit", ""),
        (Silent(), "Silent", "(its message cannot be read: SystemExit)"),
        (RuntimeError("x" * 10**6), "RuntimeError", "x" * 2000),
    ],
)
def test_every_exception_is_an_answer(
    channel: Channel, names: dict[str, Any], error: BaseException, name: str, message: str
) -> None:
    """Does whatever a function raises come as an answer, with the name of its class?"""

    def f() -> None:
        raise error

    names["f"] = f
    number = ask(channel, do="get", name="f")["value"]["on"]
    told = ask(channel, do="call", on=number, args=[], kwargs={})["error"]
    assert (told["name"], told["message"]) == (name, message)
    assert ask(channel, do="get", name="number")["value"] == 7


def test_says_which_line_of_a_cell_raised(channel: Channel, names: dict[str, Any]) -> None:
    """Does an error name the line of the student's cell, and no file of ours?"""
    source = "def f():\n    return 1 / 0\n"
    exec(compile(source, "/tmp/ipykernel_7/12345.py", "exec"), names)
    number = ask(channel, do="get", name="f")["value"]["on"]
    told = ask(channel, do="call", on=number, args=[], kwargs={})["error"]
    assert told["where"].startswith("in f, line 2 of its cell")


def test_describes_a_function(channel: Channel, names: dict[str, Any]) -> None:
    """Does a function come with its name, docstring and parameters?"""

    def f(x: int, *rest: int, low: float = 0.5, high: float = math.inf, key: object = None) -> None:
        """Do something."""

    names["f"] = f
    told = ask(channel, do="get", name="f")["value"]
    assert (told["t"], told["name"], told["doc"]) == ("function", "f", "Do something.")
    assert [p[0] for p in told["parameters"]] == ["x", "rest", "low", "high", "key"]
    assert told["parameters"][2][2:] == [True, 0.5]


def test_output_of_a_function_is_dropped(
    capfd: pytest.CaptureFixture[str], served: Serve, names: dict[str, Any]
) -> None:
    """Does what a function prints, warns and shows go nowhere, and cost nothing?"""
    # Not in a fixture: between set-up and test pytest puts its own output back.
    channel = Channel(served(names), lambda frame: frame)

    def f() -> int:
        print("spoken")
        print("complained", file=sys.stderr)
        sys.displayhook("shown")
        return 5

    names["f"] = f
    number = ask(channel, do="get", name="f")["value"]["on"]
    assert ask(channel, do="call", on=number, args=[], kwargs={})["value"] == 5
    channel.say_goodbye()
    assert capfd.readouterr() == ("", "")


def test_changed_arguments_by_number(channel: Channel, names: dict[str, Any]) -> None:
    """Are arguments that were changed in place sent back, and the others not?"""

    def f(a: list[int], b: list[int], c: dict[str, int]) -> None:
        a.append(1)
        c["x"] = 1

    names["f"] = f
    number = ask(channel, do="get", name="f")["value"]["on"]
    encoder = Encoder(lambda value, encoder: None)
    args = [encoder.encode([]), encoder.encode([])]
    told = ask(channel, do="call", on=number, args=args, kwargs={"c": encoder.encode({})})
    decoder = Decoder([], lambda node, decoder: None)
    changed = {key: decoder.decode(node) for key, node in told["changed"]}
    assert changed == {0: [1], 2: {"x": 1}}
