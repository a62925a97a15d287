"""Stop what runs too long in this process: an endless loop in an answer ends with a sentence."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType

# A cell of a lab takes 45 seconds at most where nothing else runs; a busy machine may need more.
CELL_SECONDS = 180.0
AGAIN = 1.0  # seconds until the next attempt to stop what has caught the first
MAX_ATTEMPTS = 10


class OverTime(BaseException):
    """The time is over; no `Exception`, so that `except Exception:` in an answer lets it pass."""


@contextlib.contextmanager
def time_limit(seconds: float, what: str) -> Iterator[None]:
    """Raise `OverTime` in the body after some seconds, and end the program if it takes no notice.

    Parameters
    ----------
    seconds
        By the clock.
    what
        What runs, for the sentence.
    """
    attempts = 0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal attempts
        attempts += 1
        if attempts > MAX_ATTEMPTS:  # it catches everything, in a loop
            print(f"{what} cannot be stopped: mend its endless loop.", file=sys.__stderr__)
            os._exit(2)
        raise OverTime(f"{what} ran longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
