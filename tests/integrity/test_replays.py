"""nbgrader's own notebooks through our grader: the same points cell by cell, but for a written list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integrity import adopted
from tests.integrity.conftest import WORKER
from tests.integrity.replays import IN_SHORT, REFUSED, REPLAYS, Replay

Adopt = Callable[[Replay], adopted.Adopted]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Adopt:
    """Return a function that makes a lab of a replay's source, once."""
    labs: dict[str, adopted.Adopted] = {}

    def make(replay: Replay) -> adopted.Adopted:
        if replay.source not in labs:
            root = tmp_path_factory.mktemp("adopted")
            labs[replay.source] = adopted.adopt(replay.source, root, replay.beside)
        return labs[replay.source]

    return make


def _param(replay: Replay) -> object:
    marks = () if replay.source in IN_SHORT else pytest.mark.slow
    return pytest.param(replay, id=replay.id, marks=marks)


@pytest.mark.sandbox
@pytest.mark.parametrize("case", [_param(case) for case in REPLAYS])
def test_the_points_of_nbgrader(case: Replay, made: Adopt, tmp_path: Path) -> None:
    """Does every graded cell get what nbgrader gives, or what the list says, with its reason?"""
    found = adopted.replay(case, made(case), tmp_path / "submitted", WORKER)
    assert found == case.ours


@pytest.mark.parametrize("source", REFUSED)
def test_what_nbgrader_refuses(source: str, tmp_path: Path) -> None:
    """Is what nbgrader makes no assignment of refused here too, as it makes ours?"""
    with pytest.raises(adopted.Refused):
        adopted.adopt(source, tmp_path)


@pytest.mark.slow
@pytest.mark.sandbox
def test_nbgrader_gives_these_points(tmp_path: Path) -> None:
    """Does nbgrader, run for real, give what the list says that it gives?"""
    found, log = adopted.grade_plainly(REPLAYS, tmp_path / "plain")
    assert found == {replay.id: replay.points for replay in REPLAYS}, log[-2000:]


def test_the_list() -> None:
    """Is every notebook of nbgrader's in the list, and every difference given with its reason?"""
    listed = {replay.source for replay in REPLAYS} | set(REFUSED)
    for part in ("apps", "preprocessors", "ui-tests"):
        there = adopted.own_file(f"{part}/submitted-unchanged").parent.glob("*.ipynb")
        assert {name for name in listed if name.startswith(part)} == {
            f"{part}/{path.stem}" for path in there
        }
    differ = {replay.id for replay in REPLAYS if replay.ours != replay.points}
    assert differ == {replay.id for replay in REPLAYS if replay.reason}
    assert set(IN_SHORT) <= listed
