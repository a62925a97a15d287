"""Settings: what stands in grader_config.py is checked, and each mistake is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from traitlets.config import Config

from grading.config import Grader, read_config, read_grader, setting
from grading.errors import SetupError
from grading.sandbox import ROOT


def read(folder: Path, text: str) -> Grader:
    """Read settings as a course does."""
    (folder / "grader_config.py").write_text(f"c = get_config()\n{text}\n")
    return read_grader(read_config(folder))


def test_defaults(tmp_path: Path) -> None:
    """Do the defaults hold where there is no file, and those of the project say the same?"""
    defaults = read_grader(read_config(tmp_path))
    project = read_grader(read_config(ROOT))
    assert defaults.budget == project.budget
    assert not defaults.needs_gpu("lab")
    assert defaults.roster == {}


def test_settings(tmp_path: Path) -> None:
    """Do all settings arrive, in the budget too?"""
    grader = read(
        tmp_path,
        "c.Grader.cell_seconds = 7\nc.Grader.roster = {'ada': 'digits'}\nc.Grader.workers = 3",
    )
    assert (grader.budget.cell_seconds, grader.workers) == (7, 3)
    assert grader.roster == {"ada": "digits"}


@pytest.mark.parametrize(
    ("value", "needed"), [("True", True), ("False", False), ("['lab']", True), ("['x']", False)]
)
def test_require_gpu(tmp_path: Path, value: str, needed: bool) -> None:
    """Is a GPU required of all labs, of none or of those named?"""
    assert read(tmp_path, f"c.Grader.require_gpu = {value}").needs_gpu("lab") is needed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("c.Grader.worker = 2", "c.Grader.worker in grader_config.py is no setting"),
        ("c.Grader.workers = 'two'", "workers"),
        ("c.Grader.workers = 0", "workers"),
        ("c.Grader.memory_mb = 1", "memory_mb"),
        ("c.Grader.cell_seconds = 1.5", "cell_seconds"),
        ("c.Grader.roster = {'ada': 7}", "roster"),
        ("c.Grader.roster = ['ada']", "roster"),
        ("c.Grader.require_gpu = 'yes'", "require_gpu"),
        ("c.Grader.course_key = 7", "course_key"),
        ("1 / 0", "ZeroDivisionError"),
        ("this is no Python", "SyntaxError"),
        ("load_subconfig('missing.py')\nundefined", "NameError"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, line: str, words: str) -> None:
    """Does every mistake name what is wrong, without a traceback?"""
    with pytest.raises(SetupError, match=r"grader_config\.py") as caught:
        read(tmp_path, line)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nbgraders_settings() -> None:
    """Is one of nbgrader's settings found, or its default?"""
    config = Config()
    assert setting(config, "CourseDirectory", "course_id", "x") == "x"
    config.CourseDirectory.course_id = "deep"
    assert setting(config, "CourseDirectory", "course_id", "x") == "deep"
