"""Clean what a student's notebook shows, before a browser of somebody else opens it.

Two places need it. `Sanitize` cleans the notebook: outputs, their metadata, raw cells, attachments.
Markdown is cleaned *after* it became HTML (`markdown_to_html`), because markdown itself makes links
and images out of plain text.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from grading.clean import clean_html, clean_svg, clean_text
from grading.formulas import formula_html

__all__ = ["Sanitize", "clean_output", "markdown_to_html"]

# Mistune's time is quadratic in some patterns; nobody writes an answer of this size.
MAX_MARKDOWN = 20_000

PICTURES = ("image/png", "image/jpeg", "image/gif")
# All that a hidden test may show: partial credit, or the line that it passed.
_ONLY_SCORE = re.compile(r"-?[0-9]+(\.[0-9]*)?(e-?[0-9]+)?|Passed( in part)?: [^\n]*")
_MARKER = re.compile("<var>\ue000([0-9]+)\ue000</var>|\ue000")
_HIDDEN = re.compile(r"### *BEGIN HIDDEN TESTS.*?(### *END HIDDEN TESTS[^\n]*|\Z)", re.DOTALL)


@pass_context
def markdown_to_html(context: Context, source: str) -> str:
    """Do the work of nbconvert's filter `markdown2html`, and clean what comes out.

    Anchors of headings are left out, since ids of the page's own tables must stay unique; formulas
    become pictures, since no script is there to set them.
    """
    cell = context.get("cell") or {}
    renderer = _Renderer(cell.get("attachments", {}))
    source = _MARKER.sub("", clean_text(source or ""))
    try:
        if len(source) > MAX_MARKDOWN:
            raise ValueError("too long")
        cleaned = clean_html(MarkdownWithMath(renderer=renderer).render(source))
    # mistune and nbconvert name no errors, and hostile text finds the unknown ones
    except Exception:
        return f"<pre>{html.escape(source[:MAX_MARKDOWN])}</pre>"
    # a mark without its element stood in a picture's description: only its sign goes
    return _MARKER.sub(lambda mark: renderer.formulas[int(mark[1])] if mark[1] else "", cleaned)


class _Renderer(IPythonRenderer):
    """nbconvert's renderer, with a mark for each formula, which is put in after cleaning.

    The mark is an element with a private sign in it: the sign is removed from the source, and in an
    attribute the cleaner would write the element's brackets as entities. So nobody else can write
    one, and it never stands inside a tag.
    """

    def __init__(self, attachments: Mapping[str, Any]) -> None:
        super().__init__(escape=False, attachments=dict(attachments), exclude_anchor_links=True)
        self.formulas: list[str] = []

    def inline_math(self, body: str) -> str:
        return self._mark(formula_html(body, display=False))

    def block_math(self, body: str) -> str:
        return self._mark(formula_html(body, display=True))

    def latex_environment(self, name: str, body: str) -> str:
        return self._mark(formula_html(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True))

    def _mark(self, formula: str) -> str:
        self.formulas.append(formula)
        return f"<var>\ue000{len(self.formulas) - 1}\ue000</var>"


def clean_output(output: NotebookNode) -> NotebookNode:
    """Return an output with nothing in it that runs, fetches or is no picture, text or table."""
    if output.output_type == "stream":
        return NotebookNode(output_type="stream", name=output.name, text=clean_text(output.text))
    if output.output_type == "error":
        return NotebookNode(
            output_type="error",
            ename=clean_text(output.ename),
            evalue=clean_text(output.evalue),
            traceback=[clean_text(line) for line in output.traceback],
        )
    data = _clean_data(output.get("data", {}))
    if not data:
        data["text/plain"] = "(An output that only runs in a live notebook is left out here.)"
    cleaned = NotebookNode(
        output_type=output.output_type,
        data=NotebookNode(data),
        metadata=_clean_metadata(output.get("metadata", {})),
    )
    if output.output_type == "execute_result":
        cleaned.execution_count = output.get("execution_count")
    return cleaned


class Sanitize(Preprocessor):
    """Clean the outputs, raw cells and attachments of a notebook; see that a hidden test shows
    nothing.

    A judged notebook has no hidden test in it. Should one have come there by another way, its
    source, its output and its traceback are cut here once more.
    """

    enabled = Bool(True, help="Whether to clean.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Clean every cell, and drop saved widgets."""
        nb.metadata.pop("widgets", None)
        return super().preprocess(nb, resources)

    def preprocess_cell(
        self,
        cell: NotebookNode,
        resources: Any,
        index: int,
    ) -> tuple[NotebookNode, Any]:
        """Clean one cell in place."""
        cell.source = clean_text(cell.source)
        if "attachments" in cell:
            cell.attachments = NotebookNode(
                {name: _clean_data(data) for name, data in cell.attachments.items()}
            )
        if cell.cell_type == "raw":
            cell.source = clean_html(cell.source)
        if cell.cell_type != "code":
            return cell, resources
        cell.outputs = [clean_output(output) for output in cell.outputs]
        if is_test(cell):
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = []
        if is_hidden(cell):
            cell.source = _HIDDEN.sub("", cell.source).rstrip()
            cell.outputs = [output for output in cell.outputs if _tells_only_score(output)]
        return cell, resources


def is_test(cell: NotebookNode) -> bool:
    """Tell whether a cell holds a test: graded, and not for the student to fill."""
    mark = cell.metadata.get("nbgrader", {})
    return bool(mark.get("grade")) and not mark.get("solution")


def is_hidden(cell: NotebookNode) -> bool:
    """Tell whether a cell stands for a hidden test."""
    by_us = cell.metadata.get("labs", {}).get("kind") == "hidden"
    return is_test(cell) and (by_us or bool(_HIDDEN.search(cell.source)))


def _tells_only_score(output: NotebookNode) -> bool:
    if output.output_type == "error":
        return True
    data = output.get("data", {})
    return set(data) == {"text/plain"} and bool(_ONLY_SCORE.fullmatch(data["text/plain"]))


def _clean_data(data: Mapping[str, Any]) -> dict[str, str]:
    cleaned: dict[str, str] = {}
    for kind, value in data.items():
        if not isinstance(value, str):
            continue
        if kind in PICTURES and _is_base64(value):
            cleaned[kind] = value
        elif kind in ("text/html", "image/svg+xml"):
            clean = clean_html if kind == "text/html" else clean_svg
            if kept := clean(value):
                cleaned[kind] = kept
        elif kind in ("text/plain", "text/markdown", "text/latex"):
            cleaned[kind] = clean_text(value)
    return cleaned


def _clean_metadata(metadata: Mapping[str, Any]) -> NotebookNode:
    # `filenames` is left out on purpose: nbconvert makes the address of a picture from it, on any
    # host.
    cleaned = NotebookNode()
    if isinstance(alt := metadata.get("alt"), str):
        cleaned.alt = clean_text(alt)
    for kind in (*PICTURES, "image/svg+xml"):
        entry = metadata.get(kind, {})
        if not isinstance(entry, Mapping):
            continue
        kept = {name: entry[name] for name in ("width", "height") if type(entry.get(name)) is int}
        if isinstance(alt := entry.get("alt"), str):
            kept["alt"] = clean_text(alt)
        if kept:
            cleaned[kind] = NotebookNode(kept)
    return cleaned


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
