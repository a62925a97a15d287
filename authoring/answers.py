"""Read a lab's right and wrong answers.

An answer is a percent script whose ``exercise=`` cells replace those of the solution. Its docstring
says ``exercise: name`` (or ``all``), ``fails: test, test`` (empty for a right answer) and what the
mistake is.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from authoring.errors import BadAnswer
from authoring.source import Cell, read_source

WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Answer:
    """One file of answers/: the cells that it replaces and the tests that it must fail."""

    path: Path
    exercise: str
    fails: tuple[str, ...]
    about: str
    cells: dict[str, Cell]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def read_answer(path: Path) -> Answer:
    """Read an answer's header and cells.

    Raises
    ------
    BadAnswer
        If the header lacks a line, or the cells do not replace what the header names.
    """
    source = read_source(path, answer=True)
    if source.problems:
        raise BadAnswer(f"{path}: {source.problems[0].cell}: {source.problems[0].message}")
    code = [cell for cell in source.cells if cell.is_code]
    try:
        header = ast.get_docstring(ast.parse(code[0].source)) if code else None
    except SyntaxError:
        header = None
    fields = dict(re.findall(r"^(exercise|fails):[ \t]*(.*?)[ \t]*$", header or "", re.MULTILINE))
    if not fields.keys() >= {"exercise", "fails"}:
        raise BadAnswer(
            f"{path}: the docstring at its top needs the lines `exercise:` and `fails:`."
        )
    about = re.sub(r"^(exercise|fails):.*$", "", header or "", flags=re.MULTILINE).strip()
    fails = tuple(name.strip() for name in fields["fails"].split(",") if name.strip())
    cells = {cell.exercise: cell for cell in code if cell.kind == "exercise" and cell.exercise}
    exercise = fields["exercise"]
    if not cells or (exercise != WHOLE and list(cells) != [exercise]):
        raise BadAnswer(
            f'{path}: it needs a cell `# %% exercise="{exercise}"`'
            if exercise != WHOLE
            else f"{path}: it needs `exercise=` cells; an answer to {WHOLE} has several."
        )
    return Answer(path, exercise, fails, about, cells)


def read_answers(folder: Path) -> list[Answer]:
    """Read every answer of a lab's ``answers`` folder, in order of names."""
    return [read_answer(path) for path in sorted(folder.glob("*.py"))]
