# %% [markdown]
# # Cats, dogs, and a network that has seen the world
#
# Chapter 5 of the book, section 5.3 · about 100 minutes · 20 points
#
# Afterwards you can put a network that others have trained to work on photographs of your own,
# freeze and unfreeze its layers, and prove that what should have stayed frozen did.

# %% [markdown]
# ## Introduction
#
# Some hundred photographs are not much: a network that starts from nothing learns most of them by
# heart. But others have trained networks on a million. Can theirs help with ours?
#
# Run the next two cells. The second shows 200 photographs to such a network, lets a linear model
# learn from what it says of them, and then judges eight that neither has seen.

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

lab = labkit.start("ch05_pretrained")  # first: it imports TensorFlow without its start-up messages

import os
import tempfile
import time

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from data_scripts.photos import pixels
from labkit import plots
from labkit.figures import BLACK, BLUE, ORANGE, shown_figure

tf.get_logger().setLevel("ERROR")  # many small networks make TensorFlow complain of retracing

# %% demo
(train_photos, train_labels), (test_photos, test_labels) = lab.load("pets")
preview_base = lab.base(96)
# It says in 100 or more numbers what it sees on a photograph.
seer = keras.Sequential([preview_base.model, layers.GlobalAveragePooling2D()])


def preview_features(photos):
    """Return what the pretrained network sees on each photograph."""
    return seer.predict(preview_base.prepare(pixels(photos, 96)), verbose=0)


preview = LogisticRegression(C=0.1, max_iter=500)
preview.fit(preview_features(train_photos[:200]), train_labels[:200])
chances = preview.predict_proba(preview_features(test_photos[:8]))[:, 1]
plots.image_grid(
    pixels(test_photos[:8], 96),
    [
        f"{'dog' if one > 0.5 else 'cat'} {max(one, 1 - one):.0%}{'' if (one > 0.5) == label else ': wrong'}"
        for one, label in zip(chances, test_labels[:8], strict=True)
    ],
    columns=4,
    title="Eight new photographs",
)

# %% [markdown]
# Each title is what it says, and how sure it is. Of real photographs all or nearly all
# are right, after seconds of learning. (A **linear model** is one dense unit: a weight for each number, and a sum.) No network that starts from nothing gets far on 200 photographs. This one has seen more
# than a million others before.
#
# Hardly anybody who sorts X-rays, leaves or screws today starts from nothing: a **pretrained
# network** is taken, and only its end is trained anew. This is called **transfer learning**.
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
# **Cats vs dogs**, the variant `pets`, are photographs of pets up for adoption, half cats (label 0),
# half dogs (label 1), in any pose, size and light. Fast mode learns from 600 of them; 400 are for
# your tests, and grading uses others that no notebook has. All are scaled to squares of 96 pixels.
# (The variant `things` has small pictures of vehicles, 0, and animals, 1.)
#
# Leave the next line, or take the variant that your course gave you.

# %% free
VARIANT = "pets"

# %%
# Pixels of each side, and how many pictures to learn from.
SIZE, TRAIN_COUNT = (96, 600) if lab.fast else (150, 2_000)
CLASSES = ("cat", "dog") if VARIANT == "pets" else ("vehicle", "animal")


def to_pixels(photos):
    """Return pictures as uint8 (N, SIZE, SIZE, 3), red, green and blue from 0 to 255."""
    if VARIANT == "pets":
        return pixels(photos, SIZE)
    larger = keras.ops.image.resize(np.asarray(photos, "float32"), (SIZE, SIZE))
    return np.round(np.asarray(larger)).astype("uint8")


def to_labels(labels):
    """Return 0 or 1 for each picture, uint8 (N,)."""
    # Of CIFAR-10's ten classes the first two and the last two are vehicles.
    return labels if VARIANT == "pets" else ((labels > 1) & (labels < 8)).astype("uint8")


(train_photos, train_labels), (test_photos, test_labels) = lab.load(VARIANT)
# Which of them is chance, by the lab's seed: another seed is another sample.
chosen = np.random.default_rng(lab.seed).permutation(len(train_labels))[:TRAIN_COUNT]
train_pixels = to_pixels([train_photos[row] for row in chosen])
y_train = to_labels(train_labels[chosen])
test_pixels, y_test = to_pixels(test_photos), to_labels(test_labels)
print(f"train {train_pixels.shape}, test {test_pixels.shape}, {train_pixels.dtype}")
print(f"{CLASSES[1]} on {np.mean(y_train):.1%} of the training pictures")

# %% demo
plots.image_grid(
    train_pixels[:12], [CLASSES[one] for one in y_train[:12]], columns=6, title="Training pictures"
)

# %% [markdown]
# ### The base
#
# A network for photographs has two parts. The **convolutional base** turns a picture into maps: the
# first layers find edges and colours, later ones textures and shapes, the last ones parts such as
# an ear or a wheel. A **map** says where in the picture its pattern is. The **head** makes an answer of them. The head only knows its own classes. The
# base is useful for almost any photograph, and that is the part to take.
#
# Fast mode has a small **MobileNet**, trained on the 1.3 million photographs of ImageNet, 1,000
# classes, some 120 breeds of dogs among them. `LABS_MODE=full` takes **VGG16** as the book does.
# Where neither can be had, a small base trained on computer-made drawings stands in. In the names
# below, `conv_dw` looks at each map by itself, and `conv_pw` after it mixes the maps.

# %%
BASE = lab.base(SIZE)  # BASE.model is a Keras model, BASE.name says which
# How the pictures for it are prepared, and the layer with which fine-tuning begins.
KIND = "bgr" if BASE.name == "vgg16" else "signed"
FIRST = {"vgg16": "block5_conv1", "mobilenet": "conv_dw_12", "small": "block3_conv"}[BASE.name]
for number, layer in enumerate(BASE.model.layers):
    if number < 5 or number > len(BASE.model.layers) - 4:
        print(f"{number:3}  {layer.name:18} {layer.output.shape[1:]}")
print(f"{BASE.model.count_params():,} numbers; from pictures {BASE.model.input_shape[1:]}", end="")
print(f" to maps {BASE.model.output_shape[1:]}")

# %% [markdown]
# ## Work
#
# Six exercises, each a function with a **contract**. The visible tests check nearly every sentence
# of it once, the hidden ones all of them with other numbers, and with the traps that the text names.
# The **house rules** hold: arguments stay as they were, every row counts, the dtype is the promised
# one.
#
# ### Exercise 1: prepare pictures as the base expects them
#
# A base understands pictures only in the form in which it saw them when it was trained. Write
# `prepare_pixels(pixels, kind)` (2 points).
#
# - It takes pixels from 0 to 255 of any dtype, in the shape (…, 3): red, green, blue along the last
#   axis. It may be one picture, (height, width, 3), or many, (N, height, width, 3), or more axes
#   still.
# - It returns a new float32 array of the same shape. `pixels` stays as it was.
# - With the kind `"signed"` values go from -1 (for 0) to 1 (for 255), in a straight line. MobileNet
#   was trained so.
# - With the kind `"bgr"` the channels stand in the order **blue, green, red**, less their means
#   over ImageNet: 103.939 of blue, 116.779 of green, 123.68 of red. Nothing is divided. VGG16 was
#   trained so.
# - Any other kind is refused with `ValueError`.
#
# The traps: uint8 knows no negative numbers, `np.uint8(10) - np.uint8(20)` is 246. `x -= …` changes
# the array that you were given. And for `"bgr"`, dividing by 255 first, as the book does, makes all
# pictures nearly the same.


# %% exercise="prepare_pixels"
def prepare_pixels(pixels, kind):
    """Return pixels 0 to 255 as a base expects them, float32."""
    ### BEGIN SOLUTION
    x = np.asarray(pixels).astype("float32")
    if kind == "signed":
        return x / np.float32(127.5) - np.float32(1)
    if kind == "bgr":
        return x[..., ::-1] - np.array([103.939, 116.779, 123.68], dtype="float32")
    raise ValueError(f"no kind {kind!r}")
    ### END SOLUTION


# %% test="prepare_pixels" points=0.75
with lab.check(
    "prepare_pixels gives float32 from -1 to 1, or blue, green and red less their means",
    hint="make floats first; work the example (10, 20, 30) out on paper for both kinds; refuse all other kinds",
) as check:
    one = np.array([[[10, 20, 30], [0, 255, 51]]], dtype="uint8")
    expected = {
        "signed": [[[-0.921569, -0.843137, -0.764706], [-1, 1, -0.6]]],
        "bgr": [[[-73.939, -96.779, -113.68], [-52.939, 138.221, -123.68]]],
    }
    for kind, wanted in expected.items():
        for picture in (one, one.astype("float64"), one.astype("float32")):
            name = f"prepare_pixels(pixels, {kind!r}) of {picture.dtype} pixels"
            came = check.call(prepare_pixels, picture, kind)
            check.shape(came, (1, 2, 3), name)
            check.close(came, wanted, name, tol=1e-4)
            check.dtype(came, "float32", name)
        many = check.call(prepare_pixels, np.stack([one, one]), kind)
        check.close(many, [wanted, wanted], f"two pictures, {kind!r}", tol=1e-4)
    check.raises(ValueError, prepare_pixels, one, "grey")

# %% hidden="prepare_pixels" points=1.25
with lab.check(
    "prepare_pixels does the same with other pictures, shapes and dtypes",
    hint="float32 first, a new array, the last axis; no division for bgr; other kinds are refused",
) as check:
    rng = lab.rng("prepare_pixels")
    for shape, dtype in [((5, 4, 3), "uint8"), ((2, 3, 6, 3), "float32"), ((3,), "int64"),
                         ((2, 1, 3, 3, 3), "float64"), ((1, 3, 3, 3), "uint8")]:  # fmt: skip
        picture = rng.integers(256, size=shape).astype(dtype)
        numbers = picture.astype("float64").reshape(-1, 3)
        red, green, blue = numbers.T
        signed = numbers * 2 / 255 - 1
        bgr = np.stack([blue - 103.939, green - 116.779, red - 123.68], axis=1)
        for kind, wanted in [("signed", signed), ("bgr", bgr)]:
            came = check.call(prepare_pixels, picture, kind)
            name = f"prepare_pixels of {dtype} {shape}, {kind!r}"
            check.close(came, wanted.reshape(shape), name, tol=1e-4)
            check.dtype(came, "float32", name)
    for kind in ("", "rgb", "BGR"):
        check.raises(ValueError, prepare_pixels, picture, kind)

# %%
with lab.needs("prepare_pixels"):
    x_train, x_test = prepare_pixels(train_pixels, KIND), prepare_pixels(test_pixels, KIND)
    print(
        f"{BASE.name} wants {KIND!r}: {x_train.dtype}, {x_train.min():.1f} to {x_train.max():.1f}"
    )

# %% [markdown]
# ### Exercise 2: compute features once
#
# The simplest use of a base: run all pictures through it **once**, keep what comes out, the
# **features**, and train something small on them. Each map is averaged over its positions, so a
# picture becomes one number a map: how much of this pattern there is. (The book keeps all positions,
# and pays with two million parameters.)
#
# Running the base costs time (here seconds, with VGG16 minutes), so features are kept in a file. Write `cached_features(base,
# x, path, batch_size=64)` (2.5 points).
#
# - It takes a Keras model that makes maps (N, rows, columns, C) of pictures, N prepared pictures,
#   and the path of a file, a text.
# - It returns float32 (N, C): the mean of each map over its positions. Every picture counts, also
#   where N is no multiple of `batch_size`; whatever that is, the result is the same.
# - The base works as in prediction (`predict`, or a call with `training=False`): some of its layers work
#   otherwise in training, as you will see. Its weights stay as they were.
# - **If there is no file** at `path`, the features are computed, and then saved there in NumPy's
#   format, under exactly this name.
# - **If there is one with N rows**, they are read from it, and the base has nothing to do.
# - If the file has another number of rows, it belongs to other pictures: compute anew, and
#   overwrite it.
#
# The traps: `np.save("features", …)` writes `features.npy`, so the file is never found again; hand
# it an open file.


# %% exercise="cached_features" trap=true
def cached_features(base, x, path, batch_size=64):
    """Return the features of pictures, float32 (N, C); from the file if they are in it."""
    ### BEGIN SOLUTION
    if os.path.exists(path):
        features = np.load(path)
        if len(features) == len(x):
            return features
    maps = base.predict(x, batch_size=batch_size, verbose=0)
    features = maps.mean(axis=(1, 2)).astype("float32")
    # An open file: NumPy would add .npy to a name.
    with open(path, "wb") as file:
        np.save(file, features)
    return features
    ### END SOLUTION


# %% [markdown]
# The tests use a base as small as a toy; here it is.


# %%
def toy_base(seed, channels=(4, 5, 6), size=8):
    """Build a base of three blocks with made-up weights, for pictures of 8 pixels."""
    rng = np.random.default_rng(seed)
    inputs = x = keras.Input((size, size, 3))
    for number, count in enumerate(channels, start=1):
        name = f"block{number}"
        x = layers.Conv2D(count, 3, padding="same", use_bias=False, name=f"{name}_conv")(x)
        x = layers.BatchNormalization(name=f"{name}_bn")(x)
        x = layers.ReLU(name=f"{name}_relu")(x)
    base = keras.Model(inputs, x, name="toy_base")
    base.set_weights(
        [
            rng.normal(scale=0.3, size=one.shape)
            if one.ndim > 1
            else rng.uniform(0.5, 1.5, one.shape)
            for one in base.get_weights()
        ]
    )
    return base


def toy_features(base, x):
    """Return the features of pictures, straight from the base."""
    return np.asarray(layers.GlobalAveragePooling2D()(base(x, training=False)))


# %% test="cached_features" points=1
with lab.check(
    "cached_features computes features once, keeps them in the file, and reads them from there",
    hint="all pictures, in prediction, averaged over rows and columns? what lies in the folder after one call?",
) as check:
    first, second = toy_base(1), toy_base(2)
    x = np.random.default_rng(3).normal(size=(7, 8, 8, 3)).astype("float32")
    folder = labkit.scratch()
    path = folder / "features"
    wanted = toy_features(first, x)
    before = first.get_weights()
    came = check.call(cached_features, first, x, str(path), batch_size=4)
    check.shape(came, (7, 6), "the features of 7 pictures")
    check.close(came, wanted, "the features", tol=1e-4)
    check.dtype(came, "float32", "the features")
    for was, now in zip(before, first.get_weights(), strict=True):
        check.close(now, was, "the weights of the base afterwards")
    check.true(path.exists(), "a file of exactly the name `features`, without an ending")
    check.close(np.load(path), wanted, "what is in the file", tol=1e-4)
    again = check.call(cached_features, second, x, str(path))
    check.close(again, wanted, "the second call, with another base: from the file", tol=1e-4)
    fewer = check.call(cached_features, second, x[:5], str(path), batch_size=2)
    wanted = toy_features(second, x[:5])
    check.close(fewer, wanted, "five other pictures: computed anew", tol=1e-4)
    check.close(np.load(path), wanted, "the file, overwritten", tol=1e-4)

# %% hidden="cached_features" points=1.5
with lab.check(
    "cached_features does the same for other bases, numbers of pictures and files",
    hint="all rows, inference, float32, the mean over both axes of positions; the file decides when it fits",
) as check:
    rng = lab.rng("cached_features")
    for count, batch_size, name in [
        (9, 4, "kept"),
        (3, 64, "pets.features"),
    ]:
        seeds = rng.integers(1_000_000, size=2)
        base = toy_base(int(seeds[0]), channels=(3, 4, int(rng.integers(5, 9))))
        x = rng.normal(size=(count, 8, 8, 3)).astype("float32")
        path = labkit.scratch() / name
        wanted = toy_features(base, x)
        before = base.get_weights()
        came = check.call(cached_features, base, x, str(path), batch_size=batch_size)
        check.close(came, wanted, f"the features of {count} pictures", tol=1e-4)
        check.dtype(came, "float32", "the features")
        for was, now in zip(before, base.get_weights(), strict=True):
            check.close(now, was, "the weights of the base afterwards")
        check.true(path.exists(), f"a file of exactly the name `{name}`")
        check.close(np.load(path), wanted, f"what is in the file `{name}`", tol=1e-4)
        # What the file says holds, whoever wrote it.
        made_up = rng.normal(size=(count, 6)).astype("float32")
        with open(path, "wb") as file:
            np.save(file, made_up)
        came = check.call(cached_features, base, x, str(path))
        check.close(came, made_up, "features from the file", tol=1e-5)
        more = rng.normal(size=(count + 2, 8, 8, 3)).astype("float32")
        wanted = toy_features(base, more)
        came = check.call(cached_features, base, more, str(path))
        check.close(came, wanted, "features where the file has fewer rows", tol=1e-4)
        check.close(np.load(path), wanted, "the file, overwritten", tol=1e-4)

# %% [markdown]
# Now for the photographs, twice. A name should say all that its content depends on: data, base,
# size, rows.

# %%
FOLDER = tempfile.mkdtemp(prefix="features-")


def file_of(part):
    """Return a path that names everything that the features depend on."""
    return os.path.join(FOLDER, f"{VARIANT}-{lab.source}-{BASE.name}-{SIZE}-{part}")


with lab.needs("prepare_pixels", "cached_features"):
    for attempt in ("first", "second"):
        started = time.perf_counter()
        train_features = cached_features(BASE.model, x_train, file_of("train"))
        test_features = cached_features(BASE.model, x_test, file_of("test"))
        print(f"{attempt} time: {time.perf_counter() - started:.2f} s")
    print(f"features: {train_features.shape} and {test_features.shape}")

# %% [markdown]
# ### What is there to beat?
#
# The ladder of this lab:
#
# 1. **Majority**: always the more frequent label. That is right for half of the pets.
# 2. **Pixels**: logistic regression on the colours of 16 × 16 patches. No base.
# 3. **Features**: the same logistic regression on your features.
# 4. **Head**: a small head on the frozen base, trained with **augmented** pictures, exercise 3.
# 5. **Fine-tuned**: the last layers of the base trained along, exercise 5.
#
# Logistic regression is a linear model for yes or no: one unit with sigmoid.


# %%
def fit_linear(x, y, strength):
    """Return a logistic regression on scaled columns; strength is how large weights may grow."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=300))
    return model.fit(x, y)


def patches(pictures):
    """Return the mean colour of each of 16 x 16 patches, (N, 768)."""
    picked = np.linspace(0, SIZE, 17).astype(int)[:-1]
    rows = np.add.reduceat(pictures, picked, axis=1, dtype="float32")
    return np.add.reduceat(rows, picked, axis=2).reshape(len(pictures), -1)


majority = int(np.mean(y_train) > 0.5)
on_pixels = fit_linear(patches(train_pixels), y_train, 1e-3)
majority_accuracy = float(np.mean(y_test == majority))
pixels_accuracy = float(on_pixels.score(patches(test_pixels), y_test))
print(f"majority {majority_accuracy:.3f}, pixels {pixels_accuracy:.3f}")
with lab.needs("prepare_pixels", "cached_features"):
    on_features = fit_linear(train_features, y_train, 1e-2)
    features_accuracy = float(on_features.score(test_features, y_test))
    chance = 2 * np.sqrt(features_accuracy * (1 - features_accuracy) / len(y_test))
    print(f"features {features_accuracy:.3f}; other test pictures could change it by {chance:.3f}")

# %% [markdown]
# Remember the last number: of 100 sets of as many test pictures, 95 give an accuracy no further away.
# Smaller differences between two rungs prove nothing by themselves.
#
# What does it cost if the pictures are prepared wrongly? Nothing fails; the model of the features
# above simply meets something else.

# %% demo
with lab.needs("prepare_pixels", "cached_features"):
    some, few = test_pixels[:200], y_test[:200]
    ways = {
        "for another base": prepare_pixels(some, "signed" if KIND == "bgr" else "bgr"),
        "0 to 255": some.astype("float32"),
        "0 to 1": some / np.float32(255),
        "red and blue swapped": prepare_pixels(some[..., ::-1], KIND),
        "as it expects": prepare_pixels(some, KIND),
    }
    costs = {}
    for way, x in ways.items():
        maps = BASE.model.predict(x, batch_size=64, verbose=0)
        costs[way] = float(on_features.score(maps.mean(axis=(1, 2)), few))
    plots.score_ladder(
        costs,
        reference={"majority": majority_accuracy},
        title="The same model, pictures prepared in five ways",
        label="Accuracy, 200 pictures",
    )

# %% [markdown]
# **Look at** which mistakes cost little and which make the base nearly blind. (With 200 pictures
# even 5 points can be chance.) The cheap ones stay unnoticed: the book itself feeds VGG16 values from
# 0 to 1, in the wrong order of colours, and still gets 90 %.
#
# ### A frozen base with a head
#
# Features are cheap but fixed. To train on a picture that is mirrored or shifted anew each time
# (**augmentation**), the base must run every time, as a layer of one large model: augmentation →
# base → head.


# %%
def make_augmentation():
    """Return layers that mirror and shift pictures, in training only."""
    return keras.Sequential(
        [
            layers.RandomFlip("horizontal"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="nearest"),
        ],
        name="augmentation",
    )


# %% demo
one_picture = np.stack([test_pixels[0] / np.float32(255)] * 8)
changed = np.array(make_augmentation()(one_picture, training=True))
changed[0] = one_picture[0]
plots.image_grid(
    np.clip(changed, 0, 1),
    ["as it is", *["augmented"] * 7],
    columns=8,
    title="One picture, and seven times augmented",
)

# %% [markdown]
# **Look at** the edges: what a shift leaves empty is filled with the colour of the edge.
#
# Training must not change the base. The head starts with random weights; its first, large
# gradients would go down into the base and wreck what a million photographs taught it. So the base
# is **frozen**: `base.trainable = False` takes its tensors out of `model.trainable_weights`. (A
# **tensor** is here one array of weights, such as a kernel or a bias.) What is to be trained is noted
# by the first `fit` after a `compile`, and every later `fit` keeps to it. So the habit is: **freeze,
# compile, fit**, and compile again after every change of a flag.
#
# And there is a trap that VGG16 does not have. Between its convolutions MobileNet, like most newer
# bases, has **batch normalization**: from each map it takes the mean and divides by the spread. In
# training these are the mean and spread of the batch, say of 32 pictures. In prediction there may be
# one picture only, so moving averages are used, its **moving statistics**, which training has kept.
# They are no trainable weights; they move by themselves in every step of training, whatever the
# rate, and batches of our pictures push them away from what the base was trained with. Only a
# **frozen** batch normalization works as in prediction and keeps its statistics. Many texts call
# `base(x, training=False)` instead: in Keras 3 that is not enough, as `fit` says `training=True` to
# every layer of the model, and wins.


# %%
def trained_part(model):
    """Return how many tensors of a model training changes, and how many numbers they hold."""
    tensors = model.trainable_weights
    return len(tensors), sum(int(np.prod(one.shape)) for one in tensors)


# %% [markdown]
# ### Exercise 3: build on the base, and bet
#
# Write `build_on_base(base, augmentation, units=32, rate=2e-3)` (2.5 points). It returns a new
# model, compiled and not yet trained.
#
# - It takes pictures of the base's own input shape, `base.input_shape[1:]`, prepared for the base.
# - Its layers in this order: `augmentation`, a Keras layer, which does nothing in prediction;
#   `base` itself, no copy of it, so that `model.get_layer(base.name)` finds it; the mean over all
#   positions; a `Dense` layer of `units` with ReLU; one unit with sigmoid.
# - The base is frozen, so that it works as in prediction: just four tensors of the model are
#   trained, kernel and bias of two `Dense` layers.
# - It is compiled, after freezing, with Adam at the rate `rate`, the loss `"binary_crossentropy"`
#   and the metric `"accuracy"`.
#
# The traps in the head: softmax on one unit always says 1; without sigmoid the answer is no
# probability. And pictures are prepared already: scale nothing again.
#
# A model is a layer too: `augmentation` and `base` stand in the list of `keras.Sequential` like any
# other, behind `keras.Input(…)`.
#
# And write `my_bet()` (1 point): the **accuracy on the test pictures**, from 0 to 1, that you
# expect of this head after a few epochs. The features' is printed above. You get the point for
# betting.


# %% exercise="build_on_base" trap=true
def build_on_base(base, augmentation, units=32, rate=2e-3):
    """Return a new compiled model: augmentation, the frozen base, a head of two layers."""
    ### BEGIN SOLUTION
    base.trainable = False
    model = keras.Sequential(
        [
            keras.Input(base.input_shape[1:]),
            augmentation,
            base,
            layers.GlobalAveragePooling2D(),
            layers.Dense(units, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


def my_bet():
    """Return the accuracy that I expect on the test pictures, from 0 to 1."""
    ### BEGIN SOLUTION
    return 0.85
    ### END SOLUTION


# %%
def head_of(features, weights):
    """Return what a head says of features (N, C); weights: kernel, bias, kernel, bias."""
    hidden = np.maximum(features @ weights[0] + weights[1], 0)
    return 1 / (1 + np.exp(-(hidden @ weights[2] + weights[3])))


# %% test="build_on_base" points=0.5
with lab.check(
    "build_on_base puts augmentation, the frozen base and a head of four tensors together",
    hint="print `[w.path for w in model.trainable_weights]`; `input_shape` has the number of pictures in front",
) as check:
    toy = toy_base(4)
    brighter = layers.RandomBrightness((0.2, 0.2), value_range=(-1, 1))
    model = check.call(build_on_base, toy, brighter, units=5)
    check.equal(len(model.trainable_weights), 4, "the number of tensors that are trained")
    check.equal(model.get_layer("toy_base").trainable, False, "trainable of the base")
    x = np.random.default_rng(5).uniform(-1, 1, size=(6, 8, 8, 3)).astype("float32")
    weights = model.get_weights()[-4:]
    shapes = [(6, 5), (5,), (5, 1), (1,)]
    check.equal([one.shape for one in weights], shapes, "the shapes of the head's weights")
    wanted = head_of(toy_features(toy, x), weights)
    check.close(model(x, training=False), wanted, "what the model says in prediction", tol=1e-4)

# %% test="build_on_base.training" points=0.5
with lab.check(
    "build_on_base augments in training only, in front of the base, and compiles",
    hint="is augmentation the first layer, left to itself? is the base frozen? compare the arguments of `compile`",
) as check:
    toy = toy_base(6)
    brighter = layers.RandomBrightness((0.2, 0.2), value_range=(-1, 1))
    model = check.call(build_on_base, toy, brighter, units=3, rate=0.03)
    shapes = [one.shape for one in model.get_weights()[-4:]]
    check.equal(shapes, [(6, 3), (3,), (3, 1), (1,)], "the shapes of the head's weights")
    check.instance(model.optimizer, keras.optimizers.Adam, "model.optimizer")
    check.close(float(model.optimizer.learning_rate), 0.03, "the learning rate")
    x = np.random.default_rng(7).uniform(-1, 1, size=(6, 8, 8, 3)).astype("float32")
    y = np.array([0, 1, 1, 0, 1, 0], dtype="float32")
    scores = model.evaluate(x, y, verbose=0, return_dict=True)
    check.equal(sorted(scores), ["accuracy", "loss"], "what model.evaluate reports")
    said = np.clip(np.asarray(model(x, training=False))[:, 0], 1e-7, 1 - 1e-7)
    loss = -np.mean(np.log(np.where(y == 1, said, 1 - said)))
    check.close(scores["loss"], loss, "the loss, binary cross-entropy of its answers", tol=1e-3)
    bright = toy_features(toy, np.clip(x + 0.4, -1, 1))
    wanted = head_of(bright, model.get_weights()[-4:])
    came = model(x, training=True)
    check.close(came, wanted, "in training, with brighter pictures and a frozen base", tol=1e-4)

# %% test="build_on_base.bet" points=1 part="results"
with lab.check(
    "my_bet returns a number from 0 to 1",
    hint="0.5 means: half of the test pictures get the right label",
) as check:
    bet = check.call(my_bet)
    check.true(
        isinstance(bet, (int, float, np.number)), "`my_bet()` = a number such as 0.5, no text"
    )
    check.between(bet, 0, 1, "my_bet()")

# %% hidden="build_on_base" points=1
with lab.check(
    "build_on_base gives the model asked for, with other bases, sizes and rates",
    hint="augmentation, base, mean, Dense with ReLU, one unit with sigmoid; is the base frozen?",
) as check:
    rng = lab.rng("build_on_base")

    for size, units, last in [(8, 4, 6), (6, 7, 3)]:
        toy = toy_base(int(rng.integers(1_000_000)), channels=(3, 4, last), size=size)
        shift = float(rng.uniform(0.1, 0.3))
        brighter = layers.RandomBrightness((shift, shift), value_range=(-1, 1))
        model = check.call(build_on_base, toy, brighter, units, 0.01)
        weights = model.get_weights()[-4:]
        shapes = [(last, units), (units,), (units, 1), (1,)]
        check.equal([one.shape for one in weights], shapes, "the shapes of the head's weights")
        x = rng.uniform(-1, 1, size=(9, size, size, 3)).astype("float32")
        plain = toy_features(toy, x)
        bright = toy_features(toy, np.clip(x + 2 * shift, -1, 1))
        wanted = head_of(plain, weights)
        check.close(model(x, training=False), wanted, "what the model says in prediction", tol=1e-4)
        wanted = head_of(bright, weights)
        check.close(model(x, training=True), wanted, "what it says in training", tol=1e-4)

# %% hidden="build_on_base.training" points=0.5
with lab.check(
    "build_on_base gives a model whose training changes the head at the rate, and the base not by a bit",
    hint="freeze before compile; Adam at `rate`; compare base.get_weights() before and after one fit",
) as check:
    rng = lab.rng("build_on_base.training")
    x = rng.uniform(-1, 1, size=(16, 8, 8, 3)).astype("float32")
    y = rng.integers(2, size=16).astype("float32")
    toy = toy_base(int(rng.integers(1_000_000)))
    original = toy.get_weights()
    model = check.call(build_on_base, toy, layers.GaussianNoise(0.01), 6, 0.02)
    # Features are positive here: with weights above 0 no unit is silent, so that all can learn.
    model.set_weights([*model.get_weights()[:-4], *(np.abs(w) for w in model.get_weights()[-4:])])
    before = model.get_weights()
    model.fit(x, y, epochs=1, batch_size=16, verbose=0)
    after = model.get_weights()
    # on purpose: which of the student's weights training moved is the question
    moved = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    check.equal(sum(moved), 4, "how many tensors training changed, of all in the model")
    for kept in original:
        found = any(kept.shape == one.shape and np.array_equal(kept, one) for one in after)
        check.true(found, "every tensor of the base in the trained model, bit for bit")
    # Adam's first step has the length of the rate for each weight.
    step = max(float(np.abs(a - b).max()) for a, b in zip(before, after, strict=True))
    check.close(step, 0.02, "the longest step of the first update", tol=1e-3)

# %% [markdown]
# **Before any training**: what is trained, and where does the loss begin? A head that knows nothing
# and says so, 0.5 of every picture, has ln 2 ≈ 0.69. Yours is above, how far is chance: random weights
# that meet some hundred features, some as large as 6, are sure of nonsense. A large loss has large
# gradients. The last column counts the tensors of the book's network, VGG16 with a head of its own.

# %%
with lab.needs("prepare_pixels", "cached_features", "build_on_base", "my_bet"):
    bet_accuracy = float(my_bet())
    keras.utils.set_random_seed(lab.seed)
    fresh = lab.base(SIZE).model
    network = build_on_base(fresh, make_augmentation())
    at_head = trained_part(network)
    fresh.trainable = True
    at_all = trained_part(network)
    fresh.trainable = False
    print(f"all trainable: {at_all[0]:3} tensors, {at_all[1]:9,} numbers   the book: 30")
    print(f"base frozen:   {at_head[0]:3} tensors, {at_head[1]:9,} numbers   the book:  4")
    untrained = network.evaluate(x_test[:64], y_test[:64], verbose=0, return_dict=True)
    print(f"untrained: loss {untrained['loss']:.3f}, accuracy {untrained['accuracy']:.3f}")

# %%
HEAD_EPOCHS = 3 if lab.fast else 30
with lab.needs("prepare_pixels", "cached_features", "build_on_base", "my_bet"):
    base_before = fresh.get_weights()
    started = time.perf_counter()
    head_history = network.fit(
        x_train, y_train, epochs=HEAD_EPOCHS, batch_size=32, verbose=0
    ).history
    head_seconds = time.perf_counter() - started
    head_accuracy = network.evaluate(x_test, y_test, batch_size=64, verbose=0, return_dict=True)[
        "accuracy"
    ]
    is_unchanged = all(
        np.array_equal(a, b) for a, b in zip(base_before, fresh.get_weights(), strict=True)
    )
    print(f"head on the frozen base: {head_accuracy:.3f} in {head_seconds:.0f} s; ", end="")
    print(f"you bet {bet_accuracy}; features {features_accuracy:.3f}")
    print("the base is bit for bit what it was:", is_unchanged)

# %% [markdown]
# **Look at** the last line, and make it a habit: after every training with frozen layers, compare.
#
# Features and head are about **equal**, within chance. With the same frozen base behind both, the
# head has not more to go by, and mirrored photographs look much the same to a base that has seen a
# million.
#
# ### Exercise 4: save and load
#
# Before anything is unfrozen, keep what you have: training that goes wrong cannot be undone. Write
# `save_and_load(model, path)` (1 point).
#
# - It saves the whole model to the file `path`, a text that ends in `.keras`; a file that is there
#   is overwritten. A model has a method `save`; its counterpart is in `keras.models`.
# - It returns the model **loaded from this file**, a new object; `model` stays as it was.
# - The loaded one gives the same answers, has as many trainable tensors, and is compiled: the same
#   optimizer goes on with the same rate.
#
# The trap: `save_weights` keeps numbers only, no layers, no rate, no frozen flags.


# %% exercise="save_and_load"
def save_and_load(model, path):
    """Save a model to a file, and return what is loaded from it."""
    ### BEGIN SOLUTION
    model.save(path)
    return keras.models.load_model(path)
    ### END SOLUTION


# %% test="save_and_load" points=0.5
with lab.check(
    "save_and_load returns a new model from the file, with the same answers, flags and rate",
    hint="one line saves the model, one loads it from the file, and that one is returned",
) as check:
    toy = toy_base(8)
    toy.trainable = False
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            toy,
            layers.GlobalAveragePooling2D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
    model.optimizer.build(model.trainable_variables)
    x = np.random.default_rng(9).normal(size=(6, 8, 8, 3)).astype("float32")
    wanted = np.asarray(model(x))
    path = labkit.scratch() / "toy.keras"
    path.write_text("an old file")
    loaded = check.call(save_and_load, model, str(path))
    check.true(loaded is not model, "a new model, loaded from the file")
    check.close(loaded(x), wanted, "what it says", tol=1e-5)
    check.equal(len(loaded.trainable_weights), 2, "the number of tensors that are trained")
    optimizer = getattr(loaded, "optimizer", None)
    check.true(optimizer is not None, "a compiled model, with an optimizer")
    check.close(float(loaded.optimizer.learning_rate), 0.003, "the learning rate")
    check.true(path.read_bytes()[:2] == b"PK", "the model in the file at `path`")

# %% hidden="save_and_load" points=0.5
with lab.check(
    "save_and_load does the same for another model, and what is in the file is the model",
    hint="the whole model, the very path, an old file overwritten; what you return comes from the file",
) as check:
    rng = lab.rng("save_and_load")
    toy = toy_base(int(rng.integers(1_000_000)))
    for layer in toy.layers[:5]:
        layer.trainable = False
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            toy,
            layers.GlobalAveragePooling2D(),
            layers.Dense(3, activation="sigmoid"),
        ]
    )
    rate = float(rng.uniform(0.02, 0.1))
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy")
    model.optimizer.build(model.trainable_variables)
    x = rng.normal(size=(8, 8, 8, 3)).astype("float32")
    wanted = np.asarray(model(x))
    tensors = len(model.trainable_weights)
    path = labkit.scratch() / "kept.keras"
    toy_base(1).save(path)  # an older model lies there
    loaded = check.call(save_and_load, model, str(path))
    check.close(loaded(x), wanted, "what it says", tol=1e-5)
    check.equal(len(loaded.trainable_weights), tensors, "the number of trained tensors")
    optimizer = getattr(loaded, "optimizer", None)
    check.true(optimizer is not None, "a compiled model, with an optimizer")
    check.close(float(loaded.optimizer.learning_rate), rate, "the learning rate", tol=1e-5)
    read = keras.models.load_model(path)
    check.close(read(x), wanted, "what the model in the file says", tol=1e-5)

    def moves_alone(one, other):
        was = [w.copy() for w in one.get_weights()]
        other.set_weights([0 * w for w in was])
        return all((a == b).all() for a, b in zip(was, one.get_weights(), strict=True))

    alone = labkit.inside(moves_alone, model, loaded)
    check.true(alone, "a new model: changing it does not change the first")

# %%
with lab.needs("prepare_pixels", "cached_features", "build_on_base", "my_bet", "save_and_load"):
    head_network = save_and_load(network, os.path.join(FOLDER, "head.keras"))
    # Called like a function, a model has to be told that this is no training.
    answers = [np.asarray(one(x_test[:32], training=False)) for one in (network, head_network)]
    print("loaded from the file, the same answers:", np.allclose(*answers, atol=1e-5))

# %% [markdown]
# ### Fine-tuning
#
# Now that the head is sensible, the last layers of the base may adapt to our pictures: **fine-tuning**.
# Only the last, for three reasons. Early layers find edges, which are the same everywhere. The more
# is trainable, the more can be learned by heart. And it is slower. The rate is **small**, so that
# the base is bent, not broken.
#
# The order matters: freeze, train the head, unfreeze the last layers, compile, train on. Who
# unfreezes before the head is trained lets random gradients in.

# %%
NAMES = [layer.name for layer in BASE.model.layers]
LAST = BASE.model.layers[NAMES.index(FIRST) :]
print(f"{FIRST} and what follows: {len(LAST)} of {len(NAMES)} layers, ", end="")
print(f"{sum(one.count_params() for one in LAST) / BASE.model.count_params():.0%} of all numbers")

# %% [markdown]
# ### Exercise 5: unfreeze the last layers
#
# Write `unfreeze_from(model, base_name, first, rate=1e-4)` (2.5 points). Besides,
# `tuned_network`, which the cell below the tests fine-tunes with it, is judged on unseen pictures: 1
# point more if it has learned, 3 if it is as good as those of right runs, none if its base has not changed.
#
# - It takes a model such as exercise 3 builds, and the name of its base:
#   `model.get_layer(base_name)` is the base.
# - In the base, the layer named `first` **and all that follow it** become trainable, all before it
#   frozen. The layers of `model` outside of the base stay as they are.
# - **Batch normalization** in the base (`layers.BatchNormalization`) stays frozen wherever it
#   stands, so that fine-tuning moves no statistics.
# - The model is compiled anew, with Adam at the rate `rate`, `"binary_crossentropy"` and the metric
#   `"accuracy"`.
# - It works again with another `first`, for more layers or fewer.
# - A `first` that the base does not have is refused with `ValueError`.
# - It returns the same model. Weights are not changed.
#
# The traps: a smaller rate alone unfreezes nothing. Flags take two steps, in this order:
#
# 1. `base.trainable = True`. If it was False, this sets the flags of **all** layers within; if it was
#    True already, it sets none (Keras 3.15).
# 2. Then the flag of **every single** layer, True or False.
#
# With the base left at False, `base.trainable_weights` is empty although training changes its layers: count
# on the **outer** model. And without `compile` a trained model goes on as before.


# %% exercise="unfreeze_from" trap=true
def unfreeze_from(model, base_name, first, rate=1e-4):
    """Unfreeze a base from one layer on, compile the model anew, and return it."""
    ### BEGIN SOLUTION
    base = model.get_layer(base_name)
    names = [layer.name for layer in base.layers]
    if first not in names:
        raise ValueError(f"{base_name} has no layer {first!r}")
    base.trainable = True
    # Every single one, True or False: the base's flag alone may do nothing.
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= names.index(first) and not is_norm
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% test="unfreeze_from" points=1
with lab.check(
    "unfreeze_from makes the base trainable from one layer on, and compiles at the small rate",
    hint="print `[w.path for w in model.trainable_weights]` of the outer model; what if no layer has this name?",
) as check:
    toy = toy_base(10)
    toy.trainable = False
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            toy,
            layers.GlobalAveragePooling2D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.1), "binary_crossentropy", metrics=["accuracy"])
    weights = model.get_weights()
    for first, tensors in [("block3_conv", 1 + 2), ("block3_bn", 2), ("block2_conv", 2 + 2)]:
        earlier = model.optimizer
        came = check.call(unfreeze_from, model, "toy_base", first, rate=0.002)
        check.true(came is model, "the same model to come back")
        check.true(model.optimizer is not earlier, "a new optimizer, from a new `compile`")
        name = f"the number of trained tensors of the model, from `{first}` on"
        check.equal(len(model.trainable_weights), tensors, name)
        check.close(float(model.optimizer.learning_rate), 0.002, "the learning rate")
        check.instance(model.optimizer, keras.optimizers.Adam, "model.optimizer")
    check.raises(ValueError, unfreeze_from, model, "toy_base", "block4_conv")
    for was, now in zip(weights, model.get_weights(), strict=True):
        check.close(now, was, "the weights, before any training")

# %% hidden="unfreeze_from" points=1.5
with lab.check(
    "unfreeze_from leaves frozen layers bit for bit as they were in training, and trains the others",
    hint="flags of single layers after that of the base; batch normalization; compile; count on the outer model",
) as check:
    rng = lab.rng("unfreeze_from")
    x = rng.normal(size=(12, 8, 8, 3)).astype("float32")
    # Mostly ones: with as many zeros the bias might have hardly any slope, and Adam's step no length.
    y = rng.permutation(np.repeat([0, 1], [3, 9])).astype("float32")

    def train_once(model, x, y):
        model.fit(x, y, epochs=1, batch_size=12, verbose=0)
        return True

    for plan in [("block3_conv", "block1_bn")]:
        toy = toy_base(int(rng.integers(1_000_000)))
        toy.trainable = False
        model = keras.Sequential(
            [
                keras.Input((8, 8, 3)),
                toy,
                layers.GlobalAveragePooling2D(),
                # No ReLU: with few units all could be silent, and then nothing below them learns.
                layers.Dense(4, activation="tanh"),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile(keras.optimizers.Adam(0.1), "binary_crossentropy", metrics=["accuracy"])
        # The head is trained first, as in the lab.
        labkit.inside(train_once, model, x, y)
        for first in plan:
            rate = float(rng.uniform(0.002, 0.005))
            check.call(unfreeze_from, model, "toy_base", first, rate)
            names = [layer.name for layer in toy.layers]
            place = names.index(first)
            before = {layer.name: layer.get_weights() for layer in toy.layers}
            head = model.layers[-1].get_weights()
            labkit.inside(train_once, model, x, y)
            for number, layer in enumerate(toy.layers):
                pairs = list(zip(before[layer.name], layer.get_weights(), strict=True))
                same = all(np.array_equal(was, now) for was, now in pairs)
                if number < place:
                    check.true(same, f"`{layer.name}`, before `{first}`, the same after training")
                elif isinstance(layer, layers.BatchNormalization):
                    what = f"`{layer.name}`, batch normalization, the same after training"
                    check.true(same, f"{what}, moving statistics too")
                elif pairs:
                    moved = not np.array_equal(*pairs[0])
                    check.true(moved, f"`{layer.name}` trained along, from `{first}` on")
            step = np.abs(model.layers[-1].get_weights()[1] - head[1])
            check.close(step, np.full(1, rate), "Adam's first step in the head: the rate", tol=1e-4)
            scores = model.evaluate(x, y, verbose=0, return_dict=True)
            check.equal(sorted(scores), ["accuracy", "loss"], "what model.evaluate reports")
            said = np.clip(np.asarray(model(x, training=False))[:, 0], 1e-7, 1 - 1e-7)
            loss = -np.mean(np.log(np.where(y == 1, said, 1 - said)))
            check.close(scores["loss"], loss, "the loss, binary cross-entropy of its answers", tol=1e-3)
            # One kernel a convolution, and the head's four.
            trained = sum(name.endswith("conv") for name in names[place:]) + 4
            check.equal(len(model.trainable_weights), trained, "the number of trained tensors")
        check.raises(ValueError, unfreeze_from, model, "toy_base", f"{first}_2")
        check.call(unfreeze_from, model, "toy_base", "block3_conv", rate)
        name = "the number of trained tensors with fewer layers again"
        check.equal(len(model.trainable_weights), 1 + 4, name)

# %%
TUNE_EPOCHS = 3 if lab.fast else 30
RATE = 2e-4 if lab.fast else 1e-5
with lab.needs(
    "prepare_pixels", "cached_features", "build_on_base", "my_bet", "save_and_load", "unfreeze_from"
):
    tuned_network = unfreeze_from(network, fresh.name, FIRST, RATE)
    at_tuning = trained_part(tuned_network)
    print(f"from {FIRST} on: {at_tuning[0]} tensors, {at_tuning[1]:,} numbers   the book: 10 tensors")
    started = time.perf_counter()
    tune_history = tuned_network.fit(
        x_train, y_train, epochs=TUNE_EPOCHS, batch_size=32, verbose=0
    ).history
    tune_seconds = time.perf_counter() - started
    tuned_accuracy = tuned_network.evaluate(
        x_test, y_test, batch_size=64, verbose=0, return_dict=True
    )["accuracy"]
    print(f"fine-tuned: {tuned_accuracy:.3f} in {tune_seconds:.0f} s; head {head_accuracy:.3f}")
    # Which tensors of the base has fine-tuning moved?
    moved_tensors = [
        tensor.path
        for tensor, was in zip(fresh.weights, base_before, strict=True)
        if not np.array_equal(was, tensor.numpy())
    ]
    print(f"of the base's {len(base_before)} tensors {len(moved_tensors)} have moved:")
    print(*moved_tensors, sep="\n")

# %% demo
with lab.needs(
    "prepare_pixels", "cached_features", "build_on_base", "my_bet", "save_and_load", "unfreeze_from"
):
    title = "Training the head, then fine-tuning"
    with shown_figure(title, 9.2, 3.2) as (figure, caption):
        losses, shares = figure.subplots(1, 2)
        for axes, key, label in [
            (losses, "loss", "Loss"),
            (shares, "accuracy", "Accuracy"),
        ]:
            values = head_history[key] + tune_history[key]
            axes.plot(range(1, len(values) + 1), values, "o-", color=BLUE, label="training pictures")
            axes.axvline(HEAD_EPOCHS + 0.5, color=BLACK, linestyle="--", label="unfrozen here")
            axes.set_xlabel("Epoch")
            axes.set_ylabel(label)
        ends = [HEAD_EPOCHS, HEAD_EPOCHS + TUNE_EPOCHS]
        shares.plot(ends, [head_accuracy, tuned_accuracy], "s", color=ORANGE, label="test pictures")
        shares.legend(frameon=False)
        caption.append(
            f"{title}: loss {head_history['loss'][0]:.2f} in the first epoch, "
            f"{head_history['loss'][-1]:.2f} with the base frozen, {tune_history['loss'][-1]:.2f} at the end; "
            f"accuracy on test pictures {head_accuracy:.3f}, then {tuned_accuracy:.3f}."
        )

# %% [markdown]
# **Look at** what follows the dashed line. The training loss goes below what the head reached alone; the
# two squares, on test pictures, may be nearly the same. That is no mistake: 600 pictures teach such a
# small base little that it does not know already. Then look at the names above: besides the head's four tensors,
# only kernels of convolutions from `FIRST` on have moved. The moving statistics have not: they are frozen.

# %% hidden="unfreeze_from.score" points=3 part="results"
with lab.check(
    "The fine-tuned network judges pictures that no notebook has as well as right runs do",
    hint="run all cells from the top: is the head trained first, and is the rate small in fine-tuning?",
) as check:
    new_photos, new_labels = lab.unseen()
    x = BASE.prepare(to_pixels(new_photos))
    labels = to_labels(new_labels)
    said = tuned_network.predict(x, batch_size=64, verbose=0)
    check.shape(said, (len(x), 1), "tuned_network.predict(x)")
    # The head of exercise 3 would do as well: what is judged must have been fine-tuned.
    base = zip(BASE.model.get_weights(), tuned_network.get_weights()[:-4], strict=True)
    moved = sum(not np.array_equal(was, now) for was, now in base)
    check.true(moved > 0, "some tensor of the base changed by fine-tuning")
    accuracy = float(np.mean((np.asarray(said)[:, 0] > 0.5) == labels))
    wanted = lab.threshold("accuracy")
    # One point for having learned at all, three for what right runs reach.
    points = 3 if accuracy >= wanted else 1
    check.true(
        accuracy >= min(0.65, wanted),
        f"an accuracy of {wanted:g} on unseen pictures. Came: {accuracy:.3f}",
    )
points

# %% [markdown]
# ### Exercise 6: bug clinic
#
# A colleague has let a whole network learn for one epoch, sees the base in danger, and freezes it
# before going on. The next two cells show the function and, on the toy base, its symptom.


# %%
def train_head_broken(model, base_name, x, y, epochs=1):
    """Train the head of a model on x and y; its base is to stay as it is."""
    model.get_layer(base_name).trainable = False
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    return model


# %% demo
with lab.needs("prepare_pixels", "build_on_base", "my_bet"):
    other = toy_base(0)
    tiny = x_train[:64, :: SIZE // 8, :: SIZE // 8][:, :8, :8]
    sick = build_on_base(other, make_augmentation())
    other.trainable = True  # everything learns for one epoch …
    sick.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
    sick.fit(tiny, y_train[:64], batch_size=32, verbose=0)
    was = other.get_weights()  # … and now only the head should
    train_head_broken(sick, other.name, tiny, y_train[:64])
    moved = sum(not np.array_equal(a, b) for a, b in zip(was, other.get_weights(), strict=True))
    print(f"the model says that {len(sick.trainable_weights)} tensors are trained; ", end="")
    print(f"{moved} of the base's {len(was)} have moved")

# %% [markdown]
# Every flag is right, `summary()` says so too, and the base is trained all the same. With an older
# Keras the like seems to be behind the book's 96 % "with a frozen base": readers who ran its code
# again with a newer Keras, which really freezes, report about 90 %.
#
# Write `train_head(model, base_name, x, y, epochs=1, rate=1e-3)` (1.5 points), the repaired
# version.
#
# - It takes a model that is compiled and **may have been trained before**; its base,
#   `model.get_layer(base_name)`, may be trainable in whole or in part (its own flag is True then, as
#   after exercise 5).
# - It trains for `epochs` passes over `x` and `y` in batches of 32, with Adam at the rate `rate`
#   and the loss `"binary_crossentropy"`, so that **all that is outside of the base learns** (and is
#   trainable already).
# - Every tensor of the base, moving statistics too, is the same bit for bit **at every step**, and
#   the base is frozen at the end.
# - It returns the same model.
#
# Repairs that only look right: a new `compile`, one epoch, and only then the flag;
# `model.trainable = False`, which freezes the head too; putting the old weights back at the end, with
# a head that has learned from a base that is no more.


# %% exercise="train_head" clinic=true
def train_head(model, base_name, x, y, epochs=1, rate=1e-3):
    """Train what is outside of the base; the base stays bit for bit as it is."""
    ### BEGIN SOLUTION
    model.get_layer(base_name).trainable = False
    # What is to be trained is noted here: without it, a model that was trained goes on as before.
    model.compile(keras.optimizers.Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    return model
    ### END SOLUTION


# %% test="train_head" points=0.5
with lab.check(
    "train_head trains the head, and leaves the base bit for bit as it was",
    hint="if the base moved: when is it noted what is trained? if the head did not: which flags and which rate?",
) as check:
    toy = toy_base(11)
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            toy,
            layers.GlobalAveragePooling2D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    x = np.random.default_rng(12).normal(size=(10, 8, 8, 3)).astype("float32")
    # With as many zeros as ones the bias might have hardly any slope, and Adam's step no length.
    y = np.array([0, 0, 1, 1, 1, 1, 1, 1, 1, 1], dtype="float32")

    def train_all(model, x, y):
        model.fit(x, y, verbose=0)
        return True

    labkit.inside(train_all, model, x, y)  # a model that has been trained, the base too
    before, head = toy.get_weights(), model.layers[-1].get_weights()[1]
    came = check.call(train_head, model, "toy_base", x, y, epochs=1, rate=0.02)
    check.true(came is model, "the same model to come back")
    same = all(np.array_equal(a, b) for a, b in zip(before, toy.get_weights(), strict=True))
    check.true(same, "every tensor of the base the same, bit for bit")
    check.equal(toy.trainable, False, "trainable of the base, at the end")
    step = np.abs(model.layers[-1].get_weights()[1] - head)
    check.close(step, np.full(1, 0.02), "the first step of the head's bias: the rate", tol=1e-3)

# %% hidden="train_head" points=1
with lab.check(
    "train_head gives the head that learns on a base that stands still, whatever was trained before",
    hint="the head must see the same base at every step, and learn itself, at the rate that was asked for",
) as check:
    rng = lab.rng("train_head")

    def train_all(model, x, y):
        model.fit(x, y, batch_size=32, verbose=0)
        return True

    for flags, epochs, rate in [("part", 3, 0.03)]:
        toy = toy_base(int(rng.integers(1_000_000)))
        if flags == "part":
            for layer in toy.layers[:4]:
                layer.trainable = False
        model = keras.Sequential(
            [
                keras.Input((8, 8, 3)),
                toy,
                layers.GlobalAveragePooling2D(),
                layers.Dense(3, activation="tanh"),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
        x = rng.normal(size=(24, 8, 8, 3)).astype("float32")
        y = rng.integers(2, size=24).astype("float32")
        labkit.inside(train_all, model, x, y)
        before = toy.get_weights()
        # The head by itself, on the features of the base as it is now.
        features = toy_features(toy, x)
        alone = keras.Sequential(
            [
                keras.Input((6,)),
                layers.Dense(3, activation="tanh"),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        alone.set_weights(model.get_weights()[-4:])
        # No graph for so few steps.
        alone.compile(keras.optimizers.Adam(rate), "binary_crossentropy", run_eagerly=True)
        alone.fit(features, y, epochs=epochs, batch_size=32, verbose=0)
        check.call(train_head, model, "toy_base", x, y, epochs, rate)
        same = all(np.array_equal(a, b) for a, b in zip(before, toy.get_weights(), strict=True))
        check.true(
            same, f"every tensor of the base the same, bit for bit ({flags} trainable before)"
        )
        check.equal(toy.trainable, False, "trainable of the base, at the end")
        for came, wanted in zip(model.get_weights()[-4:], alone.get_weights(), strict=True):
            check.close(came, wanted, f"the head after {epochs} epochs", tol=2e-3)

# %% demo
with lab.needs("prepare_pixels", "build_on_base", "my_bet", "train_head"):
    was = other.get_weights()
    train_head(sick, other.name, tiny, y_train[:64])
    moved = sum(not np.array_equal(a, b) for a, b in zip(was, other.get_weights(), strict=True))
    print(f"repaired: {moved} of the base's {len(was)} tensors have moved")

# %% [markdown]
# ### Play: your own photograph
#
# Put a JPEG file of your own beside this notebook and write its name into the next cell. Or leave
# it empty, and see what the network makes of test pictures that are turned upside down: has it ever
# seen that?


# %%
def judge(pictures, title):
    """Show pictures, uint8 (N, SIZE, SIZE, 3), and what the network says of them."""
    said = tuned_network.predict(prepare_pixels(pictures, KIND), verbose=0)[:, 0]
    words = [f"{CLASSES[int(one > 0.5)]} {max(one, 1 - one):.0%}" for one in said]
    plots.image_grid(pictures, words, columns=6, title=title)


# %% free
MY_PHOTO = ""  # such as "rex.jpg"
with lab.needs(
    "prepare_pixels", "cached_features", "build_on_base", "my_bet", "save_and_load", "unfreeze_from"
):
    if MY_PHOTO:
        own = np.fromfile(MY_PHOTO, dtype="uint8")
        judge(pixels([own], SIZE), "My photograph")
    else:
        judge(np.concatenate([test_pixels[:6], test_pixels[:6, ::-1]]), "Upright, and upside down")

# %% [markdown]
# **Look at** pictures that change sides. Neither the base nor your head has ever seen an animal upside
# down, and nothing tells the network that it has not: it is as sure as before.
#
# ## Conclusion
#
# Your ladder beside the book's, which has cats and dogs. The cell also trains a small convolutional network **from nothing**
# on the same pictures, at a third of the size, as one more rung; another lab, `ch05_cats_dogs`, is about how far that goes.

# %% demo
with lab.needs(
    "prepare_pixels", "cached_features", "build_on_base", "my_bet", "save_and_load", "unfreeze_from"
):
    scratch = keras.Sequential([keras.Input((SIZE // 3, SIZE // 3, 3)), make_augmentation()])
    for filters in (16, 32, 32):
        scratch.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        scratch.add(layers.MaxPooling2D())
    scratch.add(layers.Flatten())
    scratch.add(layers.Dense(64, activation="relu"))
    scratch.add(layers.Dense(1, activation="sigmoid"))
    scratch.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
    small, small_test = (one[:, ::3, ::3] / np.float32(255) for one in (train_pixels, test_pixels))
    started = time.perf_counter()
    scratch.fit(small, y_train, epochs=6 if lab.fast else 100, batch_size=32, verbose=0)
    scratch_seconds = time.perf_counter() - started
    scratch_accuracy = scratch.evaluate(small_test, y_test, verbose=0)[1]
    results = {
        "majority": (majority_accuracy, "", "0.50"),
        "linear on pixels": (pixels_accuracy, "", ""),
        "from nothing, augmented": (scratch_accuracy, f"{scratch_seconds:.0f}", "0.71 to 0.82"),
        "features + linear": (features_accuracy, "", "0.90"),
        "head on the frozen base": (head_accuracy, f"{head_seconds:.0f}", "0.96 (0.90)"),
        "fine-tuned": (tuned_accuracy, f"{tune_seconds:.0f}", "0.97"),
    }
    table = pd.DataFrame.from_dict(
        results, orient="index", columns=["yours", "seconds", "the book (pets)"]
    )
    print(table.to_string(float_format="{:.3f}".format))
    plots.score_ladder(
        {name: one for name, (one, _, _) in results.items()}, title="The ladder on test pictures"
    )
    print(f"what other test pictures could change: {chance:.3f}")

# %% [markdown]
# **Look at** where the large step is. With real cats and dogs it lies between everything that starts from
# nothing and everything that has the base. (Drawn pictures, and vehicles against animals, are told apart by
# colours too, and a base has less to add.) Among the last three the order may be chance, and features with a linear
# model took the least work: try them first. (0.96 is what the book prints for a frozen base, 0.90 what its readers get.)

# %% [markdown] question="why_transfer" points=4 numbers="pixels_accuracy, features_accuracy, head_accuracy, tuned_accuracy"
# ### What the base knows
#
# Choose *Restart and Run All* first, so that your numbers are those of the notebook that you save.
#
# In **at most 80 words**: how do `pixels_accuracy`, `features_accuracy`, `head_accuracy` and
# `tuned_accuracy` compare in your run, and which differences are larger than chance (1 point)? Why does a base
# that was trained on other pictures help, and why is it frozen until the head is trained (2)? What
# would you do first with 500 photographs of your own (1)?
#
# ### BEGIN SOLUTION
# Pixels 0.55, features 0.86, head 0.83, fine-tuned 0.85: the base makes the difference, the rest is
# nearly a tie. Its layers have learned edges, fur, ears and other parts from a million photographs,
# and these occur on ours too. A head with random weights would send large, meaningless gradients
# into it and wreck them; so the base is frozen until the head is sensible. With 500 photographs I
# would first compute features once and fit a linear model.
#
# **Rubric** (yes or no)
#
# 1. Names the numbers: the accuracies in their own run, or their differences, as printed beside
#    this answer, and which differences are beyond chance. (1 point)
# 2. Gives the mechanism: the base's layers find general patterns (edges, textures, parts) that
#    occur on the new pictures too; and an untrained head's large gradients would destroy them. One
#    of the two alone gives one point. (2 points)
# 3. Draws the consequence: features of a pretrained base and a simple model first, or a frozen base
#    before any fine-tuning. (1 point)
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# Change the line `VARIANT = …` in the part Theory and run all cells again.
#
# - `"things"`: pictures of CIFAR-10, 32 pixels enlarged to 96. Animal (1) or vehicle (0)? What does
#   it say that the same base helps there too?
#
# Not graded, for whoever wants more:
#
# 1. The last layers are the most special ones. Take features of an earlier layer:
#    `keras.Model(BASE.model.inputs, BASE.model.get_layer(…).output)`. How far down do cats and dogs
#    remain apart?
# 2. Fine-tune at the rate 1e-3, or unfreeze before the head is trained. What is left?
# 3. Unfreeze batch normalization too, fine-tune, and print how far its moving statistics move. What
#    does it do to the accuracy? And if you build the model with `base(x, training=False)`?
# 4. The book's head: `Flatten` instead of the mean, `Dense(256)`, `Dropout(0.5)`. How many
#    parameters, and what do they bring?
# 5. The book compares features with dropout in the head with a frozen base without. What would a
#    fair comparison hold equal?
# 6. Feed VGG16 (`LABS_MODE=full`) values from 0 to 1, as the book does, and as it expects. What
#    does it cost?
# 7. Accuracy can rise while the loss rises too: find four probabilities that do this, or look for
#    it in fine-tuning.
# 8. How many photographs does it take? Train on 50, 100, 200 and 500, with features and from
#    nothing.
