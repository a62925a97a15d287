"""The run record: what one grading run found out about one submission, as one JSON file.

A record is for the instructor. It holds everything the report and the feedback page are made of,
and more: `TestResult.detail` has the full message of a hidden test, which no student may read.
Scores that people give stay in nbgrader's gradebook.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from grading.checked import Misfit, build, replace_text

__all__ = [
    "GRADED",
    "Outcome",
    "Problem",
    "Record",
    "RecordError",
    "TestResult",
    "WrittenAnswer",
    "read_record",
    "read_records",
    "record_path",
    "write_record",
]

GRADED = "graded"

Verdict = Literal[
    "passed",
    "partial",
    "failed",
    "raised",
    "not_attempted",
    "time",
    "died",
    "memory",
    "output",
    "not_run",
]


class RecordError(ValueError):
    """A record file is missing, is no JSON, or has another shape than `Record`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the run ended: code `graded`, or the reason why there is no grade.

    Parameters
    ----------
    code : str
        `graded`, or a short reason such as `unreadable`, `too_large`, `missing`, `stopped`.
    message : str
        One sentence that the student may read; may be empty when graded.
    """

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something about the submitted file that was mended, or that nobody does by accident.

    Parameters
    ----------
    code : str
        Short reason, for instance `changed_test`.
    cell : str
        The grade id it is about; empty when it is about the whole file.
    message : str
        One sentence that the student may read.
    """

    code: str
    cell: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """The verdict of one test cell.

    Parameters
    ----------
    cell : str
        Grade id of the test cell.
    exercise : str
        Name of the exercise that it tests.
    kind : {"visible", "hidden"}
        Whether the student's notebook shows the test.
    title, hint : str
        The sentence of the contract that it checks, and where to look.
    points, max_points : float
        Points earned, and points to earn.
    verdict : str
        One of `passed`, `partial`, `failed`, `raised`, `not_attempted`, `time`, `died`, `memory`,
        `output`, `not_run`.
    message : str
        What the student may read.
    detail : str
        What only the instructor may read: the full message of a hidden test.
    seconds : float
        Wall time of the test.
    followed : list of str
        Exercises in whose cells the lab's answers stood when the test was judged once more; empty
        if it was judged on the student's own notebook only.
    """

    __test__ = False  # pytest would take the name for a test class

    cell: str
    exercise: str
    kind: Literal["visible", "hidden"]
    title: str
    hint: str = ""
    points: float
    max_points: float
    verdict: Verdict
    message: str = ""
    detail: str = ""
    seconds: float = 0.0
    followed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswer:
    """A written question and the state of its answer.

    Parameters
    ----------
    cell : str
        Grade id of the answer cell.
    title : str
        What is asked.
    max_points : float
        Points to earn.
    answered : bool
        Whether the student changed the cell.
    points : float or None
        Points when the machine can tell (an untouched cell: 0), None when a person must read it.
    numbers : str
        The student's own numbers as the grader measured them, to print beside the answer.
    """

    cell: str
    title: str
    max_points: float
    answered: bool
    points: float | None = None
    numbers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that one run found out about one submission.

    A submission that could not be graded still lists every test of the assignment, with 0 points
    and the verdict `not_run`, so that `max_score` is the same for the whole class.

    Parameters
    ----------
    student, assignment : str
        nbgrader's ids.
    started : str
        Start of the run, ISO 8601 with time zone.
    seconds, cpu_seconds : float
        Wall and processor time of the whole run.
    peak_memory_mb : float
        Largest resident memory, in MiB, of the student's processes; what they share counts for each.
    trusted : bool
        True when it was graded without a sandbox, as trusted work.
    outcome : Outcome
        How the run ended.
    data : {"real", "twin", ""}
        Which data the tests used.
    variant : str
        Which data set the student chose.
    versions : dict of str to str
        Program versions, by package name.
    budget : dict
        The limits that held, by name.
    problems : list of Problem
        What was mended in the file.
    tests : list of TestResult
        Verdicts in notebook order.
    written : list of WrittenAnswer
        Written questions in notebook order.
    earlier : dict of str to float
        Points by test before they last changed, as after a new submission or a change of the lab;
        tests that the lab has no more are in it, too.
    """

    student: str
    assignment: str
    started: str
    seconds: float
    cpu_seconds: float = 0.0
    peak_memory_mb: float = 0.0
    trusted: bool = False
    outcome: Outcome
    data: Literal["real", "twin", ""] = ""
    variant: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    budget: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tests: list[TestResult] = field(default_factory=list)
    written: list[WrittenAnswer] = field(default_factory=list)
    earlier: dict[str, float] = field(default_factory=dict)

    @property
    def points(self) -> dict[str, float]:
        """Points by test."""
        return {test.cell: test.points for test in self.tests}

    @property
    def score(self) -> float:
        """Points earned so far; written answers that wait for a person count 0."""
        return sum(test.points for test in self.tests) + sum(
            answer.points or 0.0 for answer in self.written
        )

    @property
    def max_score(self) -> float:
        """Points to earn, written questions included."""
        return sum(item.max_points for item in [*self.tests, *self.written])

    @property
    def needs_human(self) -> bool:
        """Whether a written answer waits for a person's mark."""
        return any(answer.points is None for answer in self.written)


def record_path(course: Path, assignment: str, student: str) -> Path:
    """Return where the record of a submission lies: `<course>/records/<assignment>/<student>.json`.

    Raises
    ------
    RecordError
        If a name cannot be one file name.
    """
    for name in (assignment, student):
        if name in ("", ".", "..") or any(sign in name for sign in "/\\\0"):
            raise RecordError(
                f"{name!r} cannot name a record file; rename the folder of the submission."
            )
    return course / "records" / assignment / f"{student}.json"


def write_record(course: Path, record: Record) -> Path:
    """Write a record in place of an earlier one, all or nothing, and return its path.

    Raises
    ------
    RecordError
        If a name cannot be a file name, or a value has another type than `Record` says.
    """
    path = record_path(course, record.assignment, record.student)
    content = dataclasses.asdict(record)
    try:  # what cannot be read back must not replace what can
        build(Record, content, "record")
    except Misfit as error:
        raise RecordError(f"The record of {record.student!r} cannot be written: {error}.") from None
    # json writes ASCII: a message may quote text that UTF-8 cannot hold (half a surrogate pair)
    return replace_text(path, json.dumps(content, indent=1, allow_nan=False) + "\n")


def read_record(path: Path) -> Record:
    """Read and check one record.

    Raises
    ------
    RecordError
        One sentence: which file, what was found where, what was expected, what to do.
    """
    remedy = "delete the file and grade the submission again."
    try:
        content = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except FileNotFoundError:
        raise RecordError(f"{path} does not exist; grade the submission first.") from None
    except (OSError, ValueError, RecursionError) as error:
        raise RecordError(f"{path} is no JSON file ({error}); {remedy}") from None
    try:
        record = build(Record, content, "record")
    except Misfit as error:
        raise RecordError(f"{path}: {error}; {remedy}") from None
    if (record.student, record.assignment) != (path.stem, path.parent.name):
        raise RecordError(
            f"{path}: its content is of {record.student!r} in {record.assignment!r}; {remedy}"
        )
    return record


def read_records(course: Path, assignment: str) -> tuple[list[Record], list[str]]:
    """Read all records of an assignment.

    Returns
    -------
    records : list of Record
        Sorted by student.
    errors : list of str
        One sentence for each file that could not be read; the others are there all the same.
    """
    records: list[Record] = []
    errors: list[str] = []
    for path in sorted((course / "records" / assignment).glob("*.json")):
        try:
            records.append(read_record(path))
        except RecordError as error:
            errors.append(str(error))
    return records, errors


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is no number")
