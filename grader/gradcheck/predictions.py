"""Commit a guess before a cell is run, see it beside the result afterwards, and count at the end of a chapter."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from gradcheck.display.output import show_output
from gradcheck.figures import _can_move

FITS_WITHIN = 0.02
"""A number that is off by less than this share of the result fits: nudged slopes are not exact."""
NEAR_ZERO = 1e-3
"""Two numbers closer than this are equal, however small they are."""
_CODE, _AS_HTML = re.compile(r"`([^`]+)`"), r"<code>\1</code>"


@dataclass(frozen=True)
class Note:
    """A few sentences to a learner: HTML in a notebook, text in a terminal. Code stands between backquotes."""

    head: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.head, *(f"  {line}" for line in self.lines)])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        items = "".join(f"<div>{_CODE.sub(_AS_HTML, escape(line))}</div>" for line in self.lines)
        html = (
            '<div class="gradcheck" style="border-left:4px dotted #888;padding:.3em .8em;margin:.3em 0">'
            f'<div style="font-weight:600">{escape(self.head)}</div>{items}</div>'
        )
        return {"text/plain": str(self), "text/html": html}


class Predictions:
    """The guesses of one notebook: each is made once and compared once."""

    def __init__(self) -> None:
        self._guesses: dict[str, Any] = {}
        self._fitted: dict[str, bool | None] = {}

    def guess(self, name: str, value: Any = ...) -> None:
        """Commit a guess; with ``...`` in place of a value, ask for one.

        A guess may be a number, text, or a list, tuple or dict of these. It can be changed until it is compared.
        """
        if value is ... and name not in self._fitted:
            self._ask(name)
        else:
            show_output(Note(self._commit(name, value)))

    def _commit(self, name: str, value: Any) -> str:
        """Keep a guess unless its result is known, and return what to tell."""
        if name in self._fitted:
            return f"{name}: you have seen the result already. Your first guess stays in the count."
        self._guesses[name] = value
        return f"{name}: you guess {_told(value)}. Now run the next cells."

    def compare(self, name: str, actual: Any) -> None:
        """Show the guess beside the result, and note whether it fits."""
        if name not in self._guesses:
            self._fitted.setdefault(name, None)
            show_output(Note(f"{name}: the result is {_told(actual)}. You made no guess."))
            return
        value = self._guesses[name]
        fitted = self._fitted.setdefault(name, fits(value, actual))
        end = "It fits." if fitted else "What did you think would happen, and what happened instead?"
        show_output(Note(f"{name}: you guessed {_told(value)}, the result is {_told(actual)}. {end}"))

    def tally(self) -> None:
        """Show how many predictions were made, and how many of them fitted."""
        made = {name: fitted for name, fitted in self._fitted.items() if fitted is not None}
        words = {True: "fitted", False: "did not fit", None: "no guess"}
        head = f"You made {len(made)} of {len(self._fitted)} predictions; {sum(made.values())} fitted."
        show_output(Note(head, tuple(f"{name}: {words[fitted]}" for name, fitted in self._fitted.items())))

    def _ask(self, name: str) -> None:
        if not _can_move():
            show_output(Note(f"{name}: write your guess in place of the dots, then run this cell again."))
            return
        from IPython.display import display
        from ipywidgets import HTML, Button, HBox, Text

        field, button, told = Text(placeholder="your guess"), Button(description="Keep this guess"), HTML()

        def keep(_: object) -> None:
            if field.value.strip():
                told.value = escape(self._commit(name, read_guess(field.value)))

        button.on_click(keep)
        show_output(Note(f"{name}: what do you expect?"))
        display(HBox([field, button, told]))


def read_guess(text: str) -> Any:
    """Return what a learner typed: a number, list or dict if it is one, otherwise the text itself."""
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text.strip()


def fits(guess: Any, actual: Any) -> bool:
    """Tell whether a guess agrees with a result: the same words, or numbers that are close."""
    if isinstance(actual, Mapping):
        return (
            isinstance(guess, Mapping)
            and set(guess) == set(actual)
            and all(fits(guess[key], actual[key]) for key in actual)
        )
    if isinstance(actual, (list, tuple)) and not _is_numeric(actual):
        return (
            isinstance(guess, (list, tuple))
            and len(guess) == len(actual)
            and all(fits(one, other) for one, other in zip(guess, actual, strict=True))
        )
    if not _is_numeric(actual):
        return str(guess).strip().casefold() == str(actual).strip().casefold()
    if not _is_numeric(guess):
        return False
    one, other = np.asarray(guess, dtype=float), np.asarray(actual, dtype=float)
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=FITS_WITHIN, atol=NEAR_ZERO))


def _is_numeric(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except ValueError:  # lists of different lengths
        return False


def _told(value: Any) -> str:
    """Say a value in few words, whatever it is."""
    if isinstance(value, str):
        return value[:80]
    if _is_numeric(value) and np.ndim(value) <= 1:
        words = [f"{number:.6g}" for number in np.atleast_1d(np.asarray(value, dtype=float))[:12]]
        return words[0] if np.ndim(value) == 0 else f"[{', '.join(words)}]"
    return repr(value)[:80]


_NOTEBOOK = Predictions()
guess, compare, tally = _NOTEBOOK.guess, _NOTEBOOK.compare, _NOTEBOOK.tally
