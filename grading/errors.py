"""What can go wrong while grading, each with one sentence for the person who has to act.

GradingError
  + SetupError       the course or the machine is not ready: nothing was graded
  + Unreadable       one submission cannot be read: it gets no points, the others go on
"""

from __future__ import annotations


class GradingError(Exception):
    """Base of the errors of this package."""


class SetupError(GradingError):
    """The course, its settings or the machine are not ready; nothing was graded."""


class Unreadable(GradingError):
    """A submission holds no notebook that can be graded.

    `code` is what the record keeps: "missing", "link", "too_large", "unreadable".
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
