"""The second runner: plain nbgrader on the same labs and submissions, run for real.

`nbgrader autograde` as it comes, but for a longer time limit, all students of a lab in one course.
It runs the students' programs beside the gradebook, so the whole of it runs shut in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import OperationalError

from grading.place import COURSE, DATA
from grading.sandbox import ROOT, Limits, Sandbox
from tests.integrity.case import Case
from tests.integrity.labs import Lab, unmarked
from tests.integrity.ours import hand_in

UID = 63100
SETTINGS = """
c = get_config()
c.CourseDirectory.course_id = "plain"
c.Execute.timeout = 20
c.NbGraderConfig.logfile = ""
"""


def name_of(case: Case) -> str:
    """Return a student's id for a case."""
    return case.id.replace(".", "-")


def make_course(lab: Lab, root: Path) -> str:
    """Make a course of nbgrader's with one lab, released; return what nbgrader prints."""
    root.mkdir(parents=True)
    root.chmod(0o755)
    name = lab.assignment.name
    (root / "source" / name).mkdir(parents=True)
    nbformat.write(lab.assignment.source, root / "source" / name / f"{name}.ipynb")
    (root / "nbgrader_config.py").write_text(SETTINGS, encoding="utf-8")
    return shut_in(["-m", "nbgrader", "generate_assignment", name], root, lab.referee_data)


def grade_all(
    cases: Sequence[Case], lab: Lab, root: Path
) -> tuple[dict[str, dict[str, float] | None], str]:
    """Grade cases of one lab; return their points by case and test cell, and nbgrader's log.

    None stands for a submission that got no score. `root` is a course that was made before.
    """
    name = lab.assignment.name
    for case in cases:
        hand_in(case, lab, root / "submitted" / name_of(case) / name)
    log = shut_in(["-m", "nbgrader", "autograde", name], root, lab.referee_data)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "plain") as gradebook:
        return {case.id: _points(gradebook, case, lab) for case in cases}, log


def grade_alone(
    case: Case, lab: Lab, course: Path, root: Path
) -> tuple[dict[str, float] | None, bool]:
    """Grade one case in a copy of a course, before an honest student's work.

    Returns its points, and whether the other got all of hers: some cases stop nbgrader, or spoil
    what others have handed in.
    """
    shutil.copytree(course, root, symlinks=True)
    honest = Case("zoe", "the solution", lab=case.lab, truth=None)
    try:
        results, _ = grade_all([case, honest], lab, root)
    except OperationalError:  # there is no gradebook any more
        return None, False
    return results[case.id], results["zoe"] == unmarked(lab)


def _points(gradebook: Gradebook, case: Case, lab: Lab) -> dict[str, float] | None:
    name = lab.assignment.name
    points = {}
    answers = {cell.id for cell in lab.assignment.questions}
    for cell in lab.maximum:
        try:
            grade = gradebook.find_grade(cell, name, name, name_of(case))
        except MissingEntry:
            return None
        if grade.auto_score is None and cell not in answers:  # those wait for a person
            return None
        points[cell] = (grade.auto_score or 0.0) + (grade.extra_credit or 0.0)
    return points


def shut_in(argv: Sequence[str], root: Path, data: Path) -> str:
    """Run a program of nbgrader's in a course's folder, in a sandbox; return what it prints."""
    packages = ("labkit", "data_scripts", "pyproject.toml")
    sandbox = Sandbox(
        limits=Limits(memory_mb=4000, processes=400, file_mb=200, cpu_seconds=2000),
        read_only=(
            *((ROOT / package, COURSE / package) for package in packages),
            (data, DATA),
        ),
        shared=root,
        environment={
            "HOME": "/home/student",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(COURSE),
            "MPLBACKEND": "agg",
            "LABS_DATA": str(DATA),
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1",
        },
        uid=UID,
    )
    shell = f'cd "{root}" && exec "$0" "$@"'
    if os.geteuid() == 0:
        for path in [root, *root.rglob("*")]:
            os.chown(path, UID, UID, follow_symlinks=False)  # a student's link may lead anywhere
    process = sandbox.start(
        ["/bin/sh", "-c", shell, sys.executable, *argv],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    output, _ = process.communicate(timeout=2000)
    return output.decode(errors="replace")
