"""Tests of names: which a cell uses and binds, and whose they are."""

from __future__ import annotations

import pytest

from grading.referee.names import names_of, student_names, undefined_names


@pytest.mark.parametrize(
    ("code", "used", "bound"),
    [
        ("y = f(x)", "f x", "y"),
        ("import a.b, c as d", "", "a d"),
        ("from a import b as c", "", "c"),
        ("def f(x):\n    y = x + z\n    return y", "z", "f"),
        ("def f():\n    global g\n    g = 1", "", "f g"),
        ("class A(B):\n    c = d\n    def m(self):\n        return e", "B d e", "A"),
        ("[i * k for i in items]", "k items", ""),
        ("[last := i for i in items]", "items", "last"),
        ("lambda x: x + y", "y", ""),
        ("with open(p) as f:\n    f.read()", "open p f", "f"),
        ("for i in range(3):\n    pass", "range", "i"),
        ("try:\n    pass\nexcept E as e:\n    pass", "E", "e"),
        ("x: T = 1", "T", "x"),
        ("a[b] += c.d", "a b c", ""),
        ("n += 1", "n", "n"),
        ("n -= f(m)", "n f m", "n"),
        ("del n, a[i]", "n a i", "n"),
        ("def f(m):\n    n = 0\n    n += m\n    del n", "", "f"),
        ("match v:\n    case [first, *rest]:\n        pass", "v", "first rest"),
        ("f'{x!r:{width}}'", "x width", ""),
        ("@decorate\ndef f(x=default):\n    pass", "decorate default", "f"),
        ("def f():\n    def g():\n        return h\n    return g", "h", "f"),
        ("'x'", "", ""),
    ],
)
def test_names_of_a_cell(code: str, used: str, bound: str) -> None:
    """Which global names does a cell use, which does it bind?"""
    names = names_of(code)
    assert names.bound == set(bound.split())
    assert names.used >= set(used.split())
    assert not (names.used - set(used.split()) - names.bound)


def test_no_python() -> None:
    """Is a cell that is no Python an error?"""
    with pytest.raises(SyntaxError):
        names_of("%matplotlib inline")


def test_whose_names_they_are() -> None:
    """Does what a given cell makes of a student's name become the student's too?"""
    marks, theirs = student_names(
        [
            ("import numpy as np\nimages = np.zeros(3)", False),
            ("def prepare(x):\n    return helper(x)", True),
            ("x = prepare(images)", False),
            ("y = images + 1", False),
            ("z = x + y", False),
        ]
    )
    assert marks == [False, True, True, False, True]
    assert theirs == {"prepare", "x", "z"}


def test_undefined_names() -> None:
    """Are the names that only tests use found, and neither Python's own nor a test's?"""
    tests = ["x = f(1)\nassert len(x) == n, x", "for i in range(3):\n    display(g(i, np))"]
    assert undefined_names(tests, ["import numpy as np", "n = 3", *tests]) == {"f", "g"}
