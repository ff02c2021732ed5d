"""A call is described, never judged, and nothing that a learner's function does leaves it."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.call import Branch, Code, Leaf, call, describe


def test_an_array_that_was_nudged_and_put_back_was_not_modified() -> None:
    def nudge(p):
        for i in range(p.size):
            p[i] += 1e-4
            p[i] -= 2e-4
            p[i] += 1e-4

    assert call(nudge, (np.array([0.1, 0.7, 3.3]),)).changed == ()


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (lambda p: p.sort(), np.array([2.0, 1.0])),
        (lambda p: p.update(W=0), {"W": 1.0}),
        (lambda p: p["W"].fill(0), {"W": np.ones(2)}),
        (lambda p: p.append(1), [1]),
    ],
)
def test_a_modified_argument_is_noticed(function, argument) -> None:
    assert call(function, (argument,)).changed == (0,)


def test_the_callers_own_arguments_are_never_touched() -> None:
    mine = np.ones(3)
    call(lambda p: p.fill(0), (mine,))
    assert np.array_equal(mine, np.ones(3))


@pytest.mark.parametrize("error", ["SystemExit()", "GeneratorExit()", "MemoryError()", "BaseException('x')"])
def test_whatever_is_raised_is_described(error: str) -> None:
    namespace: dict = {}
    exec(compile(f"def f():\n    raise {error}\n", "<cell>", "exec"), namespace)
    outcome = call(namespace["f"], ())
    assert outcome.status == "raised"
    assert (outcome.raised.type, outcome.raised.function) == (error.split("(")[0], "f")


def test_a_function_can_be_handed_over_as_text() -> None:
    assert call(lambda f: f(3.0), (Code("lambda p: p ** 2"),)).value.array == 9.0


def test_a_stand_in_is_called_in_place_of_the_learners_function_and_taken_away_again() -> None:
    namespace: dict = {}
    exec("def inner(z):\n    return 1\ndef outer(z):\n    return inner(z)", namespace)
    outcome = call(namespace["outer"], (2.0,), {"inner": Code("lambda z: 7")})
    assert (float(outcome.value.array), outcome.called) == (7.0, ("inner",))
    assert namespace["inner"](0) == 1


def test_notebook_variables_that_a_function_reads_are_reported() -> None:
    namespace: dict = {"m": 4, "np": np, "helper": len}
    exec("def f(x):\n    return np.sum(x) / m + helper([1])", namespace)
    assert call(namespace["f"], (np.ones(2),)).reads == ("m",)


def test_containers_and_kinds_of_numbers_are_kept_apart() -> None:
    found = describe(([1, 2.5], {"a": np.float32(1)}, None))
    assert isinstance(found, Branch)
    assert [type(item) for item in found.items] == [Branch, Branch, Leaf]
    assert found.items[1].items[0].dtype == "float32"
    assert found.items[2].type == "NoneType"


def test_a_repr_that_raises_does_no_harm() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError

    assert describe(Odd()).text == "<Odd>"
