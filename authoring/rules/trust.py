"""Rules on what a hidden test trusts: the referee's own values, never the student's word alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from authoring.pycode import called, pairs
from authoring.rules.lab import Finding, Lab, Rule
from authoring.source import Cell

# Who asks a result for one of these takes it for a model or a layer.
LIVE = frozenset({
    "build", "compile", "count_params", "evaluate", "fit", "get_config", "get_layer", "get_weights",
    "input_shape", "layers", "non_trainable_weights", "optimizer", "output_shape", "predict",
    "predict_on_batch", "set_weights", "summary", "test_on_batch", "train_on_batch", "trainable",
    "trainable_variables", "trainable_weights",
})  # fmt: skip
FRAMEWORKS = ("keras.", "layers.", "models.", "tf.keras.")
SHARE = 0.5


def expected_values_are_the_referees(lab: Lab) -> Iterator[Finding]:
    """A hidden test compares with no value that the student's process chose."""
    for cell in lab.python("hidden"):
        for one in lab.follow(cell).comparisons:
            if one.is_circular and not one.on_purpose:
                names = ", ".join(f"`{name}`" for name in one.names) or "the student's side"
                yield lab.at(
                    cell,
                    f"line {one.line}, `{_short(one.text)}`, compares with what comes from {names},"
                    " which the student chooses: expect a value that the test computes itself, from"
                    " its own inputs, `get_weights()` or `labkit.clean_copy(model)`; a relation"
                    " between two results ends its line in `# on purpose: …`.",
                )


def live_results_are_proved(lab: Lab) -> Iterator[Finding]:
    """Half of the hidden points for a model or other live object hang on what the referee compares.

    A live object can lie about its attributes. It cannot know what is right for hidden inputs.
    """
    for name, exercise in lab.source.exercises.items():
        functions = lab.names(exercise).bound
        tests = [test for test in lab.source.tests_of(name) if lab.is_python(test)]
        if not any(_is_asked(test, functions) for test in tests):
            continue
        hidden = [test for test in tests if test.kind == "hidden"]
        total = sum(test.points or 0 for test in hidden)
        proved = sum(test.points or 0 for test in hidden if _is_evidence(lab, test))
        if proved < SHARE * total:
            yield lab.at(
                exercise,
                f"gives a live object, and {proved:g} of its {total:g} hidden points hang on values"
                f" that only the referee compares; make it {SHARE:.0%}: predictions on hidden inputs"
                " against the test's own, `labkit.clean_copy(model)`, weights before and after.",
            )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _is_evidence(lab: Lab, test: Cell) -> bool:
    return any(one.is_evidence for one in lab.follow(test).comparisons)


def _is_asked(test: Cell, functions: frozenset[str]) -> bool:
    """Tell whether a test takes what an exercise's functions return for a live object."""
    tree = ast.parse(test.source)
    made = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for one, value in pairs(node)
        for target in ast.walk(one)
        if isinstance(target, ast.Name) and _makes(value, functions)
    }

    def is_made(node: ast.expr) -> bool:
        return _makes(node, functions) or (isinstance(node, ast.Name) and node.id in made)

    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in LIVE and is_made(node.value):
            return True
        if not isinstance(node, ast.Call):
            continue
        name, given = called(node), node.args
        if is_made(node.func):
            return True
        if given and is_made(given[0]) and (name == "check.call" or name.endswith("clean_copy")):
            return True
        if name == "check.instance" and len(given) > 1 and is_made(given[0]):
            classes = ast.unparse(given[1]).strip("()").split(", ")
            if any(one.startswith(FRAMEWORKS) for one in classes):
                return True
    return False


def _makes(node: ast.expr, functions: frozenset[str]) -> bool:
    """Tell whether an expression is a call of one of these functions, `check.call` or direct."""
    if not isinstance(node, ast.Call):
        return False
    name = called(node)
    if name == "check.call" and node.args and isinstance(node.args[0], ast.Name):
        name = node.args[0].id
    return name in functions


RULES: list[Rule] = [expected_values_are_the_referees, live_results_are_proved]
