"""Explanations are tried one after the other, and the first that fits ends the search."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.caller import LocalCaller
from gradcheck.chapters import single_neuron
from gradcheck.comparison.observation import Observation, observe
from gradcheck.diagnosis.evidence import Evidence
from gradcheck.diagnosis.pipeline import explain
from gradcheck.exercises.battery import draw_cases
from gradcheck.exercises.diagnosis import Diagnosis

EXERCISE = single_neuron.CHAPTER["dL_da"]


@pytest.fixture
def observations() -> list[Observation]:
    caller = LocalCaller({"dL_da": lambda a, y: y - a})
    cases = draw_cases(EXERCISE, np.random.default_rng(0), hidden=False)
    return [observe(case, caller.call("dL_da", case.args)) for case in cases]


def test_no_explanation_runs_after_one_that_fits(observations: list[Observation]) -> None:
    ran: list[str] = []

    def does_not_fit(evidence: Evidence) -> tuple[Diagnosis, ...]:
        ran.append("does not fit")
        assert evidence.wrong == {"dL_da"}
        return ()

    def fits(_: Evidence) -> tuple[Diagnosis, ...]:
        ran.append("fits")
        return (Diagnosis("sign-flipped"),)

    def must_not_run(_: Evidence) -> tuple[Diagnosis, ...]:
        raise AssertionError("an explanation ran after one that fits")

    found = explain(EXERCISE, observations, {"dL_da": "wrong"}, (), (does_not_fit, fits, must_not_run))
    assert found == (Diagnosis("sign-flipped"),)
    assert ran == ["does not fit", "fits"]


def test_what_is_wrong_with_the_form_is_kept_where_nothing_fits(observations: list[Observation]) -> None:
    form = (Diagnosis("input-modified", "a", half=True),)
    assert explain(EXERCISE, observations, {"dL_da": "wrong"}, form, ()) == form
