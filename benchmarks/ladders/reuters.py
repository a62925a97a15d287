"""The ladder on Reuters or its twin: chance, linear, 64-64-46, and a bottleneck of four units.

    python benchmarks/ladders/reuters.py --source twin --seeds 3

Claims: after 30 epochs the linear model ties with the network or beats it; the bottleneck loses by
0.1 or more; no model predicts all topics.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import bags
import keras
import numpy as np
import tensorflow as tf

from data_scripts import load
from data_scripts.reuters import TOPICS

NUM_WORDS = 10_000
# Rung, hidden layers, epochs.
RUNGS = (
    ("linear, 9 epochs", (), 9),
    ("linear, 30 epochs", (), 30),
    ("network 64-64-46", (64, 64), 9),
    ("bottleneck 64-4-46", (64, 4), 9),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", choices=["real", "twin"], required=True)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(2)
    loaded = load("reuters", "full", options.source)
    (ids, y), (ids_test, y_test) = loaded.train, loaded.test
    print(loaded.where)
    print(f"{len(y):,} train and {len(y_test):,} test newswires, {options.seeds} seeds")
    shares = np.bincount(y, minlength=len(TOPICS)) / len(y)
    print(f"{'rung':20} {'accuracy':>17} {'recall':>7} {'never predicted':>16} {'seconds':>8}")
    print(f"{'chance by frequency':20} {shares[y_test].mean():9.4f}")
    print(f"{'majority':20} {np.mean(y_test == shares.argmax()):9.4f}")
    x, x_test = (bags.words(rows, NUM_WORDS) for rows in (ids, ids_test))
    for name, hidden, epochs in RUNGS:
        scores, recalls, absent = [], [], []
        started = time.perf_counter()
        for seed in range(options.seeds):
            keras.utils.set_random_seed(seed)
            model = bags.network(NUM_WORDS, hidden, len(TOPICS))
            bags.train(model, x, y, epochs, seed)
            answer = bags.predict(model, x_test)
            scores.append(np.mean(answer == y_test))
            present = np.unique(y_test)
            recalls.append(
                np.mean([np.mean(answer[y_test == topic] == topic) for topic in present])
            )
            absent.append(len(np.setdiff1d(present, answer)))
        spent = (time.perf_counter() - started) / options.seeds
        print(
            f"{name:20} {np.mean(scores):9.4f} ± {np.std(scores):.4f} {np.mean(recalls):7.3f} "
            f"{np.mean(absent):16.1f} {spent:8.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
