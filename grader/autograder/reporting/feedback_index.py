"""One page for each learner that leads to the pages of all chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.course import paths
from autograder.course.class_language import class_language
from autograder.course.classroom import Classroom
from autograder.course.names import STUDENT_ID
from autograder.course.whole_file import write_whole
from autograder.gradebook.marks import BookedClass, read_class_books
from autograder.reporting.chain_links import ChapterText, read_chapter
from autograder.reporting.class_report import exercise_points
from gradcheck.language import translate_page


@dataclass(frozen=True)
class IndexRow:
    """One chapter in a learner's index."""

    title: str
    page: str
    """The page's place, from the index."""
    points: float | None
    """None where nothing is booked."""
    worth: float


def write_indexes(classroom: Classroom, released: Path = paths.NOTEBOOKS) -> list[Path]:
    """Write ``feedback/<learner>/index.html`` for everybody who has a page; return what was written."""
    chapters = {name: read_chapter(name, released) for name in paths.assignments(released)}
    worth = {name: sum(exercise_points(name, released).values()) for name in chapters}
    booked, language = read_class_books(classroom.db_url), class_language(classroom.folder)
    loader = FileSystemLoader([paths.TEMPLATES / "page"])
    pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template, written = pages.get_template("chapters.html.j2"), []
    for folder in sorted(classroom.feedback.glob("*")):
        rows = list(_rows(classroom, folder.name, chapters, worth, booked))
        if rows:
            path = folder / "index.html"
            write_whole(path, translate_page(template.render(student=folder.name, rows=rows), language))
            written.append(path)
    return written


def _rows(
    classroom: Classroom, student: str, chapters: dict[str, ChapterText], worth: dict[str, float], booked: BookedClass
) -> Iterator[IndexRow]:
    if not STUDENT_ID.fullmatch(student):
        return
    for name, text in chapters.items():
        if classroom.feedback_page(name, student).is_file():
            marks = booked.marks.get((name, student))
            yield IndexRow(text.title, f"{name}/{name}.html", marks.total if marks else None, worth[name])
