# %% [markdown]
# # First steps: your machine, a search, a small network
#
# Chapter 1 of the book and section 3.3 · about 45 minutes · 20 points
#
# You find out what your machine computes with, let it find a rule by search, then change one thing
# about a network and measure the effect. The ungraded pages at the end take 15 minutes more.

# %% [markdown]
# ## Introduction
#
# In ordinary programming a person writes the rules, and the computer applies them to data. In
# **machine learning** the computer gets data and the right answers, and looks for the rules itself.
# For handwritten digits nobody could write the rules down.
#
# Run the next two cells. The second trains a small network on 5,000 digits and lets it name ten that
# it has never seen. You need not read code that is given, nor that of a test, unless the text asks
# for it.

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

lab = labkit.start("ch01_setup")  # first: it imports TensorFlow without its start-up messages

import time

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers

from labkit import plots
from labkit.figures import BLUE, ORANGE, shown_figure

# %% demo
(old_digits, old_names), (new_digits, new_names) = lab.load("digits")
tiny = [
    np.pad(digits, ((0, 0), (2, 2), (2, 2))).reshape(-1, 8, 4, 8, 4).mean(axis=(2, 4)) / 255
    for digits in (old_digits[:5000], new_digits[:10])
]
preview = keras.Sequential(
    [
        keras.Input((8, 8)),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
preview.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
preview.fit(tiny[0], old_names[:5000], epochs=8, batch_size=100, verbose=0)
said = np.argmax(preview(tiny[1]), axis=1)
plots.image_grid(
    tiny[1],
    [f"says {a}" if a == b else f"says {a}, is {b}" for a, b in zip(said, new_names[:10], strict=True)],
    title="What a small network says of ten new digits",
)

# %% [markdown]
# Most of the ten are probably right, after seconds of training and from 64 grey dots each.
#
# ## Theory
#
# ### Two tasks
#
# **Points**: 400 points in the plane, each of class 0 or 1. A straight line separates the classes; nobody
# tells you where. About one label in twenty is wrong, so an accuracy of about 0.95 is the most to be had.
#
# **Digits**: MNIST, scans of handwritten digits, shrunk to 8 × 8 grey dots: one row of 64 numbers each.
# Of the rows that the loader has the lab takes the first 10,000 for training, and others for the test.
# Grading takes digits that no notebook has.
#
# Leave the next line at `"digits"`, or take the variant that your course gave you.

# %% free
VARIANT = "digits"

# %%
CLASS_NAMES = list("0123456789")
if VARIANT == "fashion":
    CLASS_NAMES = ["T-shirt", "trousers", "pullover", "dress", "coat"]
    CLASS_NAMES += ["sandal", "shirt", "sneaker", "bag", "boot"]


def shrink(images):
    """Turn images (N, 28, 28) from 0 to 255 into float32 rows (N, 64) from 0 to 1."""
    edged = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    blocks = edged.reshape(len(images), 8, 4, 8, 4)
    return (blocks.mean(axis=(2, 4)) / 255).reshape(len(images), 64).astype("float32")


(train_images, train_labels), (test_images, test_labels) = lab.load(VARIANT)
x_train, y_train = shrink(train_images[:10_000]), train_labels[:10_000]
x_test, y_test = shrink(test_images), test_labels
print("x_train", x_train.shape, "y_train", y_train.shape)

chance = np.random.default_rng(1986)
direction = chance.normal(size=2)
all_points = chance.normal(size=(800, 2))
is_wrong = chance.random(800) < 0.05
all_labels = ((all_points @ direction > 0) ^ is_wrong).astype(int)[:, np.newaxis]
points, labels = all_points[:400], all_labels[:400]
new_points, new_labels = all_points[400:], all_labels[400:]
print("points", points.shape, "labels", labels.shape)

# %% demo
with shown_figure("400 points in the plane", 4.4, 4.2) as (figure, caption):
    axes = figure.subplots()
    for name, colour, mark in [(0, ORANGE, "o"), (1, BLUE, "^")]:
        shown = points[labels[:, 0] == name]
        axes.scatter(*shown.T, color=colour, marker=mark, s=18, label=f"class {name}")
    axes.set(xlabel="x (no unit)", ylabel="y (no unit)", aspect="equal")
    figure.legend(loc="outside lower center", ncols=2)
    caption.append("400 points of two classes; a slanted line through 0 would separate most of them.")

# %% [markdown]
# **Look at** the line that your eye draws. Neither x nor y alone decides the class.
#
# ### Looking from another side
#
# Turn the axes until one of the two coordinates is enough to tell the class: the rule is then short,
# "positive is class 1". The points are the same, in other numbers: another **representation**. Learning, says the book, is an
# automatic search for a better representation among possible ones (here: all angles), guided by
# feedback (here: the **accuracy**, the share of right answers). A network does the same with thousands
# of numbers instead of one angle.
#
# ## Work
#
# Each exercise asks for a function, the fourth for three. The test below shows at once what is right.
# Hidden tests run when your work is graded: they check the same requirements with other numbers. In the
# whole course functions leave their arguments as they were.
#
# The next cell checks whether this machine has what the lab needs.

# %% test="environment" points=0 part="results"
with lab.check(
    "This machine has what the lab needs",
    hint="the message names what is missing; `python labkit/doctor.py` says how to get it",
) as check:
    lab.environment_check(check)

# %% [markdown]
# ### Exercise 1: what does this machine compute with?
#
# A **CPU** is in every computer. A **GPU** does many simple sums at once: large networks train 5 to 10
# times as fast on one. This course needs none.
#
# Write `describe_devices()` (4 points). It returns a dict with three keys:
#
# - `"tensorflow"`: TensorFlow's version, `tf.__version__`.
# - `"devices"`: a list of texts, the names of **all** devices, CPU included.
# - `"gpu_count"`: how many of them are GPUs, a whole number. Without a GPU it is 0. Other devices, such
#   as TPUs, do not count here.
#
# `tf.config.list_logical_devices()` gives all devices, as objects with a `name` and a `device_type`. (The list
# of *physical* devices has other names, under which TensorFlow does not compute.) Ask at every call: a
# hidden test pretends to be another machine.

# %% exercise="describe_devices"
def describe_devices():
    """Return TensorFlow's version, the names of its devices, and how many of them are GPUs."""
    ### BEGIN SOLUTION
    devices = tf.config.list_logical_devices()
    return {
        "tensorflow": tf.__version__,
        "devices": [device.name for device in devices],
        "gpu_count": sum(device.device_type == "GPU" for device in devices),
    }
    ### END SOLUTION


# %% test="describe_devices" points=1.5
with lab.check(
    "describe_devices names TensorFlow's version, every device, and the number of GPUs",
    hint="go through `tf.config.list_logical_devices()`; print what it gives",
) as check:
    report = check.call(describe_devices)
    check.instance(report, dict, "describe_devices()")
    check.equal(sorted(report), ["devices", "gpu_count", "tensorflow"], "the keys")
    check.equal(report["tensorflow"], tf.version.VERSION, 'the entry "tensorflow"')
    check.instance(report["devices"], list, 'the entry "devices"')
    count = report["gpu_count"]
    whole = isinstance(count, (int, np.integer))
    check.true(whole, f'a whole number as the entry "gpu_count". Came: {count!r}')
    check.true(report["devices"], "at least one device: a CPU is always there")
    for name in report["devices"]:
        kind = type(name).__name__
        check.true(isinstance(name, str), f"the devices' names, as texts. Came: a {kind} in the list")
        check.true("physical" not in name, f"names that tf.device takes. Came: {name!r}")
    short = [name.upper().split("DEVICE:")[-1] for name in report["devices"]]
    check.true("CPU:0" in short, "the CPU among the devices")
    gpus = sum(name.startswith("GPU") for name in short)
    check.equal(int(count), gpus, 'the entry "gpu_count"')

# %% hidden="describe_devices" points=1.5
with lab.check(
    "describe_devices names just the devices of this kernel, and each of them computes",
    hint="all devices, each once, under names that `tf.device` takes; only GPUs count as GPUs",
) as check:

    def seen():
        import tensorflow as tf

        return [one.name for one in tf.config.list_logical_devices()]

    def multiply(names, a, b):
        import tensorflow as tf

        done = []
        for name in names:
            with tf.device(name):
                product = tf.matmul(a, b)
            done.append((product.numpy(), product.device))
        return done

    # Whole numbers this small have an exact product on every device.
    a, b = lab.rng("describe_devices").integers(1, 10, size=(2, 8, 8)).astype("float32")
    expected = a.astype(int) @ b.astype(int)
    report = check.call(describe_devices)
    check.instance(report, dict, "describe_devices()")
    check.equal(report["tensorflow"], tf.version.VERSION, 'the entry "tensorflow"')
    names = report["devices"]
    check.instance(names, list, 'the entry "devices"')
    short = [str(name).upper().split("DEVICE:")[-1] for name in names]
    here = [name.upper().split("DEVICE:")[-1] for name in labkit.inside(seen)]
    check.equal(sorted(short), sorted(here), "the devices")  # on purpose: what its kernel sees
    count = sum(name.startswith("GPU") for name in here)
    check.equal(report["gpu_count"], count, 'the entry "gpu_count"')  # on purpose: the same
    check.true("CPU:0" in short, "the CPU among the devices")
    for name, (product, place) in zip(short, labkit.inside(multiply, names, a, b), strict=True):
        check.close(product, expected, f"a matrix product on {name}")
        check.true(place.upper().endswith(name), f"{name} to be the place of the product")

# %% hidden="describe_devices.others" points=1
with lab.check(
    "describe_devices asks TensorFlow: on a machine with other devices it names those",
    hint="nothing is copied from one machine; call `tf.config.list_logical_devices()` in the function",
) as check:

    def pretend(describe, kinds):
        import tensorflow as tf

        config, places = tf.config, (tf.config, tf.config.experimental)
        kept = [(one.list_logical_devices, one.list_physical_devices) for one in places]
        numbered = [(kind, kinds[:place].count(kind)) for place, kind in enumerate(kinds)]

        def devices(make, form):
            made = [make(form.format(kind, number), kind) for kind, number in numbered]
            return lambda kind=None: [one for one in made if kind in (None, one.device_type)]

        for one in places:
            one.list_logical_devices = devices(config.LogicalDevice, "/device:{}:{}")
            one.list_physical_devices = devices(config.PhysicalDevice, "/physical_device:{}:{}")
        try:
            return describe()
        finally:
            for one, (logical, physical) in zip(places, kept, strict=True):
                one.list_logical_devices, one.list_physical_devices = logical, physical

    gpus = int(lab.rng("describe_devices.others").integers(2, 6))
    for kinds in [["CPU"] + ["GPU"] * gpus, ["CPU"], ["CPU", "TPU", "GPU"]]:
        report = labkit.inside(pretend, describe_devices, kinds)
        check.instance(report, dict, "describe_devices()")
        names = [f"{kind}:{kinds[:place].count(kind)}" for place, kind in enumerate(kinds)]
        check.instance(report["devices"], list, 'the entry "devices"')
        short = [str(name).upper().split("DEVICE:")[-1] for name in report["devices"]]
        check.equal(sorted(short), sorted(names), "the devices of another machine")
        check.equal(report["gpu_count"], kinds.count("GPU"), "the number of GPUs there")

# %% demo
with lab.needs("describe_devices"):
    print(describe_devices())
    factor = tf.random.normal((1500, 1500))
    for name in describe_devices()["devices"]:
        with tf.device(name):
            tf.matmul(factor, factor).numpy()  # the first product also starts the device
            begin = time.perf_counter()
            tf.matmul(factor, factor).numpy()
        speed = 2 * 1500**3 / 1e9 / (time.perf_counter() - begin)
        print(f"{name}: {speed:,.0f} billion multiplications and additions a second")

# %% [markdown]
# **Look at** the last number: networks consist of little else than multiplications and additions.
#
# ### Exercise 2: a coordinate along a new axis
#
# Turn the x-axis about 0 by an angle, **counter-clockwise**. A point's coordinate along the turned axis
# is x · cos + y · sin of that angle. So the point (0, 1) has the coordinate 1 along an axis turned by
# 90°, and −1 along one turned by −90°.
#
# Write `new_coordinate(points, degrees)` (2 points).
#
# - It takes points of shape (N, 2), whole numbers or floats, where N may be 0, and one angle in
#   **degrees**. `np.cos` and `np.sin` want **radians**: `np.deg2rad` turns degrees into them.
# - It returns an array of floats, shape (N,): the new coordinate of each point.
#
# You need no matrix: one that turns *points*, as in the book, gives the angle the wrong sign.

# %% exercise="new_coordinate"
def new_coordinate(points, degrees):
    """Return the coordinate of points (N, 2) along the x-axis turned counter-clockwise."""
    ### BEGIN SOLUTION
    angle = np.deg2rad(degrees)
    return points @ np.array([np.cos(angle), np.sin(angle)])
    ### END SOLUTION


# %% test="new_coordinate" points=0.75
with lab.check(
    "new_coordinate gives x·cos + y·sin for an angle in degrees, counter-clockwise",
    hint="try the point (0, 1) at 90 and at -90 degrees, on paper first; and is it an array of floats, (N,)?",
) as check:
    corner, corners = np.array([[0, 1], [1, 0], [3, 4]]), "[[0, 1], [1, 0], [3, 4]]"
    for degrees, expected in [(90, [1, 0, 4]), (-90, [-1, 0, -4]), (180, [0, -1, -3])]:
        along = check.call(new_coordinate, corner, degrees)
        check.shape(along, (3,), f"new_coordinate({corners}, {degrees})")
        check.close(along, expected, f"new_coordinate({corners}, {degrees})")
    at_sixty = check.call(new_coordinate, np.array([[2.0, 0.0]]), 60)
    check.close(at_sixty, [1.0], "new_coordinate([[2.0, 0.0]], 60)")
    check.dtype(at_sixty, np.floating, "new_coordinate([[2.0, 0.0]], 60)")
    check.shape(check.call(new_coordinate, corner[:0], 30), (0,), "new_coordinate of no points")

# %% hidden="new_coordinate" points=1.25
with lab.check(
    "new_coordinate does the same for other points and angles, one point and none",
    hint="degrees, not radians; counter-clockwise; floats also for whole numbers",
) as check:
    rng = lab.rng("new_coordinate")
    for count, degrees in [(30, 30), (7, 211.5), (1, -75), (12, 400)]:
        some = rng.normal(size=(count, 2))
        turned = np.pi * degrees / 180
        expected = [x * np.cos(turned) + y * np.sin(turned) for x, y in some.tolist()]
        along = check.call(new_coordinate, some, degrees)
        what = f"new_coordinate of {count} other points at {degrees} degrees"
        check.shape(along, (count,), what)
        check.close(along, expected, what, tol=1e-5)
    whole = rng.integers(-9, 10, size=(5, 2))
    along = check.call(new_coordinate, whole, 45)
    check.dtype(along, np.floating, "new_coordinate of whole numbers")
    check.close(along, whole.sum(axis=1) / np.sqrt(2), "new_coordinate of whole numbers", tol=1e-5)
    nothing = check.call(new_coordinate, whole[:0], 45)
    check.shape(nothing, (0,), "new_coordinate of no points")

# %% [markdown]
# ### Exercise 3: bug clinic, a search that finds nothing
#
# A colleague tries angle after angle and keeps the best. No error, no warning. Read `search_broken`,
# then run the next two cells.

# %%
def search_broken(points, labels, angles):
    """Return the angle after which "positive is class 1" is right most often, and its accuracy."""
    best_angle, best_accuracy = None, -1
    for angle in angles:
        said = (new_coordinate(points, angle) > 0).astype(int)
        accuracy = np.mean(said == labels)
        if accuracy > best_accuracy:
            best_angle, best_accuracy = angle, accuracy
    return best_angle, best_accuracy


def draw_search(search, title):
    """Draw the accuracy that a search finds, angle by angle."""
    angles = range(0, 360, 5)
    accuracies = [search(points, labels, [angle])[1] for angle in angles]
    with shown_figure(title, 6.2, 3.2) as (figure, caption):
        axes = figure.subplots()
        axes.plot(angles, accuracies, color=BLUE, marker="o", markersize=3)
        axes.set(xlabel="Angle of the axis (degrees)", ylabel="Accuracy (share of right answers)")
        axes.set(ylim=(-0.03, 1.03), xticks=range(0, 361, 45))
        low, high = min(accuracies), max(accuracies)
        caption.append(f"{title}: over 72 angles the accuracy lies between {low:.3f} and {high:.3f}.")


# %% demo
with lab.needs("new_coordinate"):
    draw_search(search_broken, "What the colleague's search sees")

# %% [markdown]
# Half of the points seem right at whatever angle, as if a coin were tossed. But your eye saw a line
# between the classes! So flat a curve means that the feedback is broken, not the idea.
#
# Look for the bug, in a cell of your own. How many comparisons should there be at one angle, and how
# many are there? Print what you doubt, with its shape. (What NumPy does here is called *broadcasting*.)
#
# Write `search_rotation(points, labels, angles)` (4 points): copy what stands in `search_broken` and
# mend it. All else about it is right and stays.
#
# - `points` has shape (N, 2), with N at least 1. `labels` has shape (N,) **or** (N, 1): your function
#   takes both. `angles` is a list of degrees, in any order.
# - The class is 1 where the new coordinate is greater than 0, else 0, also at exactly 0. The accuracy is
#   the share of the N points whose class is right.
# - It returns the best angle and its accuracy; if several are equally good, the first of them in
#   `angles`.

# %% exercise="search_rotation" clinic=true
def search_rotation(points, labels, angles):
    """Return the angle after which "positive is class 1" is right most often, and its accuracy."""
    ### BEGIN SOLUTION
    # (N,) == (N, 1) compares every answer with every label: N * N comparisons.
    labels = np.reshape(labels, -1)
    accuracies = [np.mean((new_coordinate(points, angle) > 0) == labels) for angle in angles]
    best = int(np.argmax(accuracies))
    return angles[best], accuracies[best]
    ### END SOLUTION


# %% test="search_rotation" points=1.5
with lab.check(
    "search_rotation returns the best angle and its accuracy, for labels (N,) and (N, 1)",
    hint="print the shapes of `said`, `labels` and `said == labels`, for labels (N,) and (N, 1); then read "
    "again what is said of points on 0 and of equally good angles. new_coordinate has to pass its test first",
) as check:
    some = np.array([[0.0, 2.0], [1.0, 3.0], [-2.0, 1.0], [1.0, -1.0], [0.0, -2.0], [3.0, -1.0]])
    row = np.array([1, 1, 1, 0, 0, 1])
    for form, name in [(row, "(N,)"), (row[:, np.newaxis], "(N, 1)")]:
        found = check.call(search_rotation, some, form, [0, 90, 80, 180])
        two = isinstance(found, (tuple, list)) and len(found) == 2
        check.true(two, "two results, `return angle, accuracy`. Came: something else")
        check.between(found[1], 0, 1, "the second result, the accuracy")
        check.close(found[1], 5 / 6, f"the accuracy, for labels of shape {name}")
        check.close(found[0], 90, f"the first of the best angles, for labels of shape {name}")
    edge = check.call(search_rotation, np.array([[0.0, 1.0], [2.0, 0.0]]), np.array([0, 1]), [0])
    check.close(edge[1], 1, "the accuracy with a point of class 0 whose coordinate is exactly 0")
    alone = check.call(search_rotation, np.array([[1.0, 2.0]]), np.array([[1]]), [-60, 60])
    check.equal([float(number) for number in alone], [60.0, 1.0], "angle and accuracy for one point")

# %% hidden="search_rotation" points=2.5
with lab.check(
    "search_rotation does the same for other points, labels and angles, in both shapes of labels",
    hint="N comparisons an angle; its own accuracy with the best angle; the first one if several are best",
) as check:
    rng = lab.rng("search_rotation")
    for count, wrong in [(60, 0.1), (25, 0.3), (1, 0), (40, 0)]:
        some = rng.normal(size=(count, 2))
        row = (some @ rng.normal(size=2) > 0) ^ (rng.random(count) < wrong)
        row = row.astype(int)
        # Unsorted; the best angle twice, under two names; its opposite first.
        tried = [float(turn) for turn in rng.permutation(24) * 15]
        shares = []
        for turn in tried:
            along = some @ [np.cos(np.pi * turn / 180), np.sin(np.pi * turn / 180)]
            shares.append(float(np.mean((along > 0) == (row > 0))))
        best = int(np.argmax(shares))
        wanted = tried[best]
        tried = [wanted - 180, *tried, wanted + 360, wanted - 90]
        for form, name in [(row[:, np.newaxis], "(N, 1)"), (row, "(N,)")]:
            found = check.call(search_rotation, some, form, tried)
            check.true(isinstance(found, (tuple, list)) and len(found) == 2, "two results")
            check.close(found[1], shares[best], f"the accuracy, for labels of shape {name}")
            check.close(found[0], wanted, f"the best angle, for labels of shape {name}")
    upright = np.array([[0.0, 1.0], [0.0, -3.0], [2.0, 1.0], [0.0, 5.0]])
    found = check.call(search_rotation, upright, np.array([0, 0, 1, 1]), [0])
    check.true(isinstance(found, (tuple, list)) and len(found) == 2, "two results")
    check.close(found[1], 0.75, "the accuracy with points whose coordinate is exactly 0")

# %%
with lab.needs("new_coordinate", "search_rotation"):
    angle, accuracy = search_rotation(points, labels, list(range(0, 360, 5)))
    _, new_accuracy = search_rotation(new_points, new_labels, [angle])
    print(f"best angle {angle}°: accuracy {accuracy:.3f}, on 400 new points {new_accuracy:.3f}")

# %% demo
with lab.needs("new_coordinate", "search_rotation"):
    draw_search(search_rotation, "What the repaired search sees")

# %% [markdown]
# **Look at** the hill: such feedback leads a search. You have done machine learning: nobody wrote the
# angle into the program, and it holds for points that took no part in the search.
#
# ### Exercise 4: one change, and a bet
#
# A network searches too, with many numbers (**weights**) instead of one angle. Ours has a **hidden
# layer** of `units` **templates**: each is 64 weights, one for each dot, and answers strongly to images
# that look like it. Ten outputs, one a class, weigh these answers. The weights start at random. **Training** goes
# through all rows `epochs` times, each time in another random order, and moves the weights in small steps so
# that the answers get better; `learning_rate` says how far a step goes. A **seed** fixes the random
# numbers; here all networks have the same seed, and those of one size the same start.
#
# Without the hidden layer (`units` 0) the network is a **linear** model, one template a class. Below it
# stands the **majority**: always say the most frequent class. A good network beats both: this is the
# lab's **ladder**.

# %%
SETTINGS = {"units": 128, "learning_rate": 0.01, "epochs": 20}


def train_network(settings):
    """Train a network with these settings on the training rows and return it."""
    keras.utils.set_random_seed(lab.seed)  # the same for all: only the settings differ
    hidden = [layers.Dense(settings["units"], activation="relu")] if settings["units"] else []
    model = keras.Sequential([keras.Input((64,)), *hidden, layers.Dense(10, activation="softmax")])
    model.compile(
        optimizer=keras.optimizers.Adam(settings["learning_rate"]),
        loss="sparse_categorical_crossentropy",
        steps_per_execution=10,  # several batches at one go: the same result, sooner
    )
    model.fit(x_train, y_train, epochs=settings["epochs"], batch_size=200, verbose=0)
    return model


def accuracy_on(model, x, y):
    """Return the share of rows that the model gives the right class."""
    return float(np.mean(np.argmax(model(x), axis=1) == y))


# %% demo
majority = np.bincount(y_train).argmax()
majority_accuracy = float(np.mean(y_test == majority))
linear = train_network(SETTINGS | {"units": 0})
linear_accuracy = accuracy_on(linear, x_test, y_test)
print(f"majority ({CLASS_NAMES[majority]}): {majority_accuracy:.3f}   linear: {linear_accuracy:.3f}")

# %% demo
untrained_accuracy = accuracy_on(train_network(SETTINGS | {"epochs": 0}), x_test, y_test)
print(f"network, not trained: {untrained_accuracy:.3f} (a guess, one class of ten: about 0.1)")

# %% [markdown]
# If you change two things at once, you learn nothing about either. Write
# `compare_change(train, settings, name, value)` (2 points).
#
# - It calls the argument `train` twice: first with `settings`, then with a copy, `dict(settings)`, in
#   which `name` has become `value`. (`train` is a function like `train_network`: it takes a dict and
#   returns a network. The tests bring their own.)
# - It returns both networks, `return before, after`.
# - If `name` is not in `settings`, it raises a `KeyError` or `ValueError` before anything is trained.
#   (Else `"unit"` would make a new entry, and you would compare a network with itself.)
#
# Then **bet before you look** (1 point for betting, whatever comes):
#
# - `my_change()` returns one name and its new value, such as `return "units", 16`. `units` is an `int`
#   from 1 to 512, `epochs` an `int` from 1 to 40, `learning_rate` a `float` above 0, up to 1.0. A change
#   that harms teaches as much.
# - `my_bet()` returns the accuracy on test rows that you expect **after** your change, from 0 to 1. The
#   linear model's stands above.
#
# Three more points are for the network **without** your change, `before`: all three if it is as accurate as
# right runs on images that no notebook has, one if it names half of these. So a bold change costs nothing.

# %% exercise="compare_change"
def compare_change(train, settings, name, value):
    """Return the network trained with the settings, and one with one setting changed."""
    ### BEGIN SOLUTION
    if name not in settings:
        raise KeyError(f"there is no setting {name!r}; there are {', '.join(settings)}")
    return train(settings), train({**settings, name: value})
    ### END SOLUTION


def my_change():
    """Return the name of the setting that I change, and its new value."""
    ### BEGIN SOLUTION
    return "units", 8
    ### END SOLUTION


def my_bet():
    """Return the accuracy that I expect on the test rows after the change, from 0 to 1."""
    ### BEGIN SOLUTION
    return 0.85
    ### END SOLUTION


# %% test="compare_change" points=0.75
with lab.check(
    "compare_change trains with the settings, then with one of them changed, and returns both",
    hint="two calls of the argument `train`; a copy of the dict for the second; a name that is not in "
    "`settings`, as 'epoch' here, is refused first",
) as check:
    from functools import partial

    asked = []

    def note(settings):
        asked.append(dict(settings))
        return f"network {len(asked)}"

    plan = {"units": 5, "learning_rate": 0.5, "epochs": 2}
    compare = partial(compare_change, note)  # so no message explains what `note` is
    compare.__name__ = "compare_change"
    pair = check.call(compare, plan, "epochs", 7)
    check.true(len(asked) == 2, f"the argument `train` called twice. Came: {len(asked)} calls of it")
    check.equal(asked[0], plan, "the settings in the first call of `train`")
    check.equal(asked[1], {"units": 5, "learning_rate": 0.5, "epochs": 7}, "the settings in the second call")
    check.equal(list(pair), ["network 1", "network 2"], "what compare_change returns")
    check.raises((KeyError, ValueError), compare, plan, "epoch", 7)
    check.true(len(asked) == 2, "nothing trained when the name is refused. Came: a call of `train`")

# %% test="compare_change.bet" points=1 part="results"
with lab.check(
    "my_change names one setting and a new value for it; my_bet is a number from 0 to 1",
    hint='for example `return "units", 16` or `return "learning_rate", 0.5`, and `return 0.5` as the bet',
) as check:
    change = check.call(my_change)
    two = isinstance(change, (tuple, list)) and len(change) == 2
    check.true(two, 'a name and a value, such as `return "units", 16`. Came: something else')
    name, value = change
    check.true(name in list(SETTINGS), f"one of {', '.join(SETTINGS)}. Came: {name!r}")
    if name == "learning_rate":
        fits = isinstance(value, float)
        check.true(fits, f"learning_rate as a float, such as 0.5 or 1.0. Came: {value!r}")
        check.true(value > 0, f"a learning_rate above 0. Came: {value!r}")
    else:
        fits = isinstance(value, int) and not isinstance(value, bool)
        check.true(fits, f"{name} as a Python int, such as 16, which Keras wants. Came: {value!r}")
    low, high = {"units": (1, 512), "epochs": (1, 40), "learning_rate": (0, 1)}[name]
    check.between(value, low, high, f"the new value of {name}")
    check.true(value != SETTINGS[name], f"another value for {name}. Came: {value!r}, as before")
    bet = check.call(my_bet)
    is_number = isinstance(bet, (int, float, np.number))
    check.true(is_number, f"`my_bet()` = a number such as 0.5, no text. Came: {bet!r}")
    check.between(bet, 0, 1, "my_bet()")

# %% hidden="compare_change" points=1.25
with lab.check(
    "compare_change does the same for other settings, and refuses names that are none",
    hint="every name of `settings` can change, others are refused before any training",
) as check:
    from functools import partial

    rng = lab.rng("compare_change")
    plan = {name: int(rng.integers(1, 100)) for name in ("layers", "units", "rate", "seed")}
    asked, marks = [], [int(mark) for mark in rng.integers(10_000, size=4)]

    def note(settings):
        asked.append(dict(settings))
        return marks[len(asked) - 1] if len(asked) <= len(marks) else None

    compare = partial(compare_change, note)
    compare.__name__ = "compare_change"
    for turn, name in enumerate(["seed", "layers"]):
        pair = check.call(compare, dict(plan), name, 0.25)
        check.equal(asked[2 * turn :], [plan, {**plan, name: 0.25}], "the settings trained with")
        check.true(isinstance(pair, (tuple, list)) and len(pair) == 2, "two results")
        check.equal(list(pair), marks[2 * turn : 2 * turn + 2], "what compare_change returns")
    check.raises((KeyError, ValueError), compare, dict(plan), "Units", 3)
    check.true(len(asked) == 4, "nothing trained when the name is refused. Came: a call of `train`")

# %%
with lab.needs("compare_change"):
    (changed_name, changed_value), bet_accuracy = my_change(), float(my_bet())
    network, changed = compare_change(train_network, SETTINGS, changed_name, changed_value)
    network_accuracy = accuracy_on(network, x_test, y_test)
    changed_accuracy = accuracy_on(changed, x_test, y_test)
    print(f"{changed_name} {SETTINGS[changed_name]}: accuracy on test rows {network_accuracy:.3f}")
    print(f"{changed_name} {changed_value}: {changed_accuracy:.3f}; you bet {bet_accuracy:g}")

# %% hidden="compare_change.score" points=3 part="results"
with lab.check(
    "The network of the given settings names images that no notebook has, as right runs do",
    hint="run all cells from the top: is `network` the one without the change?",
) as check:
    new_images, new_classes = lab.unseen()
    probabilities = network.predict(shrink(new_images), verbose=0)
    check.shape(probabilities, (len(new_images), 10), "network.predict(rows)")
    score = float(np.mean(np.argmax(probabilities, axis=1) == new_classes))
    wanted = lab.threshold("accuracy")
    # One point for having learned at all, three for what right runs reach.
    points_given = 3 if score >= wanted else 1
    check.true(score >= 0.5, f"an accuracy of {wanted:g} on unseen rows. Came: {score:.3f}")
points_given

# %% [markdown]
# ## Conclusion
#
# The next cell shows the ladder with your bet. With all 28 × 28 pixels and 60,000 digits of MNIST
# the network of the book's second chapter reaches 0.9785.

# %% demo
with lab.needs("compare_change"):
    rungs = {"majority": majority_accuracy, "linear": linear_accuracy, "network": network_accuracy}
    plots.score_ladder(
        rungs | {f"{changed_name} {changed_value}": changed_accuracy},
        reference={"your bet": bet_accuracy},
        title="The ladder on test rows",
        label="Accuracy on test rows (share of right answers)",
    )

# %% [markdown] question="why_change" points=4 numbers="network_accuracy, changed_accuracy, bet_accuracy"
# ### Your change
#
# Choose *Restart Kernel and Run All Cells*, so that your numbers are those of the notebook that you save. Then answer
# in **at most 80 words**:
#
# 1. What did you change, and what are the two accuracies? (1 point)
# 2. Why did the accuracy move, or hardly move: what can the network, or its training, do more or less
#    than before? (2)
# 3. How would you find out whether so large a difference could be chance? Think of what is random in
#    training: the first weights, the order of the rows. (1)
#
# ### BEGIN SOLUTION
# I changed units from 128 to 8: the accuracy fell from 0.920 to 0.847; I had bet 0.85.
# With 8 templates instead of 128 the network has fewer kinds of strokes to build ten digits from:
# different ways of writing a digit must share a template, so it confuses more of them. Whether that
# could be chance I would see by training both settings with several seeds and comparing the
# difference with how far runs of the same settings lie apart.
#
# **Rubric** (yes or no)
#
# 1. Names the change and the numbers: both accuracies of their own run, or their difference, as
#    printed beside this answer. (1 point)
# 2. Gives a mechanism that fits the change: units, number of templates or weights; learning rate,
#    length of a step (too short: not there yet; too long: jumps about); epochs, number of passes.
#    Repeating that it got better or worse does not count. (2 points)
# 3. Proposes to repeat both settings with other seeds (or other rows) and to compare the difference
#    with the spread. (1 point)
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# Nothing below is graded: about 15 minutes for those who want more. `VARIANT = "fashion"` in the part
# Theory takes photographs of clothes instead of digits.

# %% [markdown]
# ### Play: your own digit
#
# Draw with `#` on `.`. The picture is what the network gets of your drawing: could you read it? Do not be
# surprised if your 1 becomes an 8: strokes of a pen are grey at the edge and slanted, and of yours the network
# has seen none. (With `VARIANT = "fashion"` it knows clothes only: draw a shirt, not a digit.)

# %% free
DRAWING = """
..######..
.##....##.
.......##.
......##..
...#####..
.......##.
.......##.
.##....##.
..######..
"""
with lab.needs("compare_change"):
    mine = shrink(labkit.drawing.from_text(DRAWING)[np.newaxis])
    print("network:", CLASS_NAMES[np.argmax(network(mine))], end="; ")
    print("after your change:", CLASS_NAMES[np.argmax(changed(mine))])
    plots.image_grid(mine, title="Your drawing, 8 × 8")

# %% [markdown]
# ### Colours: which question is easy in which numbers?
#
# A colour is three numbers: red, green, blue (**RGB**), or hue, saturation, value (**HSV**). "Is it
# greyish?" asks for one number in HSV, as HSV was made for such questions (here greyish *means* a saturation
# below 0.4); in RGB for all three, which lie close together in a grey. "How much red light?" asks for one
# in RGB. The figure shows the first question, in two numbers of each.

# %% demo
from matplotlib.colors import rgb_to_hsv

rgb = np.random.default_rng(3).random((300, 3))
hsv = rgb_to_hsv(rgb)
is_greyish = hsv[:, 1] < 0.4
with shown_figure("Is this colour greyish? The same 300 colours in RGB and in HSV", 8, 3.8) as (
    figure,
    caption,
):
    places = [(rgb, "Red (0 to 1)", "Green (0 to 1)"), (hsv, "Hue (0 to 1)", "Saturation (0 to 1)")]
    for axes, (numbers, across, up) in zip(figure.subplots(1, 2), places, strict=True):
        for kind, mark, name in [(is_greyish, "o", "greyish"), (~is_greyish, "^", "not greyish")]:
            axes.scatter(*numbers[kind, :2].T, c=rgb[kind], marker=mark, s=30)
            axes.scatter([], [], color="grey", marker=mark, label=name)
        axes.set(xlabel=across, ylabel=up)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    caption.append(
        "By red and green alone greyish and other colours lie mixed (blue is not drawn); "
        "one line of saturation separates them."
    )

# %% [markdown]
# ### Before deep learning: the methods of section 1.2
#
# Set `CLASSICS = True`: six older methods on 2,000 of the small images, without any network, in ten
# seconds or so. Your network had 10,000, five times as many: which comes near to it all the same, and
# which is fastest? With tables instead of pictures, gradient boosting and forests often win: a network
# is not always the right tool.

# %% free
CLASSICS = False

# %% demo
if CLASSICS:
    from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.svm import SVC
    from sklearn.tree import DecisionTreeClassifier

    methods = {
        "naive Bayes": GaussianNB(var_smoothing=0.01),
        "decision tree": DecisionTreeClassifier(random_state=1),
        "logistic regression": LogisticRegression(max_iter=300),
        "gradient boosting": GradientBoostingClassifier(n_estimators=30, random_state=1),
        "random forest": RandomForestClassifier(random_state=1),
        "support vector machine": SVC(C=10),
    }
    table = {}
    for name, method in methods.items():
        begin = time.perf_counter()
        method.fit(x_train[:2000], y_train[:2000])
        table[name] = method.score(x_test, y_test), time.perf_counter() - begin
    frame = pd.DataFrame.from_dict(table, "index", columns=["accuracy", "seconds"])
    print(frame.to_string(float_format="{:.3f}".format))
    plots.score_ladder(
        {name: row[0] for name, row in table.items()},
        title="Six methods on 2,000 images of 8 × 8",
        label="Accuracy on test rows (share of right answers)",
    )

# %% [markdown]
# ### A GPU elsewhere
#
# **Colab**: *Runtime → Change runtime type → GPU*, then run exercise 1 again: `gpu_count` is 1.
#
# **A machine of your own, far away**: start Jupyter there so that it listens to that machine only, and
# reach it through an SSH tunnel. No port has to be opened to the world; anybody who reaches an open
# Jupyter can run programs as you.
#
# ```sh
# jupyter lab --no-browser --ip=127.0.0.1 --port=8888    # there; it prints a link with a token
# ssh -N -L 8888:127.0.0.1:8888 you@the-machine          # here, in a second terminal
# ```
#
# Then open the link with the token here. The token is a password: leave it switched on and share it
# with nobody. Rented machines cost money while they stand still: switch them off when you are done.
#
# ### More to try
#
# 1. Another random start: add a cell with the one line `%env LABS_SEED=2` above all others, then
#    *Restart Kernel and Run All Cells*; then 3, 4. How far apart are runs of the same settings? Remove the cell
#    before you hand in.
# 2. `learning_rate` 0.3, then 0.0001, with three seeds each. Which of the two varies more, and why?
# 3. Points with a curved border, such as inside and outside a circle: no angle helps. Which other
#    representation does?
