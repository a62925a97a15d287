"""Rules on names: every cell that grading runs can be read before it runs, and finds its names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from authoring.pycode import purposes_in
from authoring.rules.lab import Finding, Lab, Rule
from authoring.source import TEST_KINDS

# What Jupyter puts among the builtins of a notebook, and the referee has not.
JUPYTERS = frozenset({"display"})
MAGIC = re.compile(r"^\s*([%!?].*|[\w.]+\?{1,2}\s*)$", re.MULTILINE)


def cells_are_python(lab: Lab) -> Iterator[Finding]:
    """Code cells are plain Python, without magics: the grader reads them before they run."""
    for cell in lab.source.cells:
        if not cell.is_code or lab.is_python(cell):
            continue
        if magic := MAGIC.search(cell.source):
            yield lab.at(
                cell,
                f"is not plain Python: the line `{magic[1].strip()}` is Jupyter's; call a function"
                " instead, or leave it out.",
            )
        else:
            yield lab.at(cell, "is not plain Python: mend the syntax.")


def imports_name_what_they_bind(lab: Lab) -> Iterator[Finding]:
    """No cell has `from x import *`: which names it binds is not known before it runs."""
    for cell in lab.python():
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and any(one.name == "*" for one in node.names):
                yield lab.at(cell, f"has `from {node.module} import *`: name what it needs.")


def names_are_defined(lab: Lab) -> Iterator[Finding]:
    """Every name that a cell uses is bound by itself, a cell above it, or Python.

    What tests bind does not count: the referee forgets it after each. Names that only a demo cell
    binds are for `demos_are_not_needed`.
    """
    above: set[str] = set()
    for cell in lab.python():
        names = lab.names(cell)
        known = above | names.bound
        if cell.kind in ("demo", "free") or cell in lab.students_cells:
            known |= JUPYTERS
        for name in sorted(names.used - known):
            tests = [test.id for test in lab.python(*TEST_KINDS) if name in lab.names(test).bound]
            where = f"only test `{tests[0]}` binds: tests share no names" if tests else ""
            yield lab.at(
                cell,
                f"uses `{name}`, which {where or 'nothing above it defines'}: bind it in this cell"
                " or in a given cell above.",
            )
        if not cell.is_test:
            above |= names.bound


def tests_bind_names_of_their_own(lab: Lab) -> Iterator[Finding]:
    """A test binds or deletes no name of the student's, unless a comment says why.

    Both are done in the student's process too, and stay so for all cells below.
    """
    for cell in lab.python(*TEST_KINDS):
        purposes = purposes_in(cell.source)
        for name, line in sorted(_bindings(cell.source).items()):
            if name in lab.students_names and line not in purposes:
                yield lab.at(
                    cell,
                    f"binds or deletes `{name}` in line {line}, which is the student's and changes"
                    " with it: take another name, or end the line in `# on purpose: …`.",
                )


def _bindings(source: str) -> dict[str, int]:
    """Return the names that a cell binds or deletes itself, with the first line of each."""
    found: dict[str, int] = {}

    def look(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                found.setdefault(child.name, child.lineno)
            elif isinstance(child, ast.Import | ast.ImportFrom):
                for alias in child.names:
                    found.setdefault((alias.asname or alias.name).split(".")[0], child.lineno)
            elif isinstance(child, ast.Name) and not isinstance(child.ctx, ast.Load):
                found.setdefault(child.id, child.lineno)
            elif not isinstance(child, _SCOPES):  # a scope has names of its own
                look(child)

    look(ast.parse(source))
    return found


_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
           ast.AsyncFunctionDef)  # fmt: skip


RULES: list[Rule] = [
    cells_are_python,
    imports_name_what_they_bind,
    names_are_defined,
    tests_bind_names_of_their_own,
]
