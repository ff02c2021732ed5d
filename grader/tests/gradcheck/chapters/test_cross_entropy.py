from __future__ import annotations

import re

import nbformat
import numpy as np
import pytest

from autograder.course import paths
from gradcheck.autodiff.networks import network
from gradcheck.autodiff.program import forward, replay
from gradcheck.caller import LocalCaller
from gradcheck.chapters import cross_entropy
from gradcheck.chapters.procedures.surprisal import NEIGHBOURS, TABLE, surprisal_exercise
from gradcheck.exercises.battery import draw_cases
from gradcheck.judging.judge import judge

CHAPTER = cross_entropy.CHAPTER
CELLS = {
    cell.id: cell
    for cell in nbformat.read(paths.notebook_path(paths.SOLUTIONS, "05-cross-entropy"), as_version=4).cells
}


def find(answer):
    return judge(CHAPTER, CHAPTER["chance_cost"], LocalCaller({"chance_cost": answer}), ())


def text(cell_id: str) -> str:
    return CELLS[cell_id].source


def output(cell_id: str) -> str:
    return "".join(o.text for o in CELLS[cell_id].outputs if o.output_type == "stream")


def test_the_exercises_stand_in_the_order_of_the_page():
    assert [(e.name, e.points) for e in CHAPTER.exercises] == [
        ("surprisal", 2),
        ("bce_cost", 4),
        ("chance_cost", 2),
        ("bce_out_delta", 6),
        ("bce_net_grads", 6),
        ("softmax", 4),
        ("softmax_delta", 6),
    ]
    solutions = [i for i, c in CELLS.items() if c.metadata.get("nbgrader", {}).get("solution")]
    assert solutions == [e.name for e in CHAPTER.exercises]


def test_every_exercise_with_parameters_or_scores_has_a_large_member():
    assert [e.name for e in CHAPTER.exercises if getattr(e, "inputs", None) and e.inputs.large] == [
        "bce_net_grads",
        "softmax_delta",
    ]


# chance_cost


@pytest.mark.parametrize("answer", [0.693, 0.6931, np.log(2), np.float32(0.6931472), np.array([0.6931]), 0.694])
def test_the_cost_at_chance_may_have_three_decimals(answer):
    assert find(answer).points == 2


@pytest.mark.parametrize("answer", [0.125, 0.5, 1.1, 0.4, np.nan, np.inf])
def test_another_cost_at_chance_is_named_as_such(answer):
    assert (find(answer).points, find(answer).diagnosis) == (0, ("prediction-differs",))


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (2.7726, "sum-not-mean"),
        (-0.6931, "sign-flipped"),
        (1.3863, "factor-two"),
        (0.69, "decimals-lost"),
        (0.7, "decimals-lost"),
        (0.3466, "half-kept"),
        (1.0, "other-loss"),
        (0.30103, "other-loss"),
    ],
)
def test_a_cost_at_chance_with_one_mistake_is_named(answer, name):
    assert (find(answer).points, find(answer).diagnosis) == (0, (name,))


@pytest.mark.parametrize("answer", ["ln 2", [0.693, 0.693], {"J": 0.693}, ...])
def test_what_is_no_number_is_named_as_such(answer):
    assert (find(answer).points, find(answer).diagnosis) == (0, ("wrong-container",))


# surprisal


@pytest.mark.parametrize("neighbour", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_no_other_price_passes(neighbour):
    exercise = surprisal_exercise(2)
    for seed in range(5):
        trials = exercise.draw(np.random.default_rng(seed))
        wrong = LocalCaller({"surprisal": lambda p: neighbour(np.asarray(p, dtype=float))})
        with np.errstate(all="ignore"):
            assert judge(CHAPTER, CHAPTER["surprisal"], wrong, trials).points == 0


def test_a_cost_made_of_a_wrong_price_is_named_by_it():
    # It is not carried: no stand-in is made for the extremes, and the cost has some.
    namespace = {"surprisal": lambda p: -np.log10(p)}
    exec(
        "import numpy as np\n"
        "def bce_cost(A, Y):\n"
        "    A = np.clip(A, 1e-12, 1 - 1e-12)\n"
        "    return np.mean(Y * surprisal(A) + (1 - Y) * surprisal(1 - A))\n",
        namespace,
    )
    caller = LocalCaller(namespace)
    rng = np.random.default_rng(1)
    first = judge(CHAPTER, CHAPTER["surprisal"], caller, draw_cases(CHAPTER["surprisal"], rng, hidden=True))
    assert first.points == 0
    cases = draw_cases(CHAPTER["bce_cost"], rng, hidden=True)
    found = judge(CHAPTER, CHAPTER["bce_cost"], caller, cases, {"surprisal": first})
    assert (found.points, found.diagnosis) == (0, ("other-loss",))


# The edges


def at_the_edge(name, function):
    cases = draw_cases(CHAPTER[name], np.random.default_rng(0), hidden=True)
    with np.errstate(all="ignore"):
        return judge(CHAPTER, CHAPTER[name], LocalCaller({name: function}), cases)


def long_way(A2, Y):
    return (-Y / A2 + (1 - Y) / (1 - A2)) * A2 * (1 - A2) / len(Y)


def test_the_last_delta_must_be_right_at_outputs_of_exactly_0_and_1():
    assert at_the_edge("bce_out_delta", lambda A2, Y: (A2 - Y) / len(Y)).points == 6
    assert at_the_edge("bce_out_delta", long_way).points == 3
    silent = lambda A2, Y: np.nan_to_num(long_way(A2, Y))  # finite, and wrong: no slope for a sure mistake
    assert at_the_edge("bce_out_delta", silent).points == 3


def no_shift(Z):
    powers = np.exp(Z)
    return powers / powers.sum(axis=1, keepdims=True)


def test_softmax_and_its_delta_must_be_right_far_from_zero():
    assert at_the_edge("softmax", no_shift).points == 2
    assert at_the_edge("softmax_delta", lambda Z, Y: (no_shift(Z) - Y) / len(Z)).points == 3


# Numbers of the text


def test_the_price_list_is_what_the_formula_gives():
    rows = [line for line in text("a-price-list").splitlines() if line.startswith("|")]
    p = [float(v) for v in rows[0].split("|")[2:-1]]
    prices = [float(v) for v in rows[2].split("|")[2:-1]]
    assert tuple(p) == TABLE
    np.testing.assert_allclose(prices, -np.log(p), atol=5e-4)
    printed = [float(v) for v in re.findall(r"price (\S+)", output("look-up-prices"))]
    assert printed[:-1] == prices


def test_the_examples_of_the_exercises_are_right():
    p = np.array([0.9, 0.1])
    assert "[0.10536052, 2.30258509]" in text("text-surprisal")
    np.testing.assert_allclose(-np.log(p), [0.10536052, 2.30258509], atol=1e-8)
    labels = {"A": np.array([[0.9], [0.2]]), "Y": np.array([[1.0], [0.0]])}
    assert f"{forward(cross_entropy.BCE, labels)['J']:.4f}" in text("text-bce_cost")
    assert f"{(0.37 - 1) / 7:.2f}" in text("text-bce_out_delta")
    shares = np.exp([2.0, 1.0, 0.0]) / np.sum(np.exp([2.0, 1.0, 0.0]))
    assert "[[0.66524096, 0.24472847, 0.09003057]]" in text("text-softmax")
    np.testing.assert_allclose(shares, [0.66524096, 0.24472847, 0.09003057], atol=1e-8)
    assert "(0.665, 0.245, 0.090)" in text("more-than-two")
    moved = replay(cross_entropy.CLASSES, {"Z": np.zeros((1, 2)), "Y": np.array([[1.0, 0.0]])}, frozenset("Y"))
    np.testing.assert_allclose(moved["dZ"], [[-0.5, 0.5]])
    assert "[[-0.5, 0.5]]" in text("text-softmax_delta")


CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
IS_XOR = np.array([[0.0], [1.0], [1.0], [0.0]])
NETS = {loss: network("sigmoid", "sigmoid", loss=loss) for loss in ("cross_entropy", "half_square")}


def starts(sure):
    """The 20 starts of the text, side by side in one network: each has four hidden units and an output of its own."""
    P = np.random.default_rng(0).uniform(-1, 1, (20, 17))
    P[:, 16] += sure
    own = np.kron(np.eye(20), np.ones((4, 1)))
    W1 = np.hstack([row[:8].reshape(2, 4) for row in P])
    values = {
        "W1": W1,
        "b1": P[:, 8:12].reshape(1, -1),
        "W2": own * P[:, 12:16].reshape(-1, 1),
        "b2": P[:, 16].reshape(1, -1),
    }
    return values, own


def race(loss, rate, epochs, sure=0.0):
    """Return how many starts are solved at each epoch, and the outputs (4, 20) before the first step."""
    params, own = starts(sure)
    data = {"X": CORNERS, "Y": np.repeat(IS_XOR, 20, axis=1)}
    solved, first = [], None
    for _ in range(epochs):
        env = replay(NETS[loss], data | params, frozenset("XY"))
        first = env["A2"] if first is None else first
        solved.append(int(np.sum(np.all((env["A2"] > 0.5) == IS_XOR, axis=0))))
        params = {name: p - rate * 20 * env["d" + name] for name, p in params.items()}  # J is a mean over all
        params["W2"] = own * params["W2"]
    return solved, first


def half(solved):
    return next(t for t, n in enumerate(solved) if n >= 10)


def test_from_ordinary_starts_cross_entropy_is_a_factor_of_four_in_the_rate():
    ours, slow, fast = (race(*run, 460)[0] for run in (("cross_entropy", 2), ("half_square", 2), ("half_square", 8)))
    assert (half(ours), half(slow), half(fast)) == (115, 443, 113)
    assert output("same-rate") == "half solved: cross-entropy 115 squared error 443\n"
    assert "{4.0: 223, 8.0: 113, 16.0: 87}" in output("which-rate")
    assert "at epoch 113, against 115" in text("a-quarter")


def test_sure_and_wrong_the_squared_error_solves_few_starts_and_cross_entropy_all():
    runs = (("cross_entropy", 2.0), ("half_square", 2.0), ("half_square", 8.0), ("half_square", 24.0))
    solved = [race(*run, 1000, sure=8.0) for run in runs]
    assert [s[-1] for s, _ in solved] == [20, 3, 17, 20]
    assert (half(solved[0][0]), half(solved[2][0])) == (43, 494)
    assert 200 < half(solved[3][0]) < 240  # the digits of the slopes matter at this rate
    assert [line.split(" solved")[0][-2:].strip() for line in output("fair-race").splitlines()] == ["20", "3", "17"]
    first = solved[0][1]
    assert first.min() > 0.99
    slope = float(np.median(first * (1 - first)))
    assert f"{slope:.4f}" == "0.0002"
    assert "half of them need more than 200 epochs" in text("no-rate-repairs-it")


def test_every_picture_of_a_cost_shows_the_line_of_chance():
    costs = [c for c in CELLS.values() if c.cell_type == "code" and ("loss" in c.source or "cost" in c.source)]
    drawn = [c for c in costs if "plot(" in c.source and "epochs=" not in c.source]
    assert len(drawn) >= 4
    assert all("axhline" in c.source for c in drawn), [c.id for c in drawn if "axhline" not in c.source]
