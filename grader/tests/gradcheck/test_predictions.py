from __future__ import annotations

import numpy as np
import pytest

from gradcheck import predictions
from gradcheck.predictions import Note, Predictions, fits, read_guess


@pytest.fixture
def notebook(monkeypatch):
    """A fresh notebook's predictions where nothing can move."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return Predictions()


def test_a_guess_is_shown_beside_the_result_and_counted(notebook, capsys):
    notebook.guess("slope", 5)
    notebook.compare("slope", 5.0005)
    notebook.tally()
    told = capsys.readouterr().out
    assert "you guessed 5, the result is 5.0005. It fits." in told
    assert "You made 1 of 1 predictions; 1 fitted." in told


def test_a_guess_made_after_the_result_does_not_count(notebook, capsys):
    notebook.guess("slope", 3)
    notebook.compare("slope", 5.0)
    notebook.guess("slope", 5)
    notebook.compare("slope", 5.0)
    notebook.tally()
    told = capsys.readouterr().out
    assert "your first guess stays" in told.lower()
    assert "slope: did not fit" in told


def test_a_result_seen_without_a_guess_stays_without_one(notebook, capsys):
    notebook.compare("slope", 5.0)
    notebook.guess("slope", 5)
    notebook.tally()
    told = capsys.readouterr().out
    assert "You made 0 of 1 predictions; 0 fitted." in told
    assert "slope: no guess" in told


def test_a_guess_may_change_until_it_is_compared(notebook, capsys):
    notebook.guess("slope", 3)
    notebook.guess("slope", 5)
    notebook.compare("slope", 5.0)
    assert "It fits" in capsys.readouterr().out


def test_dots_ask_for_a_guess_and_commit_nothing(notebook, capsys):
    notebook.guess("slope", ...)
    notebook.compare("slope", 5.0)
    told = capsys.readouterr().out
    assert "in place of the dots" in told
    assert "You made no guess." in told


def test_nothing_is_told_of_the_result_before_it_is_compared(notebook, capsys):
    notebook.guess("slope", 4)
    assert "5" not in capsys.readouterr().out


def test_under_a_server_dots_become_a_field(notebook, monkeypatch):
    ipywidgets = pytest.importorskip("ipywidgets")
    monkeypatch.setattr(predictions, "_can_move", lambda: True)
    boxes = []
    monkeypatch.setattr("IPython.display.display", boxes.append)
    notebook.guess("slope")
    field, button, told = boxes[-1].children
    button.click()
    assert notebook._guesses == {}, "an empty field is no guess"
    field.value = "5"
    button.click()
    assert notebook._guesses == {"slope": 5}
    assert told.value == "slope: you guess 5. Now run the next cells."
    field.value = "<b>"
    button.click()
    assert "<b>" not in told.value
    assert isinstance(field, ipywidgets.Text)


@pytest.mark.parametrize(
    ("guess", "actual"),
    [
        (-20, -19.992),
        (0, 2e-6),
        ("Same", "same"),
        ([1, 2], np.array([1.0, 2.0])),
        ((3, 3), (3, 3)),
        (["w1", "b"], ["w1", "b"]),
        ({"J": "same"}, {"J": "same"}),
        (True, True),
    ],
)
def test_what_agrees_fits(guess, actual):
    assert fits(guess, actual)


@pytest.mark.parametrize(
    ("guess", "actual"),
    [
        (20, -20.0),
        (5.2, 5.0),
        ("five", 5.0),
        (None, 5.0),
        ([1, 2, 3], np.array([1.0, 2.0])),
        ([[1], [1, 2]], 5.0),
        (["w1"], ["w1", "b"]),
        ({"J": "same"}, {"J": "same", "dw": "same"}),
        ("same", {"J": "same"}),
        (5, "both"),
        (float("nan"), 5.0),
    ],
)
def test_what_differs_does_not_fit(guess, actual):
    assert not fits(guess, actual)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-2.5", -2.5),
        ("[1, 2]", [1, 2]),
        ("same", "same"),
        ("open('x')", "open('x')"),
        ("(" * 500, "(" * 500),
    ],
)
def test_what_is_typed_is_read_and_never_run(text, value):
    assert read_guess(text) == value


def test_html_of_a_guess_is_escaped():
    html = Note("<script>", ("<b>",))._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "<b>" not in html


def test_code_between_backquotes_is_shown_as_code():
    note = Note("Pitfalls", ("`a <= b` is code, and so is `dw`.",))
    assert "<code>a &lt;= b</code> is code, and so is <code>dw</code>." in note._repr_mimebundle_()["text/html"]
    assert "`a <= b`" in str(note)
