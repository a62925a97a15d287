"""Copy the gradebook before a run, so that whatever goes wrong, the marks of people are not lost."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from grading.course import Course
from grading.errors import GradingError

FOLDER = "backups"
KEPT = 10  # copies; older ones are removed


def back_up(course: Course) -> Path | None:
    """Copy a course's gradebook into `backups/` and return the copy.

    None if there is no gradebook yet, or if it is no file of SQLite: database servers have
    backups of their own.

    Raises
    ------
    GradingError
        If the gradebook cannot be read, or the copy not be written.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(course.db_url)
    except ArgumentError:  # who opens the gradebook says so
        return None
    gradebook = Path(url.database or "").resolve()
    if url.get_backend_name() != "sqlite" or not gradebook.is_file():
        return None
    folder = course.folder / FOLDER
    target = folder / f"{gradebook.stem}-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}.db"
    partial = target.with_suffix(".partial")
    try:
        folder.mkdir(exist_ok=True)
        # SQLite's own way of copying sees a sound state also while formgrader is writing.
        with (
            contextlib.closing(
                sqlite3.connect(f"{gradebook.as_uri()}?mode=ro", uri=True)
            ) as source,
            contextlib.closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy)
        partial.replace(target)
        for old in sorted(folder.glob(f"{gradebook.stem}-*.db"))[:-KEPT]:
            old.unlink()
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise GradingError(
            f"The gradebook {gradebook} cannot be copied to {folder}: {error}. Nothing was graded."
        ) from None
    return target
