"""Tests of keys that change with code."""

from __future__ import annotations

from pathlib import Path

import pytest

import data_scripts
from data_scripts import sources

MODULES = {
    "first": "from data_scripts.second import f\nimport json, data_scripts.third\n",
    "second": "def f():\n    from data_scripts import fourth\n",
    "third": "import data_scripts.first  # a circle\n",
    "fourth": "",
    "stranger": "",
    "twins/one": "from data_scripts.twins import two\nfrom data_scripts.second import f\n",
    "twins/two": "",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with modules that count as some of the package."""
    (tmp_path / "twins").mkdir()
    for name, code in MODULES.items():
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(data_scripts, "__path__", [str(tmp_path)])
    return tmp_path


def _key(module: str, within: str) -> str:
    sources.code_key.cache_clear()
    return sources.code_key(module, within)


@pytest.mark.parametrize(
    ("changed", "counts"),
    [("first", True), ("second", True), ("third", True), ("fourth", True), ("stranger", False)],
)
def test_key_changes_with_what_is_imported(folder: Path, changed: str, counts: bool) -> None:
    """Do the module, what it imports and what that imports count, and nothing else?"""
    before = _key("data_scripts.first", "data_scripts")
    assert _key("data_scripts.first", "data_scripts") == before
    (folder / f"{changed}.py").write_text("# another one", encoding="utf-8")
    assert (_key("data_scripts.first", "data_scripts") != before) is counts


@pytest.mark.parametrize(
    ("changed", "counts"), [("twins/one", True), ("twins/two", True), ("second", False)]
)
def test_key_stays_within_a_package(folder: Path, changed: str, counts: bool) -> None:
    """Does what lies outside of the package that was named not count?"""
    before = _key("data_scripts.twins.one", "data_scripts.twins")
    (folder / f"{changed}.py").write_text("# another one", encoding="utf-8")
    assert (_key("data_scripts.twins.one", "data_scripts.twins") != before) is counts


def test_code_that_is_not_here_has_a_key() -> None:
    """Has a set without a module of its own a key too?"""
    assert _key("data_scripts.gone", "data_scripts")


@pytest.fixture(autouse=True)
def _forget() -> None:
    sources.code_key.cache_clear()
