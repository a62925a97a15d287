"""Computes the one-line descriptions of figures from the data that they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

_NAMES = {"mae": "mean absolute error", "mse": "mean squared error"}
_ACCURACIES = ("accuracy", "acc", "auc", "precision", "recall", "f1_score")


def curves_of(history: Any) -> dict[str, dict[str, np.ndarray]]:
    """Sort a training history into ``{quantity: {"training": values, "validation": values}}``.

    Raises
    ------
    ValueError
        If there is nothing to draw.
    """
    record = getattr(history, "history", history)
    curves: dict[str, dict[str, np.ndarray]] = {}
    for key, values in dict(record).items():
        if key in ("lr", "learning_rate"):  # callbacks note it beside the metrics
            continue
        part = "validation" if key.startswith("val_") else "training"
        numbers = np.asarray(values, dtype=np.float64)
        curves.setdefault(key.removeprefix("val_"), {})[part] = numbers
    if not any(numbers.size for series in curves.values() for numbers in series.values()):
        raise ValueError("This history has no epochs: give what model.fit(...) returned.")
    # Keras puts the metrics first; the loss is what training lowers.
    return dict(sorted(curves.items(), key=lambda item: item[0] != "loss"))


def words(quantity: str) -> str:
    """Write the key of a metric as words.

    >>> words("sparse_categorical_accuracy"), words("mae")
    ('Sparse categorical accuracy', 'Mean absolute error')
    """
    text = _NAMES.get(quantity, quantity).replace("_", " ")
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """Write a number with three digits behind the point, or as short as its size allows.

    >>> number(0.97853), number(2.5), number(1234.5), number(0.00012)
    ('0.979', '2.5', '1.23e+03', '0.00012')
    """
    return f"{value:.3f}" if 0.01 <= abs(value) < 1 else f"{value:.3g}"


def score_texts(scores: Mapping[str, float]) -> dict[str, str]:
    """Write scores that stand side by side, all with the same number of digits behind the point."""
    largest = max((abs(score) for score in scores.values()), default=0)
    digits = 3 if 0.01 <= largest < 10 else 1
    form = f".{digits}f" if largest >= 0.01 else ".3g"
    return {name: f"{score:{form}}" for name, score in scores.items()}


def best_of(quantity: str, values: np.ndarray) -> tuple[int, float]:
    """Return the epoch (from 1) with the best value, and that value; (0, NaN) if there is none."""
    if np.isnan(values).all():  # also where there are no values
        return 0, float("nan")
    higher = any(name in quantity for name in _ACCURACIES)
    index = int(np.nanargmax(values) if higher else np.nanargmin(values))
    return index + 1, float(values[index])


def worst_pair(counts: np.ndarray) -> tuple[int, int] | None:
    """Return row and column of the largest count off the diagonal; None if there is no mistake."""
    mistakes = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    if not mistakes.any():
        return None
    row, column = np.unravel_index(int(np.argmax(mistakes)), mistakes.shape)
    return int(row), int(column)


def training_curves(curves: Mapping[str, Mapping[str, np.ndarray]], title: str) -> str:
    """Describe training curves: first, last and best values of each."""
    epochs = max(len(values) for series in curves.values() for values in series.values())
    parts = [f"{title}: curves over {epochs} epoch{'s' * (epochs > 1)}"]
    for quantity, series in curves.items():
        texts = [_curve(quantity, part, values) for part, values in series.items()]
        parts.append(f"{words(quantity).lower()}, {', '.join(texts)}")
    return "; ".join(parts) + "."


def image_grid(
    count: int, shown: int, rows: int, columns: int, titles: Sequence[str] | None, title: str
) -> str:
    """Describe a grid of images: how many, in which order, with which titles."""
    many = f"{count} images" if shown == count else f"the first {shown} of {count} images"
    text = f"{title}: {many if count > 1 else '1 image'}"
    if rows > 1:
        text += f" in {rows} rows of {columns}"
    if titles:
        named = ", ".join(" ".join(one.split()) for one in titles[:10])
        text += f", titled {named}{' and so on' if len(titles) > 10 else ''}"
    return text + "."


def confusion_matrix(counts: np.ndarray, names: Sequence[str], title: str) -> str:
    """Describe a confusion matrix: share on the diagonal, most frequent mistake."""
    total = counts.sum()
    text = f"{title}: {len(names)} classes, {total:g} rows of data"
    if total:
        text += f", {counts.trace() / total:.1%} of them right"
    worst = worst_pair(counts)
    if worst is None:
        return text + "; no mistake."
    row, column = worst
    return (
        f"{text}; most frequent mistake: {names[row]} taken for {names[column]}, "
        f"{counts[row, column]:g} times."
    )


def score_ladder(scores: Mapping[str, float], lines: Mapping[str, float], title: str) -> str:
    """Describe a ladder of scores: each value, from the first rung up, then the references."""
    text = f"{title}: " + ", ".join(f"{name} {text}" for name, text in score_texts(scores).items())
    if lines:
        named = ", ".join(f"{name} {value:g}" for name, value in lines.items())
        text += f"; for comparison: {named}"
    return text + "."


def _curve(quantity: str, part: str, values: np.ndarray) -> str:
    if not len(values):
        return f"{part} empty"
    if len(values) == 1:
        return f"{part} {number(values[0])}"
    text = f"{part} from {number(values[0])} to {number(values[-1])}"
    if np.isnan(values).any():
        return f"{text}, NaN from epoch {int(np.argmax(np.isnan(values))) + 1}"
    epoch, best = best_of(quantity, values)
    return text if epoch == len(values) else f"{text} (best {number(best)} in epoch {epoch})"
