"""Gather what the report of a class shows: read the class once, then count."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.late import late_learners
from autograder.gradebook.marks import BookedClass, BookedMarks, read_class_books
from autograder.reporting.answer_sources import is_untouched, sources_of
from autograder.reporting.attempts import Attempt, read_attempts, with_booked
from autograder.reporting.chain_links import ChapterText, read_chapter
from autograder.reporting.class_statistics import ChapterNumbers, Standing, count_chapter, find_standing
from autograder.reporting.marks_to_export import hours
from autograder.reporting.similarity import Alike, BaseRate, Prints, base_rates, find_alike, take_prints
from autograder.submissions.roster import read_roster

MANY = 400
"""Submissions from which on several processes read them."""
CHUNK = 100


@dataclass(frozen=True)
class ChapterData:
    """One chapter as the report shows it."""

    text: ChapterText
    attempts: tuple[Attempt, ...]
    numbers: ChapterNumbers
    rates: Mapping[str, BaseRate]
    """Exercise -> how alike the answers to it are."""
    alike: tuple[Alike, ...]
    marks: Mapping[str, BookedMarks]
    """Learner -> what is booked."""
    lateness: Mapping[str, timedelta] = field(default_factory=dict)
    """Learner -> how late by the class's policy, of everybody who is."""

    @property
    def late(self) -> list[tuple[str, str, float]]:
        """Return (learner, how late in words, points taken off) of everybody who came late or lost points for it."""
        named = self.lateness.keys() | {who for who, marks in self.marks.items() if marks.penalty}
        return [
            (
                who,
                hours(self.lateness[who]) if who in self.lateness else "",
                self.marks[who].penalty if who in self.marks else 0.0,
            )
            for who in sorted(named)
        ]

    @property
    def remarks(self) -> list[tuple[str, str, str]]:
        """Return (learner, exercise, remark) for everything that an instructor may want to look at."""
        return sorted(
            (attempt.student, name, remark)
            for attempt in self.attempts
            for name, result in attempt.results.items()
            for remark in result.remarks
        )

    @property
    def overrides(self) -> list[tuple[str, str, float, float]]:
        """Return (learner, exercise, judged, booked) for all points that were changed by hand."""
        return sorted(
            (who, name, *change) for who, marks in self.marks.items() for name, change in marks.overrides.items()
        )


@dataclass(frozen=True)
class ClassData:
    """A whole class as the report shows it."""

    classroom: Classroom
    chapters: tuple[ChapterData, ...]
    """In teaching order; only those that somebody handed in."""
    standing: Standing
    hidden: bool = False
    """Whether names are hidden."""
    numbered: Mapping[str, str] = field(default_factory=dict)
    """Learner -> the name to show where names are hidden."""

    def who(self, student: str) -> str:
        """Return the name to show for a learner."""
        return self.numbered[student] if self.hidden else student


def read_class(
    classroom: Classroom, assignments: Iterable[str], released: Path = paths.NOTEBOOKS, *, anonymous: bool = False
) -> ClassData:
    """Read everything that is known of a class in these assignments."""
    chapters = []
    with _readers(classroom) as read_all:
        reading = [(text, read_all(text)) for text in (read_chapter(each, released) for each in assignments)]
        booked, roster = read_class_books(classroom.db_url), read_roster(classroom.folder)  # while the others read
        for text, found in reading:
            rows = list(found)
            attempts = with_booked([attempt for attempt, _ in rows], booked)
            prints = [one for _, one in rows if one.texts]
            chapters.append(_chapter(text, attempts, prints, booked, classroom))
    known = sorted({*booked.students, *(one.id for one in roster)} - {one.id for one in roster if one.dropped})
    standing = find_standing({one.text.assignment: one.attempts for one in chapters}, known)
    everybody = {attempt.student for one in chapters for attempt in one.attempts} | {*known}
    return ClassData(classroom, tuple(chapters), standing, anonymous, number_learners(everybody))


def number_learners(students: Iterable[str]) -> dict[str, str]:
    """Return learner -> a number in an order that tells nothing of the name.

    >>> number_learners(["ada", "bea"]) == number_learners(["bea", "ada"])
    True
    """
    order = sorted(set(students), key=lambda student: hashlib.sha256(student.encode()).digest())
    width = len(str(len(order)))
    return {student: f"learner {number:0{width}d}" for number, student in enumerate(order, 1)}


def _chapter(
    text: ChapterText, attempts: list[Attempt], prints: list[Prints], booked: BookedClass, classroom: Classroom
) -> ChapterData:
    own = {attempt.student for attempt in attempts}
    marks = {who: found for who, found in booked.of(text.assignment).items() if who in own}
    late = {}
    if marks:
        with Gradebook(classroom.db_url, paths.COURSE_ID) as gradebook:
            late = late_learners(gradebook, text.assignment, classroom, marks)
    numbers = count_chapter(text.assignment, attempts)
    return ChapterData(text, tuple(attempts), numbers, base_rates(prints), tuple(find_alike(prints)), marks, late)


@contextmanager
def _readers(classroom: Classroom) -> Iterator[Callable[[ChapterText], Iterable[tuple[Attempt, Prints]]]]:
    """Yield what reads everybody's work on a chapter, in several processes if they are many."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, get_context("fork")) as pool:  # it starts none before it is given work

        def read_all(text: ChapterText) -> Iterable[tuple[Attempt, Prints]]:
            students = list(classroom.submissions(text.assignment))
            read = partial(_read_learner, classroom, text)
            alone = len(students) < MANY or cores == 1
            return map(read, students) if alone else pool.map(read, students, chunksize=CHUNK)

        yield read_all


def _read_learner(classroom: Classroom, text: ChapterText, student: str) -> tuple[Attempt, Prints]:
    """Return a learner's attempt, and digests of the answers that are more than the stub."""
    (attempt,) = read_attempts(classroom, text.assignment, [student])
    sources = sources_of(classroom, attempt) if attempt.graded else {}
    own = {name: source for name, source in sources.items() if not is_untouched(source, text.stubs.get(name, ""))}
    return dataclasses.replace(attempt, answers={}), take_prints(student, own)  # the digests are enough
