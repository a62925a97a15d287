"""Finds out what TensorFlow computes on."""

from __future__ import annotations

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
