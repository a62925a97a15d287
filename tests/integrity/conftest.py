"""Cases are graded once, when the first test asks, however many tests look at them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # plain `pytest` leaves it out

from tests.integrity.case import Case
from tests.integrity.labs import Lab, build
from tests.integrity.ours import Result, grade

# The limit on processes is one of a user's: two processes of pytest take two.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], Result]:
    """Return a function that gives a case's result."""
    root = tmp_path_factory.mktemp("integrity")
    labs: dict[str, Lab] = {}
    results: dict[str, Result] = {}

    def run(case: Case) -> Result:
        if case.lab not in labs:
            labs[case.lab] = build(root / "labs", case.lab)
        if case.id not in results:
            lab, folder = labs[case.lab], root / "submitted" / case.id
            results[case.id] = grade(case, lab, folder, WORKER)
        return results[case.id]

    return run
