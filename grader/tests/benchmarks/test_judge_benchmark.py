import numpy as np
import pytest

from benchmarks import judge


@pytest.fixture
def benchmark():
    judge.scaled_battery.cache_clear()
    return judge


def _only(benchmark, monkeypatch, *wanted):
    kept = [row for row in benchmark.rows() if row.title in wanted]
    assert len(kept) == len(wanted)
    monkeypatch.setattr(benchmark, "rows", lambda: kept)


def test_ours_is_right_at_the_ends_of_the_scales(benchmark, monkeypatch, capsys):
    names = ("right", "no ReLU mask", "right, float32", "one bias 1 % off")
    scales = ("", ", weights × 0.001", ", inputs × 100")
    _only(benchmark, monkeypatch, *(name + scale for name in names for scale in scales))
    assert benchmark.main(["--seeds", "1"]) == 0
    assert "Ours is right" in capsys.readouterr().out


def test_a_judge_that_passes_everything_fails_the_benchmark(benchmark, monkeypatch, capsys):
    _only(benchmark, monkeypatch, "right", "db1 not / m")
    monkeypatch.setattr(
        "gradcheck.autodiff.oracle.Estimate.admits", lambda self, answer, *_: np.full(np.shape(answer), True)
    )
    monkeypatch.setattr("gradcheck.judging.numeric_detection._along", lambda *_: True)
    assert benchmark.main(["--seeds", "1"]) == 1
    assert "Ours is wrong in: db1 not / m" in capsys.readouterr().out


def test_a_judge_that_refuses_every_fixture_fails_the_benchmark(benchmark, monkeypatch, capsys):
    _only(benchmark, monkeypatch, "right")
    monkeypatch.setattr("gradcheck.exercises.fixtures.certified", lambda *_: None)
    monkeypatch.setattr("gradcheck.exercises.fixtures.TRIES", 1)
    assert benchmark.main(["--seeds", "1"]) == 1


def test_csv_is_written_only_where_asked(benchmark, monkeypatch, tmp_path):
    _only(benchmark, monkeypatch, "right")
    benchmark.main(["--seeds", "1", "--csv", str(tmp_path / "table.csv")])
    assert (tmp_path / "table.csv").read_text(encoding="utf-8").startswith("case,DL.ai")


def _problem(benchmark, row, factor=1.0):
    inputs, point = benchmark._random(0, 1.0, 1)
    answered = row.answer(*(inputs[name] for name in benchmark.EXERCISE.signature.args))
    grads = {name: factor * np.asarray(answered["d" + name]) for name in benchmark.PARAMS}
    return benchmark.Problem(point, grads, np.random.default_rng(0))


@pytest.mark.parametrize("rule", ["DL.ai", "CS231n", "CMU", "minitorch", "torch", "project"])
def test_a_published_rule_passes_a_right_answer_and_stops_a_doubled_one(benchmark, rule):
    right = next(row for row in benchmark.rows() if row.title == "right")
    assert benchmark.RULES[rule](_problem(benchmark, right))
    assert not benchmark.RULES[rule](_problem(benchmark, right, 2.0))
