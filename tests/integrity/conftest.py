"""Cases are graded once, two at a time, however many tests look at them."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # plain `pytest` leaves it out

from tests.integrity.case import Case
from tests.integrity.labs import Lab, build
from tests.integrity.ours import Result, grade

WORKERS = 2


@pytest.fixture(scope="session")
def result(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Case], Result]]:
    """Return a function that gives a case's result; all that are asked for run meanwhile."""
    root = tmp_path_factory.mktemp("integrity")
    wanted: dict[str, Case] = {}
    for item in request.session.items:
        if "result" in getattr(item, "fixturenames", ()) and hasattr(item, "callspec"):
            case = item.callspec.params["case"]
            wanted[case.id] = case
    labs = {name: build(root / "labs", name) for name in {case.lab for case in wanted.values()}}
    workers: queue.Queue[int] = queue.Queue()
    for number in range(WORKERS):
        workers.put(number)

    def run(case: Case, lab: Lab) -> Result:
        worker = workers.get()
        try:
            return grade(case, lab, root / "submitted" / case.id, worker)
        finally:
            workers.put(worker)

    with ThreadPoolExecutor(WORKERS) as pool:
        futures: dict[str, Future[Result]] = {
            case.id: pool.submit(run, case, labs[case.lab]) for case in wanted.values()
        }
        yield lambda case: futures[case.id].result()
        pool.shutdown(cancel_futures=True)
