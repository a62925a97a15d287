"""Tests of values: what crosses arrives exactly, and damaged nodes make no value."""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
import json
import pathlib
import sys
import tracemalloc
from collections import Counter, OrderedDict, namedtuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grading.inside.values import CannotCross, Decoder, Encoder, Node


def refuse(value: Any, encoder: Encoder) -> Node:
    raise CannotCross(type(value).__name__)


def refuse_node(node: dict[str, Any], decoder: Decoder) -> Any:
    raise CannotCross(str(node["t"]))


def cross(value: Any) -> Any:
    """Send a value over the wire and back."""
    encoder = Encoder(refuse)
    node = json.loads(json.dumps(encoder.encode(value)))
    return Decoder([bytearray(part) for part in encoder.parts], refuse_node).decode(node)


def assert_same(value: Any, other: Any) -> None:
    """Want the same type, dtype, shape and bits, all the way down."""
    assert type(value) is type(other)
    if isinstance(value, (np.ndarray, np.generic)):
        assert value.dtype.str == other.dtype.str
        assert value.shape == other.shape
        assert value.tobytes() == other.tobytes()
    elif isinstance(value, (list, tuple)):
        assert len(value) == len(other)
        for one, two in zip(value, other, strict=True):
            assert_same(one, two)
    elif isinstance(value, dict):
        assert_same(list(value.items()), list(other.items()))
    elif isinstance(value, (float, complex)):
        assert repr(value) == repr(other)
    else:
        assert value == other


dtypes = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?"),
    hnp.complex_number_dtypes(endianness="?"),
    hnp.byte_string_dtypes(),
    hnp.unicode_string_dtypes(),
    hnp.datetime64_dtypes(),
    hnp.timedelta64_dtypes(),
)
arrays = hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
atoms = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.sampled_from([-0.0, float("nan"), float("inf"), -float("inf"), 5e-324, 2**53, -(2**53)]),
    st.complex_numbers(),
    st.text(),
    st.binary(),
    st.binary().map(bytearray),
    st.just(Ellipsis),
    st.builds(slice, st.none() | st.integers(), st.none() | st.integers()),
    st.builds(range, st.integers(), st.integers()),
    dtypes,
    st.sampled_from([np.float32, np.int8, np.bool_, np.str_, np.floating, np.generic]),
    arrays,
    arrays.map(lambda array: array.flat[0] if array.size else np.str_("")),
)
keys = st.one_of(st.text(), st.integers(), st.none(), st.tuples(st.integers(), st.text()))
values = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.dictionaries(keys, inner),
        st.sets(keys),
        st.frozensets(keys),
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(values)
def test_round_trip(value: Any) -> None:
    """Does every plain value arrive with its type, dtype, shape and bits?"""
    assert_same(cross(value), value)


@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (OrderedDict(a=1), {"a": 1}),
        (Counter("aab"), {"a": 2, "b": 1}),
        (enum.IntEnum("Colour", "RED").RED, 1),
        (np.array([1, None, "x"], object), [1, None, "x"]),
        (np.ma.masked_array([1.0, 2.0], [0, 1]), np.array([1.0, 2.0])),
        (type("MyFloat", (float,), {})(0.5), 0.5),
        ("half \ud800 pair", "half ? pair"),
    ],
)
def test_subclasses_become_what_they_are_a_kind_of(value: Any, arrives: Any) -> None:
    """Do subclasses, whose operators could say anything, arrive as plain values?"""
    assert_same(cross(value), arrives)


@pytest.mark.parametrize(
    "value",
    [
        pathlib.Path("a/b.txt"),
        datetime.date(2026, 11, 21),
        datetime.datetime(2026, 11, 21, 3, 4, 5, 6),
        datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC),
        datetime.time(3, 4),
        datetime.timedelta(days=-1, microseconds=7),
        fractions.Fraction(-3, 4),
        decimal.Decimal("0.10"),
    ],
)
def test_paths_times_and_exact_numbers(value: Any) -> None:
    """Do paths, times, fractions and decimals arrive as they were?"""
    assert_same(cross(value), value)


def test_named_tuples_keep_their_fields() -> None:
    """Is a named tuple a tuple with the same names, its methods left behind?"""

    class Pair(namedtuple("Pair", "x y")):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    arrived = cross(Pair(1, [2]))
    assert isinstance(arrived, tuple)
    assert (arrived.x, arrived.y, arrived._fields) == (1, [2], ("x", "y"))
    assert arrived != (3, 4)
    odd = type("Odd", (tuple,), {"_fields": ("__class__", "y")})((1, 2))
    assert_same(cross(odd), (1, 2))


@pytest.mark.parametrize(
    "generator",
    [
        np.random.default_rng(3),
        np.random.Generator(np.random.MT19937(3)),
        np.random.Generator(np.random.Philox(3)),
        np.random.Generator(np.random.SFC64(3)),
        np.random.Generator(np.random.PCG64DXSM(3)),
        np.random.RandomState(3),
    ],
)
def test_random_generators_go_on(generator: Any) -> None:
    """Does a random generator that crosses give what the first one would have given next?"""
    generator.normal(size=3)
    arrived = cross(generator)
    assert type(arrived) is type(generator)
    assert arrived.normal(size=5).tolist() == generator.normal(size=5).tolist()


def test_aliases_stay_aliases() -> None:
    """Is an object that stands in two places of a value one object again?"""
    row, array = [1, 2], np.zeros(2)
    arrived = cross({"rows": [row, row], "same": array, "again": array, "other": [1, 2]})
    assert arrived["rows"][0] is arrived["rows"][1]
    assert arrived["same"] is arrived["again"]
    assert arrived["other"] is not arrived["rows"][0]


def doubling(levels: int) -> list[Any]:
    value: list[Any] = [0] * 10
    for _ in range(levels):
        value = [value, value]
    return value


def test_no_small_frame_names_an_endless_value() -> None:
    """Is a list of lists of one list refused where a walk through it would not end?"""
    assert len(cross(doubling(10))) == 2
    with pytest.raises(CannotCross, match="damaged"):
        cross(doubling(60))


def test_arguments_that_come_back() -> None:
    """Is an object of the call, or a part of one, itself in the answer?"""
    array, items = np.zeros(2), [1]
    there = Encoder(refuse)
    node = there.encode([array, items])
    copied = Decoder(there.parts, refuse_node)
    args = copied.decode(node)
    back = Encoder(refuse, copied.made)
    answer = back.encode({"x": args[0], "new": [args[1], 5], "all": args})
    arrived = Decoder(back.parts, refuse_node, there.sent).decode(answer)
    assert arrived["x"] is array
    assert arrived["new"][0] is items
    assert arrived["all"][0] is array
    for number in (99, -1, "x", None):
        with pytest.raises(CannotCross):
            Decoder([], refuse_node, there.sent).decode({"t": "argument", "n": number})


def test_views_arrive_whole_and_writable() -> None:
    """Do slices and read-only arrays arrive as arrays of their own that can be written to?"""
    base = np.arange(12.0).reshape(3, 4)
    base.flags.writeable = False
    for view in (base[::2, 1:3], base.T, base[::-1], np.broadcast_to(np.float32(1), (2, 3))):
        got = cross(view)
        np.testing.assert_array_equal(got, view, strict=True)
        got += 1


def test_a_thousand_numpy_numbers() -> None:
    """Do more NumPy numbers cross than a frame may have binary parts?"""
    numbers = list(np.arange(66_000, dtype="float32"))
    assert_same(cross(numbers), numbers)
    encoder = Encoder(refuse)
    encoder.encode(numbers)
    assert not encoder.parts


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth else []


def endless() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (nested(101), "deep"),
        (endless(), "contains itself"),
        ([0] * 1_000_001, "1,000,000 elements"),
        (np.broadcast_to(np.float64(0), (10**6, 10**6)), "1,000 MB"),
        (np.zeros(2, "i4,f4")[0], "cannot be copied"),
        (object(), "object"),
        (lambda: 0, "function"),
    ],
)
def test_what_cannot_cross_says_why(value: Any, words: str) -> None:
    """Is a value without a form, or beyond the limits, refused with its reason?"""
    with pytest.raises(CannotCross, match=words):
        cross(value)


PARTS = [b"12345678" * 2, b"", b"1"]


@pytest.mark.parametrize(
    "node",
    [
        {},
        [],
        [1, 2],
        {"t": []},
        {"t": "list"},
        {"t": "list", "v": 7},
        {"t": "set", "v": [{"t": "list", "v": []}]},
        {"t": "dict", "v": [[1, 2, 3]]},
        {"t": "dict", "v": [[{"t": "dict", "v": []}, 1]]},
        {"t": "int", "v": "0xg"},
        {"t": "float", "v": "a"},
        {"t": "complex", "v": []},
        {"t": "range", "v": [0, 1, 0]},
        {"t": "bytes", "v": 9},
        {"t": "array", "v": 0, "dtype": "<f8", "shape": [3]},
        {"t": "array", "v": 0, "dtype": "<f8", "shape": [-1]},
        {"t": "array", "v": 0, "dtype": "<f8", "shape": [-1, -2]},
        {"t": "array", "v": 0, "dtype": "<f8", "shape": ["2"]},
        {"t": "array", "v": 0, "dtype": "|O", "shape": [2]},
        {"t": "array", "v": 0, "dtype": "<f8,<f8", "shape": [1]},
        {"t": "array", "v": 0, "dtype": ",", "shape": [1]},
        {"t": "array", "v": 0, "dtype": ["<f8"], "shape": [2]},
        {"t": "array", "v": 1, "dtype": "|S0", "shape": [10**12]},
        {"t": "array", "v": 1, "dtype": "<f8", "shape": [10**30, 0]},
        {"t": "scalar", "v": "00", "dtype": "<f8"},
        {"t": "scalar", "v": "zz", "dtype": "|b1"},
        {"t": "dtype", "v": "(9999,9999)f8"},
        {"t": "numpy_type", "v": "load"},
        {"t": "numpy_type", "v": "__builtins__"},
        {"t": "slice", "v": [1, 2, 3, 4]},
        {"t": "list", "v": [{"t": "bytes", "v": 0}, {"t": "bytes", "v": 0}]},
        {"t": "pickle", "v": 0},
    ],
)
def test_damaged_nodes_make_no_value(node: Node) -> None:
    """Is every node that no encoder makes refused, whatever is wrong with it?"""
    with pytest.raises(CannotCross):
        Decoder(PARTS, refuse_node).decode(node)


nodes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3)
    | st.fixed_dictionaries(
        {
            "t": st.sampled_from(
                ["list", "tuple", "set", "dict", "array", "scalar", "int", "float", "complex",
                 "bytes", "slice", "range", "dtype", "numpy_type"]
            ),
            "v": inner | st.integers(0, 3),
        },
        optional={
            "dtype": st.sampled_from(["<f8", "|b1", "<U0", "|O", "<M8[ns]"]),
            "shape": st.lists(st.integers(-1, 3), max_size=3),
        },
    ),
    max_leaves=10,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(nodes)
def test_random_nodes(node: Node) -> None:
    """Does decoding anything end in a value or in `CannotCross`?"""
    try:
        Decoder(PARTS, refuse_node).decode(node)
    except CannotCross:
        return


def test_decoding_does_not_copy_the_data() -> None:
    """Does an array of many megabytes take its bytes from the frame as they are?"""
    part = bytearray(20 * 2**20)
    node = {"t": "array", "v": 0, "dtype": "|u1", "shape": [len(part)]}
    tracemalloc.start()
    try:
        array = Decoder([part], refuse_node).decode(node)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()
    assert array.flags.writeable


def test_handles_are_known_before_anything_else() -> None:
    """Is a handle given by its number, even if it says that it is a list?"""

    class Handle:
        labs_handle = True

        @property
        def __class__(self) -> type:  # type: ignore[override]
            return list

    assert Encoder(lambda value, encoder: "handle").encode(Handle()) == "handle"


def test_no_tensorflow_is_imported() -> None:
    """Does a lab without TensorFlow stay without it?"""
    before = "tensorflow" in sys.modules
    cross([1, np.zeros(3)])
    assert ("tensorflow" in sys.modules) is before
