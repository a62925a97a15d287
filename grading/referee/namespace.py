"""The names of a test cell: an ordinary dictionary, whose changes reach the student's process."""

from __future__ import annotations

from typing import Any, NoReturn

from grading.referee.proxies import Student


class CellNames(dict[str, Any]):
    """What a test cell binds and deletes at its top level.

    A test cell runs with this as its local names and an ordinary dictionary as its global ones.
    Everything is kept in the latter, where the functions of the cell look; what happens to a name
    of the student's happens in the student's process too, at once.

    Parameters
    ----------
    everything
        The global names of the cell.
    theirs
        The names that belong to the student; those that the cell uses are bound already.
    student
        Takes the changes.
    """

    def __init__(
        self, everything: dict[str, Any], theirs: frozenset[str], student: Student
    ) -> None:
        super().__init__()
        self._everything = everything
        self._theirs = theirs
        self._student = student
        self._known = {name: everything[name] for name in theirs if name in everything}

    def __getitem__(self, name: str) -> NoReturn:
        raise KeyError(name)  # Python looks among the global names next

    def __setitem__(self, name: str, value: Any) -> None:
        self._everything[name] = value
        self._tell(name)

    def __delitem__(self, name: str) -> None:
        del self._everything[name]
        self._tell(name)

    def write_back(self) -> None:
        """Write back what functions of the cell did to names by `global`."""
        for name in sorted(self._theirs):
            self._tell(name)

    def _tell(self, name: str) -> None:
        if name not in self._theirs:
            return
        if name not in self._everything:
            if name in self._known:
                del self._known[name]
                self._student.delete(name)
        elif name not in self._known or self._known[name] is not self._everything[name]:
            self._known[name] = self._everything[name]
            self._student.set(name, self._known[name])
