"""Run a lab's cells in this process, one after another, in a dictionary of names.

A kernel would cost seconds for every answer; here TensorFlow is imported once. What a cell prints
is kept aside, and figures are drawn without a screen.
"""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from authoring import timelimit
from authoring.errors import RunFailed
from authoring.outcome import Outcome
from authoring.source import Cell
from authoring.timelimit import OverTime, time_limit


@dataclass
class Session:
    """The names of a running notebook, and what it printed.

    Attributes
    ----------
    names : dict
        The notebook's global names.
    printed : io.StringIO
        Everything that cells wrote to stdout and stderr.
    seconds : dict of str to float
        Wall time of each cell that ran, by its id.
    limit : float
        Seconds after which a cell is stopped.
    """

    names: dict[str, Any] = field(default_factory=dict)
    printed: io.StringIO = field(default_factory=io.StringIO)
    seconds: dict[str, float] = field(default_factory=dict)
    limit: float = field(default_factory=lambda: timelimit.CELL_SECONDS)

    def __post_init__(self) -> None:
        self.names.setdefault("__name__", "__main__")
        self.names.setdefault("display", _display)

    def run(self, cell: Cell) -> Any:
        """Execute one code cell; return the value of its last expression, if it ends in one."""
        # The name under which tracebacks and tf.function look up the cell's lines.
        file = f"<cell {cell.id}>"
        linecache.cache[file] = (len(cell.source), None, cell.source.splitlines(True), file)
        started = time.perf_counter()
        try:
            with (
                contextlib.redirect_stdout(self.printed),
                contextlib.redirect_stderr(self.printed),
                time_limit(self.limit, f"cell `{cell.id}`"),
            ):
                return _execute(cell.source, file, self.names)
        finally:
            self.seconds[cell.id] = time.perf_counter() - started
            _close_figures()

    def run_solution(self, cells: Iterable[Cell]) -> None:
        """Execute cells of the solution, where nothing may go wrong.

        Raises
        ------
        RunFailed
            If a cell raises.
        """
        for cell in cells:
            try:
                self.run(cell)
            except (Exception, OverTime) as error:
                raise RunFailed(
                    f"the solution's cell `{cell.id}` raised {describe(error)}: mend the source."
                ) from error

    def attempt(self, cell: Cell) -> str:
        """Run a cell that may raise; return what it raised, in one line, or nothing."""
        try:
            self.run(cell)
        except (Exception, SystemExit, OverTime) as error:  # noqa: BLE001 - a student's may do so
            return describe(error)
        return ""

    def forget(self) -> None:
        """Let go of all names, when nothing runs any more.

        A function holds its globals, which are these names, and they hold the function: without
        this, arrays of hundreds of megabytes wait for the collector, session after session.
        """
        self.names.clear()

    def judge(self, test: Cell) -> Outcome:
        """Run a test cell as plain nbgrader does, and say what came of it."""
        try:
            value = self.run(test)
        except OverTime as error:
            return Outcome("time", message=str(error))
        except AssertionError as error:
            # A check of labkit's knows more than that something was not as expected.
            kinds = {"not_attempted": "not_attempted", "raised": "raised"}
            return Outcome(kinds.get(getattr(error, "kind", ""), "failed"), message=describe(error))
        except NotImplementedError as error:
            return Outcome("not_attempted", message=describe(error))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - from the answer, in a test
            return Outcome("raised", message=describe(error))
        return Outcome.of_value(value, test.points or 0.0)


def _execute(source: str, file: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(source, file)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, file, "exec", dont_inherit=True), names)  # noqa: S102 - the author's own
    if last is None:
        return None
    expression = compile(ast.Expression(last.value), file, "eval", dont_inherit=True)
    return eval(expression, names)


def describe(error: BaseException) -> str:
    """Name an exception in one line."""
    text = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}: {text}" if text else name


def _display(*values: Any, **_: Any) -> None:
    for value in values:
        print(value)


def _close_figures() -> None:
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


@contextlib.contextmanager
def environment(**settings: str | None) -> Iterator[None]:
    """Set environment variables for a while; None removes one."""
    settings = {"MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3"} | settings
    before = {name: os.environ.get(name) for name in settings}
    _set_environment(settings)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(settings: dict[str, str | None]) -> None:
    for name, value in settings.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and, where it is loaded, Keras."""
    import random

    import numpy as np

    random.seed(seed)
    np.random.seed(seed % 2**32)
    if keras := sys.modules.get("keras"):
        keras.utils.set_random_seed(seed)
