"""What every lab notebook imports: the start call, checks that explain themselves, plots."""

from __future__ import annotations

from labkit import drawing, plots
from labkit.checks import Check
from labkit.live import clean_copy, inside, scratch
from labkit.portable import CannotCopy
from labkit.session import Lab, start
from labkit.verdicts import CheckFailed, NotAttempted, Raised, Wrong

__all__ = [
    "CannotCopy",
    "Check",
    "CheckFailed",
    "Lab",
    "NotAttempted",
    "Raised",
    "Wrong",
    "clean_copy",
    "drawing",
    "inside",
    "plots",
    "scratch",
    "start",
]
