"""Tests of labkit.versions."""

from __future__ import annotations

import importlib.metadata
import sys
from email.message import Message
from pathlib import Path
from types import SimpleNamespace

import pytest

from labkit import versions

PYPROJECT = """
[project]
requires-python = ">=3.11,<3.14"
dependencies = ["numpy>=2.0", "tensorflow>=2.18", "keras>=3.10", "tqdm>=4.66"]
"""


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pretend a supported installation, with bounds of our own."""
    path = tmp_path / "pyproject.toml"
    path.write_text(PYPROJECT, encoding="utf-8")
    monkeypatch.setattr(versions, "_PYPROJECT", path)
    monkeypatch.setattr(sys, "version_info", (3, 12, 1, "final", 0))
    for name, version in [("numpy", "2.0.0"), ("tensorflow", "2.20.0-rc0"), ("keras", "3.15.1")]:
        monkeypatch.setitem(sys.modules, name, SimpleNamespace(__version__=version))


def test_supported() -> None:
    """Is a supported installation fine, its lowest version included?"""
    assert versions.version_problems() == []


def test_too_old_and_too_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does each problem say what is there, what is needed and how to get it?"""
    monkeypatch.setattr(sys, "version_info", (3, 14, 0, "final", 0))
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(__version__="2.15.0"))
    assert versions.version_problems() == [
        "Python 3.14.0, supported is >=3.11,<3.14",
        "keras 2.15.0, needed is keras>=3.10: pip install 'keras>=3.10'",
    ]


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a package that is not there reported instead of raising?"""
    monkeypatch.delitem(sys.modules, "keras")

    def nothing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", nothing)
    assert versions.version_problems() == ["no keras, needed is keras>=3.10"]


def test_bounds_of_an_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a checkout, do the bounds come from the installed package?"""
    metadata = Message()
    metadata["Requires-Python"] = "<3.14,>=3.11"
    for line in ("numpy>=2.0", "keras>=9", 'tensorflow>=99; extra == "dev"'):
        metadata["Requires-Dist"] = line
    monkeypatch.setattr(versions, "_PYPROJECT", Path("absent"))
    monkeypatch.setattr(importlib.metadata, "metadata", lambda name: metadata)
    assert [problem.split(",")[0] for problem in versions.version_problems()] == ["keras 3.15.1"]


@pytest.mark.parametrize("bound", ["==1.0", "~=2.1", "1.0"])
def test_other_bounds_are_refused(bound: str) -> None:
    """Is a bound that this module cannot read an error, not silently passed?"""
    with pytest.raises(ValueError, match="no bound"):
        versions._fits("1.0", bound)
