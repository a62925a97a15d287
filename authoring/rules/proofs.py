"""Rules on answers and mistakes: every hidden test is proved, every mistake has its answer."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.answers import WHOLE
from authoring.rules.lab import Finding, Lab, Rule

MISTAKE_FIELDS = ("id", "source", "answer", "test")
RIGHT_NOTEBOOKS = 2


def hidden_tests_have_a_wrong_answer(lab: Lab) -> Iterator[Finding]:
    """Every hidden test of an exercise is failed by at least one answer."""
    failed = {test for answer in lab.answers for test in answer.fails}
    for cell in lab.source.cells:
        if cell.kind == "hidden" and cell.exercise and cell.id not in failed:
            yield lab.at(cell, f"no answer fails it: add one with `fails: {cell.id}`.")


def answers_name_what_exists(lab: Lab) -> Iterator[Finding]:
    """An answer replaces exercises of this lab and fails tests of its own exercise."""
    for answer in lab.answers:
        path = answer.path.relative_to(lab.root)
        for name in sorted(set(answer.cells) - set(lab.source.exercises)):
            yield Finding(path, name, f"{lab.name} has no exercise `{name}`: correct the name.")
        own = [
            test.id
            for test in lab.source.cells
            if test.is_test and answer.exercise in (WHOLE, test.exercise)
        ]
        for name in answer.fails:
            if name not in own:
                known = ", ".join(own) or "none"
                yield Finding(path, "fails", f"`{name}` is none of its tests, which are: {known}.")


def two_right_notebooks(lab: Lab) -> Iterator[Finding]:
    """Two right answers in another style replace exercises of the whole notebook."""
    right = [one for one in lab.answers if one.exercise == WHOLE and not one.fails]
    if len(right) < RIGHT_NOTEBOOKS:
        yield Finding(
            lab.folder / "answers",
            "right",
            f"{len(right)} right answers are for the whole notebook (`exercise: {WHOLE}`): write"
            f" {RIGHT_NOTEBOOKS}, in another style than the solution.",
        )


def mistakes_are_proved(lab: Lab) -> Iterator[Finding]:
    """Every [[mistake]] has id, source, answer and test, and that answer fails that test."""
    answers = {answer.path.name: answer for answer in lab.answers}
    tests = {cell.id for cell in lab.source.cells if cell.is_test}
    ids: set[str] = set()
    for number, mistake in enumerate(lab.file.mistakes, start=1):
        entry = f"mistake {mistake.get('id', number)}"
        missing = [name for name in MISTAKE_FIELDS if not mistake.get(name)]
        if missing:
            yield lab.in_file(f"has no {' and no '.join(missing)}: add it.", entry)
            continue
        if mistake["id"] in ids:
            yield lab.in_file("this id is used twice: rename one.", entry)
        ids.add(mistake["id"])
        answer = answers.get(f"{str(mistake['answer']).removesuffix('.py')}.py")
        if answer is None:
            yield lab.in_file(f"answer `{mistake['answer']}` is not in answers/: write it.", entry)
        elif mistake["test"] not in tests:
            yield lab.in_file(f"test `{mistake['test']}` does not exist: correct it.", entry)
        elif mistake["test"] not in answer.fails:
            yield lab.in_file(
                f"answer `{answer.name}` does not say that it fails `{mistake['test']}`: add it to"
                " its `fails:` line, or name another test.",
                entry,
            )
    if not lab.file.mistakes:
        yield lab.in_file(
            "there is no [[mistake]]: list those that the sources warn of.", "mistake"
        )


RULES: list[Rule] = [
    hidden_tests_have_a_wrong_answer,
    answers_name_what_exists,
    two_right_notebooks,
    mistakes_are_proved,
]
