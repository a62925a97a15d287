"""Which names a cell uses and binds, known before it runs (with Python's own symbol tables)."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable
from dataclasses import dataclass

# What a notebook finds there, and nobody hands in; a test that needs it is a mistake of its author.
JUPYTER = frozenset(("display", "get_ipython", "In", "Out"))


@dataclass(frozen=True, slots=True)
class Names:
    """The global names that a cell reads and those that it binds."""

    used: frozenset[str]
    bound: frozenset[str]


def names_of(code: str) -> Names:
    """Return the global names that `code` uses and binds, functions and classes in it included.

    Raises
    ------
    SyntaxError
        If `code` is not Python.

    Examples
    --------
    >>> names = names_of("y = f(x)")
    >>> sorted(names.used), sorted(names.bound)
    (['f', 'x'], ['y'])
    """
    used: set[str] = set()
    bound: set[str] = set()
    plain = ast.unparse(_Plain().visit(ast.parse(code)))
    tables = [symtable.symtable(plain, "cell", "exec")]
    while tables:
        table = tables.pop()
        tables.extend(table.get_children())
        for symbol in table.get_symbols():
            is_global = table.get_type() == "module" or symbol.is_global()
            if is_global and symbol.is_referenced():
                used.add(symbol.get_name())
            if is_global and (symbol.is_assigned() or symbol.is_imported()):
                bound.add(symbol.get_name())
    return Names(frozenset(used), frozenset(bound))


class _Plain(ast.NodeTransformer):
    """Show what symbol tables do not: `n += 1` and `del n` use the name that they bind."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        before = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.Assign([node.target], ast.BinOp(before, node.op, node.value), lineno=0)

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:
        return [*ast.parse(";".join(map(ast.unparse, node.targets))).body, node]


def student_names(cells: Iterable[tuple[str, bool]]) -> tuple[list[bool], frozenset[str]]:
    """Tell which cells belong to the student's process, and which names come from there.

    A cell does if it is an exercise, or if it uses a name that such a cell binds: a given cell
    `x_train = prepare(images)` runs the student's code, so its result is the student's too.

    Parameters
    ----------
    cells
        For each code cell in order, its source and whether it is an exercise.
    """
    theirs: set[str] = set()
    marks = []
    for code, is_exercise in cells:
        names = names_of(code)
        belongs = is_exercise or bool(names.used & theirs)
        if belongs:
            theirs |= names.bound
        marks.append(belongs)
    return marks, frozenset(theirs)


def undefined_names(tests: Iterable[str], cells: Iterable[str]) -> frozenset[str]:
    """Return the names that tests use and no cell binds, Python's and Jupyter's own left out.

    Where a lab has no solution that tells what the student is to define, these are it.

    >>> sorted(undefined_names(["assert f(a) == len(b)"], ["b = 3"]))
    ['a', 'f']
    """
    used = {name for code in tests for name in names_of(code).used}
    bound = {name for code in cells for name in names_of(code).bound}
    return frozenset(used - bound - set(dir(builtins)) - JUPYTER)
