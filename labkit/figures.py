"""Makes figures in one style and shows each of them once, with a description."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from labkit.display import shell, show_image

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito's colours, told apart with every kind of colour vision.
BLUE, ORANGE, BLACK = "#0072B2", "#D55E00", "#000000"
_STYLE = {
    # Opaque, so that a figure reads the same on a light and on a dark page.
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": 110,
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.8,
    "date.converter": "concise",  # days as "3", not as "2014-04-03", which needs slanted labels
}


@contextmanager
def shown_figure(title: str, width: float, height: float) -> Iterator[tuple[Figure, list[str]]]:
    """Make a figure in our style, let the body draw it and add its caption, then show it.

    It is made without pyplot: nothing remains open, and Jupyter does not show it a second time.
    """
    import matplotlib

    figure_class = _shown_figure_class()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        figure = figure_class(figsize=(width, height), layout="constrained")
        figure.suptitle(title, fontsize=12, fontweight="bold")
        caption: list[str] = []
        yield figure, caption
        png = io.BytesIO()
        figure.savefig(png, format="png")
    figure.labs_alt = caption[0]
    figure.labs_cell = _cell_number()
    show_image(png.getvalue(), caption[0])


def _shown_figure_class() -> type[Figure]:
    from matplotlib.figure import Figure

    class ShownFigure(Figure):
        """A figure that its function has shown already.

        As last line of that cell it is not shown again; in a later cell it is.
        """

        labs_alt = ""
        labs_cell: int | None = None

        def _ipython_display_(self) -> None:
            if self.labs_cell != _cell_number():
                png = io.BytesIO()
                self.savefig(png, format="png")
                show_image(png.getvalue(), self.labs_alt)

    return ShownFigure


def _cell_number() -> int | None:
    running = shell()
    return None if running is None else running.execution_count
