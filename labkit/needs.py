"""Lets a given cell wait for an exercise, so that Run All of an empty notebook reaches its end."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from labkit.display import show_box


class Needs:
    """Context manager for cells that use the result of exercises.

    Where one of them is not written yet, the body stops and a box says which to finish first.
    Every other error is left alone, and so is a name that the student's own function misspells.

    Parameters
    ----------
    names
        The exercises whose functions or results the body uses.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        if not names:
            raise ValueError("lab.needs() wants the names of the exercises that the cell uses.")
        self.names = names

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        functions = _functions(traceback)
        if isinstance(error, NotImplementedError) and not str(error):
            waits_for = [name for name in functions if name in self.names] or self.names
        elif isinstance(error, NameError) and self._is_missing(error, functions):
            waits_for = [name for name in self.names if name == error.name] or self.names
        else:
            return False
        first = f"finish {_listed(waits_for)} first"
        cells = "their cells" if len(waits_for) > 1 else "its cell"
        title = f"{first}, run {cells} and those below, then run this one again"
        facts = (("Missing", f"`{error.name}`"),) if isinstance(error, NameError) else ()
        show_box("waiting", title, facts)
        return True

    def _is_missing(self, error: NameError, functions: list[str]) -> bool:
        if isinstance(error, UnboundLocalError):
            return False
        return error.name in self.names or not set(functions) & set(self.names)


def _listed(names: Sequence[str]) -> str:
    marked = [f"`{name}`" for name in names]
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if marked[1:] else marked)


def _functions(step: TracebackType | None) -> list[str]:
    """Return the names of the functions that an error came through, innermost first."""
    names: list[str] = []
    while step is not None:
        names.insert(0, step.tb_frame.f_code.co_name)
        step = step.tb_next
    return names
