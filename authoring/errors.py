"""What can go wrong while a lab is written.

AuthoringError                 any of these; the command line prints its sentence and ends with 2
  LabNotFound                  no such folder below solutions/
  BadSource                    a percent script that cannot become a notebook
  BadLabFile                   a lab.toml that lacks something or has it in the wrong form
  BadAnswer                    an answer whose header or cells do not say what it replaces
  ReleaseFailed                nbgrader did not make the student's version
  RunFailed                    a cell of the solution raised where it must not
"""

from __future__ import annotations


class AuthoringError(Exception):
    """Say in one sentence what is wrong with a lab and what to do."""


class LabNotFound(AuthoringError):
    """There is no lab of that name."""


class BadSource(AuthoringError):
    """A percent script has options or markers that make no notebook."""


class BadLabFile(AuthoringError):
    """A lab.toml lacks a field or has one of the wrong type."""


class BadAnswer(AuthoringError):
    """An answer does not say which exercise it replaces."""


class ReleaseFailed(AuthoringError):
    """nbgrader could not make the student's version."""


class RunFailed(AuthoringError):
    """A cell raised where the solution has to run through."""
