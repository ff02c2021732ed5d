"""Cases are drawn until differences can decide about one; no draw leaves an exercise without its cases."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from gradcheck.autodiff.oracle import Undecidable
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises import battery


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
