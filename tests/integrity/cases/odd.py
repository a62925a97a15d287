"""F48, F58, F69, F70: honest functions written in other ways, names that hide others, odd values."""

from __future__ import annotations

from tests.integrity.case import RIGHT, Case, honest

SUM = "3 + float(np.sum(np.square(x)))"

CASES = (
    honest("F48", "a lambda for def, a NumPy number for float", f"f = lambda x: np.float64({SUM})"),
    honest(
        "F48.int",
        "int where the number is whole, float32 where it is exact",
        f"""
        def f(x):
            value = {SUM}
            return int(value) if value == int(value) else np.float32(value)
        """,
    ),
    honest("F48.zero", "an array of no dimensions", f"def f(x):\n    return np.array({SUM})"),
    honest(
        "F48.object",
        "an object that can be called",
        f"""
        class Summer:
            def __call__(self, x):
                return {SUM}

        f = Summer()
        """,
    ),
    honest(
        "F48.partial",
        "functools.partial of a function with one argument more",
        """
        import functools

        def add(start, x):
            return start + float(np.sum(np.square(x)))

        f = functools.partial(add, 3)
        """,
    ),
    honest(
        "F48.method",
        "a method of an object",
        f"""
        class Summer:
            def f(self, x):
                return {SUM}

        f = Summer().f
        """,
    ),
    honest(
        "F48.wrapped",
        "a decorated, nested, recursive function",
        """
        import functools

        def noted(function):
            @functools.wraps(function)
            def inner(*args, **kwargs):
                return function(*args, **kwargs)

            return inner

        @noted
        def f(x, /, start=3.0, *, _end=0):
            return start if len(x) == 0 else f(x[1:], start + float(x[0]) ** 2)
        """,
    ),
    honest(
        "F48.fraction",
        "a Fraction",
        """
        from fractions import Fraction

        def f(x):
            return 3 + sum((Fraction(float(n)) ** 2 for n in x), Fraction(0))
        """,
    ),
    honest(
        "F48.pandas",
        "a number out of a Series",
        """
        import pandas as pd

        def f(x):
            return 3 + (pd.Series(x, dtype=float) ** 2).sum()
        """,
    ),
    honest(
        "F58",
        "shadows sum and list",
        f"""
        sum = 0
        list = [1, 2]

        {RIGHT.splitlines()[0]}
            {RIGHT.splitlines()[1].strip()}
        """,
    ),
    honest(
        "F58.names",
        "uses the names of the tests for other things",
        f"""
        cases, expected, points, check, got, x = 1, 2, 3, 4, 5, 6

        def f(x):
            return {SUM}

        len = zip = range = isinstance = abs = None
        """,
    ),
    honest(
        "F58.numpy",
        "calls a list np, after the function has its own",
        """
        import numpy

        def f(x):
            return 3 + float(numpy.sum(numpy.square(x)))

        np = ["no", "longer", "numpy"]
        """,
    ),
    honest(
        "F58.lab",
        "deletes lab and labkit",
        f"""
        def f(x):
            return {SUM}

        del lab, labkit
        """,
    ),
    Case("F69", "a test deletes a name of the student's", "squares", truth=None),
    Case(
        "F69.class",
        "the function under the deleted name is a lambda that is used through a class",
        "squares",
        cells={
            "squares": "squares = lambda n: [i * i for i in range(1, n + 1)]",
            "sum_of_squares": """class Sums:
    def of(self, n):
        return sum(squares(n))

sum_of_squares = Sums().of""",
        },
        truth=None,
    ),
    Case(
        "F69.copy",
        "does not use squares",
        "squares",
        cells={
            "sum_of_squares": "def sum_of_squares(n):\n    return sum(i * i for i in range(1, n + 1))"
        },
        truth={"test_squares": 1.0, "test_sum_of_squares": 1.0},
    ),
    Case(
        "F70",
        "returns a generator, a dataclass, a frame, a function, a point, a path",
        "kinds",
        truth=None,
    ),
    Case(
        "F70.classes",
        "the same as a class with __next__, a namespace, other dtypes, a callable",
        "kinds",
        cells={
            "count_up": """class count_up:
    def __init__(self, n):
        self.numbers = list(range(n))

    def __iter__(self):
        return self

    def __next__(self):
        if not self.numbers:
            raise StopIteration
        return self.numbers.pop(0)""",
            "make_run": """class Run:
    __slots__ = ("losses", "name")

    def best(self):
        return min(self.losses)

def make_run(name, losses):
    run = Run()
    run.name, run.losses = name, list(losses)
    return run""",
            "make_adder": """import functools
import operator

def make_adder(k):
    return functools.partial(operator.add, k)""",
            "apply_twice": """def apply_twice(function, x):
    for _ in range(2):
        x = function(x)
    return x""",
        },
        truth=None,
    ),
    Case(
        "F70.wrong",
        "each of these is wrong",
        "kinds",
        cells={
            "count_up": "def count_up(n):\n    return list(range(n))",
            "make_run": "def make_run(name, losses):\n    return (name, losses)",
            "make_table": "def make_table(n):\n    return {'n': list(range(n))}",
            "make_adder": "def make_adder(k):\n    return k",
            "apply_twice": "def apply_twice(function, x):\n    return 12",
            "summary": "def summary(day):\n    return {'after': day}",
        },
    ),
)
