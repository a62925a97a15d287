"""Make the examples of the data page: each data set beside its twin, under docs/pictures/data.

    python benchmarks/data_pictures.py [SET…]

Takes the real data from where it can be had (LABS_MIRROR helps); a set whose real data is not there
shows the twin alone. Afterwards `python -m data_scripts.page` writes the page.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from PIL import Image

from data_scripts import Loaded, NotAvailable, load
from data_scripts.manifest import read_manifest
from data_scripts.photos import decoded
from data_scripts.ragged import Ragged
from data_scripts.tokens import decode, words_of

TARGET = ROOT / "docs" / "pictures" / "data"
WIDTH = 8.0
COLOURS = 256
REAL, TWIN = "real", "twin"
# Words shown of a text, at so many letters a line.
LETTERS, LINE = 280, 92
# A long text is shown from this letter on.
FROM = 150_000
Sources = dict[str, Loaded]


def tiles(pictures: list[np.ndarray], columns: int) -> np.ndarray:
    """Lay pictures in rows of equal cells, a pixel of white between them."""
    high = 1 + max(picture.shape[0] for picture in pictures)
    wide = 1 + max(picture.shape[1] for picture in pictures)
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * high - 1, columns * wide - 1, 3), 255, dtype=np.uint8)
    for number, picture in enumerate(pictures):
        height, width = picture.shape[:2]
        top = high * (number // columns) + (high - height) // 2
        left = wide * (number % columns) + (wide - width) // 2
        coloured = picture if picture.ndim == 3 else picture[..., None]
        sheet[top : top + height, left : left + width] = coloured
    return sheet


def by_class(x: np.ndarray, y: np.ndarray, rows: int) -> list[np.ndarray]:
    """Take the first pictures of each class, class by column."""
    first = [np.flatnonzero(y == label)[:rows] for label in np.unique(y)]
    return [x[places[row]] for row in range(rows) for places in first]


def sheets(name: str, sources: Sources, sheet: Callable[[Loaded], np.ndarray]) -> None:
    """Draw one sheet of pictures a source, one below the other."""
    made = {source: sheet(loaded) for source, loaded in sources.items()}
    shares = [picture.shape[0] / picture.shape[1] for picture in made.values()]
    size = (WIDTH, sum(shares) * WIDTH + 0.3 * len(made))
    figure, axes = plt.subplots(len(made), 1, figsize=size, height_ratios=shares, squeeze=False)
    for ax, (source, picture) in zip(axes[:, 0], made.items(), strict=True):
        ax.imshow(picture, interpolation="antialiased")
        ax.set_title(source, fontsize=9, loc="left", pad=3)
        ax.axis("off")
    save(figure, name)


def save(figure: plt.Figure, name: str) -> None:
    """Write a figure as a small PNG file."""
    figure.tight_layout(pad=0.3)
    stream = io.BytesIO()
    figure.savefig(stream, dpi=90, format="png")
    plt.close(figure)
    # A palette makes files a third as large, and nobody sees it.
    picture = Image.open(stream).convert("RGB")
    picture = picture.quantize(palette=picture.quantize(COLOURS))
    picture.save(TARGET / f"{name}.png", optimize=True)


def images(name: str, sources: Sources) -> None:
    """Show two pictures of each class."""
    sheets(
        name,
        sources,
        lambda loaded: tiles(by_class(*loaded.train, 2), 10),
    )


def photos(name: str, sources: Sources) -> None:
    """Show a few photographs of cats and dogs."""

    def sheet(loaded: Loaded) -> np.ndarray:
        files, labels = loaded.train
        places = [place for label in (0, 1) for place in np.flatnonzero(labels == label)[:4]]
        return tiles([decoded(files[place].tobytes(), 96) for place in places], 8)

    sheets(name, sources, sheet)


def boxed(name: str, sources: Sources) -> None:
    """Show a few scenes with their boxes."""

    def sheet(loaded: Loaded) -> np.ndarray:
        pictures = []
        for picture, boxes, _ in (loaded.train[place] for place in range(10)):
            drawn = np.array(picture)
            for xmin, ymin, xmax, ymax in np.rint(boxes).astype(int):
                for edge in (np.s_[ymin:ymax, xmin : xmin + 3], np.s_[ymin:ymax, xmax - 3 : xmax]):
                    drawn[edge] = (255, 40, 30)
                for edge in (np.s_[ymin : ymin + 3, xmin:xmax], np.s_[ymax - 3 : ymax, xmin:xmax]):
                    drawn[edge] = (255, 40, 30)
            pictures.append(drawn[::2, ::2])
        return tiles(pictures, 5)

    sheets(name, sources, sheet)


def single(name: str, sources: Sources) -> None:
    """Show all single pictures."""

    def sheet(loaded: Loaded) -> np.ndarray:
        pictures = []
        for picture in loaded.shared.values():
            step = -(-max(picture.shape) // 216)
            # The mean of each square of pixels: to leave some out would change fine patterns.
            height, width = (length // step * step for length in picture.shape[:2])
            blocks = picture[:height, :width].reshape(height // step, step, width // step, step, 3)
            pictures.append(blocks.mean(axis=(1, 3)).astype(np.uint8))
        return tiles(pictures, 5)

    sheets(name, sources, sheet)


def filters(name: str, sources: Sources) -> None:
    """Show the filters of the first convolution."""

    def sheet(loaded: Loaded) -> np.ndarray:
        kernel = next(array for array in loaded.shared.values() if array.shape[:3] == (3, 3, 3))
        some = np.moveaxis(kernel, 3, 0)[:16]
        low, high = some.min(axis=(1, 2, 3), keepdims=True), some.max(axis=(1, 2, 3), keepdims=True)
        scaled = np.uint8(255 * (some - low) / (high - low)).repeat(16, 1).repeat(16, 2)
        return tiles(list(scaled), 16)

    sheets(name, sources, sheet)


def plots(name: str, sources: Sources, draw: Callable[[Axes, Loaded], None]) -> None:
    """Draw one plot a source, side by side, with the same axes."""
    figure, axes = plt.subplots(
        1, len(sources), figsize=(WIDTH, 2.4), squeeze=False, sharex=True, sharey=True
    )
    for ax, (source, loaded) in zip(axes[0], sources.items(), strict=True):
        draw(ax, loaded)
        ax.set_title(source, fontsize=9, loc="left")
        ax.tick_params(labelsize=7)
        ax.xaxis.label.set_size(8)
        ax.yaxis.label.set_size(8)
    save(figure, name)


def scatter(column: str, label: str) -> Callable[[str, Sources], None]:
    """Give a function that shows prices against one column."""

    def show(name: str, sources: Sources) -> None:
        def draw(ax: Axes, loaded: Loaded) -> None:
            x, y = loaded.train
            place = list(loaded.shared["columns"]).index(column)
            ax.plot(x[:2000, place], y[:2000], ".", markersize=2)
            ax.set_xlabel(column)
            ax.set_ylabel(label)

        plots(name, sources, draw)

    return show


def series(count: int, column: int = 0) -> Callable[[str, Sources], None]:
    """Give a function that shows a column at so many points in time, from the first."""

    def show(name: str, sources: Sources) -> None:
        def draw(ax: Axes, loaded: Loaded) -> None:
            table = loaded.series
            ax.plot(table.time[:count], table.x[:count, column], linewidth=0.6)
            ax.set_ylabel(table.columns[column])
            for text in ax.get_xticklabels():
                text.set_rotation(30)

        plots(name, sources, draw)

    return show


def words(name: str, sources: Sources) -> None:
    """Write the beginnings of two texts a source."""
    blocks = []
    for source, loaded in sources.items():
        for text, label in two_texts(loaded):
            short = " ".join(text.split())
            if len(short) > LETTERS:
                short = short[:LETTERS].rsplit(" ", 1)[0] + " …"
            lines, line = [], ""
            for word in short.split():
                if len(line) + len(word) >= LINE:
                    lines.append(line)
                    line = ""
                line = f"{line} {word}".strip()
            blocks.append("\n".join([f"{source}{label}:", *lines, line]))
    (TARGET / f"{name}.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def two_texts(loaded: Loaded) -> list[tuple[str, str]]:
    """Give two texts with their labels, or the beginning of one long text."""
    if isinstance(loaded.series, str):
        return [(loaded.series[FROM : FROM + 2 * LETTERS], "")]
    texts, labels = loaded.train[0], loaded.train[1]
    places = [int(np.flatnonzero(labels == label)[2]) for label in np.unique(labels)[-2:]]
    if isinstance(texts, Ragged):
        known = words_of(loaded.shared)
        # The first id says that a text begins.
        return [(decode(texts[place][1:], known), f", label {labels[place]}") for place in places]
    return [(texts[place], f", label {labels[place]}") for place in places]


def neighbours(name: str, sources: Sources) -> None:
    """Write the words that lie nearest to some words."""
    lines = []
    for source, loaded in sources.items():
        vectors = loaded.series
        unit = vectors.matrix / (np.linalg.norm(vectors.matrix, axis=1, keepdims=True) + 1e-9)
        for word in ("good", "film", "oil"):
            place = list(vectors.words).index(word)
            nearest = np.argsort(-unit @ unit[place])[1:7]
            lines.append(
                f"{source}: {word}: {', '.join(vectors.words[other] for other in nearest)}"
            )
    (TARGET / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


SHOW: dict[str, Callable[[str, Sources], None]] = {
    "mnist": images,
    "fashion_mnist": images,
    "cifar10": images,
    "cats_dogs": photos,
    "raccoons": boxed,
    "pictures": single,
    "mobilenet": filters,
    "vgg16": filters,
    "imdb": words,
    "imdb_text": words,
    "reuters": words,
    "nietzsche": words,
    "glove": neighbours,
    "boston": scatter("RM", "price (1000 $)"),
    "california": scatter("median_income", "value ($)"),
    "jena": series(24 * 365),
    "beijing": series(24 * 60),
    "min_temperatures": series(365 * 3),
    "milk": series(168),
    "telemetry": series(1500, 2),
}


def main() -> int:
    """Make the examples that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="SET")
    names = parser.parse_args().names or list(read_manifest())
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in names:
        sources = {}
        for source in (REAL, TWIN):
            try:
                sources[source] = load(name, "notebook", source)
            except NotAvailable as error:
                print(f"{name}: no {source} data: {error}", file=sys.stderr)
        SHOW[name](name, sources)
        print(f"{name}: {' and '.join(sources)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
