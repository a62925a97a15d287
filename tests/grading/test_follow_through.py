"""Tests of follow-through: one mistake costs its exercise, and no trick earns a point by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grading.judge import Judged

pytestmark = pytest.mark.sandbox

# Each exercise is built on those above it: through the student's own call, through a given cell,
# through a test that hands one function's result to the next. `total` stands on all of them.
CHAIN = '''# %% [markdown]
# # A chain

# %%
import numpy as np
import labkit
from types import SimpleNamespace
lab = SimpleNamespace(check=labkit.Check)
numbers = np.arange(6.0)

# %% free
VARIANT = "plain"

# %% exercise="double"
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    result = 2 * x  # okapi
    return result
    ### END SOLUTION

# %% test="double" points=1
with lab.check("Twice a number", hint="multiply by two") as check:
    check.close(check.call(double, np.array([1.0, 2.0])), [2.0, 4.0], "double(x)")

# %% hidden="double" points=2
with lab.check("Any array is doubled", hint="shapes") as check:
    x = np.arange(20.0).reshape(4, 5)
    check.close(check.call(double, x), 2 * x, "double(x)")

# %%
doubled = double(numbers)

# %% exercise="shift"
def shift(x):
    """Return x and one."""
    ### BEGIN SOLUTION
    return x + 1
    ### END SOLUTION

# %% test="shift" points=1
with lab.check("One is added", hint="plus one") as check:
    check.close(check.call(shift, np.array([1.0, 2.0])), [2.0, 3.0], "shift(x)")

# %%
shifted = shift(doubled)

# %% hidden="shift" points=2
with lab.check("The doubled numbers are shifted", hint="plus one") as check:
    check.close(shifted, 2 * numbers + 1, "shifted")

# %% exercise="total"
def total(x):
    """Return the sum of the shifted doubles of x."""
    ### BEGIN SOLUTION
    return float(np.sum(shift(double(x))))
    ### END SOLUTION

# %% test="total" points=1
with lab.check("The sum of what was shifted", hint="use shift and double") as check:
    check.close(check.call(total, np.array([1.0, 2.0])), 8.0, "total(x)")

# %% hidden="total" points=3
with lab.check("The sum for all the numbers", hint="use shift and double") as check:
    check.close(check.call(total, shifted), float(np.sum(2 * shifted + 1)), "total(shifted)")
3 if float(np.sum(shifted)) == 36 else 1

# %% hidden="shift.late" points=1
with lab.check("The total of what was shifted", hint="shift adds one to each") as check:
    check.close(check.call(total, shifted), float(np.sum(4 * numbers + 3)), "total(shifted)")

# %% [markdown] question="why" points=2 numbers="answer"
# ### Why?
#
# Which?
#
# ### BEGIN SOLUTION
# So.
# ### END SOLUTION
'''
WORTH = {"double": 3.0, "shift": 4.0, "total": 4.0}
ORDER = list(WORTH)
OWN_TOTAL = "def total(x):\n    return float((2 * np.asarray(x) + 1).sum())"


@pytest.fixture(scope="session")
def chain_lab(
    tmp_path_factory: pytest.TempPathFactory, build_lab: Callable[[Path, str, str], Any]
) -> Any:
    """A lab of three exercises, each built on those above it."""
    return build_lab(tmp_path_factory.mktemp("chain"), "chain", CHAIN)


@pytest.fixture
def chain(chain_lab: Any, make_place: Any, make_bench: Any) -> Any:
    """The chain, ready to be graded."""
    return make_bench(chain_lab, make_place(cell_seconds=3))


def earned(judged: Judged) -> dict[str, float]:
    """Return the points of each exercise."""
    return {
        name: sum(test.points for test in judged.tests if test.exercise == name) for name in WORTH
    }


def followed(judged: Judged) -> dict[str, list[str]]:
    """Return with which stand-ins each test was judged again, of those that were."""
    return {test.cell: test.followed for test in judged.tests if test.followed}


def test_nothing_to_follow(chain: Any) -> None:
    """Is a right notebook judged once, and an empty one?"""
    judged = chain.grade()
    assert earned(judged) == WORTH
    assert followed(judged) == {}
    judged = chain.grade(template=True)
    assert (sum(earned(judged).values()), followed(judged)) == (0.0, {})


MISTAKES = {
    "wrong": "def {name}(x):\n    return x * 7",
    "raises": "def {name}(x):\n    raise ValueError('why')",
    "no return": "def {name}(x):\n    pass",
    "kind": "def {name}(x):\n    return 'text'",
    "in place": "def {name}(x):\n    x *= 0\n    return x",
    "cell raises": "1 / 0\ndef {name}(x):\n    return x",
    "no Python": "def {name}(x: return x",
    "empty": "",
    "deleted name": "def {name}(x):\n    return 7\ndel {name}",
    "exits": "def {name}(x):\n    import os; os._exit(0)",
    "exits at once": "import os; os._exit(0)",
    "endless": "def {name}(x):\n    while True: pass",
    "endless cell": "while True: pass",
    "memory": "def {name}(x):\n    y = []\n    while True: y.append(np.ones(10**7))",
    "spoils numbers": "numbers[:] = 0\ndef {name}(x):\n    return 7 * x",
    "binds given names": "numbers = doubled = np.ones(6)\ndef {name}(x):\n    return 7 * x",
    "spoils NumPy": "np.sum = np.asarray = lambda *a, **k: 7\ndef {name}(x):\n    return 7 * x",
    "spoils the one above": "def double(x):\n    return 7\ndef {name}(x):\n    return 7 * x",
    "later bomb": (
        "import os, threading\nthreading.Timer(0.1, os._exit, [1]).start()\n"
        "def {name}(x):\n    return 7 * x"
    ),
}


CASES = [(kind, name) for kind in MISTAKES for name in ORDER]
# On every change: each kind once, in the exercise that most is built on, and some in the others.
QUICK = {(kind, "double") for kind in MISTAKES} | {
    ("wrong", "shift"), ("wrong", "total"), ("exits", "shift"), ("spoils the one above", "total"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "exercise"),
    [
        pytest.param(*case, marks=[] if case in QUICK else [pytest.mark.slow], id="-".join(case))
        for case in CASES
    ],
)
def test_one_mistake_costs_its_exercise_only(chain: Any, kind: str, exercise: str) -> None:
    """Does each kind of mistake cost the points of just its exercise?"""
    judged = chain.grade(**{exercise: MISTAKES[kind].format(name=exercise)})
    assert earned(judged) == {**WORTH, exercise: 0.0}
    # What was built on it says so; what was not has been judged once.
    assert all(names == [exercise] for names in followed(judged).values())


def test_a_test_that_stands_below_another_exercise(chain: Any) -> None:
    """Does a test that lost points through an exercise below its own get them back?"""
    judged = chain.grade(total="def total(x):\n    return 7.0")
    assert earned(judged) == {**WORTH, "total": 0.0}
    assert followed(judged) == {"hidden_shift_late": ["total"]}


@pytest.mark.parametrize("right", ORDER)
def test_two_mistakes_cost_two_exercises(chain: Any, right: str) -> None:
    """Does an exercise between, above or below two failed ones keep its points?"""
    wrong = {name: f"def {name}(x):\n    return x * 7" for name in ORDER if name != right}
    judged = chain.grade(**wrong)
    assert earned(judged) == {name: WORTH[name] if name == right else 0.0 for name in ORDER}


def test_all_wrong_stays_wrong(chain: Any) -> None:
    """Do answers of the lab's never help the exercise that they belong to?"""
    judged = chain.grade(**{name: f"def {name}(x):\n    return x * 7" for name in ORDER})
    assert sum(earned(judged).values()) == 0


def test_what_passes_by_itself_stays(chain: Any) -> None:
    """Does a test that the student's own run passed count, though the lab's answers break it?"""
    judged = chain.grade(
        double="def double(x):\n    return x, x",
        shift="def shift(x):\n    return x[0] * 2 + 1 if isinstance(x, tuple) else x + 1",
        total="def total(x):\n    return float(np.sum(shift(double(x))))",
    )
    assert earned(judged) == {**WORTH, "double": 0.0}
    assert followed(judged) == {}


def test_partial_points_are_never_fewer(chain: Any) -> None:
    """Does the better of two partial results count?"""
    judged = chain.grade(double="def double(x):\n    return 3 * x", total=OWN_TOTAL)
    results = {test.cell: test for test in judged.tests}
    assert results["hidden_total"].points == 3
    assert earned(judged) == {**WORTH, "double": 0.0}


def test_one_that_is_not_attempted(chain: Any) -> None:
    """Does an exercise that was left out cost nothing below it, and nothing above?"""
    template = next(cell.source for cell in chain.lab.release.cells if cell.id == "double")
    judged = chain.grade(double=template)
    assert earned(judged) == {**WORTH, "double": 0.0}
    assert judged.tests[0].verdict == "not_attempted"
    template = next(cell.source for cell in chain.lab.release.cells if cell.id == "total")
    judged = chain.grade(total=template + "\n    # I do not know")
    assert earned(judged) == {**WORTH, "total": 0.0}


def test_no_passage_for_what_is_empty(chain: Any) -> None:
    """Is no second run spent where everything below a failed exercise is empty?"""
    templates = {cell.id: cell.source for cell in chain.lab.release.cells if cell.id in ORDER[1:]}
    judged = chain.grade(double="def double(x):\n    return 7", **templates)
    assert sum(earned(judged).values()) == 0
    assert followed(judged) == {}


def test_an_answer_in_a_cell_of_ones_own(chain: Any) -> None:
    """Is an exercise attempted if its function stands in a cell of the student's own?"""
    cells = {cell.id: cell.source for cell in chain.lab.release.cells if cell.id == "total"}
    judged = chain.grade(double="def double(x):\n    return 7", **cells, extra=OWN_TOTAL)
    # It stands below the tests and comes too late, but it is tried.
    assert set(followed(judged)) >= {"test_total"}


def test_helpers_remain(chain: Any) -> None:
    """May later exercises use what a student defined in the cell of a failed one?"""
    judged = chain.grade(
        double="""
            %matplotlib inline
            import math as own_math
            ONE = 1
            def sum_of(x):
                return own_math.fsum(np.ravel(x))
            def double(x):
                return 7 * x
        """,
        shift="def shift(x):\n    return x + ONE",
        total="def total(x):\n    return sum_of(shift(double(x)))",
    )
    assert earned(judged) == {**WORTH, "double": 0.0}


def test_a_cell_that_was_stopped_and_is_right(chain: Any) -> None:
    """Does a right exercise whose cell had to be stopped remain for those that are built on it?"""
    judged = chain.grade(
        double="def double(x):\n    return 2 * x\nwhile True: pass",
        shift="def shift(x):\n    import os; os._exit(0)",
    )
    assert earned(judged) == {**WORTH, "shift": 0.0}


def test_an_older_try_below(chain_lab: Any, make_bench: Any, make_place: Any) -> None:
    """Does a cell of the student's own that binds a failed function again not undo ours?"""
    from grading.submission import SubmittedCell

    wrong = "def double(x):\n    return 7 * x"
    tries = ["from math import inf as double", f"ONE = 1\n{wrong}", "double = lambda x: 7 * x"]
    cells = []
    for cell in chain_lab.source.cells:
        source = {"double": wrong, "shift": "def shift(x): return x + ONE"}.get(
            cell.id, cell.source
        )
        cells.append(SubmittedCell(cell.cell_type, source, cell.id))
        if cell.id == "hidden_double":
            cells += [SubmittedCell("code", text) for text in tries]
    judged = make_bench(chain_lab, make_place()).judge(cells)
    assert earned(judged) == {**WORTH, "double": 0.0}


def test_the_page_shows_the_own_run(chain: Any) -> None:
    """Are outputs, problems and the numbers beside an answer those of the student's own run?"""
    judged = chain.grade(
        double="def double(x):\n    return 7 * x",
        total="""
            answer = float(double(3))
            print("answer", answer)
            def total(x):
                return float(np.sum(shift(double(x))))
        """,
        extra="print('mine', double(1), len([c for c in In if 'oka' + 'pi' in c]))",
        why="It is 21.",
    )
    assert earned(judged) == {**WORTH, "double": 0.0}
    assert judged.written[0].numbers == "answer = 21 (the answer says 21)"
    written = nbformat.writes(judged.notebook)
    assert "answer 21.0" in written
    assert "answer 6.0" not in written
    assert "mine 7 0" in written
    assert judged.problems == []
    nbformat.validate(judged.notebook)


SPY = """
    import inspect, traceback
    def look():
        try: return inspect.getsource(double)
        except Exception as error: return repr(error)
    found = look()
    print(found, In)
    open("/tmp/loot", "w").write(found)
    def {name}(x):
        raise ValueError(look())
"""


@pytest.mark.parametrize("name", ["shift", "total"])
def test_the_answer_reaches_no_student(chain: Any, name: str) -> None:
    """Is the lab's answer, which a later cell can read, in nothing that a student gets?"""
    judged = chain.grade(
        double="def double(x):\n    return 7",
        **{name: SPY.format(name=name)},
        extra="import os; print(os.path.exists('/tmp/loot') and open('/tmp/loot').read(), found)",
    )
    assert "okapi" not in nbformat.writes(judged.notebook)
    assert "okapi" in "".join(test.detail for test in judged.tests)
    told = [test.message for test in judged.tests] + [p.message for p in judged.problems]
    assert "okapi" not in "".join([*told, *(answer.numbers for answer in judged.written)])


def test_the_history_has_no_answer(chain: Any) -> None:
    """Is the text of the lab's answer in no history and given to no hook on cells?"""
    judged = chain.grade(
        double="""
            seen = []
            get_ipython().events.register("pre_run_cell", lambda info: seen.append(info.raw_cell))
            get_ipython().events.register("post_run_cell", lambda r: seen.append(r.info.raw_cell))
            def double(x): return 7
        """,
        shift="""
            def double_in(texts): return any("oka" + "pi" in str(text) for text in texts)
            history = [code for _, _, code in get_ipython().history_manager.get_range()]
            def shift(x):
                if double_in([*In, _i, _ii, *history]): return None
                return x + 1
        """,
    )
    assert earned(judged) == {**WORTH, "double": 0.0}
    assert followed(judged)


def test_a_later_passage_knows_nothing_of_an_earlier_one(chain: Any) -> None:
    """Does what a student's program writes down in one run not reach the next?"""
    judged = chain.grade(
        double="def double(x):\n    return 7",
        shift="""
            import os, glob
            places = ["/tmp/n", "n", "/dev/shm/n", os.path.expanduser("~/n")]
            count = max([int(open(p).read()) for p in places if os.path.exists(p)], default=0) + 1
            for place in places:
                try: open(place, "w").write(str(count))
                except OSError: pass
            def shift(x):
                return x + count
        """,
    )
    assert earned(judged) == {**WORTH, "double": 0.0}


def test_time_that_runs_out(chain: Any, make_place: Any) -> None:
    """Does what the own run earned count, and is it said, if there is no time for a second?"""
    judged = chain.grade(
        double="def double(x):\n    return 7",
        extra="import time; time.sleep(60)",
        place=make_place(cell_seconds=60, notebook_seconds=12),
    )
    results = {test.cell: test.points for test in judged.tests}
    assert (results["test_double"], results["test_shift"]) == (0, 1)
    assert followed(judged) == {}
    assert [problem.code for problem in judged.problems] == ["time", "time"]
    assert "ran out" in judged.problems[-1].message
    assert judged.seconds < 30


def test_time_that_runs_out_in_a_second_run(chain: Any, make_place: Any) -> None:
    """Does a second run that cannot be finished take nothing away?"""
    judged = chain.grade(
        double="def double(x):\n    return 7",
        shift="""
            if double(1) == 2:
                import time; time.sleep(60)
            def shift(x): return x + 1
        """,
        place=make_place(cell_seconds=60, notebook_seconds=15),
    )
    results = {test.cell: test.points for test in judged.tests}
    assert (results["test_double"], results["test_shift"]) == (0, 1)
    assert followed(judged) == {}
    assert [problem.code for problem in judged.problems] == ["time"]


def test_what_a_student_reads(chain: Any) -> None:
    """Does the page say with which answer a test was judged, whether it passed or not?"""
    judged = chain.grade(
        double="def double(x):\n    return 7 * x", total="def total(x):\n    return [double(x)]"
    )
    outputs = {cell.id: cell.get("outputs", []) for cell in judged.notebook.cells}
    passed, failed = outputs["hidden_shift"][0], outputs["test_total"][0]
    assert "Judged with our answer to `double`, since yours lost points." in str(passed)
    assert "`double`, since yours lost points; it loses points there too." in str(failed)
    assert "Judged with" not in str(outputs["test_shift"])
