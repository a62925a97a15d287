"""Tests with Keras models: as a student's result, and as what a test passes to a student."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grading.assignment import Assignment
from grading.place import Place

pytestmark = [pytest.mark.sandbox]
MODEL_LAB = """# %%
import numpy as np
import keras
import labkit
from types import SimpleNamespace
lab = SimpleNamespace(check=labkit.Check)

# %% free
VARIANT = "plain"

# %% exercise="build_model"
def build_model():
    ### BEGIN SOLUTION
    return keras.Sequential([
        keras.Input((3,)), keras.layers.Dense(4, activation="relu", name="hidden"),
        keras.layers.Dense(2, activation="softmax"),
    ])
    ### END SOLUTION

# %% test="build_model" points=1
with lab.check("A model of two layers", hint="count them") as check:
    model = check.call(build_model)
    check.instance(model, keras.Model, "model")
    check.equal(model.count_params(), 26, "the number of parameters")
    check.equal(model.output_shape, (None, 2), "the output's shape")
    check.equal(model.layers[0].name, "hidden", "the first layer's name")
    check.true(model.get_layer("hidden") is model.layers[0], "one layer is one object")
    check.equal(model.layers[1].activation.__name__, "softmax", "the activation")

# %% hidden="build_model" points=2
with lab.check("Its numbers are those of a network", hint="softmax") as check:
    model = build_model()
    x = np.random.rand(5, 3).astype("float32")
    w1, b1, w2, b2 = model.get_weights()
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    want = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    check.close(model.predict(x, verbose=0), want, "model.predict(x)", tol=1e-4)
    check.close(model(x), want, "model(x)", tol=1e-4)
    check.equal(model(x).dtype.name, "float32", "the dtype")

# %% exercise="most_likely"
def most_likely(model, x):
    ### BEGIN SOLUTION
    return model.predict(x, verbose=1).argmax(axis=1)
    ### END SOLUTION

# %% test="most_likely" points=1
with lab.check("The most likely class", hint="argmax") as check:
    mine = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    x = np.random.rand(5, 3).astype("float32")
    check.equal(check.call(most_likely, mine, x), np.asarray(mine(x)).argmax(axis=1), "the classes")

# %% hidden="most_likely" points=2
with lab.check("The student's own model too", hint="argmax") as check:
    model = build_model()
    x = np.random.rand(5, 3).astype("float32")
    want = model.predict(x, verbose=0).argmax(axis=1)
    check.equal(check.call(most_likely, model, x), want, "the classes")
"""


@pytest.fixture(scope="module")
def model_lab(tmp_path_factory: pytest.TempPathFactory, build_lab: Any) -> Assignment:
    """A lab with a model as result and as argument."""
    return build_lab(tmp_path_factory.mktemp("models"), "models", MODEL_LAB)


def test_models(model_lab: Assignment, own_tmp: Path, make_place: Callable[..., Place],
                make_bench: Any) -> None:  # fmt: skip
    """Do models cross as live objects and as archives, and is one known from the other?"""
    place = make_place(cell_seconds=60, memory_mb=3000, file_mb=200)
    judged = make_bench(model_lab, place).grade(
        most_likely="""
            def most_likely(model, x):
                assert isinstance(model, keras.Model)
                return model.predict(x).argmax(axis=1) if model.layers[0].name == "hidden" else 0
        """
    )
    found = {test.cell: (test.verdict, test.detail) for test in judged.tests}
    assert found["test_build_model"][0] == "passed", found
    assert found["hidden_build_model"][0] == "passed", found
    assert found["test_most_likely"][0] == "failed", found
    assert found["hidden_most_likely"][0] == "passed", found
