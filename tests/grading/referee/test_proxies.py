"""Tests of what a test sees of a student's values: copies, functions, live objects."""

from __future__ import annotations

import collections
import inspect
import math
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grading.inside.values import CannotCross
from grading.inside.wire import Frame
from grading.referee.proxies import Gone, Live, RemoteFunction, Student, StudentError

Run = Callable[[str], Student]

THING = """
    import collections
    import numpy as np

    class Thing:
        def __init__(self):
            self.size = 3
            self.data = np.arange(3.0)
            self.me = self
        def scaled(self, factor=1):
            return self.data * factor
        def __call__(self, x, extra=0):
            return x + extra
        def __getitem__(self, key):
            return key
        def __len__(self):
            return self.size
        def __float__(self):
            return 0.5
        def __int__(self):
            return 9
        def __iter__(self):
            return iter(range(3))
        def __array__(self, dtype=None, copy=None):
            return self.data
        def __repr__(self):
            return "a thing"
        def same(self, other):
            return other is self

    thing = Thing()
    again = thing
    other = Thing()
    queue = collections.deque([1, 2])
    def identity(x):
        return x
    def is_thing(x):
        return x is thing
    def count():
        yield from (1, 2)
"""


@pytest.fixture
def things(student: Run) -> Student:
    """A student who has made live objects."""
    return student(THING)


def test_missing_names(things: Student) -> None:
    """Is a name that the student has not bound a NameError that names it?"""
    with pytest.raises(NameError) as caught:
        things.get("nothing")
    assert caught.value.name == "nothing"


def test_a_function_is_called(student: Run) -> None:
    """Does a call travel with arguments of all kinds and bring its result, exact in type?"""
    f = student("def f(*args, scale=1.0, **more):\n    return args, scale, more").get("f")
    args, scale, more = f(1, np.float32(2), [3, (4,)], scale=2.0, x=np.arange(3, dtype="u1"))
    assert args == (1, 2, [3, (4,)])
    assert type(args[1]) is np.float32
    assert scale == 2.0
    assert more["x"].dtype == np.uint8
    assert callable(f)
    assert repr(f) == "<function f>"


def test_a_function_has_signature_and_docstring(student: Run) -> None:
    """Can a test read name, signature and docstring of a student's function?"""
    code = 'def scale(x, by=2.0, *rest, **more):\n    """Scale x."""'
    f = student(code).get("scale")
    assert (f.__name__, f.__doc__) == ("scale", "Scale x.")
    assert str(inspect.signature(f)) == "(x, by=2.0, *rest, **more)"


def test_attributes_of_a_function(student: Run) -> None:
    """Can a test read what a student hung on a function?"""
    f = student("def f(): pass\nf.calls = 3").get("f")
    assert f.calls == 3
    with pytest.raises(AttributeError):
        _ = f.nothing


def test_arguments_changed_in_place(student: Run) -> None:
    """Does a test see what a function changed in its arguments?"""
    f = student("""
        def f(x, items, names, part=None):
            x *= 2
            items.append(x)
            names.update(a=1)
            part[0] = 7
    """).get("f")
    x, items, names, part = np.arange(3.0), [], {}, np.zeros(2)
    f(x, items, names, part=part)
    assert x.tolist() == [0, 2, 4]
    assert items[0].tolist() == [0, 2, 4]
    assert names == {"a": 1}
    assert part.tolist() == [7, 0]


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("raise ValueError('no')", ValueError, "ValueError"),
        ("raise KeyError('no')", KeyError, "KeyError"),
        ("raise type('Own', (ValueError,), {})('no')", ValueError, "Own"),
        ("raise SystemExit('no')", StudentError, "SystemExit"),
        ("raise KeyboardInterrupt('no')", StudentError, "KeyboardInterrupt"),
        ("raise type('Own', (BaseException,), {})('no')", StudentError, "Own"),
        ("raise UnicodeDecodeError('utf-8', b'', 0, 1, 'no')", UnicodeDecodeError, None),
        ("raise ExceptionGroup('no', [ValueError()])", StudentError, "ExceptionGroup"),
        ("raise StopIteration('no')", StudentError, "StopIteration"),
        ("raise NotImplementedError", NotImplementedError, "NotImplementedError"),
        ("f()", RecursionError, "RecursionError"),
        ("raise OSError(2, 'no')", OSError, "FileNotFoundError"),
    ],
)
def test_exceptions_keep_their_names(
    student: Run, code: str, kind: type[Exception], name: str | None
) -> None:
    """Is an exception of the student's one of the same built-in kind and name here?"""
    f = student(f"def f():\n    {code}").get("f")
    with pytest.raises(kind) as caught:
        f()
    assert isinstance(caught.value, StudentError)
    assert isinstance(caught.value, Exception)
    assert type(caught.value).__name__ == (name or kind.__name__)
    if code.endswith("('no')"):
        assert "no" in str(caught.value)


@pytest.mark.parametrize(
    "described",
    [
        {"name": "a\0b", "message": "\ud800", "classes": ["ValueError"]},
        {"name": "", "classes": ["SystemExit", "KeyboardInterrupt", "open", "no", 5]},
        {"name": 7, "message": [1], "where": {}},
    ],
)
def test_forged_exceptions(served: Any, described: dict[str, Any]) -> None:
    """Is an exception that nobody raised one that a test survives and a file can hold?"""
    with pytest.raises(StudentError) as caught:
        _answering({"error": described}).get("x")
    str(caught.value).encode()
    type(caught.value).__name__.encode()


def _answering(body: dict[str, Any]) -> Student:
    """Return a student whose side answers everything with one body."""

    class Answering(Student):
        def exchange(self, frame: Frame) -> Frame:
            return Frame(body)

    near, far = socket.socketpair()
    far.close()
    student = Answering(near)
    near.close()
    return student


def test_the_same_object_has_the_same_handle(things: Student) -> None:
    """Is an object that comes twice one handle, by every way that it comes?"""
    thing = things.get("thing")
    assert things.get("again") is thing
    assert thing.me is thing
    assert things.get("identity")(thing) is thing
    assert things.get("identity")([thing])[0] is thing
    assert things.get("other") is not thing
    assert thing == thing
    assert thing != things.get("other")
    assert len({thing, things.get("again")}) == 1


def test_a_handle_goes_back_as_itself(things: Student) -> None:
    """Is a handle as an argument the object itself, in containers too?"""
    thing = things.get("thing")
    assert things.get("is_thing")(thing) is True
    assert things.get("is_thing")(things.get("other")) is False
    assert thing.same(thing) is True
    assert things.get("identity")({"x": thing})["x"] is thing
    assert things.get("identity")(things.get("is_thing")) is things.get("is_thing")


def test_what_a_handle_answers(things: Student) -> None:
    """Do attributes, calls, indexing, iteration, numbers and arrays reach the live object?"""
    thing = things.get("thing")
    assert thing.size == 3
    thing.size = 4
    assert len(thing) == 4
    assert thing.scaled(factor=2).tolist() == [0, 2, 4]
    assert thing(1, extra=2) == 3
    assert thing["key"] == "key"
    assert thing[1:2, ...] == (slice(1, 2), Ellipsis)
    assert list(thing) == [0, 1, 2]
    assert 2 in thing
    assert float(thing) == 0.5
    assert int(thing) == 9
    assert bool(thing)
    assert repr(thing) == "a thing"
    np.testing.assert_array_equal(np.asarray(thing), [0.0, 1.0, 2.0], strict=True)
    assert np.asarray(thing, dtype="int8").dtype == np.int8
    with pytest.raises(AttributeError):
        _ = thing.nothing
    with pytest.raises(TypeError):
        thing < 1  # noqa: B015


def test_generators(things: Student) -> None:
    """Can a test step through a generator, and does it end?"""
    numbers = things.get("count")()
    assert inspect.isgenerator(numbers)
    assert next(numbers) == 1
    assert list(numbers) == [2]


def test_isinstance_by_the_first_public_class(student: Run) -> None:
    """Does `isinstance` answer by what the object's class inherits from?"""
    names = student("""
        import collections
        class Own(collections.deque): pass
        class Strange: pass
        class Number(int): pass
        own, strange = Own([1]), Strange()
    """)
    assert isinstance(names.get("own"), collections.deque)
    assert not isinstance(names.get("own"), dict)
    assert isinstance(names.get("strange"), Live)
    assert isinstance(names.get("Own"), type)
    assert not isinstance(names.get("Number"), int)
    assert isinstance(names.get("Own")([1, 2]), collections.deque)


LIES = [
    ["pandas", "DataFrame"],
    ["numpy.random", "Generator"],
    ["builtins", "int"],
    ["numpy", "ndarray"],
    ["builtins", "list"],
    ["numpy", "float64"],
]


@pytest.mark.parametrize("lie", LIES)
def test_a_handle_cannot_pose_as_plain_data(lie: list[str]) -> None:
    """Is a handle that says that it is a number or an array taken for neither?"""
    node = {"t": "live", "on": 1, "classes": [lie], "is_class": False, "callable": True}
    value = _answering({"value": node}).get("x")
    plain = (int, float, list, np.ndarray, np.generic, pd.DataFrame, np.random.Generator)
    assert not isinstance(value, plain)


@pytest.mark.parametrize(
    "node",
    [
        {"t": "live"},
        {"t": "live", "on": "x"},
        {"t": "live", "on": 1, "classes": 5, "is_class": False},
        {"t": "function", "on": 1, "name": "f", "doc": "", "parameters": [["1 x", 9, 0, 0]]},
        {"t": "function", "on": 1, "name": "f", "doc": "", "parameters": [["x", 1, 0]]},
        {"t": "mine", "on": 1},
        {"t": "public", "module": "os", "name": "system", "on": 1},
        {"t": "model", "archive": {"t": "bytes", "v": 0}, "on": 2},
    ],
)
def test_forged_handles(node: dict[str, Any]) -> None:
    """Is a handle that no agent makes a value that cannot cross?"""
    with pytest.raises(CannotCross):
        _answering({"value": node}).get("x")


def test_equal_to_everything(student: Run) -> None:
    """Does an object that says it equals everything never learn with what it is compared?"""
    names = student("""
        seen = []
        class Equal:
            def __eq__(self, other):
                seen.append(other)
                return True
            __ne__ = __lt__ = __ge__ = __eq__
            def __contains__(self, other):
                seen.append(other)
                return True
        x = Equal()
    """)
    x = names.get("x")
    assert x != 42
    assert x != 42
    assert x not in [1, "text", None]
    with pytest.raises(CannotCross, match="no array form"):
        np.array([1.0, 2.0]) == x  # noqa: B015
    with pytest.raises(TypeError):
        42 in x  # noqa: B015
    assert names.get("seen") == []


def test_lying_arrays(student: Run) -> None:
    """Does an array whose operators lie arrive as the numbers that it holds?"""
    names = student("""
        import numpy as np
        class Liar(np.ndarray):
            def __eq__(self, other): return np.True_
            def __array_ufunc__(self, *args, **kwargs): return np.zeros(3)
            def __sub__(self, other): return np.zeros(3)
        x = np.arange(3.0).view(Liar)
        class LyingFloat(float):
            def __eq__(self, other): return True
            def __sub__(self, other): return 0.0
        y = LyingFloat(2.5)
    """)
    x, y = names.get("x"), names.get("y")
    assert type(x) is np.ndarray
    assert not np.allclose(x, [5, 5, 5])
    assert type(y) is float
    assert y != 42


def test_nothing_is_unpickled(student: Run) -> None:
    """Does an object with a trap in `__reduce__` stay where it is?"""
    names = student("""
        class Trap:
            def __reduce__(self): return (print, ("sprung",))
        x = Trap()
    """)
    assert isinstance(names.get("x"), Live)


def test_what_a_test_passes(student: Run) -> None:
    """Do public functions go by name, and is what has no form refused in words?"""
    f = student("def f(g, x):\n    return g(x)").get("f")
    assert f(np.mean, [1.0, 3.0]) == 2.0
    assert f(len, [1, 2]) == 2
    assert f(math.sqrt, 4.0) == 2.0
    with pytest.raises(CannotCross, match="a test passed a _thread.lock"):
        f(len, threading.Lock())


@pytest.mark.parametrize(
    ("answer", "verdict"), [({"t": "x"}, "time"), ({}, "died"), ({"answer": "?"}, "died")]
)
def test_the_process_is_gone(served: Any, answer: dict[str, Any], verdict: str) -> None:
    """Does a test end, whatever it catches, when the student's process does not answer?"""
    near, far = socket.socketpair()
    with near, far:
        student = Student(near)
        student.channel.deadline = time.monotonic() + 0.2
        if verdict == "died":
            far.sendall(b"nonsense" * 4) if answer else far.close()
        with pytest.raises(Gone) as gone:
            student.get("x")
    assert gone.value.verdict == verdict
    assert not isinstance(gone.value, Exception)


def test_remote_functions_are_handles() -> None:
    """Are both kinds of proxies known to the encoder?"""
    assert Live.labs_handle
    assert RemoteFunction.labs_handle
