"""Rules on a lab's files: generated ones are fresh and clean, nothing secret leaves solutions/."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from authoring.build import stale, surplus
from authoring.rules.lab import Finding, Lab, Rule
from authoring.source import BEGIN_SOLUTION, END_SOLUTION, Cell

# Shorter lines (`return x`, `)`) stand in many places and give nothing away.
SECRET_LENGTH = 16


def generated_files_are_fresh(lab: Lab) -> Iterator[Finding]:
    """Whatever is derived equals what `build` would write now."""
    for path in stale(lab.root, lab.plan):
        yield Finding(path, "file", "is not what the source says: run `make labs`.")
    for path in surplus(lab.root, lab.name, lab.plan) if lab.plan else ():
        yield Finding(path, "file", "comes from no source: run `make labs`, which removes it.")


def notebooks_have_no_outputs(lab: Lab) -> Iterator[Finding]:
    """Committed notebooks hold no outputs and no execution counts."""
    import nbformat

    for path in _notebooks(lab):
        for cell in nbformat.read(lab.root / path, as_version=4).cells:
            if cell.get("outputs") or cell.get("execution_count") is not None:
                yield Finding(path, cell.get("id", "?"), "has an output: run `make labs`.")


def nothing_secret_is_released(lab: Lab) -> Iterator[Finding]:
    """No line of a solution, a model answer or a hidden test stands in labs/."""
    secret = _secret_lines(lab)
    for path in sorted((lab.root / "labs" / lab.name).rglob("*")):
        if not path.is_file():
            continue
        for where, line in _released_lines(path):
            text = line.strip()
            if re.search(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)", text) or text in secret:
                yield Finding(
                    path.relative_to(lab.root), where, f"shows what is secret: `{text[:40]}`."
                )


def words_are_spelled_right(lab: Lab) -> Iterator[Finding]:
    """Codespell knows no misspelling in the source, lab.toml and answers."""
    if importlib.util.find_spec("codespell_lib") is None:
        yield lab.in_file("codespell is missing, so spelling is not checked: install `.[dev]`.")
        return
    folder = lab.root / lab.folder
    paths = [*sorted(folder.rglob("*.py")), folder / "lab.toml"]
    command = [sys.executable, "-m", "codespell_lib", *map(str, paths)]
    # From the root, so that the course's own list of accepted words holds.
    done = subprocess.run(command, cwd=lab.root, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if found := re.match(r"(.+?):(\d+): (.+)", line):
            path = Path(found[1]).relative_to(lab.root)
            where = _cell_at(lab, int(found[2])) if path.stem == lab.name else f"line {found[2]}"
            yield Finding(path, where, f"check the spelling: {found[3]}.")


def _notebooks(lab: Lab) -> list[Path]:
    paths = [lab.folder / f"{lab.name}.ipynb", Path("labs", lab.name, f"{lab.name}.ipynb")]
    return [path for path in paths if (lab.root / path).is_file()]


def _secret_lines(lab: Lab) -> set[str]:
    secret: set[str] = set()
    shown: set[str] = set()
    for cell in lab.source.cells:
        inside = cell.kind == "hidden"
        for line in cell.source.splitlines():
            if BEGIN_SOLUTION in line or END_SOLUTION in line:
                inside = BEGIN_SOLUTION in line
            elif not inside:
                shown.add(line.strip())
            elif len(line.strip()) >= SECRET_LENGTH:
                secret.add(line.strip())
    return secret - shown


def _released_lines(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".ipynb":
        import nbformat

        for cell in nbformat.read(path, as_version=4).cells:
            for line in cell.source.splitlines():
                yield cell.get("id", "?"), line
        return
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
        yield f"line {number}", line


def _cell_at(lab: Lab, line: int) -> str:
    cells: list[Cell] = list(lab.source.cells)
    place = bisect_right([cell.line for cell in cells], line)
    return cells[place - 1].id if place else "head"


RULES: list[Rule] = [
    generated_files_are_fresh,
    notebooks_have_no_outputs,
    nothing_secret_is_released,
    words_are_spelled_right,
]
