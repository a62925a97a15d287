"""The cases, a module for each family."""

from __future__ import annotations

from tests.integrity.cases import (
    ending,
    files,
    habits,
    handed,
    libraries,
    lying,
    models,
    noise,
    odd,
    partial,
    peeking,
    reaching,
    verdicts,
    wire,
    written,
)

FAMILIES = (
    verdicts,
    lying,
    libraries,
    peeking,
    wire,
    written,
    handed,
    partial,
    models,
    noise,
    odd,
    files,
    habits,
    ending,
    reaching,
)
