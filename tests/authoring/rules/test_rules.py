"""Every rule, broken: one change to a good lab each, and the words that the rule finds for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.rules import RULES, Lab, check, names, tests, trust, truths
from authoring.rules import inside as inside_rules

SOURCE, TOML = "solutions/toy/toy.py", "solutions/toy/lab.toml"
SOURCE_NB, LAB_NB = "solutions/toy/toy.ipynb", "labs/toy/toy.ipynb"
ANSWERS = "solutions/toy/answers"

FOUND = "    found = fit(points)"  # a line of the last hidden test


def inside(line: str, *more: str) -> str:
    """Return the lines of a test that runs a helper in the student's process."""
    call = ", ".join(["helper", "fit", "points", *more])
    return f"    def helper(fit, points, *more):\n        {line}\n    found = labkit.inside({call})"


# rule -> (file, what is there, what takes its place, words of the finding). Where nothing is there,
# a new file is made.
BREAKS: dict[str, list[tuple[str, str, str, str]]] = {
    "generated_files_are_fresh": [
        (SOURCE, "A line through", "One line through", "labs/toy/toy.ipynb:file: is not what"),
        (TOML, 'chapter = "0.1"', 'chapter = "0.2"', "labkit/labs.json:file: is not what"),
        (TOML, "real = 0.95", "real = 0.94", "docs/calibration/toy.md:file: is not what"),
        ("labs/toy/notes.txt", "", "old", "labs/toy/notes.txt:file: comes from no source"),
    ],
    "notebooks_have_no_outputs": [
        (LAB_NB, '"execution_count": null', '"execution_count": 3', "has an output"),
        (SOURCE_NB, '"execution_count": null', '"execution_count": 3', "has an output"),
    ],
    "nothing_secret_is_released": [
        (LAB_NB, "# YOUR CODE HERE", "### BEGIN SOLUTION", "### BEGIN SOLUTION"),
        (LAB_NB, "# YOUR CODE HERE", "return sum(values) / len(values)", "shows what is secret"),
        (LAB_NB, "YOUR ANSWER HERE", "- names the number", "why_origin: shows what is secret"),
        ("labs/toy/notes.txt", "", "mine = list(sample)", "notes.txt:line 1: shows"),
    ],
    "words_are_spelled_right": [
        (SOURCE, "A straight line", "A stra" + "igth line", "introduction: check the spelling"),
        (TOML, "Read the docstring", "Rec" + "ieve it", "lab.toml:line"),
    ],
    "options_are_sound": [
        (SOURCE, 'test="double" points=1', "test=double points=1", "is not quoted"),
        (SOURCE, 'exercise="fit"', 'exercise="double"', "is used 2 times"),
    ],
    "ids_are_unique_and_short": [
        (SOURCE, 'exercise="fit"', 'exercise="double"', "double: this id is used 2 times"),
        (SOURCE, 'question="why_origin"', f'question="{"why_" * 20}"', "at most 64 letters"),
    ],
    "six_parts_in_order": [
        (SOURCE, "# ## Theory", "# ### Theory", "once each and in this order"),
        (SOURCE, "# ## Conclusion", "# ## Results", "heading `## Results` is none of the parts"),
        (SOURCE, "# # Lines", "# Lines", "needs one heading"),
    ],
    "four_to_six_exercises": [
        (SOURCE, '# %% exercise="mend" clinic=true', "# %%", "there are 3 exercises"),
    ],
    "one_clinic": [
        (SOURCE, " clinic=true", "", "there are 0 bug clinics"),
        (SOURCE, " trap=true", " clinic=true", "there are 2 bug clinics"),
    ],
    "two_variants": [(TOML, 'name = "flat"', 'name = "steep"', "at least two different")],
    "variant_cell": [
        (SOURCE, "# %% free", "# %%", "exactly one cell"),
        (SOURCE, 'VARIANT = "steep"', 'VARIANT = "flat"', 'must be `VARIANT = "steep"`'),
        (SOURCE, 'VARIANT = "steep"', 'VARIANT = str("steep")', 'must be `VARIANT = "steep"`'),
    ],
    "pictures_have_alt_text": [
        (SOURCE, "![A straight line through a cloud of points]", "![line]", "alt text is `line`"),
        (SOURCE, "# A line through", '# <img src="line.svg"> A line through', "alt text is ``"),
    ],
    "cells_are_python": [
        (SOURCE, "sample = [", "# %time\nsample = [", "the line `%time` is Jupyter's"),
        (SOURCE, "sample = [", "# !ls\nsample = [", "the line `!ls` is Jupyter's"),
        (SOURCE, "sample = [", "sample = = [", "mend the syntax"),
    ],
    "imports_name_what_they_bind": [
        (SOURCE, "import random\n", "import random\nfrom math import *\n", "`from math import *`"),
    ],
    "names_are_defined": [
        (SOURCE, FOUND, "    found = nothing", "hidden_fit_score: uses `nothing`, which nothing"),
        (SOURCE, FOUND, "    found = mine", "only test `hidden_residuals` binds: tests share no"),
        (SOURCE, FOUND, "    found = display(points)", "hidden_fit_score: uses `display`"),
        (SOURCE, FOUND, "    found = mend(points)", "hidden_fit_score: uses `mend`"),
        (SOURCE, "return 2 * number", "return 2 * amount", "double: uses `amount`"),
        (SOURCE, "sample = [", "sample = get_ipython() or [", "uses `get_ipython`"),
    ],
    "tests_bind_names_of_their_own": [
        (
            SOURCE,
            FOUND,
            "    fit = fit(points)",
            "hidden_fit_score: binds or deletes `fit` in line 2",
        ),
        (SOURCE, FOUND, "    del double", "binds or deletes `double`"),
        (SOURCE, FOUND, "    for fit in points:\n        pass", "binds or deletes `fit`"),
        (SOURCE, FOUND, "    def fit():\n        pass", "binds or deletes `fit`"),
    ],
    "expected_values_are_the_referees": [
        (
            SOURCE,
            "double(2.5), 5.0,",
            "double(2.5), double(2.5),",
            "line 2, `check.equal(double(2.5)",
        ),
        (
            SOURCE,
            FOUND,
            f"{FOUND}\n    assert found == fit(points)",
            "compares with what comes from `fit`",
        ),
    ],
    "live_results_are_proved": [
        (
            SOURCE,
            "fit([(1, 2), (3, 3)]), 1.1",
            "fit([]).count_params(), 1",
            "fit: gives a live object,",
        ),
        (SOURCE, FOUND, f"{FOUND}\n    check.call(found, 3)", "0 of its 6 hidden points"),
        (SOURCE, FOUND, f"{FOUND}\n    check.instance(found, keras.Model)", "gives a live object"),
    ],
    "results_are_known_before_they_judge": [
        (
            SOURCE,
            FOUND,
            f"{FOUND}\n    assert found.all()",
            "`found.all()`, asks a result that may",
        ),
        (SOURCE, FOUND, f"{FOUND}\n    assert not (found == 2).any()", "`check.dtype` of `found`."),
        (SOURCE, FOUND, f"{FOUND}\n    check.true(found.equals(points), 'x')", "of `found`."),
        (SOURCE, FOUND, f"{FOUND}\n    if found['a'].any():\n        pass", "of `found`."),
        (SOURCE, FOUND, "    found = 2\n    assert fit(points).equals(2)", "of `fit(points)`."),
        (
            SOURCE,
            FOUND,
            "    found = 2\n    assert check.call(fit, 1).all()",
            "of `check.call(fit, 1)`",
        ),
        (SOURCE, FOUND, f"{FOUND}\n    assert all(one.ok() for one in found)", "of `one`."),
        (SOURCE, FOUND, f"{FOUND}\n    while found.next():\n        pass", "`found.next()`, asks"),
        (
            SOURCE,
            FOUND,
            f"{FOUND}\n    check.shape(found, (2,))\n    found = fit([])\n    assert found.all()",
            "line 5, `found.all()`",
        ),
    ],
    "helpers_hold_no_secret": [
        (SOURCE, FOUND, inside("assert fit(points) > 1"), "`helper` has an `assert`"),
        (SOURCE, FOUND, inside("return check.equal(fit, 1)"), "`helper` has a `check`"),
        (SOURCE, FOUND, inside("return secret"), "`helper` uses `secret`, which it does not have"),
        (SOURCE, FOUND, inside("return slope"), "`helper` uses `slope`"),
        (
            SOURCE,
            "    check.between(found, slope - 0.1, slope + 0.1",
            f"    low = 2\n{inside('return fit', 'low')}\n    check.between(found, low, 3",
            "`low` is what a check expects",
        ),
        (SOURCE, FOUND, "    found = labkit.inside(fit, points)", "that this cell defines"),
    ],
    "tapes_stay_inside": [
        (
            SOURCE,
            FOUND,
            f"{FOUND}\n    with tf.GradientTape() as tape:\n        loss = found * 2",
            "has a gradient tape over `found`",
        ),
    ],
    "points_add_up": [
        (SOURCE, 'hidden="mend" points=2', 'hidden="mend" points=3', "13 points are for code"),
        (SOURCE, ' part="results"', "", "0 points are for results"),
        (TOML, "points = 20", "points = 21", "points must be 20"),
    ],
    "visible_and_hidden_share": [
        (SOURCE, 'test="mend" points=1', 'test="mend" points=3', "mend: 3 of 5 points are visible"),
        (SOURCE, 'test="mend" points=1', 'test="mend" points=0', "mend: 0 of 2 points are visible"),
    ],
    "work_fits_the_time": [
        (TOML, "minutes = 60", "minutes = 20", "minutes says 20 and the work takes 42"),
        (TOML, "minutes = 60", "minutes = 120", "at most 100"),
        (SOURCE, "# A line through", f"# {'word ' * 12000}", "the work takes 102 minutes: cut"),
    ],
    "runs_fit_the_time": [
        (TOML, "lab = 1\n", "lab = 90\n", "[seconds] lab must be given, at most 60"),
        (TOML, "grading = 1\n", "", "[seconds] grading must be given"),
        ("solutions/toy/calibration.json", '"seconds": 0.0', '"seconds": 2.5', "runs took 2.5 s"),
    ],
    "theory_comes_in_pieces": [
        (SOURCE, "# A line through", f"# {'word ' * 260}", "words stand in one piece"),
    ],
    "every_exercise_is_tested": [
        (SOURCE, 'hidden="mend"', 'hidden="mending"', "mend: has no hidden test"),
        (SOURCE, 'test="mend"', 'test="mending"', "mend: has no visible test"),
    ],
    "tests_follow_an_exercise": [
        (SOURCE, 'test="mend"', 'test="mending"', "test_mending: tests no exercise"),
        (SOURCE, 'hidden="double"', 'hidden="mend.early"', "stands before exercise `mend`"),
    ],
    "tests_are_one_check": [
        (
            SOURCE,
            'lab.check("double gives twice a fraction"',
            'lab.check(str("x")',
            "plain strings",
        ),
        (SOURCE, ', hint="Build a new list."', "", "needs a title and a hint"),
        (SOURCE, "    mine = list(sample)", "    with lab.check('a'):\n        mine = 1", "has 2"),
    ],
    "tests_stay_public": [
        (SOURCE, FOUND, "    found = type(lab) is Lab", "`type(…)`"),
        (SOURCE, FOUND, "    found = type(lab).__name__ == 'Lab'", "`type(…)`"),
        (SOURCE, FOUND, "    found = fit._cache", "private attribute `_cache`"),
        (SOURCE, FOUND, "    inspect.getsource(fit)", "`inspect.getsource`"),
        (SOURCE, FOUND, "    fit.graph", "`fit.graph`"),
    ],
    "demos_are_not_needed": [
        (SOURCE, "sample = [", "sample = [(0, guess), ", "uses `guess` from demo cell"),
        (SOURCE, FOUND, "    found = guess", "hidden_fit_score: uses `guess`"),
    ],
    "numbers_of_questions_exist": [
        (SOURCE, 'numbers="slope"', 'numbers="slope, guess"', "why_origin: no cell"),
    ],
    "hidden_tests_have_a_wrong_answer": [
        (f"{ANSWERS}/mend_half.py", "fails: hidden_mend", "fails:", "hidden_mend: no answer"),
    ],
    "answers_name_what_exists": [
        (f"{ANSWERS}/mend_half.py", "hidden_mend", "hidden_fit", "`hidden_fit` is none of its"),
        (f"{ANSWERS}/right_short.py", '"mend"', '"mending"', "has no exercise `mending`"),
    ],
    "two_right_notebooks": [
        (f"{ANSWERS}/right_short.py", "fails:", "fails: test_fit", "1 right answers"),
    ],
    "mistakes_are_proved": [
        (TOML, 'source = "Read the docstring"\n', "", "mistake whole-numbers: has no source"),
        (TOML, '"double_whole"', '"double_hole"', "is not in answers/"),
        (TOML, 'test = "hidden_double"', 'test = "hidden_two"', "does not exist"),
        (TOML, 'test = "hidden_double"', 'test = "hidden_mend"', "does not say that it fails"),
    ],
    "calibration_is_complete": [
        (SOURCE, "gauss(0, 0.1)", "gauss(0, 0.2)", "the code has changed"),
        (TOML, 'name = "flat"', 'name = "level"', "level, real: 0 of 10 seeds"),
        (TOML, 'name = "mean"', 'name = "average"', "no score for rung `average`"),
    ],
    "claims_hold": [
        (TOML, 'claim = "beats"\n\n[thres', 'claim = "ties"\n\n[thres', "it ties `mean`, but not"),
    ],
    "thresholds_separate": [
        (TOML, "real = 0.95", "real = 0.999", "is too near to right runs"),
        (TOML, "real = 0.95", "real = 0.5", "does not keep out `mean`, which reached 0.5000"),
        (TOML, "real = 0.95, ", "", "this threshold is missing"),
    ],
    "low_thresholds_have_a_reason": [
        (
            TOML,
            "[seconds]",
            '[ladder]\nkeeps_out = "zero"\n\n[seconds]',
            "on steep a threshold fits between `network` and `mean`: drop it.",
        ),
        (
            TOML,
            "[seconds]",
            '[ladder]\nkeeps_out = { flat = "mean" }\n\n[seconds]',
            "on flat `network` beats `mean`, and `mean` is not below that: drop it.",
        ),
    ],
}
CASES = [(name, *case) for name, cases in BREAKS.items() for case in cases]
NAMED = {rule.__name__: rule for rule in RULES}


def test_every_rule_is_broken_here():
    """Has each rule a change that breaks it, and a sentence that says what it wants?"""
    assert set(BREAKS) == set(NAMED)
    assert all(rule.__doc__ for rule in RULES)


def test_a_good_lab_breaks_no_rule(finished_course: Path):
    """Do all rules leave a good lab alone?"""
    assert [str(finding) for finding in check(finished_course, ["toy"])] == []


@pytest.mark.parametrize(("rule", "file", "old", "new", "words"), CASES)
def test_a_broken_lab_is_found(course: Path, rule: str, file: str, old: str, new: str, words: str):
    """Does the rule find the change, and say so?"""
    path = course / file
    if old:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    else:
        path.write_text(new, encoding="utf-8")
    findings = [str(finding) for finding in NAMED[rule](Lab(course, "toy"))]
    assert any(words in finding for finding in findings), findings


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("# Set the variant to `flat`.", []),
        ("# ## Variants and further experiments", ["the work takes 102 minutes: cut it to 100."]),
    ],
)
def test_ungraded_pages_cost_no_minutes(course: Path, edit, old: str, told: list[str]):
    """Do words below the heading of the last part stay out of the count, and those above it in?"""
    edit(course / SOURCE, old, f"# {'word ' * 12000}\n{old}")
    findings = [finding.message for finding in NAMED["work_fits_the_time"](Lab(course, "toy"))]
    assert findings[:1] == told


def test_an_unreadable_lab_gives_one_finding(course: Path):
    """Is a file that stops many rules told once, and the other rules still applied?"""
    path = course / TOML
    path.write_text(path.read_text(encoding="utf-8").replace("seed = 7", ""), encoding="utf-8")
    findings = [str(finding) for finding in check(course, ["toy"])]
    assert findings == [
        "solutions/toy:lab: solutions/toy/lab.toml: `seed` is missing or of the wrong type; add it."
    ]


# Lines that take the place of FOUND and keep every rule.
ALLOWED = [
    inside("import math\n        return math.sqrt(fit(points))"),
    inside("with random.GradientTape() as tape:\n            return fit(points)"),
    f"    with random.GradientTape() as tape:\n        loss = 2 * slope\n{FOUND}",
    f"{FOUND}\n    assert found == fit(points)  # on purpose: the same points, the same slope",
    f"    # on purpose: what the student's cells do without it\n    del double\n{FOUND}",
    f"{FOUND}\n    check.equal([fit for fit in points], points, 'points')",
    f"{FOUND}\n    check.shape(found, (2,), 'found')\n    assert found.all() and found['a'].all()",
    f"{FOUND}\n    assert isinstance(found, list) and all(one.ok() for one in found)",
    f"{FOUND}\n    check.instance(found, list, 'x')\n    first = found[0]\n    assert first.ok()",
    f"{FOUND}\n    assert sorted(found).index(2) and not sample.index((1, 3))",
    f"{FOUND}\n    assert found.all()  # on purpose: an object whose word is enough",
    inside("if fit(points).all():\n            return 1"),
]


@pytest.mark.parametrize("lines", ALLOWED)
def test_what_may_stand_in_a_test(course: Path, edit, lines: str):
    """Do the rules on tests leave alone what is right, or meant so?"""
    edit(course / SOURCE, FOUND, lines)
    edit(course / SOURCE, "import random\n", "import random\nimport labkit\n")
    lab = Lab(course, "toy")
    rules = [*names.RULES, *trust.RULES, *truths.RULES, *inside_rules.RULES, *tests.RULES]
    assert [str(finding) for rule in rules for finding in rule(lab)] == []
