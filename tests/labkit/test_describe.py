"""Tests of labkit.describe."""

from __future__ import annotations

import linecache

import numpy as np
import pandas as pd
import pytest

from labkit import describe as d


class Tensor:
    """Stands for a tensor of TensorFlow, without importing it."""

    def __init__(self, array: np.ndarray) -> None:
        self.shape, self.dtype, self._array = array.shape, array.dtype, array

    def numpy(self) -> np.ndarray:
        return self._array


def square(x: float, power: int = 2) -> float:
    return x**power


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (..., "the placeholder ..."),
        ("digits", "'digits'"),
        (7, "7 (int)"),
        (True, "True (bool)"),
        (np.float32(0.25), "0.25 (float32)"),
        (0.123456789, "0.123457 (float)"),
        ([1, 2, 3], "the list [1, 2, 3]"),
        ((4, "nine"), "the tuple (4, 'nine')"),
        (("pool",), "the tuple ('pool',)"),
        ([], "an empty list"),
        ({"a": 1}, "a dict with 1 keys: 'a'"),
        (np.arange(3), "an array of shape (3,), dtype int64: 0, 1, 2"),
        (
            np.linspace(0, 1, 12, dtype="float32").reshape(3, 4),
            "an array of shape (3, 4), dtype float32, values 0 to 1",
        ),
        (
            Tensor(np.zeros((2, 5), "float32")),
            "a tensor of shape (2, 5), dtype float32, all values 0",
        ),
        (np.array([[np.nan, 1.0]]), "1 values are NaN or infinite"),
        (pd.DataFrame({"a": [1, 2]}), "a DataFrame of 2 rows and 1 columns"),
        (square, "the function `square` itself (is () missing behind it?)"),
        (Tensor, "the class `Tensor` itself (is () missing behind it?)"),
        (object(), "an object object"),
    ],
)
def test_value_in_words(value: object, words: str) -> None:
    """Does a beginner read what a value is, with shape, dtype and range where it has them?"""
    assert words in d.describe(value)


def test_long_values_are_cut() -> None:
    """Does a long value stay a phrase?"""
    assert len(d.describe("x" * 5000)) < 100
    assert d.describe(list(range(1000))) == "a list of 1000 items, the first: 0 (int)"
    assert len(d.describe_error(ValueError("y" * 5000))) < 700


def test_error_without_terminal_colours() -> None:
    """Are the colour codes that Keras puts into messages gone?"""
    text = d.describe_error(ValueError("\x1b[1mbad input\x1b[0m\n\n\nexpected 784"))
    assert text == "ValueError: bad input\nexpected 784"
    assert d.describe_error(KeyError()) == "KeyError"


def test_arguments_have_their_names() -> None:
    """Are arguments called what the function calls them?"""
    assert d.describe_arguments(square, (3,), {"power": 4}) == "x = 3 (int); power = 4 (int)"
    assert d.describe_arguments(square, (), {}) == "no arguments"
    assert d.describe_arguments(square, (1, 2, 3), {}).endswith("argument 3 = 3 (int)")


def test_ragged_list_has_no_shape() -> None:
    """Is a list of unequal rows described instead of raising?"""
    assert d.shape_of([[1, 2], [3]]) is None
    assert d.as_array([[1, 2], [3]]) is None
    assert d.describe([[1, 2], [3]]).startswith("a list of 2 items")


def test_symbolic_tensor_has_no_numbers() -> None:
    """Is a tensor without values still described by shape and dtype?"""

    class Symbolic(Tensor):
        def numpy(self) -> np.ndarray:
            raise NotImplementedError("no numbers yet")

    words = d.describe(Symbolic(np.zeros((2, 3), "float32")))
    assert words == "a Symbolic of shape (2, 3), dtype float32"


def test_stand_in_is_described_by_the_class_it_presents() -> None:
    """Is a proxy called what it stands for?"""

    class Proxy:
        __class__ = dict  # as a live handle over a process border does

        def __len__(self) -> int:
            return 0

    assert d.class_name(Proxy()) == "dict"


def test_place_names_the_line_of_the_student() -> None:
    """Is the last line of notebook code found, not the library's and not the check's?"""
    code = "def prepare(x):\n    return int('seven')\n"
    linecache.cache["<cell>"] = (len(code), None, code.splitlines(True), "<cell>")
    notebook = {"__name__": "__main__"}
    exec(compile(code, "<cell>", "exec"), notebook)
    with pytest.raises(ValueError, match="seven") as caught:
        notebook["prepare"](1)
    assert d.student_place(caught.value) == (
        "prepare",
        "`prepare`, line 2 of its cell: `return int('seven')`",
    )
    del linecache.cache["<cell>"]
    assert d.student_place(ValueError("never raised")) is None


def test_place_told_by_another_process() -> None:
    """Are the words used that an exception brought over a process border?"""
    error = ValueError("x")
    error.where = "in prepare, line 2 of its cell: return 1 / 0"
    assert d.student_place(error) == ("prepare", "`prepare`, line 2 of its cell: return 1 / 0")
