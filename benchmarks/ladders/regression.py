"""The ladder of ch03_boston on a table of houses: median, ridge, a small network, boosted trees.

`boston.py` and `california.py` beside it run it. All rungs are fitted on the training rows of the
notebook's part and scored on its test rows by the mean absolute error.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# The trees' threads wait for each other at full speed: on a busy machine that takes minutes.
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import keras
import numpy as np
import tensorflow as tf
from sklearn.base import RegressorMixin
from sklearn.linear_model import RidgeCV

from data_scripts import load

THREADS = 2
RUNGS = ("median", "ridge", "64-64-1", "gradient boosting")


@dataclass(frozen=True, slots=True)
class Task:
    """A data set, how its prices are scaled, the network's batch and epochs, trees for a seed."""

    name: str
    unit: str
    scale: float
    batch: int
    epochs: int
    trees: Callable[[int], RegressorMixin]


Split = tuple[np.ndarray, np.ndarray]


def median(train: Split, test: Split, task: Task, seed: int) -> np.ndarray:
    """Guess the same price for all."""
    return np.full(len(test[1]), np.median(train[1]))


def ridge(train: Split, test: Split, task: Task, seed: int) -> np.ndarray:
    """Fit a linear model on scaled columns."""
    model = RidgeCV(np.logspace(-2, 3, 11)).fit(*train)
    return model.predict(test[0])


def network(train: Split, test: Split, task: Task, seed: int) -> np.ndarray:
    """Train the book's network."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((train[0].shape[1],)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1),
        ]
    )
    model.compile("rmsprop", "mse")
    model.fit(*train, batch_size=task.batch, epochs=task.epochs, verbose=0)
    return model.predict(test[0], batch_size=1024, verbose=0)[:, 0]


def boosting(train: Split, test: Split, task: Task, seed: int) -> np.ndarray:
    """Fit boosted trees."""
    return task.trees(seed).fit(*train).predict(test[0])


FIT: Mapping[str, Callable[[Split, Split, Task, int], np.ndarray]] = dict(
    zip(RUNGS, (median, ridge, network, boosting), strict=True)
)


def ladder(task: Task, source: str, seeds: int) -> dict[str, list[float]]:
    """Return the errors of each rung, one a seed."""
    loaded = load(task.name, "notebook", source)
    print(loaded.where)
    (x, y), (x_test, y_test) = loaded.train, loaded.test
    mean, spread = x.mean(axis=0), x.std(axis=0)
    train = (x - mean) / spread, y / task.scale
    test = (x_test - mean) / spread, y_test / task.scale
    errors: dict[str, list[float]] = {}
    for rung, fit in FIT.items():
        started = time.perf_counter()
        errors[rung] = [
            float(np.abs(fit(train, test, task, seed) - test[1]).mean())
            for seed in range(seeds if rung in RUNGS[2:] else 1)
        ]
        print(f"# {rung}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    return errors


def main(task: Task) -> None:
    """Run the ladder as the command line says and print its table."""
    parser = argparse.ArgumentParser(description=f"The ladder on {task.name}.")
    parser.add_argument("--source", choices=("real", "twin"), default="real")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    errors = ladder(task, options.source, options.seeds)
    print(f"\n| rung | mean absolute error ({task.unit}) | seeds |\n|---|---:|---|")
    for rung, values in errors.items():
        each = " ".join(f"{value:.3f}" for value in values)
        print(f"| {rung} | {statistics.mean(values):.3f} | {each} |")
