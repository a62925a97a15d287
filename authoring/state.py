"""What an answer to one exercise starts from: the solution's names, and cells that its tests need."""

from __future__ import annotations

import copy
import sys
from typing import Any

from authoring.errors import RunFailed
from authoring.pycode import names_of
from authoring.source import Cell, Source

_CONTAINERS = (list, dict, set)


def needed_cells(source: Source, exercise: str, test: Cell) -> list[Cell]:
    """List the cells between an exercise and one of its tests that the test needs.

    A cell is needed if it binds a name that the test, or another needed cell, uses; other
    exercises stand there with their solution.
    """
    ids = [cell.id for cell in source.cells]
    between = source.cells[ids.index(exercise) + 1 : ids.index(test.id)]
    wanted = set(names_of(test.source).used)
    needed: list[Cell] = []
    for cell in reversed([cell for cell in between if cell.kind in ("given", "free", "exercise")]):
        names = names_of(cell.source)
        if names.bound & wanted:
            needed.insert(0, cell)
            wanted |= names.used
    return needed


def fresh(state: dict[str, Any]) -> dict[str, Any]:
    """Copy what answers may change in a state, so that none meets what another one left behind.

    These are arrays, frames, models, and lists, dicts and sets of numbers, texts and arrays.
    Two names of one object stay two names of one copy; everything else is shared.

    Raises
    ------
    RunFailed
        If a model cannot be copied because Keras cannot load its class.
    """
    import numpy as np

    keras, pandas = sys.modules.get("keras"), sys.modules.get("pandas")
    copied = (np.ndarray, *((keras.Model,) if keras else ()))
    copied += (pandas.DataFrame, pandas.Series) if pandas else ()
    memo: dict[int, Any] = {}
    result = dict(state)
    for name, value in state.items():
        if isinstance(value, copied) or _is_plain_container(value):
            try:
                result[name] = copy.deepcopy(value, memo)
            except TypeError as error:
                raise RunFailed(
                    f"the model `{name}` cannot be copied for the answers: decorate its class with"
                    " `keras.saving.register_keras_serializable()`."
                ) from error
    return result


def _is_plain_container(value: Any) -> bool:
    return type(value) in _CONTAINERS and _is_plain(value)


def _is_plain(value: Any) -> bool:
    import numpy as np

    if type(value) is dict:
        return all(_is_plain(one) for pair in value.items() for one in pair)
    if type(value) in (*_CONTAINERS, tuple, frozenset):
        return all(map(_is_plain, value))
    return value is None or isinstance(
        value, bool | int | float | complex | str | bytes | np.generic | np.ndarray
    )
