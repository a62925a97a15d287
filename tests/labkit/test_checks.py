"""Tests of labkit.checks."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from labkit import Check, CheckFailed, NotAttempted, Raised, Wrong


@pytest.fixture(autouse=True)
def grading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let checks raise, which is easier to test; a test of the student's session unsets this."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION")


def verdict_of(body: Callable[[Check], Any]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught, Check("The title", "the hint") as check:
        body(check)
    assert (caught.value.title, caught.value.hint) == ("The title", "the hint")
    return caught.value


def notebook(code: str) -> dict[str, Any]:
    """Run code as a notebook would, and return its names."""
    names: dict[str, Any] = {"__name__": "__main__", "Check": Check, "np": np}
    exec(compile(textwrap.dedent(code), "<cell>", "exec"), names)
    return names


def stub(images: np.ndarray) -> np.ndarray:
    raise NotImplementedError()


def test_pass_prints_one_line_and_no_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """Does a check that passes in grading keep stderr empty (nbgrader would give no points)?"""
    with Check("Adds up") as check:
        check.equal(check.call(lambda: 3), 3, "the sum")
    assert capsys.readouterr() == ("✓ Passed: Adds up\n", "")


def test_session_shows_and_goes_on(session: None, capsys: pytest.CaptureFixture[str]) -> None:
    """Does a student's notebook run on after each kind of failure?"""
    for body in (stub, lambda x: 1 / 0, lambda x: [0]):
        with Check("The title", "the hint") as check:
            check.shape(check.call(body, np.zeros(2)), (5,), "result")
            raise RuntimeError("never reached")
    out = capsys.readouterr().out
    for words in ("Not attempted yet", "Stopped by an error", "Not right yet"):
        assert f"{words}: The title" in out
    assert out.count("Where to look: the hint") == 2  # not where nothing was tried yet


def test_empty_execution_variable_is_a_session(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is an empty NBGRADER_EXECUTION the same as none?"""
    monkeypatch.setenv("NBGRADER_EXECUTION", "")
    with Check("t") as check:
        check.true(False, "more")
    assert "Expected: more" in capsys.readouterr().out


def test_interrupt_is_not_judged(session: None) -> None:
    """Does Ctrl-C still stop the notebook?"""
    with pytest.raises(KeyboardInterrupt), Check("t"):
        raise KeyboardInterrupt


def test_placeholder_is_not_attempted() -> None:
    """Is an exercise that was not touched told apart from a wrong one, with its name?"""
    error = verdict_of(lambda check: check.call(stub, np.zeros(2)))
    assert isinstance(error, NotAttempted)
    assert "your own `stub`" in error.message


@pytest.mark.parametrize("use", ["stub_result", "check.call(outer, 1)", "outer(1)", "inner(1)"])
def test_placeholder_anywhere(use: str) -> None:
    """Is the unfinished exercise named, also when another calls it or a test uses its result?"""
    code = f"""
        stub_result = ...
        def inner(x):
            raise NotImplementedError()
        def outer(x):
            return inner(x) + 1
        with Check("t") as check:
            check.equal({use}, 2, "stub_result")
        """
    with pytest.raises(NotAttempted) as caught:
        notebook(code)
    name = "stub_result" if use == "stub_result" else "inner"
    assert f"`{name}`" in caught.value.message


def test_library_without_implementation_is_an_error() -> None:
    """Is a NotImplementedError with a message, as Keras raises, not taken for the placeholder?"""

    def model(x: np.ndarray) -> np.ndarray:
        raise NotImplementedError("this layer has no call method")

    assert isinstance(verdict_of(lambda check: check.call(model, 1)), Raised)


def test_missing_name_of_an_exercise() -> None:
    """Is a name that the test cell does not find an exercise that was not run?"""
    for use in ("history", "[history for _ in range(2)]", "(lambda: history)()"):
        with pytest.raises(NotAttempted, match="`history`"):
            notebook(f"with Check('t') as check: {use}")


def test_missing_name_in_the_students_function() -> None:
    """Is a misspelt name in the student's own code an error of that code?"""
    code = """
        def f(x):
            return imgaes
        with Check("t") as check:
            {}
        """
    for use in ("f(1)", "check.call(f, 1)"):
        with pytest.raises(Raised, match="imgaes"):
            notebook(code.format(use))


def test_error_comes_with_its_arguments() -> None:
    """Does a student read which call failed, where, and how?"""

    def halve(images: np.ndarray, by: float) -> np.ndarray:
        images += 1  # what was passed is described as it was
        raise ValueError("no halves")

    error = verdict_of(lambda check: check.call(halve, np.zeros(2), by=2.5))
    assert isinstance(error, Raised)
    assert error.message.splitlines() == [
        "Expected: `halve` to run to its end",
        "Came: ValueError: no halves",
        "Called with: images = an array of shape (2,), dtype float64: 0, 0; by = 2.5 (float)",
        "Where to look: the hint",
    ]


def test_error_names_the_line() -> None:
    """Is the line of the notebook named, for a call by the check and by the cell?"""
    code = """
        def f(x):
            y = x
            return y / 0
        with Check("t") as check:
            {}
        """
    for use in ("f(1)", "check.call(f, 1)"):
        with pytest.raises(Raised, match="In the code: `f`, line 4 of its cell"):
            notebook(code.format(use))


def test_none_asks_for_return() -> None:
    """Is the commonest slip of beginners named?"""
    error = verdict_of(lambda check: check.call(lambda: None))
    assert isinstance(error, Wrong)
    assert "None: is `return` missing" in error.message
    assert "is `return` missing" in verdict_of(lambda check: check.shape(None, (3,), "x")).message


def test_changed_argument() -> None:
    """Is an input that was changed in place found, and let pass where that is allowed?"""

    def scale(images: np.ndarray) -> np.ndarray:
        images /= 255
        return images

    error = verdict_of(lambda check: check.call(scale, np.full((2, 2), 255.0)))
    assert isinstance(error, Wrong)
    assert "`images` to be the same after `scale`" in error.message
    assert "255 at [0, 0] became 1" in error.message
    assert Check("t").call(scale, np.ones(2), unchanged=False) is not None


@pytest.mark.parametrize(("value", "kind"), [(7, Wrong), (None, Wrong), (..., NotAttempted)])
def test_no_function(value: Any, kind: type[CheckFailed]) -> None:
    """Is something that cannot be called told apart from the placeholder?"""
    assert isinstance(verdict_of(lambda check: check.call(value)), kind)
    assert isinstance(verdict_of(lambda check: check.raises(ValueError, value)), kind)


def test_result_is_the_placeholder() -> None:
    """Is a function that returns ... not attempted?"""
    assert isinstance(verdict_of(lambda check: check.call(lambda: ...)), NotAttempted)


@pytest.mark.parametrize(
    "body",
    [
        lambda check: check.shape(np.zeros((3, 4)), (3, 5), "x"),
        lambda check: check.dtype(np.zeros(3), "float32", "x"),
        lambda check: check.close(0.5, 0.6, "x"),
        lambda check: check.equal([1, 2], [1, 3], "x"),
        lambda check: check.between(1.5, 0, 1, "x"),
        lambda check: check.instance([], dict, "x"),
        lambda check: check.instance([], (dict, set), "x"),
    ],
)
def test_wrong_value_names_both_sides(body: Callable[[Check], Any]) -> None:
    """Does each comparison say what was expected and what came, by the student's name?"""
    error = verdict_of(body)
    assert isinstance(error, Wrong)
    assert [label for label, _ in error.facts] == ["Expected", "Came"]
    assert "`x`" in error.facts[0][1]


@pytest.mark.parametrize("method", ["shape", "dtype", "close", "equal", "instance"])
def test_placeholder_value(method: str) -> None:
    """Is ... not attempted, whichever method meets it?"""
    error = verdict_of(lambda check: getattr(check, method)(..., (1,), "x"))
    assert isinstance(error, NotAttempted)


def test_right_values_pass() -> None:
    """Do right values pass each comparison?"""
    with Check("t") as check:
        check.shape(np.zeros((3, 4)), (None, 4), "x")
        check.dtype(np.zeros(3), (np.float32, "float64"), "x")
        check.close(0.5 + 1e-8, 0.5, "x")
        check.equal((1, 2), [1, 2], "x")
        check.between(0.5, 0, 1, "x")
        check.instance({}, (dict, set), "x")
        check.true(True, "x")


def test_raises() -> None:
    """Is the asked-for exception returned, by class or, from another process, by its name?"""

    class Remote(Exception):
        pass

    Remote.__name__ = "ValueError"
    for kind in (ValueError, Remote):

        def f(n: int, kind: type[Exception] = kind) -> None:
            raise kind("n is negative")

        assert "negative" in str(Check("t").raises((ValueError, TypeError), f, -1))


@pytest.mark.parametrize(
    ("f", "came"),
    [(lambda n: n, "returned -1 (int)"), (lambda n: [5][n - 1], "IndexError: list index")],
)
def test_raises_another_or_none(f: Callable[[int], Any], came: str) -> None:
    """Does the message say what happened instead of the exception?"""
    error = verdict_of(lambda check: check.raises(ValueError, f, -1))
    assert isinstance(error, Wrong)
    assert "a ValueError from" in error.message
    other = verdict_of(lambda check: check.raises((IndexError, KeyError), abs, -1))
    assert "an IndexError or KeyError from" in other.message
    assert came in error.message


def test_raises_meets_placeholder() -> None:
    """Is a placeholder taken neither for a wrong nor, by its base class, for a right exception?"""
    for kind in (ValueError, RuntimeError):
        error = verdict_of(lambda check, kind=kind: check.raises(kind, stub, 1))
        assert isinstance(error, NotAttempted)


def test_plain_assert_of_the_author() -> None:
    """Is an assert in the test cell a wrong result, with the author's words?"""

    def body(check: Check) -> None:
        assert not check, "one is two"

    error = verdict_of(body)
    assert isinstance(error, Wrong)
    assert error.facts[0][1].startswith("one is two")


def test_assert_in_the_students_function() -> None:
    """Is an assert in the student's function an error of that function?"""

    def f(x: int) -> int:
        assert x > 1, "too small"
        return x

    assert isinstance(verdict_of(lambda check: check.call(f, 1)), Raised)
    code = """
        def f(x):
            assert x > 1, "too small"
        with Check("t") as check:
            f(1)
        """
    with pytest.raises(Raised, match="too small"):
        notebook(code)


def test_stand_in_for_a_remote_object() -> None:
    """Does a proxy that answers politely pass where the object would?"""

    class Model:
        pass

    class Remote:
        """Calls and attributes come from elsewhere, the class is a polite lie."""

        __class__ = Model
        shape = (2, 3)
        dtype = "float32"

        def __call__(self, x: np.ndarray) -> np.ndarray:
            return x + 1

        def __deepcopy__(self, memo: dict) -> None:
            raise TypeError("cannot be copied")

        def __eq__(self, other: object) -> bool:
            raise TypeError("not to be asked")

        __hash__ = None

    remote = Remote()
    with Check("t") as check:
        check.instance(remote, Model, "model")
        check.shape(remote, (2, 3), "x")
        check.dtype(remote, "float32", "x")
        check.close(check.call(remote, np.ones(2)), [2, 2], "x")
        assert check.call(lambda model: model, remote) is remote
