"""Keep a student's notebook whole where the lab's answer stands in the place of one of theirs.

Runs in the student's process, as all that reads a student's program does: Python's own parser can be
brought down by what it reads.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import Any

# Kept in the shell between two steps; a student who finds it finds what the names hold anyway.
_KEPT = "labs_kept"


def run_helpers(shell: Any, source: str, taken: Collection[str]) -> None:
    """Run what a cell only defines, so that later cells find the helpers that were written in it.

    Parameters
    ----------
    shell
        The kernel's IPython shell.
    source
        The student's cell.
    taken
        Names that the lab binds: they stay as they are.
    """
    shell.run_cell(helpers(shell.transform_cell(source), taken), store_history=False)


def helpers(source: str, taken: Collection[str]) -> str:
    """Return the imports, functions, classes and plain constants of a cell, but for some names.

    Everything else may be the mistake itself: a loop without end, an array that is overwritten.
    Code that is not Python has none.

    Examples
    --------
    >>> print(helpers("SIDE = 28\\nx /= 255\\ndef double(x): pass\\ndef area(): pass", ["double"]))
    SIDE = 28
    def area():
        pass
    """
    try:
        lines = ast.parse(source).body
    except (SyntaxError, ValueError):
        return ""
    kept = []
    for line in lines:
        names = _bound(line)
        if names and not names & set(taken):
            kept.append(ast.unparse(line))
    return "\n".join(kept)


def keep(shell: Any, names: Collection[str]) -> None:
    """Remember what some names hold."""
    setattr(shell, _KEPT, {name: shell.user_ns[name] for name in names if name in shell.user_ns})


def put_back(shell: Any) -> None:
    """Let the names hold again what they held at `keep`."""
    shell.user_ns.update(getattr(shell, _KEPT, {}))


def _bound(line: ast.stmt) -> set[str]:
    """Return the names that a definition binds; none for a line that does anything else."""
    if isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {line.name}
    if isinstance(line, ast.Import | ast.ImportFrom):
        return {(name.asname or name.name).split(".")[0] for name in line.names}
    if isinstance(line, ast.Assign):
        targets = line.targets
    elif isinstance(line, ast.AnnAssign) and line.value is not None:
        targets = [line.target]
    else:
        return set()
    try:
        ast.literal_eval(line.value)
    except (ValueError, TypeError, SyntaxError):
        return set()
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return names if len(names) == len(targets) else set()
