"""Each rule stands apart from the rules beside it, for every draw; no returned value makes the judge raise."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.grading.fixture_pool import fixture_seed
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.call import Outcome, call, describe
from gradcheck.caller import Caller, LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.comparison.status import Status
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.exercises.property_exercise import PropertyExercise
from gradcheck.judging.judge import judge
from tests.answers.collection import Answer, read
from tests.fuzzing import fuzzed

RULES = {
    exercise.name: (chapter, exercise)
    for chapter in all_chapters().values()
    for exercise in chapter.exercises
    if isinstance(exercise, PropertyExercise)
}
ALL = os.environ.get("ALL_ANSWERS") == "1"
SEEDS = range(20 if ALL else 2)
"""`make test-marks` tries twenty and every answer; two and every fifth keep the ordinary tests quick."""
SECRETS = [fixture_seed(bytes([i]), "class", "learner", b"") for i in SEEDS]
ANSWERS = [a for kind in ("wrong", "right") for a in read(kind) if a.exercise in RULES][:: 1 if ALL else 5]


def neighbours() -> list:
    found = []
    for name, (_, exercise) in RULES.items():
        rules = [(f"{id} {i}", rule) for id, rules in exercise.variants.items() for i, rule in enumerate(rules)]
        found += [
            pytest.param(name, rule, id=f"{name}: {what}") for what, rule in (*rules, *exercise.neighbours.items())
        ]
    return found


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "rule"), neighbours())
def test_a_rule_beside_the_right_one_fails_for_every_draw(name: str, rule) -> None:
    _, exercise = RULES[name]
    for seed in SEEDS:
        trials = exercise.draw(np.random.default_rng(seed))
        outcomes = []
        for trial in trials:  # the first call that is not accepted decides
            outcomes.append(call(rule, trial.args))
            if outcomes[-1].status == "raised" or exercise.accepts(outcomes[-1].value, trial.known) is not None:
                break
        else:
            calls = [(outcome.value, trial.known) for outcome, trial in zip(outcomes, trials, strict=True)]
            assert exercise.across(calls), seed


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_an_answer_has_the_same_mark_under_every_secret(answer: Answer) -> None:
    namespace = {"np": np}
    exec(compile(answer.source, "<answer>", "exec"), namespace)
    caller = LocalCaller(namespace)
    marks = {judge_exercise(answer.assignment, answer.exercise, caller, secret).points for secret in SECRETS}
    assert len(marks) == 1


class Returns(Caller):
    """A caller whose functions return one and the same value."""

    def __init__(self, value: object) -> None:
        self.outcome = Outcome("returned", describe(value))

    def call(self, name, args, stand_ins=None, seconds=None) -> Outcome:
        return self.outcome

    def value(self, name) -> Outcome:
        return self.outcome


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(),
    st.text(max_size=3),
    arrays.arrays(float, arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.lists(st.tuples(inner, inner), max_size=3),
        st.dictionaries(st.sampled_from(["W1", "b1", "w", "b"]), inner, max_size=3),
    ),
    max_leaves=8,
)
DRAWN = {name: exercise.draw(np.random.default_rng(0)) for name, (_, exercise) in RULES.items()}


@pytest.mark.parametrize("name", list(RULES))
@fuzzed(20)
@given(value=VALUES)
def test_no_returned_value_makes_the_judge_raise(name: str, value: object) -> None:
    chapter, exercise = RULES[name]
    with np.errstate(all="ignore"):
        finding = judge(chapter, exercise, Returns(value), DRAWN[name])
    assert finding.status is not Status.RIGHT
    assert finding.message


@pytest.mark.parametrize(
    "value", [[(np.ones((4, 2)), 1.0)], [(np.ones(2), "a")], [([[1], [1, 2]], np.ones(2))], [(1, 2)]]
)
def test_a_batch_of_any_kind_is_judged(value: object) -> None:
    chapter, exercise = RULES["minibatches"]
    assert judge(chapter, exercise, Returns(value), DRAWN["minibatches"]).points == 0


def test_the_names_of_a_rule_are_in_the_vocabulary() -> None:
    for name, (_, exercise) in RULES.items():
        for id in exercise.variants:
            assert id in vocabulary(), (name, id)
