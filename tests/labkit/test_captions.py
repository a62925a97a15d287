"""Tests of labkit.captions."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from labkit import captions

NAN = float("nan")


def caption(**record: list[float]) -> str:
    return captions.training_curves(captions.curves_of(record), "Training")


def test_curves_of_keras_and_of_a_dict() -> None:
    """Are a History and its dict the same, the loss first, the learning rate left out?"""
    record = {"accuracy": [0.5], "loss": [1.0], "val_loss": [2.0], "learning_rate": [0.1]}
    for history in (record, SimpleNamespace(history=record)):
        curves = captions.curves_of(history)
        assert list(curves) == ["loss", "accuracy"]
        assert list(curves["loss"]) == ["training", "validation"]


@pytest.mark.parametrize("record", [{}, {"loss": []}, {"lr": [1.0]}])
def test_no_epochs(record: dict) -> None:
    """Is an empty history an error that says what to give?"""
    with pytest.raises(ValueError, match="no epochs"):
        captions.curves_of(record)


def test_first_last_and_best() -> None:
    """Does the text name first, last and best values, the best only where it is not the last?"""
    text = caption(loss=[0.5, 0.2], val_loss=[0.4, 0.3, 0.35], accuracy=[0.8, 0.9, 0.85])
    assert text == (
        "Training: curves over 3 epochs; loss, training from 0.500 to 0.200, "
        "validation from 0.400 to 0.350 (best 0.300 in epoch 2); "
        "accuracy, training from 0.800 to 0.850 (best 0.900 in epoch 2)."
    )


def test_odd_curves() -> None:
    """Are one epoch, a loss that became NaN and nothing but NaN described?"""
    assert caption(loss=[2.0]) == "Training: curves over 1 epoch; loss, training 2."
    assert "NaN from epoch 2" in caption(loss=[2.0, NAN, NAN])
    assert "NaN from epoch 1" in caption(loss=[NAN, NAN])
    assert captions.best_of("loss", np.array([NAN]))[0] == 0


def test_worst_pair_and_share() -> None:
    """Does the text name the most frequent mistake by class names, and the share that is right?"""
    counts = np.array([[50, 2, 0], [5, 40, 0], [0, 1, 2]])
    assert captions.worst_pair(counts) == (1, 0)
    assert captions.confusion_matrix(counts, ["cat", "dog", "owl"], "Animals") == (
        "Animals: 3 classes, 100 rows of data, 92.0% of them right; "
        "most frequent mistake: dog taken for cat, 5 times."
    )
    assert captions.worst_pair(np.eye(2)) is None
    assert captions.confusion_matrix(np.eye(2), "ab", "M").endswith("no mistake.")
    assert captions.confusion_matrix(np.zeros((2, 2)), "ab", "M").startswith("M: 2 classes, 0 rows")


def test_grid() -> None:
    """Does the text count images and rows, and name no more than ten titles?"""
    assert captions.image_grid(1, 1, 1, 1, None, "Digit") == "Digit: 1 image."
    assert captions.image_grid(80, 50, 5, 10, None, "Digits") == (
        "Digits: the first 50 of 80 images in 5 rows of 10."
    )
    text = captions.image_grid(12, 12, 2, 6, ["a\nb"] * 12, "X")
    assert text.count("a b") == 10
    assert text.endswith("and so on.")


def test_ladder() -> None:
    """Are all scores named, the reference as exact as it was given?"""
    text = captions.score_ladder({"majority": 0.11352, "network": 0.965}, {"book": 0.9785}, "L")
    assert text == "L: majority 0.114, network 0.965; for comparison: book 0.9785."


@pytest.mark.parametrize(
    ("scores", "texts"),
    [((0.9, 1e-9), ["0.900", "0.000"]), ((250, 9.5), ["250.0", "9.5"]), ((0.0012,), ["0.0012"])],
)
def test_scores_side_by_side(scores: tuple[float, ...], texts: list[str]) -> None:
    """Have scores in one figure the same number of digits?"""
    written = captions.score_texts({str(index): score for index, score in enumerate(scores)})
    assert list(written.values()) == texts
