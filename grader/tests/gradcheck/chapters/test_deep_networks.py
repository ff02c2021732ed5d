from __future__ import annotations

import ast
import contextlib
import io

import matplotlib
import nbformat
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from autograder.course import paths
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
from gradcheck.chapters import deep_networks
from gradcheck.comparison.status import Status
from gradcheck.exercises.battery import draw_cases
from gradcheck.exercises.cases import CaseKind
from gradcheck.judging.judge import judge

CHAPTER = deep_networks.CHAPTER
CELLS = {
    cell.id: cell.source
    for cell in nbformat.read(paths.notebook_path(paths.SOLUTIONS, CHAPTER.assignment), as_version=4).cells
}


PICTURES = ("draw_chain", "draw_factors", "draw_sizes", "draw_training", "interact_or_still")


@pytest.fixture(scope="module")
def notebook():
    """The names of the whole notebook after Run All, without checks and most pictures, and what its cells print."""
    names: dict = {"check": lambda *a, **k: None, "progress": lambda: None, "card": lambda a: None, "printed": {}}
    kept = {"compared": {}}
    names |= {"guess": lambda *a: None, "tally": lambda: None, "compare": kept["compared"].__setitem__}
    source = nbformat.read(paths.notebook_path(paths.SOLUTIONS, CHAPTER.assignment), as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plt, "show", lambda: plt.close("all"))
        for cell in source.cells:
            if cell.cell_type == "code" and not cell.id.startswith("test-"):
                out = io.StringIO()
                lines = [line for line in cell.source.splitlines() if "import check" not in line]
                text = "\n".join(line for line in lines if not line.startswith("from gradcheck.p"))
                with contextlib.redirect_stdout(out):
                    exec(text, names)
                names["printed"][cell.id] = out.getvalue()
                if cell.id == "set-up":
                    names |= dict.fromkeys(PICTURES, lambda *a, **k: None)
    return names | kept


def find(answer):
    return judge(CHAPTER, CHAPTER["fate"], LocalCaller({"fate": answer}), ())


def test_the_exercises_are_in_the_order_of_the_page():
    assert [(e.name, e.points) for e in CHAPTER.exercises] == [
        ("chain_grads", 6),
        ("deep_forward", 3),
        ("delta_back", 5),
        ("deep_sigmoid_grads", 8),
        ("fate", 3),
        ("init_weights", 5),
    ]
    names = [name.removeprefix("text-") for name in CELLS if name.startswith("text-")]
    assert names == [e.name for e in CHAPTER.exercises]


def test_every_exercise_with_a_way_back_has_a_member_that_cannot_be_solved_by_trying():
    for name in ("chain_grads", "delta_back", "deep_sigmoid_grads"):
        cases = draw_cases(CHAPTER[name], np.random.default_rng(0), hidden=True)
        assert CaseKind.LARGE in [case.kind for case in cases]


@pytest.mark.parametrize(("network", "word"), [("A", "holds"), ("B", "explodes"), ("C", "vanishes")])
def test_the_networks_of_fate_do_what_the_text_says(network, word):
    assert deep_networks.fate_of(network) == word


def test_the_fates_are_far_from_the_borders_between_the_words():
    sizes = {name: deep_networks.surviving(name) for name in deep_networks.FATES}
    assert 0.1 < sizes["A"] < 10
    assert sizes["B"] > 1000
    assert sizes["C"] < 1e-9


def test_a_learners_own_chain_comes_to_the_same_fates(notebook):
    for name, (weights, biases) in deep_networks.FATES.items():
        dbs = notebook["chain_grads"](0.5, 0.0, np.array(10 * weights), np.array(10 * biases))[1]
        assert abs(dbs[0] / dbs[-1]) == pytest.approx(deep_networks.surviving(name), rel=1e-6)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"A": "holds", "B": "explodes", "C": "vanishes"}, 3),
        ({"A": "Holds", "B": "EXPLODES", "C": " vanishes "}, 3),
        ({"A": "vanishes", "B": "explodes", "C": "vanishes"}, 2),
        ({"A": "explodes", "B": "holds", "C": "explodes"}, 0),
        ({"A": "holds"}, 0),
        (["holds", "explodes", "vanishes"], 0),
    ],
)
def test_fate_is_judged_entry_by_entry(answer, points):
    assert find(answer).points == points


def test_a_wrong_fate_is_not_pointed_at():
    message = find({"A": "holds", "B": "holds", "C": "holds"}).message
    assert "2 of the 3 networks" in message
    assert not {'"A"', '"B"', '"C"', "vanishes", "explodes"} & set(message.split())


def test_the_fate_of_a_learner_whose_chain_was_charged_is_carried():
    from gradcheck.judging.finding import Finding

    earlier = {"chain_grads": Finding("chain_grads", 0, 6, Status.WRONG)}
    found = judge(
        CHAPTER, CHAPTER["fate"], LocalCaller({"fate": {"A": "holds", "B": "holds", "C": "holds"}}), (), earlier
    )
    assert (found.points, found.status) == (3, Status.CARRIED)


CHAIN = """
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(a[-1] * w + b))))
    dws, dbs, da = np.zeros(len(ws)), np.zeros(len(ws)), a[-1] - y
    for k in reversed(range(len(ws))):
        dz = da * a[k + 1] * (1 - a[k + 1])
        dws[k], dbs[k], da = dz * a[k], dz, dz * ws[k]
    return {returned}
"""


def judged(returned: str):
    names = {"np": np}
    exec(CHAIN.replace("{returned}", returned), names)
    return judge_exercise(CHAPTER.assignment, "chain_grads", LocalCaller(names), b"a secret")


def test_the_whole_arrays_are_named_where_every_entry_is_wrong():
    assert judged("-dws, -dbs").message.startswith("dws and dbs have the right size")


def test_half_is_earned_where_only_the_biases_are_wrong():
    found = judged("dws, 2 * dbs")
    assert (found.points, found.diagnosis) == (3, ("factor-two",))


def test_columns_are_told_in_the_shapes_that_came_back():
    found = judged("dws[:, None], dbs[:, None]")
    assert found.points == 3
    assert "(3, 1) and (3, 1)" in found.message


def test_slopes_that_are_lost_in_rounding_are_told_to_be_tried():
    found = judged("np.where(abs(dws) > 1e-12, dws, 0.0), np.where(abs(dbs) > 1e-12, dbs, 0.0)")
    assert found.status is Status.NUMERIC
    assert "nudging" in found.message


def test_an_input_that_is_handed_back_earns_nothing():
    names = {"np": np}
    exec("def deep_forward(X, Ws, bs):\n    return [X, *(np.zeros((len(X), W.shape[1])) for W in Ws)]", names)
    found = judge_exercise(CHAPTER.assignment, "deep_forward", LocalCaller(names), b"a secret")
    assert (found.points, found.status) == (0, Status.WRONG)


COMPARED = {
    "bias that L feels least": "b1",
    "last delta divided by": 16384,
    "larger than the last delta": "no",
    "first delta / last delta": 128,
    "layer 8 to layer 1": 10000,
    "three deep networks": ["vanishes", "vanishes", "explodes"],
    "factor of the mean square": 50,
    "which one learns": "ReLU",
    "cost of saying one half": np.log(2),
    "c that learns": [2],
}


def test_every_prediction_is_compared_with_the_result_that_the_text_goes_on_from(notebook):
    assert notebook["compared"].keys() == COMPARED.keys()
    for name, result in COMPARED.items():
        found = notebook["compared"][name]
        assert found == (pytest.approx(result) if isinstance(result, float) else result), name


def test_the_numbers_of_the_text_are_those_of_the_cells(notebook):
    told = notebook["printed"]
    assert told["signposts"].splitlines()[0] == "w1 +0.0739   b1 +0.0246"
    factors = notebook["factors"]
    assert np.prod(factors(0.5, np.ones(8), np.zeros(8))) == pytest.approx(0.000031, rel=0.02)
    steep = factors(0.5, np.full(8, 8.0), np.zeros(8))
    assert np.median(steep).round(4) == 0.0027
    assert np.prod(steep) == pytest.approx(6e-17, rel=0.1)
    np.testing.assert_allclose(factors(0.5, np.full(8, 4.0), np.full(8, -2.0)), 1.0)
    assert ast.literal_eval(told["draw-grad-sizes"]) == ["4.2e-05", "5.9e-13", "3.1e+03"]
    assert "1e+51" in told["thirty-layers"]


def test_the_examples_of_the_exercises_are_right(notebook):
    dbs = notebook["chain_grads"](notebook["x"], notebook["y"], notebook["ws"], notebook["bs"])[1]
    np.testing.assert_allclose(dbs, [0.0246, -0.0524, -0.142], atol=5e-5)
    dZ = notebook["delta_back"](np.array([[0.1]]), np.array([[2.0], [-1.0]]), np.array([[0.5, 0.8]]))
    np.testing.assert_allclose(dZ, [[0.05, -0.016]])
    Ws, bs = notebook["deep_start"]()
    grads = notebook["deep_sigmoid_grads"](notebook["x_row"], notebook["y_row"], Ws, bs)
    assert grads[-1][0, 0] == pytest.approx(0.0442, abs=5e-5)


def test_sigmoid_layers_stay_at_chance_and_relu_layers_learn(notebook):
    costs = notebook["costs"]
    assert 0.68 < costs["sigmoid"][-1] < np.log(2)
    assert costs["ReLU"][-1] < 0.2
    assert notebook["printed"]["sigmoid-and-relu"].splitlines() == [
        "sigmoid: cost 0.691, layer 1 0.00026",
        "ReLU: cost 0.133, layer 1 0.56",
    ]


def test_a_start_that_is_too_small_or_too_large_does_not_learn(notebook):
    runs = notebook["runs"]
    assert runs[0.1][-1] == pytest.approx(np.log(2), abs=0.01)
    assert runs[20][0] == pytest.approx(12.9, abs=0.05)
    assert not runs[20][-1] < 0.6
    assert "'c = 0.1': '2e-05'" in notebook["printed"]["three-starts"]
    assert "'c = 20': '2e+03'" in notebook["printed"]["three-starts"]
