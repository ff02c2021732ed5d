"""The report of a class as one HTML page that needs no network: what to say on Monday, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.course import paths
from autograder.course.class_language import class_language
from autograder.course.labels import LABELS
from autograder.course.whole_file import write_whole
from autograder.reporting.answer_sources import read_sources
from autograder.reporting.chain_links import Section, describe_link, draw_link, taught_in
from autograder.reporting.charts import draw_distribution
from autograder.reporting.class_statistics import FEW, ChapterNumbers, commonest_links, mistakes_over_chapters
from autograder.reporting.report_data import ChapterData, ClassData
from autograder.reporting.similarity import without_comments
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.language import translate_page

COMMONEST = 3
"""Mistakes to speak about on Monday."""
NAMED = 60
"""Learners whom a list names; of more it gives the number."""
NAMED_IN_EXAMPLE = 12
EXAMPLE_CHARACTERS = 1200
MISTAKES_OVER_TIME = 20
"""Rows of the table that follows mistakes over the chapters."""


@dataclass(frozen=True)
class Topic:
    """One mistake to speak about."""

    mistake: str
    seen: str
    """What is wrong, in words."""
    question: str
    learners: int
    exercise: str
    link: str
    """The link of the chain that it belongs to, in words."""
    picture: Markup
    section: Section | None
    anchor: str


@dataclass(frozen=True)
class Example:
    """What one cell of the heat map leads to: one answer, without a name."""

    anchor: str
    mistake: str
    exercise: str
    message: str
    """The sentence that its author saw."""
    source: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Later:
    """What became of a mistake over the chapters."""

    mistake: str
    seen: str
    counts: tuple[int | None, ...]
    again: int
    """Learners who made it in a chapter and in a later one."""
    could: int
    """Learners who made it in a chapter and were graded in a later one."""


def write_report(data: ClassData, target: Path) -> Path:
    """Write the page and return its path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, translate_page(render_report(data), class_language(data.classroom.folder)))
    return target


def render_report(data: ClassData) -> str:
    """Return the page as text."""
    folder = FileSystemLoader([paths.TEMPLATES / "report"])
    pages = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    pages.filters["points"] = lambda points: f"{points:.4g}"
    graded = [one for one in data.chapters if one.numbers.graded]
    return pages.get_template("index.html.j2").render(
        data=data, who=data.who, latest=graded[-1] if graded else None, topics=topics(graded[-1]) if graded else [],
        examples={one.text.assignment: list(find_examples(data, one)) for one in data.chapters},
        later=list(follow_mistakes(data)), distribution=draw_distribution, heat=heat_level, anchor=anchor_of,
        labels=LABELS, seen=seen_words, few=FEW, named=NAMED, named_in_example=NAMED_IN_EXAMPLE,
    )  # fmt: skip


def topics(chapter: ChapterData, most: int = COMMONEST) -> list[Topic]:
    """Return the commonest mistakes of a chapter, each with its link; of equally common ones first those with one."""
    places = commonest_links(attempt for attempt in chapter.attempts if attempt.graded)
    ranked = sorted(chapter.numbers.mistakes.items(), key=lambda row: (-row[1], not places[row[0]][1], row[0]))
    found = []
    for mistake, learners in ranked[:most]:
        exercise, link = places[mistake]
        name = chapter.text.assignment
        known = vocabulary().get(mistake)
        found.append(
            Topic(
                mistake,
                seen_words(mistake),
                known.question if known else "",
                learners,
                exercise,
                describe_link(name, exercise, link, mistake),
                Markup(draw_link(name, exercise, link)),
                taught_in(chapter.text, exercise, link),
                anchor_of(name, mistake, exercise),
            )  # fmt: skip
        )
    return found


def seen_words(mistake: str) -> str:
    """Return what a mistake looks like, with its place left open.

    >>> seen_words("sign-flipped")
    'The answer has the right size and the opposite sign.'
    """
    known = vocabulary().get(mistake)
    if known is None:
        return mistake
    text = known.seen.replace("{where}", "the answer")
    for gap in ("{got}", "{want}", "{shapes}", "{name}"):
        text = text.replace(gap, "…")
    return text[:1].upper() + text[1:]


def find_examples(data: ClassData, chapter: ChapterData) -> Iterator[Example]:
    """Yield one answer for each cell of the heat map, in its order."""
    name, numbers = chapter.text.assignment, chapter.numbers
    attempts = {attempt.student: attempt for attempt in chapter.attempts}
    kept: dict[str, Mapping[str, str]] = {}
    for mistake in numbers.mistakes:
        for exercise in numbers.exercises:
            students = numbers.cells.get((mistake, exercise.name))
            if not students:
                continue
            # who made one mistake alone shows it best
            student = min(students, key=lambda s: (len(attempts[s].results[exercise.name].mistakes), s))
            if student not in kept:
                kept[student] = read_sources(data.classroom, name, student)
            source = without_comments(kept[student].get(exercise.name, ""))
            if len(source) > EXAMPLE_CHARACTERS:
                source = source[:EXAMPLE_CHARACTERS] + "\n…"
            message = attempts[student].results[exercise.name].message
            yield Example(
                anchor_of(name, mistake, exercise.name),
                mistake,
                exercise.name,
                message,
                source,
                tuple(sorted(students)),
            )


def follow_mistakes(data: ClassData, most: int = MISTAKES_OVER_TIME) -> Iterator[Later]:
    """Yield what became of each mistake from chapter to chapter, commonest first."""
    if len(data.chapters) < 2:
        return
    made: dict[str, list[set[str]]] = {}
    graded = [{a.student for a in one.attempts if a.graded} for one in data.chapters]
    for number, one in enumerate(data.chapters):
        for (mistake, _), students in one.numbers.cells.items():
            rows = made.setdefault(mistake, [set() for _ in data.chapters])
            rows[number].update(students)
    counts = mistakes_over_chapters([one.numbers for one in data.chapters])
    for mistake, row in list(counts.items())[:most]:
        again, could = set(), set()
        for number, makers in enumerate(made[mistake]):
            could |= makers & set().union(*graded[number + 1 :])
            again |= makers & set().union(*made[mistake][number + 1 :])
        yield Later(mistake, seen_words(mistake), row, len(again), len(could))


def heat_level(count: int, numbers: ChapterNumbers) -> int:
    """Return how strongly a cell is shaded, 1 to 5, by its share of the learners who were graded."""
    share = count / max(1, numbers.graded)
    return 1 + sum(share >= bound for bound in (0.05, 0.1, 0.2, 0.4))


def anchor_of(assignment: str, mistake: str, exercise: str) -> str:
    """Return the name of an example's place on the page."""
    return f"{assignment[:2]}-{mistake}-{exercise}"
