"""Apply every rule to every lab and collect what they find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from authoring.errors import AuthoringError
from authoring.rules import (
    files,
    inside,
    names,
    proofs,
    scores,
    structure,
    tests,
    trust,
    truths,
    workload,
)
from authoring.rules.lab import Finding, Lab, Rule

RULES: list[Rule] = [
    *files.RULES,
    *structure.RULES,
    *names.RULES,
    *workload.RULES,
    *tests.RULES,
    *trust.RULES,
    *truths.RULES,
    *inside.RULES,
    *proofs.RULES,
    *scores.RULES,
]


def check(root: Path, labs: list[str]) -> Iterator[Finding]:
    """Yield everything that the rules find in ``labs``, each finding once."""
    for name in labs:
        lab = Lab(root, name)
        told: set[str] = set()
        for rule in RULES:
            for finding in _apply(rule, lab):
                # A file that cannot be read stops several rules, with the same words.
                if str(finding) not in told:
                    told.add(str(finding))
                    yield finding


def _apply(rule: Rule, lab: Lab) -> Iterator[Finding]:
    try:
        yield from rule(lab)
    except AuthoringError as error:
        yield Finding(lab.folder, "lab", str(error).replace(f"{lab.root}/", ""))
