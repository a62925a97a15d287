"""Find out which cell of the lab each cell of a submission stands for.

An untouched notebook says it by nbgrader's grade ids. Editors lose them: then a cell's id, its text,
what it defines and its place tell. A student's program is looked at as text only: Python's own
parser can be brought down by what it reads.
"""

from __future__ import annotations

import ast
import re

from nbformat.notebooknode import NotebookNode

from grading.assignment import Assignment
from grading.submission import SubmittedCell

_VARIANT = re.compile(r"^VARIANT[ \t]*(?::[ \t]*\w+[ \t]*)?=(?!=)[ \t]*(.{0,80})", re.MULTILINE)
_TEXT = re.compile(r"""\(?[ \t]*(["'])([\w-]+)\1""")


def find_owners(assignment: Assignment, cells: list[SubmittedCell]) -> tuple[list[str], set[str]]:
    """Return the id of the lab's cell that each cell stands for, and which of these are guessed.

    "" marks a cell of the student's own.
    """
    finder = _Finder(assignment, cells)
    finder.by_claim()
    finder.by_text()
    sure = set(finder.owners)
    finder.by_variant_line()
    finder.by_names()
    finder.by_place()
    return finder.owners, set(finder.owners) - sure


def variant_line(source: str) -> str:
    """Return what a cell sets VARIANT to; "" if it does not.

    >>> variant_line('VARIANT = "fashion"  # or "digits"')
    'fashion'
    """
    lines = _VARIANT.findall(source)
    if not lines:
        return ""
    text = _TEXT.match(lines[-1])
    return text[2] if text else lines[-1].strip()


class _Finder:
    """The lab's cells, the submitted ones, and who is whose so far: each step fills in more."""

    def __init__(self, assignment: Assignment, cells: list[SubmittedCell]) -> None:
        self.cells = cells
        self.owners = [""] * len(cells)
        self.kinds = assignment.kinds
        self.release = assignment.release.cells

    def by_claim(self) -> None:
        """A grade id is believed, also twice (a split cell); a cell id once."""
        self.owners = [cell.grade_id if cell.grade_id in self.kinds else "" for cell in self.cells]
        taken = set(self.owners)
        for number, cell in enumerate(self.cells):
            claim = cell.cell_id
            if not self.owners[number] and claim in self.kinds and claim not in taken:
                self.owners[number] = claim
                taken.add(claim)

    def by_text(self) -> None:
        """The text of a lab's cell is that cell, or a copy of it."""
        known: dict[str, str] = {}
        free: dict[str, list[str]] = {}
        taken = set(self.owners)
        for given in self.release:
            text = given.source.strip()
            known.setdefault(text, given.id)
            if given.id not in taken:
                free.setdefault(text, []).append(given.id)
        for number in self._unowned():
            text = self.cells[number].source.strip()
            if text and text in known:
                self.owners[number] = free[text].pop(0) if free.get(text) else known[text]

    def by_variant_line(self) -> None:
        """The line that chooses the data is known by its name."""
        for given in self._missing("free"):
            if variant_line(given.source):
                for number in self._unowned("code"):
                    if variant_line(self.cells[number].source):
                        self.owners[number] = given.id
                        break

    def by_names(self) -> None:
        """Code that defines what an exercise asks for is that exercise."""
        for given in self._missing("exercise"):
            names = "|".join(map(re.escape, _defined(given.source)))
            if not names:
                continue
            pattern = re.compile(rf"^(?:(?:def|class) (?:{names})\b|(?:{names}) *=)", re.MULTILINE)
            for number in self._unowned("code"):
                if pattern.search(self.cells[number].source):
                    self.owners[number] = given.id

    def by_place(self) -> None:
        """The first cell of its type between the lab's cell before it and the next is the one."""
        for given in self._missing("exercise", "free", "question"):
            index = next(i for i, cell in enumerate(self.release) if cell.id == given.id)
            before = self.release[index - 1].id if index else ""
            if before not in self.owners:
                continue
            for number in range(self.owners.index(before) + 1, len(self.cells)):
                if self.owners[number]:
                    break
                if self.cells[number].cell_type == given.cell_type:
                    self.owners[number] = given.id
                    break

    def _unowned(self, *types: str) -> list[int]:
        return [
            number
            for number, (cell, owner) in enumerate(zip(self.cells, self.owners, strict=True))
            if not owner and (not types or cell.cell_type in types)
        ]

    def _missing(self, *kinds: str) -> list[NotebookNode]:
        there = set(self.owners)
        return [
            cell for cell in self.release if self.kinds[cell.id] in kinds and cell.id not in there
        ]


def _defined(source: str) -> list[str]:
    """Return the names that a cell of the lab defines at its top level."""
    names = []
    for line in ast.parse(source).body:
        if isinstance(line, ast.FunctionDef | ast.ClassDef):
            names.append(line.name)
        elif isinstance(line, ast.Assign):
            names += [target.id for target in line.targets if isinstance(target, ast.Name)]
    return names
