"""What a test does with a student's live objects, the same in a notebook and through the referee.

    labkit.inside(helper, model, x)    run a function beside the student's objects
    labkit.clean_copy(model)           a model made again, with nothing of the student's in it
    labkit.scratch()                   a folder for files that a student's function reads or writes

In a notebook, and in plain nbgrader, test and student share a process, and these do what they say
there. The referee has the student's objects in another process, and puts its own way in `_referee`.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from labkit import portable


class _Referee(Protocol):
    """How the referee does the three."""

    def inside(self, helper: Callable[..., Any], values: tuple[Any, ...]) -> Any:
        """Run a function in the student's process."""

    def clean_copy(self, model: Any) -> Any:
        """Rebuild a model of the student's process."""

    def scratch(self) -> Path:
        """Make a folder that both processes have."""


_referee: _Referee | None = None


def connect(referee: _Referee | None) -> None:
    """Let a referee do the three its way; None ends that."""
    global _referee
    _referee = referee


def inside(helper: Callable[..., Any], *values: Any) -> Any:
    """Run a function of the test beside the student's objects and return plain data.

    For what needs the live graph: a gradient tape, one step of training, a new model over the
    student's layers. Its answer is the student's word, so it never holds an expected value.

    Parameters
    ----------
    helper
        A function that the test cell defines with `def`. It may use its arguments, its own imports,
        and of the cell's names modules, library functions and plain values.
    *values
        What it is called with; the student's objects arrive as themselves.
    """
    if _referee is not None:
        return _referee.inside(helper, values)
    return helper(*values)


def clean_copy(model: Any) -> Any:
    """Return a Keras model of the same layers and numbers, made again from plain data.

    Raises
    ------
    labkit.CannotCopy
        If it has a layer of somebody's own class, or one that runs code (Lambda).
    """
    if _referee is not None:
        return _referee.clean_copy(model)
    return portable.copy_of(model)


def scratch() -> Path:
    """Return the path of a new empty folder; files in it are there for the student's functions too.

    Links and special files never cross.
    """
    if _referee is not None:
        return _referee.scratch()
    folder = tempfile.mkdtemp(prefix="labs-scratch-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
