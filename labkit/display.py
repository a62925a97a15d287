"""Shows verdicts, notes and figures: as HTML in a notebook, as text everywhere else."""

from __future__ import annotations

import base64
import html
import re
import sys
from dataclasses import dataclass
from typing import Any

from labkit.verdicts import Facts


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of box looks: never by colour alone, a sign and words say the same."""

    sign: str
    words: str
    colour: str  # at least 3:1 against white and against a dark page (tests/labkit/test_display.py)


LOOKS = {
    "passed": Look("✓", "Passed", "#00845f"),
    "not_attempted": Look("○", "Not attempted yet", "#6f7782"),
    "raised": Look("!", "Stopped by an error", "#b0508e"),
    "wrong": Look("✗", "Not right yet", "#d55e00"),
    "waiting": Look("○", "This cell waits", "#6f7782"),
}


def show_box(kind: str, title: str, facts: Facts = (), hint: str = "") -> None:
    """Show a verdict: a box in a notebook, else the same as printed text."""
    rows = (*facts, ("Where to look", hint)) if hint else facts
    text = box_text(kind, title, rows)
    if in_notebook():
        _publish({"text/html": box_html(kind, title, rows), "text/plain": text})
    else:
        print(text)


def show_image(png: bytes, alt: str) -> None:
    """Show a PNG image with its description, which is also printed below as one line."""
    if in_notebook():
        image = base64.b64encode(png).decode("ascii")
        _publish({"image/png": image, "text/plain": alt}, {"image/png": {"alt": alt}})
    print(f"Figure: {alt}")


def box_text(kind: str, title: str, rows: Facts = ()) -> str:
    """Return a verdict as plain text, one fact a line.

    >>> print(box_text("wrong", "Rows have 784 numbers", (("Came", "shape (3, 28)"),)))
    ✗ Not right yet: Rows have 784 numbers
      Came: shape (3, 28)
    """
    look = LOOKS[kind]
    lines = [f"{look.sign} {look.words}: {title}"]
    for label, text in rows:
        lines.append(f"  {label}: " + text.replace("\n", "\n    "))
    return "\n".join(lines)


def box_html(kind: str, title: str, rows: Facts = ()) -> str:
    """Return a verdict as HTML in the page's own text colour, so it reads in light and dark."""
    look = LOOKS[kind]
    box = (
        f"border:1px solid {look.colour};border-left-width:6px;border-radius:4px;"
        "padding:.4em .8em;margin:.3em 0;line-height:1.5;color:inherit;background:transparent"
    )
    sign = f'<span aria-hidden="true">{look.sign}</span>'
    parts = [
        f'<div role="status" style="{box}">',
        f"<div><b>{sign} {look.words}:</b> {_marked(title)}</div>",
    ]
    for label, text in rows:
        parts.append(
            f'<div style="white-space:pre-wrap"><b>{html.escape(label)}:</b> {_marked(text)}</div>'
        )
    return "".join([*parts, "</div>"])


def in_notebook() -> bool:
    """Say whether this process is an IPython session, which can show more than text."""
    return shell() is not None


def shell() -> Any:
    """Return the running IPython shell, or None. IPython is used where it is, never needed."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()


def _publish(data: dict[str, str], metadata: dict[str, dict] | None = None) -> None:
    from IPython.display import display

    display(data, metadata=metadata or {}, raw=True)


def _marked(text: str) -> str:
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
