"""Rules on test cells: what each exercise needs, and what a test may not do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from authoring.pycode import checks_in
from authoring.rules.lab import Finding, Lab, Rule
from authoring.source import TEST_KINDS


def every_exercise_is_tested(lab: Lab) -> Iterator[Finding]:
    """Every exercise has a visible and a hidden test."""
    for name, cell in lab.source.exercises.items():
        for kind, word in (("test", "visible"), ("hidden", "hidden")):
            if not lab.source.tests_of(name, (kind,)):
                yield lab.at(cell, f'has no {word} test: add a cell `# %% {kind}="{name}"`.')


def tests_follow_an_exercise(lab: Lab) -> Iterator[Finding]:
    """A test with points belongs to an exercise and stands behind it."""
    seen: set[str] = set()
    for cell in lab.source.cells:
        if cell.kind == "exercise":
            seen.add(cell.id)
        elif cell.is_test and cell.exercise is None and cell.points:
            yield lab.at(cell, "tests no exercise of this lab: correct its name, or give 0 points.")
        elif cell.is_test and cell.exercise and cell.exercise not in seen:
            yield lab.at(cell, f"stands before exercise `{cell.exercise}`: move it behind.")


def tests_are_one_check(lab: Lab) -> Iterator[Finding]:
    """A test cell is one `with lab.check(title, hint=…) as check:` with literal strings."""
    for cell in lab.python(*TEST_KINDS):
        checks = checks_in(cell.source)
        if len(checks) != 1:
            yield lab.at(cell, f"has {len(checks)} `with lab.check(…)`: a test cell has one.")
        elif not checks[0].title or not checks[0].hint:
            yield lab.at(cell, "needs a title and a hint as plain strings: the grader reads them.")


def tests_stay_public(lab: Lab) -> Iterator[Finding]:
    """Tests ask no object for its exact type, source, graph or private attributes."""
    for cell in lab.python(*TEST_KINDS):
        for what in sorted(
            {found for node in ast.walk(ast.parse(cell.source)) for found in _private(node)}
        ):
            yield lab.at(cell, f"uses {what}: test what the exercise asked for by its behaviour.")


def _private(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and any(
        re.match(r"type\(.*\)(\.\w+)*$", ast.unparse(side))
        for side in (node.left, *node.comparators)
    ):
        yield "`type(…)` in a comparison"
    elif isinstance(node, ast.Attribute):
        if node.attr.startswith("_") and node.attr not in ("__doc__", "__name__"):
            yield f"the private attribute `{node.attr}`"
        elif node.attr == "graph" or ast.unparse(node) == "inspect.getsource":
            yield f"`{ast.unparse(node)}`"
    elif isinstance(node, ast.ImportFrom) and node.module == "inspect":
        yield "`from inspect import`"


def demos_are_not_needed(lab: Lab) -> Iterator[Finding]:
    """Grading skips demo cells, so no other cell uses a name that only a demo binds."""
    demos: dict[str, str] = {}
    others: set[str] = set()
    for cell in lab.python():
        names = lab.names(cell)
        if cell.kind == "demo":
            demos |= dict.fromkeys(names.bound, cell.id)
            continue
        for name in sorted(names.used - names.bound - others):
            if name in demos:
                yield lab.at(
                    cell,
                    f"uses `{name}` from demo cell `{demos[name]}`, which grading skips: make that"
                    " cell a given one, or bind the name elsewhere.",
                )
        others |= names.bound


def numbers_of_questions_exist(lab: Lab) -> Iterator[Finding]:
    """The numbers that stand beside a written answer are names that grading has."""
    bound = {name for cell in lab.python() if cell.kind != "demo" for name in lab.names(cell).bound}
    for cell in lab.source.cells:
        for name in cell.numbers:
            if name not in bound:
                yield lab.at(cell, f"no cell that grading runs binds `{name}`: correct `numbers`.")


RULES: list[Rule] = [
    every_exercise_is_tested,
    tests_follow_an_exercise,
    tests_are_one_check,
    tests_stay_public,
    demos_are_not_needed,
    numbers_of_questions_exist,
]
