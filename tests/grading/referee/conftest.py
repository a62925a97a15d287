"""Run one test cell twice: in the student's own process, as plain nbgrader does, and refereed."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
import textwrap
import threading
from collections.abc import Callable
from typing import Any

import pytest

from grading.inside.agent import Agent
from grading.inside.wire import WireError
from grading.referee.process import Referee

GIVEN = """
    import numpy as np
    import labkit
    from types import SimpleNamespace
    lab = SimpleNamespace(check=labkit.Check)
"""
Verdicts = tuple[str, str, dict[str, Any]]


def plain(given: str, student: str, test: str) -> tuple[str, str]:
    """Return the verdict, and the message, of a test that runs beside the student's code."""
    from labkit.verdicts import CheckFailed

    names: dict[str, Any] = {"__name__": "__main__"}
    exec(textwrap.dedent(given), names)
    with contextlib.suppress(NotImplementedError):
        exec(textwrap.dedent(student), names)
    try:
        exec(compile(textwrap.dedent(test), "cell", "exec"), names)
    except CheckFailed as failed:
        kinds = {"not_attempted": "not_attempted", "raised": "raised", "wrong": "failed"}
        return kinds[failed.kind], str(failed)
    except AssertionError as failed:
        return "failed", str(failed)
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"
    return "passed", ""


def refereed(given: str, exercise: str, student: str, test: str) -> dict[str, Any]:
    """Return the referee's verdict; `exercise` is the source's cell, whose names are the student's."""
    cells = [("given", "given", given), ("f", "exercise", exercise), ("t", "hidden", test)]
    plan = [{"id": i, "kind": k, "code": textwrap.dedent(c)} for i, k, c in cells]
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(textwrap.dedent(given), names)
    with contextlib.suppress(NotImplementedError):
        exec(textwrap.dedent(student), names)
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as sock:
        referee = Referee(plan, "plain")
        path = os.path.join(folder, "wire")
        referee.listen(path)
        sock.connect(path)
        agent = Agent(sock, names)

        def serve() -> None:
            with contextlib.suppress(WireError):
                agent.serve()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        found = referee.judge("t", 60)
        thread.join(5)
        if referee._student is not None:
            referee._student.channel.close()
        return {**found, "names": names}


@pytest.fixture
def both_ways(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Verdicts]:
    """Return a function that gives a test's verdict in both ways."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")

    def run(exercise: str, test: str, student: str | None = None, given: str = "") -> Verdicts:
        given = textwrap.dedent(GIVEN) + textwrap.dedent(given)
        student = exercise if student is None else student
        beside, _ = plain(given, student, test)
        found = refereed(given, exercise, student, test)
        return beside, found["verdict"], found

    return run
