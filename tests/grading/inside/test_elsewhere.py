"""Tests of cells that were written for another machine."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from grading.inside.elsewhere import ColabModules, forgive_magics


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    made = InteractiveShell()
    forgive_magics(made)
    return made


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("%everything\nx = 3", "%everything does nothing here"),
        ("%%everything now\nx = 3", "%%everything does nothing here"),
        ("%load_ext everything\nx = 3", "%load_ext everything does nothing here"),
        ("%time x = 3", ""),
        ("%%capture\nx = 3", ""),
    ],
)
def test_a_cell_goes_on(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, said: str
) -> None:
    """Does a cell go on after a magic that is not there, with a warning, and one that is there work?"""
    shell.user_ns.pop("x", None)
    assert shell.run_cell(cell).success
    assert shell.user_ns["x"] == 3
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("%%everything\n1 / 0", ZeroDivisionError),
        ("%time import everything", ModuleNotFoundError),
        ("%load_ext", UsageError),
    ],
)
def test_errors_stay(shell: InteractiveShell, cell: str, error: type) -> None:
    """Is an error of the cell's, or of a magic that is there, one still?"""
    assert isinstance(shell.run_cell(cell).error_in_exec, error)


def test_colab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Do Colab's modules import, and their functions say that they do nothing?"""
    for name in [name for name in sys.modules if name.startswith("google.colab")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, ColabModules()])
    drive = importlib.import_module("google.colab.drive")
    assert drive.mount("/content/drive") == {}
    assert capsys.readouterr().err == "google.colab.drive.mount does nothing here: it is Colab's.\n"
    assert not hasattr(drive, "__wrapped__")
    for name in [name for name in sys.modules if name.startswith("google.colab")]:
        monkeypatch.delitem(sys.modules, name)


def test_nothing_else_is_found() -> None:
    """Is a package that is not there missing as before, and `google` what its packages make of it?"""
    finder = ColabModules()
    assert finder.find_spec("everything", None) is None
    assert finder.find_spec("google.colaboratory", None) is None
    code = (
        "import sys; from grading.inside.elsewhere import ColabModules\n"
        "sys.meta_path.append(ColabModules())\n"
        "from google.colab import files\nimport google.protobuf\nprint(files.upload())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "{}\n"
