"""Verdicts as the outputs of a judged notebook's test cells, in the forms that nbgrader reads.

An error output is a failed test, a plain number as result is partial credit, anything else is a
passed one. A judged notebook is therefore a valid autograded notebook.
"""

from __future__ import annotations

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.records import TestResult
from grading.verdicts import followed_text


def verdict_outputs(result: TestResult) -> list[NotebookNode]:
    """Return the outputs that show a test's verdict, with nothing that a student may not read."""
    points = f"{result.points:g} of {result.max_points:g} points"
    followed = followed_text(result)
    if result.verdict == "passed":
        return [_text("\n".join(filter(None, [f"Passed: {result.title} ({points})", followed])))]
    if result.verdict == "partial":
        number = nbformat.v4.new_output(
            "execute_result", {"text/plain": repr(float(result.points))}, execution_count=None
        )
        text = [f"Passed in part: {result.title} ({points})", followed]
        return [_text("\n".join(filter(None, text))), number]
    lines = [f"{result.title} ({points})", result.message]
    if result.hint and result.hint not in result.message:
        lines.append(f"Where to look: {result.hint}")
    if followed:
        lines.append(followed)
    return [
        nbformat.v4.new_output(
            "error", ename=result.verdict, evalue=result.message, traceback=lines
        )
    ]


def _text(text: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", {"text/plain": text})
