"""Tests of labkit.plots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from labkit import figures, plots

HISTORY = {"loss": [0.5, 0.2], "val_loss": [0.4, 0.3], "accuracy": [0.8, 0.9]}
DRAWN = {
    "curves": lambda: plots.training_curves(HISTORY, "Digits"),
    "grid": lambda: plots.image_grid(np.zeros((12, 28, 28), "uint8"), range(12), title="Digits"),
    "matrix": lambda: plots.confusion_matrix([[3, 1], [0, 4]], ["no", "yes"], "Digits"),
    "ladder": lambda: plots.score_ladder({"majority": 0.1, "network": 0.9}, 0.98, "Digits"),
}


@pytest.fixture(params=DRAWN)
def draw(request: pytest.FixtureRequest) -> Callable[[], Any]:
    return DRAWN[request.param]


def test_figure_is_shown_once_with_its_text(
    draw: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does every plot show one PNG with a description, and return its figure?"""
    shown: list[tuple[bytes, str]] = []
    monkeypatch.setattr(figures, "show_image", lambda png, alt: shown.append((png, alt)))
    figure = draw()
    ((png, alt),) = shown
    assert png.startswith(b"\x89PNG")
    assert alt.startswith("Digits: ")
    assert alt.endswith(".")
    assert "\n" not in alt
    assert figure.get_suptitle() == "Digits"
    assert figure.get_facecolor() == (1, 1, 1, 1)


def test_without_ipython_only_the_text(
    draw: Callable[[], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """On a machine without screen and IPython, is just the description printed?"""
    draw()
    out, err = capsys.readouterr()
    assert out.startswith("Figure: Digits: ")
    assert out.count("\n") == 1
    assert not err


def test_axes_have_labels() -> None:
    """Is every axis that measures something labelled?"""
    for name in ("curves", "matrix", "ladder"):
        for axes in DRAWN[name]().axes:
            assert axes.get_xlabel()
            assert axes.get_ylabel() or name == "ladder"  # its rows are named


def test_curves_have_a_panel_each() -> None:
    """Has each quantity a panel, with training and validation told apart by line and marker?"""
    loss, accuracy = plots.training_curves(HISTORY).axes
    assert (loss.get_title(), accuracy.get_title()) == ("Loss by epoch", "Accuracy by epoch")
    training, validation = loss.get_lines()[:2]
    assert training.get_linestyle() != validation.get_linestyle()
    assert training.get_marker() != validation.get_marker()
    assert list(validation.get_xdata()) == [1, 2]


@pytest.mark.parametrize(
    "shape", [(3, 28, 28), (3, 28, 28, 1), (3, 8, 9, 3), (3, 784), (60, 28, 28)]
)
def test_grid_takes_images_and_rows(shape: tuple[int, ...]) -> None:
    """Are images, flattened images and colours drawn, at most 50 of them?"""
    figure = plots.image_grid(np.zeros(shape))
    assert sum(bool(axes.images) for axes in figure.axes) == min(shape[0], 50)


@pytest.mark.parametrize("shape", [(28,), (3, 783), (0, 28, 28), (3, 28, 28, 2)])
def test_grid_refuses_other_shapes(shape: tuple[int, ...]) -> None:
    """Does the message say which shape images have?"""
    with pytest.raises(ValueError, match=r"\(N, height, width\)"):
        plots.image_grid(np.zeros(shape))


def test_lengths_must_agree() -> None:
    """Are titles or class names that do not fit refused in words?"""
    with pytest.raises(ValueError, match="3 images need as many titles, not 2"):
        plots.image_grid(np.zeros((3, 8, 8)), [1, 2])
    with pytest.raises(ValueError, match=r"has shape \(3, 3\), not \(2, 2\)"):
        plots.confusion_matrix(np.eye(2), "abc")


def test_matrix_frames_the_worst_pair() -> None:
    """Is the most frequent mistake framed, and nothing where there is none?"""
    frames = [
        [p.get_xy() for p in plots.confusion_matrix(m, "ab").axes[0].patches if not p.get_fill()]
        for m in ([[3, 1], [0, 4]], [[3, 0], [0, 4]])
    ]
    assert frames == [[(0.5, -0.5)], []]


def test_ladder_takes_named_references() -> None:
    """Is each reference a line of its own?"""
    figure = plots.score_ladder({"a": 2.5, "b": 2.2}, {"book": 2.4, "paper": 2.1}, label="MAE (°C)")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "book: 2.4",
        "paper: 2.1",
    ]
    assert figure.axes[0].get_xlabel() == "MAE (°C)"
