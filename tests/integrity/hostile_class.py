"""A class of twenty, and the same with ten hostile submissions among them: do the twenty get the same?

    python -m tests.integrity.hostile_class ch02_mnist

Grades both classes as `grading grade` does, on the data that are there. The twenty hand in the solution,
the empty template, and answers of the lab, right and wrong; the ten hand in the solution with a cell that
harms.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from authoring.answers import read_answers
from grading.assignment import Assignment
from grading.class_run import grade_class, make_place
from grading.course import Course
from grading.records import Record
from grading.sandbox import ROOT
from tests.integrity.catalogue import CASES

HONEST = 20
SETTINGS = "c = get_config()\nload_subconfig('grader_config.py', path={root!r})\n"
HARM = ("B01", "B05", "B09", "B11", "B12", "B14", "B16", "B23", "B24", "T34")


def honest_class(lab: Assignment) -> dict[str, NotebookNode]:
    """Return twenty notebooks by student: different work, none of it harmful."""
    solved = {cell.id: cell.source for cell in lab.source.cells}
    given = {cell.id: cell.source for cell in lab.release.cells}
    answers = read_answers(ROOT / "solutions" / lab.name / "answers")
    chosen = answers[:: max(1, len(answers) // (HONEST - 2))]
    work = [solved, given]
    work += [solved | {id: cell.source for id, cell in one.cells.items()} for one in chosen]
    endless = itertools.islice(itertools.cycle(work), HONEST)
    return {f"student-{n:02}": _notebook(lab, texts) for n, texts in enumerate(endless)}


def hostile_class(lab: Assignment) -> dict[str, NotebookNode]:
    """Return ten notebooks by student, whose names fall between those of the honest ones."""
    solved = {cell.id: cell.source for cell in lab.source.cells}
    cases = {case.id: case for case in CASES}
    first = next(id for id, kind in lab.kinds.items() if kind == "exercise")
    found = {}
    for n, id in enumerate(HARM):
        harm = cases[id].own[0][1]
        found[f"student-{2 * n:02}-{id}"] = _notebook(lab, solved, (first, harm))
    return found


def _notebook(
    lab: Assignment, texts: dict[str, str], own: tuple[str, str] = ("", "")
) -> NotebookNode:
    notebook = nbformat.from_dict(lab.release)
    cells = []
    for cell in notebook.cells:
        if lab.kinds[cell.id] in ("exercise", "question"):
            cell.source = texts[cell.id]
        cells.append(cell)
        if cell.id == own[0]:
            cells.append(nbformat.v4.new_code_cell(own[1], id="own"))
    notebook.cells = cells
    return notebook


def grade(lab: Assignment, notebooks: dict[str, NotebookNode], folder: Path) -> list[Record]:
    """Hand in notebooks and grade them as a class."""
    folder.mkdir()
    (folder / "grader_config.py").write_text(SETTINGS.format(root=str(ROOT)), encoding="utf-8")
    for student, notebook in notebooks.items():
        home = folder / "submitted" / student / lab.name
        home.mkdir(parents=True)
        nbformat.write(notebook, home / f"{lab.name}.ipynb")
    course = Course.open(folder)
    with make_place(course, lab, isolated=True) as place:
        return grade_class(
            course,
            lab,
            place,
            sorted(notebooks),
            tell=lambda record, change: print(f"{record.student}: {record.score:g}", flush=True),
        )


def differences(record: Record, other: Record) -> list[str]:
    """Return a line for each test with other points or another verdict, and the other's problems."""
    lines = [
        f"{test.cell}: {test.points:g} {test.verdict}, then {now.points:g} {now.verdict}: "
        f"{now.detail or now.message}"
        for test, now in zip(record.tests, other.tests, strict=True)
        if (test.points, test.verdict) != (now.points, now.verdict)
    ]
    return [*lines, *(problem.message for problem in other.problems)] if lines else []


def main() -> int:
    """Grade both classes; return 1 if an honest student gets something else in the second."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("lab")
    lab = Assignment.load(ROOT, parser.parse_args().lab)
    honest, seconds, found = honest_class(lab), [], []
    with tempfile.TemporaryDirectory(prefix="class-") as name:
        for number, notebooks in enumerate([honest, honest | hostile_class(lab)]):
            started = time.perf_counter()
            records = grade(lab, notebooks, Path(name, str(number)))
            seconds.append(time.perf_counter() - started)
            found.append({record.student: record for record in records})
    other = {student: differences(found[0][student], found[1][student]) for student in honest}
    other = {student: lines for student, lines in other.items() if lines}
    print(
        f"{lab.name}: {len(found[0])} students in {seconds[0]:.0f} s, {len(found[1])} with {len(HARM)} "
        f"hostile ones in {seconds[1]:.0f} s; another grade for {len(other)} of the honest."
    )
    for student, lines in other.items():
        print(student, *lines, sep="\n  ")
    return int(bool(other))


if __name__ == "__main__":
    sys.exit(main())
