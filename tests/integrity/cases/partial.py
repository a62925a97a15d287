"""T48, F49, F50, and T57: cells that end in a number of points; arguments that are changed."""

from __future__ import annotations

from tests.integrity.case import Case, answer

HALF = """def f(x):
    # right where no number is negative, and where they are whole
    return 3 + float(np.sum(np.square(x))) if {condition} else -1.0"""


def points(word: str, title: str, value: str, **more: object) -> Case:
    """The function `accuracy` returns no part; `f` is wrong too."""
    cells = {"f": "def f(x):\n    return -1.0", "accuracy": value}
    id = f"T48.{word}" if word else "T48"
    return Case(id, title, "partials", cells=cells, **more)  # type: ignore[arg-type]


def returns(value: str) -> str:
    """A function that returns one value whatever it is given."""
    return f"def accuracy(y_true, y_pred):\n    return {value}"


def changes(word: str, title: str, code: str, **more: object) -> Case:
    """Another `g` in the lab of loose tests; its `table` is wrong."""
    cells = {"g": code, "table": "def table():\n    return None"}
    return Case(f"T57.{word}" if word else "T57", title, "idioms", cells=cells, **more)  # type: ignore[arg-type]


CASES = (
    points(
        "",
        "makes a partial-credit cell show nan",
        returns("float('nan')"),
    ),
    points("minus", "makes it show a negative number", returns("-1000.0")),
    points(
        "none",
        "makes it show None",
        returns("None"),
    ),
    points("infinite", "makes it show inf, and -inf", returns("float('inf')")),
    points("array", "makes it show an array", returns("np.array([0.75, 0.75])")),
    points("complex", "makes it show a complex number", returns("complex(0.75, 9.0)")),
    points(
        "huge",
        "makes it show more than there is, by numbers that overflow",
        returns("np.int8(-128) if y_pred[-1] == 5 else 1e9"),
    ),
    points(
        "bool",
        "makes it show True, which counts as the wrong 1.0 that it is",
        returns("np.True_"),
        truth={"hidden_accuracy": 4 * (1 - 0.25 / 0.75), "hidden_accuracy_own": 2.0},
    ),
    points("text", "makes it show the text 4", returns("'4'")),
    points(
        "object",
        "makes it show an object that is a number to everybody",
        """class Four(float):
    __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __abs__ = lambda self, *other: self
    __repr__ = lambda self: "4"

def accuracy(y_true, y_pred):
    return Four(-1.0)""",
    ),
    Case(
        "F49",
        "a partial cell ends in np.float64: two of four earned",
        "partials",
        cells={"f": HALF.format(condition="np.min(x) >= 0 and len(x) == 1")},
        truth={"hidden_f_mean": 2.0, "hidden_accuracy": 4.0, "hidden_accuracy_own": 2.0},
    ),
    Case(
        "F50",
        "a partial cell ends in np.float64: nothing earned",
        "partials",
        cells={"f": HALF.format(condition="False")},
        truth={"hidden_accuracy": 4.0, "hidden_accuracy_own": 2.0},
    ),
    answer(
        "F50.three",
        "three of four in a cell that ends in an int",
        HALF.format(condition="not (len(x) == 2 and np.min(x) < 0)"),
        truth={"hidden_f": 2.0, "test_f": 3.0, "hidden_f_partial": 3.0},
    ),
    Case("right.partials", "the solution of lab partials", "partials", truth=None),
    answer(
        "T57",
        "changes its argument in place, so that what a test expects becomes its own",
        """def f(x):
    if isinstance(x, np.ndarray):
        x[...] = -1
    else:
        x[:] = [0] * len(x)
    return 3.0""",
        truth={},
    ),
    changes(
        "after",
        "the same, where a test computes what it expects after the call",
        "def g(x):\n    x[...] = -1\n    return np.zeros(np.shape(x))",
        known="such a test is its author's mistake: `make check` refuses it",
    ),
    changes(
        "list",
        "empties the lists and dictionaries that it is given",
        "def g(x):\n    x[:] = []\n    return np.zeros(0)",
    ),
    changes(
        "all",
        "fills everything that its argument is a part of",
        """def g(x):
    base = x
    while getattr(base, "base", None) is not None:
        base = base.base
    base[...] = -1
    return np.zeros(np.shape(x))""",
    ),
    Case(
        "T57.empty",
        "an empty array where one number is asked for",
        "idioms",
        cells={"g": "def g(x):\n    return np.array([])", "table": "table = None"},
        known="np.allclose says yes to an empty array: `make check` refuses such a test",
    ),
    Case(
        "T57.end",
        "raises StopIteration, which ends a test's loop over map()",
        "idioms",
        cells={"g": "def g(x):\n    raise StopIteration", "table": "table = None"},
    ),
    Case(
        "T57.method",
        "a frame whose equals() says yes, a column whose all() says yes",
        "idioms",
        cells={
            "g": "g = None",
            "table": """class Frame:
    def equals(self, other):
        return True

    __eq__ = lambda self, other: self
    __getitem__ = all = lambda self, *key: self

def table():
    return Frame()""",
        },
        known="a test that asks the student's object is its author's mistake: `make check` refuses it",
    ),
    Case("right.idioms", "the solution of lab idioms", "idioms", truth=None),
)
