"""Tests of Keras objects as plain data."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import labkit
from labkit import portable

keras = pytest.importorskip("keras")
layers = keras.layers


def models() -> list[Any]:
    inputs = keras.Input((8, 8, 1))
    x = layers.Conv2D(3, 3, activation=keras.activations.relu)(inputs)
    x = layers.BatchNormalization()(x)
    outputs = [layers.Dense(1)(layers.Flatten()(x)), layers.GlobalMaxPooling2D()(x)]
    base = keras.Sequential([keras.Input((4,)), layers.Dense(3, kernel_regularizer="l2")])
    return [
        keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dropout(0.5), layers.Dense(2)]),
        keras.Model(inputs, outputs),
        keras.Sequential([keras.Input((4,)), base, layers.Dense(1, "sigmoid")]),
        keras.Sequential([keras.Input((5, 2)), layers.Bidirectional(layers.LSTM(3)), layers.Dense(1)]),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(4))
def test_a_copy_computes_the_same(number: int) -> None:
    """Does a model made again give the same numbers, and share none with the first?"""
    model = models()[number]
    x = np.random.default_rng(0).normal(size=(3, *model.input_shape[1:])).astype("float32")
    copied = labkit.clean_copy(model)
    for one, two in zip(_outputs(model, x), _outputs(copied, x), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)
    copied.layers[-1].set_weights([w + 1 for w in copied.layers[-1].get_weights()])
    before = [w.copy() for w in model.get_weights()]
    assert all((a == b).all() for a, b in zip(before, model.get_weights(), strict=True))


def _outputs(model: Any, x: np.ndarray) -> list[np.ndarray]:
    outputs = model(x)
    return [np.asarray(one) for one in (outputs if isinstance(outputs, list) else [outputs])]


def test_a_compiled_model_goes_on_training() -> None:
    """Has a copy the optimizer's own numbers, and which weights are frozen?"""
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.Dense(1)])
    model.layers[0].trainable = False
    model.compile(keras.optimizers.Adam(0.02), "mse", metrics=["mae"])
    x, y = np.ones((4, 3)), np.zeros((4, 1))
    model.fit(x, y, verbose=0)
    copied = labkit.clean_copy(model)
    assert int(copied.optimizer.iterations) == 1
    assert [layer.trainable for layer in copied.layers] == [False, True]
    model.fit(x, y, verbose=0)
    copied.fit(x, y, verbose=0)
    for one, two in zip(model.get_weights(), copied.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop"])
def test_a_model_frozen_after_training_can_be_copied(optimizer: str) -> None:
    """Do the optimizer's numbers stay with their weights when some are frozen after a fit?"""
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.Dense(1)])
    model.compile(optimizer, "mse")
    x, y = np.ones((4, 3)), np.zeros((4, 1))
    model.fit(x, y, verbose=0)
    model.layers[0].trainable = False
    copied = labkit.clean_copy(model)
    own, others = model.optimizer.variables, copied.optimizer.variables
    for one, two in zip(own, others, strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(two))
    frozen = model.layers[0].get_weights()
    for one in (model, copied):
        one.compile(optimizer, "mse")
        one.fit(x, y, verbose=0)
    for one, two in zip(model.get_weights(), copied.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)
    np.testing.assert_array_equal(frozen[0], copied.get_weights()[0])


def test_numbers_of_an_optimizer_that_was_made_anew_replace_the_old() -> None:
    """Does a model that is compiled again, after a fit, forget its momentum on the other side too?"""
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(name="one"), "mse")
    x, y = np.ones((4, 3)), np.zeros((4, 1))
    model.fit(x, y, verbose=0)
    copied = labkit.clean_copy(model)
    model.compile(keras.optimizers.Adam(name="one"), "mse")
    portable.set_state(copied, portable.state(model))
    assert int(copied.optimizer.iterations) == 0
    for one in (model, copied):
        one.fit(x, y, verbose=0)
    for one, two in zip(model.optimizer.variables, copied.optimizer.variables, strict=True):
        np.testing.assert_allclose(np.asarray(one), np.asarray(two), atol=1e-6)


def test_an_optimizer_of_another_model_is_refused() -> None:
    """Is a model whose optimizer has trained another one refused with a reason?"""
    optimizer = keras.optimizers.Adam()
    for _ in range(2):
        model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
        model.compile(optimizer, "mse")
        if not optimizer.built:
            model.fit(np.ones((4, 3)), np.zeros((4, 1)), verbose=0)
    with pytest.raises(labkit.CannotCopy, match="another model"):
        portable.state(model)


@keras.saving.register_keras_serializable("test")
class Own(layers.Layer):
    """A layer of somebody's own, known to Keras by name."""


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: layers.Lambda(lambda x: x), "Lambda"),
        (lambda: Own(), "does not have: 'Own'"),
        (lambda: layers.Dense(1, activation=lambda x: x), "cannot build"),
        (lambda: layers.Dense(1, activation=Own()), "does not have: 'Own'"),
    ],
)
def test_code_is_refused(make: Any, words: str) -> None:
    """Is a model with code of its own refused with the part that has it?"""
    model = keras.Sequential([keras.Input((3,)), make()])
    with pytest.raises(labkit.CannotCopy, match=words):
        labkit.clean_copy(model)


def config(**changes: Any) -> str:
    described = json.loads(portable.export(layers.Dense(2)))
    described.update(changes)
    return json.dumps(described)


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "[" * 100_000,
        config(module="os", class_name="system", config="true"),
        config(module="builtins", class_name="eval"),
        config(module="keras.layers", class_name="Lambda"),
        config(module="keras.utils", class_name="get_file", config={"origin": "file:///x"}),
        config(module="keras.layers", class_name="NoSuchLayer"),
        config(registered_name="test>Own", class_name="Own"),
        config(registered_name="test>Own"),
        config(module="keras.src.legacy.saving", class_name="Sequential"),
        config(config={"units": {"class_name": "__lambda__", "config": {"value": "x"}}}),
        config(config={"units": 2, "activation": {"class_name": "function", "module": "os",
                                                  "config": "system", "registered_name": None}}),
        config(config={"units": 2, "activation": {"class_name": "function", "module": "builtins",
                                                  "config": "exec", "registered_name": None}}),
        config(config={"units": "many"}),
        config(class_name="StringLookup", config={"vocabulary": "/etc/passwd"}),
    ],
)  # fmt: skip
def test_hostile_configs(hostile: str) -> None:
    """Is a config that names anything but Keras' own classes refused in one sentence?"""
    with pytest.raises(labkit.CannotCopy):
        portable.rebuild(hostile)


def test_numbers_that_do_not_fit() -> None:
    """Are weights of other shapes, too few or too many of them refused?"""
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
    numbers = portable.state(model)
    for weights in ([], [np.zeros((3, 2))], [np.zeros((2, 3)), np.zeros(2)], ["x", "y"]):
        with pytest.raises(labkit.CannotCopy, match="do not fit"):
            portable.set_state(model, {**numbers, "weights": weights})


def test_digests() -> None:
    """Does the digest tell a weight, a flag and a compilation that changed?"""
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
    seen = {portable.digest(portable.state(model))}
    model.layers[0].bias.assign([0.0, 1.0])
    seen.add(portable.digest(portable.state(model)))
    model.layers[0].trainable = False
    seen.add(portable.digest(portable.state(model)))
    model.compile("sgd", "mse")
    seen.add(portable.digest(portable.state(model)))
    assert len(seen) == 4
    assert portable.digest(portable.state(model)) in seen
