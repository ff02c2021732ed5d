"""Answers to procedures that are almost right, or right in a form that few choose, under many secrets."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.grading.fixture_pool import fixture_seed
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.judging.finding import Finding

ASSIGNMENTS = {exercise.name: name for name, chapter in all_chapters().items() for exercise in chapter.exercises}
SECRETS = [fixture_seed(bytes([i]), "class", "learner", b"") for i in range(8)]


def findings(name: str, body: str, head: str) -> list[Finding]:
    source = f"def {name}({head}):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    found = []
    for secret in SECRETS:
        namespace: dict = {"np": np}
        exec(compile(source, "<answer>", "exec"), namespace)
        with np.errstate(all="ignore"):
            found.append(judge_exercise(ASSIGNMENTS[name], name, LocalCaller(namespace), secret))
    return found


# accuracy


@pytest.mark.parametrize(
    "rule",
    [
        "np.round(A2) == Y",
        "np.ceil(A2 - 0.5) == Y",
        "np.where(Y == 1, A2 > 0.5, A2 <= 0.5)",
        "np.argmax(np.hstack([1 - A2, A2]), axis=1) == Y.ravel()",
    ],
)
def test_one_half_is_a_no_in_any_form(rule):
    assert {found.points for found in findings("accuracy", f"return np.mean({rule})", "A2, Y")} == {2}


@pytest.mark.parametrize("rule", ["np.abs(A2 - Y) < 0.5", "np.floor(A2 + 0.5) == Y", "(1 - A2 <= 0.5) == Y"])
def test_one_half_that_is_not_counted_as_a_no_is_told_as_such(rule):
    for found in findings("accuracy", f"return np.mean({rule})", "A2, Y"):
        assert found.points == 0
        assert found.message.endswith("This happens only when an output is exactly one half.")


# surprisal


@pytest.mark.parametrize(
    "price",
    [
        "-np.log(np.clip(p, 1e-12, 1))",
        "-np.log1p(p - 1)",
        "-np.log(np.asarray(p, dtype=np.float32))",
        "np.log2(1 / np.asarray(p)) * np.log(2)",
        "-np.log(p + 1e-16)",
    ],
)
def test_small_probabilities_are_no_trouble_for_a_right_price(price):
    assert {found.points for found in findings("surprisal", f"return {price}", "p")} == {2}


@pytest.mark.parametrize(
    "limit", ["np.maximum(p, 1e-6)", "np.maximum(p, 3e-12)", "p + 1e-9", "np.minimum(p, 1 - 1e-7)"]
)
def test_a_limit_is_named_whatever_it_is(limit):
    for found in findings("surprisal", f"return -np.log({limit})", "p"):
        assert (found.points, found.diagnosis) == (0, ("approximation-too-coarse",))


# walk_back

WALK = """grads = [{start} for value, _, _ in tape]
grads[-1] = np.ones(())
for k in reversed(range(len(tape))):
    _, operation, inputs = tape[k]
    if operation == "leaf" or {skip}:
        continue
    for i, part in zip(inputs, back[operation](grads[k], *[tape[i][0] for i in inputs])):
        {add}
return {back}"""
USUAL = {"start": "np.zeros(np.shape(value))", "skip": "False", "add": "grads[i] = grads[i] + part", "back": "grads"}


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"skip": "not np.any(grads[k])"},
        {"start": "np.zeros_like(value)"},
        {"start": "value - value"},
        {"add": "grads[i] += part"},
        {"back": "tuple(grads)"},
        {"back": "[np.asarray(g, dtype=np.float32) for g in grads]"},
    ],
    ids=str,
)
def test_a_walk_is_right_in_any_form(parts):
    assert {found.points for found in findings("walk_back", WALK.format(**USUAL | parts), "tape, back")} == {10}


@pytest.mark.parametrize("form", ["(g for g in grads)", "map(np.asarray, grads)"])
def test_gradients_that_can_be_read_once_are_no_list(form):
    for found in findings("walk_back", WALK.format(**USUAL | {"back": form}), "tape, back"):
        assert (found.points, found.diagnosis) == (5, ("wrong-container",))


@pytest.mark.parametrize("skip", ["np.sum(grads[k]) == 0", "not np.all(grads[k])", "np.max(np.abs(grads[k])) < 1e-15"])
def test_a_gradient_that_is_taken_for_zero_has_no_name_of_another_mistake(skip):
    for found in findings("walk_back", WALK.format(**USUAL | {"skip": skip}), "tape, back"):
        assert (found.points, found.diagnosis) == (0, ())
        assert "This happens only when " in found.message


@pytest.mark.parametrize("add", ["grads[i][...] = grads[i] + part", "grads[i] += part"])
def test_gradients_in_an_array_of_whole_numbers_lose_decimals(add):
    parts = USUAL | {"start": "np.zeros_like(value)", "add": add}
    for found in findings("walk_back", WALK.format(**parts), "tape, back"):
        assert (found.points, found.diagnosis) == (0, ("decimals-lost",))


# numeric_grad

IN_PLACE = """q = {copy}
grad = np.zeros(p.shape)
for i in np.ndindex(p.shape):
    old = q[i]
    q[i] += h
    up = f(q)
    q[i] -= 2 * h
    grad[i] = (up - f(q)) / (2 * h)
    {restore}
return grad"""


def measured(**parts: str) -> set[tuple[float, tuple[str, ...]]]:
    return {(g.points, g.diagnosis) for g in findings("numeric_grad", IN_PLACE.format(**parts), "f, p, h=1e-4")}


@pytest.mark.parametrize(
    "parts",
    [
        {"copy": "np.asarray(p, dtype=float)", "restore": "q[i] = old"},
        {"copy": "p.astype(float)", "restore": "q[i] += h"},
    ],
    ids=str,
)
def test_what_is_put_back_exactly_or_was_a_copy_is_no_change(parts):
    assert measured(**parts) == {(4, ())}


FLAT = """q = {copy}
slopes = []
for k in range(p.size):
    old = q.{flat}[k]
    v = q.{flat}
    v[k] = old + h
    up = f(q)
    v[k] = old - h
    slopes.append((up - f(q)) / (2 * h))
    v[k] = old
return np.reshape(slopes, p.shape)"""
