"""Answers that are alike, and how common that is."""

from __future__ import annotations

import time

import pytest

from autograder.reporting.similarity import answer_form, base_rates, find_alike, take_prints, without_comments

CODE = "def f(x, y):\n    total = x @ y  # sum\n    return total\n"


@pytest.mark.parametrize(
    "other",
    [
        "def f(a, b):\n  s = a @ b\n  return s",
        'def f(x, y):\n    """Add."""\n    total = (  x @ y)[0]\n    return total'.replace("(  x @ y)[0]", "x@y"),
        "def f(x, y):\n\n    # a remark\n    total = x @ y\n\n    return total\n\n",
    ],
)
def test_names_comments_and_spaces_do_not_change_the_form(other: str) -> None:
    assert answer_form(other) == answer_form(CODE)


@pytest.mark.parametrize(
    "other",
    [
        "def f(x, y):\n    total = y @ x\n    return total",
        "def f(x, y):\n    total = x * y\n    return total",
        "def f(x, y):\n    total = x @ y\n    return x",
        "def f(x, y):\n    total = np.sum(x @ y)\n    return total",
        "def f(x, y):\n    if total:\n        x\n    return total",
    ],
)
def test_what_the_answer_does_changes_the_form(other: str) -> None:
    assert answer_form(other) != answer_form(CODE)


def test_the_body_of_a_block_is_not_the_line_after_it() -> None:
    assert answer_form("if x:\n    a = 1\n    b = 2") != answer_form("if x:\n    a = 1\nb = 2")


@pytest.mark.parametrize("part", ["'''", '"', "\\'", "(", "\\", "\n", "\u2028\0", "a" * 9 + " "])
def test_no_text_is_too_strange_to_be_compared_quickly(part: str) -> None:
    text = (part * 19_999)[:19_999]
    started = time.perf_counter()
    answer_form(text)
    without_comments(text)
    assert time.perf_counter() - started < 5


def crowd(count: int) -> list:
    """Return learners of whom everybody answers f alike and g in a way of their own."""
    return [take_prints(f"s{i}", {"f": CODE, "g": f"g = {i}", "h": f"h = {i}"}) for i in range(count)]


def test_what_everybody_writes_makes_nobody_alike() -> None:
    everybody = [take_prints(f"s{i}", {"f": CODE, "g": f"g = {i}"}) for i in range(20)]
    assert find_alike(everybody) == []
    assert base_rates(everybody)["f"].chance == 1
    assert base_rates(everybody)["g"].chance == 0


def test_identical_work_comes_first_and_rare_forms_after_it() -> None:
    alike = find_alike([
        *crowd(20),
        take_prints("twin-1", {"f": "f = 1", "g": "g = 'x'"}),
        take_prints("twin-2", {"f": "f = 1", "g": "g = 'x'"}),
        take_prints("near-1", {"f": CODE, "g": "def g(a):\n    return a", "h": "def h(a):\n    return -a"}),
        take_prints("near-2", {"f": CODE, "g": "def g(z):\n    return z", "h": "def h(z):\n    return -z  # mine"}),
    ])  # fmt: skip
    assert [(group.students, group.identical) for group in alike] == [
        (("twin-1", "twin-2"), True), (("near-1", "near-2"), False)
    ]  # fmt: skip
    assert alike[1].shared == {"g": 2, "h": 2}


def test_in_a_class_of_a_few_no_form_is_rare() -> None:
    few = [take_prints(name, {"f": f"f = {name}", "g": "g = 1", "h": "h = 2"}) for name in ("a", "b", "c")]
    assert not [group for group in find_alike(few) if not group.identical]


def test_one_shared_answer_is_not_enough() -> None:
    one = take_prints("one", {"f": CODE, "g": "g = [7]", "h": "h = [1]"})
    two = take_prints("two", {"f": CODE, "g": "g = [7]", "h": "h = [2, 2]"})
    assert find_alike([*crowd(20), one, two]) == []


def test_comments_and_docstrings_go_and_strings_stay() -> None:
    source = 'def f():\n    """By Ada."""\n    # Ada again\n    return "# no comment", 1  # Ada'
    assert without_comments(source) == 'def f():\n    return "# no comment", 1'
