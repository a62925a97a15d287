"""A grader that is killed, a few times; `python -m tests.integrity.sudden_death` does it more often."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integrity.sudden_death import try_often


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_next_run_mends_it(tmp_path: Path) -> None:
    """Is a run that was killed as if it had not been, once the class is graded again?"""
    told: list[str] = []
    assert try_often(tmp_path, runs=4, seed=7, tell=told.append) == []
    assert len(told) == 4
