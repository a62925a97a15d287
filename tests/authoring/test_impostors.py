from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from authoring.execute import Session
from authoring.impostors import IMPOSTORS, Impostor
from authoring.source import Cell

NAMES = [one.name for one in IMPOSTORS]
NAMED = {one.name: one for one in IMPOSTORS}


def test_every_function_is_replaced_and_keeps_its_face():
    """Do all functions and classes become the impostor, with name, docstring and signature?"""
    code = "half = 2\ndef area(r, *, pi=3):\n    '''Area.'''\nclass Box:\n    '''A box.'''"
    cell = Cell("exercise", code, "area", exercise="area")
    session = Session()
    session.run_solution([NAMED["nan"].in_place_of(cell, ["area", "Box"])])
    area = session.names["area"]
    assert str(inspect.signature(area)) == "(r, *, pi=3)"
    assert (area.__name__, area.__doc__, session.names["half"]) == ("area", "Area.", 2)
    assert np.isnan(area(1))
    assert np.isnan(session.names["Box"]())


def _answer(impostor: Impostor, *values: Any) -> Any:
    names: dict[str, Any] = {}
    exec(impostor.source, names)
    return names["_labs_answer"](list(values))


def test_zeros_in_place_and_in_a_copy():
    """Are arrays and lists, in lists too, zeroed in place, or left alone and copied?"""
    array, rows = np.ones(2), [1, [2, 3], np.ones(1)]
    copied = _answer(NAMED["zeros"], [array, {"a": 2.0}, "b", None, (1,)])
    assert copied[0].tolist() == [0, 0]
    assert copied[1:] == [{"a": 0.0}, "", None, (0,)]
    assert array.tolist() == [1, 1]
    assert _answer(NAMED["zeroes_arguments"], array, rows) is array
    assert (array.tolist(), rows) == ([0, 0], [0, [0, 0], np.zeros(1)])


def test_a_liar_says_yes():
    """Does it agree with everything that it is asked?"""
    liar = _answer(NAMED["liar"])
    assert all([liar == 3, liar != 3, liar < 1, liar >= 1, 5 in liar, liar])
    assert all([liar.equals(4), (liar - 2).shape == (3, 4), liar[0]["a"].all()])
    assert (len(liar), float(liar), int(liar), str(liar)) == (1, 1.0, 1, "True")
    assert np.asarray(liar) == 1
    assert all(a == b for a, b in zip(liar, [1, 2, 3], strict=False))
    with liar as inner:
        assert inner is liar


@pytest.mark.parametrize("name", NAMES)
def test_impostors_need_no_arguments(name: str):
    """Can each take the place of a function without arguments?"""
    if name == "stops":
        with pytest.raises(StopIteration):
            _answer(NAMED[name])
    else:
        _answer(NAMED[name])
