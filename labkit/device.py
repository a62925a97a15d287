"""Imports TensorFlow quietly and finds out what it computes on."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

GPU_HELP = (
    "In Colab: Runtime > Change runtime type > GPU. On a machine with an NVIDIA GPU and Linux: "
    "pip install 'tensorflow[and-cuda]', then restart the kernel"
)
_NVIDIA_DEVICE = Path("/dev/nvidia0")


@dataclass(frozen=True, slots=True)
class Device:
    """What TensorFlow computes on.

    Attributes
    ----------
    name : str
        The GPU's name, with a count if there are more, or ``"CPU"``.
    is_gpu : bool
    note : str
        What the student should know about it; may be empty.
    """

    name: str
    is_gpu: bool
    note: str = ""


def import_tensorflow() -> None:
    """Import TensorFlow without its start-up messages, which look like errors and are none.

    They come from C++ code that writes to file descriptor 2, so that one is led away while
    the import lasts. If it fails they are printed, since then they say why.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _quiet_stderr():
        tensorflow = importlib.import_module("tensorflow")
        tensorflow.config.list_physical_devices("GPU")  # the first question has messages of its own


def find_device() -> Device:
    """Return what TensorFlow computes on, and let it take GPU memory as it needs it."""
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        hidden = _NVIDIA_DEVICE.exists()
        unused = "There is an NVIDIA GPU, but this TensorFlow cannot use it. " + GPU_HELP
        return Device("CPU", False, unused if hidden else "")
    details = tf.config.experimental.get_device_details(gpus[0])
    name = details.get("device_name", "GPU")
    note = _grow_memory(tf, gpus)
    return Device(name if len(gpus) == 1 else f"{len(gpus)} x {name}", True, note)


def _grow_memory(tf: object, gpus: list) -> str:
    try:
        for gpu in gpus:
            tf.config.experimental.set_memory_growth(gpu, True)
    except RuntimeError:
        # Growth can only be set before the GPU is first used.
        if all(tf.config.experimental.get_memory_growth(gpu) for gpu in gpus):
            return ""
        return "It was in use before the lab started and holds all its memory: restart the kernel"
    return ""


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as messages:
        os.dup2(messages.fileno(), 2)
        try:
            yield
        except BaseException:
            messages.seek(0)
            os.write(kept, messages.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
