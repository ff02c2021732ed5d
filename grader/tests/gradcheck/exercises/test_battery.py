"""Cases are drawn until differences can decide about one; no draw leaves an exercise without its cases."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from gradcheck.autodiff.oracle import Undecidable
from gradcheck.autodiff.program import replay
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises import battery
from gradcheck.exercises.cases import Case, CaseKind
from gradcheck.exercises.single_precision import LAST_BIT, decides


@pytest.mark.parametrize(("measure", "name"), [("along", "relu_net_grads"), ("differentiate", "hidden_delta")])
def test_inputs_that_cannot_decide_are_drawn_anew(monkeypatch: pytest.MonkeyPatch, measure: str, name: str) -> None:
    exercise = all_chapters()["03-relu-network"][name]
    measured: Callable = getattr(battery, measure)
    turns = count()

    def kinds(refused: int) -> list:
        nonlocal turns
        turns = count()

        def crosses_a_kink_once(*args: object) -> object:
            if next(turns) == refused:
                raise Undecidable
            return measured(*args)

        monkeypatch.setattr(battery, measure, crosses_a_kink_once)
        return [case.kind for case in battery.draw_battery(exercise, np.random.default_rng(4), hidden=True)]

    expected = kinds(refused=-1)
    for refused in range(next(turns)):
        assert kinds(refused) == expected


def _cases(name: str, kind: CaseKind) -> list[Case]:
    exercise = next(e for chapter in all_chapters().values() for e in chapter.exercises if e.name == name)
    drawn = [
        case for seed in range(4) for case in battery.draw_battery(exercise, np.random.default_rng(seed), hidden=True)
    ]
    return [case for case in drawn if case.kind is kind]


@pytest.mark.parametrize("kind", [CaseKind.ONE_EXAMPLE, CaseKind.ONE_UNIT, CaseKind.ONE_INPUT])
@pytest.mark.parametrize("name", ["relu_net_grads", "xor_net_grads", "bce_net_grads", "machine_grads"])
def test_a_lost_sign_shows_where_there_is_one_of_something(name: str, kind: CaseKind) -> None:
    cases = _cases(name, kind)
    assert cases
    for case in cases:
        assert {of for of, truth in case.truth.items() if truth.value.min() < 0} == set(case.truth)


def test_whole_numbers_in_every_argument_means_every_argument() -> None:
    kinds = {case.kind for case in _cases("hidden_delta", CaseKind.WHOLE)}
    assert kinds == {CaseKind.WHOLE}
    for name in ("hidden_delta", "relu_net_grads", "deep_sigmoid_grads", "delta_back"):
        assert all(case.is_whole() for case in _cases(name, CaseKind.WHOLE))
    assert not _cases("delta_back", CaseKind.WHOLE), "what a sigmoid put out is never whole"


def test_a_sigmoid_is_asked_in_its_tail() -> None:
    for case in _cases("sigmoid", CaseKind.TAIL):
        values = np.sort(case.truth["a"].value.ravel())
        assert values[0] == 0 or values[0] < 1e-15
        assert 1e-3 < values[1] < values[-1] < 0.02, "an error of a ten-thousandth of the exponent is seen"


def test_near_the_optimum_no_answer_hangs_on_the_last_bit_of_single_precision() -> None:
    for exercise in ("bce_net_grads", "xor_net_grads"):
        for case in _cases(exercise, CaseKind.NEAR_OPTIMUM):
            assert decides(case)
            residuals = dict(case.inputs, Y=case.inputs["Y"] + LAST_BIT)  # as if each prediction were off by it
            off = replay(case.exercise.program, residuals, case.exercise.constants)
            assert all(truth.admits(off[name]).all() for name, truth in case.truth.items())
