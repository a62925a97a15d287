"""The referee's process as the grader holds it: start it shut in, give orders, take verdicts."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from grading.sandbox import Sandbox
from grading.stopwatch import Stopwatch
from grading.watch import Watch

START_SECONDS = 60
MAX_ANSWER = 2**20  # characters; a verdict has a few thousand


class RefereeGone(Exception):
    """The referee ended or gave no answer in time; the student's values must have overrun it."""


class RefereeProcess:
    """One referee for one submission.

    Parameters
    ----------
    sandbox
        Its surroundings; `shared` is the folder of the socket on which it meets the kernel.
    program
        Path inside of `grading/referee/process.py`.
    plan
        The first order (see `process.py`).
    submission
        The time of the whole submission.
    """

    def __init__(
        self, sandbox: Sandbox, program: Path, plan: dict[str, Any], submission: Stopwatch
    ) -> None:
        self._process = sandbox.start(
            [sys.executable, "-P", "-s", str(program)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._watch = Watch(self._process, sandbox.limits, submission.deadline)
        submission.add(self._watch)
        self._unread = b""
        self._used: float | None = None
        try:
            self.order({"do": "plan", **plan}, START_SECONDS)
        except RefereeGone:
            self.end()
            raise

    def order(self, order: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Give an order and return the answer; raise `RefereeGone` if none comes in time."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):  # a broken pipe, or one that was closed here
            raise RefereeGone("the referee has ended") from None
        try:
            return json.loads(self._line(time.monotonic() + seconds))
        except ValueError:
            raise RefereeGone("the referee gave no sensible answer") from None

    def end(self) -> float:
        """End the process; return the processor seconds that it used."""
        if self._used is None:
            self._watch.end()
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                try:
                    pipe.close()
                except OSError:  # an order that the dead process did not read
                    continue
            self._used = self._watch.cpu_seconds
        return self._used

    def _line(self, deadline: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._unread:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise RefereeGone("the referee gave no answer in time")
            got = os.read(descriptor, 65536)
            if not got or len(self._unread) > MAX_ANSWER:
                raise RefereeGone("the referee has ended")
            self._unread += got
        line, _, self._unread = self._unread.partition(b"\n")
        return line
