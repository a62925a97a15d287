"""A rule on truth tests: a result is known for what it is before one of its methods judges it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from authoring.pycode import called, helpers_in, pairs, purposes_in
from authoring.rules.lab import Finding, Lab, Rule

# After one of these on a value, its methods are those of a class that the test knows.
KNOWING = frozenset({"check.instance", "check.shape", "check.dtype", "check.close", "check.equal",
                     "isinstance"})  # fmt: skip
# Their truth is the truth of their first argument, or of its items.
TRUTHS = frozenset({"bool", "all", "any", "np.all", "np.any"})
WORDS = 60  # of a line that a finding shows


def results_are_known_before_they_judge(lab: Lab) -> Iterator[Finding]:
    """A hidden test believes no method of a student's result before it knows the result's class.

    `got.equals(x)` and `(got == x).all()` ask whatever came, and that may say yes, or be empty.
    """
    for cell in lab.python("hidden"):
        reader = _Reader(lab.follow(cell).students)
        purposes = purposes_in(cell.source)
        for node in _in_order(ast.parse(cell.source), helpers_in(cell.source)):
            reader.learn(node)
            condition = _condition(node)
            # What `isinstance(…) and …` asks first, is known to the rest.
            for part in ast.walk(condition) if condition else ():
                reader.learn(part)
            for call in _methods(condition):
                unknown = reader.unknown(call.func.value)
                if unknown is not None and call.lineno not in purposes:
                    yield lab.at(cell, _message(call, unknown))


def _message(call: ast.Call, unknown: ast.expr) -> str:
    text = ast.unparse(call)
    return (
        f"line {call.lineno}, `{text if len(text) <= WORDS else text[:WORDS] + '…'}`, asks a result"
        " that may be anything: compare values with `check.close` or `check.equal`, or first ask"
        f" `check.instance`, `check.shape` or `check.dtype` of `{ast.unparse(unknown)}`."
    )


class _Reader:
    """Reads a test in order, and remembers which of the student's values it knows."""

    def __init__(self, students: frozenset[str]) -> None:
        self._students = students
        self._known: set[str] = set()

    def learn(self, node: ast.AST) -> None:
        """Take in what a check, or `isinstance`, says, and names that are parts of known values."""
        match node:
            case ast.Call(args=[value, *_]) if called(node) in KNOWING:
                self._known.add(ast.unparse(value))
            case ast.Assign():
                for target, value in pairs(node):
                    self._bind(target, value)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                self._bind(target, value)

    def unknown(self, node: ast.expr) -> ast.expr | None:
        """Return the student's part of an expression that nothing before has looked at, if any.

        Who knows `frame`, knows what `frame["a"]` is. What a library's function makes of a result,
        as `np.asarray` does, is of the library's class.
        """
        if ast.unparse(node) in self._known:
            return None
        match node:
            case ast.Name(id=name):
                return node if name in self._students else None
            case ast.Call(args=[ast.Name(id=name), *_]) if called(node) == "check.call":
                return node if name in self._students else None
            case ast.Call(func=ast.Name(id=name)):
                return node if name in self._students else None
            case ast.Call(func=function):
                return self.unknown(function)
        inner = (one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr))
        parts = (self.unknown(one) for one in inner)
        return next((part for part in parts if part is not None), None)

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        names = {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}
        if self.unknown(value) is None:
            self._known |= names
        else:
            self._known -= names


def _in_order(node: ast.AST, helpers: set[str]) -> Iterator[ast.AST]:
    """Yield the nodes as they stand, without functions that run beside the student's objects."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.FunctionDef) and child.name in helpers):
            yield from _in_order(child, helpers)


def _condition(node: ast.AST) -> ast.expr | None:
    """Return what a node tests for truth."""
    match node:
        case ast.Assert(test=test) | ast.If(test=test) | ast.While(test=test):
            return test
        case ast.Call(args=[condition, *_]) if called(node) == "check.true":
            return condition
    return None


def _methods(node: ast.expr | None) -> Iterator[ast.Call]:
    """Yield the method calls whose truth is, or is part of, the truth of an expression."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _methods(operand)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _methods(value)
        case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item):
            yield from _methods(item)
        case ast.Call(args=[inner, *_]) if called(node) in TRUTHS:
            yield from _methods(inner)
        case ast.Call(func=ast.Attribute()):
            yield node


RULES: list[Rule] = [results_are_known_before_they_judge]
