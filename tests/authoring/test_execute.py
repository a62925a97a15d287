from __future__ import annotations

import os

import pytest

from authoring.errors import RunFailed
from authoring.execute import Session, describe, environment
from authoring.source import Cell


def cell(code: str, points: float | None = None) -> Cell:
    return Cell("test" if points else "given", code, "a_cell", points=points)


def test_cells_share_their_names_and_keep_quiet(capsys):
    """Does a later cell see what an earlier one bound, and is output kept aside?"""
    session = Session()
    session.run(cell("x = 2\nprint('seen')"))
    assert session.run(cell("display(x)\nx + 1")) == 3
    assert capsys.readouterr().out == ""
    assert session.printed.getvalue() == "seen\n2\n"
    assert session.seconds["a_cell"] >= 0


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("x = 1", ""),
        ("2", ""),
        ("True", ""),
        ("1.5", "1.5 of 2 points"),
        ("raise ValueError('no\\nway')", "ValueError: no way"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("this is no Python", "SyntaxError"),
    ],
)
def test_a_test_gives_full_points_or_a_reason(code: str, why: str):
    """Do exceptions and partial credit count as failed, and all else as passed?"""
    judged = Session().judge(cell(code, points=2)).why
    assert judged.startswith(why) if why else judged == ""


def test_the_solution_may_not_raise():
    """Does the name of a cell of the solution that raises come with the reason?"""
    with pytest.raises(RunFailed, match="`a_cell` raised ZeroDivisionError"):
        Session().run_solution([cell("1 / 0")])


def test_the_environment_comes_back(monkeypatch):
    """Are variables set, removed and restored?"""
    monkeypatch.setenv("LABS_SEED", "1")
    monkeypatch.delenv("LABS_MODE", raising=False)
    with environment(LABS_SEED=None, LABS_MODE="fast"):
        assert "LABS_SEED" not in os.environ
        assert os.environ["LABS_MODE"] == "fast"
    assert os.environ["LABS_SEED"] == "1"
    assert "LABS_MODE" not in os.environ


def test_an_exception_in_one_line():
    """Is an exception without text named all the same?"""
    assert describe(KeyError()) == "KeyError"
