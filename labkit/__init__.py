"""What every lab notebook imports: the start call, checks that explain themselves, plots."""

from __future__ import annotations

from labkit import drawing, plots
from labkit.checks import Check
from labkit.session import Lab, start
from labkit.verdicts import CheckFailed, NotAttempted, Raised, Wrong

__all__ = [
    "Check",
    "CheckFailed",
    "Lab",
    "NotAttempted",
    "Raised",
    "Wrong",
    "drawing",
    "plots",
    "start",
]
