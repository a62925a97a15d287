from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time

import pytest

from authoring.execute import Session
from authoring.source import Cell
from authoring.timelimit import OverTime, time_limit


def test_a_loop_is_stopped():
    """Is an endless loop left, whatever it catches of the ordinary kind, with a sentence?"""

    def loop() -> None:
        while True:
            with contextlib.suppress(Exception):  # as an answer might
                time.sleep(0.01)

    with (
        pytest.raises(OverTime, match="the loop ran longer than 0.2 s"),
        time_limit(0.2, "the loop"),
    ):
        loop()


def test_what_ends_in_time_is_left_alone():
    """Is nothing of the limit left afterwards?"""
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(0.05, "this"):
        pass
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) is before


def test_cells_have_a_limit():
    """Do a cell and a test say that they ran too long?"""
    session = Session(limit=0.2)
    loop = Cell("exercise", "while True:\n    pass", "endless", points=1)
    assert session.attempt(loop) == "OverTime: cell `endless` ran longer than 0.2 s"
    assert session.judge(loop).verdict == "time"


def test_what_catches_everything_ends_the_program():
    """Does even a loop that cannot be stopped end with a sentence?"""
    code = (
        "import time\n"
        "from authoring import timelimit\n"
        "timelimit.AGAIN = 0.05\n"
        "with timelimit.time_limit(0.05, 'cell `x`'):\n"
        "    while True:\n"
        "        try:\n"
        "            time.sleep(9)\n"
        "        except BaseException: pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (
        2,
        "cell `x` cannot be stopped: mend its endless loop.\n",
    )
