# %% [markdown]
# # Film reviews: good or bad?
#
# Chapter 3 of the book, section 3.4 · about 100 minutes · 20 points
#
# Afterwards you can turn texts into rows of numbers, build and watch a network that answers yes or
# no, stop it before it learns by heart, and tell when a simpler method does as well.

# %% [markdown]
# ## Introduction
#
# Every day people write more reviews than anyone can read. Is a review favorable or not? To see at
# once what a thousand customers think, somebody or something has to sort them.
#
# Run the next two cells. The second trains a small network on 4,000 film reviews; then it judges
# eight that it has never seen.

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

lab = labkit.start("ch03_imdb")  # first: it imports TensorFlow without its start-up messages

import re

import keras
import numpy as np
import pandas as pd
from keras import layers
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from labkit import plots
from labkit.figures import BLACK, BLUE, ORANGE, shown_figure

# %% demo
(train_reviews, train_labels), (test_reviews, test_labels) = lab.load("reviews")


def mark_words(reviews):
    """Mark which of the 2,000 most frequent words are in each review."""
    marks = np.zeros((len(reviews), 2000), dtype="float32")
    for row, ids in zip(marks, reviews, strict=True):
        row[ids[ids < 2000]] = 1
    return marks


preview = keras.Sequential(
    [
        keras.Input((2000,)),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ]
)
preview.compile(optimizer="adam", loss="binary_crossentropy")
preview.fit(mark_words(train_reviews[:4000]), train_labels[:4000], epochs=3, verbose=0)
said = preview.predict(mark_words(test_reviews[:8]), verbose=0)[:, 0]
WORDS = lab.words()
openings = [" ".join(WORDS[one] for one in ids[1:6]) for ids in test_reviews[:8]]
plots.score_ladder(
    {
        f"{'good' if label else 'bad'}: {opening} …": chance
        for opening, label, chance in zip(openings, test_labels, said, strict=False)
    },
    title="How a small network judges eight new reviews",
    label="Probability of a good review",
)

# %% [markdown]
# On the left is what the writer really thought: *good* should have a long bar, *bad* a short one. Most
# do, after seconds of training. In this lab you build the book's network for this task, watch it
# learn, and stop it in time. Then comes a surprise: you will compare it with something simpler.
#
# Programs of this kind sort complaints, filter spam, and tell companies what is said about them.
# They answer yes or no, with a probability: **binary classification**.
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
# **IMDB** is a set of 50,000 film reviews from the Internet Movie Database, half of them favorable
# (label 1: 7 to 10 stars), half not (label 0: 1 to 4 stars). Nothing in between is in the set, so
# the task is easier than judging any review.
#
# The texts come as numbers. All words are sorted by how often they occur; the most frequent has
# **rank** 1. A word's **id** is its rank plus 3, as four ids are taken: 0 fills up short texts (not
# used here), 1 marks the start of a text, 2 stands for a word that is not known, and 3 is unused.
# We keep ids below `NUM_WORDS`; every rarer word becomes a 2. Those are too rare to learn from.
#
# Fast mode trains on 12,000 reviews. 5,000 are for your tests, and grading uses others that no
# notebook has. Leave the next line, or take the variant that your course gave you.

# %% free
VARIANT = "reviews"

# %%
NUM_WORDS = 5_000 if VARIANT == "small_vocabulary" else 10_000
# How many reviews to train on, and how many of these to keep aside for validation.
TRAIN_COUNT, VAL_COUNT = (12_000, 4_000) if lab.fast else (25_000, 10_000)


def keep_frequent(reviews, num_words=NUM_WORDS):
    """Return a list of reviews in which every id from num_words on has become a 2."""
    return [np.where(ids < num_words, ids, 2) for ids in reviews]


(train_reviews, train_labels), (test_reviews, test_labels) = lab.load(VARIANT)
train_reviews, train_labels = keep_frequent(train_reviews[:TRAIN_COUNT]), train_labels[:TRAIN_COUNT]
test_reviews = keep_frequent(test_reviews)
WORDS = lab.words()  # a word stands at its id
# The rank of every word, from 1: "the" has the rank 1.
RANKS = {word: number - 3 for number, word in enumerate(WORDS) if number > 3}
print(
    f"{len(train_reviews):,} training and {len(test_reviews):,} test reviews, {len(RANKS):,} words"
)
print("the first review begins", train_reviews[0][:9], "and has the label", train_labels[0])
print("ranks:", {word: RANKS[word] for word in ("the", "film", "good", "awful")})

# %% [markdown]
# ## Work
#
# Six exercises, each a function with a **contract**: what it takes and what it returns. The visible
# tests check every sentence of it once, the hidden ones again with other numbers and with the traps
# that the text names. The **house rules** of `ch02_mnist` hold: arguments stay as they were, no rows
# in means no rows out, every row counts, the dtype is the promised one.
#
# ### Exercise 1: read a review
#
# To trust data, read some. Write `decode_review(ids, ranks)` (1.5 points), which turns ids back
# into words.
#
# - It takes an array of ids of any length, and a dict that gives the rank of each word, from 1.
# - It returns one text: the words in their order, with one space between them. No ids, no text: `""`.
# - An id that stands for no word becomes `?`: each of 0, 1, 2 and 3, and every id whose rank the
#   dict does not have. None of them is left out.
#
# The trap: an id is not a rank. Without the shift by 3 you get English words in a senseless order,
# and no error.


# %% exercise="decode_review"
def decode_review(ids, ranks):
    """Return the text of a review; ? stands for ids without a word."""
    ### BEGIN SOLUTION
    words_by_id = {rank + 3: word for word, rank in ranks.items()}
    return " ".join(words_by_id.get(int(one), "?") for one in ids)
    ### END SOLUTION


# %% test="decode_review" points=0.5
with lab.check(
    "decode_review writes the words in their order, and ? for each id that has no word",
    hint="the dict leads from a word to its rank; you need the way back, and an id is not a rank",
) as check:
    ranks = {"the": 1, "a": 2, "film": 3, "good": 4, "was": 5}
    ids = np.array([1, 4, 6, 8, 2, 7], dtype="int32")
    check.equal(check.call(decode_review, ids, ranks), "? the film was ? good", "the text")
    check.equal(check.call(decode_review, ids[::-1], ranks), "good ? was film the ?", "the text")
    check.equal(check.call(decode_review, np.array([0, 3, 9, 5]), ranks), "? ? ? a", "the text")
    check.equal(check.call(decode_review, ids[:0], ranks), "", "the text of no ids")

# %% hidden="decode_review" points=1
with lab.check(
    "decode_review does the same with other words, ids and lengths",
    hint="ids 0 to 3 and ids that the dict does not have become ?; the shift is 3",
) as check:
    rng = lab.rng("decode_review")
    letters = list("abcdefghijklmnopqrstuvwxyz")
    some = sorted({"".join(rng.choice(letters, size=5)) for _ in range(40)})
    order = rng.permutation(len(some))
    ranks = {some[place]: int(rank) + 1 for rank, place in enumerate(order)}
    # Two words are missing from the dict, so two ids in the middle have no word.
    for word in [word for word, rank in ranks.items() if rank in (7, 20)]:
        del ranks[word]
    for count in (60, 1, 5, 25):
        ids = rng.integers(0, len(some) + 8, size=count)
        expected = []
        for one in ids.tolist():
            found = [word for word, rank in ranks.items() if rank == one - 3]
            expected.append(found[0] if found else "?")
        text = check.call(decode_review, ids.astype("int32"), ranks)
        check.equal(text, " ".join(expected), f"the text of {count} ids")

# %% demo
with lab.needs("decode_review"):
    for place in (0, 1, 2):
        text = decode_review(train_reviews[place], RANKS)
        print(f"label {train_labels[place]}, {len(train_reviews[place])} ids: {text[:400]} …\n")
    lengths = [len(ids) for ids in train_reviews]
    print(f"half of the reviews are longer than {np.median(lengths):.0f} ids")
    print(f"favorable: {np.mean(train_labels):.1%} of the training reviews")

# %% [markdown]
# **Look at** the texts: capitals and punctuation are gone, and the first `?` is the start mark. Can you tell the label? Which words tell you?
#
# ### Exercise 2: from texts to rows of numbers
#
# A network takes rows of equal length; reviews are short and long. The book's way out: a column for
# each id, with a 1 if that word occurs in the review, else 0. This is **multi-hot** encoding, or a
# **bag of words**: the order of the words is lost, and how often each was said.
#
# Write `vectorize(reviews, num_words=10_000)` (2.5 points).
#
# - It takes a list of N reviews, each an array of whole numbers from 0 to `num_words - 1`.
# - It returns uint8 of shape (N, num_words). Row i has a 1 in the column of every id that occurs in
#   review i, and 0 elsewhere. Id 0 has the first column, so nothing is shifted here.
# - A word that occurs five times makes a 1, not a 5.
# - A review without ids becomes a row of zeros. No reviews give the shape (0, num_words).
# - An id that is too large, `num_words` or more, is refused with an error: NumPy's own `IndexError`,
#   or `ValueError`. Negative ones do not occur.
#
# Why uint8? A 0 or 1 fits into one byte: 12,000 rows of 10,000 columns take 120 MB. NumPy's
# habit is float64, eight bytes: nearly 1 GB, and your laptop begins to swap. Keras makes float32 of the
# rows that it works on.


# %% exercise="vectorize" trap=true
def vectorize(reviews, num_words=10_000):
    """Turn a list of reviews into multi-hot rows, uint8 (N, num_words)."""
    ### BEGIN SOLUTION
    rows = np.zeros((len(reviews), num_words), dtype="uint8")
    for row, ids in zip(rows, reviews, strict=True):
        # All columns at once; an id that is too large raises an IndexError here.
        row[ids] = 1
    return rows
    ### END SOLUTION


# %% test="vectorize" points=0.75
with lab.check(
    "vectorize marks each word that occurs with a 1 in its column, and refuses ids without one",
    hint="start from `np.zeros((len(reviews), num_words), …)`; column k is for id k",
) as check:
    reviews = [np.array([1, 4, 2, 4, 4]), np.array([0, 6]), np.array([], dtype="int32")]
    expected = [[0, 1, 1, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0]]
    rows = check.call(vectorize, reviews, num_words=7, unchanged=False)
    check.close(rows, expected, "vectorize(reviews, num_words=7)")
    check.shape(vectorize(reviews), (3, 10_000), "vectorize(reviews)")
    check.raises((ValueError, IndexError), vectorize, [np.array([1, 7])], 7)

# %% test="vectorize.house" points=0.25
with lab.check(
    "vectorize keeps the house rules: uint8, reviews unchanged, no rows allowed",
    hint='`dtype="uint8"` when you make the array',
) as check:
    reviews = [np.array([5, 3, 3]), np.array([8])]
    check.dtype(check.call(vectorize, reviews, 9), "uint8", "vectorize(reviews, 9)")
    check.shape(check.call(vectorize, [], 9), (0, 9), "vectorize of no reviews")

# %% hidden="vectorize" points=1.25
with lab.check(
    "vectorize does the same for other reviews and vocabularies",
    hint="0 or 1, never a count; column k is for id k; one row a review, in their order",
) as check:
    rng = lab.rng("vectorize")
    for count, num_words, longest in [(12, 30, 40), (1, 8, 9), (5, 300, 60)]:
        reviews = [rng.integers(num_words, size=rng.integers(1, longest)) for _ in range(count)]
        reviews[rng.integers(count)][:1] = num_words - 1
        reviews.append(np.array([], dtype="int32"))
        lists = [ids.tolist() for ids in reviews]
        expected = [[float(column in ids) for column in range(num_words)] for ids in lists]
        rows = check.call(vectorize, reviews, num_words, unchanged=False)
        check.close(rows, expected, f"vectorize(reviews, {num_words})")
        too_large = [*reviews, np.array([0, num_words + int(rng.integers(5))])]
        check.raises((ValueError, IndexError), vectorize, too_large, num_words)

# %% hidden="vectorize.house" points=0.25
with lab.check(
    "vectorize keeps the house rules for other reviews: uint8, unchanged, no rows",
    hint="the dtype is that of the array which you return; an empty list has no rows",
) as check:
    rng = lab.rng("vectorize.house")
    reviews = [rng.integers(50, size=20) for _ in range(4)]
    lists = [ids.tolist() for ids in reviews]
    expected = [[float(column in ids) for column in range(50)] for ids in lists]
    rows = check.call(vectorize, reviews, 50)
    check.close(rows, expected, "vectorize(reviews, 50)")
    check.dtype(rows, "uint8", "vectorize(reviews, 50)")
    check.shape(check.call(vectorize, [], 50), (0, 50), "vectorize of no reviews")

# %% [markdown]
# Now it is used on all reviews, **training and test alike**.

# %%
with lab.needs("vectorize"):
    x_train, y_train = vectorize(train_reviews, NUM_WORDS), train_labels.astype("float32")
    x_test, y_test = vectorize(test_reviews, NUM_WORDS), test_labels.astype("float32")
    print(f"x_train {x_train.shape}, {x_train.nbytes / 1e6:.0f} MB; y_train {y_train.shape}")
    print(f"a review has {x_train[:1000].sum(axis=1).mean():.0f} different ids on average")

# %% [markdown]
# ### What is there to beat?
#
# As always we climb a **ladder**, and each rung has to earn its place against the one below.
#
# 1. **Majority**: always say the more frequent label. Half of the reviews are favorable: about 0.5, and
#    a little less where the more frequent label in training is the rarer one in the test.
# 2. **Linear**: each word has one weight, for or against. The weights of the words that occur are
#    added up; a sum above 0 means favorable. This is **logistic regression** on the bag of words.
# 3. **The book's network**: two layers of 16 units between words and answer.
# 4. **Linear on words and pairs**: again only a sum of weights, but each **pair** of neighbours, such
#    as *not good*, has a weight as well. Pairs keep a little of the order.
#
# The next cell climbs rungs 1, 2 and 4; a few seconds. It keeps only the places of the ones (a
# **sparse** matrix), as only one or two numbers in a hundred are a 1. You need not read it in detail.


# %%
def pairs_of(ids):
    """Return one number for each pair of neighbours in a review."""
    return ids[:-1].astype(np.int64) * NUM_WORDS + ids[1:]


def sparse_bag(rows, width):
    """Return a sparse matrix with a 1 for each number that occurs in a row."""
    ends = np.cumsum([0, *(len(row) for row in rows)])
    bag = sparse.csr_matrix(
        (np.ones(ends[-1], "float32"), np.concatenate(rows), ends), (len(rows), width), copy=True
    )
    bag.sum_duplicates()
    bag.data[:] = 1
    return bag


def with_pairs(reviews):
    """Return a sparse matrix of words and of pairs that occur at least five times in training."""
    columns = []
    for ids in reviews:
        pairs = pairs_of(ids)
        places = np.searchsorted(known_pairs, pairs)
        columns.append(places[known_pairs[np.minimum(places, len(known_pairs) - 1)] == pairs])
    bags = [sparse_bag(reviews, NUM_WORDS), sparse_bag(columns, len(known_pairs))]
    return normalize(sparse.hstack(bags, format="csr"))


def fit_linear(x, y, strength):
    """Return a logistic regression, trained on x; strength is how large its weights may grow."""
    return LogisticRegression(C=strength, solver="liblinear", tol=0.1).fit(x, y)


all_pairs, counts = np.unique(
    np.concatenate([pairs_of(ids) for ids in train_reviews]), return_counts=True
)
known_pairs = all_pairs[counts >= 5]
del all_pairs, counts

majority = int(np.mean(train_labels) > 0.5)
linear = fit_linear(normalize(sparse_bag(train_reviews, NUM_WORDS)), train_labels, 3)
on_pairs = fit_linear(with_pairs(train_reviews), train_labels, 10)

majority_accuracy = float(np.mean(test_labels == majority))
linear_accuracy = linear.score(normalize(sparse_bag(test_reviews, NUM_WORDS)), test_labels)
pairs_accuracy = on_pairs.score(with_pairs(test_reviews), test_labels)
print(f"majority {majority_accuracy:.3f}, linear {linear_accuracy:.3f}")

# %% demo
weights = on_pairs.coef_[0]
names = [WORDS[one] for one in range(NUM_WORDS)]
names += [f"{WORDS[pair // NUM_WORDS]} {WORDS[pair % NUM_WORDS]}" for pair in known_pairs]
title = "Strongest weights of the linear model on words and pairs"
with shown_figure(title, 8.6, 4.2) as (figure, caption):
    parts = figure.subplots(1, 2)
    for axes, kind, among in zip(
        parts, ("words", "pairs"), (slice(NUM_WORDS), slice(NUM_WORDS, None)), strict=True
    ):
        order = np.arange(len(weights))[among][weights[among].argsort()]
        chosen = [*order[:8], *order[-8:]]
        colours = [ORANGE if weights[one] < 0 else BLUE for one in chosen]
        axes.barh(range(16), weights[chosen], color=colours)
        axes.set_yticks(range(16), [names[one] for one in chosen], fontsize=8)
        axes.axvline(0, color=BLACK, linewidth=0.8)
        axes.set_title(f"Sixteen {kind}")
        axes.set_xlabel("Weight (above 0: speaks for the film)")
    caption.append(
        f"{title}: most against the film '{names[weights.argmin()]}', "
        f"most for it '{names[weights.argmax()]}'."
    )
for name in ("good", "not good", "bad", "not bad"):
    print(f"weight of '{name}': {weights[names.index(name)]:.1f}" if name in names else "")

# %% demo
for word in ("good", "bad"):
    met = {one: weights[names.index(one)] for one in ("not", word, f"not {word}") if one in names}
    print(", ".join(f"'{one}' {weight:+.1f}" for one, weight in met.items()), end="")
    print(f": together {sum(met.values()):+.1f}")

# %% [markdown]
# **Look at** the words: nobody told the model which of them praise. The pair *7 10* is what is left of a
# mark, 7/10. *not bad* gets three weights, as printed, those of both words and of the pair: they are
# added up, so the pair only corrects the sum.
#
# Keep `linear_accuracy` in mind: it is what the network has to beat.
#
# ### Exercise 3: keep reviews aside
#
# How long should a network be trained? Only reviews that it does not learn from can tell, and not the
# test reviews: who chooses by the test has no test any more. So we split the training reviews: the
# network learns from one part and is watched on the other, the **validation** rows.
#
# Write `split_validation(x, y, count)` (1.5 points).
#
# - It takes rows `x` and their labels `y`, both with N entries along the first axis.
# - It returns four arrays in this order: `x_part, y_part, x_val, y_val`. The **first** `count` rows are
#   for validation, the rest is the part to learn from. Rows keep their order and their labels.
# - Every row is in exactly one of the two parts. A `count` of 0 gives no validation rows.
# - A `count` of N or more leaves nothing to learn from and is refused with `ValueError`; slices would be
#   silent. Negative ones do not occur.
#
# Why the first rows? This file comes shuffled. In one sorted by label they would all have one label.


# %% exercise="split_validation"
def split_validation(x, y, count):
    """Return x_part, y_part, x_val, y_val; the first count rows are for validation."""
    ### BEGIN SOLUTION
    if count >= len(x):
        raise ValueError(f"{count} of {len(x)} rows for validation leave none to learn from")
    return x[count:], y[count:], x[:count], y[:count]
    ### END SOLUTION


# %% test="split_validation" points=0.5
with lab.check(
    "split_validation returns the rest and the first count rows, each with its labels",
    hint="four results, `return x_part, y_part, x_val, y_val`; compare count with len(x)",
) as check:
    x, y = np.arange(12).reshape(6, 2), np.array([0, 1, 1, 0, 1, 0])
    for count in (2, 0):
        parts = check.call(split_validation, x, y, count)
        four = isinstance(parts, (tuple, list)) and len(parts) == 4
        check.true(four, "four results, `return x_part, y_part, x_val, y_val`")
        for part, wanted, name in zip(
            parts,
            (x[count:], y[count:], x[:count], y[:count]),
            ("x_part", "y_part", "x_val", "y_val"),
            strict=True,
        ):
            check.shape(part, wanted.shape, name)
            check.close(part, wanted, name)
    for too_many in (6, 9):
        check.raises(ValueError, split_validation, x, y, too_many)

# %% hidden="split_validation" points=1
with lab.check(
    "split_validation does the same for other rows: none lost, none twice, labels at their rows",
    hint="the first rows are for validation; the part to learn from comes first in the result",
) as check:
    rng = lab.rng("split_validation")
    for rows, columns, count in [(30, 4, 11), (9, 1, 8), (50, 3, 20), (7, 2, 0)]:
        x = rng.permutation(rows * columns).reshape(rows, columns)
        y = rng.permutation(rows)
        lists = x.tolist(), y.tolist()
        expected = [part[count:] for part in lists] + [part[:count] for part in lists]
        parts = check.call(split_validation, x, y, count)
        check.true(isinstance(parts, (tuple, list)) and len(parts) == 4, "four results")
        names = ("x_part", "y_part", "x_val", "y_val")
        for part, wanted, name in zip(parts, expected, names, strict=True):
            check.shape(
                part, np.reshape(wanted, (-1, columns) if name[0] == "x" else -1).shape, name
            )
            check.equal(np.asarray(part).tolist(), wanted, name)
        for too_many in (rows, rows + 1 + int(rng.integers(9))):
            check.raises(ValueError, split_validation, x, y, too_many)

# %%
with lab.needs("vectorize", "split_validation"):
    x_part, y_part, x_val, y_val = split_validation(x_train, y_train, VAL_COUNT)
    print(f"to learn from: {x_part.shape}, {np.mean(y_part):.3f} of them favorable")
    print(f"to watch:      {x_val.shape}, {np.mean(y_val):.3f} of them favorable")

# %% [markdown]
# ### The network
#
# Two hidden layers of 16 units make their own sums of the words and pass them on through **ReLU**, which
# cuts off what is below 0. The last layer has a single unit. Its sum becomes a probability through
# the **sigmoid**, 1 / (1 + e⁻ˢ): a large sum gives nearly 1, 0 gives 0.5, a very negative one nearly 0.
#
# The loss is the **binary cross-entropy**: minus the logarithm of the probability that the right
# answer got. That is p for a favorable review and 1 - p for one that is not.
#
# The next cell has all of it in NumPy, and draws both functions.


# %%
def sigmoid(sums):
    """Turn any number into one between 0 and 1."""
    return 1 / (1 + np.exp(-sums))


def relu(sums):
    """Return what is above 0, else 0."""
    return np.maximum(sums, 0)


def forward(x, weights, activation=relu):
    """Return the probabilities (N, 1) of a network: weights is a list of kernel, bias, kernel, …"""
    for kernel, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        x = activation(x @ kernel + bias)
    return sigmoid(x @ weights[-2] + weights[-1])


def binary_cross_entropy(y, probabilities):
    """Return the mean loss of probabilities (N,) where y (N,) has 0 or 1."""
    return float(-np.mean(np.log(np.where(y == 1, probabilities, 1 - probabilities))))


print(f"loss if every answer is 0.5: {binary_cross_entropy(np.arange(2), np.full(2, 0.5)):.4f}")
print(f"10,000 * 16 + 16 + 16 * 16 + 16 + 16 + 1 = {10_000 * 16 + 16 + 16 * 16 + 16 + 16 + 1:,}")

# %% demo
title = "The two bends of the network"
with shown_figure(title, 7.6, 3) as (figure, caption):
    sums = np.linspace(-6, 6, 121)
    functions = {"ReLU, in the hidden layers": relu, "Sigmoid, at the end": sigmoid}
    for axes, (name, function) in zip(figure.subplots(1, 2), functions.items(), strict=True):
        axes.plot(sums, function(sums), color=BLUE)
        axes.set_title(name)
        axes.set_xlabel("Sum of a unit")
        axes.set_ylabel("What it passes on")
    caption.append(
        f"{title}: ReLU is 0 up to 0 and then rises in a line; sigmoid rises from 0 to 1."
    )

# %% [markdown]
# Without a bend, layers upon layers would be one linear model again: rung 2, only slower.
#
# ### Exercise 4: build the network, and bet
#
# Write `build_model(hidden=(16, 16), activation="relu", num_words=10_000)` (2.5 points). It returns
# a new network, compiled and not yet trained.
#
# - It takes rows of `num_words` numbers: `keras.Input((num_words,))`.
# - It has a `Dense` layer for each number in `hidden`, with so many units and with `activation`. So
#   `(32,)` is one layer of 32; with `()` there is none, and the network is linear.
# - Then one more layer: **one unit with sigmoid, always**. `activation` is not for this layer.
# - It is compiled with the loss `"binary_crossentropy"`, the optimizer `"rmsprop"` with its default rate
#   of 0.001, and the metric `"accuracy"` under this name.
# - Each call makes a new network.
#
# What trains without an error, and is wrong, in the last layer: no activation (sums instead of
# probabilities), ReLU or tanh (not between 0 and 1, or not to be read as a probability), softmax
# on one unit (always 1), two units. And the loss `"mse"`.
#
# And write `my_bet()` (1 point): the **accuracy on the test reviews**, from 0 to 1, that you expect
# of the network. The linear model's is printed above. You get the point for betting.


# %% exercise="build_model" trap=true
def build_model(hidden=(16, 16), activation="relu", num_words=10_000):
    """Return a new, compiled network with one sigmoid unit at its end."""
    ### BEGIN SOLUTION
    model = keras.Sequential([keras.Input((num_words,))])
    for units in hidden:
        model.add(layers.Dense(units, activation=activation))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model
    ### END SOLUTION


def my_bet():
    """Return the accuracy that I expect on the test reviews, from 0 to 1."""
    ### BEGIN SOLUTION
    return 0.9
    ### END SOLUTION


# %% test="build_model" points=0.5
with lab.check(
    "build_model gives a new network: hidden layers as asked for, then one unit with sigmoid",
    hint="compare it with `forward` above: what is done in each hidden layer, and what at the end?",
) as check:
    model = check.call(build_model)
    check.equal(model.count_params(), 160_305, "build_model().count_params()")
    x = np.random.default_rng(4).integers(2, size=(6, 10_000), dtype="uint8")
    check.shape(model(x), (6, 1), "model(x) of six rows")
    probabilities = forward(x, model.get_weights())
    check.close(model(x), probabilities, "model(x)", tol=1e-4)
    small = check.call(build_model, hidden=(3,), activation="tanh", num_words=5)
    check.equal(small.count_params(), 5 * 3 + 3 + 3 + 1, "parameters with hidden=(3,), num_words=5")
    check.close(
        small(x[:, :5]), forward(x[:, :5], small.get_weights(), np.tanh), "with tanh", tol=1e-4
    )
    flat = check.call(build_model, hidden=(), num_words=5)
    check.equal(flat.count_params(), 5 + 1, "parameters with hidden=(), num_words=5")
    check.close(flat(x[:, :5]), forward(x[:, :5], flat.get_weights()), "with hidden=()", tol=1e-4)
    build_model().set_weights([0 * one for one in model.get_weights()])
    check.close(model(x), probabilities, "the first network, after a second was changed", tol=1e-4)

# %% test="build_model.compiled" points=0.5
with lab.check(
    "build_model compiles the network with the loss, the optimizer and the metric of the contract",
    hint="first pass the test above; then compare the three arguments of `compile` with the contract",
) as check:
    model = check.call(build_model, num_words=8)
    x = np.random.default_rng(4).integers(2, size=(6, 8), dtype="uint8")
    y = np.array([1, 0, 0, 1, 1, 0], dtype="float32")
    scores = model.evaluate(x, y, verbose=0, return_dict=True)
    check.equal(sorted(scores), ["accuracy", "loss"], "what model.evaluate reports")
    answers = np.clip(np.asarray(model(x))[:, 0], 1e-7, 1 - 1e-7)
    check.close(scores["loss"], binary_cross_entropy(y, answers), "the loss", tol=1e-3)
    check.instance(model.optimizer, keras.optimizers.RMSprop, "model.optimizer")
    check.close(float(model.optimizer.learning_rate), 0.001, "the learning rate")

# %% test="build_model.bet" points=1 part="results"
with lab.check(
    "my_bet returns a number from 0 to 1",
    hint="0.5 means: half of the test reviews get the right label",
) as check:
    bet = check.call(my_bet)
    check.true(
        isinstance(bet, (int, float, np.number)), "`my_bet()` = a number such as 0.5, no text"
    )
    check.between(bet, 0, 1, "my_bet()")

# %% hidden="build_model" points=1
with lab.check(
    "build_model gives the network asked for: its probabilities and its loss for any weights",
    hint="`activation` is for the hidden layers only; one unit with sigmoid at the end, and its loss",
) as check:
    from itertools import pairwise

    rng = lab.rng("build_model")
    kinds = [
        ((16, 16), "relu", 10_000),
        ((4,), "tanh", 30),
        ((5, 3, 6), "relu", 12),
        ((), "relu", 7),
    ]
    for hidden, activation, num_words in kinds:
        sizes = [num_words, *hidden, 1]
        weights = []
        for before, after in pairwise(sizes):
            weights.append(rng.normal(scale=0.7 / before**0.3, size=(before, after)))
            weights.append(rng.normal(scale=0.1, size=after))
        weights = [one.astype("float32") for one in weights]
        x = rng.integers(2, size=(20, num_words), dtype="uint8")
        x[:, 100:] *= rng.random((20, len(x[0, 100:]))) < 0.01
        y = rng.integers(2, size=20).astype("float32")
        expected = forward(x, weights, np.tanh if activation == "tanh" else relu)
        model = check.call(build_model, hidden, activation, num_words)
        check.equal([one.shape for one in model.get_weights()], [one.shape for one in weights],
                    f"the shapes of the weights with hidden={hidden}")  # fmt: skip
        model.set_weights(weights)
        check.close(model(x), expected, f"model(x) with hidden={hidden}, {activation}", tol=1e-3)
        scores = model.evaluate(x, y, verbose=0, return_dict=True)
        loss = binary_cross_entropy(y, np.clip(expected[:, 0], 1e-7, 1 - 1e-7))
        check.close(scores["loss"], loss, "the loss", tol=1e-2)
        accuracy = float(np.mean((expected[:, 0] > 0.5) == y))
        check.close(scores["accuracy"], accuracy, "the accuracy", tol=1e-4)

# %% hidden="build_model.training" points=0.5
with lab.check(
    "build_model gives a network of its own at each call, which RMSprop trains at rate 0.001",
    hint="make model and optimizer inside the function; leave the learning rate as it is",
) as check:
    rng = lab.rng("build_model.training")
    x = rng.integers(2, size=(10, 20), dtype="uint8")
    model, other = (check.call(build_model, (4,), "relu", 20) for _ in range(2))
    model.set_weights([0 * one for one in model.get_weights()])
    untouched = other.get_weights()[-1]
    model.train_on_batch(x, np.ones(10, "float32"))
    # RMSprop's first step has the same length for every weight: rate / sqrt(1 - rho).
    step = np.abs(model.get_weights()[-1])
    check.close(step, np.full(1, 0.001 / np.sqrt(0.1)), "the first step of training", tol=5e-4)
    check.close(
        other.get_weights()[-1], untouched, "the second network, after the first was trained"
    )

# %% [markdown]
# **Before any training.** A network that knows nothing should say about 0.5 to everything. Its loss is
# then about ln 2 ≈ 0.69. And a sound network can learn twenty reviews by heart.

# %% demo
with lab.needs("vectorize", "split_validation", "build_model"):
    probe = build_model(num_words=NUM_WORDS)
    untrained = probe.evaluate(x_val, y_val, batch_size=1000, verbose=0, return_dict=True)
    print(f"untrained: loss {untrained['loss']:.3f} (ln 2 = {np.log(2):.3f}), ", end="")
    print(f"accuracy {untrained['accuracy']:.3f}")
    probe.fit(x_part[:20], y_part[:20], epochs=30, batch_size=20, verbose=0)
    by_heart = probe.evaluate(x_part[:20], y_part[:20], verbose=0, return_dict=True)
    print(f"twenty by heart: loss {by_heart['loss']:.3f}, accuracy {by_heart['accuracy']:.2f}")

# %% [markdown]
# Now for good. After each epoch Keras measures loss and accuracy on the validation rows too
# (`validation_data`) and learns nothing from them. Batches have 512 reviews, as in the book.

# %%
with lab.needs("vectorize", "split_validation", "build_model", "my_bet"):
    bet_accuracy = float(my_bet())
    watched = build_model(num_words=NUM_WORDS)
    history = watched.fit(
        x_part,
        y_part,
        epochs=15 if lab.fast else 20,
        batch_size=512,
        validation_data=(x_val, y_val),
        verbose=0,
    ).history
    print("keys of the history:", ", ".join(history))

# %% demo
with lab.needs("vectorize", "split_validation", "build_model", "my_bet"):
    plots.training_curves(history, title="Learning, and learning by heart")

# %% [markdown]
# **Look at** the two losses. On the training rows the loss falls and falls. On the validation rows it
# falls, reaches its lowest point, and **rises**: from there on the network learns by heart. This is
# **overfitting**.
#
# The accuracies tell less: they only count. Where a wrong answer grows surer, the loss rises and the
# accuracy stays as it was.
#
# ### Exercise 5: stop in time
#
# Write two functions (2.5 points). The network that they give you is then judged on reviews that no
# notebook has: 1 point if it has learned, 3 if it is as good as those of right runs.
#
# `best_epoch(history)` reads the epoch from the history:
#
# - It takes a dict of lists such as the one above, with one number an epoch. It returns a whole number.
# - That is the epoch with the lowest `"val_loss"`, **counted from 1** like the epochs in the figure; of
#   several, the first. `argmin` counts from 0.
# - Nothing else counts: not the training loss, not `"val_accuracy"`, and never the test reviews.
#
# `retrain(build, x, y, epochs, batch_size=512)` trains once more, on all rows:
#
# - `build` is a function without arguments. Called once, it gives a **new** compiled network, and this
#   one is trained. An overfitted one does not get better by training on.
# - All rows of `x` and `y` are learned from, now that nothing is left to choose: `epochs` passes in
#   batches of `batch_size`, no validation rows. With `verbose=0` your notebook stays short; no test asks.
# - It returns the trained network.


# %% exercise="retrain" trap=true
def best_epoch(history):
    """Return the epoch with the lowest validation loss, counted from 1."""
    ### BEGIN SOLUTION
    return int(np.argmin(history["val_loss"])) + 1
    ### END SOLUTION


def retrain(build, x, y, epochs, batch_size=512):
    """Train a new network on all rows and return it."""
    ### BEGIN SOLUTION
    model = build()
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    return model
    ### END SOLUTION


# %% test="retrain" points=0.5
with lab.check(
    "best_epoch returns the epoch with the lowest validation loss, counted from 1",
    hint="which list of the history, and what does `argmin` call the first epoch?",
) as check:
    curves = {
        "loss": [0.5, 0.3, 0.2, 0.1, 0.05],
        "accuracy": [0.7, 0.8, 0.9, 0.95, 0.99],
        "val_loss": [0.5, 0.32, 0.3, 0.3, 0.45],
        "val_accuracy": [0.75, 0.8, 0.85, 0.88, 0.87],
    }
    epoch = check.call(best_epoch, curves)
    check.equal(epoch, 3, "best_epoch(history)")
    check.true(
        isinstance(epoch, (int, np.integer)), f"a whole number, 3 and not 3.0. Came: {epoch!r}"
    )

# %% test="retrain.training" points=0.5
with lab.check(
    "retrain takes a new network from build, trains it on all rows and returns it",
    hint="which network is trained, on which rows, for how long, and what is returned?",
) as check:
    made = []

    def build_small():
        model = keras.Sequential([keras.Input((6,)), layers.Dense(1, activation="sigmoid")])
        model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
        model.set_weights([np.zeros((6, 1)), np.zeros(1)])
        made.append(model)
        return model

    x = np.random.default_rng(5).integers(2, size=(20, 6), dtype="uint8")
    model = check.call(retrain, build_small, x, x[:, 0].astype("float32"), 3, batch_size=8)
    check.equal(len(made), 1, "how often build was called")
    check.true(hasattr(model, "predict"), "the network itself to be returned, which can predict")
    check.equal(
        int(model.optimizer.iterations), 9, "updates in 3 epochs of 20 rows, batches of 8, 8, 4"
    )
    check.true(model is made[0], "the very network that build made to come back, trained")

# %% hidden="retrain" points=0.75
with lab.check(
    "best_epoch does the same for other histories, with the lowest point anywhere",
    hint="the lowest val_loss, counted from 1, of several the first; nothing else counts",
) as check:
    rng = lab.rng("best_epoch")
    for epochs, place in [(20, 7), (9, 0), (6, 5), (1, 0), (15, 3)]:
        lowest = rng.uniform(0.2, 0.3)
        losses = (lowest + rng.uniform(0.01, 0.5, size=epochs)).tolist()
        losses[place] = lowest
        if place + 2 < epochs:
            losses[place + 2] = lowest
        curves = {
            "accuracy": np.sort(rng.random(epochs)).tolist(),
            "loss": np.sort(rng.random(epochs))[::-1].tolist(),
            "val_accuracy": rng.permutation(np.linspace(0.5, 0.9, epochs)).tolist(),
            "val_loss": losses,
        }
        check.equal(check.call(best_epoch, curves), place + 1, f"best_epoch of {epochs} epochs")

# %% hidden="retrain.training" points=0.75
with lab.check(
    "retrain trains the new network on all rows, with just the updates that are asked for",
    hint="a new network, all rows, no validation rows, `epochs` and `batch_size` as they were given",
) as check:
    rng = lab.rng("retrain")
    x = rng.integers(2, size=(40, 12), dtype="uint8")
    y = rng.integers(2, size=40).astype("float32")
    shapes = [(12, 4), (4,), (4, 1), (1,)]
    weights = [rng.normal(scale=0.5, size=shape).astype("float32") for shape in shapes]

    def build_known():
        model = keras.Sequential(
            [
                keras.Input((12,)),
                layers.Dense(4, activation="relu"),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile(keras.optimizers.RMSprop(0.02), "binary_crossentropy", metrics=["accuracy"])
        model.set_weights(weights)
        return model

    # All rows in one batch: then their order does not matter, and there is one right result.
    for epochs, batch_size, updates in [(6, 64, 6), (2, 16, 6), (3, None, 3)]:
        arguments = (epochs,) if batch_size is None else (epochs, batch_size)
        model = check.call(retrain, build_known, x, y, *arguments)
        check.equal(int(model.optimizer.iterations), updates, f"updates with {arguments}")
        if updates == epochs:
            reference = build_known()
            reference.fit(x, y, epochs=epochs, batch_size=40, verbose=0)
            probe = rng.integers(2, size=(30, 12)).astype("float32")
            came, expected = model(probe), reference(probe)
            check.close(came, expected, "the probabilities of the trained network", tol=0.005)

# %%
with lab.needs("vectorize", "split_validation", "build_model", "my_bet", "best_epoch", "retrain"):
    chosen = best_epoch(history)
    network = retrain(lambda: build_model(num_words=NUM_WORDS), x_train, y_train, chosen)
    # Now, once, the test reviews.
    test_scores = network.evaluate(x_test, y_test, batch_size=1000, verbose=0, return_dict=True)
    network_accuracy = test_scores["accuracy"]
    print(f"lowest validation loss in epoch {chosen} of {len(history['val_loss'])}")
    print(f"test accuracy of the network {network_accuracy:.4f}; you bet {bet_accuracy}")
    print(f"linear: {linear_accuracy:.4f}")

# %% [markdown]
# **Look at** the two accuracies: **this is a tie.** A network with two hidden layers and more than 80,000
# parameters gains nothing on one weight a word, chance aside. That is no mistake of yours; it is so with
# the book's own sizes too. Why? What is left of a review in a bag of words, and what is lost? Rung 4 has
# a hint, and the question at the end asks you.
#
# When is it a tie? With 5,000 reviews, and from one training to the next, up to **about 0.7 points** (0.007)
# are chance. The next cell works out how much the choice of test reviews alone makes in your run.
#
# Two more numbers may surprise you. The valley of the validation loss is flat, so the lowest epoch
# differs from run to run. And as many epochs on half as many rows again are half as many updates again:
# the loss on the test reviews may lie above the lowest one in the curves.

# %% demo
with lab.needs("vectorize", "split_validation", "build_model", "my_bet", "best_epoch", "retrain"):
    scores = {
        "majority": majority_accuracy,
        "linear on words": linear_accuracy,
        "network 16-16-1": network_accuracy,
        "linear on words and pairs": pairs_accuracy,
    }
    right = {
        "linear": linear.predict(normalize(sparse_bag(test_reviews, NUM_WORDS))) == test_labels,
        "network": (network.predict(x_test, batch_size=1000, verbose=0)[:, 0] > 0.5) == test_labels,
        "pairs": on_pairs.predict(with_pairs(test_reviews)) == test_labels,
    }
    for one, other in [("pairs", "linear"), ("pairs", "network"), ("network", "linear")]:
        apart = right[one].astype(int) - right[other].astype(int)
        by_chance = 2 * apart.std() / np.sqrt(len(apart))
        print(f"{one} - {other}: {100 * apart.mean():+.1f} points; ", end="")
        print(f"the choice of test reviews alone can make {100 * by_chance:.1f}")
    title = "The ladder on test reviews"
    with shown_figure(title, 9.2, 3.2) as (figure, caption):
        whole, near = figure.subplots(1, 2, sharey=True)
        whole.barh(range(4), list(scores.values()), 0.6, color=BLUE)
        whole.set_yticks(range(4), list(scores))
        whole.axvline(bet_accuracy, color=BLACK, linestyle="--")
        whole.set_xlim(0, 1)
        whole.set_title("From 0 to 1; dashed: your bet")
        upper = list(scores.values())[1:]
        low, high = linear_accuracy - by_chance, linear_accuracy + by_chance
        near.axvspan(low, high, color=BLUE, alpha=0.15, label="chance around linear")
        near.plot(upper, range(1, 4), "o", color=BLUE, markersize=9)
        near.axvline(0.883, color=ORANGE, linestyle="--", label="the book's network")
        near.set_xlim(min(*upper, 0.883, low) - 0.01, max(*upper, 0.883, high) + 0.01)
        near.set_ylim(-0.7, 3.5)
        near.set_title("The upper three, from near")
        near.legend(framealpha=1, edgecolor="none", loc="lower center", ncols=2, fontsize=8)
        for axes in (whole, near):
            axes.set_xlabel("Accuracy on test reviews")
        caption.append(
            f"{title}: " + ", ".join(f"{name} {one:.3f}" for name, one in scores.items()) + "."
        )

# %% hidden="retrain.score" points=3 part="results"
with lab.check(
    "The retrained network judges reviews that no notebook has as well as right runs do",
    hint="run all cells from the top: is `network` new, trained on all rows until the best epoch?",
) as check:
    new_reviews, new_labels = lab.unseen()
    rows = np.zeros((len(new_reviews), NUM_WORDS), dtype="uint8")
    for row, ids in zip(rows, new_reviews, strict=True):
        row[np.where(ids < NUM_WORDS, ids, 2)] = 1
    probabilities = network.predict(rows, batch_size=1000, verbose=0)
    check.shape(probabilities, (len(rows), 1), "network.predict(rows)")
    accuracy = float(np.mean((np.asarray(probabilities)[:, 0] > 0.5) == new_labels))
    wanted = lab.threshold("accuracy")
    # One point for having learned at all, three for what right runs reach.
    points = 3 if accuracy >= wanted else 1
    check.true(
        accuracy >= 0.7, f"an accuracy of {wanted:g} on unseen reviews. Came: {accuracy:.3f}"
    )
points

# %% [markdown]
# ### Exercise 6: bug clinic
#
# A colleague distrusts `evaluate` and counts the right answers of `predict` in one line of NumPy. The
# next two cells show the function and its symptom.


# %%
def accuracy_broken(labels, probabilities):
    """Return the share of right answers."""
    return float(np.mean((probabilities > 0.5) == labels))


# %% demo
with lab.needs("vectorize", "split_validation", "build_model", "my_bet", "best_epoch", "retrain"):
    chances = network.predict(x_test, batch_size=1000, verbose=0)
    print(f"evaluate says {network_accuracy:.3f}; the colleague counts ", end="")
    print(f"{accuracy_broken(test_labels, chances):.3f}")
    print(
        f"a network that always says the opposite: {accuracy_broken(test_labels, 1 - chances):.3f}"
    )

# %% [markdown]
# The colleague reads 0.5, believes that the network has learned nothing, and builds a larger one. It
# gets 0.5 too. So would a perfect network, and one that is always wrong.
#
# Write `share_right(labels, probabilities)` (1.5 points), the repaired version.
#
# - It takes N labels, 0 or 1, and N probabilities that a review is favorable; N is at least 1. **Each of the two may
#   have the shape (N,) or (N, 1)**, in any combination: labels come from many sources, and so do answers.
# - It returns one number from 0 to 1: the share of reviews with the right answer.
# - An answer is favorable if its probability is **above** 0.5. Exactly 0.5 is not.
# - Unequal lengths are refused with `ValueError`. Careful: one label beside twenty probabilities is refused
#   too, and NumPy would not do it for you.
#
# Two questions help. What are the shapes of both sides of `==`, and what is the shape of the result?
# What does NumPy do with a column beside a row? Two repairs that only look right: `argmax(axis=1)` on
# a single column (what is it always?), and mending one of the two sides only.


# %% exercise="share_right" clinic=true
def share_right(labels, probabilities):
    """Return the share of right answers; labels and probabilities may be columns."""
    ### BEGIN SOLUTION
    # A column (N, 1) beside a row (N,) is broadcast to (N, N): every answer met every label.
    true, said = np.ravel(labels), np.ravel(probabilities) > 0.5
    if len(true) != len(said):
        raise ValueError(f"{len(true)} labels do not go with {len(said)} probabilities")
    return float(np.mean(true == said))
    ### END SOLUTION


# %% test="share_right" points=0.5
with lab.check(
    "share_right compares each answer with its own label, and refuses unequal numbers of them",
    hint="print the shape of `(probabilities > 0.5) == labels` in accuracy_broken",
) as check:
    labels = np.array([1, 0, 0, 1, 1])
    probabilities = np.array([0.9, 0.2, 0.5, 0.4, 0.7], dtype="float32")
    check.close(
        check.call(share_right, labels, probabilities[:, None]), 0.8, "with a column of answers"
    )
    check.close(
        check.call(share_right, labels[:, None], probabilities), 0.8, "with a column of labels"
    )
    check.close(check.call(share_right, labels, probabilities), 0.8, "without columns")
    two_columns = check.call(share_right, labels[:, None], probabilities[:, None])
    check.close(two_columns, 0.8, "with two columns")
    check.raises(ValueError, share_right, labels[:4], probabilities)
    check.raises(ValueError, share_right, labels[:1], probabilities)

# %% hidden="share_right" points=1
with lab.check(
    "share_right is right for labels and probabilities in every combination of shapes",
    hint="bring both to one shape before you compare; mind 0.5 itself and unequal numbers",
) as check:
    rng = lab.rng("share_right")
    for count, skill in [(30, 0.9), (17, 0.2), (1, 1.0), (50, 0.6)]:
        labels = rng.integers(2, size=count)
        right = rng.random(count) < skill
        probabilities = np.where(right == labels, 0.6, 0.1) + rng.uniform(0, 0.39, size=count)
        probabilities[: count // 5] = 0.5
        pairs = zip(labels.tolist(), probabilities.tolist(), strict=True)
        expected = sum((chance > 0.5) == bool(label) for label, chance in pairs) / count
        for one in (labels, labels[:, None]):
            for two in (probabilities, probabilities[:, None]):
                name = f"share_right with shapes {one.shape} and {two.shape}"
                check.close(check.call(share_right, one, two), expected, name)
    for fewer, more in [(1, 20), (20, 1), (7, 8)]:
        labels, probabilities = rng.integers(2, size=fewer), rng.random((more, 1))
        check.raises(ValueError, share_right, labels, probabilities)
        check.raises(ValueError, share_right, labels[:, None], probabilities)

# %% demo
with lab.needs(
    "vectorize", "split_validation", "build_model", "my_bet", "best_epoch", "retrain", "share_right"
):
    counted = share_right(test_labels, chances)
    print(f"repaired: {counted:.4f}; evaluate: {network_accuracy:.4f}")
    table = (chances > 0.5) == test_labels
    print(f"the broken line compared {table.shape}: each answer with the labels of all reviews")
    said = chances[:, 0]
    bounds = np.linspace(0, 1, 21)
    title = "How sure the network is"
    with shown_figure(title, 9.2, 3.2) as (figure, caption):
        how_many, how_wrong = figure.subplots(1, 2)
        right = (said > 0.5) == test_labels
        good, bad = np.histogram(said[right], bounds)[0], np.histogram(said[~right], bounds)[0]
        how_many.bar(bounds[:-1], good, 0.05, align="edge", color=BLUE, label="right answers")
        how_many.bar(
            bounds[:-1], bad, 0.05, good, align="edge", color=ORANGE, label="wrong answers"
        )
        how_many.set_ylabel("Test reviews")
        how_many.legend(frameon=False)
        share = bad / np.maximum(good + bad, 1)
        how_wrong.bar(bounds[:-1], share, 0.05, align="edge", color=ORANGE)
        how_wrong.set_ylabel("Share of wrong answers")
        for axes in (how_many, how_wrong):
            axes.set_xlabel("Probability of a favorable review")
        middle = (said > 0.3) & (said < 0.7)
        wrong = np.mean((said > 0.5) != test_labels)
        among = np.mean(((said > 0.5) != test_labels)[middle])
        caption.append(
            f"{title}: {wrong:.0%} of all answers are wrong, and {among:.0%} of those between 0.3 and 0.7."
        )

# %% [markdown]
# **Look at** the right half: where the network says about 0.5 it is often wrong, near 0 and 1 seldom.
# Answers from the middle could go to a human.
#
# ### Play: your own review
#
# Write what you think of a film. Then try to fool the network: irony, praise for the wrong film, or
# the same words in another order. A rare word becomes `?`, as in the data; one that not even the full
# list has, such as a misspelt one, is left out.


# %%
def encode_review(text):
    """Return the ids of a text of one's own."""
    said = re.findall(r"[a-z0-9']+", text.lower())
    ids = [1, *(RANKS[word] + 3 for word in said if word in RANKS)]
    return keep_frequent([np.array(ids)])[0]


def show_opinions(texts):
    """Print what the network reads of some texts, and how it judges them."""
    reviews = [encode_review(text) for text in texts]
    judged = network.predict(vectorize(reviews, NUM_WORDS), verbose=0)[:, 0]
    for ids, chance in zip(reviews, judged, strict=True):
        print(f"{chance:.3f} favorable: {decode_review(ids, RANKS)}")


# %% free
MY_REVIEW = (
    "I wanted to leave after ten minutes, but the ending is wonderful and the music is great."
)
with lab.needs(
    "decode_review",
    "vectorize",
    "split_validation",
    "build_model",
    "my_bet",
    "best_epoch",
    "retrain",
):
    show_opinions(
        [
            MY_REVIEW,
            "This film is good, it is not bad at all.",
            "This film is bad, it is not good at all.",
        ]
    )

# %% [markdown]
# **Look at** the last two numbers. They are **equal to the last digit**, and so they must be: the same bag
# of words. No training and no further layer can separate what the input does not tell apart.
#
# ## Conclusion
#
# Here are your figures beside the book's, which trained on 25,000 reviews (start Jupyter with
# `LABS_MODE=full` for the same sizes). The cell also runs an experiment of section 3.4.6: one hidden
# layer instead of two.

# %% demo
with lab.needs("vectorize", "split_validation", "build_model", "my_bet", "best_epoch", "retrain"):
    one_layer = build_model((16,), num_words=NUM_WORDS)
    data = {"validation_data": (x_val, y_val), "batch_size": 512, "verbose": 0}
    shallow = one_layer.fit(x_part, y_part, epochs=12, **data).history
    for name, curves in [("two layers", history), ("one layer", shallow)]:
        epoch = best_epoch(curves)
        print(
            f"{name}: lowest validation loss {min(curves['val_loss']):.3f} in epoch {epoch}, ",
            end="",
        )
        print(f"accuracy there {curves['val_accuracy'][epoch - 1]:.3f}")
    results = {
        "reviews to learn from": (f"{len(x_train):,}", "25,000"),
        "parameters": (f"{network.count_params():,}", "160,305"),
        "epochs": (f"{chosen}", "4"),
        "weight updates": (f"{int(network.optimizer.iterations):,}", "196"),
        "loss on test reviews": (f"{test_scores['loss']:.3f}", "0.293"),
        "accuracy on test reviews": (f"{network_accuracy:.3f}", "0.883"),
        "linear on words": (f"{linear_accuracy:.3f}", ""),
        "linear on words and pairs": (f"{pairs_accuracy:.3f}", ""),
    }
    print(
        pd.DataFrame.from_dict(results, orient="index", columns=["yours", "the book"]).to_string()
    )

# %% [markdown] question="why_tie" points=4 numbers="linear_accuracy, network_accuracy, pairs_accuracy"
# ### The tie
#
# Choose *Restart and Run All* first, so that your numbers are those of the notebook that you save.
#
# In **at most 80 words**: how do `linear_accuracy`, `network_accuracy` and `pairs_accuracy` compare in your
# run (1 point; up to about 0.7 points are chance)? Why do the hidden layers gain nothing on the bag of words, while pairs do (2)? What
# would you do first the next time that you have texts to sort (1)?
#
# ### BEGIN SOLUTION
# In my run the linear model has 0.876 and the network 0.876 too, a tie; with pairs the linear model
# has 0.889. In a bag of words each word speaks for or against the film, and adding that up is
# already linear. What is missing is the order: "not good" and "good, not" are the same bag, so no
# layer can tell them apart. Pairs bring this back into the input. Next time I train a linear model
# first and improve the input before I add layers.
#
# **Rubric** (yes or no)
#
# 1. Names the numbers: the accuracies of linear model, network and pairs in their own run, or their
#    differences, as printed beside this answer. (1 point)
# 2. Gives the mechanism: in a bag of words the evidence of single words adds up, which a linear
#    model does already, and the order is lost for both; pairs put some of it (such as "not good")
#    into the input. "Pairs are better" alone does not count. (2 points)
# 3. Draws the consequence: a simple model first as yardstick, or better input before more
#    layers. (1 point)
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# Change the line `VARIANT = …` in the part Theory and run all cells again.
#
# - `"small_vocabulary"`: the same reviews with half of the vocabulary, ids below 5,000. Which rungs
#   lose, and how much? What does that say about rare words?
#
# Not graded, for whoever wants more:
#
# 1. Section 3.4.6 of the book, each with the same split and the same `best_epoch`: three hidden layers;
#    32 or 64 units; `activation="tanh"`; and the loss `"mse"` (call `compile` once more). Compare
#    with two seeds of one and the same network before you call anything better.
# 2. The network of 512-512 units. When does it begin to overfit?
# 3. Train `watched` on for ten epochs. What happens to its loss on the validation rows, and to its
#    accuracy?
# 4. Three neighbours instead of two in `with_pairs`. Or give the pairs to a network.
# 5. The ten surest mistakes on the test reviews: read them. Whose fault are they?
# 6. `hidden=()` is the linear model of Keras. Does it reach `linear_accuracy`, and in how many epochs?
# 7. Sort the reviews by label before the split, and train. What do the curves say?
