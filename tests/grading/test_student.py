"""Tests of the student's kernel: what running a cell gives, and how it is stopped."""

from __future__ import annotations

import os
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grading.place import Place
from grading.referee.client import RefereeGone, RefereeProcess
from grading.stopwatch import Stopwatch
from grading.student import OUTPUT_CHARACTERS, CellRun, KernelGone, StudentKernel


def message(kind: str, **content: Any) -> dict[str, Any]:
    return {"msg_type": kind, "header": {"msg_type": kind}, "content": content}


def test_streams_are_joined() -> None:
    """Are pieces of one stream one output, and the two streams two?"""
    run = CellRun()
    for name, text in (("stdout", "a"), ("stdout", "b"), ("stderr", "c")):
        run.add(message("stream", name=name, text=text))
    assert [(o["name"], o["text"]) for o in run.outputs] == [("stdout", "ab"), ("stderr", "c")]


def test_clear_output() -> None:
    """Does a progress display leave its last state only?"""
    run = CellRun()
    run.add(message("display_data", data={"text/plain": "1"}, metadata={}))
    run.add(message("clear_output", wait=True))
    run.add(message("display_data", data={"text/plain": "2"}, metadata={}))
    assert [output["data"]["text/plain"] for output in run.outputs] == ["2"]


def test_output_is_cut() -> None:
    """Is the beginning of a long output kept, its end named, and a flood reported?"""
    run = CellRun()
    run.add(message("stream", name="stdout", text="begin "))
    assert not run.add(message("stream", name="stdout", text="x" * 10**6))
    assert not run.add(message("stream", name="stdout", text="more"))
    assert run.outputs[0]["text"].startswith("begin xxx")
    assert "cut after 200,000 characters" in run.outputs[1]["text"]
    assert len(run.outputs[0]["text"]) < OUTPUT_CHARACTERS + 100
    assert run.add(message("stream", name="stdout", text="x" * 20_000_000))


@pytest.mark.parametrize(
    "forged",
    [
        message("stream", name="stdout"),
        message("stream", name="stdout", text=5),
        message("stream", name=[], text="x"),
        message("display_data", data=[1], metadata={}),
        message("display_data", data={"text/plain": {"a": 1}}, metadata=5),
        message("execute_result", data={}, metadata={}, execution_count="x"),
        message("error", ename=1, evalue=2, traceback="x"),
        message("error"),
        message("nonsense", x=1),
    ],
)
def test_forged_messages_make_no_broken_notebook(forged: dict[str, Any]) -> None:
    """Is a message that no kernel sends left out, or an output that a notebook may hold?"""
    run = CellRun()
    run.add(forged)
    cell = nbformat.v4.new_code_cell("x", outputs=run.outputs)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


def test_memory_errors_end_the_cell() -> None:
    """Is a cell that ran out of address space known as one?"""
    run = CellRun()
    run.add(message("error", ename="MemoryError", evalue="", traceback=[]))
    assert run.stopped == "memory"


@pytest.fixture
def kernel(own_tmp: Path, make_place: Callable[..., Place]) -> Iterator[StudentKernel]:
    """A kernel in its sandbox, with a referee that listens."""
    own_tmp.chmod(0o711)
    place = make_place()
    folder, wire = own_tmp / "kernel", own_tmp / "wire"
    folder.mkdir()
    wire.mkdir()
    wire.chmod(0o711)
    submission = Stopwatch(60)
    plan = {"cells": [{"id": "t", "kind": "test", "code": "pass"}], "variant": ""}
    referee = RefereeProcess(place.referee_sandbox(wire, 401), place.referee, plan, submission)
    referee.order({"do": "listen", "socket": str(wire / "s")}, 10)
    kernel = StudentKernel(
        place.student_sandbox(folder, wire, 401), wire / "s", place.agent, submission
    )
    kernel.wait_until_ready()
    yield kernel
    assert kernel.end()[0] > 0
    assert kernel.end() == kernel.end()
    assert referee.end() > 0
    with pytest.raises(RefereeGone):
        referee.order({"do": "listen", "socket": "x"}, 1)
    subprocess.run(["rm", "-rf", folder, wire], check=True)


def texts(run: CellRun) -> str:
    return "".join(output.get("text", "") for output in run.outputs)


@pytest.mark.sandbox
def test_a_session(kernel: StudentKernel) -> None:
    """Do cells share their names, errors and prints come out, and magics work?"""
    assert texts(kernel.run("x = 3\nprint(x)", 10)) == "3\n"
    assert kernel.run("x + 1", 10).outputs[0]["data"]["text/plain"] == "4"
    error = kernel.run("1 / 0", 10)
    assert (error.outputs[0]["ename"], error.stopped) == ("ZeroDivisionError", "")
    assert "3" in texts(kernel.run("!echo $((1 + 2))", 10))
    assert kernel.run("input()", 10).outputs[-1]["output_type"] == "error"
    assert len(kernel.run("for i in range(3000): display(i)", 30).outputs) == 3000
    assert kernel.run("", 10).outputs == []


@pytest.mark.sandbox
def test_a_stopped_cell_leaves_the_kernel(kernel: StudentKernel) -> None:
    """Does a kernel go on after a cell that was interrupted, with all its names?"""
    assert kernel.run("x = 1\nwhile True: pass", 0.5).stopped == "time"
    assert texts(kernel.run("print(x)", 10)) == "1\n"
    assert kernel.reason == ""


@pytest.mark.sandbox
def test_a_late_interrupt_hits_nothing_else(kernel: StudentKernel) -> None:
    """Does the interrupt of a cell that has ended meanwhile leave alone what comes next?"""
    slow = """
        import asyncio
        handlers = get_ipython().kernel.control_handlers
        interrupt = handlers["interrupt_request"]
        async def late(*args):
            await asyncio.sleep(0.5)
            await interrupt(*args)
        handlers["interrupt_request"] = late
        """
    assert kernel.run(textwrap.dedent(slow), 10).outputs == []
    assert kernel.run("print('x' * 20 * 10**6)", 10).stopped == "output"
    following = kernel.run("import time\ntime.sleep(1.5)\nprint('undisturbed')", 10)
    assert texts(following) == "undisturbed\n"


@pytest.mark.sandbox
def test_a_dead_kernel(kernel: StudentKernel) -> None:
    """Is a kernel that ended noticed at once, and for every later cell?"""
    started = time.monotonic()
    for _ in range(2):
        with pytest.raises(KernelGone) as gone:
            kernel.run("import os; os._exit(1)", 30)
        assert gone.value.reason == "died"
    assert time.monotonic() - started < 30


@pytest.mark.sandbox
def test_a_kernel_that_stops_to_answer(kernel: StudentKernel) -> None:
    """Is a kernel that was made deaf given up at the limit?"""
    with pytest.raises(KernelGone):
        kernel.run("get_ipython().kernel.shell_stream = None\n"
                   "get_ipython().kernel.iopub_socket = None\n"
                   "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
                   "while True: pass", 0.5)  # fmt: skip


@pytest.mark.sandbox
@pytest.mark.skipif(os.geteuid() != 0, reason="the grader is the same user")
def test_the_connection_file_is_private(kernel: StudentKernel, own_tmp: Path) -> None:
    """Can no other user read the key of a kernel, or list its folder?"""
    (path,) = own_tmp.glob("kernel/*/kernel.json")
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_uid != 0
