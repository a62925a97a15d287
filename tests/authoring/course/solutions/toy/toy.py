# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lines
#
# A lab without data, for the tests of the authoring tools.

# %%
import contextlib
import os
import random


class Check:
    def equal(self, value, expected, name):
        assert value == expected, f"{name} is {value}, not {expected}"

    def between(self, value, low, high, name):
        assert low <= value <= high, f"{name} is {value}"


class Lab:
    seed = int(os.environ.get("LABS_SEED", "7"))

    @contextlib.contextmanager
    def check(self, title, hint=""):
        try:
            yield Check()
        except Exception:
            if "NBGRADER_EXECUTION" in os.environ:
                raise
            print("not yet:", title, hint)


lab = Lab()

# %% [markdown]
# ## Introduction
#
# ![A straight line through a cloud of points](line.svg)

# %% free
VARIANT = "steep"

# %%
slope = {"steep": 2.0, "flat": 0.5}[VARIANT]
dice = random.Random(lab.seed)
points = [(x, slope * x + dice.gauss(0, 0.1)) for x in range(20)]

# %% demo
guess = sum(y for _, y in points) / len(points)
print(f"the mean is {guess:.2f}")

# %% [markdown]
# ## Theory
#
# A line through the origin has one number.

# %% [markdown]
# ## Work


# %% exercise="double"
def double(number):
    """Return twice a number."""
    ### BEGIN SOLUTION
    return 2 * number
    ### END SOLUTION


# %% test="double" points=1
with lab.check("double gives twice a whole number", hint="Read the docstring.") as check:
    check.equal(double(2), 4, "double(2)")

# %% hidden="double" points=2
with lab.check("double gives twice a fraction", hint="Read the docstring.") as check:
    check.equal(double(2.5), 5.0, "double(2.5)")


# %% exercise="residuals" trap=true
def residuals(points, slope):
    """Return the list of y - slope * x; `points` stays as it is."""
    ### BEGIN SOLUTION
    return [y - slope * x for x, y in points]
    ### END SOLUTION


# %%
sample = [(1, 3), (2, 4)]

# %% test="residuals" points=1
with lab.check("residuals are y - slope * x", hint="One number for each point.") as check:
    check.equal(residuals(sample, 2), [1, 0], "residuals(sample, 2)")

# %% hidden="residuals" points=2
with lab.check("residuals leaves the points as they are", hint="Build a new list.") as check:
    mine = list(sample)
    check.equal(residuals(mine, 1), [2, 2], "residuals(mine, 1)")
    check.equal(mine, [(1, 3), (2, 4)], "points")


# %% exercise="fit"
def fit(points):
    """Return the slope with the least squared residuals."""
    ### BEGIN SOLUTION
    squares = sum(x * x for x, _ in points)
    return sum(x * y for x, y in points) / squares
    ### END SOLUTION


# %% test="fit" points=1
with lab.check("fit finds the slope of points on a line", hint="Divide two sums.") as check:
    check.equal(fit([(1, 2), (2, 4)]), 2, "fit(points)")

# %% hidden="fit" points=2
with lab.check("fit weighs far points more", hint="Divide two sums.") as check:
    check.equal(fit([(1, 2), (3, 3)]), 1.1, "fit(points)")

# %% hidden="fit.score" points=4 part="results"
with lab.check("the slope is near the true one", hint="Use all points.") as check:
    found = fit(points)
    check.between(found, slope - 0.1, slope + 0.1, "slope")


# %% exercise="mend" clinic=true
def mend(values):
    """Return the mean of the values."""
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION


# %% test="mend" points=1
with lab.check("the mean of one value is the value", hint="Count the values.") as check:
    check.equal(mend([3]), 3, "mend([3])")

# %% hidden="mend" points=2
with lab.check("the mean of three values is right", hint="Count the values.") as check:
    check.equal(mend([3, 4, 8]), 5, "mend([3, 4, 8])")

# %% [markdown]
# ## Conclusion

# %% [markdown] question="why_origin" points=4 numbers="slope"
# Why is one number enough? Answer in two sentences.
#
# ### BEGIN SOLUTION
# Because the line passes through the origin.
#
# - names the number
# ### END SOLUTION

# %% [markdown]
# ## Variants and further experiments
#
# Set the variant to `flat`.
