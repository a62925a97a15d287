"""The ladder of ch06_jena on a table of weather: naive guesses, ridge on lags, dense, GRU.

`jena.py` and `beijing.py` beside it run it. Windows of 48 hours, every second one, from the
notebook's rows, forecast the temperature some hours ahead. Fitted on the first rows, scored on the
last (Task says which) by the mean absolute error in degrees; nothing is chosen on the rows between.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import keras
import numpy as np
import tensorflow as tf

from data_scripts import load

THREADS = 2
BACK, STEP = 48, 2
BATCH, EPOCHS = 128, 6
RIDGE = 10.0


@dataclass(frozen=True, slots=True)
class Task:
    """A data set, columns, the one to forecast, hours ahead, GRU units, ends of train, start of test."""

    name: str
    columns: tuple[str, ...]
    target: str
    ahead: tuple[int, ...]
    units: int
    train: int
    test: int


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Windows (N, 48, columns), the values to forecast, and the naive guesses."""

    x: np.ndarray
    y: np.ndarray
    last: np.ndarray
    same_hour: np.ndarray


def windows(z: np.ndarray, target: np.ndarray, ahead: int, first: int, last: int) -> Windows:
    """Cut windows that lie, with what they forecast, in rows `first` to `last`."""
    ends = np.arange(first + BACK - 1, last - ahead, STEP)
    x = z[ends[:, None] + np.arange(1 - BACK, 1)]
    return Windows(x, target[ends + ahead], target[ends], target[ends + ahead - 24])


def ridge(train: Windows, test: Windows) -> np.ndarray:
    """Fit a linear model on all lags and forecast."""
    flat, flat_test = (
        np.column_stack([w.x.reshape(len(w.x), -1), np.ones(len(w.x))]).astype(np.float64)
        for w in (train, test)
    )
    weights = np.linalg.solve(flat.T @ flat + RIDGE * np.eye(flat.shape[1]), flat.T @ train.y)
    return flat_test @ weights


def network(
    layers: list[keras.Layer], rate: float, train: Windows, test: Windows, seed: int
) -> np.ndarray:
    """Train a network on scaled targets and forecast."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input(train.x.shape[1:]), *layers, keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(rate), "mae")
    mean, spread = train.y.mean(), train.y.std()
    model.fit(train.x, (train.y - mean) / spread, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model.predict(test.x, batch_size=1024, verbose=0)[:, 0] * spread + mean


def rungs(task: Task, source: str, ahead: int, seeds: int) -> dict[str, list[float]]:
    """Return the errors of each rung at one horizon, one a seed for the networks."""
    table = load(task.name, "notebook", source).series
    values = np.stack([table.column(name) for name in task.columns], axis=1)
    target = table.column(task.target).astype(np.float64)
    past = values[: task.train]
    z = ((values - past.mean(axis=0)) / past.std(axis=0)).astype(np.float32)
    train = windows(z, target, ahead, 0, task.train)
    test = windows(z, target, ahead, task.test, len(target))
    guesses = {
        "last value": [test.last],
        "same hour yesterday": [test.same_hour],
        "ridge": [ridge(train, test)],
    }
    for name in ("dense", "GRU"):
        guesses[name] = []
        for seed in range(seeds):
            started = time.perf_counter()
            layers, rate = (
                ([keras.layers.Flatten(), keras.layers.Dense(32, activation="relu")], 1e-3)
                if name == "dense"
                else ([keras.layers.GRU(task.units)], 2e-3)
            )
            guesses[name].append(network(layers, rate, train, test, seed))
            print(f"# {name}: {time.perf_counter() - started:.1f} s", file=sys.stderr)
    return {
        name: [float(np.abs(guess - test.y).mean()) for guess in each]
        for name, each in guesses.items()
    }


def main(task: Task) -> None:
    """Run the ladder as the command line says and print its table."""
    parser = argparse.ArgumentParser(description=f"The ladder on {task.name}.")
    parser.add_argument("--source", choices=("real", "twin"), default="real")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--ahead", type=int, nargs="*", default=task.ahead)
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    print(load(task.name, "notebook", options.source).where)
    print("\n| hours ahead | rung | mean absolute error (degC) | seeds |\n|---:|---|---:|---|")
    for ahead in options.ahead:
        for rung, errors in rungs(task, options.source, ahead, options.seeds).items():
            each = " ".join(f"{error:.3f}" for error in errors)
            print(f"| {ahead} | {rung} | {statistics.mean(errors):.3f} | {each} |", flush=True)
