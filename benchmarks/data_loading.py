"""Seconds and memory of loading each data set, first and second time, beside Keras' own loaders.

    LABS_MIRROR=... python benchmarks/data_loading.py
    python benchmarks/data_loading.py --source twin imdb reuters

Every load is a process of its own; first and second share a cache folder that begins empty. Only
the call is timed, not the import of Keras or of this package. Memory is what the process' peak grew
by during the call. Keras reads the same files: those of the mirror, or, where the mirror has another
packing than Keras, one made here from the same arrays, without which Keras would want the network.
What Keras' loader cannot be given offline is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import data_scripts
from data_scripts.places import mirror_folder

# Where the mirror has the files that Keras' loaders ask for, by Keras' name for them.
KERAS_FILES = {
    "imdb": {"imdb.npz": "keras-datasets/imdb.npz"},
    "reuters": {"reuters.npz": "keras-datasets/reuters.npz"},
    "boston": {"boston_housing.npz": "keras-datasets/boston_housing.npz"},
    "california": {"california_housing.npz": "keras-datasets/california_housing.npz"},
    "fashion_mnist": {
        f"{part}-{kind}-ubyte.gz": f"fashion-mnist/{part}-{kind.replace('-', f'-{first}-', 1)}-ubyte.gz"
        for part, first in (("train", "first20000"), ("t10k", "first4000"))
        for kind in ("images-idx3", "labels-idx1")
    },
    "mnist": {"mnist.npz": "made here"},
    "cats_dogs": {},
}
KERAS_MODULES = {"boston": "boston_housing", "california": "california_housing"}
# Pixels a side of the cats and dogs, as in the labs.
SIZE = 150


def ours(name: str, source: str) -> Any:
    """Load all rows of a set as a notebook would."""
    loaded = data_scripts.load(name, "full", source)
    if loaded.source != source:
        raise SystemExit(loaded.where)
    if name == "cats_dogs":
        from data_scripts.photos import pixels

        return [pixels(photos, SIZE) for photos, _ in loaded.splits.values()]
    return loaded


def prepare_keras(name: str, folder: Path) -> None:
    """Put the files into a folder under the names that Keras' loader asks for."""
    import numpy as np

    folder.mkdir()
    if name == "mnist":
        loaded = data_scripts.load(name, "full", "real")
        pairs = {"train": loaded.train, "test": loaded.test}
        arrays = {f"{axis}_{part}": pairs[part][k] for part in pairs for k, axis in enumerate("xy")}
        np.savez_compressed(folder / "mnist.npz", **arrays)
    elif name == "cats_dogs":
        for split, (photos, labels) in data_scripts.load(name, "full", "real").splits.items():
            for row, (photo, label) in enumerate(zip(photos, labels, strict=True)):
                place = folder / split / ("cat", "dog")[label] / f"{row}.jpg"
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(photo.tobytes())
    else:
        mirror = mirror_folder()
        assert mirror is not None
        for wanted, there in KERAS_FILES[name].items():
            shutil.copyfile(mirror / there, folder / wanted)


def keras_loader(name: str, folder: Path) -> Callable[[], Any]:
    """Return Keras' own way to load a set, told where the files are."""
    import keras

    if name == "cats_dogs":

        def pictures() -> list[Any]:
            return [
                list(
                    keras.utils.image_dataset_from_directory(
                        folder / split, image_size=(SIZE, SIZE), batch_size=100, verbose=False
                    )
                )
                for split in ("train", "validation", "test")
            ]

        return pictures
    module = sys.modules[
        getattr(keras.datasets, KERAS_MODULES.get(name, name)).load_data.__module__
    ]
    # In place of the download and its check by hash: the rest is Keras' loader as it is.
    module.get_file = lambda fname, **_: str(folder / Path(fname).name)
    return module.load_data


def measure(call: Callable[[], Any]) -> dict[str, float]:
    """Time a call, and see by how much it raises the peak of this process' memory."""
    before = peak()
    started = time.perf_counter()
    kept = call()
    seconds = time.perf_counter() - started
    grown = peak() - before
    del kept
    return {"seconds": seconds, "mib": grown}


def peak() -> float:
    """Give the most memory that this process has had so far, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike getrusage, not what the process had that started this one.
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def in_a_process(who: str, name: str, folder: Path, source: str) -> dict[str, float]:
    """Measure one load in a new process."""
    command = [sys.executable, __file__, "--measure", who, "--folder", str(folder)]
    done = subprocess.run(
        [*command, "--source", source, name],
        capture_output=True,
        text=True,
        env={**os.environ, "LABS_DATA": str(folder), "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    if done.returncode:
        raise SystemExit(f"{who} {name}: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def table(names: list[str], source: str, rounds: int) -> None:
    """Measure and print a line a set."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"best of {rounds} rounds; source: {source}")
    head = f"{'set':17}{'first':>9}{'second':>9}{'MiB':>7}{'MiB':>7}"
    print(f"{head}{'Keras':>9}{'MiB':>7}{'first/K':>9}{'second/K':>9}")
    for name in names:
        measured: dict[str, list[dict[str, float]]] = {"first": [], "second": [], "keras": []}
        compared = source == "real" and name in KERAS_FILES
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as temporary:
                cache = Path(temporary, "cache")
                for which in ("first", "second"):
                    measured[which].append(in_a_process("ours", name, cache, source))
                if compared:
                    folder = Path(temporary, "keras")
                    prepare_keras(name, folder)
                    measured["keras"].append(in_a_process("keras", name, folder, source))
        best = {who: min(runs, key=_seconds) for who, runs in measured.items() if runs}
        first, second = best["first"], best["second"]
        line = f"{name:17}{first['seconds']:8.2f}s{second['seconds']:8.3f}s"
        line += f"{first['mib']:7.0f}{second['mib']:7.0f}"
        if compared:
            theirs = best["keras"]
            line += f"{theirs['seconds']:8.2f}s{theirs['mib']:7.0f}"
            line += f"{first['seconds'] / theirs['seconds']:9.2f}"
            line += f"{second['seconds'] / theirs['seconds']:9.3f}"
        print(line, flush=True)


def _seconds(run: dict[str, float]) -> float:
    return run["seconds"]


def main() -> None:
    """Print the table, or measure one load for it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="data sets; all if left out")
    parser.add_argument("--source", choices=["real", "twin"], default="real")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--measure", choices=["ours", "keras"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    known = data_scripts.read_manifest()
    names = options.names or [
        name for name, data in known.items() if options.source == "twin" or not data.generated
    ]
    if not options.measure:
        table(names, options.source, options.rounds)
        return
    (name,) = names
    if options.measure == "ours":
        result = measure(lambda: ours(name, options.source))
    else:
        result = measure(keras_loader(name, options.folder))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
