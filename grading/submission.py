"""Read what a student handed in: any notebook that a person could mean, and nothing else."""

from __future__ import annotations

import codecs
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from grading.errors import Unreadable
from grading.records import Problem

MAX_BYTES = 100 * 2**20  # saved outputs of an honest notebook can weigh tens of megabytes


@dataclass(frozen=True, slots=True)
class SubmittedCell:
    """A cell of a submission: only what is the student's to say.

    `cell_id` and `grade_id` are claims, to be compared with the source; "" where there is none.
    """

    cell_type: str
    source: str
    cell_id: str = ""
    grade_id: str = ""
    points: float | None = None


def read_submission(folder: Path, name: str) -> tuple[list[SubmittedCell], list[Problem]]:
    """Return the cells of a submission and what was odd about its files.

    Raises
    ------
    Unreadable
        If there is no notebook, or none that can be read.
    """
    path, problems = _find_notebook(folder, name)
    cells = parse_notebook(_read_bytes(path))
    return cells, problems


def parse_notebook(data: bytes) -> list[SubmittedCell]:
    """Return the cells of a notebook file, whatever wrote it."""
    try:
        notebook = json.loads(_decode(data))
    except (ValueError, RecursionError):
        raise Unreadable(
            "unreadable",
            "The file is not a notebook that can be read (its JSON is damaged). Open it in "
            "Jupyter, save it and hand it in again.",
        ) from None
    if isinstance(notebook, dict) and notebook.get("nbformat") in (1, 2, 3):
        notebook = _upgrade(notebook)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("unreadable", "The file is JSON, but not a notebook: it has no cells.")
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _find_notebook(folder: Path, name: str) -> tuple[Path, list[Problem]]:
    if folder.is_symlink():
        raise Unreadable("link", "The submission is a link to another place.")
    wanted = folder / f"{name}.ipynb"
    if wanted.exists() or wanted.is_symlink():
        return wanted, []
    others = sorted(
        path for path in folder.glob("**/*.ipynb") if ".ipynb_checkpoints" not in path.parts
    )
    if len(others) == 1:
        found = others[0].relative_to(folder)
        text = f"The notebook was found as {found}, not as {name}.ipynb."
        return others[0], [Problem(code="renamed", message=text)]
    found = f"{len(others)} other notebooks" if others else "no notebook"
    raise Unreadable("missing", f"There is no {name}.ipynb in the submission, and {found}.")


def _read_bytes(path: Path) -> bytes:
    """Read a regular file: no link is followed, no pipe is waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise Unreadable("link", f"{path.name} is a link or cannot be opened.") from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("link", f"{path.name} is not a regular file.")
        if status.st_size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise Unreadable("too_large", f"{path.name} is larger than {limit} MB.")
        return file.read(MAX_BYTES)


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _upgrade(notebook: dict[str, Any]) -> Any:
    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    # nbformat raises what its many old converters happen to raise on damaged input.
    except Exception as error:
        raise Unreadable(
            "unreadable", f"The notebook's old format cannot be read ({type(error).__name__})."
        ) from None


def _cell(cell: dict[str, Any]) -> SubmittedCell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    claims = nbgrader if isinstance(nbgrader, dict) else {}
    points = claims.get("points")
    return SubmittedCell(
        cell_type=str(cell.get("cell_type", "raw")),
        source=str(source).replace("\r\n", "\n").replace("\r", "\n"),
        cell_id=str(cell.get("id", "")),
        grade_id=str(claims.get("grade_id") or ""),
        points=float(points) if isinstance(points, (int, float)) else None,
    )
