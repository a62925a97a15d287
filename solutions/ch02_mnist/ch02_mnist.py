# %% [markdown]
# # Handwritten digits: your first neural network
#
# Chapter 2 of the book, sections 2.1 and 2.5 · about 95 minutes · 20 points
#
# Afterwards you can prepare images and labels, build, train and judge a network, read its
# mistakes, and find a bug that its accuracy does not show.

# %% [markdown]
# ## Introduction
#
# A post office sorts millions of letters a day by handwritten digits. Nobody can write down the
# rule that makes a 7 a 7. So we show the computer examples and let it find a rule.
#
# Run the next two cells. The second trains a small network on 5,000 scanned digits; then it names
# ten that it has never seen.

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

lab = labkit.start("ch02_mnist")  # first: it imports TensorFlow without its start-up messages

import keras
import numpy as np
import pandas as pd
from keras import layers

from labkit import plots

# %% demo
(old_digits, old_names), (new_digits, new_names) = lab.load("digits")
preview = keras.Sequential(
    [
        keras.Input((28, 28)),
        layers.Rescaling(1 / 255),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
preview.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
preview.fit(old_digits[:5000], old_names[:5000], epochs=2, verbose=0)
said = preview.predict(new_digits[:10], verbose=0).argmax(axis=1)
plots.image_grid(
    new_digits[:10],
    [f"says {a}" if a == b else f"says {a}, is {b}" for a, b in zip(said, new_names[:10], strict=True)],
    title="What a small network says of ten new digits",
)

# %% [markdown]
# Probably nine or ten of ten are right, after seconds of training. In this lab you build a larger
# network of this kind yourself, piece by piece, and find out how far to trust it.
#
# Networks that read small pictures sort post, read cheques and meters, and check parts in
# factories. Their makers meet the questions that you will meet here: what does the network see,
# is it better than something simpler, where does it fail, and would I notice if something broke?
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
# **MNIST** holds 70,000 digits, written by employees of the US Census Bureau and by pupils, each
# scanned to 28 × 28 pixels. A pixel is a whole number from 0 (black) to 255 (white). Every image
# has a **label**: the digit that its writer meant. A **class** is one of the ten possible labels.
#
# 60,000 images are for learning, 10,000 for the test. Fast mode takes 20,000 and 2,000 of them;
# grading uses test images that no notebook has.
#
# The next line chooses the data. Leave it at `"digits"`, or take the variant that your course
# gave you; the last part of this lab says what the others are.

# %% free
VARIANT = "digits"

# %%
CLASS_NAMES = list("0123456789")
if VARIANT == "fashion":
    CLASS_NAMES = ["T-shirt", "trousers", "pullover", "dress", "coat"]
    CLASS_NAMES += ["sandal", "shirt", "sneaker", "bag", "boot"]
PIXEL_ORDER = np.random.default_rng(28).permutation(28 * 28)


def rearrange(images):
    """Return images as the variant has them; "permuted" moves the pixels, in all images alike."""
    if VARIANT != "permuted":
        return images
    return images.reshape(len(images), 28 * 28)[:, PIXEL_ORDER].reshape(images.shape)


(train_images, train_labels), (test_images, test_labels) = lab.load(VARIANT)
train_images, test_images = rearrange(train_images), rearrange(test_images)
print("train_images:", train_images.shape, train_images.dtype)
print("train_labels:", train_labels.shape, train_labels.dtype)

# %% demo
plots.image_grid(
    train_images[:20],
    [CLASS_NAMES[label] for label in train_labels[:20]],
    title="The first twenty training images and their labels",
)
print("A part of the first image, as the network gets it:")
print(train_images[0, 10:18, 8:20])

# %% [markdown]
# **Look at** the strokes: same digit, different hands. And at the numbers: this is all that a
# network ever sees of a picture.
#
# ### What is there to beat?
#
# An accuracy says little alone. So we climb a **ladder** of methods, and each rung has to earn its
# place against the one below.
#
# 1. **Majority**: always say the most frequent class. It learns one number.
# 2. **Linear**: every class has a template, one weight for each of the 784 pixels. An image's
#    score for a class is the sum of pixel × weight, plus a constant, the **bias**; the highest
#    score wins. That is a network of one layer with 7,850 parameters.
# 3. **The book's network**: a layer of 512 units in between.
#
# The next cell climbs the first two rungs.

# %% demo
majority = np.bincount(train_labels).argmax()
majority_accuracy = float(np.mean(test_labels == majority))

linear = keras.Sequential(
    [
        keras.Input((28, 28)),
        layers.Rescaling(1 / 255),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]
)
linear.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
linear.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)
linear_accuracy = linear.evaluate(test_images, test_labels, verbose=0, return_dict=True)["accuracy"]
print(f"majority ({CLASS_NAMES[majority]}): {majority_accuracy:.3f}   linear: {linear_accuracy:.3f}")

templates = linear.get_weights()[0].T
plots.image_grid(
    np.clip(0.5 + templates / np.abs(templates).max(), 0, 1),
    CLASS_NAMES,
    title="The ten templates: light counts for the class, dark against it",
)

# %% [markdown]
# **Look at** the templates: in 0 and 1 (in clothes: trousers) one sees a shadow of the class; permuted
# pixels show nothing. A class has one template for all its shapes: the limit of the linear model.
#
# ### The network
#
# The book's network puts a **hidden layer** before the ten scores: 512 units, each with a template
# of its own. A unit passes its sum, bias included, on if it is positive, else 0. This bend is called **ReLU**, and
# without it two layers could do no more than one. The second layer makes ten scores from the
# 512 numbers. **Softmax** turns scores into ten probabilities: positive, with sum 1.
#
# The **loss** says how bad an answer is: the **cross-entropy** is minus the logarithm of the
# probability that the right class got. It is 0 for a sure and right answer, and grows without
# limit for a sure and wrong one.
#
# **Training** takes 128 images at a time (a **batch**), finds out in which direction every weight
# lowers the loss, and moves all weights a little that way: one **update**. Once through all images
# is an **epoch**. The **optimizer** decides how far each weight moves; the book takes RMSprop.
#
# Here is all of it but the training, in NumPy. The tests below use these functions too.

# %%
def softmax(scores):
    """Turn rows of scores into rows of probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def forward(x, weights):
    """Return the probabilities that the book's network gives for the rows of x."""
    hidden_weights, hidden_bias, output_weights, output_bias = weights
    hidden = np.maximum(x @ hidden_weights + hidden_bias, 0)
    return softmax(hidden @ output_weights + output_bias)


def cross_entropy(y, probabilities):
    """Return the mean loss, where y has a 1 in the column of the right class."""
    return float(-np.mean(np.log(np.sum(y * probabilities, axis=1))))


print(f"784 * 512 + 512 + 512 * 10 + 10 = {784 * 512 + 512 + 512 * 10 + 10:,} parameters")
print(f"loss of ten equal probabilities: {cross_entropy(np.eye(10), np.full((10, 10), 0.1)):.4f}")

# %% [markdown]
# ## Work
#
# Each of the six exercises asks for one function and says what it takes and returns: its
# **contract**. The tests below it show at once what is right and what is missing. Hidden tests run
# when your work is graded: the same sentences, other numbers, and the traps that the text names.
#
# **House rules.** They hold for every function in this course and are said only here.
#
# - *Arguments stay as they were.* A function returns something new; its caller still needs the old.
# - *No rows is a legal input.* No images in, no rows out, with the right number of columns.
# - *Every row counts.* 20,000 rows make 156 batches of 128 and a last one of 32. It is used too.
# - *The dtype is the promised one.* NumPy likes float64, which takes twice the memory of float32
#   and gains nothing here.
#
# ### Exercise 1: prepare the images
#
# Write `prepare_images(images)` (2.5 points).
#
# - It takes uint8 of shape (N, height, width), for any N, height and width.
# - It returns float32 of shape (N, height · width): each image row by row, from the top left.
# - Every value is divided by 255, so that 0 stays 0 and 255 becomes 1. Always by 255: divided by
#   the brightest pixel at hand, a dark image would no longer be dark.
#
# Why? The network takes rows of numbers, and learns badly when they are in the hundreds. One trap:
# `reshape(len(images), -1)` fails without rows, as NumPy cannot work out what -1 stands for.

# %% exercise="prepare_images" trap=true
def prepare_images(images):
    """Turn uint8 images (N, height, width) into float32 rows (N, height * width) from 0 to 1."""
    ### BEGIN SOLUTION
    count, height, width = images.shape
    return images.reshape(count, height * width).astype("float32") / 255
    ### END SOLUTION


# %% test="prepare_images" points=0.75
with lab.check(
    "prepare_images turns each image into one row, from the top left, and divides by 255",
    hint="`reshape` keeps the order of the pixels; 255 has to become 1, whatever the image",
) as check:
    images = np.array([[[0, 51, 102], [153, 204, 255]], [[5, 10, 15], [20, 25, 30]]], dtype="uint8")
    rows = check.call(prepare_images, images, unchanged=False)
    check.shape(rows, (2, 6), "prepare_images(images)")
    first, second = [0, 0.2, 0.4, 0.6, 0.8, 1], [1 / 51, 2 / 51, 3 / 51, 4 / 51, 5 / 51, 6 / 51]
    check.close(rows, [first, second], "prepare_images(images)", tol=1e-5)

# %% test="prepare_images.house" points=0.25
with lab.check(
    "prepare_images keeps the house rules: float32, images unchanged, no rows allowed",
    hint="`astype` makes a new array; give `reshape` the numbers themselves instead of -1",
) as check:
    images = np.full((3, 4, 5), 200, dtype="uint8")
    check.dtype(check.call(prepare_images, images), "float32", "prepare_images(images)")
    nothing = check.call(prepare_images, images[:0])
    check.shape(nothing, (0, 20), "prepare_images of no images")

# %% hidden="prepare_images" points=1.25
with lab.check(
    "prepare_images does the same for images of any number, size and brightness",
    hint="nothing may depend on 28, on 60,000 or on the brightest pixel of these images",
) as check:
    rng = lab.rng("prepare_images")
    for shape, brightest in [((9, 7, 4), 256), ((3, 28, 28), 90), ((1, 5, 8), 256), ((6, 3, 3), 2)]:
        images = rng.integers(brightest, size=shape, dtype="uint8")
        expected = [[pixel / 255 for line in image for pixel in line] for image in images.tolist()]
        rows = check.call(prepare_images, images, unchanged=False)
        check.close(rows, expected, f"prepare_images of {shape[0]} images", tol=1e-5)

# %% hidden="prepare_images.house" points=0.25
with lab.check(
    "prepare_images keeps the house rules for other images: float32, unchanged, no rows",
    hint="the house rules stand at the beginning of the part Work",
) as check:
    images = lab.rng("prepare_images.house").integers(256, size=(4, 28, 28), dtype="uint8")
    for count in (4, 1):
        rows = check.call(prepare_images, images[:count].copy())
        check.dtype(rows, "float32", "prepare_images(images)")
    check.shape(check.call(prepare_images, images[:0]), (0, 784), "prepare_images of no images")

# %% [markdown]
# ### Exercise 2: prepare the labels
#
# The network answers with ten probabilities. To compare, the label becomes ten numbers as well:
# a 1 in the column of the class, else 0. This is **one-hot** encoding; the 2 of ten classes
# becomes `0 0 1 0 0 0 0 0 0 0`.
#
# Write `prepare_labels(labels, num_classes=10)` (2 points).
#
# - It takes whole numbers of shape (N,), the first class being 0.
# - It returns float32 of shape (N, num_classes), one-hot.
# - The number of columns is `num_classes`, whatever labels are at hand: a batch without a 9 has ten
#   columns too. `keras.utils.to_categorical` guesses it from the labels if you do not say it.
# - A label that is too large for the columns, such as 10 among ten classes, is refused with an error
#   and not passed over in silence: `ValueError`, or NumPy's own `IndexError`. Negative ones do not occur.

# %% exercise="prepare_labels" trap=true
def prepare_labels(labels, num_classes=10):
    """Turn labels (N,) into one-hot float32 rows (N, num_classes)."""
    ### BEGIN SOLUTION
    one_hot = np.zeros((len(labels), num_classes), dtype="float32")
    # A label that is too large raises an IndexError here.
    one_hot[np.arange(len(labels)), labels] = 1
    return one_hot
    ### END SOLUTION


# %% test="prepare_labels" points=0.5
with lab.check(
    "prepare_labels puts a 1 into the label's column, has num_classes columns, refuses others",
    hint="start from `np.zeros((len(labels), num_classes))`; class 0 has the first column",
) as check:
    labels = np.array([2, 0, 1], dtype="uint8")
    expected = [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0]]
    one_hot = check.call(prepare_labels, labels, num_classes=4, unchanged=False)
    check.close(one_hot, expected, "prepare_labels(labels, num_classes=4)")
    ten = check.call(prepare_labels, labels, unchanged=False)
    check.shape(ten, (3, 10), "prepare_labels(labels)")
    check.raises((ValueError, IndexError), prepare_labels, np.array([3, 10]))

# %% test="prepare_labels.house" points=0.25
with lab.check(
    "prepare_labels keeps the house rules: float32, labels unchanged, no rows allowed",
    hint='`dtype="float32"` when you make the array, or `astype("float32")` at the end',
) as check:
    labels = np.array([2, 0, 1], dtype="uint8")
    check.dtype(check.call(prepare_labels, labels), "float32", "prepare_labels(labels)")
    check.shape(check.call(prepare_labels, labels[:0]), (0, 10), "prepare_labels of no labels")

# %% hidden="prepare_labels" points=1
with lab.check(
    "prepare_labels does the same for other labels and other numbers of classes",
    hint="the columns come from `num_classes`, never from the labels at hand",
) as check:
    rng = lab.rng("prepare_labels")
    for count, largest, classes in [(40, 10, 10), (7, 3, 10), (1, 5, 6), (12, 4, 13)]:
        labels = rng.integers(largest, size=count, dtype="uint8")
        expected = [[float(column == label) for column in range(classes)] for label in labels]
        one_hot = check.call(prepare_labels, labels, classes, unchanged=False)
        check.close(one_hot, expected, f"prepare_labels(labels, {classes})")
    for labels, classes in [([1, 4, 7], 7), ([0, 11], 10)]:
        check.raises((ValueError, IndexError), prepare_labels, np.array(labels), classes)

# %% hidden="prepare_labels.house" points=0.25
with lab.check(
    "prepare_labels keeps the house rules for other labels: float32, unchanged, no rows",
    hint="the house rules stand at the beginning of the part Work",
) as check:
    labels = lab.rng("prepare_labels.house").integers(5, size=9)
    check.dtype(check.call(prepare_labels, labels, 5), "float32", "prepare_labels(labels, 5)")
    nothing = check.call(prepare_labels, labels[:0], 5)
    check.shape(nothing, (0, 5), "prepare_labels of no labels")

# %% [markdown]
# Now both are used on all of the data, **training and test rows alike**.

# %%
with lab.needs("prepare_images", "prepare_labels"):
    x_train, y_train = prepare_images(train_images), prepare_labels(train_labels)
    x_test, y_test = prepare_images(test_images), prepare_labels(test_labels)
    print(f"x_train {x_train.shape}, {x_train.nbytes / 2**20:.0f} MiB; y_train {y_train.shape}")

# %% [markdown]
# ### Exercise 3: build the network
#
# Write `build_model()` (2.5 points). It returns a new network, compiled and not yet trained.
#
# - It takes rows of 784 numbers. Say so with `keras.Input((784,))`, so that it has its weights at
#   once.
# - Two layers: 512 units with ReLU, then 10 with softmax. Together 407,050 parameters.
# - It is compiled with the three things that training needs: the **loss** for one-hot labels and
#   ten probabilities, `"categorical_crossentropy"`; the **optimizer** `"rmsprop"`, whose default
#   learning rate is 0.001; the **metric** `"accuracy"`, under this name.
# - Each call makes a new network. A model kept outside the function would go on with what it
#   learned before.
#
# The cell that built `linear` shows the form: `keras.Sequential([…])`, `layers.Dense(units,
# activation=…)`, then `model.compile(…)`. Your rows are flat and divided already, so they need no
# `Rescaling` and no `Flatten`; and the loss is another one, as your labels are one-hot.
#
# Traps that Keras does not tell you of: `sigmoid` as last activation (ten probabilities that do
# not add up to 1), no activation at the end (scores instead of probabilities), and a loss made for
# something else, such as `"mse"` or `"binary_crossentropy"`. They train, and report a number.

# %% exercise="build_model"
def build_model():
    """Return a new, compiled network: 784 numbers, 512 ReLU units, 10 softmax units."""
    ### BEGIN SOLUTION
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(512, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


# %% test="build_model" points=1
with lab.check(
    "build_model gives a new compiled network: 784 numbers in, 512 ReLU units, 10 softmax units",
    hint="compare it with the function `forward` above, and the three arguments of `compile`",
) as check:
    model = check.call(build_model)
    check.equal(model.count_params(), 407_050, "model.count_params()")
    x = np.random.default_rng(3).random((4, 784), dtype="float32")
    y = np.eye(10, dtype="float32")[[3, 1, 4, 1]]
    probabilities = forward(x, model.get_weights())
    check.close(np.sum(model(x), axis=1), np.ones(4), "the sum of each row of model(x)", tol=1e-4)
    check.close(model(x), probabilities, "model(x)", tol=1e-4)
    scores = model.evaluate(x, y, verbose=0, return_dict=True)
    check.equal(sorted(scores), ["accuracy", "loss"], "what model.evaluate reports")
    check.close(scores["loss"], cross_entropy(y, probabilities), "the loss", tol=1e-3)
    check.instance(model.optimizer, keras.optimizers.RMSprop, "model.optimizer")
    check.close(float(model.optimizer.learning_rate), 0.001, "the learning rate")
    weights = model.get_weights()
    build_model().set_weights([0 * w for w in weights])
    check.close(model.get_weights()[0], weights[0], "the first network, after a second was changed")

# %% hidden="build_model" points=1
with lab.check(
    "build_model gives the book's network: its probabilities, loss and accuracy for any weights",
    hint="activations and order of the layers; the loss for one-hot labels; the metric's name",
) as check:
    rng = lab.rng("build_model")
    shapes = [(784, 512), (512,), (512, 10), (10,)]
    weights = [rng.normal(scale=0.08, size=shape).astype("float32") for shape in shapes]
    x = rng.random((30, 784), dtype="float32")
    y = np.eye(10, dtype="float32")[rng.integers(10, size=30)]
    expected = forward(x, weights)
    model = check.call(build_model)
    check.equal(model.count_params(), 407_050, "model.count_params()")
    model.set_weights(weights)
    check.close(model(x), expected, "model(x)", tol=1e-4)
    scores = model.evaluate(x, y, verbose=0, return_dict=True)
    check.close(scores["loss"], cross_entropy(y, expected), "the loss", tol=1e-3)
    accuracy = float(np.mean(expected.argmax(axis=1) == y.argmax(axis=1)))
    check.close(scores["accuracy"], accuracy, "the accuracy", tol=1e-4)

# %% hidden="build_model.training" points=0.5
with lab.check(
    "build_model gives a network of its own at each call, which RMSprop trains at rate 0.001",
    hint="make model and optimizer inside the function; leave the learning rate as it is",
) as check:
    x = lab.rng("build_model.training").random((10, 784), dtype="float32")
    y = np.eye(10, dtype="float32")[[3, 3, 3, 3, 3, 8, 8, 8, 8, 8]]
    model, other = check.call(build_model), check.call(build_model)
    model.set_weights([0 * w for w in model.get_weights()])
    untouched = other.get_weights()[-1]
    model.train_on_batch(x, y)
    # RMSprop's first step has the same length for every weight: rate / sqrt(1 - rho).
    step = np.abs(model.get_weights()[-1])
    check.close(step, np.full(10, 0.001 / np.sqrt(0.1)), "the first step of training", tol=5e-4)
    check.close(other.get_weights()[-1], untouched, "the second network, after the first was trained")

# %% [markdown]
# **Before any training, one look that costs a second.** A network that knows nothing should give
# every class about the same probability, 1/10. Its loss is then about ln 10 ≈ 2.30; between 2.2 and
# 2.6 is normal. A first loss far from this means that data, labels, last layer or loss do not fit.

# %% demo
with lab.needs("prepare_images", "prepare_labels", "build_model"):
    untrained = build_model().evaluate(x_test, y_test, verbose=0, return_dict=True)
    print(f"untrained: loss {untrained['loss']:.2f} (ln 10 = {np.log(10):.2f}), ", end="")
    print(f"accuracy {untrained['accuracy']:.3f}")

# %% [markdown]
# ### Exercise 4: train it, and bet first
#
# Write `train_model(model, x, y, epochs=5, batch_size=128)` (5 points).
#
# - It trains the model that it is given, with `fit`, on all rows of `x` and `y` and on nothing
#   else. **The test rows have no business here**, not even as `validation_data`: who watches them
#   while training chooses by them, and they are no test any more.
# - It makes `epochs` passes in batches of `batch_size`. An epoch of 20,000 rows is 157 updates,
#   the last one with 32 rows.
# - It prints nothing: give `fit` the argument `verbose=0`, or its progress floods the page.
# - It returns a dict: `"loss"` and `"accuracy"`, each a list with one number an epoch. `fit` gives
#   an object that has this dict as its attribute `history`.
#
# And write `my_bet()` (1 point), which returns your bet: the **accuracy of the trained network on the test
# rows**, from 0 to 1. The linear model's is printed above. You get the point for betting, whatever
# comes. A bet makes you look twice when the result is another.

# %% exercise="train_model" trap=true
def train_model(model, x, y, epochs=5, batch_size=128):
    """Train the model on all rows and return the history as a dict of lists."""
    ### BEGIN SOLUTION
    return model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0).history
    ### END SOLUTION


def my_bet():
    """Return the accuracy that I expect on the test rows, from 0 to 1."""
    ### BEGIN SOLUTION
    return 0.96
    ### END SOLUTION


# %% test="train_model" points=0.75
with lab.check(
    "train_model trains the given model on all rows and returns a dict of lists",
    hint="hand epochs and batch_size on to `fit`; what it returns has an attribute `history`",
) as check:
    rng = np.random.default_rng(20)
    x = rng.random((20, 784), dtype="float32")
    y = np.eye(10, dtype="float32")[rng.integers(10, size=20)]
    model = build_model()
    before = model.get_weights()[0]
    curves = check.call(train_model, model, x, y, epochs=4, batch_size=8, unchanged=False)
    check.instance(curves, dict, "what train_model returns")
    check.equal(sorted(curves), ["accuracy", "loss"], "the keys of what train_model returns")
    for name, values in curves.items():
        check.shape(values, (4,), f"the list {name!r} of four epochs")
    check.true(np.any(model.get_weights()[0] != before), "other weights after the training")
    updates = int(model.optimizer.iterations)
    check.equal(updates, 12, "updates in 4 epochs of 20 rows, batches of 8, 8 and 4")

# %% test="train_model.bet" points=1 part="results"
with lab.check(
    "my_bet returns a number from 0 to 1",
    hint="0.5 means: half of the test rows get the right class",
) as check:
    bet = check.call(my_bet)
    check.true(isinstance(bet, (int, float, np.number)), "`my_bet()` = a number such as 0.5, no text")
    check.between(bet, 0, 1, "my_bet()")

# %% hidden="train_model" points=1.25
with lab.check(
    "train_model makes just the updates that its arguments ask for, on all rows and no others",
    hint="does `fit` get epochs and batch_size, all of x and y, and nothing else to learn from?",
) as check:
    rng = lab.rng("train_model")
    x = rng.random((48, 784), dtype="float32")
    y = np.eye(10, dtype="float32")[rng.integers(10, size=48)]
    reference = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(512, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    reference.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    model = build_model()
    model.set_weights(reference.get_weights())
    # All rows in one batch: then their order does not matter, and there is one right result.
    expected = reference.fit(x, y, epochs=3, batch_size=64, verbose=0).history
    curves = check.call(train_model, model, x, y, epochs=3, batch_size=64, unchanged=False)
    check.instance(curves, dict, "what train_model returns")
    check.equal(sorted(curves), ["accuracy", "loss"], "the keys of what train_model returns")
    check.close(curves["loss"], expected["loss"], "the losses", tol=0.01)
    probe = rng.random((20, 784), dtype="float32")
    check.close(model(probe), reference(probe), "the trained network's probabilities", tol=0.01)
    check.call(train_model, model, x, y, 2, 20, unchanged=False)
    check.equal(int(model.optimizer.iterations), 3 + 6, "updates after 2 more epochs, batches of 20")
    check.call(train_model, model, x, y, unchanged=False)
    check.equal(int(model.optimizer.iterations), 3 + 6 + 5, "updates after a call without numbers")

# %% [markdown]
# **Twenty samples by heart.** The next cell trains a network on twenty images only. It has to get
# all of them right, with a loss near 0. If a network cannot even do that, something is broken, and
# more data would only hide it.

# %% demo
with lab.needs("prepare_images", "prepare_labels", "build_model", "train_model"):
    plots.training_curves(
        train_model(build_model(), x_train[:20], y_train[:20], epochs=15, batch_size=20),
        title="Twenty images learned by heart",
    )

# %% [markdown]
# Now for good: the whole training set, five epochs. It takes five to fifteen seconds.

# %%
with lab.needs("prepare_images", "prepare_labels", "build_model", "train_model", "my_bet"):
    bet_accuracy = float(my_bet())
    network = build_model()
    history = train_model(network, x_train, y_train)
    # Larger batches change nothing here but the time: nothing is learned from them.
    options = {"batch_size": 1000, "verbose": 0, "return_dict": True}
    train_accuracy = network.evaluate(x_train, y_train, **options)["accuracy"]
    test_scores = network.evaluate(x_test, y_test, **options)
    test_accuracy = test_scores["accuracy"]
    print(f"test accuracy {test_accuracy:.4f}; you bet {bet_accuracy}")

# %% demo
with lab.needs("prepare_images", "prepare_labels", "build_model", "train_model"):
    plots.training_curves(history, title="Training of the book's network")

# %% [markdown]
# **Look at** the loss: it falls at every epoch, fastest in the first. The accuracies in this figure are
# means over an epoch, while the weights still moved. `train_accuracy` is measured afterwards, like
# `test_accuracy`: you will write about the difference of these two at the end.

# %% hidden="train_model.score" points=3 part="results"
with lab.check(
    "The trained network names images that no notebook has as well as right runs do",
    hint="run all cells from the top: is `network` new, trained for five epochs on all rows?",
) as check:
    new_images, new_labels = lab.unseen()
    rows = rearrange(new_images).reshape(len(new_images), 784).astype("float32") / 255
    probabilities = network.predict(rows, verbose=0)
    check.shape(probabilities, (len(rows), 10), "network.predict(rows)")
    accuracy = float(np.mean(np.argmax(probabilities, axis=1) == new_labels))
    wanted = lab.threshold("accuracy")
    # One point for having learned at all, three for what right runs reach.
    points = 3 if accuracy >= wanted else 1
    check.true(accuracy >= 0.5, f"an accuracy of {wanted:g} on unseen rows. Came: {accuracy:.3f}")
points

# %% [markdown]
# ### Exercise 5: where does it fail?
#
# One accuracy says how often, not where. A **confusion matrix** counts every combination of true
# and predicted class.
#
# Write `find_confusions(y_true, y_pred, num_classes=10)` (1.5 points). It returns two things: matrix and pair.
#
# - It takes two arrays of whole numbers of shape (N,): true classes and predicted classes.
# - `matrix` has shape (num_classes, num_classes). Row t, column p holds the **count** of rows of
#   class t that were taken for p: a number of cases, not a share. Classes that do not occur keep
#   their row and column.
# - `pair` is `(t, p)`, the most frequent **mistake**: class t taken for p, so never on the
#   diagonal, where the right answers are. 4 taken for 9 and 9 taken for 4 are two mistakes.
#   `np.unravel_index` turns the place that `argmax` gives into row and column.
#   There is at least one mistake; if several are equally frequent, any of them will do.

# %% exercise="find_confusions"
def find_confusions(y_true, y_pred, num_classes=10):
    """Return the confusion matrix (row: true, column: predicted) and the most frequent mistake."""
    ### BEGIN SOLUTION
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (y_true, y_pred), 1)
    mistakes = matrix - np.diag(np.diag(matrix))
    true, predicted = np.unravel_index(mistakes.argmax(), mistakes.shape)
    return matrix, (int(true), int(predicted))
    ### END SOLUTION


# %% test="find_confusions" points=0.5
with lab.check(
    "find_confusions counts true against predicted classes and finds the most frequent mistake",
    hint="rows are the true classes; set the diagonal to 0 in a copy before you look for the pair",
) as check:
    y_true = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 3])
    y_pred = np.array([0, 0, 0, 1, 1, 1, 0, 0, 3, 3])
    found = check.call(find_confusions, y_true, y_pred, num_classes=4, unchanged=False)
    two = isinstance(found, (tuple, list)) and len(found) == 2
    check.true(two, "two results, `return matrix, pair`. Came: something else")
    matrix, pair = found
    expected = [[3, 1, 0, 0], [2, 2, 0, 1], [0, 0, 0, 0], [0, 0, 0, 1]]
    check.equal(matrix, expected, "matrix")
    check.equal(pair, (1, 0), "pair")

# %% hidden="find_confusions" points=1
with lab.check(
    "find_confusions does the same for other classes, and for classes that do not occur",
    hint="counts, not shares; no class may be missing; the pair is (true, predicted)",
) as check:
    rng = lab.rng("find_confusions")
    for classes, occurring in [(10, 10), (10, 6), (5, 5)]:
        y_true = rng.integers(occurring, size=300)
        y_pred = np.where(rng.random(300) < 0.7, y_true, rng.integers(occurring, size=300))
        # One mistake in one direction happens far more often than all others.
        taken_for, often = sorted(rng.choice(occurring, size=2, replace=False))
        y_true = np.concatenate([y_true, np.full(40, often)])
        y_pred = np.concatenate([y_pred, np.full(40, taken_for)])
        expected = np.zeros((classes, classes), dtype=int)
        for true, predicted in zip(y_true, y_pred, strict=True):
            expected[true, predicted] += 1
        arguments = (y_true, y_pred) if classes == 10 else (y_true, y_pred, classes)
        found = check.call(find_confusions, *arguments, unchanged=False)
        check.true(isinstance(found, (tuple, list)) and len(found) == 2, "two results")
        check.equal(found[0], expected, "matrix")
        check.equal(found[1], (often, taken_for), "pair")

# %% demo
with lab.needs("prepare_images", "build_model", "train_model", "find_confusions"):
    y_said = network.predict(x_test, verbose=0).argmax(axis=1)
    matrix, (true, taken_for) = find_confusions(test_labels, y_said)
    plots.confusion_matrix(matrix, CLASS_NAMES, title="Mistakes on the test rows")
    worst = np.flatnonzero((test_labels == true) & (y_said == taken_for))[:10]
    plots.image_grid(
        test_images[worst],
        columns=5,
        title=f"{CLASS_NAMES[true]}, taken for {CLASS_NAMES[taken_for]}",
    )

# %% [markdown]
# **Look at** the images: would you have read them all rightly? A few are the writer's fault; most are
# plain to you, and still the network fails.
#
# ### Exercise 6: bug clinic
#
# The network goes into service. A colleague wrote `judge_broken`, which reports loss and accuracy
# on images as they come from the scanner. The next two cells show the function and its symptom.

# %%
def judge_broken(model, images, labels):
    """Return loss and accuracy of a trained network on images and labels as they come."""
    rows = images.reshape(len(images), 28 * 28).astype("float32")
    np.divide(rows, 255)
    one_hot = np.eye(10, dtype="float32")[labels]
    return model.evaluate(rows, one_hot, verbose=0, return_dict=True)


# %% demo
with lab.needs("prepare_images", "prepare_labels", "build_model", "train_model"):
    in_service = judge_broken(network, test_images, test_labels)
    print(f"in this notebook: accuracy {test_accuracy:.3f}, loss {test_scores['loss']:.2f}")
    print(f"in service:       accuracy {in_service['accuracy']:.3f}, loss {in_service['loss']:.2f}")

# %% [markdown]
# The same network, the same images, and nearly the same accuracy: who reads only this would go
# home. But the loss is many times higher. Loss rises like this when a network is **wrong and very
# sure of it**. Probabilities near 1 for everything are worthless to a sorting machine that hands
# doubtful letters to a human.
#
# Write `judge(model, images, labels)` (1.5 points), the repaired version.
#
# - It takes a trained network, uint8 images of shape (N, 28, 28) and labels from 0 to 9.
# - It returns a dict with `"loss"` and `"accuracy"`, for the images prepared just as they were for
#   training. The network is not changed.
# - The repair holds for every batch: for a single image, and for images taken in bad light, whose
#   brightest pixel is far below 255. What the network was trained with is a fixed rule and not
#   something to be guessed from the images at hand.
#
# Two questions help. What does each line return, and who keeps it? Why does the accuracy hardly
# notice? (Multiply all inputs of ReLU units by 255: what happens to the largest score?)

# %% exercise="judge" clinic=true
def judge(model, images, labels):
    """Return {"loss": …, "accuracy": …} of a trained network on images and labels as they come."""
    ### BEGIN SOLUTION
    # np.divide returned a new array, and nobody kept it: the rows stayed unscaled.
    rows = prepare_images(images)
    return model.evaluate(rows, prepare_labels(labels), verbose=0, return_dict=True)
    ### END SOLUTION


# %% test="judge" points=0.5
with lab.check(
    "judge reports loss and accuracy for images prepared as they were for training",
    hint="print `rows.max()` after each line of judge_broken; what does each line return?",
) as check:
    rng = np.random.default_rng(6)
    images = rng.integers(256, size=(40, 28, 28), dtype="uint8")
    labels = rng.integers(10, size=40)
    model = keras.Sequential([keras.Input((784,)), layers.Dense(10, activation="softmax")])
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    weights = [rng.normal(scale=0.3, size=(784, 10)).astype("float32"), np.zeros(10, "float32")]
    model.set_weights(weights)
    for batch, light in [(images, "in good light"), (images // 4, "in bad light")]:
        scores = check.call(judge, model, batch, labels, unchanged=False)
        probabilities = softmax(batch.reshape(40, 784) / 255 @ weights[0])
        check.instance(scores, dict, "judge(…)")
        check.equal(sorted(scores), ["accuracy", "loss"], "the keys of judge(…)")
        expected = cross_entropy(np.eye(10)[labels], probabilities)
        check.close(scores["loss"], expected, f"the loss {light}", tol=1e-3)
        accuracy = float(np.mean(probabilities.argmax(axis=1) == labels))
        check.close(scores["accuracy"], accuracy, f"the accuracy {light}", tol=1e-4)

# %% hidden="judge" points=1
with lab.check(
    "judge is right for every batch: dark images, a single image, classes that are missing",
    hint="the rule is the one of training; nothing in it comes from the images at hand",
) as check:
    rng = lab.rng("judge")
    weights = [rng.normal(scale=0.3, size=(784, 10)).astype("float32"), np.zeros(10, "float32")]
    model = keras.Sequential([keras.Input((784,)), layers.Dense(10, activation="softmax")])
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    model.set_weights(weights)
    for count, brightest in [(20, 70), (1, 256), (8, 2)]:
        images = rng.integers(brightest, size=(count, 28, 28), dtype="uint8")
        labels = rng.integers(4, size=count)
        scores = check.call(judge, model, images, labels, unchanged=False)
        probabilities = softmax(images.reshape(count, 784) / 255 @ weights[0])
        expected = cross_entropy(np.eye(10)[labels], probabilities)
        check.close(scores["loss"], expected, "the loss", tol=1e-3)
        accuracy = float(np.mean(probabilities.argmax(axis=1) == labels))
        check.close(scores["accuracy"], accuracy, "the accuracy", tol=1e-4)

# %% [markdown]
# What did the bug do to the network's answers? The next cell counts how many it was sure of.

# %% demo
with lab.needs("prepare_images", "prepare_labels", "build_model", "train_model", "judge"):
    repaired = judge(network, test_images, test_labels)
    print(f"repaired: accuracy {repaired['accuracy']:.3f}, loss {repaired['loss']:.2f}")
    for name, rows in [("divided by 255", x_test), ("not divided", 255 * x_test)]:
        sure = network.predict(rows, batch_size=1000, verbose=0).max(axis=1) > 0.999
        print(f"{name}: {np.mean(sure):.0%} of the answers are more than 99.9 % sure")

# %% [markdown]
# Inputs 255 times as large make scores about 255 times as large, as ReLU units only pass on or stop.
# The order of the scores stays, and with it the accuracy; but softmax makes 0 or 1 of nearly all.
#
# ### Play: your own digit
#
# Draw with `#` on `.`, or photograph a digit on paper and give its file (put it beside this
# notebook). labkit centres and sizes it as MNIST does. Draw a letter, or nothing sensible: the ten
# probabilities add up to 1 all the same. The network cannot say "this is no digit".

# %%
def show_opinion(image):
    """Show an image (28, 28) and the three classes that the network finds most probable."""
    rows = prepare_images(rearrange(image[None]))
    probabilities = network.predict(rows, verbose=0)[0].round(3)
    best = probabilities.argsort()[-3:]
    plots.image_grid(image[None], title="What you drew")
    plots.score_ladder(
        {CLASS_NAMES[label]: probabilities[label] for label in best},
        title="What the network says",
        label="Probability",
    )


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
with lab.needs("prepare_images", "build_model", "train_model"):
    show_opinion(labkit.drawing.from_text(DRAWING))
    # show_opinion(labkit.drawing.from_file("my_digit.png"))

# %% [markdown]
# ## Conclusion
#
# The book trained the same network on all 60,000 digits. Here are its figures beside yours. In
# full mode (start Jupyter with `LABS_MODE=full`) the lab has the book's sizes as well.

# %% demo
with lab.needs("prepare_images", "prepare_labels", "build_model", "train_model", "my_bet"):
    results = {
        "rows to learn from": (f"{len(x_train):,}", "60,000"),
        "parameters": (f"{network.count_params():,}", "407,050"),
        "weight updates": (f"{int(network.optimizer.iterations):,}", "2,345"),
        "accuracy on training rows": (f"{train_accuracy:.4f}", "0.989 (in epoch 5)"),
        "accuracy on test rows": (f"{test_accuracy:.4f}", "0.9785"),
        "your bet": (f"{bet_accuracy:.4f}", ""),
    }
    columns = ["yours", "the book, digits"]
    print(pd.DataFrame.from_dict(results, orient="index", columns=columns).to_string())
    plots.score_ladder(
        {"majority": majority_accuracy, "linear": linear_accuracy, "network": test_accuracy},
        reference={"the book, digits": 0.9785, "your bet": bet_accuracy},
        title="The ladder on test rows",
        label="Accuracy on test rows (share of right answers)",
    )

# %% [markdown] question="why_gap" points=4 numbers="train_accuracy, test_accuracy, bet_accuracy"
# ### The difference
#
# Choose *Restart and Run All* first, so that your numbers are those of the notebook that you save.
#
# Your network does better on the rows that it was trained on (`train_accuracy`) than on the test rows
# (`test_accuracy`). In **at most 80 words**: how large is the difference in your run (1 point), where
# does it come from (2), and what follows for someone who wants to say how good this network is (1)?
#
# ### BEGIN SOLUTION
# In my run the network reaches 0.988 on training rows and 0.958 on test rows, a difference of
# 0.030. It has 407,050 parameters for 20,000 images, so besides what makes a digit it also fits what
# is peculiar to these images, such as single hands, and that does not help with others. This is
# overfitting. So only the figure on rows that took no part in training, 0.958, tells how good it is.
#
# **Rubric** (yes or no)
#
# 1. Names the number: training and test accuracy of their own run, or the difference of both, as
#    printed beside this answer. (1 point)
# 2. Gives the mechanism: training fits what is peculiar to the training rows and does not carry
#    over to new ones (many parameters, few images, the same rows seen five times). The word
#    "overfitting" alone does not count. (2 points)
# 3. Draws the consequence: the network is to be judged on rows that it was not trained on.
#    (1 point)
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# Change the line `VARIANT = …` in the part Theory and run all cells again.
#
# - `"fashion"`: photographs of clothes, from trousers to boots. The same code, a harder task. How
#   much is left of the network's lead over the linear model? Run it with two seeds before you say.
# - `"permuted"`: the digits, but all pixels have changed places, in every image in the same way. For
#   you the images are noise. Before you run it, bet: does the accuracy fall? What does the answer
#   say about what this network knows of neighbouring pixels?
#
# Not graded, for whoever wants more:
#
# 1. Batches of 16 or 1,024 instead of 128: time, updates, accuracy.
# 2. Train without the division by 255. Look at the first loss.
# 3. 1, 2, 32 and 512 units. Where does more stop to help?
# 4. One step beyond: a second hidden layer; or no training at all, with scikit-learn's
#    `KNeighborsClassifier(3)`, which compares with the three most similar images.
# 5. The ten most certain mistakes on the test rows: whose fault are they?
# 6. Full mode, three seeds (`LABS_SEED=1`, 2, 3). How much of a difference is chance?
