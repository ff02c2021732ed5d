"""Mistakes are put together from parts, and a form that was not asked for hides no other mistake."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.call import call, describe
from gradcheck.caller import LocalCaller
from gradcheck.chapters.procedures.early_stop import early_stop_exercise
from gradcheck.chapters.procedures.gd_step import gd_step_exercise
from gradcheck.chapters.procedures.gd_step_variants import step
from gradcheck.chapters.procedures.init_weights import init_weights_exercise
from gradcheck.chapters.procedures.momentum_step import momentum_step_exercise
from gradcheck.chapters.procedures.momentum_variants import momentum_step, with_momentum
from gradcheck.chapters.procedures.split_rows import split, split_rows_exercise
from gradcheck.chapters.procedures.train import train_exercise
from gradcheck.judging.properties import judge_property
from gradcheck.judging.right_form import bring_into_form

EXERCISES = {
    exercise.name: exercise
    for exercise in (
        *(gd_step_exercise(4), momentum_step_exercise(5), early_stop_exercise(6)),
        *(train_exercise(5), init_weights_exercise(4), split_rows_exercise(4)),
    )
}
WITH_REFERENCE = [name for name, exercise in EXERCISES.items() if exercise.reference]


def find(name, answer):
    exercise = EXERCISES[name]
    trials = exercise.draw(np.random.default_rng(1))
    return judge_property(exercise, LocalCaller({name: answer}), trials)


@pytest.mark.parametrize("name", WITH_REFERENCE)
def test_an_end_of_the_right_rule_is_refused_wherever_it_changes_what_comes_back(name):
    exercise = EXERCISES[name]
    trials = exercise.draw(np.random.default_rng(1))
    for id, ends in exercise.ends.items():
        for end in ends:
            refused = set()
            for trial in trials:
                made = exercise.reference(*trial.known)
                changed = call(lambda known=trial.known, made=made, end=end: end(known, made, describe(made)), ())
                assert changed.status == "returned"
                refused.add(exercise.accepts(changed.value, trial.known) is not None)
            assert refused == {False} if id == "parameter-left-out" else True in refused, id


def test_a_wrong_velocity_a_wrong_move_and_names_left_out_are_named_together():
    average = lambda at: at.beta * at.old + (1 - at.beta) * at.g
    rule = with_momentum(average, lambda at: at.p + at.lr * at.v)

    def some_stay(params, grads, velocity, lr, beta):
        moved, new = rule(params, grads, velocity, lr, beta)
        return {k: params[k] if k.startswith("b") else p for k, p in moved.items()}, new

    found = find("momentum_step", some_stay)
    assert found.diagnosis == ("gradient-weighted-down", "sign-flipped", "parameter-left-out")
    assert "Some parameters come out unchanged" in found.message


def test_what_is_said_of_two_mistakes_does_not_say_that_one_of_them_is_right():
    def uphill(params, grads, velocity, lr, beta):
        new = momentum_step(params, grads, velocity, lr, beta)[1]
        return {k: p + lr * new["d" + k] for k, p in params.items()}, velocity

    found = find("momentum_step", uphill)
    assert found.diagnosis == ("sign-flipped", "velocity-not-kept")
    assert "The parameters are right" not in found.message


@pytest.mark.parametrize("form", [lambda p: list(p.items()), lambda p: list(p.values()), lambda p: tuple(p.items())])
def test_another_container_is_named_beside_wrong_numbers_and_alone_beside_right_ones(form):
    assert find("gd_step", lambda p, g, lr: form(step(p, g, -lr))).diagnosis == ("sign-flipped", "wrong-container")
    assert find("gd_step", lambda p, g, lr: form(step(p, g, lr))).diagnosis == ("wrong-container",)


def test_right_numbers_in_dicts_of_another_shape_earn_half():
    found = find("gd_step", lambda p, g, lr: {k: np.ravel(v) for k, v in step(p, g, lr).items()})
    assert (found.diagnosis, found.points) == (("right-values-wrong-shape",), 2)
    found = find("gd_step", lambda p, g, lr: {k: np.ravel(v) for k, v in step(p, g, -lr).items()})
    assert (found.diagnosis, found.points) == ((), 0)


def test_only_what_is_given_back_can_be_copied_too_little():
    def into_gradients(params, grads, velocity, lr, beta):
        for k, g in grads.items():
            grads[k] = g if np.ndim(g) == 0 else np.add(g, 0.1, out=g)
        return momentum_step(
            params, {k: g if np.ndim(g) == 0 else g - 0.1 for k, g in grads.items()}, velocity, lr, beta
        )

    assert find("momentum_step", into_gradients).diagnosis == ("input-modified",)


@pytest.mark.parametrize(("copied", "name"), [(dict, "copied-too-little"), (lambda d: d, "input-modified")])
def test_entries_written_one_by_one_tell_whether_the_dict_was_copied(copied, name):
    def written(params, grads, lr):
        mine = copied(params)
        for k, p in mine.items():
            if np.ndim(p):
                p[...] = p - lr * grads["d" + k]
            else:
                mine[k] = p - lr * grads["d" + k]
        return mine

    assert find("gd_step", written).diagnosis == (name,)


def test_a_list_that_lacks_an_array_at_an_end_is_told_which_one():
    draw = lambda widths, rng: [rng.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths, widths[1:], strict=False)]
    for answer, told in ((lambda w, rng: draw(w[:-1], rng), "W3 is"), (lambda w, rng: draw(w[1:], rng), "W1 is")):
        found = find("init_weights", answer)
        assert found.diagnosis == ("off-by-one",)
        assert told in found.message


def test_what_fails_beyond_the_notebook_alone_is_tied_to_it():
    def few(m, n_validation, n_test, rng):
        return split(min(m, 1000), n_validation, n_test, rng)

    found = find("split_rows", few)
    assert found.diagnosis == ("tied-to-visible-data",)
    assert "not for more" in found.message


def test_forms_that_cannot_be_told_apart_are_left_alone():
    want = describe(({"W": 1.0}, {"dW": 2.0}))
    for value in (None, 3.0, [], [1.0], {"W": 1.0}, ({"W": 1.0}, 2.0), [[("W", 1.0), ("b", 1.0)], {"dW": 2.0}]):
        assert bring_into_form(describe(value), want) is None, value
    for value in ([[("W", 1.0)], [2.0]], {"W": 1.0, "dW": 2.0}, {"a": {"W": 1.0}, "b": {"W": 2.0}}):
        formed = bring_into_form(describe(value), want)
        assert [item.items[0].text for item in formed.items] == ["1.0", "2.0"], value
