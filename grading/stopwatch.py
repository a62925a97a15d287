"""The time that work takes: the clock, less what a busy machine lets it wait for the processor.

Who grades a class on two cores makes honest notebooks wait, which is no fault of theirs; whoever
sleeps in a notebook makes the class wait, and that is. Linux counts both for each thread.
"""

from __future__ import annotations

import time

from grading.watch import Watch

# How much longer than its limit something may take by the clock, however long it had to wait.
PATIENCE = 3


class Stopwatch:
    """Time of some processes since now, held against a limit in seconds.

    Parameters
    ----------
    limit
        Seconds on a machine where nothing else runs.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._started = time.monotonic()
        self._watches: list[tuple[Watch, float, float]] = []

    def add(self, watch: Watch) -> None:
        """Count a sandbox too, from now on; once it has ended, what it used stays counted."""
        self._watches.append((watch, watch.cpu_seconds, watch.waited_seconds))

    @property
    def deadline(self) -> float:
        """When it is over in any case, on `time.monotonic()`."""
        return self._started + PATIENCE * self._limit

    @property
    def seconds(self) -> float:
        """What was used: processor time or the clock without the waits, whichever is more.

        With several threads the waits add up to more than there was; never more than the clock.
        """
        clock = time.monotonic() - self._started
        used = sum(watch.cpu_seconds - before for watch, before, _ in self._watches)
        waited = sum(watch.waited_seconds - before for watch, _, before in self._watches)
        return min(clock, max(used, clock - waited))

    @property
    def left(self) -> float:
        """Seconds that are left; negative when it is over."""
        return min(self._limit - self.seconds, self.deadline - time.monotonic())
