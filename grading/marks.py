"""What each student has, when the run record and nbgrader's gradebook are laid together.

The record knows the verdicts; the gradebook knows what a person has marked since. The gradebook's
points count wherever it has some, so that the totals here are those that `nbgrader export` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grading.records import GRADED, Record, TestResult, WrittenAnswer

if TYPE_CHECKING:  # nbgrader takes seconds to import
    from nbgrader.api import Gradebook, SubmittedAssignment

__all__ = [
    "ClassMarks",
    "Mark",
    "Score",
    "Standing",
    "StudentMarks",
    "read_class_marks",
    "student_marks",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell in the gradebook: points, whether by hand, whether it waits for a person."""

    points: float | None
    by_hand: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class StudentMarks:
    """A submission in the gradebook: marks by grade id, and the points lost by lateness."""

    cells: Mapping[str, Mark] = field(default_factory=dict)
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class ClassMarks:
    """An assignment in the gradebook: submissions by student, and all full names."""

    students: Mapping[str, StudentMarks] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """A test or written answer with the points that count now; None until someone marks it."""

    item: TestResult | WrittenAnswer
    points: float | None
    by_hand: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A student's result in an assignment, as it stands now."""

    record: Record
    name: str
    tests: list[Score]
    written: list[Score]
    penalty: float

    @classmethod
    def of(cls, record: Record, marks: StudentMarks | None = None, name: str = "") -> Standing:
        """Lay a record and the marks of the same student together."""
        marks = marks or StudentMarks()
        return cls(
            record,
            name,
            [_score(test, test.points, marks) for test in record.tests],
            [_score(answer, answer.points, marks) for answer in record.written],
            marks.penalty,
        )

    @property
    def total(self) -> float:
        """Points that count now, never below 0; what waits for a person counts 0."""
        points = sum(score.points or 0.0 for score in [*self.tests, *self.written])
        return max(0.0, points - self.penalty)

    @property
    def max_score(self) -> float:
        """Points to earn."""
        return self.record.max_score

    @property
    def share(self) -> float:
        """Points that count now, as a part of those to earn: 0 to 1, or more with extra credit."""
        return self.total / self.max_score if self.max_score else 0.0

    @property
    def waiting(self) -> list[Score]:
        """The cells that a person is asked to mark."""
        return [score for score in [*self.written, *self.tests] if score.waiting]

    @property
    def graded(self) -> bool:
        """Whether the run came to its end."""
        return self.record.outcome.code == GRADED


def read_class_marks(gradebook: Gradebook, assignment: str) -> ClassMarks:
    """Read all marks of an assignment; an assignment that the gradebook does not know has none."""
    from nbgrader.api import MissingEntry

    try:
        submissions = gradebook.assignment_submissions(assignment)
    except MissingEntry:
        submissions = []
    return ClassMarks(
        {submission.student.id: student_marks(submission) for submission in submissions},
        {
            student.id: f"{student.first_name or ''} {student.last_name or ''}".strip()
            for student in gradebook.students
        },
    )


def student_marks(submission: SubmittedAssignment) -> StudentMarks:
    """Read the marks of one submission."""
    cells: dict[str, Mark] = {}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            by_hand = grade.manual_score is not None
            points = grade.manual_score if by_hand else grade.auto_score
            if grade.extra_credit:
                points = (points or 0.0) + grade.extra_credit
            cells[grade.name] = Mark(points, by_hand, bool(grade.needs_manual_grade))
    penalties = [notebook.late_submission_penalty or 0.0 for notebook in submission.notebooks]
    return StudentMarks(cells, sum(penalties))


def _score(item: TestResult | WrittenAnswer, points: float | None, marks: StudentMarks) -> Score:
    mark = marks.cells.get(item.cell)
    if mark is None:
        return Score(item, points, by_hand=False, waiting=points is None)
    return Score(item, mark.points, mark.by_hand, mark.waiting)
