"""Tests of labkit.device."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from labkit import device


class FakeTensorFlow:
    """As much of TensorFlow as the device line asks for."""

    def __init__(self, gpus: int, initialised: bool = False, growing: bool = False) -> None:
        self.growth: list[str] = []
        self.initialised, self.growing = initialised, growing
        names = [f"gpu{number}" for number in range(gpus)]
        self.config = SimpleNamespace(
            list_physical_devices=lambda kind: names,
            experimental=SimpleNamespace(
                get_device_details=lambda gpu: {"device_name": "Tesla T4"},
                set_memory_growth=self.set_memory_growth,
                get_memory_growth=lambda gpu: self.growing,
            ),
        )

    def set_memory_growth(self, gpu: str, enable: bool) -> None:
        if self.initialised:
            raise RuntimeError("Physical devices cannot be modified after being initialized")
        self.growth.append(gpu)


def use(monkeypatch: pytest.MonkeyPatch, tensorflow: FakeTensorFlow) -> FakeTensorFlow:
    monkeypatch.setitem(sys.modules, "tensorflow", tensorflow)
    return tensorflow


@pytest.fixture(autouse=True)
def no_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(device, "_NVIDIA_DEVICE", tmp_path / "nvidia0")


def test_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a machine without GPU just that?"""
    use(monkeypatch, FakeTensorFlow(0))
    assert device.find_device() == device.Device("CPU", False, "")


def test_gpu_that_tensorflow_cannot_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Does someone with a GPU and a TensorFlow without CUDA read how to use it?"""
    use(monkeypatch, FakeTensorFlow(0))
    (tmp_path / "nvidia0").touch()
    assert "tensorflow[and-cuda]" in device.find_device().note


@pytest.mark.parametrize(("gpus", "name"), [(1, "Tesla T4"), (2, "2 x Tesla T4")])
def test_memory_grows_on_every_gpu(monkeypatch: pytest.MonkeyPatch, gpus: int, name: str) -> None:
    """Is memory growth on for each GPU, so that notebook and referee can share them?"""
    tensorflow = use(monkeypatch, FakeTensorFlow(gpus))
    assert device.find_device() == device.Device(name, True, "")
    assert len(tensorflow.growth) == gpus


@pytest.mark.parametrize("growing", [True, False])
def test_gpu_in_use_already(monkeypatch: pytest.MonkeyPatch, growing: bool) -> None:
    """When the start cell runs again, is it fine if growth is on, and said if it is not?"""
    use(monkeypatch, FakeTensorFlow(1, initialised=True, growing=growing))
    assert ("restart the kernel" in device.find_device().note) != growing
