"""The labs of the cases: small sources in the project's own format, built by its own authoring.

`std` is the lab on which plain nbgrader was measured: a function `f`, a hidden test of 2 points, a
visible one of 3, a partial-credit test of 4. The word `okapi` stands in hidden tests only.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np

from authoring.build import notebook_bytes, release, source_notebook
from authoring.source import read_source
from grading.assignment import Assignment

START = """# %% [markdown]
# # A lab

# %%
from types import SimpleNamespace

import numpy as np

import labkit

lab = SimpleNamespace(check=labkit.Check)

"""

STD = (
    START
    + '''# %% exercise="f"
def f(x):
    """Return 3 plus the sum of the squares of x."""
    ### BEGIN SOLUTION
    return 3 + float(np.sum(np.square(x)))
    ### END SOLUTION

# %% hidden="f" points=2
with lab.check("Any numbers are squared and added") as check:
    cases = [([1.5, -2.25, 8.125], 76.328125), ([0.875, 0.125], 3.78125)]  # okapi
    for x, expected in cases:
        got = f(np.array(x))
        assert np.shape(got) == ()
        np.testing.assert_equal(got, expected)

# %% test="f" points=3
with lab.check("Squares are added to 3") as check:
    cases = [([1, 2], 8), ([], 3)]
    for x, expected in cases:
        assert np.allclose(f(x), expected), "3 plus the sum of the squares"
        assert f(x) == expected, "a number, 3 plus the sum of the squares"

# %% hidden="f.partial" points=4
with lab.check("Four cases, a point each") as check:
    cases = [([3.5], 15.25), ([0.5, 0.5], 3.5), ([9.25], 88.5625), ([-7.5, 2], 63.25)]  # okapi
    points = sum([1 if f(x) == expected else 0 for x, expected in cases])
points
'''
)

# The same function, tested with what chance and the clock give.
CHANCE = (
    START
    + '''# %% exercise="f"
def f(x):
    """Return 3 plus the sum of the squares of x."""
    ### BEGIN SOLUTION
    return 3 + float(np.sum(np.square(x)))
    ### END SOLUTION

# %% test="f" points=3
with lab.check("Random numbers") as check:
    x = np.random.default_rng().normal(size=5)
    assert abs(f(x) - 3 - (x**2).sum()) < 1e-9

# %% hidden="f" points=2
with lab.check("Other random numbers") as check:
    import os
    import random

    for _ in range(3):
        x = [random.uniform(1, 2), np.random.rand(), os.urandom(1)[0] / 256]  # okapi
        assert abs(f(x) - 3 - sum(n * n for n in x)) < 1e-9

# %% hidden="f.quick" points=4
with lab.check("It is done in a tenth of a second") as check:
    import time

    started = time.perf_counter(), time.time(), time.monotonic()
    f([1.0])
    now = time.perf_counter(), time.time(), time.monotonic()
    assert max(b - a for a, b in zip(started, now)) < 0.1
'''
)

# Cells whose last line is their number of points, in the ways in which people write them.
PARTIALS = (
    START
    + '''# %% exercise="f"
def f(x):
    """Return 3 plus the sum of the squares of x."""
    ### BEGIN SOLUTION
    return 3 + float(np.sum(np.square(x)))
    ### END SOLUTION

# %% hidden="f.mean" points=4
with lab.check("Four cases, a point each") as check:
    cases = [([3.5], 15.25), ([0.5, 0.5], 3.5), ([9.25], 88.5625), ([-7.5, 2], 63.25)]  # okapi
4 * np.mean([f(x) == expected for x, expected in cases])

# %% exercise="accuracy"
def accuracy(y_true, y_pred):
    """Return the part of the predictions that are right."""
    ### BEGIN SOLUTION
    return float(np.mean(np.asarray(y_true) == np.asarray(y_pred)))
    ### END SOLUTION

# %% hidden="accuracy" points=4
with lab.check("The nearer, the more points") as check:
    distance = abs(accuracy([1, 2, 3, 4], [1, 2, 3, 5]) - 0.75)
4 * (1 - distance / 0.75)

# %% hidden="accuracy.own" points=2
with lab.check("The points are what the function says") as check:
    points = accuracy([1, 0], [1, 0])
    if points is not None:
        points = 2 * points
points
'''
)

# What people write in tests and what a careful author would not: each can be passed by an answer
# that knows nothing.
IDIOMS = (
    START
    + '''# %% exercise="g"
def g(x):
    """Return x + 1 as a new array."""
    ### BEGIN SOLUTION
    return np.asarray(x) + 1
    ### END SOLUTION

# %% hidden="g.allclose" points=1
with lab.check("One number") as check:
    assert np.allclose(g(4.25), 5.25)  # okapi

# %% hidden="g.map" points=1
with lab.check("One number after the other") as check:
    for got, expected in zip(map(g, [4.25, 6.5]), [5.25, 7.5]):  # okapi
        assert got == expected

# %% hidden="g.all" points=1
with lab.check("All of them") as check:
    assert all(map(lambda n: g(n) == n + 1, [4.25, 6.5]))  # okapi

# %% hidden="g.after" points=1
with lab.check("Compared with what the argument is afterwards") as check:
    x = np.array([4.25, 6.5])
    got = g(x)
    assert np.array_equal(got, x + 1)

# %% hidden="g.view" points=1
with lab.check("Compared with what shares its memory with the argument") as check:
    numbers = np.array([4.25, 6.5])
    got = g(numbers.reshape(2, 1))
    assert np.array_equal(got.ravel(), numbers + 1)

# %% exercise="table"
def table():
    """Return a frame with the column n: 1, 2, 3."""
    ### BEGIN SOLUTION
    import pandas as pd

    return pd.DataFrame({"n": [1, 2, 3]})
    ### END SOLUTION

# %% hidden="table.equals" points=1
with lab.check("The frame's own comparison") as check:
    import pandas as pd

    assert table().equals(pd.DataFrame({"n": [1, 2, 3]}))  # okapi

# %% hidden="table.equal" points=1
with lab.check("Compared by the test's own frame") as check:
    import pandas as pd

    assert pd.DataFrame({"n": [1, 2, 3]}).equals(table())  # okapi

# %% hidden="table.all" points=1
with lab.check("All of a column") as check:
    assert (table()["n"] == [1, 2, 3]).all()
'''
)

# nbgrader's own example: the second function has to use the first.
SQUARES = (
    START
    + '''# %% exercise="squares"
def squares(n):
    """Return the squares of 1 to n."""
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i**2 for i in range(1, n + 1)]
    ### END SOLUTION

# %% test="squares" points=1
with lab.check("Squares of the first numbers") as check:
    assert squares(3) == [1, 4, 9]

# %% exercise="sum_of_squares"
def sum_of_squares(n):
    """Return the sum of the squares of 1 to n, by `squares`."""
    ### BEGIN SOLUTION
    return sum(squares(n))
    ### END SOLUTION

# %% test="sum_of_squares" points=1
with lab.check("The sum of squares") as check:
    assert sum_of_squares(3) == 14

# %% hidden="sum_of_squares" points=1
with lab.check("It uses squares") as check:
    original = squares
    del squares
    try:
        sum_of_squares(11)
    except NameError:
        pass
    else:
        raise AssertionError("sum_of_squares does not use squares")
    finally:
        squares = original

# %% hidden="sum_of_squares.spy" points=1
with lab.check("It uses what squares gives") as check:
    original = squares
    squares = lambda n: [100.5] * n  # okapi
    try:
        got = sum_of_squares(4)
    finally:
        squares = original
    assert got == 402.0
    assert sum_of_squares(4) == 30
'''
)

# A function for each kind of thing that a function may return.
KINDS = (
    START
    + '''# %%
import collections
import dataclasses
import datetime
import pathlib

import pandas as pd

Point = collections.namedtuple("Point", "x y")

# %% exercise="count_up"
def count_up(n):
    """Yield 0, 1, … n - 1."""
    ### BEGIN SOLUTION
    yield from range(n)
    ### END SOLUTION

# %% hidden="count_up" points=1
with lab.check("A generator") as check:
    numbers = count_up(4)
    assert next(numbers) == 0
    assert list(numbers) == [1, 2, 3]
    assert next(numbers, "the end") == "the end"
    assert sum(count_up(5)) == 10

# %% exercise="make_run"
@dataclasses.dataclass
class Run:
    name: str
    losses: list

    def best(self):
        return min(self.losses)

def make_run(name, losses):
    """Return a Run."""
    ### BEGIN SOLUTION
    return Run(name, losses)
    ### END SOLUTION

# %% hidden="make_run" points=1
with lab.check("A dataclass") as check:
    run = make_run("a", [3.0, 1.0, 2.0])
    assert (run.name, run.losses, run.best()) == ("a", [3.0, 1.0, 2.0], 1.0)
    run.losses = [9.0]
    assert run.best() == 9.0

# %% exercise="make_table"
def make_table(n):
    """Return a frame with the columns n and square, indexed by letters."""
    ### BEGIN SOLUTION
    index = pd.Index(list("abcdefgh")[:n], name="letter")
    return pd.DataFrame({"n": np.arange(n), "square": np.arange(n) ** 2.0}, index=index)
    ### END SOLUTION

# %% hidden="make_table" points=1
with lab.check("A frame") as check:
    expected = pd.DataFrame(
        {"n": [0, 1, 2], "square": [0.0, 1.0, 4.0]}, index=pd.Index(list("abc"), name="letter")
    )
    pd.testing.assert_frame_equal(make_table(3), expected)
    assert make_table(3)["square"].sum() == 5.0
    assert isinstance(make_table(2), pd.DataFrame)

# %% exercise="make_adder"
def make_adder(k):
    """Return a function that adds k."""
    ### BEGIN SOLUTION
    def add(x):
        return x + k
    return add
    ### END SOLUTION

# %% hidden="make_adder" points=1
with lab.check("A function") as check:
    add = make_adder(3)
    assert callable(add)
    assert add(4) == 7
    assert make_adder(make_adder(1)(1))(5) == 7

# %% exercise="apply_twice"
def apply_twice(function, x):
    """Return function(function(x))."""
    ### BEGIN SOLUTION
    return function(function(x))
    ### END SOLUTION

# %% hidden="apply_twice" points=1
with lab.check("A function is taken") as check:
    seen = []

    def double(x):
        seen.append(x)
        return 2 * x

    assert apply_twice(double, 3) == 12
    assert seen == [3, 6]
    assert apply_twice(np.sqrt, 16.0) == 2.0

# %% exercise="summary"
def summary(day):
    """Return a point, a path and the day after."""
    ### BEGIN SOLUTION
    after = day + datetime.timedelta(days=1)
    return {"point": Point(1, 2), "path": pathlib.PurePosixPath("a/b"), "after": after}
    ### END SOLUTION

# %% hidden="summary" points=1
with lab.check("A point, a path, a day") as check:
    got = summary(datetime.date(2024, 2, 28))
    assert got["after"] == datetime.date(2024, 2, 29)
    assert got["point"] == (1, 2)
    assert (got["point"].x, got["point"].y) == (1, 2)
    assert str(got["path"]) == "a/b"
'''
)

# Tests that hand their own functions and objects to the student's.
CALLBACKS = (
    START
    + '''# %% exercise="apply"
def apply(function, x):
    """Return function(x)."""
    ### BEGIN SOLUTION
    return function(x)
    ### END SOLUTION

# %% hidden="apply" points=2
with lab.check("The function's result") as check:
    def scale(x, factor=2.5):
        return factor * x  # okapi

    assert apply(scale, 3.0) == scale(3.0)

# %% hidden="apply.once" points=1
with lab.check("The function is called once") as check:
    calls = []

    def note(x):
        calls.append(x)
        return [x, "okapi"]

    assert apply(note, 4.5) == [4.5, "okapi"]
    assert calls == [4.5]

# %% exercise="ask_all"
def ask_all(oracle, n):
    """Return the sum of the oracle's next n answers."""
    ### BEGIN SOLUTION
    return sum(oracle.ask() for _ in range(n))
    ### END SOLUTION

# %% hidden="ask_all" points=2
with lab.check("The sum of three answers") as check:
    class Oracle:
        def __init__(self):
            self.calls = 0
            self._answers = [12.125, 40.125, 11.0]  # okapi

        def ask(self):
            self.calls += 1
            return self._answers[self.calls - 1]

    assert ask_all(Oracle(), 3) == 63.25

# %% hidden="ask_all.count" points=1
with lab.check("It is asked as often as wanted, no more") as check:
    class Counter:
        calls = 0

        def ask(self):
            self.calls += 1
            return 1

    counter = Counter()
    ask_all(counter, 3)
    assert counter.calls == 3

# %% exercise="f"
def f(x):
    """Return 3 plus the sum of the squares of x."""
    ### BEGIN SOLUTION
    return 3 + float(np.sum(np.square(x)))
    ### END SOLUTION

# %%
total = f([1.0, 2.0])

# %% hidden="f" points=2
with lab.check("The test calls its expected value as the notebook calls a result") as check:
    total = 76.328125  # okapi
    assert f([1.5, -2.25, 8.125]) == total
'''
)

NET = """# %% [markdown]
# # A network

# %%
import os
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np

import labkit

lab = SimpleNamespace(check=labkit.Check)
with np.load(Path(os.environ["LABS_DATA"]) / "rows.npz") as rows:
    x_train, y_train = rows["x"], rows["y"]


def loss_of(model, x, y):
    p = np.clip(np.asarray(model(x)).ravel(), 1e-7, 1 - 1e-7)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


reference = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, activation="sigmoid")])
reference.set_weights([np.array([[1.0], [2.0], [-1.0], [0.0]]), np.array([-0.3])])

# %% exercise="build_model"
def build_model():
    '''Return a compiled network: four numbers, eight of relu, a probability.'''
    ### BEGIN SOLUTION
    model = keras.Sequential([
        keras.Input((4,)),
        keras.layers.Dense(8, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy")
    return model
    ### END SOLUTION

# %% test="build_model" points=1
with lab.check("The network has 49 numbers to learn") as check:
    import tensorflow as tf

    model = build_model()
    assert isinstance(model, keras.Model)
    assert model.count_params() == 49
    assert tf.TensorShape(model.output_shape).as_list() == [None, 1]

# %% hidden="build_model" points=2
with lab.check("It computes what its weights say") as check:
    copy = labkit.clean_copy(build_model())
    kernel, bias, kernel_2, bias_2 = copy.get_weights()
    assert kernel.shape == (4, 8)
    assert kernel_2.shape == (8, 1)
    x = np.linspace(-2, 3, 20).reshape(5, 4).astype("float32")  # okapi
    expected = 1 / (1 + np.exp(-(np.maximum(x @ kernel + bias, 0) @ kernel_2 + bias_2)))
    assert np.allclose(np.asarray(copy(x)), expected, atol=1e-5)

# %% exercise="train_model"
def train_model(model, x, y):
    '''Train the network and return the history.'''
    ### BEGIN SOLUTION
    return model.fit(x, y, epochs=25, batch_size=32, verbose=0)
    ### END SOLUTION

# %% test="train_model" points=1
with lab.check("The loss falls, in the history and in truth") as check:
    model = build_model()
    before = loss_of(labkit.clean_copy(model), x_train, y_train)
    losses = train_model(model, x_train, y_train).history["loss"]
    assert losses[-1] < losses[0]
    assert loss_of(labkit.clean_copy(model), x_train, y_train) < before

# %% hidden="train_model" points=5
with lab.check("It is right on rows that it has not seen") as check:
    with np.load(Path(os.environ["LABS_DATA"]) / "unseen.npz") as rows:  # okapi
        x, y = rows["x"], rows["y"]
    model = build_model()
    train_model(model, x_train, y_train)
    right = np.asarray(labkit.clean_copy(model)(x)).ravel().round() == y
    assert right.mean() > 0.85

# %% exercise="error_rate"
def error_rate(model, x, y):
    '''Return the part of the rows on which a model is wrong.'''
    ### BEGIN SOLUTION
    return float(np.mean(np.asarray(model(x)).ravel().round() != y))
    ### END SOLUTION

# %% test="error_rate" points=1
with lab.check("A given network is right on its own rule") as check:
    assert error_rate(reference, x_train, y_train) < 0.05

# %% hidden="error_rate" points=2
with lab.check("Any labels") as check:
    x, y = x_train[:50], 1 - y_train[:50]
    want = np.mean(np.asarray(reference(x)).ravel().round() != y)
    assert abs(error_rate(reference, x, y) - want) < 1e-6
"""

# A written answer, which a person marks, beside a tested one.
ESSAY = (
    START
    + '''# %% exercise="f"
def f(x):
    """Return 3 plus the sum of the squares of x."""
    ### BEGIN SOLUTION
    return 3 + float(np.sum(np.square(x)))
    ### END SOLUTION

# %% test="f" points=3
with lab.check("Squares are added to 3") as check:
    assert f([1, 2]) == 8

# %% [markdown] question="why" points=5
# Why is f never below 3?
#
# ### BEGIN SOLUTION
# Squares are not negative. (okapi)
# ### END SOLUTION
'''
)

# TensorFlow comes in with a test cell, and says so on descriptor 2.
LATE = (
    START
    + '''# %% exercise="f"
def f(x):
    """Return 3 plus the sum of the squares of x."""
    ### BEGIN SOLUTION
    return 3 + float(np.sum(np.square(x)))
    ### END SOLUTION

# %% test="f" points=3
with lab.check("Squares are added to 3") as check:
    import tensorflow as tf

    assert float(tf.constant(f([1, 2]))) == 8.0
'''
)

SOURCES = {
    "std": STD,
    "chance": CHANCE,
    "partials": PARTIALS,
    "idioms": IDIOMS,
    "squares": SQUARES,
    "kinds": KINDS,
    "callbacks": CALLBACKS,
    "essay": ESSAY,
    "late": LATE,
    "net": NET,
}
# What stands in hidden tests only: words of theirs, values that they put in, and that they expect.
SECRETS = (
    "okapi",
    "8.125",
    "76.328125",
    "3.78125",
    "88.5625",
    "63.25",
    "BEGIN HIDDEN",
    "i**2 for i in range(1, n + 1)",
    "a course key",
)


@dataclass(frozen=True, slots=True)
class Lab:
    """A built lab: as the grader takes it, and where its data lie."""

    assignment: Assignment
    student_data: Path
    referee_data: Path

    @property
    def maximum(self) -> dict[str, float]:
        """The points of each graded cell: tests, and answers that a person marks."""
        cells = [*self.assignment.tests, *self.assignment.questions]
        return {cell.id: float(cell.metadata.nbgrader.points) for cell in cells}


def unmarked(lab: Lab) -> dict[str, float]:
    """Return the points of the solution before a person has marked its written answers."""
    answers = {cell.id for cell in lab.assignment.questions}
    return {cell: 0.0 if cell in answers else points for cell, points in lab.maximum.items()}


def build(root: Path, name: str) -> Lab:
    """Write a lab and its notebooks below a folder, as `make labs` does, and load it."""
    script = root / "solutions" / name / f"{name}.py"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(SOURCES[name], encoding="utf-8")
    source = source_notebook(read_source(script))
    data = notebook_bytes(source)
    files = {Path("solutions", name, f"{name}.ipynb"): data} | release(name, data, script.parent)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    released = nbformat.reads(files[Path("labs", name, f"{name}.ipynb")].decode(), 4)
    some, everything = root / "data" / "some", root / "data" / "all"
    if not everything.exists():
        _write_rows(some, everything)
    return Lab(Assignment(name, source, released, {"plain": ()}), some, everything)


def _write_rows(some: Path, everything: Path) -> None:
    """Write rows to train on, and rows that only the referee (and plain nbgrader) has."""
    rng = np.random.default_rng(15)
    x = rng.normal(size=(600, 4)).astype("float32")
    y = (x[:, 0] + x[:, 1] * 2 - x[:, 2] > 0.3).astype("float32")
    some.mkdir(parents=True)
    np.savez(some / "rows.npz", x=x[:300], y=y[:300])
    shutil.copytree(some, everything)
    np.savez(everything / "unseen.npz", x=x[300:], y=y[300:])
