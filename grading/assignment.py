"""A lab as the grader sees it: nbgrader's source notebook, the student's version, its settings."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from grading.errors import SetupError

TESTS = ("test", "hidden")
# Delimiters of nbgrader's around what only the source notebook holds.
HIDDEN_MARKERS = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


@dataclass(frozen=True)
class Assignment:
    """One lab: `source` with solutions and hidden tests, `release` without, cell by cell the same.

    `variants` maps the name of each variant to the data sets that it needs, the first by default.
    """

    name: str
    source: NotebookNode
    release: NotebookNode
    variants: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, root: Path, name: str) -> Assignment:
        """Read a lab from a course's folders `solutions/` and `labs/`.

        Raises
        ------
        SetupError
            If a notebook is missing, or both do not have the same cells.
        """
        source = _read(root / "solutions" / name / f"{name}.ipynb")
        release = _read(root / "labs" / name / f"{name}.ipynb")
        if [cell.id for cell in source.cells] != [cell.id for cell in release.cells]:
            raise SetupError(
                f"solutions/{name} and labs/{name} are not of one build: run `make labs` first."
            )
        return cls(name, source, release, _variants(name))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of every cell, by cell id."""
        return {cell.id: cell.metadata.labs.kind for cell in self.source.cells}

    @cached_property
    def tests(self) -> list[NotebookNode]:
        """The source's test cells, visible and hidden, in order."""
        return [cell for cell in self.source.cells if self.kinds[cell.id] in TESTS]

    @cached_property
    def questions(self) -> list[NotebookNode]:
        """The source's cells for written answers."""
        return [cell for cell in self.source.cells if self.kinds[cell.id] == "question"]

    def plan(self) -> list[dict[str, str]]:
        """Return the code cells as the referee needs them: id, kind and code."""
        return [
            {"id": cell.id, "kind": self.kinds[cell.id], "code": code_of(cell)}
            for cell in self.source.cells
            if cell.cell_type == "code"
        ]


def code_of(cell: NotebookNode) -> str:
    """Return a source cell's code without nbgrader's markers for hidden tests."""
    lines = cell.source.splitlines()
    return "\n".join(line for line in lines if line.strip() not in HIDDEN_MARKERS)


def title_and_hint(cell: NotebookNode) -> tuple[str, str]:
    """Return what a test cell gives to `lab.check`, read without running it."""
    for node in ast.walk(ast.parse(code_of(cell))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "check"
            and node.args
        ):
            hints = [keyword.value for keyword in node.keywords if keyword.arg == "hint"]
            texts = [ast.literal_eval(value) for value in [node.args[0], *hints]]
            return str(texts[0]), str(texts[1]) if hints else ""
    return cell.id, ""


def _read(path: Path) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise SetupError(
            f"There is no {path.parent.parent.name}/{path.parent.name}/{path.name}: "
            "check the lab's name, or run `make labs`."
        ) from None


def _variants(name: str) -> dict[str, tuple[str, ...]]:
    from labkit.registry import read_lab

    return {variant.name: (variant.data,) for variant in read_lab(name).variants}
