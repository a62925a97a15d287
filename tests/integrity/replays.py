"""What nbgrader gives for its own test notebooks, and where this grader gives something else.

Points of the graded cells in the notebook's order; `-` waits for a person's mark.
"""

from __future__ import annotations

from dataclasses import dataclass

NO_SCORE = "no score"


@dataclass(frozen=True, slots=True)
class Replay:
    """A notebook of nbgrader's as the lab, another (or the lab's release) as the submission.

    Parameters
    ----------
    source, submitted
        See `adopted.own_file`; `submitted` is empty for what students were given, unchanged.
    points
        What nbgrader gives.
    ours, reason
        What this grader gives and, where it differs, why.
    """

    source: str
    submitted: str
    points: str
    ours: str
    reason: str = ""

    @property
    def id(self) -> str:
        """Both names."""
        return f"{self.source}-{self.submitted.partition('/')[2] or 'release'}"

    @property
    def beside(self) -> tuple[str, ...]:
        """Files that lie beside the source."""
        if "autotest" in self.source:
            return ("apps/autotests.yml",)
        return ("apps/data.txt",) if "open_relative_file" in self.source else ()


# By source: the submissions, "" for what students were given, and the points of each.
POINTS = {
    "apps/autotest-hashed-changed": {"": "0", "autotest-hashed-changed": "1"},
    "apps/autotest-hashed-unchanged": {"": "0", "autotest-hashed-unchanged": "0"},
    "apps/autotest-hashed": {
        "": "0",
        "autotest-hashed": "1",
        "autotest-hashed-changed": "1",
        "autotest-hashed-unchanged": "0",
    },
    "apps/autotest-hidden-changed-right": {"": "0", "autotest-hidden-changed-right": "1"},
    "apps/autotest-hidden-changed-wrong": {"": "0", "autotest-hidden-changed-wrong": "1"},
    "apps/autotest-hidden-unchanged": {"": "0", "autotest-hidden-unchanged": "0"},
    "apps/autotest-hidden": {
        "": "0",
        "autotest-hidden": "1",
        "autotest-hidden-changed-right": "1",
        "autotest-hidden-changed-wrong": "0",
        "autotest-hidden-unchanged": "0",
    },
    "apps/autotest-multi-changed": {"": "0 0 0 0", "autotest-multi-changed": "1 1 0 1"},
    "apps/autotest-multi-unchanged": {"": "0 0 0 0", "autotest-multi-unchanged": "0 0 0 0"},
    "apps/autotest-multi": {
        "": "0 0 0 0",
        "autotest-multi": "1 1 1 1",
        "autotest-multi-changed": "1 1 0 1",
        "autotest-multi-unchanged": "0 0 0 0",
    },
    "apps/autotest-simple-changed": {"": "0", "autotest-simple-changed": "1"},
    "apps/autotest-simple-unchanged": {"": "0", "autotest-simple-unchanged": "0"},
    "apps/autotest-simple": {
        "": "0",
        "autotest-simple": "1",
        "autotest-simple-changed": "1",
        "autotest-simple-unchanged": "0",
    },
    "apps/infinite-loop-with-output": {"": "no score", "infinite-loop-with-output": "no score"},
    "apps/infinite-loop": {"": "", "infinite-loop": ""},
    "apps/open_relative_file": {"": "10", "open_relative_file": "10"},
    "apps/side-effects": {"": "", "side-effects": ""},
    "apps/submitted-changed": {"": "1 0 0 0", "submitted-changed": "1 1 - -"},
    "apps/submitted-cheat-attempt-alternative": {
        "": "1 0 0 0",
        "submitted-cheat-attempt-alternative": "1 0 - -",
    },
    "apps/submitted-cheat-attempt": {"": "1 0 0 0", "submitted-cheat-attempt": "1 0 - -"},
    "apps/submitted-grade-cell-changed": {"": "1 1 0 0", "submitted-grade-cell-changed": "1 1 0 0"},
    "apps/submitted-locked-cell-changed": {
        "": "1 0 0 0",
        "submitted-locked-cell-changed": "1 0 0 0",
    },
    "apps/submitted-unchanged": {
        "": "1 0 0 0",
        "submitted-unchanged": "1 0 0 0",
        "submitted-changed": "1 1 - -",
        "submitted-cheat-attempt-alternative": "1 0 - -",
        "submitted-cheat-attempt": "1 0 - -",
        "submitted-grade-cell-changed": "1 0 0 0",
        "submitted-locked-cell-changed": "1 0 0 0",
    },
    "apps/test-hidden-tests": {"": "0 0 0 0", "test-hidden-tests": "0 1 0 0.5"},
    "apps/test-with-output": {"": "0 0 0 0 0 0", "test-with-output": "1 1 0.5 0.5 - -"},
    "apps/test": {"": "0 0 0 0 0 0", "test": "1 1 0.5 0.5 - -"},
    "apps/timeout": {"": "0", "timeout": "1"},
    "apps/validating-environment-variable": {"": "0", "validating-environment-variable": "0"},
    "apps/validation-zero-points": {"": "0", "validation-zero-points": "0"},
    "preprocessors/header": {"": "", "header": ""},
    "preprocessors/infinite-recursion": {"": "", "infinite-recursion": ""},
    "preprocessors/long-output": {"": "", "long-output": ""},
    "preprocessors/manually-graded-code-cell": {"": "0", "manually-graded-code-cell": "-"},
    "preprocessors/no-cell-type": {"": "", "no-cell-type": ""},
    "preprocessors/submitted-changed": {"": "1 0 0 0", "submitted-changed": "1 1 - -"},
    "preprocessors/submitted-grade-cell-changed": {
        "": "1 1 0 0",
        "submitted-grade-cell-changed": "1 1 0 0",
    },
    "preprocessors/submitted-locked-cell-changed": {
        "": "1 0 0 0",
        "submitted-locked-cell-changed": "1 0 0 0",
    },
    "preprocessors/submitted-unchanged": {
        "": "1 0 0 0",
        "submitted-unchanged": "1 0 0 0",
        "submitted-answer-cell-type-changed": "no score",
        "submitted-changed": "1 1 - -",
        "submitted-grade-cell-changed": "1 0 0 0",
        "submitted-grade-cell-type-changed": "no score",
        "submitted-locked-cell-changed": "1 0 0 0",
    },
    "preprocessors/test": {"": "0 0 0 0 0 0", "test": "0 0 0 0 - -"},
    "preprocessors/test_taskcell": {"": "- 0 0 0 0 0 0", "test_taskcell": "- 0 0 0 0 - -"},
    "preprocessors/warning-pattern": {"": "", "warning-pattern": ""},
    "ui-tests/blank": {"": "", "blank": ""},
    "ui-tests/empty": {"": "", "empty": ""},
    "ui-tests/open_relative_file": {"": "10", "open_relative_file": "10"},
    "ui-tests/submitted-changed": {"": "1 0 0 0", "submitted-changed": "1 1 - -"},
    "ui-tests/submitted-grade-cell-changed": {
        "": "1 1 0 0",
        "submitted-grade-cell-changed": "1 1 0 0",
    },
    "ui-tests/submitted-locked-cell-changed": {
        "": "1 0 0 0",
        "submitted-locked-cell-changed": "1 0 0 0",
    },
    "ui-tests/submitted-unchanged": {
        "": "1 0 0 0",
        "submitted-unchanged": "1 0 0 0",
        "submitted-answer-cell-type-changed": "no score",
        "submitted-changed": "1 1 - -",
        "submitted-grade-cell-changed": "1 0 0 0",
        "submitted-grade-cell-type-changed": "no score",
        "submitted-locked-cell-changed": "1 0 0 0",
    },
    "ui-tests/task": {"": "", "task": ""},
}
# What nbgrader makes no assignment of.
REFUSED = (
    "apps/test-no-metadata-autotest",
    "apps/test-no-metadata",
    "apps/test-v0-invalid",
    "apps/test-v0",
    "apps/test-v1",
    "apps/test-v2",
    "apps/too-new",
    "preprocessors/bad-markdown-cell-1",
    "preprocessors/bad-markdown-cell-2",
    "preprocessors/blank-grade-id",
    "preprocessors/blank-points",
    "preprocessors/cell-type-changed",
    "preprocessors/duplicate-grade-ids",
    "preprocessors/submitted-answer-cell-type-changed",
    "preprocessors/submitted-grade-cell-type-changed",
    "ui-tests/old-schema",
    "ui-tests/submitted-answer-cell-type-changed",
    "ui-tests/submitted-grade-cell-type-changed",
)
TASK = (
    "A task waits for a mark even where nothing was written. Here what was left as it was given is "
    "worth 0, as every written answer; no lab of this course has a task."
)
TYPES = (
    "A key press made a cell another type. nbgrader's repair makes a notebook that its own format "
    "check refuses, as old notebooks have no cell ids. Here the lab says which type a cell has."
)
FLOOD = (
    "An endless loop fills the memory and ends the kernel: nbgrader gives up the whole notebook. "
    "Here the cell is stopped and the rest is graded (in this notebook there is no rest)."
)
# Where this grader gives something else on purpose.
DIFFERENCES = {
    ("preprocessors/test_taskcell", ""): ("0 0 0 0 0 0 0", TASK),
    ("apps/infinite-loop-with-output", ""): ("", FLOOD),
    ("apps/infinite-loop-with-output", "infinite-loop-with-output"): ("", FLOOD),
    **{
        (f"{part}/submitted-unchanged", f"submitted-{kind}-cell-type-changed"): ("1 0 0 0", TYPES)
        for part in ("preprocessors", "ui-tests")
        for kind in ("answer", "grade")
    },
}


def _replay(source: str, submitted: str, points: str) -> Replay:
    ours, reason = DIFFERENCES.get((source, submitted), (points, ""))
    path = f"{source.partition('/')[0]}/{submitted}" if submitted else ""
    return Replay(source, path, points, ours, reason)


REPLAYS = tuple(
    _replay(source, submitted, points)
    for source, submissions in POINTS.items()
    for submitted, points in submissions.items()
)
# `make test` runs these; the rest, which mostly repeats them, runs in `make test-all`.
IN_SHORT = (
    "apps/test",
    "apps/test-hidden-tests",
    "apps/submitted-unchanged",
    "apps/open_relative_file",
    "apps/autotest-multi",
    "apps/infinite-loop-with-output",
    "preprocessors/test_taskcell",
)
