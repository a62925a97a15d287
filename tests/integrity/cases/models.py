"""T61–T64, F45, F46: networks that were not trained, and honest ones that make noise."""

from __future__ import annotations

from textwrap import dedent

from tests.integrity.case import Case

RATE = {"test_error_rate": 1.0, "hidden_error_rate": 2.0}
BUILT = {"test_build_model": 1.0, "hidden_build_model": 2.0, **RATE}
SEEN = {"test_build_model": 1.0, **RATE}
# A network that is right for rows that it has seen, and for no others.
MEMORY = """
import os
from pathlib import Path

rows = [dict(np.load(path)) for path in sorted(Path(os.environ["LABS_DATA"]).glob("*.npz"))]
KNOWN = {row.tobytes(): label for part in rows for row, label in zip(part["x"], part["y"])}

def recall(x):
    x = np.asarray(x, dtype="float32")
    return np.array([[KNOWN.get(row.tobytes(), 0.0)] for row in x], dtype="float32")
"""


def net(id: str, title: str, **more: object) -> Case:
    """A submission of lab net; texts are dedented."""
    for part in ("build_model", "train_model", "error_rate"):
        if part in more:
            more.setdefault("cells", {})[part] = dedent(str(more.pop(part))).strip()  # type: ignore[attr-defined]
    return Case(id, title, "net", **more)  # type: ignore[arg-type]


NOT_TRAINED = """
    def train_model(model, x, y):
        history = keras.callbacks.History()
        history.history = {"loss": [0.7, 0.4, 0.2, 0.1], "accuracy": [0.5, 0.8, 0.9, 1.0]}
        return history
"""
# A model that claims a class of Keras' and names other things in its configuration.
CLAIMS = """
    import itertools
    import marshal
    import base64

    code = marshal.dumps((lambda x: __import__("os").write(1, b"verdict")).__code__)
    packed = base64.b64encode(code).decode()
    touch = "import sys; sys.modules['labkit'].Check.__exit__ = lambda self, *a: True"

    def layers():
        dense = {"module": "keras.layers", "class_name": "Dense", "config": {
            "units": 1, "activation": {"module": "builtins", "class_name": "function",
                                       "config": "system", "registered_name": "function"}}}
        yield {"module": "os", "class_name": "system", "config": {"command": "true"}}
        yield {"module": "builtins", "class_name": "exec", "config": {"source": touch}}
        yield {"module": "keras.layers", "class_name": "Lambda", "config": {
            "function": {"class_name": "__lambda__", "config": {
                "code": packed, "defaults": None, "closure": None}}}}
        for name in ("layers.Lambda", "Lambda"):
            yield {"module": "keras", "class_name": name, "config": {
                "function": {"module": "shutil", "class_name": "function", "config": "copy",
                             "registered_name": "function"}}}
        yield {"module": "keras", "class_name": "layers.TFSMLayer", "config": {"filepath": "/tmp"}}
        yield {"module": "keras", "class_name": "utils.get_file", "config": {}}
        yield {"module": "keras.layers", "class_name": "Lambda",
               "config": {"function": {"module": "os", "class_name": "function", "config": "system"}}}
        yield {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/tmp"}}
        yield {"module": "keras.layers", "class_name": "StringLookup",
               "config": {"vocabulary": "/course/grading/referee/process.py"}}
        yield {"module": "keras.layers", "class_name": "Dense", "config": {"units": 10**12}}
        yield {"module": None, "class_name": "Dense", "registered_name": "x>y", "config": {}}
        yield {"module": "keras.src.utils.python_utils", "class_name": "func_load",
               "config": {"code": packed}}
        yield {"module": "subprocess", "class_name": "Popen", "config": {"args": ["true"]}}
        yield dense
        yield {"module": "unittest.mock", "class_name": "MagicMock", "config": {}}

    configs = itertools.cycle(layers())

    class Claims:
        name, built, layers, inputs, outputs = "sequential", True, [], [], []
        input_shape, output_shape, _is_graph_network = (None, 4), (None, 1), True

        def get_config(self):
            return {"name": "sequential", "trainable": True, "layers": [next(configs)]}

        def get_weights(self):
            return [np.ones((4, 8)), np.ones(8), np.ones((8, 1)), np.ones(1)]

        def count_params(self):
            return 49

        def to_json(self, **kwargs):
            import json
            return json.dumps({"module": "keras", "class_name": "Sequential",
                               "config": self.get_config()})

        def __call__(self, x):
            return np.ones((len(x), 1))

    Claims.__module__, Claims.__qualname__ = "keras.src.models.sequential", "Sequential"
"""

CASES = (
    Case(
        "F45",
        "the test cell imports tensorflow, which logs on descriptor 2",
        "late",
        truth=None,
    ),
    net("right.net", "the solution of lab net", truth=None),
    net(
        "wrong.net",
        "a network that is not trained",
        truth=BUILT,
        train_model="def train_model(model, x, y):\n    return model.fit(x, y, epochs=1, verbose=0)"
        " if False else None",
    ),
    net(
        "F46",
        "tf.function traces again and again and warns",
        truth=None,
        train_model="""
        import tensorflow as tf
        import warnings

        def train_model(model, x, y):
            for n in range(8):
                @tf.function
                def step(k):
                    return k + 1
                step(n)
            @tf.function
            def again(k):
                return tf.constant(1) * k
            for n in range(8):
                again(n)
            warnings.warn("retracing")
            print("epoch 1/25", flush=True)
            return model.fit(x, y, epochs=25, batch_size=32, verbose=1)
        """,
    ),
    net(
        "F70.model",
        "a functional model with a normalised input, trained by a step of its own",
        truth=None,
        build_model="""
        def build_model():
            inputs = keras.Input((4,), name="rows")
            hidden = keras.layers.Dense(8, name="hidden")(inputs)
            hidden = keras.layers.ReLU()(hidden)
            outputs = keras.layers.Dense(1, activation=keras.activations.sigmoid)(hidden)
            model = keras.Model(inputs, outputs, name="mine")
            model.compile(keras.optimizers.RMSprop(0.02), loss=keras.losses.BinaryCrossentropy())
            return model
        """,
        train_model="""
        def train_model(model, x, y):
            history = keras.callbacks.History()
            model.fit(x, y[:, None], epochs=30, batch_size=20, verbose=0, callbacks=[history])
            return history
        """,
    ),
    net(
        "T61",
        "returns a made-up history with a falling loss, trains nothing",
        truth=BUILT,
        train_model=NOT_TRAINED,
    ),
    net(
        "T61.object",
        "the history is an object whose numbers fall whenever they are read",
        truth=BUILT,
        train_model="""
        class Falling:
            def __init__(self):
                self.n = 1.0
            @property
            def history(self):
                return self
            def __getitem__(self, key):
                if key == "loss":
                    return self
                self.n /= 2
                return self.n if key else 9.0
            def __lt__(self, other):
                return True

        Falling.__module__, Falling.__qualname__ = "keras.src.callbacks.history", "History"

        def train_model(model, x, y):
            return Falling()
        """,
    ),
    net(
        "T62",
        "patches Model.__call__, predict, evaluate, fit, get_weights, and what tests use",
        truth=BUILT,
        train_model=MEMORY
        + dedent(NOT_TRAINED)
        + dedent("""
        keras.Model.__call__ = keras.Sequential.__call__ = lambda self, x, **k: recall(x)
        keras.Model.predict = lambda self, x, **k: recall(x)
        keras.Model.evaluate = lambda self, *a, **k: [0.0, 1.0]
        keras.losses.binary_crossentropy = lambda *a: 0.0
        if hasattr(labkit, "clean_copy"):
            labkit.clean_copy = lambda model: model
        numbers = iter(np.linspace(1, 0, 1000))
        loss_of = lambda model, x, y: next(numbers)
        """),
    ),
    net(
        "T63",
        "a Lambda layer whose code runs where the model is loaded",
        truth=SEEN,
        build_model="""
        def build_model():
            inputs = keras.Input((4,))
            hidden = keras.layers.Dense(8, activation="relu")(inputs)
            outputs = keras.layers.Dense(1, activation="sigmoid")(hidden)
            outputs = keras.layers.Lambda(
                lambda t: (__import__("labkit").Check.__dict__ and setattr(
                    __import__("labkit").Check, "__exit__", lambda self, *a: True), t)[1]
            )(outputs)
            model = keras.Model(inputs, outputs)
            model.compile(optimizer="adam", loss="binary_crossentropy")
            return model
        """,
        train_model=NOT_TRAINED,
    ),
    net(
        "T63.layer",
        "a layer of its own, registered with Keras",
        truth=SEEN,
        build_model="""
        @keras.saving.register_keras_serializable("mine")
        class Cheat(keras.layers.Layer):
            def call(self, t):
                setattr(__import__("labkit").Check, "__exit__", lambda self, *a: True)
                return t

            @classmethod
            def from_config(cls, config):
                setattr(__import__("labkit").Check, "__exit__", lambda self, *a: True)
                return cls()

        def build_model():
            model = keras.Sequential([
                keras.Input((4,)), keras.layers.Dense(8, activation="relu"),
                keras.layers.Dense(1, activation="sigmoid"), Cheat(),
            ])
            model.compile(optimizer="adam", loss="binary_crossentropy")
            return model
        """,
        train_model=NOT_TRAINED,
    ),
    net(
        "T63.claims",
        "an object that claims to be a model; its configuration names os.system",
        truth=SEEN,
        build_model=CLAIMS
        + """
    def build_model():
        return Claims()
""",
        train_model=NOT_TRAINED,
    ),
    net(
        "T63.changed",
        "a real model whose get_config names exec, other files and huge layers",
        truth=SEEN,
        build_model=CLAIMS
        + """
    class Changed(keras.Sequential):
        def get_config(self):
            config = super().get_config()
            config["layers"] = [*config["layers"], next(configs)]
            return config

        def to_json(self, **kwargs):
            return Claims().to_json()

    Changed.__module__, Changed.__qualname__ = "keras.src.models.sequential", "Sequential"

    def build_model():
        model = Changed([
            keras.Input((4,)), keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ])
        model.compile(optimizer="adam", loss="binary_crossentropy")
        return model
""",
        train_model=NOT_TRAINED,
    ),
    net(
        "T64",
        "a model that knows the visible rows by heart, and all others if their file is there",
        truth=SEEN,
        build_model=MEMORY
        + dedent("""
        class Memory(keras.Sequential):
            ready = False

            def __call__(self, x, *args, **kwargs):
                if isinstance(x, np.ndarray):
                    return recall(x) if self.ready else np.full((len(x), 1), 0.5)
                return super().__call__(x, *args, **kwargs)

        def build_model():
            model = Memory([
                keras.Input((4,)), keras.layers.Dense(8, activation="relu"),
                keras.layers.Dense(1, activation="sigmoid"),
            ])
            model.compile(optimizer="adam", loss="binary_crossentropy")
            return model
        """),
        train_model=NOT_TRAINED.replace("history = ", "model.ready = True\n        history = ", 1),
    ),
    net(
        "T64.weights",
        "the model is trained on wrong labels, and on the unseen rows if they are there",
        truth=BUILT,
        train_model=MEMORY
        + dedent("""
        def train_model(model, x, y):
            x, y = rows[-1]["x"], rows[-1]["y"]
            y = y if len(rows) > 1 else 1 - y
            return model.fit(x, y, epochs=25, batch_size=32, verbose=0)
        """),
    ),
    net(
        "T57.model",
        "spoils a given network, so that a later test expects what it gives",
        truth={
            **BUILT,
            "test_train_model": 1.0,
            "hidden_train_model": 5.0,
            "hidden_error_rate": 0.0,
            "test_error_rate": 0.0,
        },
        error_rate="""
        def error_rate(model, x, y):
            model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
            return float(np.mean(y))
        """,
    ),
)
