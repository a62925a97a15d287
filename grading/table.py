"""The class as a table of plain text, for the terminal."""

from __future__ import annotations

from grading.records import Record

REMARKS = 2  # problems that are named in a row; the report has them all


def class_table(records: list[Record]) -> str:
    """Return one line a submission: points, written answers that wait, time, memory, remarks."""
    rows = [("student", "points", "to mark", "time", "memory", "remarks")]
    rows += [_row(record) for record in records]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = []
    for row in rows:
        cells = [text.ljust(width) for text, width in zip(row[:5], widths, strict=True)]
        lines.append("  ".join([*cells, row[5]]).rstrip())
    lines.insert(1, "-" * max(len(line) for line in lines[:2]))
    return "\n".join(lines)


def _row(record: Record) -> tuple[str, ...]:
    waiting = sum(answer.points is None for answer in record.written)
    return (
        record.student,
        f"{record.score:g}/{record.max_score:g}",
        str(waiting) if waiting else "-",
        f"{record.seconds:.0f} s",
        f"{record.peak_memory_mb:.0f} MB",
        _remark(record),
    )


def _remark(record: Record) -> str:
    if record.outcome.code != "graded":
        return record.outcome.message
    if record.problems:
        named = [problem.message for problem in record.problems[:REMARKS]]
        more = len(record.problems) - len(named)
        return " ".join(named) + (f" (and {more} more)" if more else "")
    lost = [test for test in record.tests if test.verdict != "passed"]
    if not lost:
        return "every test passed"
    exercises = ", ".join(dict.fromkeys(test.exercise for test in lost if test.exercise))
    return f"not passed: {exercises}" if exercises else ""
