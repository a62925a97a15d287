"""Where the values in a test cell come from, followed through its code without running it.

What a test compares is the student's; what it compares with has to be the referee's own. `follow`
tells for every comparison of a cell which is which. It is a rule of thumb for honest authors: it
follows names through assignments, loops and calls, not through what functions do to arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import reduce
from operator import or_

from authoring.origins import BY_VALUE, EXPECTED, Comparison, Flow, Origin
from authoring.pycode import INSIDE, called, helpers_in, purposes_in

SAME = ("allclose", "array_equal", "array_equiv", "isclose", "assert_allclose", "assert_equal",
        "assert_array_equal", "assert_almost_equal")  # fmt: skip
# What puts something into a container, as a statement of its own.
FILLING = ("append", "extend", "insert", "add", "update")
# A model's numbers: whoever states them is held to them by what the model then does.
WEIGHTS = ("get_weights", "weights", "trainable_weights", "non_trainable_weights", "variables",
           "trainable_variables", "non_trainable_variables", "kernel", "bias")  # fmt: skip
# What makes an object work on values of the test.
WORK = ("call", "predict", "predict_on_batch", "predict_proba", "evaluate", "score", "fit",
        "test_on_batch", "train_on_batch", "transform", "adapt")  # fmt: skip


def follow(source: str, theirs: Iterable[str], exercises: Iterable[str]) -> Flow:
    """Follow the values in a test cell.

    Parameters
    ----------
    source
        The cell.
    theirs
        The names that come from the student's process.
    exercises
        Those of them that exercise cells bind: functions, whose results are plain answers. What
        else is called and comes from the student is an object that the student made.
    """
    follower = _Follower(source, frozenset(theirs), frozenset(exercises))
    for statement in ast.parse(source).body:
        follower.statement(statement)
    found = sorted(follower.found.values(), key=lambda one: one.line)
    return Flow(tuple(found), frozenset(follower.students))


class _Follower:
    def __init__(self, source: str, theirs: frozenset[str], exercises: frozenset[str]) -> None:
        self.found: dict[tuple[int, int, int], Comparison] = {}
        self.students = set(theirs)
        self._exercises = exercises
        self._env: dict[str, Origin] = dict.fromkeys(theirs, Origin.STUDENT)
        self._returned = Origin.OWN
        self._helpers = helpers_in(source)
        self._purposes = purposes_in(source)

    def statement(self, node: ast.stmt) -> None:
        """Follow one statement."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind_from(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind_from(target, value)
            case ast.AugAssign(target=target, value=value):
                self._add(target, self.origin(value))
            case ast.For(target=target, iter=source, body=body, orelse=orelse):
                # Twice: what the end of a body binds, its beginning may use.
                for _ in range(2):
                    self._bind_items(target, source)
                    self._all(body)
                self._all(orelse)
            case ast.While(test=test, body=body, orelse=orelse):
                for _ in range(2):
                    self.origin(test)
                    self._all(body)
                self._all(orelse)
            case ast.If(test=test, body=body, orelse=orelse):
                self.origin(test)
                before = dict(self._env)
                self._all(body)
                after, self._env = self._env, before
                self._all(orelse)
                for name, origin in after.items():
                    self._env[name] = self._env.get(name, Origin.OWN) | origin
            case ast.With(items=items, body=body):
                for item in items:
                    origin = self.origin(item.context_expr)
                    if item.optional_vars is not None:
                        self._bind(item.optional_vars, origin)
                self._all(body)
            case ast.FunctionDef(name=name) if name in self._helpers:
                return  # runs on the student's side, and may not compare at all
            case ast.FunctionDef(name=name, args=arguments, body=body):
                self._env[name] = self._function(arguments, body)
            case ast.Return(value=ast.expr() as value):
                self._returned |= self.origin(value)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                self._all([*body, *(line for one in handlers for line in one.body)])
                self._all([*orelse, *final])
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=value, attr=attr)) as call):
                origin = self.origin(call)
                if attr in FILLING:
                    self._add(value, origin)
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                for alias in names:
                    self._env[(alias.asname or alias.name).split(".")[0]] = Origin.OWN
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.origin(child)
                    elif isinstance(child, ast.stmt):
                        self.statement(child)

    def origin(self, node: ast.expr) -> Origin:
        """Return the origin of an expression's value, and note the comparisons in it."""
        match node:
            case ast.Name(id=name):
                return self._env.get(name, Origin.OWN)
            case ast.Attribute(value=value, attr=attr):
                origin = self.origin(value)
                if attr in WEIGHTS and Origin.STUDENT in origin:
                    return Origin.EVIDENCE
                return origin
            case ast.Subscript(value=value, slice=index):
                self.origin(index)  # who chooses the place does not make the value
                return self.origin(value)
            case ast.Call():
                return self._call(node)
            case ast.Compare(left=left, ops=operators, comparators=others):
                origins = [self.origin(side) for side in (left, *others)]
                for place, operator in enumerate(operators):
                    # Which of the student's objects an object is, only they can say.
                    if not isinstance(operator, ast.Is | ast.IsNot):
                        self._note(node, origins[place], [others[place]], place=place)
                return _any(origins)
            case ast.NamedExpr(target=target, value=value):
                self._bind_from(target, value)
                return self.origin(value)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.origin(test)
                return self.origin(body) | self.origin(orelse)
            case ast.Lambda(args=arguments, body=body):
                return self._function(arguments, [ast.Return(body)])
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node)
        children = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        return _any(self.origin(child) for child in children)

    def _call(self, node: ast.Call) -> Origin:
        values = [*node.args, *(word.value for word in node.keywords)]
        given = _any(self.origin(value) for value in values)
        name = called(node)
        last = name.rpartition(".")[2]
        if last == "clean_copy":
            return Origin.EVIDENCE
        if name in INSIDE:
            return Origin.STUDENT | Origin.EVIDENCE
        if name == "check.call" and node.args:
            return given | self._done_by(node.args[0])
        if name.startswith("check.") and last in EXPECTED:
            self._note_check(node, last)
            return Origin.OWN
        if last in SAME and len(node.args) > 1:
            self._note(node, self.origin(node.args[0]), [node.args[1]])
        if isinstance(node.func, ast.Attribute):
            return self._method(node.func, given)
        return given | self._done_by(node.func)

    def _method(self, function: ast.Attribute, given: Origin) -> Origin:
        origin = self.origin(function)
        if function.attr in WORK and Origin.STUDENT in origin:
            return origin | given | Origin.EVIDENCE
        return origin | given

    def _done_by(self, function: ast.expr) -> Origin:
        """Return the origin of what a call of `function` gives, its arguments apart."""
        origin = self.origin(function)
        answer = isinstance(function, ast.Name) and function.id in self._exercises
        return origin | Origin.EVIDENCE if Origin.STUDENT in origin and not answer else origin

    def _function(self, arguments: ast.arguments, body: list[ast.stmt]) -> Origin:
        outer, self._env = self._env, dict(self._env)
        returned, self._returned = self._returned, Origin.OWN
        for argument in ast.walk(arguments):
            if isinstance(argument, ast.arg):
                self._env[argument.arg] = Origin.OWN
        self._all(body)
        result, self._returned, self._env = self._returned, returned, outer
        return result

    def _comprehension(self, node: ast.expr) -> Origin:
        outer, self._env = self._env, dict(self._env)
        for part in node.generators:
            self._bind_items(part.target, part.iter)
            for condition in part.ifs:
                self.origin(condition)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        result = _any(self.origin(part) for part in parts)
        self._env = outer
        return result

    def _all(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self.statement(statement)

    def _bind_from(self, target: ast.expr, value: ast.expr) -> None:
        parts, values = getattr(target, "elts", ()), getattr(value, "elts", ())
        if not parts or len(parts) != len(values):
            self._bind(target, self.origin(value))
            return
        for one, origin in zip(parts, [self.origin(one) for one in values], strict=True):
            self._bind(one, origin)

    def _bind_items(self, target: ast.expr, source: ast.expr) -> None:
        """Bind a loop's target: by places where it goes through `zip` or `enumerate`."""
        if isinstance(target, ast.Tuple) and isinstance(source, ast.Call):
            name = called(source)
            if name == "zip" and len(target.elts) == len(source.args):
                for one, items in zip(target.elts, source.args, strict=True):
                    self._bind_items(one, items)
                return
            if name == "enumerate" and len(target.elts) == 2 and source.args:
                self._bind(target.elts[0], Origin.OWN)
                self._bind_items(target.elts[1], source.args[0])
                return
        self._bind(target, self.origin(source))

    def _bind(self, target: ast.expr, origin: Origin) -> None:
        match target:
            case ast.Name(id=name):
                self._set(name, origin)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._bind(part, origin)
            case ast.Starred(value=value):
                self._bind(value, origin)
            case ast.Subscript() | ast.Attribute():
                self._add(target, origin)

    def _add(self, target: ast.expr, origin: Origin) -> None:
        """Add an origin to the name at the root of a target, which keeps those that it has."""
        while isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
            target = target.value
        if isinstance(target, ast.Name):
            self._set(target.id, self._env.get(target.id, Origin.OWN) | origin)

    def _set(self, name: str, origin: Origin) -> None:
        self._env[name] = origin
        if Origin.STUDENT in origin:
            self.students.add(name)

    def _note_check(self, node: ast.Call, method: str) -> None:
        places, words = EXPECTED[method]
        expected = [node.args[place] for place in places if place < len(node.args)]
        expected += [word.value for word in node.keywords if word.arg in words]
        value = [word.value for word in node.keywords if word.arg == "value"]
        origin = _any(self.origin(one) for one in (node.args[:1] or value))
        self._note(node, origin, expected, method=method)

    def _note(
        self,
        node: ast.expr,
        value: Origin,
        expected: list[ast.expr],
        place: int = 0,
        method: str = "",
    ) -> None:
        key = (node.lineno, node.col_offset, place)
        names = {
            one.id
            for side in expected
            for one in ast.walk(side)
            if isinstance(one, ast.Name) and Origin.STUDENT in self._env.get(one.id, Origin.OWN)
        }
        found = Comparison(
            line=node.lineno,
            text=ast.unparse(node),
            value=value,
            expected=_any(self.origin(side) for side in expected),
            names=tuple(sorted(names)),
            is_mutual=not method,
            by_value=not method or method in BY_VALUE,
            on_purpose=bool(self._purposes & {*range(node.lineno, (node.end_lineno or 0) + 1)}),
        )
        # The second round of a loop may know more.
        before = self.found.get(key)
        if before is None or (found.is_circular, found.is_evidence) != (False, False):
            self.found[key] = found


def _any(origins: Iterable[Origin]) -> Origin:
    return reduce(or_, origins, Origin.OWN)
