"""What a rule gets to see of a lab, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from authoring.answers import Answer, read_answers
from authoring.build import REGISTRY, plan, registry
from authoring.calibration import FILE, Calibration, read_calibration
from authoring.flow import follow
from authoring.labfile import LabFile, read_labfile
from authoring.origins import Flow
from authoring.pycode import Names, names_of
from authoring.source import Cell, Source, read_source
from grading.referee.names import student_names


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: where, and a sentence that says what to do."""

    path: Path
    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.cell}: {self.message}"


@dataclass
class Lab:
    """One lab as the rules see it; everything is read once, when a rule first asks.

    Attributes
    ----------
    root : Path
        The course's root.
    name : str
        The lab's name.
    """

    root: Path
    name: str
    _names: dict[Cell, Names | None] = field(default_factory=dict, repr=False)
    _flows: dict[Cell, Flow] = field(default_factory=dict, repr=False)

    @property
    def folder(self) -> Path:
        """The lab's folder in solutions/, below the root."""
        return Path("solutions", self.name)

    @cached_property
    def source(self) -> Source:
        """The percent script."""
        return read_source(self.root / self.folder / f"{self.name}.py")

    @cached_property
    def file(self) -> LabFile:
        """The lab.toml."""
        return read_labfile(self.root / self.folder / "lab.toml")

    @cached_property
    def answers(self) -> list[Answer]:
        """The answers, in order of names."""
        return read_answers(self.root / self.folder / "answers")

    @cached_property
    def calibration(self) -> Calibration | None:
        """What was measured, if anything was."""
        return read_calibration(self.root / self.folder / FILE)

    @cached_property
    def plan(self) -> dict[Path, bytes]:
        """Every derived file as it should be; nothing while the source has problems."""
        if self.source.problems:
            return {}
        return plan(self.root, self.name) | {REGISTRY: registry(self.root)}

    def is_python(self, cell: Cell) -> bool:
        """Tell whether a code cell is plain Python."""
        if cell not in self._names:
            try:
                self._names[cell] = names_of(cell.source)
            except SyntaxError:
                self._names[cell] = None
        return self._names[cell] is not None

    def names(self, cell: Cell) -> Names:
        """Return the names of a code cell; none if it is not plain Python."""
        self.is_python(cell)
        return self._names[cell] or Names(frozenset(), frozenset())

    def python(self, *kinds: str) -> list[Cell]:
        """List the code cells of some kinds (all, if none is named) that are plain Python."""
        return [
            cell
            for cell in self.source.cells
            if cell.is_code and (not kinds or cell.kind in kinds) and self.is_python(cell)
        ]

    @cached_property
    def _students(self) -> tuple[frozenset[Cell], frozenset[str]]:
        cells = self.python("given", "exercise", "free")
        marks, names = student_names((cell.source, cell.kind == "exercise") for cell in cells)
        return frozenset(cell for cell, mark in zip(cells, marks, strict=True) if mark), names

    @property
    def students_cells(self) -> frozenset[Cell]:
        """The cells that run in the student's process only, as the referee decides it."""
        return self._students[0]

    @property
    def students_names(self) -> frozenset[str]:
        """The names that a test gets from the student's process."""
        return self._students[1]

    def follow(self, test: Cell) -> Flow:
        """Follow the values in a test cell."""
        if test not in self._flows:
            cells = self.python("exercise")
            answers = {name for cell in cells for name in self.names(cell).bound}
            self._flows[test] = follow(test.source, self.students_names, answers)
        return self._flows[test]

    def at(self, cell: Cell | str, message: str) -> Finding:
        """Make a finding in the percent script."""
        where = cell if isinstance(cell, str) else cell.id
        return Finding(self.folder / f"{self.name}.py", where, message)

    def in_file(self, message: str, entry: str = "lab") -> Finding:
        """Make a finding in lab.toml."""
        return Finding(self.folder / "lab.toml", entry, message)


Rule = Callable[[Lab], Iterator[Finding]]
