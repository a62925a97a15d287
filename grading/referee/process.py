"""The referee's process: reads orders, runs given cells and tests, answers with verdicts.

Started by the grader in a sandbox of its own as `python -P -s process.py`. Orders come as lines of
JSON on standard input, answers go as lines of JSON to what standard output was at the start:
whatever a library prints later goes elsewhere and cannot be taken for a verdict.

    {"do": "plan", "cells": [...], "variant": "digits"}   first, once
    {"do": "listen", "socket": "/path"}                   before each start of the student's kernel
    {"do": "judge", "cell": "test_x", "seconds": 20}      while the kernel waits
    {"do": "values", "names": [...]}                      plain numbers to print beside an answer

The plan holds the hidden tests, so it exists in this process only.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import linecache
import math
import os
import random
import socket
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Any, TextIO

import numpy as np

from grading.inside.values import CannotCross
from grading.inside.wire import WireError
from grading.referee.names import names_of, student_names, undefined_names
from grading.referee.namespace import CellNames
from grading.referee.proxies import Gone, Student, StudentError

# How a verdict of labkit is called in the records.
_VERDICT = {"not_attempted": "not_attempted", "raised": "raised", "wrong": "failed"}
CODE_KINDS = ("given", "demo", "exercise", "free", "test", "hidden")
MAX_TEXT = 4000  # characters of a message


class Referee:
    """Judge the test cells of one submission.

    Parameters
    ----------
    cells
        The code cells of the source notebook in order: `id`, `kind` (one of `CODE_KINDS`), `code`.
    variant
        The variant that the student chose: it replaces the value of `VARIANT`.
    """

    def __init__(self, cells: list[dict[str, str]], variant: str) -> None:
        self._cells = cells
        self._variant = variant
        working = [cell for cell in cells if cell["kind"] in ("given", "exercise", "free")]
        marks, self._theirs = student_names(
            (cell["code"], cell["kind"] == "exercise") for cell in working
        )
        own = {cell["id"] for cell, theirs in zip(working, marks, strict=True) if not theirs}
        tests = [cell["code"] for cell in cells if cell["kind"] in ("test", "hidden")]
        self._theirs |= undefined_names(tests, [cell["code"] for cell in cells])
        # What a test may put in the place of: a student's own functions, and no given value.
        self._answers = frozenset(
            name
            for cell in working
            if cell["kind"] == "exercise"
            for name in names_of(cell["code"]).bound
        )
        self._to_run = [cell for cell in cells if cell["id"] in own]
        self._given: dict[str, Any] = {"__name__": "__main__"}
        self._listener: socket.socket | None = None
        self._student: Student | None = None

    def listen(self, path: str) -> dict[str, Any]:
        """Open the socket that the agent of the student's kernel connects to."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        if self._listener is not None:
            self._listener.close()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        # The kernel runs under another uid; the folder of the socket is closed to all but both.
        os.chmod(path, 0o666)
        self._listener.listen(1)
        self._student = None
        return {"ok": True}

    def judge(self, cell_id: str, seconds: float) -> dict[str, Any]:
        """Run one test cell; return its verdict, with the points' share if the cell gave one."""
        place = next(i for i, cell in enumerate(self._cells) if cell["id"] == cell_id)
        started = time.monotonic()
        try:
            self._run_given_cells(place)
        except Exception as error:
            return {"broken": f"a given cell of the lab failed: {_one_line(error)}"}
        result = self._judge(self._cells[place], started + seconds)
        return {"cell": cell_id, "seconds": time.monotonic() - started, **result}

    def values(self, names: list[str], seconds: float) -> dict[str, Any]:
        """Return those of the student's values that are plain numbers, by name."""
        found = {}
        with contextlib.suppress(Gone), self._asking(time.monotonic() + seconds) as student:
            for name in names:
                with contextlib.suppress(NameError, CannotCross, StudentError):
                    number = _as_number(student.get(name))
                    if number is not None:
                        found[name] = number
        return {"values": found}

    def _run_given_cells(self, place: int) -> None:
        """Run the given cells above a test that use nothing of the student's, once each."""
        above = {cell["id"] for cell in self._cells[:place]}
        while self._to_run and self._to_run[0]["id"] in above:
            cell = self._to_run.pop(0)
            exec(compile(cell["code"], cell["id"], "exec"), self._given)
            if cell["kind"] == "free" and "VARIANT" in names_of(cell["code"]).bound:
                self._given["VARIANT"] = self._variant

    def _judge(self, cell: dict[str, str], deadline: float) -> dict[str, Any]:
        from labkit import live

        _seed(cell["id"])
        try:
            with self._asking(deadline) as student:
                live.connect(student)
                try:
                    result = self._run_test(cell, student)
                finally:
                    live.connect(None)
                    student.forget()
        except Gone as gone:
            return {"verdict": gone.verdict, "message": str(gone)}
        return {
            key: value[:MAX_TEXT] if isinstance(value, str) else value
            for key, value in result.items()
        }

    def _run_test(self, cell: dict[str, str], student: Student) -> dict[str, Any]:
        """Run a test while the student's process listens: even a message may have to ask it."""
        from labkit.verdicts import CheckFailed

        try:
            everything = self._namespace(cell["code"], student)
            names = CellNames(everything, self._answers, student)
            is_over, value = _run(cell["code"], cell["id"], everything, names)
            names.write_back()
        except CheckFailed as failed:
            if isinstance(failed.__cause__, CannotCross):
                return _cannot_cross(failed.__cause__)
            verdict = _VERDICT[failed.kind]
            facts = "\n".join(f"{label}: {text}" for label, text in failed.facts)
            return {"verdict": verdict, "message": facts, "detail": facts}
        except CannotCross as reason:
            return _cannot_cross(reason)
        except AssertionError as failed:
            return {"verdict": "failed", "message": str(failed), "detail": _trace(failed)}
        except NotImplementedError as error:
            return {"verdict": "not_attempted", "message": _one_line(error)}
        except Exception as error:
            return {"verdict": "raised", "message": _one_line(error), "detail": _trace(error)}
        if is_over:
            return {"verdict": "passed"}
        number = _as_number(value)
        if number is None or number < 0:
            message = f"the cell ended in {type(value).__name__}, which is no number of points"
            return {"verdict": "failed", "message": "", "detail": message, "author": message}
        return {"verdict": "partial", "points": number}

    def _namespace(self, code: str, student: Student) -> dict[str, Any]:
        """Return the names that a test may use: the lab's, and of the student's those in it."""
        names = names_of(code)
        namespace = dict(self._given)
        for name in sorted(names.used & self._theirs):
            try:
                namespace[name] = student.get(name)
            except NameError:
                continue
            except CannotCross:
                if name not in names.bound:  # else it is the test's own: a loop's `i`, an `x`
                    raise
        return namespace

    @contextlib.contextmanager
    def _asking(self, deadline: float) -> Iterator[Student]:
        """Talk with the student's kernel, which waits, until `deadline`; let it go on after."""
        if self._student is None:
            self._student = Student(self._accept(deadline))
        channel = self._student.channel
        channel.deadline = deadline
        try:
            yield self._student
        finally:
            channel.deadline = time.monotonic() + 5
            with contextlib.suppress(WireError):
                channel.say_goodbye()

    def _accept(self, deadline: float) -> socket.socket:
        """Take the agent's connection and stop to listen: nothing that runs later can connect."""
        if self._listener is None:
            raise Gone("died", "The process of the notebook had ended before this test.")
        self._listener.settimeout(max(0.1, deadline - time.monotonic()))
        try:
            sock, _ = self._listener.accept()
        except TimeoutError:
            raise Gone("died", "The process of the notebook did not start.") from None
        finally:
            self._listener.close()
            self._listener = None
        return sock


def _cannot_cross(reason: CannotCross) -> dict[str, Any]:
    return {"verdict": "failed", "message": f"This cannot be graded: {reason}."}


def _run(code: str, name: str, everything: dict[str, Any], names: CellNames) -> tuple[bool, Any]:
    """Run a cell; tell whether that was all, else give the value of its last line: its points.

    A call that returns nothing, such as `check.equal(...)`, is all; a name that holds None is not.
    """
    lines = [f"{line}\n" for line in code.splitlines()]
    linecache.cache[name] = (len(code), None, lines, name)  # where `inspect` looks for source
    tree = ast.parse(code, name)
    if not tree.body or not isinstance(tree.body[-1], ast.Expr):
        exec(compile(tree, name, "exec"), everything, names)
        return True, None
    last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, name, "exec"), everything, names)
    value = eval(compile(last, name, "eval"), everything, names)
    return value is None and isinstance(last.body, ast.Call), value


def _as_number(value: Any) -> float | None:
    """Return a plain finite number as float, None for anything else (booleans included)."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.number)):
        return None
    if isinstance(value, np.complexfloating) or not math.isfinite(value):
        return None
    return float(value)


def _seed(name: str) -> None:
    """Give every test its own seeds, the same each time and known to nobody else."""
    key = f"{os.environ.get('LABS_COURSE_KEY', '')} {name}"
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
    random.seed(seed)
    np.random.seed(seed)
    if "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)


def _one_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:1000]


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))[-4000:]


def serve(orders: TextIO, answers: TextIO) -> None:
    """Follow orders until there are no more."""
    referee: Referee | None = None
    for line in orders:
        order = json.loads(line)
        action = order.pop("do")
        if action == "plan":
            referee = Referee(order["cells"], order["variant"])
            answer: dict[str, Any] = {"ok": True}
        elif referee is None:
            answer = {"broken": "the first order must be the plan"}
        elif action == "listen":
            answer = referee.listen(order["socket"])
        elif action == "judge":
            answer = referee.judge(order["cell"], order["seconds"])
        else:
            answer = referee.values(order["names"], order["seconds"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def main() -> None:
    """Keep the way of the verdicts to itself, then serve."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
