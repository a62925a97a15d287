from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from authoring.source import read_source
from authoring.state import fresh, needed_cells


def test_cells_that_a_test_needs(course: Path):
    """Are exactly the cells found that bind what a test uses?"""
    source = read_source(course / "solutions" / "toy" / "toy.py")
    tests = {cell.id: cell for cell in source.cells if cell.is_test}
    needed = needed_cells(source, "residuals", tests["test_residuals"])
    assert [cell.source for cell in needed] == ["sample = [(1, 3), (2, 4)]"]
    assert needed_cells(source, "double", tests["hidden_double"]) == []


def test_answers_share_nothing_that_they_may_change():
    """Does an answer get its own arrays and lists, with two names of one still one?"""
    array, model = np.zeros(3), object()
    rows = [[1, "a"], {"b": (array, None)}]
    state = {"a": array, "b": array, "rows": rows, "models": [model]}
    copied = fresh(state)
    copied["a"][0] = 1
    copied["rows"][0][0] = 2
    assert array[0] == 0
    assert rows[0] == [1, "a"]
    assert copied["b"] is copied["a"]
    assert copied["rows"][1]["b"][0] is copied["a"]
    assert copied["models"] is state["models"]


def test_answers_share_no_frames():
    """Does an answer get its own data frames?"""
    frame = pd.DataFrame({"a": [1.0]})
    copied = fresh({"frame": frame})["frame"]
    copied.loc[0, "a"] = 2
    assert frame["a"].tolist() == [1.0]
