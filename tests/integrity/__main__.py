"""Run every case through both graders, print the tables, keep them as pages in docs/.

make integrity
python -m tests.integrity T54 F40      some rows only; the page keeps the others as they are
python -m tests.integrity notebooks    nbgrader's own notebooks only
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from grading.sandbox import ROOT, why_not
from tests.integrity import adopted, ours, plain
from tests.integrity.case import Case
from tests.integrity.catalogue import CASES
from tests.integrity.labs import Lab, build
from tests.integrity.replay_table import replay_page
from tests.integrity.replays import REPLAYS
from tests.integrity.table import is_wrong, lines_of, page, row

PAGE = ROOT / "docs" / "integrity.md"
NOTEBOOKS = ROOT / "docs" / "nbgraders_notebooks.md"
PACKAGES = ("nbgrader", "numpy", "keras", "tensorflow")


def main(rows: list[str]) -> int:
    """Run the cases of some rows, all by default; return 1 if a score here is not the true one."""
    if reason := why_not():
        print(reason)
        return 1
    if rows in ([], ["notebooks"]):
        wrong = _grade_notebooks()
        if rows:
            return wrong
    cases = [case for case in CASES if not rows or case.id in rows or case.row in rows]
    with tempfile.TemporaryDirectory(prefix="integrity-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        lines: dict[str, str] = {}
        for name in dict.fromkeys(case.lab for case in cases):
            lines |= _grade_lab(name, [case for case in cases if case.lab == name], root)
    print(page(list(lines.values()), _versions()))
    wrong = any(is_wrong(line) for line in lines.values())
    lines = lines_of(PAGE.read_text(encoding="utf-8")) | lines if rows else lines
    kept = [lines[case.id] for case in CASES if case.id in lines]
    PAGE.write_text(page(kept, _versions()), encoding="utf-8")
    return int(wrong)


def _grade_notebooks() -> int:
    """Grade nbgrader's own notebooks by both graders, write the page; return 1 if ours are wrong."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="notebooks-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(adopted.grade_plainly, REPLAYS, root / "plain")
            labs: dict[str, adopted.Adopted] = {}
            for number, replay in enumerate(REPLAYS):
                if replay.source not in labs:
                    home = root / f"lab{number}"
                    labs[replay.source] = adopted.adopt(replay.source, home, replay.beside)
                found[replay.id] = adopted.replay(replay, labs[replay.source], root / f"s{number}")
            plainly, _ = running.result()
    text = replay_page(found, plainly, _versions())
    print(text)
    NOTEBOOKS.write_text(text, encoding="utf-8")
    return int(found != {replay.id: replay.ours for replay in REPLAYS})


def _grade_lab(name: str, cases: list[Case], root: Path) -> dict[str, str]:
    """Grade a lab's cases by both graders, at the same time; return the table's lines by id."""
    lab = build(root / "labs", name)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(_grade_plainly, lab, cases, root / "plain" / name)
        results = {case.id: ours.grade(case, lab, root / "ours" / case.id) for case in cases}
        theirs, batches = running.result()
    return {
        case.id: row(
            case, lab.maximum, results[case.id].points, theirs[case.id], batches.get(case.id, True)
        )
        for case in cases
    }


def _grade_plainly(
    lab: Lab, cases: list[Case], root: Path
) -> tuple[dict[str, dict[str, float] | None], dict[str, bool]]:
    """Return nbgrader's points, and for cases in a course of their own whether others got theirs."""
    plain.make_course(lab, root / "empty")
    shutil.copytree(root / "empty", root / "together")
    points, log = plain.grade_all(
        [case for case in cases if not case.alone], lab, root / "together"
    )
    if points and not any(points.values()):
        print(log, file=sys.stderr)
    batches = {}
    for case in cases:
        if case.alone:
            found = plain.grade_alone(case, lab, root / "empty", root / case.id)
            points[case.id], batches[case.id] = found
    return points, batches


def _versions() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"Python {platform.python_version()}, {packages}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
