"""What a learner sees: panels and hints that say something, hide the truth, and never raise."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from gradcheck.chapters import relu_network, single_neuron
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.display.checker import Checker, NotCorrectError
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.display.panel import panel_html


def bench() -> Checker:
    return Checker(single_neuron.CHAPTER)


def dL_da(a, y):
    return y - a


def forward(x, w, b):
    return x @ w + b


def test_a_right_answer_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench().check(forward) is None
    assert "[ok] forward is correct" in capsys.readouterr().out


def test_a_wrong_answer_is_told_what_was_seen(capsys: pytest.CaptureFixture[str]) -> None:
    bench().check(dL_da)
    out = capsys.readouterr().out
    assert "opposite sign" in out
    assert "hint(dL_da)" in out


def test_nbgraders_validate_alone_is_told_by_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    bench().check(forward)
    with pytest.raises(NotCorrectError, match="opposite sign"):
        bench().check(dL_da)
    with pytest.raises(NotCorrectError, match="no exercise of this chapter"):
        bench().check("nothing")


def test_hints_come_one_by_one_and_stop(capsys: pytest.CaptureFixture[str]) -> None:
    desk = bench()
    for _ in range(4):
        desk.hint(dL_da)
    told = capsys.readouterr().out.split("Hint ")[1:]
    total = told[0][5]
    assert [part[:6] for part in told] == [f"{min(i, int(total))} of {total}" for i in (1, 2, 3, 4)]


def sample(x, y, w, b):
    return 2 * (x @ w + b - y) * x, x @ w + b - y


def test_a_hint_after_a_check_does_not_repeat_what_the_check_said(capsys: pytest.CaptureFixture[str]) -> None:
    desk = bench()
    sample.__name__ = "neuron_sample_grads"
    desk.check(sample)
    said = capsys.readouterr().out.splitlines()[1].strip()
    for _ in range(3):
        desk.hint(sample)
    told = capsys.readouterr().out
    assert "Hint 3 of 3" in told
    assert said not in told


def _notebook(source: str) -> dict:
    namespace = {"np": np}
    exec(compile(source, "<learner>", "exec"), namespace)
    return namespace


HIDDEN = "def hidden_delta(dZ2, W2, Z1):\n    return dZ2 @ W2.T * relu_deriv(Z1)\n"


def test_an_answer_that_is_right_but_for_an_earlier_function_is_sent_there(capsys: pytest.CaptureFixture[str]) -> None:
    notebook = _notebook("def relu_deriv(z):\n    return np.ones_like(z)\n" + HIDDEN)
    desk = Checker(relu_network.CHAPTER)
    desk.check(notebook["hidden_delta"])
    told = capsys.readouterr().out
    assert "correct but for what comes from relu_deriv" in told
    assert "check(relu_deriv)" in told


def test_an_earlier_function_that_was_mended_since_is_not_blamed(capsys: pytest.CaptureFixture[str]) -> None:
    notebook = _notebook("def relu_deriv(z):\n    return np.ones_like(z)\n" + HIDDEN)
    desk = Checker(relu_network.CHAPTER)
    desk.check(notebook["hidden_delta"])
    exec("def relu_deriv(z):\n    return (z > 0) * 1.0\n", notebook)
    capsys.readouterr()
    desk.check(notebook["hidden_delta"])
    assert "[ok] hidden_delta is correct" in capsys.readouterr().out


def test_a_mistake_of_its_own_is_not_put_on_an_earlier_function(capsys: pytest.CaptureFixture[str]) -> None:
    source = "def relu_deriv(z):\n    return np.ones_like(z)\n" + HIDDEN.replace("dZ2 @", "-dZ2 @")
    Checker(relu_network.CHAPTER).check(_notebook(source)["hidden_delta"])
    assert "relu_deriv" not in capsys.readouterr().out


@pytest.mark.parametrize("asked", [print, 3, None, lambda: 0])
def test_nonsense_gets_a_sentence(asked: object, capsys: pytest.CaptureFixture[str]) -> None:
    bench().check(asked)
    assert capsys.readouterr().out.strip()


def test_an_answer_that_is_missing_is_not_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    bench().check(predicted_signs=None)
    assert "still empty" in capsys.readouterr().out


def test_no_hint_and_no_sentence_holds_a_formula() -> None:
    for mistake in vocabulary().values():
        for text in (mistake.seen, mistake.question, mistake.again):
            assert not any(sign in text for sign in ("==", "@", "**", ".T", "np.", " * "))


def test_the_picture_says_in_words_what_it_shows() -> None:
    net = relu_network.CHAPTER["relu_net_grads"]
    picture = GraphPicture(net)
    assert 'role="img"' in picture.svg()
    assert "X and W1 and b1 into Z1" in picture.alt()
    assert picture.svg() == GraphPicture(net).svg()


def test_importing_it_brings_numpy_and_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import gradcheck.chapters.relu_network;"
        "new = {m.split('.')[0] for m in set(sys.modules) - before};"
        "third = {m for m in new if 'site-packages' in (getattr(sys.modules.get(m), '__file__', '') or '')};"
        "print(sorted(third - {'numpy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['gradcheck']")


def test_a_panel_shows_the_learners_numbers_and_never_the_true_ones() -> None:
    desk = bench()
    exercise, finding = desk._find(dL_da, {})
    html = panel_html(finding, exercise)
    assert "0 of 2 points" in html
    assert np.all([abs(float(v)) > 0 for v in np.ravel(list(finding.values.values())[0])])
