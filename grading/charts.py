"""The report's pictures, as SVG that stands in the page and takes the page's colours.

The colours below are place-holders that no picture needs. Replaced by CSS, they let one picture
serve light, dark and paper.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["describe_shares", "describe_usage", "shares_chart", "usage_chart"]

INK, MUTED, ACCENT, PAPER = "#010203", "#010204", "#010205", "#010206"
_CSS = {INK: "currentColor", MUTED: "var(--muted)", ACCENT: "var(--accent)", PAPER: "var(--paper)"}


def describe_shares(shares: Sequence[float]) -> str:
    """Say in one sentence how scores spread; `shares` are parts of the points, 0 to 1.

    >>> describe_shares([0.5, 1.0, 0.2])
    '3 submissions: lowest 20 %, median 50 %, highest 100 %; 2 at half of the points or below.'
    """
    if not shares:
        return "No submission is graded yet."
    low = sum(share <= 0.5 for share in shares)
    word = "submission" if len(shares) == 1 else "submissions"
    return (
        f"{len(shares)} {word}: lowest {min(shares):.0%}, median {median(shares):.0%}, "
        f"highest {max(shares):.0%}; {low} at half of the points or below."
    ).replace("%", " %")


def describe_usage(seconds: Sequence[float], memory: Sequence[float]) -> str:
    """Say in one sentence what the runs cost: seconds and MiB, an entry a submission."""
    if not seconds:
        return "No run yet."
    return (
        f"Median {median(seconds):.0f} s and {median(memory):.0f} MiB a submission; "
        f"at most {max(seconds):.0f} s and {max(memory):.0f} MiB."
    )


def shares_chart(shares: Sequence[float]) -> str:
    """Draw how many submissions earned which part of the points, in tenths, as an SVG element.

    Parameters
    ----------
    shares : sequence of float
        Parts of the points, 0 to 1; extra credit above 1 counts to the last bar.
    """
    counts = [0] * 10
    for share in shares:
        counts[min(int(share * 10 + 1e-9), 9)] += 1
    figure, axes = _new_figure()
    bars = axes.bar(range(10), counts, width=0.86, align="edge", color=ACCENT)
    axes.bar_label(bars, [str(count) if count else "" for count in counts], padding=2, color=INK)
    axes.set_xticks(range(11), [str(10 * tenth) for tenth in range(11)])
    axes.set_xlim(-0.1, 10.1)
    axes.set_ylim(0, max([*counts, 1]) * 1.18)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("score, % of the points")
    axes.set_ylabel("submissions")
    return _to_svg(figure, "Distribution of scores", describe_shares(shares), "shares")


def usage_chart(seconds: Sequence[float], memory: Sequence[float]) -> str:
    """Draw wall time (s) against peak memory (MiB), a dot a submission, as an SVG element."""
    figure, axes = _new_figure()
    axes.scatter(seconds, memory, s=42, color=ACCENT, edgecolors=PAPER, linewidths=0.8, alpha=0.85)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.margins(0.08)
    axes.set_xlabel("wall time, s")
    axes.set_ylabel("peak memory, MiB")
    return _to_svg(figure, "Time and memory", describe_usage(seconds, memory), "usage")


def _new_figure() -> tuple[Figure, Axes]:
    # no pyplot: its global state is not made for a server or a second thread
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.0, 2.9), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    axes.set_facecolor("none")
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(MUTED)
    axes.tick_params(colors=MUTED, labelcolor=INK)
    axes.xaxis.label.set_color(INK)
    axes.yaxis.label.set_color(INK)
    return figure, axes


def _to_svg(figure: Figure, title: str, description: str, name: str) -> str:
    from matplotlib import rc_context

    picture = io.StringIO()
    # words stay words (searchable, in the page's font); a fixed salt makes equal classes give equal
    # files
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(picture, format="svg", transparent=True, metadata={"Date": None})
    text = picture.getvalue()
    body = text[text.index(">", text.index("<svg")) + 1 :]
    # two pictures in one page: their ids must differ
    body = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", body)
    for colour, css in _CSS.items():
        body = body.replace(colour, css)
    width, height = (round(inches * 72) for inches in figure.get_size_inches())
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-text" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<title id="{name}-title">{html.escape(title)}</title>'
        f'<desc id="{name}-text">{html.escape(description)}</desc>'
        f"{body}"
    )
