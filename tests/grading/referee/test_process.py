"""Tests of the referee's process: verdicts on a student's values, and nothing else from there."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.inside.agent import Agent
from grading.inside.wire import WireError
from grading.referee.process import Referee, serve

GIVEN = """
    import numpy as np
    import labkit
    from types import SimpleNamespace
    lab = SimpleNamespace(check=labkit.Check)
    numbers = np.arange(4.0)
"""
Judge = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")


@pytest.fixture
def wire() -> Iterator[str]:
    """Path for a socket: short, as these have to be."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"{folder}/wire"


class Session:
    """A referee and an agent, in threads of this process."""

    def __init__(self, wire: str, cells: list[tuple[str, str, str]], student: str) -> None:
        plan = [{"id": i, "kind": k, "code": textwrap.dedent(c)} for i, k, c in cells]
        self.referee = Referee(plan, "twins")
        self.referee.listen(wire)
        self.names: dict[str, Any] = {"__name__": "__main__"}
        exec(textwrap.dedent(student), self.names)
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(wire)
        self._agent = Agent(self.sock, self.names)

    def judge(self, cell: str, seconds: float = 5) -> dict[str, Any]:
        return self.ask(lambda: self.referee.judge(cell, seconds))

    def _serve(self) -> None:
        with contextlib.suppress(WireError):
            self._agent.serve()

    def ask(self, order: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Let the agent serve while the referee follows an order."""
        thread = threading.Thread(target=self._serve, daemon=True)
        thread.start()
        found = order()
        thread.join(1)
        return found


@pytest.fixture
def session(wire: str) -> Iterator[Callable[..., Session]]:
    """Start a referee for a lab of a given cell, an exercise and tests."""
    started: list[Session] = []

    def start(student: str, given: str = GIVEN, **tests: str) -> Session:
        cells = [("given", "given", given), ("f", "exercise", "def f(x):\n    return 2 * x")]
        cells += [(name, "hidden", code) for name, code in tests.items()]
        started.append(Session(wire, cells, student))
        return started[-1]

    yield start
    for one in started:
        one.sock.close()
        if one.referee._student is not None:
            one.referee._student.channel.close()
        if one.referee._listener is not None:
            one.referee._listener.close()


RIGHT = "def f(x):\n    return 2 * x"
CHECK = """
    with lab.check("Doubled", hint="times two") as check:
        check.close(check.call(f, numbers), [0, 2, 4, 6], "f(x)")
"""


@pytest.mark.parametrize(
    ("student", "test", "verdict", "words"),
    [
        (RIGHT, CHECK, "passed", ""),
        ("def f(x): return x", CHECK, "failed", "differ"),
        ("def f(x): pass", CHECK, "failed", "return"),
        ("def f(x): return ...", CHECK, "not_attempted", ""),
        ("def f(x): raise NotImplementedError", CHECK, "not_attempted", ""),
        ("", CHECK, "not_attempted", "f"),
        ("f = ...", CHECK, "not_attempted", ""),
        ("f = 3", CHECK, "failed", "3"),
        ("def f(x): raise ValueError('why')", CHECK, "raised", "ValueError: why"),
        ("def f(x): raise SystemExit(0)", CHECK, "raised", "SystemExit"),
        ("def f(x): raise KeyboardInterrupt", CHECK, "raised", "KeyboardInterrupt"),
        ("def f(x): return f(x)", CHECK, "raised", "RecursionError"),
        ("def f(x): raise AssertionError", CHECK, "raised", "AssertionError"),
        (RIGHT, "assert f(3) == 6", "passed", ""),
        ("def f(x): return 5", "assert f(3) == 6, 'not twice'", "failed", "not twice"),
        ("def f(x): return 1 / 0", "f(3)", "raised", "ZeroDivisionError"),
        ("def f(x): return object()", "assert f(3) == 6", "failed", ""),
        (
            "def f(x):\n    y = []\n    y.append(y)\n    return y",
            CHECK,
            "failed",
            "contains itself",
        ),
        ("def f(x): return x", "assert f(3) == 6, f(object)", "failed", "object"),
        (RIGHT, "assert f(3) == 6\nf = 1\nnumbers = 2\ndel f", "passed", ""),
        (RIGHT, "for f in [1, 2]:\n    pass", "passed", ""),
        (f"{RIGHT}\na = 4", "assert a == 4", "passed", ""),  # a name that the lab never defines
        (RIGHT, "assert a == 4", "raised", "NameError"),
    ],
)
def test_verdicts(
    session: Callable[..., Session], student: str, test: str, verdict: str, words: str
) -> None:
    """Which verdict does a test give, and does its message say why?"""
    found = session(student, t=test).judge("t")
    assert found["verdict"] == verdict
    assert words in found.get("message", "")


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2", {"verdict": "partial", "points": 2.0}),
        ("0", {"verdict": "partial", "points": 0.0}),
        ("np.float64(1.5)", {"verdict": "partial", "points": 1.5}),
        ("np.int8(1)", {"verdict": "partial", "points": 1.0}),
        ("f(1)", {"verdict": "partial", "points": 2.0}),
        ("[].clear()", {"verdict": "passed"}),
        ("None", {"verdict": "failed"}),
        ("nothing = None\nnothing", {"verdict": "failed"}),
        ("-1", {"verdict": "failed"}),
        ("float('nan')", {"verdict": "failed"}),
        ("float('inf')", {"verdict": "failed"}),
        ("True", {"verdict": "failed"}),
        ("'2'", {"verdict": "failed"}),
        ("np.array(2.0)", {"verdict": "failed"}),
        ("2j", {"verdict": "failed"}),
        ("f", {"verdict": "failed"}),
    ],
)
def test_points_of_a_test(
    session: Callable[..., Session], last: str, expected: dict[str, Any]
) -> None:
    """Is a plain number at the end of a test points, and anything else but a call without result a failure?"""
    found = session(RIGHT, t=f"x = 1\n{last}").judge("t")
    assert expected.items() <= found.items()


def test_the_tests_have_names_of_their_own(session: Callable[..., Session]) -> None:
    """Can a student change no import, no given value and no builtin that a test uses?"""
    one = session(
        """
        import numpy as np
        class np: mean = array = staticmethod(lambda *args: 0)
        numbers, lab, sum, abs, labkit = 0, None, None, None, None
        def f(x): return x
        """,
        t="assert sum(numbers) == 6 and np.mean(numbers) == 1.5 and abs(-1) == 1",
        u=CHECK,
    )
    assert one.judge("t")["verdict"] == "passed"
    assert one.judge("u")["verdict"] == "failed"


def test_given_values_survive_a_spoiling_function(session: Callable[..., Session]) -> None:
    """Is a given value that a student's function zeroed in one test whole in the next?"""
    spoil = "f(numbers); f(lists); f(numbers)\nassert not numbers.any()"
    one = session(
        """
        def f(x):
            x[:] = [0] * len(x)
            return x
        """,
        given=GIVEN + "    lists = [[1], [2]]\n",
        t=spoil,
        u="assert numbers.tolist() == [0, 1, 2, 3] and lists == [[1], [2]]",
    )
    assert one.judge("t")["verdict"] == "passed"
    assert one.judge("u")["verdict"] == "passed"


def test_each_test_has_its_own_seed(
    session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Are random numbers of a test the same each time, others in each, and the course's own?"""
    draw = "np.random.rand() * 1.0"
    one = session("import numpy as np\nnp.random.seed(0)", t=draw, u=draw)
    first, other = one.judge("t")["points"], one.judge("u")["points"]
    np.random.rand()
    assert one.judge("t")["points"] == first != other
    monkeypatch.setenv("LABS_COURSE_KEY", "another course")
    assert one.judge("t")["points"] != first


def test_given_cells_run_once_and_in_order(session: Callable[..., Session]) -> None:
    """Does a given cell run in the referee once, and only if nothing of the student's is in it?"""
    given = GIVEN + "    numbers += 1\n"
    one = session(RIGHT, given=given, t="numbers[0]", u="numbers[0]")
    assert [one.judge(cell)["points"] for cell in "tu"] == [1.0, 1.0]


def test_the_variant_is_the_students_choice(wire: str) -> None:
    """Does the referee's `VARIANT` hold what the student chose, and nothing else of that cell?"""
    cells = [("v", "free", 'VARIANT = "plain"'), ("t", "test", "assert VARIANT == 'twins'")]
    one = Session(wire, cells, "VARIANT = 'other'")
    try:
        assert one.judge("t")["verdict"] == "passed"
    finally:
        one.sock.close()
        assert one.referee._student is not None
        one.referee._student.channel.close()


def test_a_broken_lab_is_no_fault_of_the_student(session: Callable[..., Session]) -> None:
    """Is a given cell that fails in the referee told apart from a wrong answer?"""
    found = session(RIGHT, given="1 / 0", t="pass").judge("t")
    assert "ZeroDivisionError" in found["broken"]


def test_time(session: Callable[..., Session]) -> None:
    """Does a test end in time if the student's function does not, and does `except` not help?"""
    one = session(
        "import time\ndef f(x): time.sleep(1)", t="try:\n    f(1)\nexcept Exception:\n    pass"
    )
    started = time.monotonic()
    assert one.judge("t", 0.5)["verdict"] == "time"
    assert time.monotonic() - started < 30


def test_a_second_connection_is_refused(session: Callable[..., Session], wire: str) -> None:
    """Is only the agent heard, and nobody after it?"""
    one = session(RIGHT, t=CHECK, u=CHECK)
    with socket.socket(socket.AF_UNIX) as early, socket.socket(socket.AF_UNIX) as late:
        early.connect(wire)  # waits behind the agent, for ever
        early.sendall(b"\0\0\0\2\0\0\0\0{}")
        assert one.judge("t")["verdict"] == "passed"
        with pytest.raises(OSError):  # noqa: PT011
            late.connect(wire)
        with pytest.raises(ConnectionError):
            early.recv(1)
    assert one.judge("u")["verdict"] == "passed"


@pytest.mark.parametrize(
    "body",
    [
        {"answer": 1, "value": 0},
        {"verdict": "passed"},
        {"bye": True},
        {"call": 1, "do": "get", "name": "lab"},
        {"answer": 2, "value": {"t": "live", "on": 1, "classes": [], "is_class": False}},
    ],
)
def test_forged_frames(session: Callable[..., Session], body: dict[str, Any]) -> None:
    """Does a frame that the student wrote to the socket earn nothing?"""
    one = session("def f(x): return x", t=CHECK)
    text = json.dumps(body).encode()
    one.sock.sendall(len(text).to_bytes(4, "big") + bytes(4) + text)
    assert one.judge("t", 2)["verdict"] in ("died", "failed", "time")


def test_plain_numbers_beside_an_answer(session: Callable[..., Session]) -> None:
    """Are those names given out that are plain numbers, and no others?"""
    one = session(
        "import numpy as np\na, b, c, d = 0.5, np.float32(2), 'x', float('nan')\ndef e(): pass"
    )
    found = one.ask(lambda: one.referee.values(["a", "b", "c", "d", "e", "nothing"], 5))
    assert found == {"values": {"a": 0.5, "b": 2.0}}


def test_long_messages_are_cut(session: Callable[..., Session]) -> None:
    """Does a message of megabytes not fill the pipe to the grader?"""
    found = session("def f(x): return 'x' * 3_000_000", t="assert not f(1), f(1)").judge("t")
    assert len(json.dumps(found)) < 20_000


def test_serve_follows_orders(wire: str) -> None:
    """Is every order answered with one line of JSON, and nothing done before the plan?"""
    orders = [
        {"do": "listen", "socket": wire},
        {"do": "plan", "cells": [{"id": "t", "kind": "test", "code": "pass"}], "variant": ""},
        {"do": "judge", "cell": "t", "seconds": 0.2},
    ]
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(order) + "\n" for order in orders)), answers)
    first, second, third = map(json.loads, answers.getvalue().splitlines())
    assert "plan" in first["broken"]
    assert second == {"ok": True}
    assert third["verdict"] == "died"


def test_the_socket_is_open_to_the_students_user(
    session: Callable[..., Session], wire: str
) -> None:
    """May another user connect, whom the folder lets through?"""
    session(RIGHT, t=CHECK)
    assert os.stat(wire).st_mode & 0o777 == 0o666
    assert Path(wire).is_socket()
