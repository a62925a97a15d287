"""What can be known of a cell's Python without running it."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator
from dataclasses import dataclass


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
