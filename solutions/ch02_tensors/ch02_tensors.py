# %% [markdown]
# # Tensors and gradients: a classifier made by hand
#
# Chapter 2 of the book, sections 2.2 to 2.4 · about 100 minutes · 20 points
#
# Afterwards you can multiply matrices, broadcast and cut batches without surprises, check a
# gradient, find out why a descent does not descend, and train a classifier with NumPy alone.

# %% [markdown]
# ## Introduction
#
# A network is arrays of numbers, a few operations on them, and a rule that changes some of them a
# little, many times. Libraries hide all three. Here you build them yourself, once, so that later
# you know what breaks when something breaks.
#
# Run the next two cells. The second starts with weights that are all 0 and changes them a hundred
# times.

# %%
COURSE = ""  # where the course can be installed from; its makers fill this in

try:
    import labkit
except ModuleNotFoundError:
    import subprocess
    import sys

    if not (COURSE and "google.colab" in sys.modules):
        raise ModuleNotFoundError(
            "labkit is missing. Run this line in the course's folder, then restart the kernel: "
            f"python -m pip install {COURSE or '.'}"
        ) from None
    # Colab has everything that labkit needs: only the course itself is added.
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", COURSE], check=True)
    import labkit

lab = labkit.start("ch02_tensors")  # first: it imports TensorFlow without its start-up messages

import math
import time

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers

from labkit import plots
from labkit.figures import BLACK, BLUE, ORANGE, shown_figure

# %% demo
(old_digits, old_names), (new_digits, new_names) = lab.load("digits")
old_names = old_names.astype("int32")
templates, seen = tf.Variable(tf.zeros((784, 10))), {}
for step in range(1, 101):
    some = slice(128 * step, 128 * (step + 1))
    rows = tf.constant(old_digits[some].reshape(128, 784) / 255, tf.float32)
    with tf.GradientTape() as tape:
        losses_of_rows = tf.nn.sparse_softmax_cross_entropy_with_logits(
            old_names[some], rows @ templates
        )
        loss = tf.reduce_mean(losses_of_rows)
    templates.assign_sub(0.5 * tape.gradient(loss, templates))
    if step in (1, 3, 10, 30, 100):
        seen[step] = templates.numpy().T
pictures = np.array([now[digit] / np.abs(now).max() for digit in (0, 3) for now in seen.values()])
plots.image_grid(
    np.clip(0.5 + pictures.reshape(10, 28, 28) / 2, 0, 1),
    [f"{digit}, step {step}" for digit in (0, 3) for step in seen],
    columns=5,
    title="How the weights for 0 and 3 change",
)
right = (new_digits.reshape(-1, 784) @ templates.numpy()).argmax(axis=1) == new_names
print(f"Of {len(right):,} new digits it names {np.mean(right):.0%} rightly.")

# %% [markdown]
# Each picture shows 784 weights: light pixels speak for the digit, dark ones against it, and each
# step is scaled by its own largest weight. Nobody drew these. A hundred small steps against a slope
# did, and in this lab you write their parts yourself: the products, the batches, the slopes, the
# steps. Two short functions, softmax and the loss, are given.
#
# People who work with networks spend much of their time on shapes that do not fit, on losses that
# do not fall, and on results that are wrong without a message. All three are in here.
#
# Now a look at the machine. A GPU is welcome but not needed.

# %% test="environment" points=0 part="results"
with lab.check(
    "This machine has what the lab needs",
    hint="the message names what is missing; the course's README says how to install it",
) as check:
    lab.environment_check(check)

# %% [markdown]
# ## Theory
#
# ### Tensors
#
# A **tensor** is an array of numbers with any number of axes. Three things describe it: its
# **rank**, the number of axes (`x.ndim`); its **shape**, the size of each axis; and its **dtype**,
# what kind of number it holds. A single number has rank 0 and shape `()`, a vector rank 1, a matrix
# rank 2. Mind the word *dimension*: a vector of five numbers is called 5-dimensional, yet has one
# axis.
#
# Axis 0 nearly always counts the samples. The next line chooses the data: `"digits"`, or the
# variant that your course gave you.

# %% free
VARIANT = "digits"

# %%
CLASS_NAMES = list("0123456789")
if VARIANT == "fashion":
    CLASS_NAMES = ["T-shirt", "trousers", "pullover", "dress", "coat"]
    CLASS_NAMES += ["sandal", "shirt", "sneaker", "bag", "boot"]

(train_images, train_labels), (test_images, test_labels) = lab.load(VARIANT)
for name, tensor in [("train_images", train_images), ("train_labels", train_labels)]:
    print(
        f"{name}: rank {tensor.ndim}, shape {tensor.shape}, {tensor.dtype}, {tensor.nbytes:,} bytes"
    )

# A network takes rows of floats from 0 to 1, so each image becomes one row of 784.
x_train = train_images.reshape(len(train_images), 28 * 28).astype("float32") / 255
x_test = test_images.reshape(len(test_images), 28 * 28).astype("float32") / 255
print(
    f"x_train: rank {x_train.ndim}, shape {x_train.shape}, {x_train.dtype}, {x_train.nbytes:,} bytes"
)

# %% [markdown]
# The next table shows other kinds of data, with the book's sizes. It works the bytes out from the
# shape and allocates nothing. That is wise: a million short messages, each character one-hot among
# 128, need more than most computers have.

# %% demo
KINDS = {
    "vectors: people × (age, postcode, income)": ((100_000, 3), "float32"),
    "vectors: documents × counts of words": ((500, 20_000), "float32"),
    "time series: days × minutes × prices": ((250, 390, 3), "float32"),
    "text: messages × characters × one-hot": ((1_000_000, 280, 128), "float32"),
    "images: samples × height × width × colours": ((128, 256, 256, 3), "uint8"),
    "video: clips × frames × height × width × colours": ((4, 240, 144, 256, 3), "float32"),
}
table = []
for kind, (shape, dtype) in KINDS.items():
    size = math.prod(shape) * np.dtype(dtype).itemsize
    table.append(
        [kind, len(shape), str(shape), dtype, f"{size / 1e6:,.1f}", f"{size / 2**20:,.1f}"]
    )
print(
    pd.DataFrame(table, columns=["kind", "rank", "shape", "dtype", "MB", "MiB"]).to_string(
        index=False
    )
)

print("\nOne image in numbers, rows 10 to 14, columns 8 to 19:")
print(train_images[0, 10:15, 8:20])
plots.image_grid(
    np.concatenate([train_images[:5, 7:-7, 7:-7], train_images[:5, 14:, 14:]]),
    ["[7:-7, 7:-7]"] * 5 + ["[14:, 14:]"] * 5,
    columns=5,
    title="Slices: the middle, and a corner",
)

# %% [markdown]
# **Look at** MB and MiB, a million bytes and 2²⁰ bytes: they differ by 5%, and many texts write MB
# for both (the book too, with its 405 MB of video). And at the slices:
# `train_images[:, 7:-7, 7:-7]` cuts all images at once. A slice is a **view**: it shares the
# numbers with the whole, so who writes into it changes the whole.
#
# ### Products
#
# A layer of a network is `relu(x @ w + b)`: a matrix product, an addition, and something simple for
# each number (the `relu` makes negative numbers 0). In the **product** of x with shape (a, b) and y
# with shape (b, c), the number in row i and column j is the sum over k of `x[i, k] · y[k, j]`: row
# i of x against column j of y. The inner sizes must agree and vanish; the outer ones remain: (a,
# c). With a vector y of shape (b,) the result has shape (a,): one number for each *row of x*. A
# result of y's length would fit square matrices only (a note in the book's margin has this slip).
#
# `x * y` is something else: it multiplies number by number.

# %% demo
left, right = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [0, 1], [1, 1]])
print("row 1 of x against column 0 of y: 4·1 + 5·0 + 6·1 = 10\n")
for name, value in {"x": left, "y": right, "x @ y": left @ right, "y @ x": right @ left}.items():
    print(f"{name}, shape {value.shape}:\n{value}")

# %% [markdown]
# ## Work
#
# Six exercises ask for a function each (the last one for two) and say what it takes and returns:
# its **contract**. The tests below show at once what is right and what is missing; hidden tests
# repeat the same sentences with other numbers when your work is graded. Two rules of the house hold
# for all functions. *Arguments stay as they were*: return something new. *Every row counts*: the
# last batch, which is smaller, is used too.
#
# ### Exercise 1: the matrix product
#
# Write `matmul(x, y)` (2.5 points), with loops and without `@`, `np.dot` and their kin: the tests
# look at results only, but the loops are what you learn from. One, two or three are all right.
#
# - `x` is a matrix (a, b). `y` is a matrix (b, c), and the result has shape (a, c); or `y` is a
#   vector (b,), and the result has shape (a,).
# - The result is float64, whatever numbers come. Pixels are uint8, and in uint8 200 · 2 is 144,
#   because such numbers start again at 0 after 255. So make floats before you multiply.
# - It raises `ValueError` if the inner sizes differ, if `x` is no matrix, or if `y` is neither
#   matrix nor vector. Without your own check, loops may run over a wrong shape in silence
#   (and `x @ y` would multiply vectors and stacks of matrices too).


# %% exercise="matmul" trap=true
def matmul(x, y):
    """Return the product of a matrix (a, b) and a matrix (b, c) or vector (b,) as float64."""
    ### BEGIN SOLUTION
    if x.ndim != 2 or y.ndim not in (1, 2) or x.shape[1] != y.shape[0]:
        raise ValueError(f"no product of shapes {x.shape} and {y.shape}")
    x, y = x.astype("float64"), y.astype("float64")
    # (a,) for a vector y and (a, c) for a matrix.
    result = np.zeros(x.shape[:1] + y.shape[1:])
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            result[i] += x[i, k] * y[k]
    return result
    ### END SOLUTION


# %% test="matmul" points=0.75
with lab.check(
    "matmul multiplies rows by columns, for a matrix and for a vector, as float64",
    hint="result[i, j] is the sum of x[i, k] * y[k, j] over k; what shape has it for a vector y? "
    "Are both arguments floats before you multiply?",
) as check:
    x = np.array([[1, 2, 3], [4, 5, 6]])
    y = np.array([[1, 0, 2, 1], [0, 1, 1, 3], [1, 1, 0, 0]])
    result = check.call(matmul, x.copy(), y, unchanged=False)
    check.close(result, [[4, 5, 4, 7], [10, 11, 13, 19]], "matmul(x, y)")
    check.dtype(result, "float64", "matmul(x, y)")
    result = check.call(matmul, x.copy(), np.array([1.5, 0, 2]), unchanged=False)
    check.close(result, [7.5, 18], "matmul(x, vector)")
    pixels = np.array([[200, 100], [255, 255]], dtype="uint8")
    result = check.call(matmul, pixels, np.array([2, 3], dtype="uint8"), unchanged=False)
    check.close(result, [700, 1275], "matmul of uint8 numbers")

# %% test="matmul.shapes" points=0.25
with lab.check(
    "matmul refuses shapes that have no such product, and leaves its arguments as they were",
    hint="compare `x.shape[1]` with `y.shape[0]`, and look at `x.ndim` and `y.ndim`",
) as check:
    check.call(matmul, np.ones((2, 3)), np.ones((3, 2)))
    for first, second in [((2, 3), (2, 3)), ((2, 3), (4,)), ((3,), (3, 2)), ((2, 3), (3, 2, 2))]:
        check.raises(ValueError, matmul, np.ones(first), np.ones(second))

# %% hidden="matmul" points=1
with lab.check(
    "matmul gives the product for other shapes and numbers: high, wide, square, vectors, uint8",
    hint="try x of shape (2, 5) with a vector of 5, and numbers above 100 in uint8",
) as check:
    rng = lab.rng("matmul")
    for first, second in [((4, 2), (2, 5)), ((3, 3), (3, 3)), ((2, 6), (6,)), ((5, 1), (1, 2))]:
        x, y = rng.normal(size=first), rng.normal(size=second)
        expected = np.einsum("ik,k...->i...", x, y)
        result = check.call(matmul, x, y, unchanged=False)
        check.close(result, expected, f"the product of {first} and {second}", tol=1e-5)
    x = rng.integers(100, 256, size=(3, 4), dtype="uint8")
    y = rng.integers(100, 256, size=(4, 3), dtype="uint8")
    expected = x.astype(float) @ y.astype(float)
    result = check.call(matmul, x, y, unchanged=False)
    check.close(result, expected, "the product of uint8 matrices")
    check.dtype(result, "float64", "the product of uint8 matrices")

# %% hidden="matmul.shapes" points=0.5
with lab.check(
    "matmul refuses other shapes that do not fit, and leaves other arguments as they were",
    hint="a ValueError of your own, before the first loop; no `+=` on an argument",
) as check:
    rng = lab.rng("matmul.shapes")
    x, y = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    expected = x @ y
    check.close(check.call(matmul, x, y), expected, "matmul(x, y)", tol=1e-5)
    for first, second in [((3, 2), (3, 4)), ((4, 3), (4,)), ((4,), (4,)), ((2, 2, 3), (3, 2))]:
        check.raises(ValueError, matmul, rng.normal(size=first), rng.normal(size=second))

# %% [markdown]
# How much time do loops cost? The next cell multiplies 64 images by ten templates in three ways:
# with your loops, with NumPy, with TensorFlow. All three do the same 501,760 multiplications.

# %% demo
with lab.needs("matmul"):
    rows, ten = x_test[:64], np.random.default_rng(0).normal(size=(784, 10)).astype("float32")
    ways = {"your loops": matmul, "NumPy": np.matmul, "TensorFlow": tf.matmul}
    seconds = {}
    for name, way in ways.items():
        way(rows[:2], ten)  # once before the clock runs
        start = time.perf_counter()
        repeats = 1 if name == "your loops" else 50
        for _ in range(repeats):
            way(rows, ten)
        seconds[name] = (time.perf_counter() - start) / repeats
    with shown_figure("The same product in three ways", 6.4, 2.4) as (figure, caption):
        axes = figure.subplots()
        axes.barh(list(seconds), [1000 * value for value in seconds.values()], color=BLUE)
        axes.set_xscale("log")
        axes.set_xlabel("Milliseconds (each line is ten times the one before)")
        words = ", ".join(f"{name} {1000 * value:.3g} ms" for name, value in seconds.items())
        caption.append(f"Bars on a logarithmic axis: {words}.")
    print(
        f"Your loops take {seconds['your loops'] / seconds['NumPy']:,.0f} times as long as NumPy."
    )

# %% [markdown]
# **Look at** the axis: it is logarithmic. The number below it depends on how many loops you took,
# and may change by a factor of ten where others use the machine too. NumPy calls a compiled routine
# that keeps the processor busy; Python looks up types and objects for each single number.
# TensorFlow has some work before every call; it pays off for large products and on a GPU.
#
# ### Broadcasting
#
# In `x @ w + b` the product has shape (N, 10), and b has shape (10,): one number a class, for all N
# rows. The smaller tensor is **broadcast**: it gets new axes *in front*, until the ranks agree, and
# is repeated along them. The book's rule: this works if one shape is the **tail** of the other, as
# (10,) of (32, 10), or (32, 10) of (64, 3, 32, 10).
#
# NumPy, TensorFlow and Keras go further: an axis of size 1 is stretched as well. That is useful,
# and the source of a silent bug:

# %% demo
ages = np.array([[20.0], [30.0], [40.0]])  # shape (3, 1), as a model with one output gives it
guesses = np.array([20.0, 30.0, 40.0])  # shape (3,): the same numbers
print("ages - guesses has shape", (ages - guesses).shape)
print(ages - guesses)
print(f"mean error of a perfect guess: {np.abs(ages - guesses).mean():.1f} years")

# %% [markdown]
# All guesses are right, and the mean error is not 0. There was no message.
#
# ### Exercise 2: broadcasting, the strict way
#
# Write `broadcast_add(x, y)` (2 points), by the book's rule and no other.
#
# - It takes two arrays of floats of any rank, the one with more axes first or second.
# - It returns their sum, with the longer of both shapes. The shorter array is repeated along the
#   **front** axes of the longer: with (3, 3) + (3,) every *row* gets the three numbers, not every
#   column. In a square nothing else would tell you.
# - A single number has shape `()`, which is the tail of every shape. (A trap: `shape[-0:]` is the
#   whole shape and not its empty end.)
# - If no shape is the tail of the other, it raises `ValueError`, also where NumPy would stretch a
#   1: (3, 1) with (3,), (1, 4) with (3, 4), (4,) with (4, 1).
#
# Check the shapes yourself, then repeat: with a loop, by writing into a new array, with `np.tile`
# or `np.broadcast_to`; every way is allowed. (`np.tile` wants one count for each axis of the
# result, and the count is 1 for the axes that the smaller array has. Give it fewer, and it takes
# them for the *last* axes.) A bare `x + y` without a check goes by NumPy's wider rules, and the
# tests notice.


# %% exercise="broadcast_add" trap=true
def broadcast_add(x, y):
    """Return x + y where one shape is the tail of the other; else raise ValueError."""
    ### BEGIN SOLUTION
    if x.ndim < y.ndim:
        x, y = y, x
    front = x.shape[: x.ndim - y.ndim]
    if front + y.shape != x.shape:
        raise ValueError(f"{y.shape} is not the tail of {x.shape}")
    repeated = np.empty(x.shape)
    for place in np.ndindex(front):
        repeated[place] = y
    return x + repeated
    ### END SOLUTION


# %% test="broadcast_add" points=0.5
with lab.check(
    "broadcast_add repeats the smaller array along the front axes, in either order, for any rank",
    hint="which axes does the shorter array not have? All of them, if its shape is (). "
    "Print the shape of the repeated array: is it the longer one's?",
) as check:
    x, y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 20.0])
    deep = np.arange(8.0).reshape(2, 2, 2)
    cases = {
        "broadcast_add(x, y)": (x, y, [[11, 22], [13, 24]]),
        "broadcast_add(y, x)": (y, x, [[11, 22], [13, 24]]),
        "broadcast_add(y, y)": (y, y, [20, 40]),
        "the sum of shapes (2,) and ()": (y, np.array(5.0), [15, 25]),
        "the sum of ranks 3 and 2": (deep, x, [[[1, 3], [5, 7]], [[5, 7], [9, 11]]]),
    }
    for name, (first, second, expected) in cases.items():
        result = check.call(broadcast_add, first.copy(), second.copy(), unchanged=False)
        check.close(result, expected, name)

# %% test="broadcast_add.shapes" points=0.25
with lab.check(
    "broadcast_add refuses every other pair of shapes, and leaves its arguments as they were",
    hint="the last sizes of the longer shape have to equal the shorter shape, and 1 is no exception",
) as check:
    check.call(broadcast_add, np.ones((2, 3)), np.ones(3))
    for first, second in [((2, 3), (2,)), ((3, 1), (3,)), ((1, 4), (3, 4)), ((2, 3), (3, 2))]:
        check.raises(ValueError, broadcast_add, np.ones(first), np.ones(second))

# %% hidden="broadcast_add" points=0.75
with lab.check(
    "broadcast_add gives the sum for other shapes: squares, ranks 0 to 4, either order",
    hint="try a square with a vector whose numbers all differ, and a single number",
) as check:
    rng = lab.rng("broadcast_add")
    pairs = [
        ((4, 4), (4,)),
        ((32, 10), (10,)),
        ((2, 3, 3, 3), (3, 3)),
        ((3, 2), ()),
        ((5,), (2, 5)),
    ]
    for first, second in pairs:
        x, y = rng.normal(size=first), rng.normal(size=second)
        expected = x + y
        result = check.call(broadcast_add, x, y, unchanged=False)
        check.close(result, expected, f"the sum of {first} and {second}")

# %% hidden="broadcast_add.shapes" points=0.5
with lab.check(
    "broadcast_add refuses other pairs, those with a 1 too, and leaves other arguments as they were",
    hint="NumPy stretches an axis of size 1 and this function does not",
) as check:
    rng = lab.rng("broadcast_add.shapes")
    x, y = rng.normal(size=(3, 4)), rng.normal(size=(4,))
    expected = x + y
    check.close(check.call(broadcast_add, x, y), expected, "broadcast_add(x, y)")
    pairs = [((4, 1), (4,)), ((4,), (4, 1)), ((5, 1, 2), (3, 2)), ((2, 4), (1,)), ((6, 2), (6,))]
    for first, second in pairs:
        check.raises(ValueError, broadcast_add, rng.normal(size=first), rng.normal(size=second))

# %% [markdown]
# Together both are a layer. Before any training, a layer made by hand: the template of a class is
# the mean of its training images, and the bias −½ |template|². Then the highest score belongs to
# the class whose mean image is the nearest.

# %%
with lab.needs("matmul", "broadcast_add"):
    means = np.array([x_train[train_labels == label].mean(axis=0) for label in range(10)])
    scores = broadcast_add(matmul(x_test[:100], means.T), -0.5 * np.sum(means**2, axis=1))
    nearest = float(np.mean(scores.argmax(axis=1) == test_labels[:100]))
    print(f"the nearest of ten mean images: {nearest:.0%} of 100 test images right")

# %% [markdown]
# ### Exercise 3: batches
#
# Networks learn from a few samples at a time, a **batch**. 60,000 rows in batches of 128 are 468
# full batches *and one with the 96 rows that are left*: 469 steps for one **epoch**, once through
# all rows.
#
# Write `get_batch(data, n, size)` (1.5 points).
#
# - `data` is an array of rank 1 or higher, whose axis 0 counts samples.
# - It returns batch n, **counted from 0**: the rows from `n · size` up to, but without,
#   `(n + 1) · size`. All other axes stay whole.
# - The last batch holds the rows that are left, and may be smaller.
# - If there is no such batch, it raises `IndexError`: n is negative, or too large. After 256 rows
#   in batches of 128 there is no third, empty batch. (Slices do not complain by themselves: they
#   are empty, or count from the end.)


# %% exercise="get_batch"
def get_batch(data, n, size):
    """Return batch n of the data, counted from 0; raise IndexError if there is none."""
    ### BEGIN SOLUTION
    if n < 0 or n * size >= len(data):
        raise IndexError(f"no batch {n}: {len(data)} rows in batches of {size}")
    return data[n * size : (n + 1) * size]
    ### END SOLUTION


# %% test="get_batch" points=0.5
with lab.check(
    "get_batch counts from 0, keeps the rows that are left, and refuses a batch that is not there",
    hint="batch 0 begins at row 0; is there a row `n * size`?",
) as check:
    rows = np.arange(20).reshape(10, 2)
    check.equal(check.call(get_batch, rows, 0, 4), rows[:4], "get_batch(rows, 0, 4)")
    check.equal(check.call(get_batch, rows, 1, 4), rows[4:8], "get_batch(rows, 1, 4)")
    check.equal(check.call(get_batch, rows, 2, 4), rows[8:], "get_batch(rows, 2, 4)")
    for n, size in [(3, 4), (2, 5), (-1, 4)]:
        check.raises(IndexError, get_batch, rows, n, size)

# %% hidden="get_batch" points=1
with lab.check(
    "get_batch gives every batch of other data, the last one too, and refuses all others",
    hint="images have three axes, labels one; a batch may be larger than the data",
) as check:
    images = lab.rng("get_batch").integers(1, 256, size=(23, 4, 3), dtype="uint8")
    for size, count in [(5, 5), (23, 1), (40, 1), (1, 23)]:
        for n in range(count):
            expected = images[[row for row in range(23) if row // size == n]]
            got = check.call(get_batch, images, n, size, unchanged=False)
            check.equal(got, expected, f"batch {n} of 23 images, batches of {size}")
        for n in (count, count + 1, -1):
            check.raises(IndexError, get_batch, images, n, size)
    labels = np.arange(60_000)
    last = check.call(get_batch, labels, 468, 128, unchanged=False)
    check.equal(last, list(range(59_904, 60_000)), "batch 468 of 60,000 labels")
    check.raises(IndexError, get_batch, labels, 469, 128)

# %%
with lab.needs("get_batch"):
    steps_an_epoch = math.ceil(len(x_train) / 128)
    last_batch = get_batch(x_train, steps_an_epoch - 1, 128)
    print(f"{len(x_train):,} rows: {steps_an_epoch} batches; the last: {last_batch.shape}")

# %% [markdown]
# ### Slopes
#
# How must a weight change so that the loss falls? Try it: the weight 0.3 gives the loss 0.5, the
# weight 0.35 gives 0.6, and 0.25 gives 0.4. The loss changes by 0.2 while the weight changes by
# 0.1, so the **slope** is 2, and the weight should become smaller. The slope is the **derivative**,
# the slope of the straight line that touches the curve at this point.
#
# For many weights there is one slope each. All of them together are the **gradient**, a tensor of
# the same shape as the weights. **Gradient descent** goes a step against it, again and again:
# `w = w - learning_rate * gradient`. The **learning rate** sets the length of the step. It has to
# be small, as a slope is only true nearby.

# %% demo
points = np.linspace(-2.2, 2.2, 200)
with shown_figure("A slope, and steps against it, on f(w) = w²", 9.6, 3.3) as (figure, caption):
    left, *others = figure.subplots(1, 4, sharey=True)
    left.plot(points, points**2, color=BLUE)
    left.plot(points[85:], 1 + 2 * (points[85:] - 1), color=ORANGE, linestyle="--")
    left.plot([1], [1], "o", color=BLACK)
    left.set_title("at w = 1 the slope is 2")
    left.set_ylabel("Loss f(w)")
    for axes, rate in zip(others, (0.05, 0.3, 1.05), strict=True):
        path = [1.2]
        for _ in range(6):
            path.append(path[-1] - rate * 2 * path[-1])
        axes.plot(points, points**2, color=BLUE)
        axes.plot(path, np.square(path), "o-", color=ORANGE, markersize=4, linewidth=1)
        axes.set_title(f"learning rate {rate}")
    for axes in (left, *others):
        axes.set_xlabel("Weight w")
        axes.set_ylim(-0.6, 5)
    caption.append(
        "The curve of w² four times: with its tangent at w = 1; and with six steps from 1.2, which are "
        "short and slow for learning rate 0.05, near the lowest point for 0.3, and lead up for 1.05."
    )

# %% [markdown]
# **Look at** the last curve: every step goes in the right direction, too far, and ends higher than
# it began.
#
# ### Exercise 4: a slope for every weight
#
# Write `numeric_gradient(f, w, step=1e-4)` (2 points).
#
# - `w` is an array of any rank, also of shape `()`; `f` takes such an array and returns a number.
#   In place of an array of shape `()` there may be a bare `np.float64`: arithmetic turns one into
#   the other, as in `w + 0.1`. It has no entries that you could change, so make an array of it.
# - It returns a float64 array of w's shape. Entry i is
#   `(f(w with entry i + step) − f(w with entry i − step)) / (2 · step)`; all other entries of w
#   stay. This is the **central difference**. From one side only, `(f(w + step) − f(w)) / step`, it
#   would be far less exact: the tests notice.
# - `f` gets float64 arrays, also if w holds whole numbers (which cannot take up a small step) or
#   float32.
# - w is the same afterwards, to the last bit. Adding a step and taking it away again does not
#   always give the old number back: work on copies.
#
# `np.ndindex(w.shape)` gives the places of all entries, for every rank.


# %% exercise="numeric_gradient" trap=true
def numeric_gradient(f, w, step=1e-4):
    """Return the gradient of f at w by central differences, entry by entry."""
    ### BEGIN SOLUTION
    w = np.array(w, dtype="float64")
    slopes = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[place] += step
        down[place] -= step
        slopes[place] = (f(up) - f(down)) / (2 * step)
    return slopes
    ### END SOLUTION


# %% test="numeric_gradient" points=0.5
with lab.check(
    "numeric_gradient gives the central difference of every entry, for any rank, as float64",
    hint="one entry goes up and down, the others stay; divide by twice the step",
) as check:

    def cubes(v):
        return float(np.sum(np.array([[1, 2], [3, 4]]) * v**3))

    w = np.array([[1.0, -1.0], [0.5, 2.0]])
    expected = np.array([[1, 2], [3, 4]]) * 3 * w**2
    slopes = check.call(numeric_gradient, cubes, w.copy(), unchanged=False)
    check.close(slopes, expected, "the gradient", tol=1e-5)
    check.dtype(slopes, "float64", "the gradient")
    # With so long a step only the central difference is 3w² + step².
    long = check.call(numeric_gradient, cubes, w.copy(), step=1.0, unchanged=False)
    expected = np.array([[1, 2], [3, 4]]) * (3 * w**2 + 1)
    check.close(long, expected, "the gradient with step 1")
    single = check.call(numeric_gradient, np.square, np.array(3.0), unchanged=False)
    check.close(single, 6.0, "the gradient at an array of shape ()", tol=1e-5)

# %% test="numeric_gradient.floats" points=0.25
with lab.check(
    "numeric_gradient gives f floats, whatever w holds, and leaves w as it was",
    hint="does f get float64 arrays? Whole numbers cannot take up a small step; change a copy only",
) as check:

    def sum_of_cubes(v):
        return float(np.sum(v**3))

    whole = check.call(numeric_gradient, np.sum, np.array([1, 2, 3]))
    check.close(whole, [1, 1, 1], "the gradient at whole numbers", tol=1e-5)
    check.dtype(whole, "float64", "the gradient at whole numbers")
    short = check.call(numeric_gradient, sum_of_cubes, np.array([1, 2, 3], dtype="float32"))
    check.close(short, [3, 12, 27], "the gradient at float32 numbers", tol=1e-5)
    bare = check.call(numeric_gradient, np.square, np.float64(3.0))
    check.close(bare, 6.0, "the gradient at a bare np.float64", tol=1e-5)
    w = np.array([0.1, 0.2, 0.3, 0.7])
    slopes = check.call(numeric_gradient, sum_of_cubes, w.copy(), step=0.1)
    check.close(slopes, 3 * w**2 + 0.01, "the gradient with step 0.1", tol=1e-5)

# %% hidden="numeric_gradient" points=0.75
with lab.check(
    "numeric_gradient gives the central difference for other functions, steps, ranks and numbers",
    hint="both sides, twice the step, one entry at a time; float64 copies",
) as check:
    rng = lab.rng("numeric_gradient")
    for shape, kind in [
        ((), "float64"),
        ((4,), "float32"),
        ((3, 2), "int64"),
        ((2, 2, 3), "float64"),
    ]:
        w = np.array(4 * rng.normal(size=shape)).astype(kind)
        factors = rng.normal(size=shape)

        def weighted_cubes(v, factors=factors):
            return float(np.sum(factors * v**3) + np.sum(v) ** 2)

        # The exact central difference of a cubic with this step.
        exact = w.astype("float64")
        expected = factors * (3 * exact**2 + 0.25) + 2 * exact.sum()
        slopes = check.call(numeric_gradient, weighted_cubes, w, step=0.5, unchanged=False)
        check.close(slopes, expected, f"the gradient of shape {shape}, {kind}", tol=1e-5)
        slopes = check.call(numeric_gradient, weighted_cubes, w, unchanged=False)
        check.close(
            slopes, expected - 0.25 * factors, f"the gradient, default step, {kind}", tol=1e-4
        )
        check.dtype(slopes, "float64", "the gradient")
        if shape == ():
            slopes = check.call(numeric_gradient, weighted_cubes, w[()], step=0.5)
            check.close(slopes, expected, "the gradient at a bare np.float64", tol=1e-5)

# %% hidden="numeric_gradient.copy" points=0.5
with lab.check(
    "numeric_gradient leaves other weights as they were, to the last bit",
    hint="`up = w.copy()`: whatever you change, change a copy",
) as check:
    rng = lab.rng("numeric_gradient.copy")
    w = rng.normal(size=(5, 4))
    expected = 2 * w
    slopes = check.call(numeric_gradient, lambda v: float(np.sum(v**2)), w, step=0.1)
    check.close(slopes, expected, "the gradient", tol=1e-5)

# %% [markdown]
# ### The tape
#
# For n weights, differences need 2n passes through the network. TensorFlow takes another way:
# `tf.GradientTape` records every operation of one pass, then goes through the record backwards and
# multiplies the derivatives of the parts: the **chain rule**, as an algorithm called
# **backpropagation**. The next cell compares both, on images made small (7 × 7 pixels) and 490
# random weights. The loss is the one of exercise 6; its functions are given.


# %%
def softmax(scores):
    """Turn rows of scores into rows of probabilities: positive, with sum 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def cross_entropy(probabilities, y):
    """Return the mean of -log(probability of the right class) over the rows."""
    right = probabilities[np.arange(len(y)), y]
    return float(-np.mean(np.log(np.maximum(right, 1e-12))))


# %% demo
with lab.needs("numeric_gradient"):
    small = x_train[:100].reshape(100, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(100, 49)
    start_weights = np.random.default_rng(1).normal(size=(49, 10))
    by_difference = numeric_gradient(
        lambda w: cross_entropy(softmax(small @ w), train_labels[:100]), start_weights
    )
    weights_on_tape = tf.Variable(start_weights, dtype=tf.float32)
    with tf.GradientTape() as tape:
        all_losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
            train_labels[:100].astype("int32"), tf.constant(small, tf.float32) @ weights_on_tape
        )
        loss = tf.reduce_mean(all_losses)
    by_tape = tape.gradient(loss, weights_on_tape).numpy()
    with shown_figure("490 slopes: each point is one weight", 4.6, 4.2) as (figure, caption):
        axes = figure.subplots()
        axes.plot(by_tape.ravel(), by_difference.ravel(), ".", color=BLUE)
        ends = [by_tape.min(), by_tape.max()]
        axes.plot(ends, ends, color=ORANGE, linewidth=1)
        axes.locator_params(axis="x", nbins=5)
        axes.set_xlabel("Slope by tf.GradientTape (loss per weight)")
        axes.set_ylabel("Slope by differences (loss per weight)")
        caption.append("490 points on the diagonal: both ways give the same slopes.")
    print(f"largest difference: {np.abs(by_difference - by_tape).max():.1e}")
    print("passes through the network: 980 for the differences, one and back for the tape")

# %% [markdown]
# **Look at** the diagonal: both agree. That is how one checks a gradient: differences are slow and
# easily trusted, the fast way is compared with them on something small.
#
# ### Exercise 5: bug clinic, momentum
#
# Plain descent forgets each step at once. With **momentum** it keeps a velocity, like a ball:
# slopes that point the same way add up, and it rolls through flat parts and small hollows. A
# colleague read the rule in a book and wrote it down:


# %%
def descend_broken(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    """Go down a slope with momentum; return the path of w, the start included."""
    velocity = np.zeros_like(w)
    path = [w]
    for _ in range(steps):
        slope = gradient(w)
        velocity = momentum * velocity + learning_rate * slope
        w = w + momentum * velocity - learning_rate * slope
        path.append(w)
    return np.array(path)


# %% demo
with shown_figure("descend_broken on f(w) = w², from w = 1", 8, 3.2) as (figure, caption):
    ends = []
    for axes, momentum in zip(figure.subplots(1, 4), (0, 0.1, 0.5, 0.9), strict=True):
        path = descend_broken(lambda w: 2 * w, np.array(1.0), momentum=momentum)
        millions = momentum == 0.9
        axes.plot(path / 1e6 if millions else path, color=BLUE)
        axes.set_title(f"momentum {momentum:g}")
        if millions:
            axes.set_ylabel("Weight w, in millions")
        else:
            axes.set_ylim(-0.05, 1.05)
        axes.set_xlabel("Step")
        ends.append(f"{path[-1]:.3g}")
    figure.axes[0].set_ylabel("Weight w (best: 0)")
    caption.append(f"Four curves of w by step; after 60 steps w is {', '.join(ends)}.")
print("w after 60 steps, for momentum 0, 0.1, 0.5, 0.9:", ", ".join(ends))

# %% [markdown]
# **Look at** the four ends. With momentum 0 and 0.1 all seems well. With 0.5 the weight stops dead
# at 0.833, where there is still plenty of slope; with 0.9 it rushes off to 28 million.
#
# Find out why before you mend it. Take a slope that is 1 everywhere. What does the velocity tend
# to? Which part of a step does it make, and which part does `learning_rate * slope` make? When do
# the two cancel?
#
# Write `descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60)` (2 points).
#
# - `gradient` is a function: it takes an array like w, returns one of the same shape. `w` is an
#   array of floats of any shape, also `()` (then `gradient` may get a bare `np.float64` instead).
#   It returns the path: shape `(steps + 1, *w.shape)`, the start first.
# - With momentum 0 every step is `-learning_rate * slope`.
# - On a slope g that is the same everywhere, the steps point **downhill** for every momentum m
#   below 1 and grow to `learning_rate · g / (1 − m)` in length: twice the plain step at 0.5, ten
#   times at 0.9. Momentum has to help and not only to do no harm.
# - On w², from 1, with learning rate 0.1, it is within 0.1 of the lowest point after 60 steps, with
#   momentum 0.5 **and** with 0.9. A repair for one of them is none.
# - Every call starts with velocity 0, and w is not changed.


# %% exercise="descend" clinic=true
def descend(gradient, w, learning_rate=0.1, momentum=0.9, steps=60):
    """Go down a slope with momentum; return the path of w, the start included."""
    ### BEGIN SOLUTION
    velocity = np.zeros_like(w)
    path = [w]
    for _ in range(steps):
        slope = gradient(w)
        # The slope has to enter the velocity with the sign with which it enters the step. As it was,
        # the velocity pushed uphill: by lr * m / (1 - m), which equals the plain step at m = 0.5.
        velocity = momentum * velocity - learning_rate * slope
        w = w + momentum * velocity - learning_rate * slope
        path.append(w)
    return np.array(path)
    ### END SOLUTION


# %% test="descend" points=0.75
with lab.check(
    "descend goes downhill with every momentum: plainly with 0, and the faster the more it has",
    hint="write down the velocity on a slope of 1 for three steps: does it point downhill?",
) as check:

    def double(v):
        return 2 * v

    path = check.call(descend, double, np.array(1.0), 0.1, 0.0, 3)
    check.close(path, [1, 0.8, 0.64, 0.512], "the path on w² without momentum")
    for momentum in (0.5, 0.9):
        path = check.call(descend, double, np.array(1.0), momentum=momentum, unchanged=False)
        check.shape(path, (61,), "the path of 60 steps")
        check.between(path[-1], -0.1, 0.1, f"w after 60 steps with momentum {momentum}")
    path = check.call(descend, np.ones_like, np.zeros(2), momentum=0.5, steps=40, unchanged=False)
    check.shape(path, (41, 2), "the path of two weights")
    check.close(
        path[40] - path[39], [-0.2, -0.2], "the step on a slope of 1, momentum 0.5", tol=1e-4
    )

# %% hidden="descend" points=1
with lab.check(
    "descend does the same for other slopes, learning rates, momenta and shapes, call after call",
    hint="on an even slope g the steps become -learning_rate * g / (1 - momentum), for every momentum",
) as check:
    rng = lab.rng("descend")
    factors = rng.uniform(0.5, 2, size=(2, 3))

    def bowl(v):
        return factors * v

    def even(v):
        return factors + 0 * v

    w = rng.normal(size=(2, 3))
    expected = [w, w * (1 - 0.2 * factors), w * (1 - 0.2 * factors) ** 2]
    path = check.call(descend, bowl, w.copy(), 0.2, 0.0, 2, unchanged=False)
    check.close(path, expected, "the path without momentum", tol=1e-5)
    for momentum, steps in [(0.3, 60), (0.5, 60), (0.7, 100), (0.9, 250)]:
        path = check.call(descend, even, w.copy(), 0.05, momentum, steps, unchanged=False)
        check.shape(path, (steps + 1, 2, 3), "the path on an even slope")
        check.close(path[0], w, "the first point of the path")
        step = -0.05 * factors / (1 - momentum)
        check.close(path[-1] - path[-2], step, f"the last step, momentum {momentum}", tol=1e-5)
    for momentum in (0.5, 0.9):
        start = np.array(rng.uniform(0.8, 1))
        path = check.call(descend, lambda v: 2 * v, start, momentum=momentum, unchanged=False)
        check.shape(path, (61,), "the path on w²")
        check.between(path[-1], -0.1, 0.1, f"w after 60 steps, momentum {momentum}")

# %% hidden="descend.copy" points=0.25
with lab.check(
    "descend leaves the weights that it was given as they were",
    hint="`w = w + …` makes a new array and `w += …` changes the old one",
) as check:
    rng = lab.rng("descend.copy")
    w = rng.uniform(1, 2, size=4)
    expected = w * 0.9**5
    path = check.call(descend, lambda v: v, w, 0.1, 0.0, 5)
    check.shape(path, (6, 4), "the path")
    check.close(path[5], expected, "the end of the path without momentum", tol=1e-5)

# %% [markdown]
# Were your answers those? On an even slope g a velocity gets the same push in each step and keeps m
# of what it had: g · lr · (1 + m + m² + …) = lr · g / (1 − m). The colleague's velocity had the
# sign of the slope, so it pointed *uphill*, and the step tended to m · lr · g / (1 − m) − lr · g.
# At m = 0.5 both parts cancel; above, uphill wins. With the velocity downhill, two forms are right:
# `w + velocity` (the heavy ball), and `w + momentum * velocity - learning_rate * slope`, which
# looks one step ahead.
#
# What does momentum buy? The next cell runs your repaired descent on two landscapes: a valley that
# is long and narrow, and a curve with two hollows.

# %% demo
with lab.needs("descend"):
    steep, start = np.array([0.1, 1.6]), np.array([-4.0, 1.5])
    first, second = np.meshgrid(np.linspace(-4.5, 1.5, 120), np.linspace(-2, 2, 120))
    inputs = np.linspace(-2.15, 2.35, 300)
    with shown_figure("Plain descent and momentum", 9.4, 3.8) as (figure, caption):
        valley, curve = figure.subplots(1, 2)
        lines = 0.05 * first**2 + 0.8 * second**2
        valley.contour(first, second, lines, levels=12, cmap="Greys")
        curve.plot(
            inputs, inputs**4 / 4 - 0.75 * inputs**2 - 0.45 * inputs, color=BLACK, linewidth=1
        )
        ends = []
        for momentum, colour, mark in [(0, BLUE, "o"), (0.9, ORANGE, "s")]:
            style = {"color": colour, "marker": mark, "markersize": 3, "linewidth": 1}
            some = min(momentum, 0.7)
            path = descend(lambda w: steep * w, start, 0.3, some, 25)
            valley.plot(path[:, 0], path[:, 1], label=f"momentum {some}", **style)
            path = descend(lambda w: w**3 - 1.5 * w - 0.45, np.array(-2.0), 0.05, momentum, 150)
            loss = path**4 / 4 - 0.75 * path**2 - 0.45 * path
            curve.plot(path, loss, label=f"momentum {momentum}", **style)
            curve.plot(path[-1:], loss[-1:], "*", color=colour, markersize=15)
            ends.append(f"{path[-1]:.2f}")
        valley.plot([0], [0], "+", color=BLACK, markersize=12)
        valley.set(title="A loss of two weights, 25 steps", xlabel="Weight 1", ylabel="Weight 2")
        curve.set(title="A local and a global minimum", xlabel="Weight", ylabel="Loss")
        curve.set_ylim(None, 0.6)
        for axes in (valley, curve):
            axes.legend(framealpha=1, loc="upper right")
        caption.append(
            "Left: lines of equal loss, and two paths from one start; in 25 steps momentum comes near "
            "the lowest point and plain descent covers half of the way. Right: a curve with two "
            f"hollows; plain descent ends at {ends[0]}, momentum at {ends[1]}, each with a star."
        )

# %% [markdown]
# **Look at** the left: the slope along the valley is small, and plain descent creeps. (Here
# momentum is 0.7. With 0.9 it would run past the lowest point, and still be on its way back after
# 25 steps.) On the right plain descent stays in the **local minimum** that it met first; with
# momentum it rolls on into the **global** one. Do not trust such pictures too far: in thousands of
# dimensions small hollows hardly ever trap a descent.
#
# ### Exercise 6: a classifier with your own descent
#
# Now all parts come together, in a network of one layer: scores `x @ w + b`, **softmax**, which
# turns ten scores into ten probabilities p, and the **cross-entropy**, which is −log p of the right
# class, averaged over the batch. Both are given above.
#
# The gradient is short. For a batch of n rows let d = (p − one_hot) / n, of shape (n, 10). A row of
# one_hot has a 1 in the column of the right class, else 0; and n counts the rows *of this batch*.
# Without the division, larger batches would make larger steps. Then the gradient for w is xᵀ times
# d (`x.T` in NumPy), and that for b is the sum of d over the rows.
#
# **Stochastic gradient descent** (SGD) draws a batch, computes this gradient and goes a step
# against it. Rows are put into a new random order before every epoch, images and labels alike, or
# the labels belong to other images.

# %% demo
shares = np.linspace(0.01, 1, 100)
with shown_figure("Cross-entropy of one row", 5.2, 2.8) as (figure, caption):
    axes = figure.subplots()
    axes.plot(shares, -np.log(shares), color=BLUE)
    axes.plot([0.1], [math.log(10)], "o", color=ORANGE, label="one of ten, no idea: ln 10 ≈ 2.303")
    axes.set_xlabel("Probability of the right class")
    axes.set_ylabel("Loss")
    axes.legend(frameon=False)
    caption.append("The loss -log p: 0 at probability 1, 2.303 at 0.1, and steep towards 0.")
print("softmax of the scores 3, 1, 0:", softmax(np.array([[3.0, 1.0, 0.0]])).round(3)[0])

# %% [markdown]
# Write `fit_linear_sgd(x, y, num_classes=10, learning_rate=0.1, epochs=3, batch_size=128, seed=0)`
# (5 points: 2 for the function, 3 for what it learns on the training rows).
#
# - `x` holds floats (N, columns), `y` whole numbers (N,) from 0 to num_classes − 1. A class may be
#   missing in `y`, and keeps its column all the same.
# - It returns three things: `w` of shape (columns, num_classes), `b` of shape (num_classes,),
#   `losses`.
# - w and b start as zeros (with one layer that is fine). Use `@` now: your loops would take
#   minutes.
# - The order is drawn by one generator, `rng = np.random.default_rng(seed)`. Before each epoch:
#   `order = rng.permutation(N)`. Batch k of the epoch has the rows
#   `get_batch(order, k, batch_size)` of x and of y. The last, smaller batch is used. Calls of
#   `np.random.shuffle` or `np.random.seed` would use the random state of everybody else.
# - For each batch: probabilities, loss, gradient, and one step `-learning_rate * gradient` of w and
#   b.
# - `losses` is a list: the loss of each batch, *before* its step. 20,000 rows and three epochs make
#   471.
#
# The 3 points: below, the lab trains with your function. A hidden test lets `weights` and `bias`
# name images that no notebook has. An accuracy of 0.83 with digits, or 0.6 with clothes, gives all
# three; right runs lie well above. From 0.5 on you get one.
#
# And write `my_bet()` (1 point), which returns your bet: the **share of right answers on the test
# rows**, from 0 to 1. You get the point for betting, whatever comes.


# %% exercise="fit_linear_sgd" trap=true
def fit_linear_sgd(x, y, num_classes=10, learning_rate=0.1, epochs=3, batch_size=128, seed=0):
    """Train one softmax layer by stochastic gradient descent; return w, b and the losses."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    # In the dtype of x, so that no batch has to be converted.
    w, b = np.zeros((x.shape[1], num_classes), x.dtype), np.zeros(num_classes, x.dtype)
    one_hot = np.eye(num_classes, dtype=x.dtype)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for k in range(math.ceil(len(x) / batch_size)):
            rows = get_batch(order, k, batch_size)
            probabilities = softmax(x[rows] @ w + b)
            losses.append(cross_entropy(probabilities, y[rows]))
            d = (probabilities - one_hot[y[rows]]) / len(rows)
            w = w - learning_rate * x[rows].T @ d
            b = b - learning_rate * d.sum(axis=0)
    return w, b, losses
    ### END SOLUTION


def my_bet():
    """Return the share of right answers that I expect on the test rows, from 0 to 1."""
    ### BEGIN SOLUTION
    return 0.86
    ### END SOLUTION


# %% test="fit_linear_sgd" points=0.5
with lab.check(
    "fit_linear_sgd steps against the mean gradient of a batch, and leaves x and y as they were",
    hint="do one batch on paper: with zeros, all probabilities are equal; what is d?",
) as check:
    x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0], [0.0, 3.0]])
    y = np.array([0, 1, 1, 0, 2])
    # One epoch in one batch: from zeros, p is 1/4 everywhere and the order of rows does not matter.
    found = check.call(fit_linear_sgd, x, y, 4, 1, 1, 5)
    check.true(isinstance(found, (tuple, list)) and len(found) == 3, "`return w, b, losses`")
    w, b, losses = found
    expected = [[0.4, 0, -0.2, -0.2], [-0.25, 0.15, 0.35, -0.25]]
    check.close(w, expected, "w after one step", tol=1e-4)
    check.close(b, [0.15, 0.15, -0.05, -0.25], "b after one step", tol=1e-4)
    check.close(losses, [math.log(4)], "losses (before the step)", tol=1e-4)

# %% test="fit_linear_sgd.order" points=0.25
with lab.check(
    "fit_linear_sgd goes through all rows in each epoch, in a new order of its one generator",
    hint="is the order new for every epoch, the generator not? Is the last batch used, and n the "
    "number of rows of this batch?",
) as check:
    x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0], [0.0, 3.0]])
    y = np.array([0, 1, 1, 0, 2])
    # Batches of 2, 2 and 1 rows.
    found = check.call(
        fit_linear_sgd, x, y, 3, learning_rate=0.5, epochs=2, batch_size=2, seed=7, unchanged=False
    )
    check.true(isinstance(found, (tuple, list)) and len(found) == 3, "`return w, b, losses`")
    w, b, losses = found
    check.shape(losses, (6,), "the losses of 2 epochs, 5 rows, batches of 2, 2 and 1")
    expected = [1.0986, 1.2396, 1.0276, 0.8567, 0.3557, 1.8938]
    check.close(losses, expected, "the losses with seed 7", tol=1e-3)
    expected = [[0.5860, 0.0161, -0.6021], [-0.7746, 0.2478, 0.5268]]
    check.close(w, expected, "w with seed 7", tol=1e-3)

# %% test="fit_linear_sgd.bet" points=1 part="results"
with lab.check(
    "my_bet returns a number from 0 to 1",
    hint="0.5 means: half of the test rows get the right class",
) as check:
    bet = check.call(my_bet)
    check.true(
        isinstance(bet, (int, float, np.number)), "`my_bet()` = a number such as 0.5, no text"
    )
    check.between(bet, 0, 1, "my_bet()")

# %% hidden="fit_linear_sgd" points=1
with lab.check(
    "fit_linear_sgd gives w, b and losses of this descent for other data, batches, epochs and seeds",
    hint="pairs stay together, each epoch has a new order, the last batch counts, gradients are means",
) as check:
    rng = lab.rng("fit_linear_sgd")
    cases = [(30, 4, 3, 0.5, 1, 64, 1), (23, 6, 5, 0.3, 3, 8, 5), (16, 3, 4, 0.8, 4, 8, 11)]
    for count, width, classes, rate, epochs, size, seed in cases:
        x, y = rng.normal(size=(count, width)), rng.integers(classes - 1, size=count)
        w, b, losses = np.zeros((width, classes)), np.zeros(classes), []
        draws = np.random.default_rng(seed)
        for _ in range(epochs):
            mixed = draws.permutation(count)
            for first in range(0, count, size):
                part = mixed[first : first + size]
                p = softmax(x[part] @ w + b)
                losses.append(cross_entropy(p, y[part]))
                p[np.arange(len(part)), y[part]] -= 1
                w, b = w - rate * x[part].T @ p / len(part), b - rate * p.mean(axis=0)
        arguments = {"learning_rate": rate, "epochs": epochs, "batch_size": size, "seed": seed}
        found = check.call(fit_linear_sgd, x, y, classes, **arguments, unchanged=False)
        check.true(isinstance(found, (tuple, list)) and len(found) == 3, "three results")
        check.close(found[2], losses, f"losses, batches of {size}", tol=1e-3)
        check.close(found[0], w, f"w, batches of {size}", tol=1e-3)
        check.close(found[1], b, f"b, batches of {size}", tol=1e-3)

# %% hidden="fit_linear_sgd.random" points=0.25
with lab.check(
    "fit_linear_sgd leaves NumPy's global random state alone, and its arguments as they were",
    hint="draw from `np.random.default_rng(seed)` only",
) as check:

    def state_around(fit, x, y):
        import numpy

        everybodys = numpy.random.get_state()
        numpy.random.seed(4)
        before = numpy.random.get_state()[1:3]
        w = fit(x, y, 3, 0.5, 2, 4, 9)[0]
        after = numpy.random.get_state()[1:3]
        numpy.random.set_state(everybodys)
        same = numpy.array_equal(before[0], after[0]) and before[1] == after[1]
        return bool(same), numpy.asarray(w, dtype=float).tolist()

    rng = lab.rng("fit_linear_sgd.random")
    x, y = rng.normal(size=(4, 2)), np.array([0, 2, 1, 2])
    # Two steps with all four rows in one batch: their order does not matter.
    w, b = np.zeros((2, 3)), np.zeros(3)
    for _ in range(2):
        p = softmax(x @ w + b)
        p[np.arange(4), y] -= 1
        w, b = w - 0.5 * x.T @ p / 4, b - 0.5 * p.mean(axis=0)
    found = check.call(fit_linear_sgd, x, y, 3, 0.5, 2, 4, 9)
    check.true(isinstance(found, (tuple, list)) and len(found) == 3, "three results")
    check.close(found[0], w, "w after two steps", tol=1e-3)
    is_same, weights_inside = labkit.inside(state_around, fit_linear_sgd, x, y)
    check.close(weights_inside, w, "w after two steps", tol=1e-3)
    check.true(is_same, "the same global random state before and after the call")

# %% [markdown]
# **Before the long run**, three looks that cost a second. Weights of 0 give each of ten classes the
# probability 1/10, so the first loss must be ln 10 ≈ 2.303. Twenty images must be learned by heart,
# with a loss near 0. And your gradient must be the one of exercise 4: one step from zeros with all
# rows and learning rate 1 leads to w = −gradient.

# %% demo
with lab.needs("numeric_gradient", "get_batch", "fit_linear_sgd"):
    x_20, y_20 = x_train[:20], train_labels[:20]
    by_heart = fit_linear_sgd(x_20, y_20, epochs=200, batch_size=20)[2]
    print(f"first loss {by_heart[0]:.4f} (ln 10 = {math.log(10):.4f}), ", end="")
    print(f"after 200 steps on twenty images {by_heart[-1]:.4f}")
    w_small, _, _ = fit_linear_sgd(small, train_labels[:100], 10, 1, 1, 100)
    zeros = np.zeros((49, 10))
    slopes = numeric_gradient(
        lambda w: cross_entropy(softmax(small @ w), train_labels[:100]), zeros
    )
    print(f"your gradient and the differences: at most {np.abs(w_small + slopes).max():.1e} apart")

# %% [markdown]
# Now for good: all training rows, three epochs. It takes seconds, on a busy machine half a minute.

# %%
with lab.needs("get_batch", "fit_linear_sgd", "my_bet"):
    bet_accuracy = float(my_bet())
    weights, bias, step_losses = fit_linear_sgd(x_train, train_labels, seed=lab.seed)
    test_accuracy = float(np.mean((x_test @ weights + bias).argmax(axis=1) == test_labels))
    print(f"{len(step_losses)} steps; test accuracy {test_accuracy:.3f}; you bet {bet_accuracy:g}")

# %% demo
with lab.needs("get_batch", "fit_linear_sgd", "my_bet"):
    with shown_figure("Your own descent on the training rows", 7.4, 3.4) as (figure, caption):
        axes = figure.subplots()
        axes.plot(
            range(1, len(step_losses) + 1),
            step_losses,
            color=BLUE,
            linewidth=0.8,
            label="one batch",
        )
        axes.axhline(math.log(10), color=ORANGE, linestyle="--", label="ln 10: knows nothing")
        axes.set_xlabel("Step")
        axes.set_ylabel("Loss of the batch (lower is better)")
        axes.set_ylim(0)
        axes.legend(frameon=False)
        caption.append(
            f"The loss of {len(step_losses)} batches: it falls from {step_losses[0]:.2f} to about "
            f"{np.mean(step_losses[-50:]):.2f}, fast at first, and jitters from batch to batch."
        )
    plots.image_grid(
        np.clip(0.5 + 0.5 * weights.T / np.abs(weights).max(), 0, 1),
        CLASS_NAMES,
        title="Your ten templates",
    )

# %% [markdown]
# **Look at** the jitter: every batch has other images, so its loss and its slope are a little
# different. That is the *stochastic* in the name. The way down is the same.

# %% hidden="fit_linear_sgd.score" points=3 part="results"
with lab.check(
    "The trained layer names images that no notebook has as well as right runs do",
    hint="run all cells from the top: are `weights` and `bias` those of three epochs on all rows?",
) as check:
    new_images, new_labels = lab.unseen()
    check.shape(weights, (784, 10), "weights")
    check.shape(bias, (10,), "bias")
    rows = new_images.reshape(len(new_images), 784).astype("float32") / 255
    scores_of_rows = rows @ np.array(weights) + np.array(bias)
    accuracy = float(np.mean(scores_of_rows.argmax(axis=1) == new_labels))
    wanted = lab.threshold("accuracy")
    # One point for having learned at all, three for what right runs reach.
    points = 3 if accuracy >= wanted else 1
    check.true(accuracy >= 0.5, f"an accuracy of {wanted:g} on unseen rows. Came: {accuracy:.3f}")
points

# %% [markdown]
# ### Is it good?
#
# A score needs something to be compared with. Below yours stands the **majority**, which always
# says the most frequent class. Beside it, the same layer in Keras, with its SGD. Above it, a step
# beyond: a hidden layer of 64 units between pixels and scores, trained just as long.

# %% demo
majority = np.bincount(train_labels).argmax()
majority_accuracy = float(np.mean(test_labels == majority))


def keras_model(*hidden):
    """Train a network with these hidden layers as the lab trains its own."""
    model = keras.Sequential([keras.Input((784,)), *hidden, layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    model.fit(x_train, train_labels, epochs=3, batch_size=128, verbose=0)
    return model


ladder = {"majority": majority_accuracy}
keras_layer, keras_hidden = keras_model(), keras_model(layers.Dense(64, activation="relu"))
for name, model in [("the same in Keras", keras_layer), ("a hidden layer of 64", keras_hidden)]:
    answers = model(x_test).numpy().argmax(axis=1)
    ladder[name] = float(np.mean(answers == test_labels))
print(", ".join(f"{name} {score:.3f}" for name, score in ladder.items()))

# %% [markdown]
# ### Three learning rates
#
# How long should a step be? The next cell trains your layer on 10,000 rows for one epoch, 79 steps,
# with three learning rates, and measures the loss on all of these rows afterwards.

# %%
with lab.needs("get_batch", "fit_linear_sgd"):
    x_some, y_some = x_train[:10_000], train_labels[:10_000]
    rate_losses = {}
    for learning_rate in (0.001, 0.05, 50):
        fitted = fit_linear_sgd(x_some, y_some, 10, learning_rate, 1, 128, lab.seed)
        guessed = softmax(x_some @ fitted[0] + fitted[1])
        rate_losses[learning_rate] = cross_entropy(guessed, y_some)
        print(f"learning rate {learning_rate:g}: loss {rate_losses[learning_rate]:.3f}")
    loss_short, loss_middle, loss_long = rate_losses.values()

# %% [markdown]
# And the weights? All began at 0. The next cell trains the three once more and looks at the
# largest.

# %% demo
with lab.needs("get_batch", "fit_linear_sgd"):
    for tried in rate_losses:
        found_w, found_b, _ = fit_linear_sgd(x_some, y_some, 10, tried, 1, 128, lab.seed)
        named = (x_test @ found_w + found_b).argmax(axis=1)
        print(f"learning rate {tried:g}: largest weight ±{np.abs(found_w).max():.3g}, ", end="")
        print(f"test accuracy {np.mean(named == test_labels):.3f}")

# %% [markdown]
# ### Play: your own landscape
#
# Write any function of one weight, choose a start, a learning rate and a momentum, and bet where
# the descent ends: write it down as `bet` before you run the cell; the figure shows it as a dashed
# line. `numeric_gradient` finds the slopes, so you need no derivative: take `abs`, a sine, a step, or
# something with a cliff. What happens where the slope is 0, or jumps?
#
# Two surprises are no mistakes of yours. Where f jumps by 1, two values that are 0.0002 apart
# differ by 1: that is a slope of 5,000, and throws the weight far off the picture. And on a curve
# that becomes ever steeper, such as w⁴, a learning rate that is too long makes each step longer
# than the one before.


# %%
def show_descent(f, start, learning_rate, momentum, bet=None, steps=60):
    """Draw the descent on a function of one weight, and where it was bet to end."""

    def slope(w):
        return numeric_gradient(f, np.asarray(w))  # arithmetic may have made a bare number of w

    path = descend(slope, np.array(float(start)), learning_rate, momentum, steps)
    marks = path if bet is None else np.append(path, float(bet))
    wide = max(1.0, np.ptp(marks) / 4)
    inputs = np.linspace(marks.min() - wide, marks.max() + wide, 300)
    text = f"A curve and {steps} steps on it, from {path[0]:.3g} to {path[-1]:.3g}"
    with shown_figure("Your landscape", 6.4, 3.6) as (figure, caption):
        axes = figure.subplots()
        axes.plot(inputs, [f(one) for one in inputs], color=BLUE)
        axes.plot(path, [f(one) for one in path], "o-", color=ORANGE, markersize=4, linewidth=1)
        end = {"marker": "*", "markersize": 15, "linestyle": "", "color": BLACK}
        axes.plot(path[-1:], [f(path[-1])], label=f"the end: {path[-1]:.3g}", **end)
        if bet is not None:
            axes.axvline(float(bet), color=BLACK, linestyle="--", label=f"your bet: {bet:.3g}")
            text += f"; the bet was {bet:.3g}"
        axes.set_xlabel("Weight w")
        axes.set_ylabel("f(w)")
        axes.legend(frameon=False)
        caption.append(f"{text}.")


# %% free
def landscape(w):
    """Return the height at w: change it as you like."""
    return 0.1 * w**2 + 0.3 * np.sin(3 * w)


with lab.needs("numeric_gradient", "descend"):
    show_descent(landscape, start=5.2, learning_rate=0.1, momentum=0.9, bet=0)

# %% [markdown]
# ## Conclusion
#
# You wrote what a library does in `fit`: batches, products, a gradient, steps. Here is what came of
# it.

# %% demo
with lab.needs("get_batch", "fit_linear_sgd", "my_bet"):
    results = {
        "steps": f"{len(step_losses):,}",
        "parameters": f"{weights.size + bias.size:,}",
        "first loss": f"{step_losses[0]:.4f}",
        "mean loss of the last 50 batches": f"{np.mean(step_losses[-50:]):.4f}",
        "accuracy on test rows": f"{test_accuracy:.3f}",
        "your bet": f"{bet_accuracy:g}",
    }
    print(pd.Series(results).to_string())
    rungs = {"majority": ladder["majority"], "your layer": test_accuracy, **ladder}
    plots.score_ladder(
        rungs,
        reference={"your bet": bet_accuracy},
        title="The ladder on test rows",
        label="Accuracy on test rows (share of right answers)",
    )

# %% [markdown]
# **Look at** your layer and Keras' layer: the same network and the same rule. They differ by
# chance, since Keras starts from small random weights and mixes the rows in its own order. With
# digits that makes up to about a point (0.01), with clothes several. The book has no figure for
# this; its network of 512 hidden units reaches 0.9785 on digits, after five epochs of all 60,000
# rows: 5 · 469 = 2,345 steps.

# %% [markdown] question="learning_rates" points=4 numbers="loss_short, loss_middle, loss_long"
# ### Three steps
#
# Choose *Restart and Run All* first, so that your numbers are those of the notebook that you save.
#
# You trained one epoch with the learning rates 0.001, 0.05 and 50 (`loss_short`, `loss_middle`,
# `loss_long`), and saw the largest weight of each. In **at most 80 words**: name the three losses
# of your run (1 point); why is the loss high at *both* ends, what happens to the weights there (2);
# and how would you choose a learning rate for a new problem (1)?
#
# ### BEGIN SOLUTION
# My losses are 2.22, 0.86 and 3.77. With 0.001 every step goes the right way but is tiny: after 79
# steps the largest weight is 0.005. With 50 each step goes far past the lowest point,
# since a slope is true only nearby; weights jump about and grow to 25. For a new problem I would
# try rates a factor of ten apart, with equal training, and keep the one with the lowest loss on
# rows set aside.
#
# **Rubric** (yes or no)
#
# 1. Names the numbers: the three losses of their own run, as printed beside this answer. (1 point)
# 2. Gives both mechanisms: too short, the weights hardly move in the steps there are; too long, a
#    step overshoots, because the gradient describes the loss only nearby. One of two gives 1 point.
#    (2 points)
# 3. Draws the consequence: try several rates (by factors) and compare losses or curves, with equal
#    training. (1 point)
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# - `"fashion"`: photographs of clothes. Change the line `VARIANT = …` in the part Theory and run
#   all cells again. Which templates can you still read? Does the hidden layer still pay?
#
# Not graded, for whoever wants more:
#
# 1. **Rotation.** A matrix turns points: `[[cos t, −sin t], [sin t, cos t]] @ point`. The book puts
#    the same two vectors into rows: which way does (1, 0) turn then, by 90°? Draw a square, and
#    what two turns in a row do to it. Is the order of a turn and a stretch of no importance?
# 2. The error of `numeric_gradient` against the tape for steps from 1e-1 to 1e-12. Why does it
#    fall, and then rise again?
# 3. Give `fit_linear_sgd` momentum. Which learning rate suits it now?
# 4. Batches of 1, 16, 128 and all 20,000 rows, with equal *time* and with equal *epochs*.
# 5. Start w with random numbers of size 1 in place of 0. What is the first loss, and why?
# 6. Broadcasting by NumPy's full rule, with stretched axes of size 1, against
#    `np.broadcast_shapes`.
