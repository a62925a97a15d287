"""The ladder on cats vs dogs or its twin: majority, linear, convnet, augmentation, pretrained base.

    python benchmarks/ladders/cats_dogs.py --source twin --seeds 3

Trains on the 2,000 training pictures at 64 x 64 pixels, chooses the epoch by the validation
accuracy, for both networks alike, and scores on the 1,000 test pictures. The pretrained base is
used on pictures of 96 pixels.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import keras
import numpy as np
import tensorflow as tf
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from data_scripts import load
from data_scripts.loading import Loaded
from data_scripts.photos import pixels

SIZE, BASE_SIZE = 64, 96
SPLITS = ("train", "validation", "test")
BATCH = 32
EPOCHS = {"convnet": 25, "convnet, augmented": 50}


def convnet(augmented: bool) -> keras.Model:
    """Build the small network of the lab."""
    layers: list[keras.Layer] = [keras.Input((SIZE, SIZE, 3)), keras.layers.Rescaling(1 / 255)]
    if augmented:
        layers += [
            keras.layers.RandomFlip("horizontal"),
            keras.layers.RandomTranslation(0.08, 0.08),
            keras.layers.RandomZoom((-0.15, 0.05)),
        ]
    for filters, stride in ((32, 2), (64, 1), (64, 1)):
        layers += [
            keras.layers.Conv2D(filters, 3, stride, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(),
        ]
    layers += [
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
    return model


def linear(x: dict[str, np.ndarray], y: dict[str, np.ndarray]) -> float:
    """Score a logistic regression on pixels, averaged to 16 x 16."""
    flat = {
        split: images.reshape(len(images), 16, SIZE // 16, 16, SIZE // 16, 3)
        .mean(axis=(2, 4))
        .reshape(len(images), -1)
        for split, images in x.items()
    }
    return regression(flat, y, 1e-3)


def regression(x: dict[str, np.ndarray], y: dict[str, np.ndarray], weight: float) -> float:
    """Score a logistic regression."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=weight, max_iter=300))
    model.fit(x["train"], y["train"])
    return float(model.score(x["test"], y["test"]))


def trained(
    x: dict[str, np.ndarray], y: dict[str, np.ndarray], rung: str, seed: int
) -> tuple[float, str]:
    """Train a network; give the test accuracy at its best epoch, and what its curves did."""
    keras.utils.set_random_seed(seed)
    model = convnet("augmented" in rung)
    best = keras.callbacks.ModelCheckpoint(
        str(Path(tempfile.gettempdir(), f"cats_dogs_{os.getpid()}.weights.h5")),
        monitor="val_accuracy",
        mode="max",
        save_best_only=True,
        save_weights_only=True,
    )
    past = model.fit(
        x["train"],
        y["train"],
        batch_size=BATCH,
        epochs=EPOCHS[rung],
        validation_data=(x["validation"], y["validation"]),
        callbacks=[best],
        verbose=0,
    ).history
    at_end = model.evaluate(x["test"], y["test"], verbose=0)[1]
    model.load_weights(best.filepath)
    os.remove(best.filepath)
    losses = past["val_loss"]
    lowest = int(np.argmin(losses))
    note = (
        f"train {past['accuracy'][-1]:.3f}; best validation {max(past['val_accuracy']):.3f}; "
        f"loss {losses[lowest]:.3f} at epoch {lowest + 1}, {losses[-1]:.3f} at the end; "
        f"test at the end {at_end:.3f}"
    )
    return model.evaluate(x["test"], y["test"], verbose=0)[1], note


def features(data: Loaded, y: dict[str, np.ndarray], source: str) -> tuple[float, str]:
    """Score a logistic regression on the features of the pretrained base."""
    from data_scripts.pretrained import base

    model = base("mobilenet", (BASE_SIZE, BASE_SIZE, 3), source)
    x = {}
    for split in SPLITS:
        images = model.prepare(pixels(data.splits[split][0], BASE_SIZE))
        maps = model.model.predict(images, batch_size=64, verbose=0)
        x[split] = maps.mean(axis=(1, 2))
    return regression(x, y, 1e-2), model.where


def main() -> None:
    """Climb the ladder and print each rung."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", choices=("real", "twin"), required=True)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=["linear", "convnet", "augmented", "base"])
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(2)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    data = load("cats_dogs", "full", options.source)
    print(data.where)
    started = time.perf_counter()
    x = {split: pixels(data.splits[split][0], SIZE) for split in SPLITS}
    y = {split: data.splits[split][1] for split in SPLITS}
    print(f"pictures decoded in {time.perf_counter() - started:.1f} s")
    print(f"{'majority':20} {max(np.mean(y['test']), 1 - np.mean(y['test'])):.3f}", flush=True)
    if "linear" in options.only:
        print(f"{'linear on pixels':20} {linear(x, y):.3f}", flush=True)
    for rung in EPOCHS:
        if rung.split()[-1] not in options.only:
            continue
        scores = []
        for seed in range(options.seeds):
            started = time.perf_counter()
            score, note = trained(x, y, rung, seed)
            scores.append(score)
            print(f"    {score:.3f} ({time.perf_counter() - started:.0f} s) {note}", flush=True)
        print(f"{rung:20} {statistics.mean(scores):.3f}", flush=True)
    if "base" in options.only:
        score, where = features(data, y, options.source)
        print(f"{'features of a base':20} {score:.3f} ({where})")


if __name__ == "__main__":
    main()
