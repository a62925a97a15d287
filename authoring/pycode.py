"""What can be known of a cell's Python without running it."""

from __future__ import annotations

import ast
import builtins
import io
import symtable
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

# How a test may write the function that runs a helper in the student's process.
INSIDE = ("labkit.inside", "inside")


@dataclass(frozen=True, slots=True)
class Check:
    """A ``with lab.check(title, hint=…)`` statement; what is no literal is None."""

    title: str | None
    hint: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the notebook that a cell binds and those that it uses."""

    bound: frozenset[str]
    used: frozenset[str]


def names_of(source: str) -> Names:
    """Find which of the notebook's names a cell binds and uses.

    Names inside functions and classes count as used when they are looked up in the notebook, and
    as bound when declared ``global``. Builtins that the cell does not bind are left out.

    Raises
    ------
    SyntaxError
        If the cell is not plain Python.
    """
    table = symtable.symtable(source, "cell", "exec")
    bound = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    }
    used = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()}
    for inner in _scopes(table):
        for symbol in inner.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                used.add(symbol.get_name())
            if symbol.is_declared_global() and symbol.is_assigned():
                bound.add(symbol.get_name())
    used -= {name for name in used - bound if hasattr(builtins, name)}
    return Names(frozenset(bound), frozenset(used))


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


def called(node: ast.Call) -> str:
    """Return the dotted name of what is called; empty where that is no name, as in `f()()`."""
    parts: list[str] = []
    function: ast.expr = node.func
    while isinstance(function, ast.Attribute):
        parts.append(function.attr)
        function = function.value
    return ".".join([function.id, *reversed(parts)]) if isinstance(function, ast.Name) else ""


def pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the targets of an assignment with their values, part by part if both are tuples."""
    for target in node.targets:
        parts, values = getattr(target, "elts", ()), getattr(node.value, "elts", ())
        if parts and len(parts) == len(values):
            yield from zip(parts, values, strict=True)
        else:
            yield target, node.value


def inside_calls(source: str) -> list[ast.Call]:
    """List a cell's calls of `labkit.inside(helper, …)`."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and called(node) in INSIDE
    ]


def helpers_in(source: str) -> set[str]:
    """Return the names of the functions that a cell hands to `labkit.inside`."""
    first = (node.args[0] for node in inside_calls(source) if node.args)
    return {one.id for one in first if isinstance(one, ast.Name)}


def purposes_in(source: str) -> set[int]:
    """Return the lines for which a comment `# on purpose: why` stands beside or just above."""
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and "on purpose: " in token.string:
            row, column = token.start
            alone = not token.line[:column].strip()
            lines.add(row + 1 if alone else row)
    return lines


def checks_in(source: str) -> list[Check]:
    """List the ``with lab.check(…)`` statements of a cell, in order."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.With):
            continue
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "lab.check":
                hints = [word.value for word in call.keywords if word.arg == "hint"]
                title = call.args[0] if call.args else None
                hint = hints[0] if hints else (call.args[1] if len(call.args) > 1 else None)
                found.append(Check(_literal(title), _literal(hint)))
    return found


def _literal(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def literal_assignment(source: str, name: str) -> str | None:
    """Return the string that a cell assigns to ``name`` at its top level, if it is a literal."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            return _literal(node.value)
    return None


def with_literal(source: str, name: str, value: str) -> str:
    """Return a cell in which the string assigned to ``name`` is ``value``; else the cell as is.

    >>> with_literal('VARIANT = "digits"  # yours', "VARIANT", "clothes")
    "VARIANT = 'clothes'  # yours"
    """
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            old = ast.get_source_segment(source, node) or ""
            return source.replace(old, f"{name} = {value!r}", 1)
    return source
