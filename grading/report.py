"""The class report: one HTML page, complete in itself, and a CSV file beside it.

    report = write_report(course, "ch02_mnist", gradebook=gradebook)

The page is for the instructor: it quotes what hidden tests found. Every name and message in it may
come from a student, so the templates escape everything, and the page's own policy lets no script
run but the one for sorting.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from grading.charts import describe_shares, describe_usage, shares_chart, usage_chart
from grading.checked import replace_text
from grading.marks import ClassMarks, Standing, read_class_marks
from grading.pages import TEMPLATES, environment
from grading.records import Record, RecordError, read_records
from grading.summary import about, columns, difficulty, followed, tasks
from grading.verdicts import FOLLOWED, LIMITS, VERDICTS, Shown, points_text, shown

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

__all__ = ["Report", "report_csv", "report_html", "write_report"]

# A spreadsheet takes these for formulas; a plain id such as "-anna" or "+7" is none.
_FORMULA = re.compile(r"\s*(=|[+\-@].*[(|!=])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Report:
    """Where the report lies, and one sentence for each record that could not be read."""

    html: Path
    csv: Path
    errors: list[str]


def write_report(
    course: Path,
    assignment: str,
    *,
    gradebook: Gradebook | None = None,
    feedback: Path | None = None,
    target: Path | None = None,
) -> Report:
    """Write the report of an assignment from all its records.

    Parameters
    ----------
    course : Path
        The course folder, with `records/` in it.
    assignment : str
        nbgrader's name of the assignment.
    gradebook : Gradebook, optional
        Where points given by hand come from; without it the records' own points are shown.
    feedback : Path, optional
        nbgrader's feedback folder, by default `<course>/feedback`; pages that lie there are linked.
    target : Path, optional
        Folder for `<assignment>.html` and `<assignment>.csv`, by default `<course>/report`.

    Raises
    ------
    RecordError
        If there is no record that could be read.
    """
    records, errors = read_records(course, assignment)
    if not records:
        raise RecordError(
            errors[0]
            if errors
            else f"{course / 'records' / assignment} holds no record; grade the assignment first."
        )
    marks = read_class_marks(gradebook, assignment) if gradebook else ClassMarks()
    standings = [
        Standing.of(record, marks.students.get(record.student), marks.names.get(record.student, ""))
        for record in records
    ]
    target = target or course / "report"
    links = feedback_links(feedback or course / "feedback", assignment, records, target)
    absent = sorted(set(marks.names) - {record.student for record in records})
    page = report_html(assignment, standings, links=links, absent=absent, errors=errors)
    return Report(
        replace_text(target / f"{assignment}.html", page),
        replace_text(target / f"{assignment}.csv", report_csv(standings)),
        errors,
    )


def report_html(
    assignment: str,
    standings: Sequence[Standing],
    *,
    links: Mapping[str, str] | None = None,
    absent: Sequence[str] = (),
    errors: Sequence[str] = (),
) -> str:
    """Make the page.

    Parameters
    ----------
    assignment : str
        Name of the assignment.
    standings : sequence of Standing
        One a submission, in the order of the page.
    links : mapping of str to str, optional
        Address of the feedback page, by student.
    absent : sequence of str
        Students of the course without a submission.
    errors : sequence of str
        One sentence for each record that could not be read.
    """
    from markupsafe import Markup

    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    graded = [standing for standing in standings if standing.graded]
    ran = [standing.record for standing in standings if standing.record.peak_memory_mb]
    seconds = [record.seconds for record in ran]
    memory = [record.peak_memory_mb for record in ran]
    tests, written = columns(standings)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            assignment=assignment,
            standings=standings,
            graded=graded,
            changed=[
                standing.record.student
                for standing in standings
                if any(problem.code not in LIMITS for problem in standing.record.problems)
            ],
            tests=tests,
            written=written,
            cells={standing.record.student: _cells(standing) for standing in standings},
            # What is worth no points, such as the look at the machine, cannot be hard.
            exercises=sorted(
                (entry for entry in difficulty(graded, "exercise").values() if entry.max_points),
                key=lambda entry: entry.share,
            ),
            difficulty=difficulty(graded, "cell"),
            tasks=tasks(standings),
            links=links or {},
            absent=absent,
            errors=errors,
            about=about(standings),
            legend=VERDICTS,
            follow_mark=FOLLOWED,
            followed=followed(graded),
            shares_text=describe_shares([standing.share for standing in graded]),
            usage_text=describe_usage(seconds, memory),
            shares_chart=Markup(shares_chart([standing.share for standing in graded])),
            usage_chart=Markup(usage_chart(seconds, memory)),
            css=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),
            script=Markup(script),
            script_hash=digest,
        )
    )


def report_csv(standings: Iterable[Standing]) -> str:
    """Make the CSV: a row a student, a column a test or written answer, then totals and costs."""
    standings = list(standings)
    tests, written = columns(standings)
    items = [item.cell for item in [*tests, *written]]
    text = io.StringIO()
    table = csv.writer(text)
    costs = ["seconds", "cpu_seconds", "peak_memory_mb"]
    sums = ["total", "max_score", "to_mark", "followed"]
    table.writerow(["student", "name", "outcome", *items, *sums, *costs])
    for standing in standings:
        record = standing.record
        points = {
            score.item.cell: "" if score.points is None else points_text(score.points)
            for score in [*standing.tests, *standing.written]
        }
        table.writerow(
            [_no_formula(part) for part in (record.student, standing.name, record.outcome.code)]
            + [points.get(cell, "") for cell in items]
            + [points_text(standing.total), points_text(standing.max_score), len(standing.waiting)]
            + [sum(bool(score.item.followed) for score in standing.tests)]
            + [f"{value:.1f}" for value in (record.seconds, record.cpu_seconds)]
            + [f"{record.peak_memory_mb:.0f}"]
        )
    return text.getvalue()


def feedback_links(
    feedback: Path, assignment: str, records: Iterable[Record], start: Path
) -> dict[str, str]:
    """Find each student's feedback page and return its address relative to the folder `start`."""
    links: dict[str, str] = {}
    for record in records:
        pages = sorted((feedback / record.student / assignment).glob("*.html"))
        if pages:
            links[record.student] = quote(Path(os.path.relpath(pages[0], start)).as_posix())
    return links


def _cells(standing: Standing) -> dict[str, Shown]:
    return {score.item.cell: shown(score) for score in [*standing.tests, *standing.written]}


def _no_formula(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
