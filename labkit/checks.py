"""The check that a test cell opens: it judges what happens in its body and tells the student.

    with lab.check("Pixels lie between 0 and 1", hint="divide by 255") as check:
        x = check.call(prepare_images, images)
        check.between(x, 0, 1, "x")

In a student's session the verdict is shown and the notebook runs on. Where NBGRADER_EXECUTION is
set, a check that did not pass raises `CheckFailed`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, NoReturn, Self

from labkit import compare
from labkit.describe import (
    describe,
    describe_arguments,
    describe_error,
    function_name,
    name_arguments,
    quoted,
    student_place,
    with_article,
)
from labkit.display import show_box
from labkit.verdicts import CheckFailed, Facts, NotAttempted, Raised, Wrong

RUN_AGAIN = "finish it, run its cell, then run this one again"


def is_grading() -> bool:
    """Say whether this runs for a grade: nbgrader and our referee set NBGRADER_EXECUTION."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


class Check:
    """One check of a test cell, used as a context manager.

    Every method compares one thing and stops the check at the first that is not as expected.
    A `name` is what the student calls the value: it appears in the message.

    Parameters
    ----------
    title
        The sentence of the contract that this checks.
    hint
        Where to look when it does not pass.
    """

    def __init__(self, title: str, hint: str = "") -> None:
        self.title = title
        self.hint = hint

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if error is None:
            show_box("passed", self.title)
            return False
        if not isinstance(error, Exception):  # an interrupt is not for us to judge
            return False
        verdict = error if isinstance(error, CheckFailed) else self._judge(error)
        if not is_grading():
            # Who has not tried yet is not told how.
            hint = "" if isinstance(verdict, NotAttempted) else verdict.hint
            show_box(verdict.kind, verdict.title, verdict.facts, hint)
            return True
        if verdict is error:
            return False
        raise verdict from error

    def call(self, f: Callable[..., Any], *args: Any, unchanged: bool = True, **kwargs: Any) -> Any:
        """Call the student's function and return its result.

        Parameters
        ----------
        f
            The function, or a model or layer.
        unchanged
            Whether arrays, lists, dicts and frames among the arguments must be the same afterwards.

        Raises
        ------
        NotAttempted
            `f` or its result is still the placeholder.
        Raised
            `f` raised an exception.
        Wrong
            `f` returned None, is no function, or changed an argument.
        """
        name = quoted(function_name(f))
        self._require_callable(f)
        before = compare.snapshot({"args": args, "kwargs": kwargs})
        try:
            result = f(*args, **kwargs)
        except CheckFailed:
            raise
        except Exception as error:
            was = tuple(before["args"]), before["kwargs"]
            raise self._judge_call(error, f, *was) from error
        if result is None:
            self._fail(f"{name} to return its result", "None: is `return` missing in it?")
        self._require_attempt(result, f"the result of {name}")
        if unchanged:
            self._require_unchanged(f, before, args, kwargs)
        return result

    def shape(self, value: Any, shape: tuple[int | None, ...], name: str) -> None:
        """Want an array, tensor or list of this shape; None stands for any size."""
        self._require_attempt(value, name)
        self._fail_if(compare.differs_in_shape(value, tuple(shape), name), value)

    def dtype(self, value: Any, dtype: Any, name: str) -> None:
        """Want this dtype: a name, a NumPy type or family (``np.floating``), or one of a tuple."""
        self._require_attempt(value, name)
        self._fail_if(compare.differs_in_dtype(value, dtype, name), value)

    def close(self, value: Any, expected: Any, name: str, tol: float = 1e-6) -> None:
        """Want numbers of the same shape, nowhere further off than ``tol * max(1, |expected|)``."""
        self._require_attempt(value, name)
        self._fail_if(compare.differs_in_numbers(value, expected, name, tol), value)

    def equal(self, value: Any, expected: Any, name: str) -> None:
        """Want exactly this: a number, text, array, or a list, tuple or dict of them."""
        self._require_attempt(value, name)
        self._fail_if(compare.differs(value, expected, name), value)

    def between(self, value: Any, low: float | None, high: float | None, name: str) -> None:
        """Want a number, or every number of an array, from `low` to `high`; None leaves it open."""
        self._require_attempt(value, name)
        self._fail_if(compare.lies_outside(value, low, high, name), value)

    def instance(self, value: Any, cls: type | tuple[type, ...], name: str) -> None:
        """Want an object of this class, or of one of these."""
        self._require_attempt(value, name)
        if not isinstance(value, cls):
            classes = cls if isinstance(cls, tuple) else (cls,)
            words = " or ".join(f"`{one.__name__}`" for one in classes)
            self._fail_if((f"{quoted(name)} as an object of {words}", describe(value)), value)

    def true(self, condition: Any, message: str) -> None:
        """Want `condition` to hold; `message` says what is expected, and perhaps what came."""
        if not condition:
            self._fail(message)

    def raises(
        self,
        exc_types: type[Exception] | tuple[type[Exception], ...],
        f: Callable[..., Any],
        *args: Any,
        **kwargs: Any,
    ) -> Exception:
        """Want the call to raise one of these exceptions, and return the one that came."""
        self._require_callable(f)
        allowed = exc_types if isinstance(exc_types, tuple) else (exc_types,)
        names = [one.__name__ for one in allowed]
        call = f"{quoted(function_name(f))} with {describe_arguments(f, args, kwargs)}"
        expected = f"{with_article(' or '.join(names))} from {call}"
        try:
            result = f(*args, **kwargs)
        except CheckFailed:
            raise
        except Exception as error:
            if _is_placeholder(error):  # which is a RuntimeError, and may be among `allowed`
                raise self._judge_call(error, f, args, kwargs) from error
            # Over a process border an exception keeps its name, not always its class.
            known = {base.__name__ for base in error.__class__.__mro__}
            if isinstance(error, allowed) or known & set(names):
                return error
            self._fail(expected, describe_error(error))
        self._fail(expected, f"no error, the call returned {describe(result)}")

    def _judge(self, error: Exception) -> CheckFailed:
        """Turn an exception that reached the end of the body into a verdict."""
        place = student_place(error)
        if _is_placeholder(error):
            return self._not_attempted(f"`{place[0]}`" if place else "the exercise")
        if isinstance(error, NameError) and _raised_by_body(error):
            return self._not_attempted(f"`{error.name}`" if error.name else "the exercise")
        if isinstance(error, AssertionError) and not place:  # of the test cell, not of the student
            text = str(error).strip() or "a statement of this check does not hold"
            return Wrong(self.title, self.hint, (("Expected", text),))
        facts: Facts = (("Came", describe_error(error)),)
        if place:
            facts += (("In the code", place[1]),)
        return Raised(self.title, self.hint, facts)

    def _judge_call(
        self, error: Exception, f: Callable[..., Any], args: tuple, kwargs: Mapping
    ) -> CheckFailed:
        """Turn an exception that came out of the student's function into a verdict."""
        name = quoted(function_name(f))
        place = student_place(error)
        if _is_placeholder(error):
            return self._not_attempted(f"`{place[0]}`" if place else name)
        facts: Facts = (
            ("Expected", f"{name} to run to its end"),
            ("Came", describe_error(error)),
        )
        if place:
            facts += (("In the code", place[1]),)
        facts += (("Called with", describe_arguments(f, args, kwargs)),)
        return Raised(self.title, self.hint, facts)

    def _not_attempted(self, name: str) -> NotAttempted:
        facts = (("Expected", f"your own {name}"), ("Came", f"nothing yet: {RUN_AGAIN}"))
        return NotAttempted(self.title, self.hint, facts)

    def _fail(self, expected: str, came: str = "") -> NoReturn:
        facts: Facts = (("Expected", expected),)
        raise Wrong(self.title, self.hint, (*facts, ("Came", came)) if came else facts)

    def _fail_if(self, difference: compare.Difference, value: Any) -> None:
        if difference:
            expected, came = difference
            self._fail(expected, f"{came}: is `return` missing?" if value is None else came)

    def _require_attempt(self, value: Any, name: str) -> None:
        if value is Ellipsis:
            raise self._not_attempted(quoted(name))

    def _require_callable(self, f: Any) -> None:
        self._require_attempt(f, "function")
        if not callable(f):
            self._fail("a function", describe(f))

    def _require_unchanged(
        self, f: Callable[..., Any], before: Mapping, args: tuple, kwargs: Mapping
    ) -> None:
        now = name_arguments(f, args, kwargs)
        old = name_arguments(f, tuple(before["args"]), before["kwargs"])
        for (name, was), (_, value) in zip(old, now, strict=True):
            change = compare.was_changed(was, value)
            if change:
                self._fail(
                    f"{quoted(name)} to be the same after {quoted(function_name(f))}, "
                    "which works on a copy",
                    f"it was changed in place: {change}",
                )


def _is_placeholder(error: Exception) -> bool:
    # Ours says nothing. One with a message comes from a library, as when a layer has no `call`.
    return isinstance(error, NotImplementedError) and not str(error)


def _raised_by_body(error: Exception) -> bool:
    """Say whether the line that failed stands in the test cell, not in a function it called."""
    if isinstance(error, UnboundLocalError):
        return False
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        inner = step.tb_next.tb_frame.f_code
        if (
            not inner.co_name.startswith("<")
            or inner.co_filename != step.tb_frame.f_code.co_filename
        ):
            return False
        step = step.tb_next
    return True
