"""What the report and the feedback page have in common: how templates become HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grading.verdicts import points_text

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Return the environment of our templates: everything escaped, a missing value an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["points"] = points_text
    return made
