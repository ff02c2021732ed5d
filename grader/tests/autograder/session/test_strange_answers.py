"""Whatever comes back for an exercise, the judge has a finding: a submission that it stumbles over would be lost."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest

from autograder.grading.hidden_suite import find_exercise, judge_exercise
from gradcheck.call import Branch, Leaf, Outcome, Raised, describe
from gradcheck.caller import Caller
from gradcheck.chapters.registry import all_chapters
from gradcheck.display.panel import panel_html

SEED = b"k" * 64
EXERCISES = [(a, e.name) for a, chapter in all_chapters().items() for e in chapter.exercises]
NUMBERS = (
    0.0,
    1,
    True,
    np.nan,
    np.inf,
    -1e308,
    1e-320,
    2**62,
    np.float32(1),
    1j,
    np.array(3.0),
    np.zeros(0),
    np.zeros((0, 3)),
)
ARRAYS = (
    np.ones(1), np.ones((1, 1)), np.full((3, 2), np.nan), np.ones((1,) * 8), np.ones(100_000), np.ones((300, 300)),
    np.full(3, 1e308), np.array(["a"]), np.array([None]), np.ones(3, bool), np.zeros((2, 0, 2)),
)  # fmt: skip
BOXES = (
    [], (), {}, [[]], [1.0], (1.0, 2.0), {"dW1": 1.0}, {"Z1": None, "A1": "x"}, {1: 2}, {"": []}, [np.ones(2), None],
    ({"a": 1}, {"a": 1}), [[1, 2], [3]], [{}] * 9, dict.fromkeys("abcdefgh", np.nan),
    range(3), {1, 2}, zip([1], [2], strict=True),
    {"dw1": "+", "dw2": 7, "db": []}, {"m": ("m",), "Z1": ("m", "h", "m"), "W1": 3},
    {2: "x", 3: np.nan, 4: -1}, ["0", 0, None],
)  # fmt: skip
TEXTS = ("", "x", "<script>", "+", "m", None, object, lambda: 1)
VALUES = [describe(value) for value in (*NUMBERS, *ARRAYS, *BOXES, *TEXTS)]
VALUES += [
    Branch("dict", ("dW1", "dW1"), (Leaf("float", np.array(1.0), "float64"),) * 2),
    Leaf("", None, "", ""),
    Leaf("int", np.ones(3), "x"),
]
OUTCOMES = [
    *(
        Outcome("returned", value, changed=(0,), called=("forward", "relu"), warnings=("w",), reads=("x",))
        for value in VALUES[:3]
    ),
    *(Outcome("returned", value) for value in VALUES),
    *(
        Outcome("raised", raised=Raised(kind, text, "x = 1", 1))
        for kind in ("NameError", "ValueError", "", "<b>")
        for text in ("", "name 'x'")
    ),
    Outcome("raised", raised=Raised("NotImplementedError", "")),
    Outcome("missing"),
    Outcome("timeout", raised=Raised("timeout", "x")),
    Outcome("killed", raised=Raised("killed", "x")),
    Outcome("returned", VALUES[0], seconds=99.0),
]


@dataclass
class Same(Caller):
    """A learner to whom everything is the same."""

    outcomes: tuple[Outcome, ...]
    asked: int = 0

    def call(self, name, args, stand_ins=None, seconds=5.0) -> Outcome:
        self.asked += 1
        return self.outcomes[self.asked % len(self.outcomes)]

    def value(self, name) -> Outcome:
        return self.call(name, ())


@pytest.mark.filterwarnings("ignore:Mean of empty slice")
@pytest.mark.parametrize(("assignment", "name"), EXERCISES)
def test_every_outcome_is_a_finding(assignment, name):
    pairs = [(one,) for one in OUTCOMES] + list(zip(OUTCOMES, OUTCOMES[7:] + OUTCOMES[:7], strict=True))[::6]
    slow = find_exercise(assignment, name).kind == "property"  # each outcome is held against runs of many rules
    for outcomes in pairs[:: 4 if slow else 1]:
        finding = judge_exercise(assignment, name, Same(outcomes), SEED, {})
        assert 0 <= finding.points <= finding.max_points
        json.dumps(finding.as_dict(), allow_nan=False)
        panel = panel_html(finding, find_exercise(assignment, name))
        assert len(panel) < 50_000
        assert "<script" not in panel
        assert "<b>" not in panel
