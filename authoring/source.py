"""Read a lab's percent script into cells that know what they are.

The option on a cell's marker line says what it is (``# %% exercise="build_model"``); this module
turns options into :class:`Cell` objects with stable ids, and collects what is wrong with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from authoring.errors import BadSource

TEXT_KINDS = ("text", "question_prompt", "question")
TEST_KINDS = ("test", "hidden")
PARTS = ("code", "results", "words")
BEGIN_SOLUTION, END_SOLUTION = "BEGIN SOLUTION", "END SOLUTION"

# What each kind of cell may say on its line. The first name of a row is the option that makes it
# that kind; `demo` and `free` are bare words, which jupytext calls the cell's title.
OPTIONS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "exercise": {"exercise": str, "trap": bool, "clinic": bool},
    "test": {"test": str, "points": (int, float), "part": str},
    "hidden": {"hidden": str, "points": (int, float), "part": str},
    "question": {"question": str, "points": (int, float), "numbers": str},
}
WORDS = ("demo", "free")
# Keys that jupytext adds for its own use.
JUPYTEXT_KEYS = ("lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker", "region_name")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the cell's id and a sentence that says what to do."""

    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a lab, with everything that its options say.

    Attributes
    ----------
    kind : str
        text, given, demo, exercise, test, hidden, question_prompt, question or free.
    id : str
        The notebook's cell id; for locked and graded cells also nbgrader's grade id.
    exercise : str or None
        The exercise that the cell is or tests.
    part : str
        What the points are for: code, results or words; empty without points.
    """

    kind: str
    source: str
    id: str = ""
    line: int = 0
    exercise: str | None = None
    points: float | None = None
    part: str = ""
    numbers: tuple[str, ...] = ()
    trap: bool = False
    clinic: bool = False

    @property
    def is_code(self) -> bool:
        """Tell whether the cell holds Python."""
        return self.kind not in TEXT_KINDS

    @property
    def is_test(self) -> bool:
        """Tell whether the cell is a visible or hidden test."""
        return self.kind in TEST_KINDS


@dataclass(frozen=True, slots=True)
class Source:
    """A percent script, read: its cells in order and what is wrong with their options."""

    path: Path
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def exercises(self) -> dict[str, Cell]:
        """The exercise cells by name, in order."""
        return {cell.id: cell for cell in self.cells if cell.kind == "exercise"}

    def tests_of(self, exercise: str, kinds: tuple[str, ...] = TEST_KINDS) -> list[Cell]:
        """List the test cells that belong to an exercise."""
        return [cell for cell in self.cells if cell.kind in kinds and cell.exercise == exercise]

    def require_sound(self) -> None:
        """Raise :class:`BadSource` with all problems, if there are any."""
        if self.problems:
            lines = [f"{self.path}:{found.cell}: {found.message}" for found in self.problems]
            raise BadSource("\n".join(lines))


def read_source(path: Path, *, answer: bool = False) -> Source:
    """Read a percent script.

    Parameters
    ----------
    path : Path
        A ``.py`` file in jupytext's percent format.
    answer : bool
        Whether it is an answer, whose exercise cells need no solution markers.

    Returns
    -------
    Source
        Its cells, with stable ids, and the problems found in their options.

    Raises
    ------
    BadSource
        If the file cannot be read as a percent script at all.
    """
    import jupytext  # slow to import, and a `--help` must answer at once

    try:
        text = path.read_text(encoding="utf-8")
        raw = jupytext.reads(text, fmt="py:percent").cells
    except FileNotFoundError as error:
        raise BadSource(f"{path} does not exist: a lab's source has its folder's name.") from error
    except Exception as error:  # jupytext has no exception of its own for a bad header
        reason = str(error).strip().splitlines()[0]
        raise BadSource(f"{path} is not a percent script that jupytext reads: {reason}") from error

    problems: list[Problem] = []
    cells: list[Cell] = []
    lines = _marker_lines(text, len(raw))
    for number, (cell, line) in enumerate(zip(raw, lines, strict=True), start=1):
        found: list[str] = []
        read = _read_cell(cell.cell_type, dict(cell.metadata), cell.source, found)
        if not answer:
            found += [_NO_SOLUTION.format(one.id) for one in read if _lacks_solution(one)]
        problems += [Problem(f"cell {number} (line {line})", message) for message in found]
        cells += [replace(one, line=line) for one in read]
    cells, doubled = _name_cells(cells)
    return Source(path, tuple(cells), tuple(problems + doubled))


def _marker_lines(text: str, count: int) -> list[int]:
    markers = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"# ?%%", line)]
    # What stands before the first marker (an answer's docstring) is a cell without a marker.
    return ([1] * count + markers)[-count:] if count else []


def _read_cell(cell_type: str, options: dict[str, Any], text: str, found: list[str]) -> list[Cell]:
    options = {key: value for key, value in options.items() if key not in JUPYTEXT_KEYS}
    if "incorrectly_encoded_metadata" in options:
        # jupytext splits such a line in ways of its own, so nothing on it can be trusted.
        wrong = options["incorrectly_encoded_metadata"]
        found.append(f'the option `{wrong}` is not quoted: write it as name="value".')
        return []
    kind, name = _kind(cell_type, options, found)
    if not _options_fit(kind, options, found):
        return []
    if kind == "question":
        return _split_question(name, options, text, found)
    if kind == "exercise":
        trap, clinic = options.get("trap", False), options.get("clinic", False)
        return [Cell(kind, text, name, exercise=name, trap=trap, clinic=clinic)]
    if kind in TEST_KINDS:
        if "HIDDEN TESTS" in text:
            found.append("leave out the HIDDEN TESTS markers: building the lab adds them.")
        return [
            Cell(
                kind,
                text,
                f"{kind}_{name.replace('.', '_')}",
                exercise=name.partition(".")[0],
                points=float(options["points"]),
                part=options.get("part", "code"),
            )
        ]
    return [Cell(kind, text)]


def _kind(cell_type: str, options: dict[str, Any], found: list[str]) -> tuple[str, str]:
    named = [kind for kind in OPTIONS if kind in options]
    if len(named) > 1:
        found.append(f"a cell is one thing only, not {' and '.join(named)}: keep one option.")
    if named:
        kind, name = named[0], options[named[0]]
        if (cell_type == "markdown") != (kind == "question"):
            found.append(f"`{kind}=` does not go with a {cell_type} cell.")
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)?", str(name)) or (
            "." in str(name) and kind not in TEST_KINDS
        ):
            found.append(
                f'`{kind}="{name}"` is no name: use small letters, digits and underscores'
                " (a test may add a part after a dot)."
            )
        return kind, str(name)
    if cell_type == "markdown":
        return "text", ""
    word = options.pop("title", "")
    if word and word not in WORDS:
        found.append(
            f"`{word}` on the cell's line is unknown: a bare word is {' or '.join(WORDS)}."
        )
        word = ""
    return word or "given", ""


def _options_fit(kind: str, options: dict[str, Any], found: list[str]) -> bool:
    allowed = OPTIONS.get(kind, {})
    before = len(found)
    for key, value in options.items():
        if key not in allowed:
            known = ", ".join(allowed) or "none"
            found.append(f"option `{key}` is unknown on a {kind} cell, which may have: {known}.")
        elif not isinstance(value, allowed[key]) or (
            isinstance(value, bool) and allowed[key] is not bool
        ):
            found.append(f"option `{key}` cannot be {value!r}: quote words, leave numbers bare.")
    if "points" in allowed and "points" not in options:
        found.append(f"a {kind} cell needs points, 0 if it is only shown: add `points=`.")
    elif isinstance(options.get("points"), (int, float)) and options["points"] < 0:
        found.append("points cannot be negative.")
    if options.get("part", "code") not in PARTS:
        found.append(f"part cannot be {options['part']!r}: use one of {', '.join(PARTS)}.")
    return len(found) == before


_NO_SOLUTION = (
    f"exercise `{{}}` has no solution between `### {BEGIN_SOLUTION}` and `### {END_SOLUTION}`:"
    " mark what the student has to write."
)


def _lacks_solution(cell: Cell) -> bool:
    return cell.kind == "exercise" and not _has_region(cell.source)


def _has_region(text: str) -> bool:
    begin, end = text.find(BEGIN_SOLUTION), text.find(END_SOLUTION)
    return 0 <= begin < end


def _split_question(name: str, options: dict[str, Any], text: str, found: list[str]) -> list[Cell]:
    lines = text.splitlines()
    begin = next((i for i, line in enumerate(lines) if BEGIN_SOLUTION in line), None)
    prompt = "\n".join(lines[:begin]).strip()
    answer = "\n".join(lines[begin:]).strip() if begin is not None else ""
    if not prompt or not _has_region(answer) or END_SOLUTION not in answer.splitlines()[-1]:
        found.append(
            f"question `{name}` needs its prompt, then model answer and rubric between "
            f"`### {BEGIN_SOLUTION}` and a last line `### {END_SOLUTION}`."
        )
        return []
    numbers = tuple(part.strip() for part in options.get("numbers", "").split(",") if part.strip())
    return [
        Cell("question_prompt", prompt, f"prompt_{name}"),
        Cell(
            "question",
            answer,
            name,
            points=float(options["points"]),
            part="words",
            numbers=numbers,
        ),
    ]


def _name_cells(cells: list[Cell]) -> tuple[list[Cell], list[Problem]]:
    """Give every cell an id: its option's name, else the words of its heading and a counter."""
    named = [cell.id for cell in cells if cell.id]
    problems = [
        Problem(name, f"the name `{name}` is used {named.count(name)} times: rename all but one.")
        for name in dict.fromkeys(named)
        if named.count(name) > 1
    ]
    exercises = {cell.id for cell in cells if cell.kind == "exercise"}
    used = set(named)
    section = "start"
    result = []
    for cell in cells:
        if cell.kind == "text":
            section = _slug(cell.source) or section
        if not cell.id:
            cell = replace(cell, id=_free_name(section, used))
            used.add(cell.id)
        elif cell.is_test and cell.exercise not in exercises:
            cell = replace(cell, exercise=None)
        result.append(cell)
    return result, problems


def _slug(text: str) -> str:
    heading = re.search(r"^#{1,6}\s+(.+)$", text, flags=re.MULTILINE)
    if not heading:
        return ""
    words = re.findall(r"[a-z0-9]+", heading[1].lower())
    return "-".join(words[:6])[:40].strip("-")


def _free_name(section: str, used: set[str]) -> str:
    if section not in used:
        return section
    number = 2
    while f"{section}-{number}" in used:
        number += 1
    return f"{section}-{number}"
