"""Draws the figures of the labs: each is shown once, returned, and described in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from labkit import captions
from labkit.figures import BLACK, BLUE, ORANGE, shown_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAX_IMAGES = 50

_AXIS_LABELS = {
    "loss": "Loss (lower is better)",
    "accuracy": "Accuracy (share of right answers)",
    "mae": "Mean absolute error",
    "mse": "Mean squared error",
}


def training_curves(history: Any, title: str = "Training") -> Figure:
    """Draw loss and metrics by epoch, training and validation side by side.

    Parameters
    ----------
    history
        What ``model.fit`` returned, or a dict such as ``{"loss": [...], "val_loss": [...]}``.
    title
        Stands above the figure.
    """
    curves = captions.curves_of(history)
    with shown_figure(title, 4.4 * len(curves), 3.5) as (figure, caption):
        for axes, (quantity, series) in zip(
            np.atleast_1d(figure.subplots(1, len(curves))), curves.items(), strict=True
        ):
            _draw_curves(axes, quantity, series)
        caption.append(captions.training_curves(curves, title))
    return figure


def image_grid(
    images: Any, titles: Sequence[Any] | None = None, columns: int = 10, title: str = "Images"
) -> Figure:
    """Draw images in a grid, at most 50 of them.

    Parameters
    ----------
    images
        Numbers of shape (N, height, width), (N, height, width, 1 or 3) or (N, side * side);
        0 to 255 if integers, else 0 to 1.
    titles
        One for each image, such as its label.
    columns
        Images in a row.
    title
        Stands above the figure.

    Raises
    ------
    ValueError
        If `images` has another shape, or `titles` another length.
    """
    pictures = _pictures(np.asarray(images))
    if titles is not None and len(titles) != len(pictures):
        raise ValueError(f"{len(pictures)} images need as many titles, not {len(titles)}.")
    shown = pictures[:MAX_IMAGES]
    words = None if titles is None else [str(one) for one in titles][:MAX_IMAGES]
    columns = min(columns, len(shown))
    rows = -(-len(shown) // columns)
    brightest = 255 if shown.dtype.kind in "iu" else 1
    height = rows * (1.15 if words else 0.95) + 0.5
    with shown_figure(title, max(0.95 * columns, 2.5), height) as (figure, caption):
        grid = figure.subplots(rows, columns, squeeze=False).flat
        for axes in grid:
            axes.set_axis_off()
        for index, picture in enumerate(shown):
            axes = figure.axes[index]
            axes.imshow(picture, cmap="gray", vmin=0, vmax=brightest, interpolation="nearest")
            if words:
                axes.set_title(words[index], fontsize=9, pad=3)
        caption.append(captions.image_grid(len(pictures), len(shown), rows, columns, words, title))
    return figure


def confusion_matrix(
    matrix: Any, class_names: Sequence[Any], title: str = "Confusion matrix"
) -> Figure:
    """Draw a confusion matrix so that the mistakes stand out, the most frequent one framed.

    Parameters
    ----------
    matrix
        Counts of shape (classes, classes): a row for each true class, a column for each predicted.
    class_names
        One for each class, in the order of rows and columns.

    Raises
    ------
    ValueError
        If `matrix` is not square or `class_names` has another length.
    """
    counts = np.asarray(matrix)
    names = [str(name) for name in class_names]
    if counts.shape != (len(names), len(names)):
        raise ValueError(
            f"A confusion matrix for {len(names)} class names has shape "
            f"({len(names)}, {len(names)}), not {counts.shape}."
        )
    side = max(3.6, 0.52 * len(names) + 1.4)
    with shown_figure(title, side, side) as (figure, caption):
        _draw_matrix(figure, counts, names)
        caption.append(captions.confusion_matrix(counts, names, title))
    return figure


def score_ladder(
    scores: Mapping[str, float],
    reference: float | Mapping[str, float] | None = None,
    title: str = "Score ladder",
    label: str = "Accuracy (share of right answers)",
) -> Figure:
    """Draw the scores of one method after the other, the first at the bottom.

    Parameters
    ----------
    scores
        Score by method, from the simplest method up.
    reference
        Scores to compare with, each drawn as a line: by name, or one number for the book's.
    title
        Stands above the figure.
    label
        What a score is, with its unit.
    """
    scores = {name: float(score) for name, score in scores.items()}
    if reference is None or isinstance(reference, Mapping):
        lines = {name: float(value) for name, value in (reference or {}).items()}
    else:
        lines = {"the book": float(reference)}
    with shown_figure(title, 7.2, 0.5 * len(scores) + 1.5 + 0.3 * bool(lines)) as (figure, caption):
        _draw_ladder(figure.subplots(), scores, lines, label)
        caption.append(captions.score_ladder(scores, lines, title))
    return figure


def _draw_curves(axes: Axes, quantity: str, series: Mapping[str, np.ndarray]) -> None:
    styles = {
        "training": {"color": BLUE, "marker": "o", "linestyle": "-"},
        "validation": {"color": ORANGE, "marker": "s", "linestyle": "--"},
    }
    for part, values in series.items():
        epochs = np.arange(1, len(values) + 1)
        size = 4 if len(values) <= 30 else 0
        axes.plot(epochs, values, label=part, markersize=size, **styles[part])
    epoch, best = captions.best_of(quantity, series.get("validation", np.empty(0)))
    if epoch:
        ring = {"marker": "o", "markersize": 11, "fillstyle": "none", "linestyle": ""}
        axes.plot([epoch], [best], color=BLACK, label="best validation", **ring)
    axes.set_title(f"{captions.words(quantity)} by epoch")
    axes.set_xlabel("Epoch")
    axes.set_ylabel(_AXIS_LABELS.get(quantity, captions.words(quantity)))
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    axes.legend(frameon=False)


def _draw_matrix(figure: Figure, counts: np.ndarray, names: list[str]) -> None:
    from matplotlib.patches import Rectangle

    axes = figure.subplots()
    mistakes = counts * (1 - np.eye(len(names), dtype=counts.dtype))
    most = max(float(mistakes.max()), 1.0)
    axes.imshow(mistakes, cmap="Oranges", vmin=0, vmax=most)
    for row, column in np.ndindex(counts.shape):
        # The diagonal looks different: on one scale its large numbers would hide the mistakes.
        right = row == column
        if right:
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="#cfe3f1"))
        dark = not right and mistakes[row, column] > 0.6 * most
        axes.text(
            column,
            row,
            f"{counts[row, column]:g}",
            ha="center",
            va="center",
            fontsize=8,
            fontweight="bold" if right else "normal",
            color="white" if dark else BLACK,
        )
    worst = captions.worst_pair(counts)
    if worst:
        row, column = worst
        axes.add_patch(
            Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=BLACK, linewidth=2)
        )
    turned = max(map(len, names)) > 3
    axes.set_xticks(
        range(len(names)),
        names,
        rotation=45 if turned else 0,
        ha="right" if turned else "center",
        rotation_mode="anchor",
    )
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("Predicted class")
    axes.set_ylabel("True class")
    axes.grid(False)
    frame = "; framed: the most frequent" if worst else ""
    axes.set_title(f"Numbers of rows. Blue: right; orange: mistakes{frame}", fontsize=9)


def _draw_ladder(
    axes: Axes, scores: Mapping[str, float], lines: Mapping[str, float], label: str
) -> None:
    names, values = list(scores), list(scores.values())
    texts = captions.score_texts(scores)
    axes.barh(range(len(names)), values, color=BLUE, height=0.6)
    widest = max([*values, *lines.values(), 0.0]) or 1.0
    for row, (name, value) in enumerate(scores.items()):
        # At the foot of a long bar, where no reference line runs through the number.
        inside = value > 0.2 * widest
        axes.annotate(
            texts[name],
            (0 if inside else max(value, 0), row),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color="white" if inside else BLACK,
            fontweight="bold",
        )
    dashes = ("--", ":", "-.")
    for index, (name, value) in enumerate(lines.items()):
        style = dashes[index % len(dashes)]
        axes.axvline(value, color=ORANGE, linestyle=style, linewidth=2, label=f"{name}: {value:g}")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel(label)
    axes.grid(visible=False, axis="y")
    axes.set_xlim(min([*values, 0.0]), widest * 1.04)
    if lines:
        axes.figure.legend(loc="outside lower center", frameon=False, ncols=2)


def _pictures(images: np.ndarray) -> np.ndarray:
    if images.ndim == 2 and images.size:
        side = round(images.shape[1] ** 0.5)
        if side * side == images.shape[1]:
            return images.reshape(-1, side, side)
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    if not images.size or not (images.ndim == 3 or (images.ndim == 4 and images.shape[-1] == 3)):
        raise ValueError(
            f"Images have shape (N, height, width), not {images.shape}. "
            "For a single one write images[:1]."
        )
    return images
