"""Rules on what `labkit.inside` runs in the student's process, and on what only it may do."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from authoring.origins import EXPECTED
from authoring.pycode import called, helpers_in, inside_calls, names_of, pairs, purposes_in
from authoring.rules.lab import Finding, Lab, Rule
from authoring.source import TEST_KINDS


def helpers_hold_no_secret(lab: Lab) -> Iterator[Finding]:
    """What `labkit.inside` runs in the student's process judges nothing and knows no answer."""
    modules = {name for cell in lab.python() for name in _modules(cell.source)}
    for cell in lab.python(*TEST_KINDS):
        tree = ast.parse(cell.source)
        functions = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
        expected, purposes = _expected_names(tree), purposes_in(cell.source)
        for call in inside_calls(cell.source):
            told = {one.id for one in call.args if isinstance(one, ast.Name)} & expected
            helper = call.args[0] if call.args else None
            if not isinstance(helper, ast.Name) or helper.id not in functions:
                yield lab.at(
                    cell, "`labkit.inside` takes a function that this cell defines with `def`."
                )
                continue
            function = functions[helper.id]
            for what in sorted(_judging(function)):
                yield lab.at(cell, f"`{helper.id}` has {what}: judge what it returns, outside.")
            free = names_of(ast.unparse(function)).used - modules - {helper.id, "check"}
            told |= free & expected
            for name in sorted(told) if call.lineno not in purposes else ():
                yield lab.at(
                    cell,
                    f"`{name}` is what a check expects, and `labkit.inside` would show it to the"
                    " student's process: compare outside.",
                )
            for name in sorted(free - expected - _constants(tree)):
                yield lab.at(
                    cell,
                    f"`{helper.id}` uses `{name}`, which it does not have in the student's process:"
                    " pass it as an argument, or bind it inside.",
                )


def tapes_stay_inside(lab: Lab) -> Iterator[Finding]:
    """A gradient tape watches the test's own models, or stands in a helper for `labkit.inside`.

    Gradients do not cross between two processes.
    """
    for cell in lab.python(*TEST_KINDS):
        tree = ast.parse(cell.source)
        for tape in _tapes(tree, helpers_in(cell.source)):
            theirs = names_of(ast.unparse(tape)).used & lab.follow(cell).students
            if theirs:
                names = ", ".join(f"`{name}`" for name in sorted(theirs))
                yield lab.at(
                    cell,
                    f"has a gradient tape over {names}, from the student's process: put it into a"
                    " function for `labkit.inside` that returns the gradients' values.",
                )


def _expected_names(tree: ast.Module) -> set[str]:
    """Return the names that stand, with or without an index, where checks take what they expect."""
    names = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not called(node).startswith("check."):
            continue
        places, words = EXPECTED.get(called(node).removeprefix("check."), ((), ()))
        given = [node.args[place] for place in places if place < len(node.args)]
        given += [word.value for word in node.keywords if word.arg in words]
        for one in given:
            while isinstance(one, ast.Subscript | ast.Attribute):
                one = one.value
            if isinstance(one, ast.Name):
                names.add(one.id)
    return names


def _constants(tree: ast.Module) -> set[str]:
    """Return the names that a cell binds to plain constants."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target, value in pairs(node):
                if isinstance(target, ast.Name) and not _loads(value):
                    names.add(target.id)
    return names


def _loads(node: ast.expr) -> bool:
    return any(isinstance(one, ast.Name | ast.Call) for one in ast.walk(node))


def _modules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name).split(".")[0]


def _judging(function: ast.FunctionDef) -> set[str]:
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            found.add("an `assert`")
        elif isinstance(node, ast.Name) and node.id == "check":
            found.add("a `check`")
    return found


def _tapes(node: ast.AST, helpers: set[str]) -> Iterator[ast.stmt]:
    """Return the statements with a gradient tape, outside the helpers; blocks as a whole."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and child.name in helpers:
            continue
        if isinstance(child, ast.With) and any(
            "GradientTape" in ast.unparse(item.context_expr) for item in child.items
        ):
            yield child
        else:
            yield from _tapes(child, helpers)


RULES: list[Rule] = [helpers_hold_no_secret, tapes_stay_inside]
