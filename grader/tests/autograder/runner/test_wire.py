"""Frames carry values there and back, and nothing that is not a value."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.course.limits import Limits
from autograder.course.text import clean_text
from autograder.runner import wire
from autograder.session.decode import decode_cell_result, decode_outcome, decode_outcomes
from gradcheck.call import Branch, Code, Leaf, describe
from tests.fuzzing import fuzzed

ARRAYS = hnp.arrays(
    st.sampled_from(["f8", "f4", "i8", "i4", "?"]), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)
)
SCALARS = st.none() | st.booleans() | st.floats() | st.integers(-(2**40), 2**40) | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS | ARRAYS.filter(lambda a: a.dtype != "i8" or np.all(np.abs(a.astype(float)) < 2**50)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(0, 9), inner, max_size=4)
    ),
    max_leaves=8,
)


def there_and_back(value):
    data = []
    frame = wire.pack("id", wire.encode(value, data, Code), data)
    request, body, blob = wire.unpack(io.BytesIO(frame).read)
    assert request == "id"
    return wire.decode(body, io.BytesIO(blob).read, Code)


def same(a, b) -> bool:
    if isinstance(a, np.ndarray | np.generic):
        return type(a) is type(b) and a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and (a == b or a != a)


@fuzzed(100)
@given(VALUES)
def test_every_argument_arrives_as_it_was_sent(value):
    assert same(value, there_and_back(value))


def test_code_arrives_as_code():
    assert there_and_back((Code("np.random.default_rng(3)"),)) == (Code("np.random.default_rng(3)"),)


@pytest.mark.parametrize("value", [object(), {1, 2}, np.array(["a"]), np.array([None]), 1j])
def test_what_is_no_argument_is_not_sent(value):
    with pytest.raises(TypeError):
        wire.encode(value, [], Code)


def arrived(value, room: int = 10**6):
    data = []
    tree = wire.encode_described(describe(value), data, [room])
    body = {
        "status": "returned",
        "value": tree,
        "raised": None,
        "changed": [],
        "called": [],
        "warnings": [],
        "reads": [],
    }
    return decode_outcome(json.loads(json.dumps(body)), b"".join(data), 0.0, 0, ()).value


def test_a_returned_tree_arrives_with_types_shapes_and_numbers():
    tree = arrived({"dW": np.ones((2, 3), "f4"), "list": [1, 2.5, "x", None], 3: (np.nan, True)})
    assert isinstance(tree, Branch)
    assert tree.keys == ("dW", "list", "3")
    assert (tree.items[0].dtype, tree.items[0].array.shape) == ("float32", (2, 3))
    assert [leaf.type for leaf in tree.items[1].items] == ["int", "float", "str", "NoneType"]
    assert np.isnan(tree.items[2].items[0].array)


@pytest.mark.parametrize("value", [(n for n in (1, 2)), zip([1], [2], strict=True), map(abs, [-1, 2])])
def test_what_can_be_drawn_from_only_once_arrives_with_its_items(value):
    tree = arrived(value)
    assert tree.type == type(value).__name__
    assert tree.items


def test_an_array_that_is_too_large_arrives_as_its_shape():
    leaf = arrived(np.zeros((1000, 1000)), room=100)
    assert isinstance(leaf, Leaf)
    assert leaf.array is None
    assert "(1000, 1000)" in leaf.text


def test_a_subclass_that_lies_arrives_as_its_raw_numbers():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, bool)

        def __array__(self, *args, **kwargs):
            return np.full(3, 42.0)

    leaf = arrived(np.zeros(3).view(Liar))
    assert type(leaf.array) is np.ndarray


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(list("bkitdxs") + ["status", "value", "raised", "changed", "called", "warnings", "reads"]),
            inner,
            max_size=7,
        )
    ),
    max_leaves=12,
)
REFUSALS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


@fuzzed(100)
@given(TREES, st.binary(max_size=64))
def test_no_forged_body_is_more_than_refused(tree, data):
    empty = {"status": "returned", "changed": [], "called": [], "warnings": [], "reads": []}
    for read in (
        lambda: decode_outcome(tree, data, 0.0, 2, ("f",)),
        lambda: decode_outcome(empty | {"value": tree}, data, 0.0, 2, ()),
        lambda: decode_outcomes({"many": [empty | {"value": tree}, tree]}, data, 0.0, [2, 2]),
        lambda: decode_outcomes(tree, data, 0.0, [1]),
        lambda: decode_cell_result(tree, data, Limits()),
    ):
        try:
            read()
        except REFUSALS:
            continue


@pytest.mark.parametrize("count", [0, 1, 3])
def test_another_number_of_outcomes_than_of_calls_is_refused(count):
    one = {"status": "missing", "changed": [], "called": [], "warnings": [], "reads": []}
    assert len(decode_outcomes({"many": [one, one]}, b"", 0.0, [1, 1])) == 2
    with pytest.raises(ValueError, match="each call"):
        decode_outcomes({"many": [one] * count}, b"", 0.0, [1, 1])


@pytest.mark.parametrize(
    "leaf",
    [{"s": [2**40, 2**40]}, {"s": [-1]}, {"s": [1.5]}, {"s": [True]}, {"s": "3"}, {"s": [1] * 9}, {"s": [3]}, {}],
)
def test_a_shape_that_does_not_fit_its_data_is_refused(leaf):
    body = {"status": "returned", "changed": [], "called": [], "warnings": [], "reads": []}
    body["value"] = {"t": "ndarray", "d": "float64", "x": ""} | leaf
    with pytest.raises(REFUSALS):
        decode_outcome(body, b"\0" * 16, 0.0, 0, ())


def test_text_arrives_without_what_acts_on_a_terminal():
    assert clean_text("a\x1b[31m\x07\u202eb\x85\ud800\n") == "a[31mb?"
    assert clean_text("a\nb", lines=True) == "a\nb"
    assert len(clean_text("x" * 10_000)) == 300
