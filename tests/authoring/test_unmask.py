"""Universal wrong answers meet a lab's tests: a careless one is found by what it passes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.impostors import IMPOSTORS
from authoring.prove import run_solution
from authoring.source import read_source
from authoring.through_referee import ThroughReferee
from authoring.unmask import unmask

TOY = Path(__file__).with_name("course") / "solutions" / "toy" / "toy.py"
NAMES = [one.name for one in IMPOSTORS]
NAMED = {one.name: one for one in IMPOSTORS}
DOUBLE = "    return 2 * number\n    ### END SOLUTION\n"
Unmasked = Callable[..., list[str]]


@pytest.fixture
def unmasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Unmasked:
    """Return a function that gives the findings of one exercise, with other tests in the lab."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")

    def run(exercise: str, *, code: str = "", tail: str = "", **bodies: str) -> list[str]:
        path = tmp_path / "toy.py"
        text = _with_bodies(TOY.read_text(encoding="utf-8"), bodies, tail)
        path.write_text(text.replace(DOUBLE, f"{DOUBLE}\n\n{code}\n"), encoding="utf-8")
        source = read_source(path)
        solution, states = run_solution(source)
        assert solution.lines() == []
        with ThroughReferee(source, "steep") as referee:
            verdict = unmask(source, exercise, states[exercise], 7, referee)
        assert verdict.name == f"impostors of {exercise}"
        return verdict.lines()

    return run


def _with_bodies(text: str, bodies: dict[str, str], tail: str) -> str:
    """Put other lines into the checks of some tests, and one behind them."""
    cells = text.split("\n# %% ")
    for test, body in bodies.items():
        kind, _, exercise = test.partition("_")
        (place,) = [i for i, one in enumerate(cells) if one.startswith(f'{kind}="{exercise}"')]
        head = cells[place].partition(" as check:\n")[0]
        lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
        cells[place] = f"{head} as check:\n{lines}\n{tail}\n"
    return "\n# %% ".join(cells)


def _named(findings: list[str]) -> set[str]:
    return {name for name in NAMES if any(f"`{name}`" in line for line in findings)}


CARELESS = [
    ("empty_array", "double", "import numpy as np\nassert np.allclose(double(np.array([2.0])), 4)"),
    ("empty_list", "residuals", "assert all(one == 1 for one in residuals([(1, 3)], 2))"),
    (
        "empty_list",
        "residuals",
        "for a, b in zip(residuals(sample, 2), [1, 0]):\n    check.equal(a, b, 'r')",
    ),
    (
        "none",
        "residuals",
        "mine = list(sample)\nresiduals(mine, 1)\ncheck.equal(mine, sample, 'points')",
    ),
    ("first_argument", "double", "check.equal(double(0), 0, 'double(0)')"),
    (
        "zeroes_arguments",
        "double",
        "import numpy as np\nx = np.ones(3)\ny = double(x)\nassert np.array_equal(y, 2 * x)",
    ),
    (
        "stops",
        "double",
        "try:\n    y = double(2)\nexcept Exception:\n    y = 4\ncheck.equal(y, 4, 'double(2)')",
    ),
    (
        "liar",
        "double",
        "import numpy as np\nassert double(np.array([2])).all()",
    ),
    ("nan", "double", "assert not abs(double(2.5) - 5) > 0.1"),
    ("zeros", "double", "check.equal(double(0.0), 0, 'double(0)')"),
]


def test_each_impostor_has_a_careless_test():
    """Is there a test here for every impostor?"""
    assert {name for name, _, _ in CARELESS} == set(NAMES)
    assert all(one.what and one.advice for one in IMPOSTORS)


@pytest.mark.parametrize(("name", "exercise", "body"), CARELESS)
def test_a_careless_test_is_found(unmasked: Unmasked, name: str, exercise: str, body: str):
    """Is a hidden test that an impostor passes told, with the impostor and what to do?"""
    found = [
        line for line in unmasked(exercise, **{f"hidden_{exercise}": body}) if f"`{name}`" in line
    ]
    assert found == [
        f"hidden_{exercise} gives points to the impostor `{name}`, which {NAMED[name].what}:"
        f" {NAMED[name].advice}."
    ]


@pytest.mark.parametrize(
    ("exercise", "body"),
    [
        ("double", "check.equal(double(2.5), 5.0, 'double(2.5)')"),
        (
            "double",
            "import numpy as np\nx = np.ones(3)\nwanted = 2 * x\ny = double(x)\n"
            "assert y.shape == (3,) and np.array_equal(y, wanted)",
        ),
        ("double", "for a, b in zip(map(double, [2, 3]), [4, 6]):\n    check.equal(a, b, 'a')"),
        ("mend", "assert float(mend([2, 3])) == 2.5"),
    ],
)
def test_a_careful_test_refuses_all(unmasked: Unmasked, exercise: str, body: str):
    """Does a test that wants values give nothing to any impostor?"""
    assert unmasked(exercise, **{f"hidden_{exercise}": body}) == []


def test_part_of_the_points_is_too_much(unmasked: Unmasked):
    """Is it told when an impostor gets some points of a test that gives parts?"""
    lines = unmasked("double", hidden_double="found = double(2)", tail="2.0 if found == 4 else 1.0")
    # An empty array has no truth, so `found == 4` stops the test.
    assert _named(lines) == {*NAMES} - {"stops", "empty_array"}


NOTHING = "check.equal(residuals([], 1), [], 'residuals of nothing')"


def test_what_is_right_can_be_excused(unmasked: Unmasked):
    """Does a comment excuse the impostor that it names, and no other?"""
    before = unmasked("residuals", hidden_residuals=NOTHING)
    assert _named(before) >= {"empty_list", "first_argument"}
    excused = f"# on purpose: empty_list, as no points have no residuals\n{NOTHING}"
    after = unmasked("residuals", hidden_residuals=excused)
    assert _named(before) - _named(after) == {"empty_list"}


def test_what_is_wrong_cannot_be_excused(unmasked: Unmasked):
    """Is an impostor that does something else than the solution a finding, whatever is said?"""
    body = "# on purpose: nan, as it is a number\nassert not abs(double(2.5) - 5) > 0.1"
    assert "nan" in _named(unmasked("double", hidden_double=body))


def test_no_impostor_gets_a_whole_exercise(unmasked: Unmasked):
    """Is it told when visible and hidden tests all pass one, though it is right in each?"""
    hidden = f"# on purpose: empty_list, as no points have no residuals\n{NOTHING}"
    lines = unmasked("residuals", hidden_residuals=hidden, test_residuals=NOTHING)
    assert [line for line in lines if "`empty_list`" in line] == [
        "the impostor `empty_list`, which returns an empty list, gets all points of the exercise:"
        " add a test that refuses it."
    ]


def test_all_that_can_be_called_is_replaced(unmasked: Unmasked):
    """Are names replaced that the cell makes of its functions, and imports and values left?"""
    code = "from functools import partial\n\nagain = partial(double, number=3)\nfactor = 2"
    body = "assert factor == 2\nassert partial(int, 2)() == 2\ncheck.equal(again(), 6, 'again()')"
    assert unmasked("double", code=code, hidden_double=body) == []


def test_an_exercise_without_functions_meets_none(unmasked: Unmasked):
    """Is an exercise that binds only values left to its wrong answers?"""
    code = "double = double(2)"
    bodies = dict.fromkeys(("test_double", "hidden_double"), "check.equal(double, 4, 'double')")
    assert unmasked("double", code=code, **bodies) == []
