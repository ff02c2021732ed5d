"""The numbers of a class."""

from __future__ import annotations

import random

import numpy as np
import pytest

from autograder.reporting.attempts import Attempt, Result
from autograder.reporting.class_statistics import (
    commonest_links,
    correlate,
    count_chapter,
    find_standing,
    mistakes_over_chapters,
    share_bins,
)


def attempt(student: str, status: str = "graded", /, **points: float | Result) -> Attempt:
    """Return an attempt whose exercises are worth 4 points each."""
    results = {
        name: given if isinstance(given, Result) else Result(given, 4, "right" if given == 4 else "wrong")
        for name, given in points.items()
    }
    earned = sum(result.points for result in results.values())
    return Attempt("01-test", student, earned, 4.0 * len(results), status, results=results)


def wrong(*diagnosis: str, first: str = "", status: str = "wrong") -> Result:
    return Result(0, 4, status, diagnosis, first)


def test_who_was_refused_or_waits_moves_no_mean() -> None:
    numbers = count_chapter("01-test", [attempt("a", f=4), attempt("b", "refused"), attempt("c", "waiting")])
    assert (numbers.handed_in, numbers.graded, numbers.refused, numbers.waiting, numbers.mean) == (3, 1, 1, 1, 4)


def test_a_chapter_that_nobody_handed_in_has_numbers_too() -> None:
    numbers = count_chapter("01-test", [])
    assert (numbers.mean, numbers.quartiles, sum(numbers.bins), numbers.exercises) == (0, None, 0, ())


def test_full_marks_are_in_the_last_bar_and_more_than_full_marks_too() -> None:
    assert share_bins([1.0, 1.2]) == (0,) * 9 + (2,)
    assert share_bins([-0.1, 0.0]) == (2,) + (0,) * 9
    assert share_bins([0.7]) == (0,) * 7 + (1,) + (0,) * 2, "0.7 is the lower edge of its bar, whatever floats say"


def test_a_learner_who_makes_a_mistake_twice_is_one_learner() -> None:
    numbers = count_chapter(
        "01-test", [attempt("a", f=wrong("factor-two"), g=wrong("factor-two")), attempt("b", f=4, g=4)]
    )
    assert numbers.mistakes == {"factor-two": 1}
    assert numbers.cells == {("factor-two", "f"): ("a",), ("factor-two", "g"): ("a",)}


def test_what_is_carried_or_empty_is_no_mistake() -> None:
    carried = Result(4, 4, "carried", ("sign-flipped",))
    numbers = count_chapter("01-test", [attempt("a", f=carried, g=wrong("not-attempted", status="not-attempted"))])
    assert numbers.mistakes == {}
    assert numbers.exercises[0].right == 1
    assert numbers.exercises[1].not_attempted == 1


def test_discrimination_is_the_correlation_with_the_other_exercises_only() -> None:
    rng = random.Random(3)
    class_ = [attempt(str(i), f=4 * rng.random(), g=4 * rng.random(), h=4 * rng.random()) for i in range(40)]
    found = {exercise.name: exercise.discrimination for exercise in count_chapter("01-test", class_).exercises}
    points = np.array([[a.results[name].points for name in "fgh"] for a in class_])
    for column, name in enumerate("fgh"):
        rest = points.sum(axis=1) - points[:, column]
        assert found[name] == pytest.approx(np.corrcoef(points[:, column], rest)[0, 1])


@pytest.mark.parametrize(
    "pairs", [[(1, 2)] * 10, [(0, 1), (1, 2), (2, 3), (3, 4)], [], [(1e9 + 0.1, k) for k in range(9)]]
)
def test_no_correlation_is_made_up_where_there_is_none(pairs: list[tuple[float, float]]) -> None:
    assert correlate([a for a, _ in pairs], [b for _, b in pairs]) is None


def test_the_link_of_a_mistake_is_where_most_made_it_and_a_named_one_first() -> None:
    class_ = [
        attempt("a", f=wrong("factor-two"), g=wrong("factor-two", first="da")),
        attempt("b", f=wrong("factor-two"), g=wrong("factor-two", first="dz")),
        attempt("c", f=wrong("factor-two"), g=wrong("factor-two", first="dz")),
    ]
    assert commonest_links(class_)["factor-two"] == ("g", "dz")
    assert "sign-flipped" not in commonest_links(class_)


def test_who_is_stuck_missing_or_falling_is_told_by_the_last_chapter() -> None:
    first = [attempt("ada", f=4, g=4), attempt("bea", f=1.9, g=1.9), attempt("cy", f=4, g=4), attempt("eve", f=4, g=4)]
    last = [attempt("ada", f=4, g=2.4), attempt("bea", f=2, g=2), attempt("cy", "refused"), attempt("flo", f=0, g=3.9)]
    standing = find_standing({"1": first, "2": last}, known=["dan", "ada"])
    assert standing.missing == ("dan", "eve")
    assert [who for who, _ in standing.stuck] == ["flo"], "half of the points is not stuck, and nobody refused is"
    assert [row[0] for row in standing.falling] == ["ada"], "a fifth is falling, and a rise never is"


def test_a_mistake_that_comes_again_in_the_last_chapter_is_told_by_learner() -> None:
    first = [attempt("ada", f=wrong("factor-two", "sign-flipped")), attempt("bea", f=4)]
    last = [attempt("ada", f=wrong("factor-two")), attempt("bea", f=wrong("factor-two"))]
    assert find_standing({"1": first, "2": last}).again == (("ada", ("factor-two",)),)


def test_a_chapter_without_marks_is_not_a_chapter_without_mistakes() -> None:
    one = count_chapter("1", [attempt("a", f=wrong("factor-two"))])
    none = count_chapter("2", [attempt("a", "refused")])
    two = count_chapter("3", [attempt("a", f=4)])
    assert mistakes_over_chapters([one, none, two]) == {"factor-two": (1, None, 0)}
