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
        known = sorted(path.parent.name for path in root.glob("solutions/*/lab.toml"))
        if known and name not in known:
            raise SetupError(f"There is no lab {name!r}; there are {', '.join(known)}.")
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

    def question_title(self, cell_id: str) -> str:
        """Return the heading of a written question's prompt, which stands before its answer."""
        prompts = [cell for cell in self.source.cells if cell.id == f"prompt_{cell_id}"]
        lines = prompts[0].source.splitlines() if prompts else []
        headings = (line.lstrip("# ").strip() for line in lines if line.startswith("#"))
        return next(headings, cell_id.replace("_", " "))

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
    except (OSError, ValueError) as error:  # nbformat's own errors are ValueErrors
        raise SetupError(
            f"{path} cannot be read ({type(error).__name__}): run `make labs`."
        ) from None


def _variants(name: str) -> dict[str, tuple[str, ...]]:
    from labkit.registry import read_lab

    try:
        return {variant.name: variant.sets for variant in read_lab(name).variants}
    except ValueError as error:
        raise SetupError(f"{error} Run `make labs`.") from None
