"""Tests of the stopwatch: whose time counts, and when it is over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest

from grading.sandbox import Limits
from grading.stopwatch import PATIENCE, Stopwatch
from grading.watch import Watch

LIMITS = Limits(memory_mb=400, processes=40, file_mb=16, cpu_seconds=60)


@dataclass
class Used:
    """What a watch may have seen."""

    cpu_seconds: float = 0.0
    waited_seconds: float = 0.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands at the last number of this list."""
    times = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: times[-1])
    return times


@pytest.mark.parametrize(
    ("seconds", "cpu", "waited", "expected"),
    [
        (10, 10, 0, 10),  # it computes
        (10, 0, 0, 10),  # it sleeps: the class waits for it
        (10, 2, 8, 2),  # it waits for the processor
        (10, 2, 3, 7),  # it sleeps for 5 of them
        (10, 20, 0, 10),  # two threads
        (10, 4, 90, 4),  # ten threads that wait at the same time
    ],
)
def test_what_counts(
    clock: list[float], seconds: int, cpu: int, waited: int, expected: int
) -> None:
    """Does what a busy machine costs not count, and sleep count?"""
    watch = Used(3, 5)
    one = Stopwatch(60)
    one.add(watch)  # type: ignore[arg-type]
    watch.cpu_seconds += cpu
    watch.waited_seconds += waited
    clock.append(100.0 + seconds)
    assert one.seconds == expected
    assert one.left == 60 - expected


def test_several_sandboxes(clock: list[float]) -> None:
    """Are kernel and referee counted together?"""
    watches = Used(), Used()
    one = Stopwatch(60)
    for watch in watches:
        one.add(watch)  # type: ignore[arg-type]
        watch.cpu_seconds, watch.waited_seconds = 2, 4
    clock.append(112.0)
    assert one.seconds == 4


def test_in_the_end_the_clock_decides(clock: list[float]) -> None:
    """Is it over after some times the limit, whatever the machine does?"""
    watch = Used()
    one = Stopwatch(10)
    one.add(watch)  # type: ignore[arg-type]
    assert one.deadline == 100 + PATIENCE * 10
    watch.waited_seconds = 1000
    clock.append(100 + PATIENCE * 10 - 1)
    assert one.left == 1
    clock.append(100 + PATIENCE * 10 + 1)
    assert one.left < 0


@pytest.mark.skipif(not os.path.exists("/proc/self/schedstat"), reason="Linux counts no waits here")
def test_a_crowd_on_one_processor() -> None:
    """Does work that shares a processor with others count for what it does itself?"""
    work = "import os\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\nwhile True: pass"
    crowd = [subprocess.Popen([sys.executable, "-c", work]) for _ in range(4)]
    watches = [Watch(process, LIMITS, time.monotonic() + 60) for process in crowd]
    try:
        time.sleep(1)  # until all are at it
        one = Stopwatch(60)
        one.add(watches[0])
        time.sleep(3)
        used, waited = watches[0].cpu_seconds, watches[0].waited_seconds
        assert one.seconds < 2.5, (used, waited)
        assert waited > 1
    finally:
        for process, watch in zip(crowd, watches, strict=True):
            watch.stop()
            process.kill()
            process.wait()
