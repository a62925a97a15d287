"""The ladder on IMDB or its twin: majority, linear on words, 16-16-1, linear on pairs of words.

    python benchmarks/ladders/imdb.py --source twin --seeds 3

Claims: linear and network tie within 0.01 and beat the majority; pairs of words beat both by 0.008.
Trains on the rows for notebooks and scores on those and the unseen ones of the test split.
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
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from data_scripts import load
from data_scripts.ragged import Ragged

NUM_WORDS = 10_000
EPOCHS = 4
# How strongly the linear models are held back; both from trials on the real reviews.
C_WORDS, C_PAIRS = 0.03, 3.0


def linear(x: sparse.csr_matrix, y: np.ndarray, x_test: sparse.csr_matrix, c: float) -> np.ndarray:
    """Train a logistic regression and give its answers."""
    return LogisticRegression(C=c, solver="liblinear").fit(x, y).predict(x_test)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", choices=["real", "twin"], required=True)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(2)
    notebook, unseen = (load("imdb", part, options.source) for part in ("notebook", "unseen"))
    ids, y = notebook.train
    halves = [loaded.test for loaded in (notebook, unseen)]
    ids_test = Ragged.of((row for half, _ in halves for row in half), np.int32)
    y_test = np.concatenate([labels for _, labels in halves])
    print(notebook.where)
    print(f"{len(y):,} train and {len(y_test):,} test reviews, {options.seeds} seeds for networks")
    print(f"{'rung':26} {'accuracy':>17} {'seconds':>8}")

    def show(name: str, answers: list[np.ndarray], started: float) -> None:
        scores = [np.mean(answer == y_test) for answer in answers]
        spent = (time.perf_counter() - started) / len(answers)
        print(f"{name:26} {np.mean(scores):9.4f} ± {np.std(scores):.4f} {spent:8.1f}", flush=True)

    show("majority", [np.full(len(y_test), np.bincount(y).argmax())], time.perf_counter())
    x, x_test = (bags.words(rows, NUM_WORDS) for rows in (ids, ids_test))
    started = time.perf_counter()
    show("linear on words", [linear(x, y, x_test, C_WORDS)], started)
    started = time.perf_counter()
    answers = []
    for seed in range(options.seeds):
        keras.utils.set_random_seed(seed)
        model = bags.network(NUM_WORDS, (16, 16), 1)
        bags.train(model, x, y, EPOCHS, seed)
        answers.append(bags.predict(model, x_test))
    show("network 16-16-1", answers, started)
    started = time.perf_counter()
    pairs, pairs_test = (bags.words_and_pairs(rows, NUM_WORDS) for rows in (ids, ids_test))
    show("linear on words and pairs", [linear(pairs, y, pairs_test, C_PAIRS)], started)


if __name__ == "__main__":
    main()
