"""The ladder on CIFAR-10 or its twin: majority, colours alone, linear, dense, convolutional.

    python benchmarks/ladders/cifar10.py --source twin --seeds 3

Trains on the rows for notebooks and scores on those and the unseen ones of the test split.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import keras
import numpy as np
import tensorflow as tf

from data_scripts import load

THREADS = 2
# Each channel's values fall into so many bins for the colours alone.
BINS = 4


def linear() -> list[keras.Layer]:
    """Give the layers of a linear model on pixels."""
    return [keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")]


def dense() -> list[keras.Layer]:
    """Give the layers of a network with one hidden layer."""
    return [
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]


def convnet() -> list[keras.Layer]:
    """Give the layers of a small convolutional network."""
    return [
        keras.layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.4),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]


# Rung, layers, epochs, learning rate.
RUNGS: list[tuple[str, Callable[[], list[keras.Layer]], int, float]] = [
    ("linear on pixels", linear, 12, 1e-3),
    ("dense, 256 units", dense, 12, 5e-4),
    ("convnet 32-64-64", convnet, 12, 1e-3),
]


def colours(x: np.ndarray) -> np.ndarray:
    """Count how many pixels of each picture have each of BINS³ colours; places are lost."""
    bins = x.reshape(len(x), -1, 3) // (256 // BINS)
    code = (bins[..., 0] * BINS + bins[..., 1]) * BINS + bins[..., 2]
    counts = np.zeros((len(x), BINS**3), dtype=np.float32)
    np.add.at(counts, (np.arange(len(x))[:, None], code), 1 / code.shape[1])
    return np.sqrt(counts)


def train(
    layers: list[keras.Layer], epochs: int, rate: float, data: tuple[np.ndarray, ...], seed: int
) -> float:
    """Train a classifier and give its accuracy on the test rows."""
    keras.utils.set_random_seed(seed)
    x, y, x_test, y_test = data
    model = keras.Sequential([keras.Input(x.shape[1:]), *layers])
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(x, y, epochs=epochs, batch_size=64, verbose=0)
    return float(model.evaluate(x_test, y_test, verbose=0)[1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", choices=["real", "twin"], required=True)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    notebook, unseen = (load("cifar10", part, options.source) for part in ("notebook", "unseen"))
    x, y = notebook.train
    x_test, y_test = (np.concatenate(pair) for pair in zip(notebook.test, unseen.test, strict=True))
    print(notebook.where)
    print(f"{len(x):,} train and {len(x_test):,} test pictures, {options.seeds} seeds")
    print(f"{'rung':20} {'accuracy':>17} {'seconds':>8}")
    share = np.mean(y_test == np.bincount(y).argmax())
    print(f"{'majority':20} {share:17.3f} {0:8.1f}")
    scaled = (x.astype(np.float32) / 255, y, x_test.astype(np.float32) / 255, y_test)
    counted = (colours(x), y, colours(x_test), y_test)
    rungs = [("colours alone", linear, 20, 1e-2, counted)]
    rungs += [(*rung, scaled) for rung in RUNGS]
    for name, layers, epochs, rate, data in rungs:
        started = time.perf_counter()
        scores = [train(layers(), epochs, rate, data, seed) for seed in range(options.seeds)]
        spent = (time.perf_counter() - started) / options.seeds
        print(f"{name:20} {np.mean(scores):9.3f} ± {np.std(scores):5.3f} {spent:8.1f}", flush=True)


if __name__ == "__main__":
    main()
