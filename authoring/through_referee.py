"""Judge a session of this process through a real referee, as grading does it.

The session's names stay here, served by the agent that runs in a student's kernel; the tests run in
a referee's process of their own. So a lab's author sees whether a test means the same in both ways.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from authoring.execute import Session
from authoring.outcome import WORDS, Outcome
from authoring.source import Cell, Source
from authoring.timelimit import OverTime, time_limit
from grading.inside.agent import Agent
from grading.inside.wire import WireError
from grading.referee.client import START_SECONDS, RefereeGone, RefereeProcess
from grading.sandbox import ROOT, Limits, Sandbox
from grading.stopwatch import Stopwatch

PROGRAM = ROOT / "grading" / "referee" / "process.py"
# The author's own work needs no isolation; memory is limited as in grading.
LIMITS = Limits(memory_mb=4096, processes=4096, file_mb=4096, cpu_seconds=24 * 3600)
GRACE = 15  # seconds beyond a test's own limit, for given cells and data


class ThroughReferee:
    """One referee's process for a lab, which judges one session after another.

    Parameters
    ----------
    source
        The lab.
    variant
        The variant that the sessions run.
    """

    def __init__(self, source: Source, variant: str) -> None:
        cells = [cell for cell in source.cells if cell.is_code]
        self._plan = {
            "cells": [{"id": one.id, "kind": one.kind, "code": one.source} for one in cells],
            "variant": variant,
        }
        self._folder = tempfile.TemporaryDirectory(prefix="labs-")
        self._process: RefereeProcess | None = None
        self._session: Session | None = None
        self._socket: socket.socket | None = None
        self._agent: Agent | None = None
        self._meetings = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._folder.cleanup()

    def begin(self, session: Session, *, anew: bool) -> Callable[[Cell], Outcome]:
        """Turn to another session and return what judges its tests.

        `anew` lets the referee run the lab's given cells again.
        """
        self._part()
        self._session = session
        if anew and self._process is not None:
            try:
                self._process.order({"do": "plan", **self._plan}, START_SECONDS)
            except RefereeGone:
                self._end()
        return self.judge

    def judge(self, test: Cell) -> Outcome:
        """Let the referee run a test on the session's names, and say what came of it."""
        try:
            agent = self._meet()
            found = self._ask(agent, test)
        except RefereeGone as gone:
            self._end()
            return Outcome("died", message=f"{gone}")
        if "broken" in found:
            self._part()
            return Outcome("broken", message=found["broken"])
        if found["verdict"] in ("time", "died"):  # the line to it is in the middle of something
            self._part()
        if found["verdict"] == "partial":
            return Outcome.of_points(found["points"], test.points or 0.0)
        verdict = found["verdict"] if found["verdict"] in WORDS else "broken"
        return Outcome(verdict, message=" ".join(found.get("message", "").split()))

    def _ask(self, agent: Agent, test: Cell) -> dict[str, Any]:
        """Give the order in a thread: a student's code has to run in this one to be stopped."""
        assert self._process is not None
        assert self._session is not None
        seconds = self._session.limit
        order = {"do": "judge", "cell": test.id, "seconds": seconds}
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(self._process.order, order, seconds + 2 * GRACE)
            answer.add_done_callback(self._hang_up)
            with (
                contextlib.suppress(OverTime, WireError),
                time_limit(seconds + GRACE, f"test `{test.id}`"),
            ):
                agent.serve()
            return answer.result()

    def _hang_up(self, answer: Future[dict[str, Any]]) -> None:
        """Let the agent go where the referee has never talked with it: a given cell failed."""
        if self._socket is not None and (answer.exception() or "broken" in answer.result()):
            self._socket.shutdown(socket.SHUT_RDWR)

    def _meet(self) -> Agent:
        """Bring the referee, which is started where none runs, and the session together."""
        assert self._session is not None
        if self._process is None:
            self._part()
            self._process = self._start()
        if self._agent is None:
            self._meetings += 1
            path = f"{self._folder.name}/{self._meetings}"
            self._process.order({"do": "listen", "socket": path}, START_SECONDS)
            self._socket = socket.socket(socket.AF_UNIX)
            self._socket.connect(path)
            self._agent = Agent(self._socket, self._session.names)
        return self._agent

    def _start(self) -> RefereeProcess:
        from data_scripts.places import cache_folder, mirror_folder

        environment = os.environ | {
            "HOME": self._folder.name,  # an empty folder: files beside the lab are not the referee's
            "LABS_DATA": str(cache_folder()),
            "LABS_MIRROR": str(mirror_folder() or ""),
            "NBGRADER_EXECUTION": "autograde",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        sandbox = Sandbox(LIMITS, environment=environment, isolated=False)
        return RefereeProcess(sandbox, PROGRAM, self._plan, Stopwatch(LIMITS.cpu_seconds))

    def _part(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = self._agent = None

    def _end(self) -> None:
        self._part()
        if self._process is not None:
            self._process.end()
            self._process = None
