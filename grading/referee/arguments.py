"""What a student's function changed in its arguments, done to the test's own values, and undone.

The test sees a change in place as if the function had run beside it. Afterwards everything is put
back: a value of a given cell, spoiled in one test, would spoil what the next test expects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class Changes:
    """The changes of one test."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], object]] = []

    def write(self, target: Any, changed: Any) -> Any:
        """Make `target` equal to what became of its copy; return it, or what replaces it.

        Containers keep their items where these could be changed in place themselves.
        """
        if isinstance(target, np.ndarray) and isinstance(changed, np.ndarray):
            if target.shape != changed.shape or not target.flags.writeable:
                return changed
            before = target.copy()
            self._undo.append(lambda: np.copyto(target, before))
            np.copyto(target, changed, casting="unsafe")
        elif isinstance(target, list) and isinstance(changed, list):
            items = list(target)
            self._undo.append(lambda: target.__setitem__(slice(None), items))
            target[:] = [*map(self.write, items, changed), *changed[len(items) :]]
        elif isinstance(target, tuple) and isinstance(changed, tuple):
            for item, new in zip(target, changed, strict=False):
                self.write(item, new)
        elif isinstance(target, dict) and isinstance(changed, dict):
            self._keep(target)
            now = {key: self.write(target.get(key), value) for key, value in changed.items()}
            target.clear()
            target.update(now)
        elif isinstance(target, set) and isinstance(changed, set):
            self._keep(target)
            target.clear()
            target.update(changed)
        else:
            return changed
        return target

    def undo(self) -> None:
        """Put everything back, the last change first."""
        while self._undo:
            self._undo.pop()()

    def _keep(self, target: dict[Any, Any] | set[Any]) -> None:
        before = target.copy()
        self._undo.append(lambda: (target.clear(), target.update(before)))
