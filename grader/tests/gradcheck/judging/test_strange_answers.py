"""Nothing that an answer returns stops the judge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.display.checker import _drawn
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging import judge as judge_module
from gradcheck.judging.finding import Finding
from gradcheck.judging.judge import judge
from tests.fuzzing import fuzzed

EXERCISES = [
    (chapter, exercise)
    for chapter in all_chapters().values()
    for exercise in chapter.exercises
    if isinstance(exercise, GraphExercise)
]
NUMBERS = st.one_of(st.floats(), st.integers(-(2**70), 2**70), st.booleans(), st.none(), st.text(max_size=3))
ARRAYS = st.builds(
    lambda shape, kind, fill: np.full(shape, fill).astype(kind),
    st.lists(st.integers(0, 5), max_size=4).map(tuple),
    st.sampled_from(["f8", "f4", "i8", "?", "c16", "O"]),
    st.sampled_from([0.0, 1.0, -1.0, np.nan, np.inf, 1e308]),
)
KEYS = st.sampled_from(["dW1", "db1", "dW2", "db2", "Z1", "A1", "Z2", "A2", "x", ""])
ANSWERS = st.recursive(
    NUMBERS | ARRAYS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.lists(inner, max_size=5).map(tuple), st.dictionaries(KEYS, inner, max_size=5)
    ),
    max_leaves=6,
)


@pytest.mark.filterwarnings("ignore")  # casts of nan and of complex numbers warn, as a learner's would
@fuzzed(60)
@given(number=st.integers(0, len(EXERCISES) - 1), value=ANSWERS)
def test_any_value_gets_a_finding_without_help_from_the_last_resort(number: int, value: object) -> None:
    chapter, exercise = EXERCISES[number]
    caller = LocalCaller({exercise.name: lambda *args: value})
    with np.errstate(all="ignore"):
        finding = judge_module._judge(chapter, exercise, caller, _drawn(exercise), {})
    assert 0 <= finding.points <= finding.max_points
    assert finding.message or finding.is_right


def test_a_charged_forward_that_out_delta_calls_is_no_crash() -> None:
    chapter = all_chapters()["03-relu-network"]
    source = (
        "def forward(X, W1, b1, W2, b2):\n    return {'Z1': X, 'A1': X, 'Z2': X, 'A2': X}\n"
        "def out_delta(A2, Y):\n    return forward(A2, A2, A2, A2, A2)['A2']\n"
    )
    namespace = {"np": np}
    exec(compile(source, "<learner>", "exec"), namespace)
    charged = {"forward": Finding("forward", 0.0, 4.0, "wrong")}
    exercise = chapter["out_delta"]
    finding = judge(chapter, exercise, LocalCaller(namespace), _drawn(exercise), charged)
    assert finding.points == 0
    assert not finding.remarks


def test_what_the_judge_did_not_foresee_costs_the_points_and_is_told_to_the_instructor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("X")

    monkeypatch.setattr(judge_module, "judge_graph", fails)
    chapter = all_chapters()["03-relu-network"]
    finding = judge(chapter, chapter["relu"], LocalCaller({"relu": lambda z: z}), ())
    assert (finding.status, finding.points) == ("error", 0.0)
    assert "KeyError" in finding.remarks[0]
    assert "KeyError" not in finding.message


def test_a_sandbox_that_ended_is_not_taken_for_a_strange_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ended(Exception):
        pass

    def ends(*_: object) -> None:
        raise Ended

    monkeypatch.setattr(judge_module, "judge_graph", ends)
    chapter = all_chapters()["03-relu-network"]
    with pytest.raises(Ended):
        judge(chapter, chapter["relu"], LocalCaller({"relu": lambda z: z}), ())
