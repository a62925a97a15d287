"""Exceptions on the wire: class names, message and place cross, never the object."""

from __future__ import annotations

import builtins
import linecache
from typing import Any

MAX_TEXT = 2000  # characters of an exception's message
# Exceptions that would end the program instead of the call, were they raised there as they are.
_ENDINGS = ("SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException")
_STOPS = ("StopIteration", "StopAsyncIteration")


class FarError(Exception):
    """Base of every exception that the other side raised, beside its own built-in class."""

    where = ""
    far_number: int | None = None


def describe_error(error: BaseException) -> dict[str, Any]:
    """Return an exception as what may cross."""
    try:
        message = str(error)
    except BaseException as broken:  # an exception whose __str__ raises is still an answer
        message = f"(its message cannot be read: {type(broken).__name__})"
    classes = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    described = {
        "name": type(error).__name__,
        "classes": classes,
        "message": message[:MAX_TEXT],
        "where": _where(error),
    }
    if isinstance(error, FarError) and error.far_number is not None:
        described["raised"] = error.far_number
    return described


def as_exception(
    described: dict[str, Any], base: type[FarError] = FarError, may_stop: bool = True
) -> FarError:
    """Return an exception of the described class name that is of the same built-in kind.

    Parameters
    ----------
    described
        What `describe_error` gave.
    base
        Its other base class.
    may_stop
        Whether it may be the end of an iterator; if not, it is of that name only.
    """
    name = text(described.get("name", "")).replace("\0", "") or "Exception"
    message = text(described.get("message", ""))
    kind: type = Exception
    for one in described.get("classes", ()):
        found = getattr(builtins, str(one), None)
        if (
            isinstance(found, type)
            and issubclass(found, Exception)
            and not issubclass(found, ExceptionGroup)
            and one not in (_ENDINGS if may_stop else _ENDINGS + _STOPS)
        ):
            kind = found
            break
    made = type(name, (base, kind), {"__str__": lambda self: message})
    error = made.__new__(made)
    error.args = (message,)
    error.where = text(described.get("where", ""))
    return error


def text(value: Any) -> str:
    """Return a text from the other side without what no file can hold (half surrogate pairs)."""
    return str(value).encode("utf-8", "replace").decode()


def _where(error: BaseException) -> str:
    """Say which line of a notebook cell raised, or nothing if none did."""
    found = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "ipykernel_" in code.co_filename:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found = f"in {code.co_name}, line {trace.tb_lineno} of its cell: {line[:200]}"
        trace = trace.tb_next
    return found
