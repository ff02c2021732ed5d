"""All answers to one exercise, grouped: wrong ones by diagnosis, right ones by form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.gradebook.marks import read_class_books
from autograder.reporting.answer_sources import is_untouched, read_sources
from autograder.reporting.attempts import Result, read_attempts, with_booked
from autograder.reporting.chain_links import ChapterText, read_chapter
from autograder.reporting.similarity import answer_form


@dataclass(frozen=True)
class Answer:
    """What one learner wrote, and what became of it."""

    student: str
    source: str
    result: Result


@dataclass(frozen=True)
class Answers:
    """All answers to one exercise."""

    text: ChapterText
    exercise: str
    answers: tuple[Answer, ...]

    @property
    def assignment(self) -> str:
        """Return the chapter that the exercise belongs to."""
        return self.text.assignment


@dataclass(frozen=True)
class AnswerGroup:
    """Answers that one comment may fit."""

    id: str
    """What `--group` takes; the same as long as the verdicts are the same."""
    right: bool
    answers: tuple[Answer, ...]


def find_answers(classroom: Classroom, exercise: str, released: Path = paths.NOTEBOOKS) -> Answers:
    """Return all answers to ``exercise``: its name, or ASSIGNMENT/NAME where several chapters have one of that name.

    Raises ValueError where no chapter or more than one has it.
    """
    wanted, _, name = exercise.rpartition("/")
    handed_in = [a for a in paths.assignments(released) if classroom.submissions(a) and wanted in ("", a)]
    chapters = [text for text in (read_chapter(a, released) for a in handed_in) if name in text.sections]
    if not chapters:
        raise ValueError(f"nobody has handed in an exercise {exercise}")
    if len(chapters) > 1:
        choices = ", ".join(f"{text.assignment}/{name}" for text in chapters)
        raise ValueError(f"several chapters have an exercise {name}: give one of {choices}")
    text = chapters[0]
    attempts = with_booked(read_attempts(classroom, text.assignment), read_class_books(classroom.db_url))
    answers = (
        Answer(
            attempt.student,
            read_sources(classroom, text.assignment, attempt.student).get(name, ""),
            attempt.results[name],
        )
        for attempt in attempts
        if attempt.graded and name in attempt.results
    )
    return Answers(text, name, tuple(answers))


def group_answers(found: Answers) -> list[AnswerGroup]:
    """Return the answers in groups: wrong ones first, the largest group first."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in found.answers:
        groups[_group_id(answer)].append(answer)
    rows = [AnswerGroup(id, answers[0].result.right, tuple(answers)) for id, answers in groups.items()]
    return sorted(rows, key=lambda group: (group.right, -len(group.answers), group.id))


def _group_id(answer: Answer) -> str:
    if answer.result.right:
        return f"{answer.result.status}-{answer_form(answer.source)[:6]}"
    if answer.result.diagnosis:
        return "+".join(sorted(set(answer.result.diagnosis)))
    return "-".join(filter(None, (answer.result.status, answer.result.first_wrong)))


def write_answer_files(found: Answers, folder: Path) -> Path:
    """Write ``<folder>/<assignment>/<exercise>/<learner>.py`` for every answer that is more than the stub.

    Raises ValueError where files lie there already: those of learners who left would stay between the new ones.
    """
    place = folder / found.assignment / found.exercise
    if place.exists() and any(place.iterdir()):
        raise ValueError(f"{place} is not empty: remove it, or give another --files")
    place.mkdir(parents=True, exist_ok=True)
    stub = found.text.stubs.get(found.exercise, "")
    for answer in found.answers:
        if not is_untouched(answer.source, stub):
            (place / f"{answer.student}.py").write_text(answer.source.rstrip("\n") + "\n", encoding="utf-8")
    return place


def book_comment(classroom: Classroom, assignment: str, exercise: str, students: Iterable[str], comment: str) -> None:
    """Add a comment to the exercise's cell of each learner, where formgrader and the learner's page show it.

    What somebody wrote there before stays; the same comment is not added twice. Raises ValueError, and books nothing,
    where a learner's work is not in the gradebook.
    """
    text = re.sub(r"\s+", " ", comment).strip()
    with Gradebook(classroom.db_url) as gradebook:
        for student in students:
            try:
                row = gradebook.find_comment(exercise, assignment, assignment, student)
            except MissingEntry as err:
                gradebook.db.rollback()
                raise ValueError(f"the gradebook has no answer of {student} to {exercise}: grade the class") from err
            before = row.manual_comment or ""
            if text not in before.split("\n\n"):
                row.manual_comment = f"{before}\n\n{text}" if before else text
        gradebook.db.commit()
