r"""Set a TeX formula as an SVG element, so that a page shows it without a script and without a
network.

Matplotlib's own typesetter knows what the labs' texts use (fractions, sums, roots, indices, Greek
letters). What it does not know is shown as TeX.
"""

from __future__ import annotations

import html
from functools import lru_cache

__all__ = ["formula_html"]

# A longer formula is shown as TeX: nobody writes one by hand, and setting it takes time.
MAX_LENGTH = 300
FONT_SIZE = 16.0  # pixels, the size of the page's text


@lru_cache(maxsize=512)
def formula_html(tex: str, display: bool) -> str:
    r"""Return SVG for a formula, or its TeX in a code element where it cannot be set.

    Parameters
    ----------
    tex : str
        The formula without dollar signs; may be hostile.
    display : bool
        Whether it stands on a line of its own.

    >>> formula_html(r"\unknown{x}", display=False)
    '<code>\\unknown{x}</code>'
    """
    picture = _svg(tex, display) if len(tex) <= MAX_LENGTH else None
    if picture is None:
        return f"<code>{html.escape(tex)}</code>"
    return f'<span class="formula-line">{picture}</span>' if display else picture


def _svg(tex: str, display: bool) -> str | None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    size = FONT_SIZE * 1.2 if display else FONT_SIZE
    font = FontProperties(size=size, math_fontfamily="cm")
    setter = TextToPath()
    text = f"${' '.join(tex.split())}$"
    if display:
        text = text.replace(r"\frac", r"\dfrac")  # the typesetter knows no display style
    try:
        width, height, depth = setter.get_text_width_height_descent(text, font, ismath=True)
        vertices, codes = setter.get_text_path(font, text, ismath=True)
    except (ValueError, RuntimeError, RecursionError):
        return None
    if not codes:
        return None
    scale = size / setter.FONT_SCALE  # paths come in a size of their own, and y points up
    return (
        f'<svg class="formula" role="img" aria-label="{html.escape(tex)}" width="{width:.1f}" '
        f'height="{height:.1f}" viewBox="0 {depth - height:.2f} {width:.2f} {height:.2f}" '
        f'style="vertical-align: {-depth:.1f}px" fill="currentColor">'
        f'<path transform="scale({scale:g} {-scale:g})" d="{_path(vertices, codes)}"/></svg>'
    )


def _path(vertices: list[tuple[float, float]], codes: list[int]) -> str:
    from matplotlib.path import Path

    parts: list[str] = []
    for points, code in Path(vertices, codes).iter_segments(simplify=False):
        letter = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}.get(code)
        if letter is None:
            parts.append("Z")
        else:
            parts.append(letter + " ".join(f"{value:.1f}" for value in points))
    return "".join(parts)
