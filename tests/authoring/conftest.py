"""A small course with one lab, in pure Python, that keeps every rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from authoring.build import build
from authoring.calibrate import calibrate


@pytest.fixture(scope="session")
def finished_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the course, built and calibrated; tests copy it before they change it."""
    root = tmp_path_factory.mktemp("finished") / "course"
    shutil.copytree(Path(__file__).with_name("course"), root)
    calibrate(root, "toy", seeds=10, variants=[], origins=["real", "twin"], tell=lambda line: None)
    build(root, ["toy"])
    return root


@pytest.fixture
def course(finished_course: Path, tmp_path: Path) -> Path:
    """Return a copy of the course that a test may change."""
    return Path(shutil.copytree(finished_course, tmp_path / "course"))


@pytest.fixture
def script(tmp_path: Path):
    """Return a function that writes a percent script and returns its path."""

    def write(text: str) -> Path:
        path = tmp_path / "script.py"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def edit():
    """Return a function that replaces words in a file, and fails if they are not there."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
