from __future__ import annotations

from pathlib import Path

import pytest

from authoring.calibrate import calibrate, code_digest, load_measure
from authoring.calibration import read_calibration
from authoring.errors import BadLabFile, RunFailed
from authoring.source import read_source


def measure(course: Path, seeds: int = 2, variants: tuple[str, ...] = (), origin: str = "real"):
    lines: list[str] = []
    done = calibrate(
        course, "toy", seeds=seeds, variants=list(variants), origins=[origin], tell=lines.append
    )
    return done, lines


@pytest.fixture
def bare(course: Path) -> Path:
    (course / "solutions" / "toy" / "calibration.json").unlink()
    return course


def test_runs_are_kept_and_only_missing_ones_made(bare: Path):
    """Does a second call go on where the first ended?"""
    done, lines = measure(bare)
    assert len(done.runs) == 4
    assert lines[0] == "0 runs kept, 4 to do"
    assert lines[1].startswith("1/4 steep real seed 1: zero 0.0000  mean 0.5000  network 0.99")
    done, lines = measure(bare, seeds=3)
    assert lines[0] == "4 runs kept, 2 to do"
    assert len(done.runs) == 6


def test_waiting_is_not_counted(bare: Path, edit):
    """Are a run's seconds those of the processor, where others keep the clock running?"""
    edit(
        bare / "solutions" / "toy" / "toy.py",
        "lab = Lab()",
        "import time; time.sleep(1); lab = Lab()",
    )
    done, _ = measure(bare, seeds=1, variants=("steep",))
    assert done.runs[0].seconds < 0.9


def test_one_variant_alone(bare: Path):
    """Can an author measure one variant, and is an unknown one refused?"""
    done, _ = measure(bare, seeds=1, variants=("flat",))
    assert [(run.variant, run.seed) for run in done.runs] == [("flat", 1)]
    with pytest.raises(BadLabFile, match="no variant 'round'; it has: steep, flat"):
        measure(bare, variants=("round",))


def test_variant_and_seed_reach_the_notebook(bare: Path):
    """Do runs differ by seed, and do equal seeds give equal scores?"""
    done, _ = measure(bare)
    again, _ = measure(bare)
    first, second = done.find("steep", "real")
    assert first.scores != second.scores
    assert again.find("steep", "real")[0].scores == first.scores


def test_changed_code_makes_old_runs_worthless(bare: Path, edit):
    """Do runs of other code count no more, while a change of comments keeps them?"""
    measure(bare)
    path = bare / "solutions" / "toy" / "toy.py"
    edit(path, "lab = Lab()", "lab = Lab()  # the way in")
    edit(path, 'print(f"the mean', 'print(f"their mean')
    assert measure(bare)[1] == ["4 runs kept, 0 to do"]
    edit(path, "dice.gauss(0, 0.1)", "dice.gauss(0, 0.2)")
    assert measure(bare)[1][:2] == [
        "the code changed since: 4 old runs do not count any more",
        "0 runs kept, 4 to do",
    ]


def test_several_metrics_a_rung(bare: Path, edit):
    """Is a rung's table of metrics kept and told as it is?"""
    path = bare / "solutions" / "toy" / "ladder.py"
    edit(path, '"mean": 0.5', '"mean": {"mae": 0.5, "r2": 1}')
    told = []
    made = calibrate(bare, "toy", seeds=1, variants=["flat"], origins=["real"], tell=told.append)
    assert made.runs[0].scores["mean"] == {"mae": 0.5, "r2": 1.0}
    assert "mean mae 0.5000, r2 1.0000" in told[-1]


def test_an_interrupted_calibration_keeps_its_runs(bare: Path):
    """Is every run on disk before the next one begins?"""

    def stop(line: str) -> None:
        if line.startswith("2/"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibrate(bare, "toy", seeds=3, variants=[], origins=["real"], tell=stop)
    assert len(read_calibration(bare / "solutions" / "toy" / "calibration.json").runs) == 2


def test_ladders_that_do_not_measure(bare: Path, edit):
    """Is each way in which ladder.py can fail told in a sentence?"""
    path = bare / "solutions" / "toy" / "ladder.py"
    edit(path, 'notebook["slope"]', 'notebook["steepness"]')
    with pytest.raises(RunFailed, match="measure\\(\\) of ladder.py raised KeyError"):
        measure(bare)
    path.write_text("def other():\n    pass\n", encoding="utf-8")
    with pytest.raises(BadLabFile, match="no function `measure"):
        load_measure(path)
    path.write_text("def", encoding="utf-8")
    with pytest.raises(BadLabFile, match="no valid Python"):
        code_digest(read_source(bare / "solutions" / "toy" / "toy.py"), path)
    path.unlink()
    with pytest.raises(BadLabFile, match="does not exist"):
        load_measure(path)
