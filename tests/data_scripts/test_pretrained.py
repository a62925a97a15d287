"""Tests of the pretrained bases as Keras models, and of the training of the small one."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from data_scripts import mobilenet, pretrained, pretraining, vgg16
from data_scripts.errors import DataError
from data_scripts.loading import Loaded, load
from data_scripts.manifest import data_set
from data_scripts.pretrained import base
from data_scripts.twins import other_base, small_base

keras = pytest.importorskip("keras")
SHAPE = (64, 64, 3)
MIRROR = os.environ.get("LABS_MIRROR")


def serve(monkeypatch: pytest.MonkeyPatch, shapes: dict, source: str) -> dict[str, np.ndarray]:
    """Let `load` give random weights of these shapes, in an order that is not Keras'."""
    rng = np.random.default_rng(8)
    names = sorted(shapes, reverse=True)
    arrays = {name: rng.random(shapes[name], dtype=np.float32) + 0.1 for name in names}
    arrays["classes"] = np.array(["thing"])

    def answer(name: str, source: str | None = source) -> Loaded:
        return Loaded({}, answer.source, f"{name} made up", {"shared": arrays})

    answer.source = source
    monkeypatch.setattr(pretrained, "load", answer)
    return arrays


def small_shapes() -> dict[str, tuple[int, ...]]:
    """Give the shapes of the small base's weights."""
    return {
        f"{layer.name}/{variable.name}": tuple(variable.shape)
        for layer in small_base.network(SHAPE).layers
        for variable in layer.weights
    }


@pytest.mark.parametrize(
    ("name", "shapes", "layer", "first", "trainable"),
    [
        ("mobilenet", mobilenet.shapes(), "conv_pw_13", "conv1", 27 * 3),
        ("vgg16", vgg16.shapes(), "block5_conv3", "block1_conv1", 26),
    ],
)
def test_real_bases(monkeypatch, name, shapes, layer, first, trainable) -> None:
    """Does every weight come to its layer, whatever the order, all of them trainable?"""
    arrays = serve(monkeypatch, shapes, "real")
    found = base(name, SHAPE)
    assert (found.name, found.source) == (name, "real")
    for one in (first, layer):
        kernel = found.model.get_layer(one).get_weights()[0]
        np.testing.assert_array_equal(kernel, arrays[f"{one}/kernel"])
    assert found.model.count_params() == sum(a.size for n, a in arrays.items() if "/" in n)
    assert len(found.model.trainable_weights) == trainable
    assert found.model.output_shape[1:3] == (2, 2)
    if name == "mobilenet":
        norm = found.model.get_layer("conv_dw_7_bn").get_weights()
        for array, part in zip(norm, mobilenet._NORM, strict=True):
            np.testing.assert_array_equal(array, arrays[f"conv_dw_7_bn/{part}"])


@pytest.mark.parametrize("name", pretrained.NAMES)
def test_small_one_stands_in(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Is the small base built where only the twin is there, and does it say so?"""
    arrays = serve(monkeypatch, small_shapes(), "twin")
    found = base(name, (48, 80, 3))
    assert (found.name, found.source) == ("small", "twin")
    assert found.where.endswith("made up")
    kernel = found.model.get_layer("block2_conv").get_weights()[0]
    np.testing.assert_array_equal(kernel, arrays["block2_conv/kernel"])
    maps = found.model.predict(found.prepare(np.zeros((2, 48, 80, 3), np.uint8)), verbose=0)
    assert maps.shape[0] == 2
    assert maps.shape[3] == small_base.BLOCKS[-1]


def test_prepare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are pixels scaled as each base wants them, and the caller's left alone?"""
    pixels = np.full((1, 2, 2, 3), 255, dtype=np.float32)
    pixels[..., 1:] = 0
    made = {name: pretrained.Base(None, name, "real", "") for name in pretrained.NAMES}
    for name in ("mobilenet", "small"):
        np.testing.assert_allclose(made[name].prepare(pixels)[0, 0, 0], [1, -1, -1])
    # Red comes last, less its mean.
    np.testing.assert_allclose(made["vgg16"].prepare(pixels)[0, 0, 0, 2], 255 - 123.68, atol=0.01)
    assert pixels.max() == 255


def test_unknown_base() -> None:
    """Is an unknown name told, with those there are?"""
    with pytest.raises(DataError, match="mobilenet, vgg16, small"):
        base("resnet", SHAPE)


@pytest.mark.slow
def test_training_of_the_small_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a short training give all weights, and leave the caller's random numbers alone?"""
    monkeypatch.setattr(small_base, "HELD_OUT", 18)
    keras.utils.set_random_seed(1)
    expected = np.random.random()
    keras.utils.set_random_seed(1)
    arrays = small_base.trained(seed=1, count=96, epochs=1)
    assert np.random.random() == expected
    weights = {name: array for name, array in arrays.items() if "/" in name}
    assert {name: array.shape for name, array in weights.items()} == small_shapes()
    assert all(array.dtype == np.float32 for array in weights.values())
    assert sum(array.nbytes for array in weights.values()) < 3_000_000
    assert arrays["classes"].tolist() == list(small_base.KINDS)
    assert np.abs(arrays["block1_bn/moving_mean"]).max() > 0


def test_pictures_of_training() -> None:
    """Are they of every kind by turns, and others than those of the twin of cats vs dogs?"""
    x, y = small_base.drawn(seed=1, count=12)
    assert x.shape == (12, small_base.DRAWN, small_base.DRAWN, 3)
    assert y[:, : len(small_base.KINDS)].argmax(axis=1).tolist() == [*range(9), 0, 1, 2]
    assert y[:, : len(small_base.KINDS)].sum() == 12
    assert y[:, len(small_base.KINDS) :][:, : len(small_base.EARS)].sum() == 12
    cut = small_base._cut(x, np.random.default_rng(0))
    assert cut.shape == (12, small_base.SIZE, small_base.SIZE, 3)
    assert cut.min() >= -1
    assert cut.max() <= 1.41


def test_trained_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is VGG16's twin the trained base that MobileNet's twin is?"""
    calls = []

    def train(seed: int, count: int, epochs: int) -> dict[str, np.ndarray]:
        calls.append(seed)
        shapes = small_shapes()
        arrays = {name: np.ones(shape, np.float32) for name, shape in shapes.items()}
        return {**arrays, "classes": np.array(["cat"]), "accuracy": np.ones(1, np.float32)}

    monkeypatch.setattr(small_base, "trained", train)
    made = other_base.make({}, 0)
    assert base("vgg16", SHAPE, "twin").name == base("small", SHAPE).name == "small"
    assert made["shared"]["block1_conv/kernel"].max() == 1
    assert calls == [data_set("mobilenet").twin.seed]


def test_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Does the command say what it trained?"""
    arrays = {"a/kernel": np.ones(500), "classes": np.array(["cat"]), "accuracy": np.ones(1)}
    loaded = Loaded({}, "twin", "", {"shared": arrays})
    monkeypatch.setattr(pretraining, "load", lambda *_: loaded)
    assert pretraining.main() == 0
    assert capsys.readouterr().out.startswith("500 weights (0.0 MB), 1 kinds")


@pytest.mark.skipif(not MIRROR, reason="LABS_MIRROR names no mirror")
def test_mirror_copies_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does Keras load the mirror's .h5 itself, to the very model that the .npz gives?"""
    monkeypatch.setenv("LABS_MIRROR", str(MIRROR))
    found = base("mobilenet", SHAPE, "real")
    copy = data_set("mobilenet").files[0].alternatives[0]
    path = Path(str(MIRROR)) / copy.mirror
    model = keras.applications.MobileNet(SHAPE, alpha=0.25, include_top=False, weights=str(path))
    for ours, theirs in zip(found.model.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    names = load("mobilenet", source="real").shared["classes"]
    assert names[281] == "tabby"
    paths = {mobilenet.WEIGHTS: path}
    paths[mobilenet.CLASSES] = Path(str(MIRROR)) / "weights/imagenet_class_index.json.gz"
    for name, array in mobilenet.read(paths, {})["shared"].items():
        np.testing.assert_array_equal(array, load("mobilenet", source="real").shared[name])
