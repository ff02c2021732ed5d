"""The numbers of a class: attempts in, numbers out. Nothing here reads a file or knows a word of a page."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from autograder.reporting.attempts import Attempt

BINS = 10
"""Bars of the distribution of marks."""
FEW = 30
"""Below so many learners a share or a correlation may be chance, and the page says so."""
FEWEST_FOR_DISCRIMINATION = 5
STUCK_BELOW = 0.5
"""Share of the points under which somebody counts as stuck."""
FALL = 0.2
"""Share of the points lost since the chapter before from which somebody counts as falling."""


@dataclass(frozen=True)
class ExerciseNumbers:
    """How a class did in one exercise."""

    name: str
    worth: float
    learners: int
    difficulty: float
    """Mean share of the points: 1 where everybody earned all, 0 where nobody earned any."""
    discrimination: float | None
    """Correlation with the points of the rest of the chapter; None where it is not defined."""
    statuses: Mapping[str, int]

    @property
    def right(self) -> int:
        """Return how many lost nothing."""
        return self.statuses.get("right", 0) + self.statuses.get("carried", 0)

    @property
    def not_attempted(self) -> int:
        """Return how many left the cell as it was."""
        return self.statuses.get("not-attempted", 0)

    @property
    def timeouts(self) -> int:
        """Return how many ran out of time."""
        return self.statuses.get("timeout", 0)

    @property
    def stopped(self) -> int:
        """Return how many stopped with an error, or had their process end."""
        return self.statuses.get("error", 0) + self.statuses.get("killed", 0)


@dataclass(frozen=True)
class ChapterNumbers:
    """How a class did in one chapter. Shares are of the points that can be had, among graded attempts."""

    assignment: str
    handed_in: int
    graded: int
    refused: int
    waiting: int
    worth: float
    mean: float
    quartiles: tuple[float, float, float] | None
    """Lower quartile, median and upper quartile of the points; None for fewer than two attempts."""
    bins: tuple[int, ...]
    """Attempts whose share lies in each tenth; the last one includes full marks."""
    exercises: tuple[ExerciseNumbers, ...]
    cells: Mapping[tuple[str, str], tuple[str, ...]]
    """(mistake, exercise) -> the learners who made it there."""
    mistakes: Mapping[str, int]
    """Mistake -> how many learners made it in at least one exercise, commonest first."""


def count_chapter(assignment: str, attempts: Iterable[Attempt]) -> ChapterNumbers:
    """Return the numbers of one chapter from the attempts of its learners."""
    everybody = list(attempts)
    graded = [attempt for attempt in everybody if attempt.graded]
    points = [attempt.points for attempt in graded]
    cells = mistakes_by_exercise(graded)
    made: dict[str, set[str]] = defaultdict(set)
    for (mistake, _), students in cells.items():
        made[mistake].update(students)
    return ChapterNumbers(
        assignment,
        handed_in=len(everybody),
        graded=len(graded),
        refused=sum(attempt.status == "refused" for attempt in everybody),
        waiting=sum(attempt.status == "waiting" for attempt in everybody),
        worth=max((attempt.max_points for attempt in graded), default=0.0),
        mean=fmean(points) if points else 0.0,
        quartiles=_quartiles(points),
        bins=share_bins(attempt.share for attempt in graded),
        exercises=tuple(count_exercises(graded)),
        cells=cells,
        mistakes=dict(sorted(((m, len(s)) for m, s in made.items()), key=lambda row: (-row[1], row[0]))),
    )


def _quartiles(points: Sequence[float]) -> tuple[float, float, float] | None:
    if len(points) < 2:
        return None
    low, _, high = quantiles(points, n=4, method="inclusive")
    return low, median(points), high


def share_bins(shares: Iterable[float]) -> tuple[int, ...]:
    """Count shares in tenths.

    >>> share_bins([0.0, 0.05, 0.5, 1.0])
    (2, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    """
    counts = [0] * BINS
    for share in shares:
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    return tuple(counts)


def count_exercises(graded: Sequence[Attempt]) -> list[ExerciseNumbers]:
    """Return the numbers of each exercise, in the order of the chapter."""
    names = dict.fromkeys(name for attempt in graded for name in attempt.results)
    earned = [(attempt.results, sum(result.points for result in attempt.results.values())) for attempt in graded]
    found = []
    for name in names:
        tried = [(of[name], total) for of, total in earned if name in of]
        results = [result for result, _ in tried]
        rest = [total - result.points for result, total in tried]
        found.append(
            ExerciseNumbers(
                name,
                max(result.max_points for result in results),
                len(results),
                fmean(result.share for result in results),
                correlate([result.points for result in results], rest),
                Counter(result.status for result in results),
            )
        )
    return found


def correlate(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's correlation; None for fewer than five pairs, or where one side never changes.

    >>> correlate([0, 1, 2, 3, 4], [0, 2, 4, 6, 8])
    1.0
    """
    if len(first) < FEWEST_FOR_DISCRIMINATION or min(first) == max(first) or min(second) == max(second):
        return None
    mean_first, mean_second = fmean(first), fmean(second)
    left, right = [a - mean_first for a in first], [b - mean_second for b in second]
    spread = math.sqrt(math.fsum(a * a for a in left) * math.fsum(b * b for b in right))
    return math.fsum(a * b for a, b in zip(left, right, strict=True)) / spread


def mistakes_by_exercise(graded: Iterable[Attempt]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (mistake, exercise) -> the learners who made it there, in the order in which they come."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for attempt in graded:
        for name, result in attempt.results.items():
            for mistake in dict.fromkeys(result.mistakes):
                found[mistake, name].append(attempt.student)
    return {cell: tuple(students) for cell, students in found.items()}


def commonest_links(attempts: Iterable[Attempt]) -> dict[str, tuple[str, str]]:
    """Return mistake -> (exercise, first broken link) where it was seen most often, for every mistake that was made.

    A link that was named is preferred to an exercise without one.
    """
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for attempt in attempts:
        for name, result in attempt.results.items():
            for mistake in result.mistakes:
                seen[mistake][name, result.first_wrong] += 1
    return {mistake: _first_place(places) for mistake, places in seen.items()}


def _first_place(places: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    return min(places, key=lambda place: (not place[1], -places[place], place))


def mistakes_over_chapters(chapters: Sequence[ChapterNumbers]) -> dict[str, tuple[int | None, ...]]:
    """Return mistake -> how many learners made it in each chapter, for mistakes seen in any, commonest first.

    None stands for a chapter that nobody's work was graded in.
    """
    names = {mistake for chapter in chapters for mistake in chapter.mistakes}
    rows = {
        mistake: tuple(chapter.mistakes.get(mistake, 0) if chapter.graded else None for chapter in chapters)
        for mistake in names
    }
    return dict(sorted(rows.items(), key=lambda row: (-sum(n or 0 for n in row[1]), row[0])))


@dataclass(frozen=True)
class Standing:
    """Who may need a word after the last chapter; each list is in the order of names."""

    stuck: tuple[tuple[str, float], ...]
    """(learner, share of the points) below half of them."""
    missing: tuple[str, ...]
    """Known from another chapter or from the gradebook, and nothing was handed in."""
    falling: tuple[tuple[str, float, float], ...]
    """(learner, share in the chapter before, share now) where a fifth of all points was lost in between."""
    again: tuple[tuple[str, tuple[str, ...]], ...]
    """(learner, mistakes made in the last chapter and in one before it)."""


def find_standing(chapters: Mapping[str, Sequence[Attempt]], known: Iterable[str] = ()) -> Standing:
    """Return who is stuck, missing or falling; the last chapter of the mapping is the one looked at."""
    *earlier, last = chapters.values()
    now = {attempt.student: attempt for attempt in last}
    before = {attempt.student: attempt for attempt in (earlier[-1] if earlier else ()) if attempt.graded}
    made: dict[str, set[str]] = defaultdict(set)
    for attempts in earlier:
        for attempt in attempts:
            made[attempt.student].update(m for result in attempt.results.values() for m in result.mistakes)
    everybody = {attempt.student for attempts in earlier for attempt in attempts} | set(known)
    stuck, falling, again = [], [], []
    for student, attempt in sorted(now.items()):
        if not attempt.graded:
            continue
        if attempt.share < STUCK_BELOW:
            stuck.append((student, attempt.share))
        if student in before and before[student].share - attempt.share >= FALL - 1e-9:
            falling.append((student, before[student].share, attempt.share))
        repeated = sorted(made[student] & {m for result in attempt.results.values() for m in result.mistakes})
        if repeated:
            again.append((student, tuple(repeated)))
    return Standing(tuple(stuck), tuple(sorted(everybody - now.keys())), tuple(falling), tuple(again))
