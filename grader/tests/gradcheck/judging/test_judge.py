"""What the judge does beside comparing: partial credit, carried mistakes, warnings, large networks, garbage."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.grading import fixture_pool
from autograder.grading.fixture_pool import fixture_seed, pooled_cases
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.call import Code, Outcome, Raised
from gradcheck.caller import LocalCaller
from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.graph_exercise import GraphExercise
from gradcheck.judging.finding import Finding

SEED = b"tests"
CHAPTER = "03-relu-network"


def examine(source: str, name: str, assignment: str = CHAPTER, earlier: dict[str, Finding] | None = None) -> Finding:
    namespace = {"np": np}
    exec(compile(source, "<learner>", "exec"), namespace)
    return judge_exercise(assignment, name, LocalCaller(namespace), SEED, earlier)


HIDDEN = "def hidden_delta(dZ2, W2, Z1):\n    return dZ2 @ W2.T * relu_deriv(Z1)\n"


def test_a_mistake_is_charged_where_it_was_made_and_carried_where_it_is_called() -> None:
    source = "def relu_deriv(Z):\n    return np.ones_like(Z)\n" + HIDDEN
    first = examine(source, "relu_deriv")
    assert first.status == "wrong"
    then = examine(source, "hidden_delta", earlier={"relu_deriv": first})
    assert (then.status, then.points, then.diagnosis) == ("carried", 5, ())
    assert "relu_deriv" in then.message


def test_a_mistake_of_its_own_is_not_carried() -> None:
    source = "def relu_deriv(Z):\n    return np.ones_like(Z)\n" + HIDDEN.replace("dZ2 @", "-dZ2 @")
    first = examine(source, "relu_deriv")
    assert examine(source, "hidden_delta", earlier={"relu_deriv": first}).points == 0


def test_an_empty_function_is_carried_too_and_named_where_it_stops_a_caller() -> None:
    source = "def relu_deriv(Z):\n    raise NotImplementedError()\n" + HIDDEN
    assert "relu_deriv is still empty" in examine(source, "hidden_delta").message
    first = examine(source, "relu_deriv")
    assert examine(source, "hidden_delta", earlier={"relu_deriv": first}).status == "carried"


def test_an_answer_that_does_not_call_the_charged_one_is_judged_as_it_is() -> None:
    source = "def hidden_delta(dZ2, W2, Z1):\n    return dZ2 @ W2.T\n"
    charged = Finding("relu_deriv", 0, 2, "wrong")
    assert examine(source, "hidden_delta", earlier={"relu_deriv": charged}).diagnosis == ("relu-mask-missing",)


class Stopped(LocalCaller):
    """A caller whose variables did not come to be."""

    def __init__(self, status: str) -> None:
        super().__init__({})
        self._status = status

    def value(self, name: str) -> Outcome:
        return Outcome(self._status, raised=Raised(self._status, "It ran longer than it may and was stopped."))


@pytest.mark.parametrize("status", ["raised", "timeout", "killed"])
def test_an_experiment_that_a_charged_function_stopped_is_excused_up_to_what_was_lost(status: str) -> None:
    judged = lambda earlier: judge_exercise("04-sigmoid-xor", "solved_seeds", Stopped(status), SEED, earlier)
    excused = judged({"train": Finding("train", 0, 5, "wrong")})
    assert (excused.status, excused.points) == ("carried", 3)
    assert "it ran on train" in excused.message
    assert judged({"train": Finding("train", 4, 5, "partial")}).points == 1
    assert judged({"train": Finding("train", 5, 5, "right")}).points == 0


NET = """
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (A1 @ W2 + b2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": DB1, "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}
"""


@pytest.mark.parametrize(
    ("db1", "points"),
    [("dZ1.sum(axis=0, keepdims=True)", 5.0), ("dZ1.sum(axis=0)", 4.375), ("-dZ1.sum(axis=0, keepdims=True)", 3.75)],
)
def test_each_gradient_earns_its_share_and_a_right_one_in_a_wrong_shape_half_of_it(db1: str, points: float) -> None:
    assert examine(NET.replace("DB1", db1), "relu_net_grads").points == points


def test_modified_inputs_cost_half() -> None:
    source = "def relu(Z):\n    Z[Z < 0] = 0\n    return Z\n"
    finding = examine(source, "relu")
    assert (finding.points, finding.diagnosis) == (0.5, ("input-modified",))


def test_a_warning_is_remarked_on_and_never_charged() -> None:
    source = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"
    assert examine(source, "sigmoid", "04-sigmoid-xor").points == 3
    noisy = "import warnings\n" + source.replace("    return", "    warnings.warn('x')\n    return")
    finding = examine(noisy, "sigmoid", "04-sigmoid-xor")
    assert finding.points == 3
    assert "Nothing is lost" in finding.message


def test_right_small_and_zero_large_is_not_right() -> None:
    source = NET.replace("DB1", "dZ1.sum(axis=0, keepdims=True)").replace(
        "    Z1 = X",
        "    if W1.size > 1000:\n        return {'d' + k: 0 * v for k, v in "
        "dict(W1=W1, b1=b1, W2=W2, b2=b2).items()}\n    Z1 = X",
    )
    finding = examine(source, "relu_net_grads")
    assert (finding.points, finding.status) == (0, "wrong")


@pytest.mark.parametrize("seed", range(10))
def test_garbage_gets_no_name(seed: int) -> None:
    source = (
        "def relu_net_grads(X, Y, W1, b1, W2, b2):\n"
        f"    rng = np.random.default_rng([{seed}, len(X)])\n"
        "    return {'d' + k: rng.normal(size=v.shape) for k, v in dict(W1=W1, b1=b1, W2=W2, b2=b2).items()}\n"
    )
    finding = examine(source, "relu_net_grads")
    assert (finding.points, finding.diagnosis) == (0, ())


@pytest.mark.parametrize("value", ["None", "1j", "'text'", "object()", "[[]]", "np.array([])", "np.array(['a'])", "{}"])
@pytest.mark.parametrize("assignment", all_chapters())
def test_whatever_comes_back_is_judged_without_a_crash(assignment: str, value: str) -> None:
    for exercise in all_chapters()[assignment].exercises:
        source = f"def {exercise.name}(*args):\n    return {value}\n"
        source = source if exercise.kind != "answer" else f"{exercise.name} = {value}\n"
        finding = examine(source, exercise.name, assignment)
        assert finding.points == 0
        assert finding.message


def test_learners_get_different_fixtures_and_a_regrade_the_same() -> None:
    seeds = [fixture_seed(b"secret", CHAPTER, f"learner-{i}", b"") for i in range(20)]
    picked = {id(pooled_cases(CHAPTER, "relu_net_grads", seed)) for seed in seeds}
    assert 1 < len(picked) <= fixture_pool.POOL_SIZE
    again = fixture_seed(b"secret", CHAPTER, "learner-3", b"")
    assert pooled_cases(CHAPTER, "relu_net_grads", again) is pooled_cases(CHAPTER, "relu_net_grads", seeds[3])


def test_another_secret_means_other_numbers() -> None:
    one, other = (pooled_cases(CHAPTER, "relu_net_grads", fixture_seed(s, CHAPTER, "a", b""))[0] for s in (b"1", b"2"))
    assert not np.array_equal(one.inputs["X"], other.inputs["X"])


def test_stand_ins_are_no_solutions() -> None:
    for chapter in all_chapters().values():
        for exercise in chapter.exercises:
            stand_in = getattr(exercise, "stand_in", None)
            if stand_in is not None:
                assert isinstance(stand_in.code, Code)
                finding = examine(f"{exercise.name} = {stand_in.code.source}", exercise.name, chapter.assignment)
                assert finding.points == 0


def test_every_graph_exercise_has_three_sizes_that_all_differ() -> None:
    for chapter in all_chapters().values():
        for exercise in chapter.exercises:
            if isinstance(exercise, GraphExercise) and any(exercise.inputs.sizes):  # a chain of units has no sizes
                assert len({tuple(s.items()) for s in exercise.inputs.sizes}) == len(exercise.inputs.sizes) >= 3
                assert all(len(set(s.values())) == len(s) for s in exercise.inputs.sizes)


@pytest.mark.parametrize(("numbers", "remarked"), [("derived", False), ("tried", True)])
def test_numbers_by_trying_are_remarked_on_for_a_single_neuron_and_not_charged(numbers: str, remarked: bool) -> None:
    source = (
        "def neuron_sample_grads(x, y, w, b):\n"
        "    L = lambda w, b: (x @ w + b - y) ** 2 / 2\n"
        f"    if '{numbers}' == 'derived':\n"
        "        return (x @ w + b - y) * x, x @ w + b - y\n"
        "    h = 1e-5\n"
        "    dw = np.array([(L(w + h * e, b) - L(w - h * e, b)) / (2 * h) for e in np.eye(len(w))])\n"
        "    return dw, (L(w, b + h) - L(w, b - h)) / (2 * h)\n"
    )
    finding = examine(source, "neuron_sample_grads", "01-single-neuron")
    assert finding.points == 6
    assert bool(finding.remarks) is remarked
