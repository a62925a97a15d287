# %% [markdown]
# # Features: what a network computes on the way
#
# Chapter 5 of the book, section 5.4.1, and a short paper on sequential models · about 100 minutes · 20 points
#
# Afterwards you can take out what any layer of a network computes, look at it as pictures, and use it
# for a task that the network has never seen.

# %% [markdown]
# ## Introduction
#
# A network is trained to give one answer. On the way to it, every layer turns the picture into other
# pictures. Can one look at them? And are they of use for anything but that one answer?
#
# Run the next two cells. The second trains a tiny network on 2,000 digits; then it shows a digit that
# it has never seen, and what nine of its **filters** make of it.

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

lab = labkit.start("ch05_feature_extraction")  # first: it imports TensorFlow without its messages

import logging
import warnings

import keras
import numpy as np
import pandas as pd
from keras import layers
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from labkit import plots
from labkit.figures import BLACK, BLUE, ORANGE, shown_figure

logging.getLogger("tensorflow").setLevel(logging.ERROR)  # no warnings that new models are slow
# Keras warns at each call where `inputs` was a list with one tensor, which does no harm.
warnings.filterwarnings("ignore", message="The structure of `inputs`")

# %% demo
(old_digits, old_names), (new_digits, _) = lab.load("digits")
preview = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Rescaling(1 / 255),
        layers.Conv2D(9, 5, padding="same", activation="relu", name="nine_filters"),
        layers.MaxPooling2D(4),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
preview.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
preview.fit(old_digits[:2000, ..., None], old_names[:2000], epochs=2, verbose=0)
inside = keras.Model(preview.inputs, preview.get_layer("nine_filters").output)
responses = np.asarray(inside(new_digits[:1, ..., None]))[0].transpose(2, 0, 1)
plots.image_grid(
    np.concatenate([new_digits[:1] / 255, responses / responses.max()]),
    ["the digit", *(f"channel {k}" for k in range(9))],
    title="A digit, and what nine trained filters make of it",
)

# %% [markdown]
# Some filters let the whole digit pass, others mark strokes of one direction, or edges on one side only.
# Nobody drew these filters: they began with random numbers and were trained. How much of what they do comes
# from the training? You will measure it.
#
# Who looks inside a network can see what it goes by, and find filters that do nothing. And who has
# few labelled pictures, a hospital with thirty cases or a factory with a new part, can borrow what
# a network has learned elsewhere: its **features**. Both are in this lab.
#
# First a look at the machine. A GPU is welcome but not needed.

# %% test="environment" points=0 part="results"
with lab.check(
    "This machine has what the lab needs",
    hint="the message names what is missing; the course's README says how to install it",
) as check:
    lab.environment_check(check)

# %% [markdown]
# ## Theory
#
# ### The data
#
# Pictures of 28 × 28 grey pixels in ten classes: the digits of **MNIST**, or the clothes of
# **Fashion-MNIST**. We split the classes, not only the rows.
#
# - Five **old** classes, with 5,000 labelled pictures. The network is trained on these.
# - Five **new** classes. The network never sees them in training, and only **20 pictures of each**
#   have a label: 100 in all. To tell these classes apart is the task of this lab.
#
# Leave the next line, or take the variant that your course gave you. Pixels become numbers from
# 0 to 1, and get a last axis for the channels: a convolution wants one, also where there is one channel only.

# %% free
VARIANT = "digits"

# %%
CLASS_NAMES, OLD, NEW = list("0123456789"), [0, 1, 2, 3, 4], [5, 6, 7, 8, 9]
if VARIANT == "clothes":
    CLASS_NAMES = ["T-shirt", "trousers", "pullover", "dress", "coat"]
    CLASS_NAMES += ["sandal", "shirt", "sneaker", "bag", "boot"]
OLD_COUNT, SHOTS = 5_000 if lab.fast else 30_000, 20


def choose(images, labels, classes):
    """Return the pictures of some classes, float32 (N, 28, 28, 1), and their places in `classes`."""
    chosen = np.isin(labels, classes)
    pictures = images[chosen][..., np.newaxis].astype("float32") / 255
    return pictures, np.searchsorted(classes, labels[chosen])


(train_images, train_labels), (test_images, test_labels) = lab.load(VARIANT)
x_old, y_old = choose(train_images, train_labels, OLD)
x_old, y_old = x_old[:OLD_COUNT], y_old[:OLD_COUNT]
x_more, y_more = choose(train_images, train_labels, NEW)
few = np.concatenate([np.flatnonzero(y_more == one)[:SHOTS] for one in range(len(NEW))])
x_few, y_few = x_more[few], y_more[few]
x_old_test, y_old_test = choose(test_images, test_labels, OLD)
x_test, y_test = choose(test_images, test_labels, NEW)
print("old classes, to train the network on:", x_old.shape, x_old.dtype)
print("new classes, all that has a label:   ", x_few.shape, "; to test on:", x_test.shape)

# %% demo
plots.image_grid(
    np.concatenate([x_old[:10], x_few[:: SHOTS // 2]]),
    [CLASS_NAMES[OLD[one]] for one in y_old[:10]]
    + [CLASS_NAMES[NEW[one]] for one in y_few[:: SHOTS // 2]],
    title="Above: pictures of the old classes. Below: two of each new class",
)

# %% [markdown]
# ## Work
#
# Five exercises, each with a **contract**: what a function takes and what it returns. The visible tests check
# every sentence of it once, the hidden ones again with other numbers and with the traps that the
# text names. The **house rules** of `ch02_mnist` hold: arguments stay as they were, no rows in
# means no rows out, every row counts, the dtype is the promised one.
#
# ### The network
#
# A **convolution** slides a small window over the picture. At every place it multiplies what is in the
# window with a filter, adds it all up with a bias, and cuts off what is below 0 (ReLU). So one filter makes one
# picture of answers: a **channel**, or **activation map**. 32 filters make 32 channels.
#
# "The paper" is the short one named in the title, on features from a sequential model; "the book" is Chollet's. The
# paper's network has three such layers, each with 32 filters: windows of 5 × 5 that move on by two pixels
# (**stride** 2), then twice windows of 3 × 3 that move on by one. A window never leaves the picture
# (padding `"valid"`), so the maps get smaller. Along a side of n pixels, a window of k with stride s fits
# **floor((n - k) / s) + 1** times. `floor` cuts off what is behind the point: a last half step does not fit.

# %% demo
title = "How often does a window of 5 with stride 2 fit into 12 pixels?"
with shown_figure(title, 7.4, 2.5) as (figure, caption):
    axes = figure.subplots()
    for pixel in range(12):
        axes.barh(0, 0.9, left=pixel + 0.05, height=0.7, color="#cccccc" if pixel < 11 else ORANGE)
    for place in range(4):
        axes.barh(place + 1, 4.9, left=2 * place + 0.05, height=0.5, color=BLUE)
    axes.set_xlabel("Pixel")
    axes.set_xticks(np.arange(12) + 0.5, range(12))
    axes.set_yticks(range(5), ["the pixels", *(f"place {place}" for place in range(4))])
    axes.grid(visible=False)
    caption.append(
        f"{title} Four times, from pixels 0, 2, 4 and 6; the last pixel, 11, is never looked at."
    )
print(f"floor((12 - 5) / 2) + 1 = {(12 - 5) // 2 + 1}")

# %% [markdown]
# ### Exercise 1: sizes by hand
#
# Write `predict_shapes(input_shape, filters=32)` (1.5 points), by arithmetic, without Keras.
#
# - It takes the shape of a picture, `(height, width, channels)`, any sizes.
# - It returns a list of three tuples `(height, width, filters)`, whole numbers: the maps of the three layers of the
#   paper's network, in order. Height and width are worked out each for itself.
# - If a picture is too small, so that a height or width of any layer would be below 1, it raises
#   `ValueError`. The formula itself does not complain: it gives 0, or less.
#
# The paper gives (250, 250, 3) pixels: what comes out?

# %% exercise="predict_shapes"
def predict_shapes(input_shape, filters=32):
    """Return the shapes (height, width, filters) of the maps of the paper's three layers."""
    ### BEGIN SOLUTION
    height, width, _ = input_shape
    shapes = []
    for window, stride in [(5, 2), (3, 1), (3, 1)]:
        height, width = ((side - window) // stride + 1 for side in (height, width))
        if height < 1 or width < 1:
            raise ValueError(f"a picture of shape {input_shape} is too small for this network")
        shapes.append((height, width, filters))
    return shapes
    ### END SOLUTION


# %% test="predict_shapes" points=0.5
with lab.check(
    "predict_shapes gives height, width and channels after each layer, and refuses small pictures",
    hint="the output of one layer is the input of the next; `//` cuts off what is behind the point",
) as check:
    paper = check.call(predict_shapes, (250, 250, 3))
    check.equal(paper, [(123, 123, 32), (121, 121, 32), (119, 119, 32)], "the shapes for 250 × 250")
    check.equal(
        check.call(predict_shapes, (28, 21, 1), filters=4),
        [(12, 9, 4), (10, 7, 4), (8, 5, 4)],
        "the shapes for 28 × 21, 4 filters",
    )
    for small in [(12, 40, 3), (40, 12, 3)]:
        check.raises(ValueError, predict_shapes, small)

# %% hidden="predict_shapes" points=1
with lab.check(
    "predict_shapes does the same for other pictures, odd and even, wide and high",
    hint="height and width each for itself; cut off, never round up; all three layers must fit",
) as check:
    rng = lab.rng("predict_shapes")

    def side_after(side):
        """Count the places of each window one by one."""
        after = []
        for window, stride in [(5, 2), (3, 1), (3, 1)]:
            side = len(range(0, side - window + 1, stride))
            after.append(side)
        return after

    sizes = [(13, 14), (251, 64), (64, 251), *rng.integers(13, 300, size=(6, 2)).tolist()]
    for height, width in sizes:
        filters, channels = (int(one) for one in rng.integers(1, 60, size=2))
        pairs = zip(side_after(height), side_after(width), strict=True)
        expected = [(*pair, filters) for pair in pairs]
        shapes = check.call(predict_shapes, (height, width, channels), filters)
        check.equal(shapes, expected, f"the shapes for {height} × {width}")
    for small in (1, 3, 7, 9, 12):
        large = int(rng.integers(30, 90))
        check.raises(ValueError, predict_shapes, (small, large, 3))
        check.raises(ValueError, predict_shapes, (large, small, 3), 8)

# %% [markdown]
# ### Exercise 2: build it
#
# Write `build_source(input_shape=(28, 28, 1), filters=32, name="my_intermediate_layer")` (2 points).
#
# - It returns a new `keras.Sequential` at each call, not compiled.
# - It begins with `keras.Input(input_shape)`, so that it is **built**: it knows all its sizes and has its weights.
# - Then come three `Conv2D` layers, each with as many filters as `filters` says, with ReLU, a bias and padding
#   `"valid"`: 5 × 5 with stride 2, 3 × 3, 3 × 3, the last two with stride 1.
# - The **second** of them has the name `name`; the other two may have any.
#
# In Keras a layer is made with `layers.Conv2D(filters, 5, strides=2, activation="relu")`; padding is `"valid"` and
# a bias there if you say nothing else.

# %% exercise="build_source"
def build_source(input_shape=(28, 28, 1), filters=32, name="my_intermediate_layer"):
    """Return the paper's network: three convolutions, the second with a name."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(filters, 5, strides=2, activation="relu"),
            layers.Conv2D(filters, 3, activation="relu", name=name),
            layers.Conv2D(filters, 3, activation="relu"),
        ]
    )
    ### END SOLUTION


# %% test="build_source" points=0.75
with lab.check(
    "build_source gives a new, built Sequential of three convolutions, the second with its name",
    hint="compare windows, strides, padding, ReLU and the place of `name` with the contract",
) as check:
    model = check.call(build_source, (250, 250, 3))
    check.instance(model, keras.Sequential, "build_source((250, 250, 3))")
    check.true(model.built, "a model that is built: does it begin with `keras.Input(input_shape)`?")
    check.equal(model.count_params(), 20_928, "its number of parameters")
    check.equal(len(model.layers), 3, "its number of layers, Input not counted")
    check.equal(model.layers[1].name, "my_intermediate_layer", "the name of the second layer")
    small = check.call(build_source, filters=2, name="middle")
    check.equal(small.count_params(), 128, "its number of parameters with filters=2")
    check.equal(small.layers[1].name, "middle", 'the name of the second layer with name="middle"')
    pictures = np.random.default_rng(5).random((3, 28, 28, 1), dtype="float32")
    weights, maps = small.get_weights(), pictures
    for place, stride in [(0, 2), (2, 1), (4, 1)]:
        summed = keras.ops.conv(maps, weights[place], stride, "valid") + weights[place + 1]
        maps = np.maximum(np.asarray(summed), 0)
    check.close(small(pictures), maps, "the maps of the last layer, 2 filters", tol=1e-4)
    build_source(filters=2).set_weights([0 * one for one in weights])
    check.close(small(pictures), maps, "the first network, after a second was changed", tol=1e-4)

# %% hidden="build_source" points=1.25
with lab.check(
    "build_source gives the network asked for: other sizes, filters and names, any weights",
    hint="nothing may depend on 28, on 32 or on one name; every layer has ReLU and a bias",
) as check:
    rng = lab.rng("build_source")
    for height, width, channels, filters, name in [
        (64, 80, 3, 5, "second"),
        (17, 13, 1, 7, "my_intermediate_layer"),
        (28, 28, 1, 32, "maps"),
    ]:
        model = check.call(build_source, (height, width, channels), filters, name)
        check.instance(model, keras.Sequential, "build_source(…)")
        check.true(model.built, "a model that is built")
        check.equal([layer.name == name for layer in model.layers], [False, True, False],
                    f"which of the layers has the name {name!r}")  # fmt: skip
        weights = []
        for window, depth in [(5, channels), (3, filters), (3, filters)]:
            kernel = rng.normal(size=(window, window, depth, filters)) / (window * depth**0.5)
            weights += [kernel.astype("float32"), rng.normal(size=filters).astype("float32") / 9]
        check.equal([one.shape for one in model.get_weights()], [one.shape for one in weights],
                    "the shapes of its weights")  # fmt: skip
        model.set_weights(weights)
        pictures = rng.random((2, height, width, channels), dtype="float32")
        maps, after = pictures, []
        for place, stride in [(0, 2), (2, 1), (4, 1)]:
            summed = keras.ops.conv(maps, weights[place], stride, "valid") + weights[place + 1]
            maps = np.maximum(np.asarray(summed), 0)
            after.append(maps)
        check.close(model(pictures), maps, "the maps of the last layer", tol=1e-3)
        first = model.layers[0](pictures)
        check.close(first, after[0], "the maps of the first layer", tol=1e-3)
        check.close(model.layers[1](first), after[1], "the maps of the second layer", tol=1e-3)

# %% [markdown]
# ### Two errors that everybody meets
#
# To take a layer's output out of a model one needs the model's inputs and the layer's name. The next
# cell tries it with a model that has no `Input`, and with a name that does not exist.

# %% demo
unbuilt = keras.Sequential([layers.Conv2D(4, 3, name="only_layer")])
complete = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3, name="only_layer")])
attempts = {
    "inputs of an unbuilt model": lambda: unbuilt.inputs,
    "a layer that is not there": lambda: complete.get_layer("only_layr"),
    "a list with one output": lambda: keras.Model(complete.inputs, [complete.layers[0].output]),
}
for what, attempt in attempts.items():
    try:
        print(f"{what}: {type(attempt()(np.ones((1, 8, 8, 1)))).__name__}, not a list")
    except (AttributeError, ValueError) as error:
        print(f"{what}: {type(error).__name__}: {str(error).splitlines()[0][:95]} …")
print(f"built? {unbuilt.built}; ", end="")
unbuilt(np.ones((1, 8, 8, 1)))
print(f"and after it has met a first picture: {unbuilt.built}, {len(unbuilt.inputs)} input")

# %% [markdown]
# **Look at** the three lines.
#
# - Without `Input` a Sequential has no weights and no inputs; it gets them when it meets its first pictures. Until
#   then it is not `built`.
# - The second message names the layers that exist.
# - The third is no error, and worse: of a **list of one** output Keras makes a bare tensor, whose first entry is the
#   first *picture*. A **dict** stays a dict.
#
# ### Exercise 3: take out what the layers compute
#
# `keras.Model(inputs, outputs)` makes a model of what lies between the two. A Sequential has `inputs` and
# `layers`, a layer its `output`.
#
# Write `all_features(model)` and `one_layer_features(model, name)` (3 points together).
#
# - Both take a built `keras.Sequential` with any layers, and return a new `keras.Model` that takes the same pictures.
# - Calling the model of `all_features` gives a **dict**: for each layer in `model.layers` its name and its
#   output. `Input` is no layer. A model of one layer gives a dict too.
# - Calling that of `one_layer_features` gives the output of the layer called `name`, a **tensor**, no list or dict.
# - If there is no layer of this name: `ValueError` (`get_layer` raises it for you).
# - An unbuilt model is refused by both with `ValueError`. Keras' own `AttributeError` says little.
# - The layers are **shared**, not copied: there are no new weights, and when `model` is trained later, the
#   features follow. `clone_model` or `deepcopy` would leave them behind.
#
# What passes a first look and is wrong: the layer by its place instead of its name; the last layer only.

# %% exercise="all_features" trap=true
def all_features(model):
    """Return a model that gives the output of every layer of `model`, a dict by name."""
    ### BEGIN SOLUTION
    if not model.built:
        raise ValueError("the model is not built: begin it with keras.Input, or call it once")
    return keras.Model(model.inputs, {layer.name: layer.output for layer in model.layers})
    ### END SOLUTION


def one_layer_features(model, name):
    """Return a model that gives the output of the layer of `model` called `name`."""
    ### BEGIN SOLUTION
    if not model.built:
        raise ValueError("the model is not built: begin it with keras.Input, or call it once")
    return keras.Model(model.inputs, model.get_layer(name).output)
    ### END SOLUTION


# %% test="all_features" points=0.75
with lab.check(
    "all_features gives a dict with each layer's output, shares the layers, refuses unbuilt models",
    hint="a dict goes into `keras.Model` as it comes out; `model.built` tells whether the model is built",
) as check:
    model = keras.Sequential(
        [
            keras.Input((9, 7, 2)),
            layers.Conv2D(3, 3, activation="relu", name="maps"),
            layers.MaxPooling2D(2, name="smaller"),
            layers.Flatten(name="row"),
        ]
    )
    pictures = np.random.default_rng(6).normal(size=(4, 9, 7, 2)).astype("float32")
    expected, last = {}, pictures
    for layer in model.layers:
        last = layer(last)
        expected[layer.name] = np.asarray(last)
    made = check.call(all_features, model)
    check.instance(made, keras.Model, "all_features(model)")
    found = made(pictures)
    check.instance(found, dict, "what all_features(model) gives for pictures")
    check.equal(sorted(found), sorted(expected), "the names in it")
    for name, values in expected.items():
        check.close(found[name], values, f"the output of the layer {name!r}", tol=1e-5)
    one = keras.Sequential([keras.Input((9, 7, 2)), layers.Conv2D(3, 3, name="alone")])
    alone = check.call(all_features, one)(pictures)
    check.instance(alone, dict, "what all_features of a model of one layer gives")
    check.close(alone["alone"], one(pictures), "its output", tol=1e-5)

    def train_later(all_features, model, pictures):
        made = all_features(model)
        model.set_weights([0 * one + 1 for one in model.get_weights()])
        return np.asarray(made(pictures)["maps"])

    later = labkit.inside(train_later, all_features, model, pictures)
    check.true(
        not np.allclose(later, expected["maps"], atol=1e-4),
        "features that follow when `model` is trained later. They stayed as they were, as those of a copy do",
    )
    model.set_weights([0 * one + 1 for one in model.get_weights()])
    came = model.layers[0](pictures)
    check.close(later, came, "the features, after the weights of `model` were changed", tol=1e-4)
    check.raises(ValueError, all_features, keras.Sequential([layers.Conv2D(3, 3)]))

# %% test="all_features.one" points=0.5
with lab.check(
    "one_layer_features gives the output of the layer with that name, a tensor, or a ValueError",
    hint="`model.get_layer(name)` finds it; one output, not in a list",
) as check:
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(2, 3, activation="relu", name="first"),
            layers.Conv2D(4, 3, activation="relu", name="second"),
            layers.Flatten(name="third"),
        ]
    )
    pictures = np.random.default_rng(7).normal(size=(3, 8, 8, 1)).astype("float32")
    last = pictures
    for layer in model.layers:
        last = layer(last)
        made = check.call(one_layer_features, model, layer.name)
        check.instance(made, keras.Model, f"one_layer_features(model, {layer.name!r})")
        found = made(pictures)
        check.true(not isinstance(found, (list, tuple, dict)), "a tensor, no list, tuple or dict")
        check.shape(found, tuple(last.shape), f"the output of the layer {layer.name!r}")
        check.close(found, last, f"the output of the layer {layer.name!r}", tol=1e-5)

    def train_later(one_layer_features, model, pictures):
        made = one_layer_features(model, "second")
        model.set_weights([0 * one + 0.1 for one in model.get_weights()])
        return np.asarray(made(pictures))

    before = np.asarray(model.layers[1](model.layers[0](pictures)))
    later = labkit.inside(train_later, one_layer_features, model, pictures)
    check.true(
        not np.allclose(later, before, atol=1e-4),
        "features that follow when `model` is trained later. They stayed as they were, as those of a copy do",
    )
    model.set_weights([0 * one + 0.1 for one in model.get_weights()])
    came = model.layers[1](model.layers[0](pictures))
    check.close(later, came, "the features, after the weights of `model` were changed", tol=1e-4)
    check.raises(ValueError, one_layer_features, model, "fourth")
    unbuilt = keras.Sequential([layers.Conv2D(3, 3, name="only")])
    check.raises(ValueError, one_layer_features, unbuilt, "only")

# %% hidden="all_features" points=1
with lab.check(
    "all_features does the same for other models and random pictures, and follows their training",
    hint="each layer's own output under its own name; the model's own layers, no copies of them",
) as check:
    rng = lab.rng("all_features")

    def after_each(model, pictures):
        found, last = {}, pictures
        for layer in model.layers:
            last = layer(last, training=False) if layer.name == "noise" else layer(last)
            found[layer.name] = np.asarray(last)
        return found

    def features_later(all_features, model, weights, pictures):
        made = all_features(model)
        before = made(pictures)
        numbers = made.count_params()
        model.set_weights(weights)
        after = made(pictures)
        return [{name: np.asarray(one) for name, one in found.items()} for found in (before, after)
                if isinstance(found, dict)], numbers  # fmt: skip

    convolution = layers.Conv2D(4, 3, strides=2, activation="tanh", name="z_first")
    kinds = [
        [layers.Conv2D(6, 2, padding="same", activation="relu", name="maps")],
        [convolution, layers.Dropout(0.5, name="noise"), layers.Flatten(name="b"),
         layers.Dense(3, activation="softmax", name="a")],
        [layers.AveragePooling2D(2, name="less"), layers.Conv2D(3, 1, name="mixed"),
         layers.ReLU(name="bend"), layers.GlobalMaxPooling2D(name="best")],
    ]  # fmt: skip
    for stack in kinds:
        height, width, depth = (int(one) for one in rng.integers(6, 11, size=3))
        model = keras.Sequential([keras.Input((height, width, depth)), *stack])
        model.set_weights([rng.normal(size=one.shape) / 3 for one in model.get_weights()])
        weights = [rng.normal(size=one.shape).astype("float32") for one in model.get_weights()]
        pictures = rng.normal(size=(5, height, width, depth)).astype("float32")
        count = sum(one.size for one in weights)
        expected = [after_each(model, pictures)]
        came, numbers = labkit.inside(features_later, all_features, model, weights, pictures)
        check.equal(len(came), 2, "how often a dict came, also from a model of one layer")
        model.set_weights(weights)
        expected.append(after_each(model, pictures))
        for found, wanted, when in zip(came, expected, ("", ", trained later"), strict=True):
            check.equal(sorted(found), sorted(wanted), "the names of the layers")
            for name, values in wanted.items():
                check.close(found[name], values, f"the output of {name!r}{when}", tol=1e-4)
        check.equal(numbers, count, "the number of parameters: none are new")
    for stack in kinds:
        unbuilt = keras.Sequential([type(one).from_config(one.get_config()) for one in stack])
        check.raises(ValueError, all_features, unbuilt)

# %% hidden="all_features.one" points=0.75
with lab.check(
    "one_layer_features does the same for other models and names, and follows their training",
    hint="by its name, wherever the layer stands; a tensor; the model's own layers",
) as check:
    rng = lab.rng("one_layer_features")

    def feature_later(one_layer_features, model, name, weights, pictures):
        made = one_layer_features(model, name)
        before = made(pictures)
        model.set_weights(weights)
        after = made(pictures)
        return [None if isinstance(one, (list, tuple, dict)) else np.asarray(one)
                for one in (before, after)]  # fmt: skip

    names = ["".join(rng.choice(list("abcdefgh"), size=6)) + str(place) for place in range(4)]
    for place in (1, 3, 0, 2):
        size = int(rng.integers(7, 12))
        model = keras.Sequential([keras.Input((size, size + 2, 2))])
        for layer_name, filters in zip(names, rng.permutation([2, 3, 4, 5]).tolist(), strict=True):
            model.add(layers.Conv2D(filters, 2, activation="relu", name=layer_name))
        model.set_weights([rng.normal(size=one.shape) / 2 for one in model.get_weights()])
        weights = [rng.normal(size=one.shape).astype("float32") / 2 for one in model.get_weights()]
        pictures = rng.normal(size=(3, size, size + 2, 2)).astype("float32")
        arguments = (model, names[place], weights, pictures)
        expected = [pictures, pictures]
        for layer in model.layers[: place + 1]:
            expected[0] = layer(expected[0])
        came = labkit.inside(feature_later, one_layer_features, *arguments)
        model.set_weights(weights)
        for layer in model.layers[: place + 1]:
            expected[1] = layer(expected[1])
        for found, wanted, when in zip(came, expected, ("", ", trained later"), strict=True):
            check.true(found is not None, "a tensor, no list, tuple or dict")
            check.shape(found, tuple(wanted.shape), f"the output of layer {place}{when}")
            check.close(found, wanted, f"the output of layer {place}{when}", tol=1e-4)
        check.raises(ValueError, one_layer_features, model, names[place] + "x")
    unbuilt = keras.Sequential([layers.Conv2D(2, 2, name=names[0])])
    check.raises(ValueError, one_layer_features, unbuilt, names[0])

# %% [markdown]
# The paper tries its model with a picture of ones. Here are ones beside a picture of noise.

# %% demo
with lab.needs("build_source", "all_features"):
    papers = build_source((250, 250, 3))
    everything = all_features(papers)
    for what, picture in [
        ("ones", np.ones((1, 250, 250, 3), "float32")),
        ("noise", np.random.default_rng(0).random((1, 250, 250, 3), dtype="float32")),
    ]:
        for name, maps in everything(picture).items():
            brightest = int(np.asarray(maps).max(axis=(0, 1, 2)).argmax())
            channel = np.asarray(maps)[0, :, :, brightest]
            print(f"{what}: {name} gives {tuple(maps.shape)}; ", end="")
            print(f"channel {brightest} goes from {channel.min():.3f} to {channel.max():.3f}")

# %% [markdown]
# **Look at** the last numbers, those of the channel with the largest value. With ones every window sees the same, so
# a channel is constant, but for the last digit, as adding up rounds. The shapes are right, but if height and width were
# swapped, or two layers, nobody could tell. **Test with noise.** The tests above do.
#
# ### Train it on the old classes
#
# The source has no answer yet. `network` puts one on top: all numbers of the last maps in one row, and five
# probabilities. `source` is a part of it, so its weights are trained too. `extractor` is made
# **before** the training; a copy of the untrained network is kept for later. Some ten seconds.

# %%
with lab.needs("build_source", "all_features"):
    source = build_source()
    LAYERS = [layer.name for layer in source.layers]
    untrained = build_source()
    untrained.set_weights(source.get_weights())
    extractor = all_features(source)
    features_before = np.asarray(extractor(x_test[:1])[LAYERS[2]])
    network = keras.Sequential(
        [source, layers.Flatten(), layers.Dense(len(OLD), activation="softmax")]
    )
    network.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    options = {"batch_size": 500, "verbose": 0, "return_dict": True}
    loss_before = network.evaluate(x_old_test, y_old_test, **options)["loss"]
    network.fit(x_old, y_old, epochs=3, batch_size=64, verbose=0)
    old_accuracy = network.evaluate(x_old_test, y_old_test, **options)["accuracy"]
    moved = np.abs(np.asarray(extractor(x_test[:1])[LAYERS[2]]) - features_before).mean()
    print(f"untrained: loss {loss_before:.2f} (ln 5 = {np.log(5):.2f})")
    print(f"trained: accuracy on test rows of the old classes {old_accuracy:.3f}")
    print(f"the extractor's numbers have moved by {moved:.2f} on average: ", end="")
    print("the weights are shared" if moved > 0 else "it has not noticed the training")

# %% [markdown]
# ### Exercise 4: bug clinic, activation maps on one page
#
# To see what the layers do, a colleague puts all channels of a layer on one page, 16 in a row. Each channel
# gets its own grey scale: minus its mean, divided by its standard deviation (`std`), times 64, plus 128,
# cut off at 0 and 255. The next two cells show the function and its symptoms, with 20 channels.

# %%
def activation_grid_broken(maps, columns=16):
    """Return one picture of all channels of the maps (height, width, channels)."""
    height, width, channels = maps.shape
    rows = channels // columns
    grid = np.zeros((rows * height, columns * width), dtype="uint8")
    for row in range(rows):
        for column in range(columns):
            channel = maps[:, :, row * columns + column]
            channel -= channel.mean()
            channel /= channel.std()
            channel *= 64
            channel += 128
            top, left = row * height, column * width
            grid[top : top + height, left : left + width] = np.clip(channel, 0, 255)
    return grid


# %% demo
toy_maps = np.random.default_rng(3).random((6, 6, 20), dtype="float32")
toy_maps[:, :, 5] = 0  # a filter that never answers
print(f"before: largest value {toy_maps.max():.2f}")
with np.errstate(invalid="ignore"):
    toy_grid = activation_grid_broken(toy_maps)
print(f"20 channels of 6 × 6, the page below has {toy_grid.shape}: room for {toy_grid.size // 36}")
print(f"channel 5, which is 0 everywhere, became {np.unique(toy_maps[:, :, 5])}")
print(f"after: largest value {np.nanmax(toy_maps):.2f}")
with shown_figure("What activation_grid_broken makes of 20 channels", 8, 1.4) as (figure, caption):
    axes = figure.subplots()
    axes.imshow(toy_grid, cmap="gray", vmin=0, vmax=255)
    axes.set_axis_off()
    caption.append("What activation_grid_broken makes of 20 channels: one row of 16 grey squares, one black.")

# %% [markdown]
# Three symptoms, three bugs, and one page that looks fine. Write `activation_grid(maps, columns=16)`
# (3 points), the repaired version.
#
# - It takes the maps of **one** picture, float (height, width, channels), any sizes and any number of channels, at least 1.
# - It returns uint8 of shape (rows · height, `columns` · width), with as many rows as **all** channels need.
# - Channel k stands in row k // `columns`, column k % `columns`, both counted from 0, as are the channels: channel 4 is the
#   **fifth**. Places behind the last channel are 0 (black).
# - Each channel is scaled by its own mean and `std`, as above; a difference of one grey level is fine.
# - A channel that has one value everywhere, whichever it is, is a **dead** one, and grey: 128 all over.
# - `maps` stays as it was. `maps[:, :, k]` is no copy but a window on the same numbers.
#
# Half-repairs: a dead channel that becomes black; `std == 0` alone (`np.full(12, 0.3, "float32").std()` is 3e-08, as
# adding up rounds; compare the largest with the smallest value); one row too many where the last is full.

# %% exercise="activation_grid" clinic=true
def activation_grid(maps, columns=16):
    """Return one uint8 picture of all channels of the maps (height, width, channels)."""
    ### BEGIN SOLUTION
    height, width, channels = maps.shape
    rows = -(-channels // columns)
    grid = np.zeros((rows * height, columns * width), dtype="uint8")
    for k in range(channels):
        channel = maps[:, :, k].astype("float64")  # a copy
        if channel.max() == channel.min():
            grey = np.full((height, width), 128)
        else:
            grey = np.clip((channel - channel.mean()) / channel.std() * 64 + 128, 0, 255)
        top, left = k // columns * height, k % columns * width
        grid[top : top + height, left : left + width] = grey
    return grid
    ### END SOLUTION


# %% test="activation_grid" points=1.25
with lab.check(
    "activation_grid shows every channel at its place, dead ones grey, and leaves the maps alone",
    hint="go through the three symptoms of activation_grid_broken; how many rows do 5 channels of 3 need?",
) as check:
    maps = np.random.default_rng(8).normal(size=(4, 3, 5)).astype("float32")
    maps[0, 0, 0], maps[:, :, 1], maps[:, :, 3] = 9, 0, 0.3
    grid = check.call(activation_grid, maps, columns=3)
    check.shape(grid, (8, 9), "activation_grid of 5 channels of 4 × 3, 3 in a row")
    check.dtype(grid, "uint8", "activation_grid(maps, columns=3)")
    for k in range(5):
        top, left = k // 3 * 4, k % 3 * 3
        part = np.asarray(grid)[top : top + 4, left : left + 3].astype(int)
        if k in (1, 3):
            off = np.abs(part - 128).max()
            check.true(off <= 1, f"128 all over in channel {k}, which is constant. Came: {part[0]} …")
            continue
        values = maps[:, :, k].astype("float64")
        wanted = np.clip((values - values.mean()) / values.std() * 64 + 128, 0, 255)
        off = np.abs(part - wanted).max()
        check.true(off <= 1.01, f"channel {k} at its place, scaled as said; grey levels off: {off:.0f}")
    check.equal(np.asarray(grid)[4:, 6:].tolist(), [[0] * 3] * 4, "the place behind the last")
    wide = check.call(activation_grid, maps)
    check.shape(wide, (4, 48), "activation_grid of 5 channels of 4 × 3, 16 in a row")
    full = check.call(activation_grid, maps, columns=5)
    check.shape(full, (4, 15), "activation_grid of 5 channels of 4 × 3, 5 in a row")

# %% hidden="activation_grid" points=1.75
with lab.check(
    "activation_grid does the same for other maps: sizes, numbers of channels, columns, dead ones",
    hint="every channel has a place; dead is 128, whatever its value; the maps stay as they were",
) as check:
    rng = lab.rng("activation_grid")
    for height, width, channels, columns in [
        (5, 7, 20, 16),
        (6, 4, 32, 16),
        (9, 9, 3, 16),
        (3, 8, 11, 4),
        (7, 5, 1, 1),
    ]:
        maps = rng.gamma(1, 2, size=(height, width, channels)).astype("float32")
        dead = {}
        if channels > 1:
            chosen = rng.choice(channels, size=2, replace=False).tolist()
            # A value whose spread is not exactly 0, as adding up rounds.
            values = (0.1 + rng.random(500)).astype("float32")
            rounded = [one for one in values if np.full((height, width), one).std() > 0]
            dead = dict(zip(chosen, (0.0, rounded[0]), strict=True))
        for k, value in dead.items():
            maps[:, :, k] = value
        rows = len(range(0, channels, columns))
        expected = np.zeros((rows * height, columns * width))
        for k, values in enumerate(maps.astype("float64").transpose(2, 0, 1)):
            spread = 1.0 if k in dead else values.std()
            middle = values if k in dead else values.mean()
            row, column = divmod(k, columns)
            place = slice(row * height, (row + 1) * height), slice(column * width, (column + 1) * width)
            expected[place] = np.clip((values - middle) / spread * 64 + 128, 0, 255)
        grid = check.call(activation_grid, maps, columns)
        name = f"activation_grid of {channels} channels, {columns} in a row"
        check.shape(grid, expected.shape, name)
        check.dtype(grid, "uint8", name)
        off = np.abs(np.asarray(grid).astype(int) - expected)
        check.between(off, 0, 1.01, f"grey levels off in {name}")

# %%
def show_grids(picture, columns=16):
    """Show a picture (28, 28, 1) and the maps that the three layers of `source` make of it."""
    found = extractor(picture[np.newaxis])
    title = "One picture on its way through the network"
    with shown_figure(title, 8.6, 5.6) as (figure, caption):
        sizes = {"height_ratios": [1.4, 2, 2, 2]}
        parts = figure.subplots(4, 1, gridspec_kw=sizes)
        parts[0].imshow(picture[:, :, 0], cmap="gray")
        parts[0].set_title("what goes in", fontsize=10)
        dead = []
        for axes, name in zip(parts[1:], LAYERS, strict=True):
            maps = np.asarray(found[name])[0]
            axes.imshow(activation_grid(maps, columns), cmap="gray", vmin=0, vmax=255)
            dead.append(int(np.sum(maps.max(axis=(0, 1)) == maps.min(axis=(0, 1)))))
            zeros = np.mean(maps == 0)
            axes.set_title(
                f"{name}: {maps.shape[0]} × {maps.shape[1]}, {maps.shape[2]} channels, "
                f"{zeros:.0%} zeros, {dead[-1]} dead",
                fontsize=10,
            )
        for axes in parts:
            axes.set_axis_off()
        caption.append(f"{title}: the maps of three layers, of which {dead} are dead.")


with lab.needs("build_source", "all_features", "activation_grid"):
    show_grids(x_test[0])

# %% [markdown]
# **Look at** the first layer: many channels still show the picture, its left edges, its right edges, its
# background. Further on the maps say less about the picture and more about where a certain piece of it is. The book
# found more zeros and more silent channels, the deeper it looked. And you? Mind that each channel has its own grey
# scale: the same grey may be 0 in one channel and much in another; a dead one, which says nothing of *this* picture, is plain.
# With another seed, the filters are others: your channel 4 is not your neighbour's.
#
# ### Features for a new task
#
# Now the 100 labelled pictures of the **new** classes. We climb a **ladder**, and each rung has to earn its place
# against the one below. All are judged on the same test pictures of the new classes.
#
# 1. **Majority**: always the same class. About 0.2.
# 2. **Linear on pixels**: a logistic regression on the 784 pixels.
# 3. **Linear on features**: a logistic regression again, but on what the last layer of `source` makes of the
#    pictures. The network was trained on *other* classes; its weights stay as they are.
# 4. **Controls**: the same with other layers, and with the untrained network.
#
# The next cell climbs the first two. Pixels stay as they are, features will be standardised column by column: each gets
# what suits it better.

# %%
def fit_linear(rows, labels):
    """Return a logistic regression on standardised columns."""
    regression = LogisticRegression(C=0.1, max_iter=1000)
    return make_pipeline(StandardScaler(), regression).fit(rows, labels)


majority = int(np.bincount(y_few).argmax())
on_pixels = LogisticRegression(C=0.1, max_iter=1000).fit(x_few.reshape(len(x_few), -1), y_few)
majority_accuracy = float(np.mean(y_test == majority))
pixels_accuracy = float(on_pixels.score(x_test.reshape(len(x_test), -1), y_test))
print(f"majority {majority_accuracy:.3f}, linear on pixels {pixels_accuracy:.3f}")

# %% [markdown]
# ### Exercise 5: a row of numbers for each picture, and a bet
#
# The last maps of one picture are 8 × 8 × 32 numbers, as tied to the place as pixels. So we **pool**: cut every map
# into `cells` × `cells` parts and keep the mean of each. It says how much of a filter's pattern there is, and roughly where.
#
# Write `pooled_features(model, name, pictures, cells=2, batch_size=500)` (2.5 points).
#
# - It takes a built model, the name of a layer that gives maps (N, height, width, channels), and N pictures.
# - It returns float32 (N, cells · cells · channels). Cells go row by row from the top left; for each cell come the
#   means of all channels.
# - Cell i of `cells` along a side of n covers places i · n // cells up to, not including, (i + 1) · n // cells. 5 places in 2
#   cells are 2 and 3: none is left out. `cells` is never more than n.
# - The model works as in use, not as in training, when `Dropout` throws away and `BatchNormalization` looks at the
#   other pictures of the batch.
# - It works on `batch_size` pictures at a time, to save memory. The **last batch** may be smaller and counts too.
# - No pictures give (0, cells · cells · channels). The trap: `predict` fails on no pictures.
#
# And write `my_bet()` (1 point): the **accuracy** on the test pictures, from 0 to 1, that you expect of the linear model
# on features. On pixels it is printed above. You get the point for betting.

# %% exercise="pooled_features" trap=true
def pooled_features(model, name, pictures, cells=2, batch_size=500):
    """Return the means of a layer's maps over cells, float32 (N, cells * cells * channels)."""
    ### BEGIN SOLUTION
    maps_of = one_layer_features(model, name)
    _, height, width, channels = maps_of.output_shape
    rows = np.zeros((len(pictures), cells, cells, channels), dtype="float32")
    for start in range(0, len(pictures), batch_size):
        batch = slice(start, start + batch_size)
        maps = np.asarray(maps_of(pictures[batch], training=False))
        for i in range(cells):
            for j in range(cells):
                down = slice(i * height // cells, (i + 1) * height // cells)
                across = slice(j * width // cells, (j + 1) * width // cells)
                rows[batch, i, j] = maps[:, down, across].mean(axis=(1, 2))
    return rows.reshape(len(pictures), cells * cells * channels)
    ### END SOLUTION


def my_bet():
    """Return the accuracy that I expect of the linear model on features, from 0 to 1."""
    ### BEGIN SOLUTION
    return 0.85
    ### END SOLUTION


# %% test="pooled_features" points=0.75
with lab.check(
    "pooled_features gives the means of every cell and channel, for every picture",
    hint="compare shapes first; then which cell comes first, and which places belong to it",
) as check:
    model = keras.Sequential(
        [
            keras.Input((7, 8, 1)),
            layers.Conv2D(3, 3, activation="relu", name="maps"),
            layers.Dropout(0.5, name="noise"),
            layers.Flatten(name="row"),
        ]
    )
    pictures = np.random.default_rng(9).normal(size=(5, 7, 8, 1)).astype("float32")
    maps = np.asarray(model.layers[0](pictures))  # 5 × 6 places
    whole = check.call(pooled_features, model, "maps", pictures, cells=1)
    check.shape(whole, (5, 3), "pooled_features with cells=1")
    check.close(whole, maps.mean(axis=(1, 2)), "pooled_features with cells=1", tol=1e-4)
    parts = [maps[:, :2, :3], maps[:, :2, 3:], maps[:, 2:, :3], maps[:, 2:, 3:]]
    expected = np.concatenate([part.mean(axis=(1, 2)) for part in parts], axis=1)
    check.shape(pooled_features(model, "maps", pictures), (5, 12), "pooled_features, 2 × 2 cells")
    for batch_size in (500, 2):
        rows = check.call(pooled_features, model, "noise", pictures, batch_size=batch_size)
        check.shape(rows, (5, 12), f"pooled_features in batches of {batch_size}")
        check.close(rows, expected, f"pooled_features in batches of {batch_size}", tol=1e-4)

# %% test="pooled_features.house" points=0.25
with lab.check(
    "pooled_features keeps the house rules: float32, pictures unchanged, no pictures allowed",
    hint="how many channels there are, the model knows without a picture: its `output_shape`",
) as check:
    model = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(4, 3, name="maps")])
    pictures = np.random.default_rng(9).normal(size=(3, 6, 6, 1)).astype("float32")
    rows = check.call(pooled_features, model, "maps", pictures)
    check.dtype(rows, "float32", "pooled_features(model, name, pictures)")
    nothing = check.call(pooled_features, model, "maps", pictures[:0])
    check.shape(nothing, (0, 16), "pooled_features of no pictures")

# %% test="pooled_features.bet" points=1 part="results"
with lab.check(
    "my_bet returns a number from 0 to 1",
    hint="0.5 means: half of the test pictures get the right class",
) as check:
    bet = check.call(my_bet)
    check.true(
        isinstance(bet, (int, float, np.number)), "`my_bet()` = a number such as 0.5, no text"
    )
    check.between(bet, 0, 1, "my_bet()")

# %% hidden="pooled_features" points=1.25
with lab.check(
    "pooled_features does the same for other models, layers, cells, batches and pictures",
    hint="as in use, not as in training; each cell's mean; no place and no picture left out",
) as check:
    rng = lab.rng("pooled_features")
    for count, cells, batch_size, name in [
        (7, 2, 3, "calm"),
        (9, 3, 4, "noise"),
        (1, 2, 500, "second"),
        (6, 1, 6, "calm"),
        (5, 2, 10, "first"),
    ]:
        height, width = (int(one) for one in rng.integers(9, 14, size=2))
        depth, filters = (int(one) for one in rng.integers(1, 6, size=2))
        model = keras.Sequential(
            [
                keras.Input((height, width, depth)),
                layers.Conv2D(filters, 3, strides=2, activation="relu", name="first"),
                layers.BatchNormalization(name="calm"),
                layers.Dropout(0.5, name="noise"),
                layers.Conv2D(filters + 1, 2, padding="same", name="second"),
            ]
        )
        weights = [rng.uniform(0.2, 1, size=one.shape) for one in model.get_weights()]
        model.set_weights([weights[0] - 0.6, *weights[1:]])
        pictures = rng.normal(size=(count, height, width, depth)).astype("float32")
        maps = pictures
        for layer in model.layers:
            maps = layer(maps) if layer.name in ("first", "second") else layer(maps, training=False)
            if layer.name == name:
                break
        maps = np.asarray(maps)
        means = []
        for i in range(cells):
            for j in range(cells):
                down = range(i * maps.shape[1] // cells, (i + 1) * maps.shape[1] // cells)
                across = range(j * maps.shape[2] // cells, (j + 1) * maps.shape[2] // cells)
                means.append(maps[:, list(down)][:, :, list(across)].mean(axis=(1, 2)))
        expected = np.concatenate(means, axis=1)
        arguments = (model, name, pictures, cells, batch_size)
        rows = check.call(pooled_features, *arguments, unchanged=False)
        what = f"pooled_features of {count} pictures, {cells} × {cells} cells, batches of {batch_size}"
        check.shape(rows, expected.shape, what)
        check.close(rows, expected, what, tol=1e-3)

# %% hidden="pooled_features.house" points=0.25
with lab.check(
    "pooled_features keeps the house rules for other models: float32, unchanged, no pictures",
    hint="the shape of no pictures: 0 rows, and as many columns as with pictures",
) as check:
    rng = lab.rng("pooled_features.house")
    for filters, cells in [(3, 2), (5, 1)]:
        model = keras.Sequential([keras.Input((8, 9, 2)), layers.Conv2D(filters, 3, name="maps")])
        pictures = rng.normal(size=(4, 8, 9, 2)).astype("float32")
        maps = np.asarray(model.layers[0](pictures))
        rows = check.call(pooled_features, model, "maps", pictures, cells)
        check.dtype(rows, "float32", "pooled_features(model, name, pictures, cells)")
        first = maps[:, : 6 // cells, : 7 // cells].mean(axis=(1, 2))
        check.shape(rows, (4, cells * cells * filters), "pooled_features(…)")
        check.close(np.asarray(rows)[:, :filters], first, "the means of the first cell", tol=1e-4)
        nothing = check.call(pooled_features, model, "maps", pictures[:0], cells)
        check.shape(nothing, (0, cells * cells * filters), "pooled_features of no pictures")

# %%
with lab.needs("build_source", "all_features", "pooled_features"):
    LAYER = LAYERS[2]  # the last one
    bet_accuracy = float(my_bet())
    on_features = fit_linear(pooled_features(source, LAYER, x_few), y_few)
    test_features = pooled_features(source, LAYER, x_test)
    features_accuracy = float(on_features.score(test_features, y_test))
    print(f"{x_few[0].size} pixels: {pixels_accuracy:.3f}; ", end="")
    print(f"{test_features.shape[1]} features: {features_accuracy:.3f}; you bet {bet_accuracy}")

# %% [markdown]
# These two are scored, too (3 points): your features and `on_features` have to name pictures of the new classes that
# no notebook has as well as right runs do: all 3 for what every right run reached, 1 for an accuracy of 0.4.

# %% hidden="pooled_features.score" points=3 part="results"
with lab.check(
    "The linear model on features names pictures that no notebook has as well as right runs do",
    hint="run all cells from the top: are `source`, its features and `on_features` those of this run?",
) as check:
    new_images, new_labels = lab.unseen()
    pictures, places = choose(new_images, new_labels, NEW)
    features = check.call(pooled_features, source, LAYER, pictures)
    check.shape(features, (len(pictures), 4 * 32), "pooled_features of unseen pictures")
    said = np.asarray(on_features.predict(features))
    check.shape(said, (len(pictures),), "on_features.predict(features)")
    accuracy = float(np.mean(said == places))
    wanted = lab.threshold("accuracy")
    # One point for having learned at all, three for what right runs reach.
    points = 3 if accuracy >= wanted else 1
    check.true(
        accuracy >= 0.4, f"an accuracy of {wanted:g} on unseen pictures. Came: {accuracy:.3f}"
    )
points

# %% [markdown]
# ### What did it: the training, the layer, or the cells?
#
# There are three ideas in these features, and a score for all together says nothing of each. A **control**
# changes one thing and leaves the rest. Before you run the cell, bet: which of the three matters most?

# %%
def try_features(model, place, cells):
    """Return a linear model on these features of the few pictures, and its test accuracy."""
    name = model.layers[place].name  # not the same in two models
    fitted = fit_linear(pooled_features(model, name, x_few, cells), y_few)
    return fitted, float(fitted.score(pooled_features(model, name, x_test, cells), y_test))


with lab.needs("build_source", "all_features", "pooled_features"):
    controls = {
        "untrained": try_features(untrained, 2, 2),
        "first layer": try_features(source, 0, 2),
        "second layer": try_features(source, 1, 2),
        "whole maps": try_features(source, 2, 1),
    }
    untrained_accuracy = controls["untrained"][1]

# %% demo
with lab.needs("build_source", "all_features", "pooled_features"):
    chance = 2 * np.sqrt(features_accuracy * (1 - features_accuracy) / len(y_test))
    print(f"{'last layer, trained, 2 × 2 cells':40} {features_accuracy:.3f}")
    for what, changed in [
        ("untrained", "weights drawn at random, never trained"),
        ("first layer", "another layer, the first"),
        ("second layer", "another layer, the second"),
        ("whole maps", "one cell instead of 2 × 2"),
    ]:
        score = controls[what][1]
        print(f"{changed:40} {score:.3f}  ({score - features_accuracy:+.3f})")
    print(f"{'pixels':40} {pixels_accuracy:.3f}  ({pixels_accuracy - features_accuracy:+.3f})")
    print(f"the choice of test pictures alone can make about {chance:.3f}")

# %% [markdown]
# **Look at** the signs, and at what chance can make with this number of test pictures. With digits, filters drawn at
# random are better than pixels already: to look at small windows, to cut off, and to average over cells is a good
# description of a picture, before anything is learned. With one cell, when all that remains is *how much* of each
# pattern there is and no longer *where*, the gain is gone: less even than pixels have.
#
# One run cannot tell training from luck, as the filters **begin** at random too: ten right runs on digits reached 0.81
# to 0.90, untrained filters 0.78 to 0.85. In nine of the ten the trained ones were ahead. With clothes pixels are
# strong, as each piece lies straight and fills its picture: features gain about 3 points there, training hardly any.
# And the second layer may do as well as the last: deeper is not better by itself.
#
# ### Play: your own drawing
#
# Draw something, and look at what the layers make of it. (A photo of a drawing works too.) Then give the network
# something that it has never met: a letter, a face, nothing at all.

# %%
def show_opinion(drawing):
    """Show the maps of a drawing (28, 28), uint8, and what the linear model says."""
    picture = drawing[..., np.newaxis].astype("float32") / 255
    show_grids(picture)
    chances = on_features.predict_proba(pooled_features(source, LAYER, picture[np.newaxis]))[0]
    plots.score_ladder(
        {CLASS_NAMES[NEW[k]]: chances[k] for k in chances.argsort()},
        title="What the linear model on features says",
        label="Probability",
    )


# %% free
DRAWING = """
..######..
.##....##.
.......##.
......##..
.....##...
....##....
...##.....
...##.....
..##......
"""
with lab.needs("build_source", "all_features", "activation_grid", "pooled_features"):
    show_opinion(labkit.drawing.from_text(DRAWING))
    # show_opinion(labkit.drawing.from_file("my_drawing.png"))

# %% [markdown]
# The weights of a convolution do not depend on the size of the picture. So the same filters, trained on
# pictures of 28 × 28, can look at a photograph of 250 × 250, the paper's size.

# %% demo
with lab.needs("build_source", "all_features", "activation_grid"):
    from sklearn.datasets import load_sample_image

    photo = load_sample_image("flower.jpg")[60:310, 200:450].mean(axis=2) / 255
    large = build_source((250, 250, 1))
    large.set_weights(source.get_weights())
    maps_of = one_layer_features(large, "my_intermediate_layer")
    answers = np.asarray(maps_of(photo[np.newaxis, ..., np.newaxis]))[0]
    title = "A photograph, and fifteen maps of it by filters that know small pictures only"
    with shown_figure(title, 9, 4) as (figure, caption):
        left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1, 2]})
        left.imshow(photo, cmap="gray")
        right.imshow(activation_grid(answers[:, :, :15], columns=5), cmap="gray", vmin=0, vmax=255)
        for axes in (left, right):
            axes.set_axis_off()
        caption.append(
            f"{title}, those of the second layer: some show nearly the whole flower, others the outlines"
            " of its petals, and some are grey, as they answer to nothing here."
        )

# %% [markdown]
# ## Conclusion
#
# Here are your figures beside those of the sources. The book looks at the layers of another network, trained on photographs of
# cats and dogs; the paper measures nothing.
#
# What you take home: a model is a graph, and what lies between any two places of it is a model again, with the same
# weights. Maps show *where* a pattern is; averaged over cells they say *how much* of it, which is a short and good
# description of a picture. And features are worth what a control leaves of them: without `untrained` in the table below
# you would thank the training for what the architecture does.

# %% demo
with lab.needs("build_source", "all_features", "pooled_features"):
    results = {
        "layers looked at": (len(LAYERS), "8 (its comment says 5)", 3),
        "parameters at 250 × 250 × 3": (f"{papers.count_params():,}", "", "20,928"),
        "accuracy on the old classes": (f"{old_accuracy:.3f}", "", "not measured"),
        "accuracy on the new classes: majority": (f"{majority_accuracy:.3f}", "", "not measured"),
        "linear on pixels": (f"{pixels_accuracy:.3f}", "", "not measured"),
        "linear on features": (f"{features_accuracy:.3f}", "", "not measured"),
        "linear on features, untrained": (f"{untrained_accuracy:.3f}", "", "not measured"),
        "your bet": (f"{bet_accuracy:.3f}", "", ""),
    }
    columns = ["yours", "the book", "the paper"]
    print(pd.DataFrame.from_dict(results, orient="index", columns=columns).to_string())
    plots.score_ladder(
        {
            "majority": majority_accuracy,
            "linear on pixels": pixels_accuracy,
            "untrained features": untrained_accuracy,
            "features": features_accuracy,
        },
        reference={"your bet": bet_accuracy},
        title="New classes, 20 labelled pictures of each",
        label="Accuracy on test pictures of the new classes",
    )

# %% [markdown] question="why_features" points=4 numbers="pixels_accuracy, untrained_accuracy, features_accuracy"
# ### Borrowed features
#
# Choose *Restart and Run All* first, so that your numbers are those of the notebook that you save.
#
# In **at most 80 words**: how do `pixels_accuracy`, `untrained_accuracy` and `features_accuracy` compare in your run
# (1 point)? Why can features serve the same linear model better than pixels, although the network has never
# seen these classes (2)? You have 100 labelled pictures of something new: what would you do first (1)?
#
# ### BEGIN SOLUTION
# In my run the linear model has 0.76 on pixels, 0.83 on untrained and 0.86 on trained features. A pixel
# says something about one place only, and with 100 pictures nobody learns all places. A feature says that a
# stroke or an edge lies somewhere in a quarter of the picture, wherever exactly, and strokes are the same in old
# and new classes. With 100 new pictures I would take the features of a network trained on similar
# pictures, and compare with pixels and with an untrained network on test pictures.
#
# **Rubric** (yes or no)
#
# 1. Names the numbers: the three accuracies of their own run, or their differences, as printed beside
#    this answer. (1 point)
# 2. Gives the mechanism: features mark patterns such as strokes or edges that old and new classes
#    share, with less regard to the exact place than pixels (fewer numbers, a mean over a cell). With clothes:
#    they lie straight and fill the picture, so that pixels say the same at the same place. "Features are
#    better" alone does not count. (2 points)
# 3. Draws the consequence: take features of a network trained on other data, with a simple model on top,
#    or compare with a control (pixels, untrained network) on rows that were not trained on. (1 point)
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# Change the line `VARIANT = …` in the part Theory and run all cells again.
#
# - `"clothes"`: photographs of clothes. The network learns T-shirt, trousers, pullover, dress and coat;
#   the new classes are sandal, shirt, sneaker, bag and boot. Each lies straight and fills its picture. Bet first: is
#   there more to gain than with digits, or less?
#
# Not graded, for whoever wants more:
#
# 1. 5, 50 or 500 labelled pictures of each new class (`SHOTS`). Where do the pixels catch up?
# 2. 3 × 3 or 4 × 4 cells; all 2,048 numbers of the last maps without any pooling; the largest instead of the mean.
# 3. Train the whole network on the 100 new pictures, from scratch. Compare with the linear models.
# 4. The book says that more and more channels stay silent, the deeper the layer. Is it so in your network? Count
#    zeros over 500 pictures, and again with `untrained`.
# 5. The caption of a figure in the paper says that taking one layer's output gives features of "each object". What
#    does it give? And its title promises a better decision: which measurement is missing in it? You have made it.
# 6. The book shows "the fourth channel" with `[0, :, :, 4]`. Which one is that?
# 7. Put a `BatchNormalization` layer into the source. Call the extractor with `training=True` on one picture, then
#    on the same picture among others. What changed?
# 8. Train `network` on as you like: what does `extractor` say before and after? Then try it with
#    `keras.models.clone_model(source)`.
