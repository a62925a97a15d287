"""Tests of labkit/__init__.py."""

from __future__ import annotations

from types import ModuleType

import labkit


def test_all_is_what_is_there() -> None:
    """Does __all__ name every public thing, and nothing that does not exist?"""
    offered = {"drawing", "plots"}
    public = {
        name
        for name, value in vars(labkit).items()
        if not name.startswith("_") and (name in offered or not isinstance(value, ModuleType))
    }
    public.discard("annotations")  # the import from __future__
    assert set(labkit.__all__) == public
