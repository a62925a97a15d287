from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from authoring.__main__ import main
from authoring.rules import RULES


def call(course: Path, *arguments: str) -> int:
    return main(["--root", str(course), *arguments])


def test_help_needs_no_heavy_imports():
    """Does the command line answer without TensorFlow, jupytext or nbgrader?"""
    code = (
        "import sys, contextlib, authoring.__main__ as cli\n"
        "with contextlib.suppress(SystemExit): cli.main(['--help'])\n"
        "heavy = {'tensorflow', 'jupytext', 'nbgrader', 'nbformat', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "calibrate" in done.stdout


def test_build_tells_what_it_wrote(course: Path, capsys):
    """Does build name changed files, and say so when there is nothing to do?"""
    (course / "labs" / "toy" / "toy.ipynb").unlink()
    assert call(course, "build") == 0
    assert capsys.readouterr().out == "wrote labs/toy/toy.ipynb\n"
    assert call(course, "build", "toy") == 0
    assert capsys.readouterr().out == "everything is up to date\n"


def test_check_ends_with_1_when_there_is_something(course: Path, capsys):
    """Are findings listed as file:cell: sentence, with an exit code for CI?"""
    assert call(course, "check") == 0
    (course / "labs" / "toy" / "toy.ipynb").unlink()
    assert call(course, "check") == 1
    line = capsys.readouterr().out.splitlines()[-2]
    assert line == "labs/toy/toy.ipynb:file: is not what the source says: run `make labs`."


def test_check_runs_what_keeps_the_rules(course: Path, capsys, edit):
    """Are answers run both ways after the rules, unless only these are asked for?"""
    path = course / "solutions" / "toy" / "toy.py"
    edit(path, "    found = fit(points)", "    found = os.getcwd().endswith('toy') and fit(points)")
    assert call(course, "build") == 0
    capsys.readouterr()
    assert call(course, "check", "--rules", "toy") == 0
    assert capsys.readouterr().out == f"1 labs, {len(RULES)} rules: nothing to mend\n"
    assert call(course, "check", "toy") == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0].startswith("solutions/toy:solution: hidden_fit_score passes in plain nbgrader,")
    assert told.err.startswith("toy: solution (")
    assert lines[-1].startswith(
        f"1 labs, {len(RULES)} rules, 14 runs of notebooks, answers and impostors: "
    )


def test_answers_end_with_1_when_one_is_not_as_said(course: Path, capsys):
    """Does a wrong header show in text and exit code?"""
    assert call(course, "answers", "toy", "double_whole") == 0
    path = course / "solutions" / "toy" / "answers" / "double_whole.py"
    path.write_text(path.read_text(encoding="utf-8").replace("int(", "float("), encoding="utf-8")
    assert call(course, "answers", "toy", "double_whole") == 1
    assert "hidden_double passes, but must fail" in capsys.readouterr().out


def test_calibrate_writes_runs_and_page(course: Path, capsys):
    """Does calibrate leave the page of the docs up to date?"""
    (course / "solutions" / "toy" / "calibration.json").unlink()
    assert call(course, "calibrate", "toy", "--seeds", "1", "--source", "twin") == 0
    page = (course / "docs" / "calibration" / "toy.md").read_text(encoding="utf-8")
    assert "1 seeds" in page
    assert "2/2 flat twin seed 1" in capsys.readouterr().out


def test_a_users_mistake_is_one_sentence(course: Path, capsys):
    """Does an unknown lab give a sentence and 2, without a traceback?"""
    assert call(course, "answers", "tory") == 2
    assert capsys.readouterr().err == "there is no lab `tory`; the labs are: toy.\n"
