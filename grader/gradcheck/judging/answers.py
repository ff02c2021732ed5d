"""Judge cells that hold an answer: the experiment decides, and no answer is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from gradcheck.call import Branch, Value
from gradcheck.comparison.extraction import describe_form, numbers
from gradcheck.exercises.diagnosis import Diagnosis

AnswerScore = tuple[float, Diagnosis | None]
"""The fraction earned, and what is wrong."""


def score_entries(value: Value, tests: Mapping[str, Callable[[Value], bool]], entry: str = "") -> AnswerScore:
    """Judge a dict entry by entry: each key whose test is passed earns its share.

    ``entry`` says what each of them has to be, where that is one number or one word.
    """
    if not isinstance(value, Branch) or value.type != "dict":
        detail = {"got": describe_form(value), "want": "a dict with the keys " + ", ".join(tests)}
        return 0.0, Diagnosis("wrong-container", detail=detail)
    given = dict(zip(value.keys, value.items, strict=True))
    missing = [key for key in tests if key not in given]
    if missing:
        detail = {"got": describe_form(value), "want": "a dict with the keys " + ", ".join(tests)}
        return 0.0, Diagnosis("wrong-container", detail=detail)
    wrong = [key for key, test in tests.items() if not test(given[key])]
    if not wrong:
        return 1.0, None
    several = [key for key in wrong if isinstance(given[key], Branch)]
    if entry and several:
        got = f"{describe_form(given[several[0]])} for {several[0]}"
        return 1 - len(wrong) / len(tests), Diagnosis("wrong-container", detail={"got": got, "want": entry})
    return 1 - len(wrong) / len(tests), Diagnosis("prediction-differs", ", ".join(wrong))


def says(*words: str) -> Callable[[Value], bool]:
    """Return a test: the entry is one of these words, whatever their case."""
    return lambda value: getattr(value, "text", "").strip().lower() in {word.lower() for word in words}


def unknown_words(value: Value, words: Collection[str]) -> bool:
    """Tell whether some entry of a dict is none of these words."""
    items = value.items if isinstance(value, Branch) else ()
    return not all(getattr(item, "text", "").strip().lower() in words for item in items)


def score_number(
    value: Value, is_right: Callable[[float], bool], say: Callable[[float], Diagnosis] = lambda told: differs()
) -> AnswerScore:
    """Judge one number; ``say`` tells what a wrong one is."""
    array = numbers(value)
    if array is None or array.size != 1:
        return 0.0, Diagnosis("wrong-container", detail={"got": describe_form(value), "want": "one number"})
    told = float(array.reshape(()))
    return in_a_container(value, "one number") if is_right(told) else (0.0, say(told))


def in_a_container(value: Value, want: str) -> AnswerScore:
    """Return the score of a right answer: a half where it is the one thing in a list or a tuple."""
    if not isinstance(value, Branch):
        return 1.0, None
    return 0.5, Diagnosis("wrong-container", half=True, detail={"got": describe_form(value), "want": want})


def differs(seen: str = "") -> Diagnosis:
    """Return what is wrong with a number that is another one, and what can be said of it."""
    return Diagnosis("prediction-differs", "the number that you found", detail={"seen": seen} if seen else {})


def within(low: float, high: float) -> Callable[[Value], bool]:
    """Return a test: the entry is one number from ``low`` to ``high``."""

    def test(value: Value) -> bool:
        array = numbers(value)
        return array is not None and array.size == 1 and low <= float(array.reshape(())) <= high

    return test
