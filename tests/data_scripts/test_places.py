"""Tests of the environment variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_scripts import places
from data_scripts.errors import DataError


def test_cache_moves_with_labs_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the cache where LABS_DATA says, and not made by asking?"""
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "else"))
    assert places.cache_folder() == tmp_path / "else"
    assert not (tmp_path / "else").exists()


def test_cache_lies_in_the_platforms_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the default a folder of our own in the platform's cache?"""
    monkeypatch.delenv("LABS_DATA")
    assert "deep-learning-labs" in places.cache_folder().parts


@pytest.mark.parametrize(("value", "allowed"), [("", True), ("0", True), ("1", False)])
def test_offline(monkeypatch: pytest.MonkeyPatch, value: str, allowed: bool) -> None:
    """Which values of LABS_OFFLINE forbid the network?"""
    monkeypatch.setenv("LABS_OFFLINE", value)
    assert places.network_allowed() is allowed


def test_argument_goes_before_labs_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who decides which data is used?"""
    assert places.wanted_source(None) is None
    monkeypatch.setenv("LABS_SOURCE", "twin")
    assert places.wanted_source(None) == "twin"
    assert places.wanted_source("real") == "real"


def test_wrong_source_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a typing error say where it is and what is possible?"""
    monkeypatch.setenv("LABS_SOURCE", "rael")
    with pytest.raises(DataError, match="LABS_SOURCE is 'rael': use 'real' or 'twin'"):
        places.wanted_source(None)
