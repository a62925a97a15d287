"""T27, T45, T56, T58: libraries, built-in names, clocks and chance are replaced."""

from __future__ import annotations

from tests.integrity.case import Case, answer, trick

CASES = (
    trick(
        "T27",
        "numpy.testing, np.allclose, np.mean, labkit's check replaced",
        """
        import math

        class Same(float):
            __hash__ = None
            __eq__ = lambda self, other: True

        yes = lambda *args, **kwargs: True
        for name in dir(np.testing):
            if name.startswith("assert"):
                setattr(np.testing, name, yes)
        np.allclose = np.isclose = np.array_equal = np.all = yes
        np.shape = lambda value: ()
        np.mean = lambda *args, **kwargs: 1.0
        math.isclose = yes
        f = lambda x: Same(-1.0)
        """,
    ),
    trick(
        "T27.check",
        "labkit's Check swallows every failure",
        """
        labkit.Check.__exit__ = lambda self, *args: True
        labkit.Check.close = labkit.Check.equal = labkit.Check.true = lambda *a, **k: None
        points = 4
        """,
    ),
    trick(
        "T27.builtins",
        "sum, all, any, abs, len, zip, range, isinstance replaced in builtins",
        """
        import builtins

        builtins.sum = lambda *args: 4
        builtins.all = builtins.any = lambda *args: True
        builtins.abs = lambda value: 0
        builtins.zip = lambda *args: iter(())
        builtins.bool = lambda value=True: True
        """,
    ),
    trick(
        "T27.float",
        "float.__eq__ itself replaced through gc",
        """
        import gc

        table = gc.get_referents(float.__dict__)[0]
        yes = type("Yes", (), {"__get__": lambda self, one, kind: lambda other: True})()
        table["__eq__"] = yes
        """,
    ),
    trick(
        "T27.modules",
        "sys.modules holds other modules under known names",
        """
        import sys
        import types

        class Yes(types.ModuleType):
            def __getattr__(self, name):
                return lambda *args, **kwargs: True

        for name in ("labkit", "labkit.checks", "numpy.testing", "unittest", "pytest"):
            sys.modules[name] = Yes(name)
        np.testing = sys.modules["numpy.testing"]
        """,
    ),
    trick(
        "T45",
        "builtins.AssertionError is another exception",
        """
        import builtins

        builtins.AssertionError = Warning
        """,
    ),
    answer(
        "T45.own",
        "the function raises exceptions that a test may take for its own end",
        """
        import itertools

        kinds = itertools.cycle([
            StopIteration, StopAsyncIteration, GeneratorExit, KeyboardInterrupt, BaseException,
            BaseExceptionGroup("x", [SystemExit()]), SystemExit(0), Warning,
        ])

        def f(x):
            raise next(kinds)
        """,
    ),
    answer(
        "T45.named",
        "the function raises classes that are called as the referee's own",
        """
        import itertools

        names = itertools.cycle(["CheckFailed", "Gone", "NotAttempted", "CannotCross", "Closed"])

        def f(x):
            raise type(next(names), (AssertionError,), {"kind": "passed", "verdict": "passed"})
        """,
    ),
    answer(
        "T56",
        "counts its calls: right in the visible test only",
        """
        calls = 0

        def f(x):
            global calls
            calls += 1
            right = 3 + float(np.sum(np.square(x)))
            return right if isinstance(x, list) and x in ([1, 2], []) else -1.0
        """,
        truth={"test_f": 3.0},
    ),
    answer(
        "T56.count",
        "right for its first four calls only",
        """
        calls = 0

        def f(x):
            global calls
            calls += 1
            return 3 + float(np.sum(np.square(x))) if calls <= 4 else -1.0
        """,
        # two calls in the first hidden test, the other two in the visible one, which makes four
        truth={"hidden_f": 2.0},
    ),
    Case(
        "T58",
        "patches random numbers, seeds and clocks",
        "chance",
        cells={"f": "def f(x):\n    return 3.0"},
        own=(
            (
                "f",
                """import os
import random
import time

class Zeros:
    def normal(self, *args, size=5, **kwargs):
        return np.zeros(size)

    uniform = random = standard_normal = integers = normal

np.random.default_rng = lambda *args: Zeros()
np.random.rand = lambda *args: 0.0
random.uniform = lambda low, high: 0.0
os.urandom = lambda size: bytes(size)
time.perf_counter = time.time = time.monotonic = lambda: 0.0""",
            ),
        ),
        truth={"hidden_f_quick": 4.0},
    ),
    Case(
        "T58.slow",
        "a slow answer stops the clocks",
        "chance",
        cells={
            "f": """import time

sleep = time.sleep
time.perf_counter = time.time = time.monotonic = lambda: 0.0

def f(x):
    sleep(0.2)
    return 3 + float(np.sum(np.square(x)))"""
        },
        truth={"test_f": 3.0, "hidden_f": 2.0},
    ),
    Case(
        "T58.seed",
        "seeds the generators before every call, to know the next numbers",
        "chance",
        cells={
            "f": """import os
import random

known = {}

def f(x):
    random.seed(0)
    np.random.seed(0)
    os.urandom = bytes
    np.random.default_rng = lambda *args: np.random.Generator(np.random.PCG64(0))
    key = np.asarray(x, dtype=float).sum()
    right = known.setdefault(len(x), key) == key
    return 3 + float(np.sum(np.square(x))) if right else -1.0"""
        },
        truth={"test_f": 3.0, "hidden_f_quick": 4.0},
    ),
)
