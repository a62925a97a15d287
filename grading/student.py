"""The student's kernel: start it shut in, run cells within limits, let the referee in, end it."""

from __future__ import annotations

import json
import os
import queue
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import zmq
from jupyter_client.blocking import BlockingKernelClient
from nbformat.notebooknode import NotebookNode

from grading.sandbox import Sandbox, becomes_another
from grading.stopwatch import PATIENCE, Stopwatch
from grading.watch import Watch

START_SECONDS = 60
# After an interrupt, an honest cell ends at once; one that does not answer is ended by force.
GRACE_SECONDS = 3
OUTPUT_CHARACTERS = 200_000  # of one cell that are kept
FLOOD_CHARACTERS = 20_000_000  # of one cell, after which it is interrupted
# Of the kernel's messages that wait here to be read: how many, and how large each may be.
WAITING_MESSAGES = 100
MESSAGE_BYTES = 64 * 2**20


class KernelGone(Exception):
    """The student's kernel has ended or does not answer; `reason` is a verdict of the records."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class CellRun:
    """What running one cell gave: its outputs, and why it was stopped if it was."""

    outputs: list[NotebookNode] = field(default_factory=list)
    stopped: str = ""
    _characters: int = 0

    def add(self, message: dict[str, Any]) -> bool:
        """Take one message of the kernel; say whether the flood is too large to go on."""
        kind, content = message["msg_type"], message["content"]
        left = OUTPUT_CHARACTERS - self._characters
        self._characters += len(json.dumps(content, default=str))
        if kind == "clear_output":
            self.outputs.clear()
        elif self._characters <= OUTPUT_CHARACTERS:
            self._keep(message, kind)
        elif left >= 0:
            if kind == "stream":
                content["text"] = str(content.get("text", ""))[:left] + "\n"
                self._keep(message, kind)
            text = f"[output cut after {OUTPUT_CHARACTERS:,} characters]\n"
            self.outputs.append(nbformat.v4.new_output("stream", name="stdout", text=text))
        # What is left of the address space after it is not enough for the cells that follow.
        if kind == "error" and content.get("ename") == "MemoryError":
            self.stopped = "memory"
        return self._characters > FLOOD_CHARACTERS

    def _keep(self, message: dict[str, Any], kind: str) -> None:
        if kind not in ("stream", "display_data", "execute_result", "error"):
            return
        try:
            output = nbformat.v4.output_from_msg(message)
        # Whatever nbformat raises on it: a message that makes no output was sent by hand.
        except Exception:
            return
        last = self.outputs[-1] if self.outputs else None
        if kind == "stream" and last and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            self.outputs.append(output)


class StudentKernel:
    """One kernel in one sandbox.

    Parameters
    ----------
    sandbox
        With a `shared` folder, in which the kernel's sockets lie.
    wire
        Path of the referee's socket, the same inside.
    agent
        Path inside of `grading/inside/kernel.py`.
    submission
        The time of the whole submission.
    """

    def __init__(self, sandbox: Sandbox, wire: Path, agent: Path, submission: Stopwatch) -> None:
        assert sandbox.shared is not None
        folder = sandbox.shared / secrets.token_hex(4)
        folder.mkdir()
        self._write_connection(folder)
        if becomes_another() and sandbox.isolated:
            for path in (folder, *folder.iterdir()):
                os.chown(path, sandbox.uid, sandbox.uid)
        self._process = sandbox.start(
            [sys.executable, "-P", "-s", str(agent), str(folder / "kernel.json"), str(wire)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._watch = Watch(self._process, sandbox.limits, submission.deadline, sandbox.shared)
        submission.add(self._watch)
        self._context = zmq.Context()
        self._context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
        self._context.setsockopt(zmq.MAXMSGSIZE, MESSAGE_BYTES)
        self._client = BlockingKernelClient(
            connection_file=str(folder / "kernel.json"), context=self._context
        )
        self._client.load_connection_file()
        self._client.start_channels(stdin=False, hb=False)
        self._ended: tuple[float, float] | None = None

    @staticmethod
    def _write_connection(folder: Path) -> None:
        # An absolute path: client and kernel have different working folders.
        connection = {
            "transport": "ipc",
            "ip": str(folder / "k"),
            "key": secrets.token_hex(16),
            "signature_scheme": "hmac-sha256",
            "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
        }  # fmt: skip
        path = folder / "kernel.json"
        path.write_text(json.dumps(connection), encoding="utf-8")
        path.chmod(0o600)

    @property
    def reason(self) -> str:
        """Why the kernel was ended from outside: "", "memory" or "time"."""
        return self._watch.reason

    def wait_until_ready(self) -> None:
        """Return when the kernel answers; raise `KernelGone` if it does not in a minute."""
        deadline = time.monotonic() + START_SECONDS
        # Any message here shows that the subscription has reached the kernel. What the kernel sent
        # before is lost, and so would be the end of a cell that is run too early.
        while time.monotonic() < deadline:
            self._client.kernel_info()
            if self._next(self._client.iopub_channel) is not None:
                return
        raise KernelGone("time")

    def run(self, code: str, seconds: float, *, in_history: bool = True) -> CellRun:
        """Run one cell for `seconds` at most; raise `KernelGone` if the kernel ended by it.

        What is not in the kernel's history is no cell of the student's: `In` and hooks on cells
        do not see it.

        The seconds are those of a `Stopwatch`: on a busy machine a cell waits for the processor,
        which is no fault of its own.
        """
        run, time_of_cell = CellRun(), Stopwatch(seconds)
        time_of_cell.add(self._watch)
        message_id = self._client.execute(
            code, silent=not in_history, store_history=in_history, allow_stdin=False
        )
        deadline = time_of_cell.deadline
        interrupted = replied = False
        while True:
            message = self._next(self._client.iopub_channel)
            if message is not None and message["parent_header"].get("msg_id") == message_id:
                if _is_idle(message):
                    break
                flood = run.add(message)
                if flood and not interrupted:
                    run.stopped, interrupted = "output", True
                    deadline = self._interrupt()
            # The message that says "idle" may be lost, with a student's code between us.
            if message is None and replied:
                break
            replied = replied or self._has_replied(message_id)
            is_over = not interrupted and time_of_cell.left < 0
            if is_over or time.monotonic() > deadline:
                if interrupted:
                    raise KernelGone(run.stopped)
                run.stopped, interrupted = "time", True
                deadline = self._interrupt()
        # An interrupt that comes when its cell has just ended must not hit the test that follows.
        if interrupted:
            deadline = time.monotonic() + GRACE_SECONDS
            self._reply(self._client.control_channel, deadline, "interrupt_reply", run.stopped)
        return run

    def let_referee_in(self, seconds: float) -> None:
        """Make the kernel serve the referee until it is done, for so much processor time."""
        self._watch.limit_cpu(seconds)
        session = self._client.session
        self._client.shell_channel.send(session.msg("referee_request", {}))

    def referee_is_done(self) -> None:
        """Wait until the kernel is the student's again."""
        deadline = time.monotonic() + PATIENCE * GRACE_SECONDS
        self._reply(self._client.shell_channel, deadline, "referee_reply", "time")
        self._watch.limit_cpu(None)

    def end(self) -> tuple[float, float]:
        """End the kernel with everything in its sandbox; return processor seconds, peak MiB."""
        if self._ended is None:
            self._client.stop_channels()
            self._context.destroy(linger=0)
            self._watch.end()
            self._ended = (self._watch.cpu_seconds, self._watch.peak_mb)
        return self._ended

    def _interrupt(self) -> float:
        session = self._client.session
        self._client.control_channel.send(session.msg("interrupt_request", {}))
        return time.monotonic() + GRACE_SECONDS

    def _next(self, channel: Any, seconds: float = 0.2) -> dict[str, Any] | None:
        """Return the next message, None after a short while; raise if nobody is there."""
        try:
            message = channel.get_msg(timeout=seconds)
        except queue.Empty:
            self._check_alive()
            return None
        # A student's code holds the session's key and can send anything, on which the session
        # raises anything; what cannot be read as a message is none.
        except Exception:
            return None
        is_sound = all(isinstance(message[part], dict) for part in ("parent_header", "content"))
        return message if is_sound and isinstance(message["msg_type"], str) else None

    def _has_replied(self, message_id: str) -> bool:
        """Say whether the kernel's answer to a cell has come."""
        channel = self._client.shell_channel
        while channel.msg_ready():
            message = self._next(channel, 0)
            if message is not None and message["parent_header"].get("msg_id") == message_id:
                return True
        return False

    def _reply(self, channel: Any, deadline: float, kind: str, reason: str) -> None:
        """Wait for a reply of some kind; raise `KernelGone` with the reason if none comes."""
        while time.monotonic() < deadline:
            message = self._next(channel)
            if message is not None and message["msg_type"] == kind:
                return
        raise KernelGone(reason)

    def _check_alive(self) -> None:
        # No poll(): it would reap the process, and the watch may still look at its id.
        state = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if state is not None:
            raise KernelGone(self._watch.reason or "died")


def _is_idle(message: dict[str, Any]) -> bool:
    return message["msg_type"] == "status" and message["content"].get("execution_state") == "idle"
