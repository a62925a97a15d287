"""Tell whether two functions did the same with the arguments that a test gave them."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

from labkit import compare

NAME = "value"  # in messages that nobody reads


class Likeness:
    """Watches functions, and asks another what it would have done in each call from outside.

    Attributes
    ----------
    differs : bool
        Whether the other did something else in any of them. What cannot be copied or compared,
        such as a model, is no difference.
    """

    def __init__(self) -> None:
        self.differs = False
        self._is_inside = False

    def watched(
        self, function: Callable[..., Any], other: Callable[[list[Any]], Any]
    ) -> Callable[..., Any]:
        """Return `function`, which compares itself with `other`, that takes a list of arguments."""

        @functools.wraps(function, updated=())
        def watching(*args: Any, **kwargs: Any) -> Any:
            if self._is_inside:  # one of the functions calls itself, or another one
                return function(*args, **kwargs)
            given = [*args, *kwargs.values()]
            copied = _copy(given)
            result, error = None, None
            self._is_inside = True
            try:
                result = function(*args, **kwargs)
                return result
            except Exception as raised:
                error = raised
                raise
            finally:
                self._is_inside = False
                if copied is not None and _do_differ(other, copied, given, result, error):
                    self.differs = True

        return watching


def _copy(given: list[Any]) -> list[Any] | None:
    try:
        return copy.deepcopy(given)
    except Exception:  # noqa: BLE001 - an object can raise anything there
        return None


def _do_differ(
    other: Callable[[list[Any]], Any],
    copied: list[Any],
    given: list[Any],
    result: Any,
    error: Exception | None,
) -> bool:
    try:
        answer = other(copied)
    except Exception as raised:  # noqa: BLE001 - to raise can be its answer
        if type(raised) is not type(error):
            return True
    else:
        if error is not None or _are_others(answer, result):
            return True
    return compare.was_changed(copied, given) is not None


def _are_others(answer: Any, result: Any) -> bool:
    try:
        return bool(
            compare.differs(answer, result, NAME)
            and compare.differs_in_numbers(answer, result, NAME, 0.0)  # NaN is NaN here
        )
    except (TypeError, ValueError):
        return False
