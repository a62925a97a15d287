"""Tests of labkit.needs."""

from __future__ import annotations

from typing import Any

import pytest

from labkit.needs import Needs


def run(code: str, **names: Any) -> dict[str, Any]:
    namespace = {"__name__": "__main__", "Needs": Needs, **names}
    exec(code, namespace)
    return namespace


def test_right_answer_runs() -> None:
    """Does the body run, and do its names stay?"""
    names = run("with Needs(('f',)): x = f()", f=lambda: 5)
    assert names["x"] == 5


def test_placeholder_waits(capsys: pytest.CaptureFixture[str]) -> None:
    """Does the cell say which exercise to finish first, and run on?"""
    code = """
def prepare(x):
    raise NotImplementedError()
with Needs(("build", "prepare")):
    x = prepare(1)
"""
    run(code)
    assert (
        "This cell waits: finish `prepare` first, run its cell and those below"
        in capsys.readouterr().out
    )


def test_what_follows_waits_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Does a cell that misses an earlier cell's result wait, naming the exercises and the name?"""
    run("with Needs(('prepare', 'label', 'build')): build(x_train)", build=len)
    out = capsys.readouterr().out
    assert "finish `prepare`, `label` and `build` first, run their cells and those below" in out
    assert "Missing: `x_train`" in out


def test_given_helper_that_misses_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    """Does a given function that uses a missing result wait as well?"""
    run("def show():\n    return model\nwith Needs(('build',)): show()")
    assert "Missing: `model`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("return imgaes", NameError),
        ("if False: y = 1\n    return y", UnboundLocalError),
        ("return 1 / 0", ZeroDivisionError),
        ("raise NotImplementedError('no call method')", NotImplementedError),
    ],
)
def test_error_of_a_written_exercise_is_left_alone(body: str, error: type[Exception]) -> None:
    """Does the student still see the errors of code that is written?"""
    with pytest.raises(error):
        run(f"def prepare():\n    {body}\nwith Needs(('prepare',)): prepare()")


def test_names_are_required() -> None:
    """Is the author told that the names are missing?"""
    with pytest.raises(ValueError, match="wants the names"):
        Needs(())
