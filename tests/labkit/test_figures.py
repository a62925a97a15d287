"""Tests of labkit.figures."""

from __future__ import annotations

import json
import subprocess
import sys

import matplotlib
import numpy as np
import pytest

from labkit import figures


def test_the_students_own_style_is_kept() -> None:
    """Do our settings stay in our figures, and the student's outside of them?"""
    with matplotlib.rc_context({"font.size": 31, "figure.facecolor": "black"}):
        with figures.shown_figure("Title", 3, 2) as (figure, caption):
            assert matplotlib.rcParams["font.size"] == 10
            caption.append("Nothing.")
        assert matplotlib.rcParams["font.size"] == 31
    assert figure.get_facecolor() == (1, 1, 1, 1)


def test_dates_need_no_slanted_labels() -> None:
    """Are dates along an axis short, with month and year said once?"""
    days = np.arange("2014-04-01", "2014-04-11", dtype="datetime64[D]")
    with figures.shown_figure("Title", 8, 3) as (figure, caption):
        axes = figure.subplots()
        axes.plot(days, np.arange(10))
        caption.append("Ten days.")
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert max(map(len, labels)) <= 3
    assert axes.xaxis.get_offset_text().get_text() == "2014-Apr"


def test_a_failed_figure_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Does an error while drawing come through, with nothing shown?"""
    with pytest.raises(ZeroDivisionError), figures.shown_figure("Title", 3, 2):
        raise ZeroDivisionError
    assert capsys.readouterr() == ("", "")


IN_IPYTHON = """
import json
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
counts = []
for cell in (
    "import matplotlib.pyplot as plt; from labkit import plots",
    "plots.score_ladder({'a': 1.0})",                      # the figure is the cell's value
    "figure = plots.score_ladder({'a': 1.0})",
    "figure",                                              # asked for again, in a later cell
    "print(plt.get_fignums())",
):
    with capture_output() as seen:
        shell.run_cell(cell, store_history=True)
    counts.append(len(seen.outputs))
print(json.dumps({"counts": counts, "open": seen.stdout}))
"""


def test_no_double_figure_in_ipython() -> None:
    """Is a figure shown once by its own cell, again when asked for later, and none left open?"""
    pytest.importorskip("IPython")
    run = subprocess.run(
        [sys.executable, "-c", IN_IPYTHON], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.splitlines()[-1])
    assert seen["counts"] == [0, 1, 1, 1, 0]
    assert seen["open"].strip() == "[]"
