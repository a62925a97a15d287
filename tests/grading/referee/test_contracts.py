"""The kinds of contract that an exercise may have: each is judged as beside the student's code.

CONTRIBUTING lists them. A case has a right answer, a wrong one, and one test cell that passes the
first and fails the second, in the student's own process and through the referee.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class Kind(NamedTuple):
    """One kind of contract, by an example."""

    name: str
    right: str
    wrong: str
    test: str
    given: str = ""


KERAS = "import keras\nimport tensorflow as tf\n"

PLAIN = [
    Kind(
        "numbers, texts and containers",
        "def summary(words):\n    return {'n': len(words), 'set': set(words), 'by': [(w, 1) for w in words]}",
        "def summary(words):\n    return {'n': len(words), 'set': set(words), 'by': [(w, 2) for w in words]}",
        """
        assert summary(["a", "b", "a"]) == {
            "n": 3, "set": {"a", "b"}, "by": [("a", 1), ("b", 1), ("a", 1)]}
        """,
    ),
    Kind(
        "arrays: shape, dtype, values, input unchanged",
        "def scale(x):\n    return (x / 255).astype('float32')",
        "def scale(x):\n    x //= 255\n    return x.astype('float32')",
        """
        with lab.check("Scaled", hint="divide") as check:
            x = np.arange(0, 240, 40, dtype="uint8").reshape(2, 3)
            y = check.call(scale, x)
            check.dtype(y, "float32", "y")
            check.close(y, np.arange(0, 240, 40).reshape(2, 3) / 255, "y")
        """,
    ),
    Kind(
        "an argument that is changed in place, in a list too",
        "def step(weights, rate):\n    for w in weights:\n        w -= rate",
        "def step(weights, rate):\n    weights[:] = [w - rate for w in weights[:1]]",
        """
        a, b = np.ones(2), np.zeros(3)
        weights = [a, b]
        step(weights, 0.5)
        assert a.tolist() == [0.5, 0.5] and b.tolist() == [-0.5] * 3 and weights[0] is a
        """,
    ),
    Kind(
        "an argument that must not come back",
        "def copied(x):\n    return list(x)",
        "def copied(x):\n    return x",
        """
        x = [[1], [2]]
        y = copied(x)
        assert y is not x and y == x and y[0] is x[0]
        """,
    ),
    Kind(
        "aliases in a result",
        "def rows(n):\n    return [[0] * 2 for _ in range(n)]",
        "def rows(n):\n    return [[0] * 2] * n",
        """
        table = rows(3)
        table[0][0] = 1
        assert table == [[1, 0], [0, 0], [0, 0]]
        """,
    ),
    Kind(
        "an exception of a certain class",
        "def root(x):\n    if x < 0:\n        raise ValueError('negative')\n    return x ** 0.5",
        "def root(x):\n    if x < 0:\n        raise TypeError('negative')\n    return x ** 0.5",
        """
        with lab.check("Negative numbers are refused", hint="raise") as check:
            check.raises(ValueError, root, -1)
            check.close(root(4.0), 2.0, "root(4)")
        """,
    ),
    Kind(
        "signature, defaults and docstring",
        "def fit(x, epochs=5, *, batch_size=128):\n    '''Train.'''\n    return epochs * batch_size",
        "def fit(x, epochs, *, batch_size=128):\n    return epochs * batch_size",
        """
        import inspect
        parameters = inspect.signature(fit).parameters
        assert parameters["epochs"].default == 5 and fit.__doc__ == "Train."
        assert fit(None) == 640 and fit(None, batch_size=1) == 5
        """,
    ),
    Kind(
        "a random generator: the same seed, its state afterwards",
        "def draw(n, rng):\n    return rng.permutation(n)",
        "def draw(n, rng):\n    return np.random.default_rng(0).permutation(n)",
        """
        rng, twin = np.random.default_rng(7), np.random.default_rng(7)
        np.testing.assert_array_equal(draw(9, rng), twin.permutation(9))
        np.testing.assert_array_equal(draw(9, rng), twin.permutation(9))
        assert rng.random() == twin.random()
        """,
    ),
    Kind(
        "the global random state stays as it was",
        "def split(n, seed):\n    return np.random.default_rng(seed).permutation(n)",
        "def split(n, seed):\n    np.random.seed(seed)\n    return np.random.permutation(n)",
        """
        def state_changes(f):
            import numpy
            before = numpy.random.get_state()[1].tolist()
            f(5, seed=3)
            return numpy.random.get_state()[1].tolist() != before
        assert not labkit.inside(state_changes, split)
        """,
    ),
    Kind(
        "a generator",
        "def folds(n, k):\n    for i in range(k):\n        yield np.arange(n)[i::k]",
        "def folds(n, k):\n    return [np.arange(n)[i::k] for i in range(k - 1)]",
        """
        parts = folds(5, 2)
        assert next(iter(parts)).tolist() == [0, 2, 4]
        assert sorted(np.concatenate(list(folds(5, 2))).tolist()) == [0, 1, 2, 3, 4]
        """,
    ),
    Kind(
        "a class with methods",
        "class MinMax:\n    def fit(self, x):\n        self.low, self.high = x.min(), x.max()\n        return self\n"
        "    def transform(self, x):\n        if not hasattr(self, 'low'):\n            raise RuntimeError('fit first')\n"
        "        return (x - self.low) / (self.high - self.low)",
        "class MinMax:\n    def fit(self, x):\n        return self\n    def transform(self, x):\n"
        "        return (x - x.min()) / (x.max() - x.min())",
        """
        with lab.check("Scaled as the training data", hint="fit") as check:
            scaler = MinMax()
            check.raises(RuntimeError, scaler.transform, np.ones(2))
            assert scaler.fit(np.array([0.0, 10.0])) is scaler
            check.close(scaler.transform(np.array([5.0, 20.0])), [0.5, 2.0], "transform(x)")
        """,
    ),
    Kind(
        "a named tuple",
        "from collections import namedtuple\nRun = namedtuple('Run', 'loss accuracy')\ndef run():\n    return Run(0.5, 0.9)",
        "from collections import namedtuple\nRun = namedtuple('Run', 'loss accuracy')\ndef run():\n    return Run(0.9, 0.5)",
        "assert run().accuracy == 0.9 and run()[0] == 0.5 and tuple(run()) == (0.5, 0.9)",
    ),
    Kind(
        "a dataclass",
        "from dataclasses import dataclass\n@dataclass\nclass Run:\n    loss: float\ndef run():\n    return Run(0.5)",
        "from dataclasses import dataclass\n@dataclass\nclass Run:\n    loss: float\ndef run():\n    return Run(0.6)",
        "assert run().loss == 0.5",
    ),
    Kind(
        "a function as result",
        "def adder(n):\n    def add(x):\n        return x + n\n    return add",
        "def adder(n):\n    def add(x):\n        return x + 1\n    return add",
        "assert [adder(n)(1) for n in (1, 2, 3)] == [2, 3, 4]",
    ),
    Kind(
        "a function of the test as argument",
        "def numeric_grad(f, w, eps):\n    g = np.zeros_like(w)\n    for i in range(w.size):\n"
        "        d = np.zeros_like(w)\n        d.flat[i] = eps\n        g.flat[i] = (f(w + d) - f(w - d)) / (2 * eps)\n    return g",
        "def numeric_grad(f, w, eps):\n    g = np.zeros_like(w)\n    for i in range(w.size):\n"
        "        d = np.zeros_like(w)\n        d.flat[i] = eps\n        g.flat[i] = (f(w + d) - f(w)) / eps\n    return g",
        """
        with lab.check("The slope of a cube", hint="both sides") as check:
            calls = []
            def cube(w):
                calls.append(w.shape)
                return float((w ** 3).sum())
            w = np.array([[1.0, -2.0]])
            check.close(check.call(numeric_grad, cube, w, 0.1), 3 * w ** 2 + 0.01, "the gradient")
            check.equal(len(calls), 4, "the number of calls")
        """,
    ),
    Kind(
        "a failure inside a function of the test",
        "def retry(f):\n    try:\n        return f(3)\n    except KeyError:\n        return 0",
        "def retry(f):\n    return f(-1)",
        """
        with lab.check("It asks for what there is", hint="positive") as check:
            def f(n):
                if n < 0:
                    check.equal(n, 3, "the number asked for")
                raise KeyError(n)
            check.equal(retry(f), 0, "the result")
        """,
    ),
    Kind(
        "a factory of the test that is counted, and stubs for models",
        "def cross_validate(build, x, k):\n    return [build().fit(x[i::k]).score for i in range(k)]",
        "def cross_validate(build, x, k):\n    model = build()\n    return [model.fit(x[i::k]).score for i in range(k)]",
        """
        class Stub:
            def __init__(self):
                self.score = 0
            def fit(self, x):
                self.score += float(x.sum())
                return self
        built = []
        def build():
            built.append(Stub())
            return built[-1]
        assert cross_validate(build, np.arange(4.0), 2) == [2.0, 4.0]
        assert len(built) == 2 and built[0].score == 2.0
        """,
    ),
    Kind(
        "a data frame",
        "def fill(train, test):\n    return test.fillna(train.mean(numeric_only=True))",
        "def fill(train, test):\n    return test.fillna(test.mean(numeric_only=True))",
        """
        import pandas as pd
        train = pd.DataFrame({"a": [1.0, 3.0], "b": ["x", "y"]})
        test = pd.DataFrame({"a": [np.nan, 8.0], "b": ["z", None]}, index=[5, 6])
        filled = fill(train, test)
        assert filled["a"].tolist() == [2.0, 8.0] and list(filled.index) == [5, 6]
        assert filled.dtypes["a"] == "float64" and list(filled.columns) == ["a", "b"]
        assert test["a"].isna().sum() == 1
        """,
    ),
    Kind(
        "a name of the student's that the test deletes",
        "def squares(n):\n    return [i ** 2 for i in range(1, n + 1)]\ndef sum_of_squares(n):\n    return sum(squares(n))",
        "def squares(n):\n    return [i ** 2 for i in range(1, n + 1)]\ndef sum_of_squares(n):\n    return sum(i ** 2 for i in range(1, n + 1))",
        """
        original = squares
        del squares
        try:
            sum_of_squares(1)
        except NameError:
            pass
        else:
            raise AssertionError("sum_of_squares does not use squares")
        finally:
            squares = original
        assert sum_of_squares(3) == 14
        """,
    ),
    Kind(
        "a name of the student's that the test replaces by a spy",
        "def iou(a, b):\n    return a & b\ndef nms(boxes):\n    return [iou(a, a) for a in boxes]",
        "def iou(a, b):\n    return a & b\ndef nms(boxes):\n    return list(boxes)",
        """
        seen = []
        def spy(a, b):
            seen.append(a)
            return original(a, b)
        original, iou = iou, spy
        try:
            assert nms([1, 2]) == [1, 2]
        finally:
            iou = original
        assert seen == [1, 2], seen
        """,
    ),
    Kind(
        "files: a folder in, a folder out",
        "import shutil\nfrom pathlib import Path\ndef subset(source, target, n):\n    Path(target).mkdir(parents=True)\n"
        "    for file in sorted(Path(source).glob('*.txt'))[:n]:\n        shutil.copy(file, target)\n    return len(list(Path(target).iterdir()))",
        "import shutil\nfrom pathlib import Path\ndef subset(source, target, n):\n    Path(target).mkdir(parents=True)\n"
        "    for file in sorted(Path(source).glob('*.txt'))[:n]:\n        shutil.move(file, target)\n    return len(list(Path(target).iterdir()))",
        """
        folder = labkit.scratch()
        source = folder / "all"
        source.mkdir()
        for i in range(4):
            (source / f"{i}.txt").write_text(str(i))
        (source / "note.md").write_text("no")
        assert subset(source, folder / "some" / "train", 2) == 2
        assert [p.read_text() for p in sorted((folder / "some" / "train").iterdir())] == ["0", "1"]
        assert len(list(source.iterdir())) == 5, "the source lost files"
        """,
    ),
    Kind(
        "bytes",
        "def pack(numbers):\n    return bytes(numbers)",
        "def pack(numbers):\n    return bytes(reversed(numbers))",
        "assert pack([1, 2, 255]) == b'\\x01\\x02\\xff'",
    ),
    Kind(
        "a figure",
        "import matplotlib\nmatplotlib.use('agg')\nfrom matplotlib.figure import Figure\ndef curves(a, b):\n    figure = Figure()\n"
        "    axes = figure.subplots()\n    axes.plot(a)\n    axes.plot(b)\n    axes.set_xlabel('epoch')\n    return figure",
        "import matplotlib\nmatplotlib.use('agg')\nfrom matplotlib.figure import Figure\ndef curves(a, b):\n    figure = Figure()\n"
        "    axes = figure.subplots()\n    axes.plot(a)\n    return figure",
        """
        figure = curves([1.0, 2.0], [2.0, 1.0])
        axes = figure.axes[0]
        assert len(axes.lines) == 2 and axes.get_xlabel() == "epoch"
        assert axes.lines[0].get_ydata().tolist() == [1.0, 2.0]
        """,
    ),
    Kind(
        "no more memory than needed",
        "def tensor_bytes(shape, dtype):\n    n = np.dtype(dtype).itemsize\n    for side in shape:\n        n *= side\n    return n",
        "def tensor_bytes(shape, dtype):\n    return np.zeros(shape, dtype).nbytes",
        "assert tensor_bytes((10**6, 10**6, 128), 'uint8') == 128 * 10**12",
    ),
]  # fmt: skip

BUILD = """
def build(activation='softmax'):
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, activation='relu', name='hidden'),
                             keras.layers.Dense(2, activation=activation)])
"""
WITH_KERAS = [
    Kind(
        "tensors",
        "def relu(x):\n    return tf.maximum(x, 0.0)",
        "def relu(x):\n    return tf.abs(x)",
        """
        y = relu(tf.constant([-1.0, 2.0]))
        assert isinstance(y, tf.Tensor) and y.dtype == tf.float32
        np.testing.assert_array_equal(y, [0, 2])
        """,
    ),
    Kind(
        "variables that are assigned to",
        "def sgd(w, g, rate):\n    w.assign_sub(rate * g)",
        "def sgd(w, g, rate):\n    w.assign_add(rate * g)",
        """
        w = tf.Variable([1.0, 2.0])
        sgd(w, tf.constant([1.0, 1.0]), 0.5)
        np.testing.assert_allclose(w, [0.5, 1.5])
        """,
    ),
    Kind(
        "a model: structure by the handle, numbers by its weights and by a clean copy",
        BUILD,
        BUILD.replace("=activation", "='sigmoid'"),
        """
        model = build()
        assert isinstance(model, keras.Model) and model.count_params() == 26
        assert model.get_layer("hidden") is model.layers[0] and model.layers[0].units == 4
        assert model.layers[0].activation == keras.activations.relu
        x = np.random.default_rng(0).normal(size=(5, 3)).astype("float32")
        w1, b1, w2, b2 = model.get_weights()
        scores = np.exp(np.maximum(x @ w1 + b1, 0) @ w2 + b2)
        want = scores / scores.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(model.predict(x, verbose=0), want, atol=1e-5)
        copied = labkit.clean_copy(model)
        np.testing.assert_allclose(copied.predict(x, verbose=0), want, atol=1e-5)
        assert not np.shares_memory(model.layers[0].kernel - 0.0, w1)
        """,
    ),
    Kind(
        "a model of the test that is trained",
        "def train(model, x, y):\n    return model.fit(x, y, epochs=2, batch_size=4, verbose=0).history",
        "def train(model, x, y):\n    return model.fit(x, y, epochs=1, batch_size=4, verbose=0).history",
        """
        keras.utils.set_random_seed(1)
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        before = model.get_weights()
        history = train(model, np.ones((10, 3), "float32"), np.zeros((10, 1), "float32"))
        assert len(history["loss"]) == 2 and history["loss"][1] < history["loss"][0]
        assert int(model.optimizer.iterations) == 6
        assert not np.allclose(model.get_weights()[0], before[0])
        """,
    ),
    Kind(
        "a model of the test that is frozen and compiled anew",
        "def freeze(model, rate):\n    model.layers[0].trainable = False\n    model.compile(keras.optimizers.RMSprop(rate), 'mse')\n    return model",
        "def freeze(model, rate):\n    model.compile(keras.optimizers.RMSprop(rate), 'mse')\n    model.layers[0].trainable = True\n    return model",
        """
        keras.utils.set_random_seed(1)
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        assert freeze(model, 1e-5) is model
        assert len(model.trainable_weights) == 2 and abs(float(model.optimizer.learning_rate) - 1e-5) < 1e-9
        kept = model.layers[0].get_weights()
        model.fit(np.ones((4, 3)), np.zeros((4, 1)), verbose=0)
        assert all((a == b).all() for a, b in zip(kept, model.layers[0].get_weights()))
        """,
    ),
    Kind(
        "one step of training on the student's model",
        BUILD,
        BUILD.replace("name='hidden'", "name='hidden', trainable=False"),
        """
        def gradients_flow(model, x, y):
            import keras
            import tensorflow as tf
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x) - y) ** 2)
            return [g is not None for g in tape.gradient(loss, model.trainable_weights)]
        x = np.ones((2, 3), "float32")
        assert labkit.inside(gradients_flow, build(), x, np.zeros((2, 2), "float32")) == [True] * 4
        """,
    ),
    Kind(
        "a model over the student's layers",
        BUILD + "def features(model):\n    return keras.Model(model.inputs, [layer.output for layer in model.layers])",
        BUILD + "def features(model):\n    return keras.Model(model.inputs, [build().layers[0](model.inputs[0]), model.outputs[0]])",
        """
        model = build()
        both = features(model)
        assert len(both.outputs) == 2 and tuple(both.outputs[0].shape) == (None, 4)
        assert both.get_layer("hidden") is model.get_layer("hidden")
        x = np.ones((2, 3), "float32")
        np.testing.assert_allclose(both.predict(x, verbose=0)[1], model.predict(x, verbose=0), atol=1e-6)
        """,
    ),
    Kind(
        "a history",
        "def best_epoch(history):\n    return int(np.argmin(history.history['val_loss'])) + 1",
        "def best_epoch(history):\n    return int(np.argmin(history.history['val_loss']))",
        "assert best_epoch(SimpleNamespace(history={'val_loss': [3.0, 1.0, 2.0]})) == 2",
    ),
    Kind(
        "a layer, and what it does in training only",
        "def noisy():\n    return keras.layers.Dropout(0.5)",
        "def noisy():\n    return keras.layers.GaussianNoise(0.5)",
        """
        layer = noisy()
        x = np.ones((50, 4), "float32")
        np.testing.assert_array_equal(layer(x, training=False), x)
        values = set(np.unique(layer(x, training=True)).tolist())
        assert values == {0.0, 2.0}, values
        """,
    ),
    Kind(
        "layers, losses and optimizers of the test as arguments",
        "def assemble(layer, loss, optimizer):\n    model = keras.Sequential([keras.Input((3,)), layer])\n    model.compile(optimizer, loss)\n    return model",
        "def assemble(layer, loss, optimizer):\n    model = keras.Sequential([keras.Input((3,)), layer])\n    model.compile('sgd', loss)\n    return model",
        """
        layer = keras.layers.Dense(2, activation="tanh")
        model = assemble(layer, keras.losses.MeanSquaredError(), keras.optimizers.Adam(0.01))
        assert model.layers[-1].units == 2 and model.loss.name == "mean_squared_error"
        assert type(model.optimizer).__name__ == "Adam" or model.optimizer.name == "adam"
        assert abs(float(model.optimizer.learning_rate) - 0.01) < 1e-8
        """,
    ),
    Kind(
        "a data set of the test as argument, one of the student's as result",
        "def scaled(data):\n    return data.map(lambda x, y: (x / 2, y)).batch(2)",
        "def scaled(data):\n    return data.map(lambda x, y: (x / 2, y)).batch(2, drop_remainder=True)",
        """
        x, y = np.arange(5, dtype="float32"), np.arange(5)
        data = scaled(tf.data.Dataset.from_tensor_slices((x, y)))
        batches = [(a.numpy().tolist(), b.numpy().tolist()) for a, b in data]
        assert batches == [([0.0, 0.5], [0, 1]), ([1.0, 1.5], [2, 3]), ([2.0], [4])], batches
        assert data.element_spec[0].dtype == tf.float32
        """,
    ),
    Kind(
        "save and load",
        BUILD + "def save(model, path):\n    model.save(path)",
        BUILD + "def save(model, path):\n    model.save_weights(str(path).replace('.keras', '.weights.h5'))",
        """
        path = labkit.scratch() / "model.keras"
        model = build()
        save(model, path)
        assert path.exists()
        loaded = keras.models.load_model(path)
        assert all(np.allclose(a, b) for a, b in zip(loaded.get_weights(), model.get_weights()))
        """,
    ),
    Kind(
        "weights that the test puts into the student's model",
        BUILD,
        BUILD.replace("activation='relu'", "activation='relu', use_bias=False"),
        """
        model = build()
        weights = [np.full(w.shape, 0.1, "float32") for w in model.get_weights()]
        model.set_weights(weights)
        x = np.array([[1.0, 2.0, 3.0]], "float32")
        np.testing.assert_allclose(model(x), [[0.5, 0.5]], atol=1e-6)
        assert len(weights) == 4
        """,
    ),
    Kind(
        "a base of the test inside of the student's model",
        "def stack(base):\n    base.trainable = False\n    model = keras.Sequential([base, keras.layers.Dense(1)])\n"
        "    model.compile('sgd', 'mse')\n    return model",
        "def stack(base):\n    model = keras.Sequential([base, keras.layers.Dense(1)])\n"
        "    model.compile('sgd', 'mse')\n    base.trainable = False\n    model.compile('sgd', 'mse')\n"
        "    base.trainable = True\n    model.compile('sgd', 'mse')\n    return model",
        """
        keras.utils.set_random_seed(2)
        base = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)], name="base")
        before = base.get_weights()
        model = stack(base)
        assert model.layers[0] is base
        model.fit(np.ones((4, 3), "float32"), np.zeros((4, 1), "float32"), verbose=0)
        assert all((a == b).all() for a, b in zip(before, base.get_weights())), "the base was trained"
        assert not base.trainable and len(model.trainable_weights) == 2
        """,
    ),
    Kind(
        "callbacks of Keras as result",
        "def callbacks(path):\n    return [keras.callbacks.ModelCheckpoint(path, save_best_only=True),\n"
        "            keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)]",
        "def callbacks(path):\n    return [keras.callbacks.ModelCheckpoint(path, monitor='loss', save_best_only=True),\n"
        "            keras.callbacks.EarlyStopping(patience=3)]",
        """
        path = labkit.scratch() / "best.keras"
        best, early = callbacks(str(path))
        assert isinstance(best, keras.callbacks.ModelCheckpoint) and early.patience == 3
        assert best.monitor == "val_loss" and early.restore_best_weights
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        def run(model, both, x):
            return len(model.fit(x, x, validation_data=(x, x), epochs=2, callbacks=both, verbose=0).epoch)
        assert labkit.inside(run, model, [best, early], np.ones((4, 1), "float32")) == 2
        assert path.exists()
        """,
    ),
    Kind(
        "a layer of the student's own class",
        "class Scale(keras.layers.Layer):\n    def call(self, x):\n        return 2 * x",
        "class Scale(keras.layers.Layer):\n    def call(self, x):\n        return 3 * x",
        """
        layer = Scale()
        assert isinstance(layer, keras.layers.Layer)
        np.testing.assert_allclose(layer(np.ones((2, 2), "float32")), 2 * np.ones((2, 2)))
        model = keras.Sequential
        try:
            labkit.clean_copy(layer)
        except labkit.CannotCopy:
            pass
        else:
            raise AssertionError("a class of one's own was rebuilt")
        """,
    ),
]  # fmt: skip


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.name)
def test_plain_kinds(both_ways: Callable[..., Any], kind: Kind) -> None:
    """Does this kind of contract pass a right and fail a wrong answer, the same in both ways?"""
    _judge(both_ways, kind)


@pytest.mark.parametrize("kind", WITH_KERAS, ids=lambda kind: kind.name)
def test_kinds_with_keras(both_ways: Callable[..., Any], kind: Kind) -> None:
    """Does this kind of contract pass a right and fail a wrong answer, the same in both ways?"""
    _judge(both_ways, kind._replace(given=KERAS + kind.given))


def test_contributing_lists_the_kinds() -> None:
    """Does an author read of every kind that is proved here, and of no other?"""
    text = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("## Kinds of contract")[2].partition("\n\nWhat no test")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    assert rows[1:] == [kind.name for kind in (*PLAIN, *WITH_KERAS)]


def _judge(both_ways: Callable[..., Any], kind: Kind) -> None:
    beside, through, found = both_ways(kind.right, kind.test, given=kind.given)
    assert (beside, through) == ("passed", "passed"), found
    beside, through, found = both_ways(kind.right, kind.test, student=kind.wrong, given=kind.given)
    assert beside == through, found
    assert through in ("failed", "raised"), found
