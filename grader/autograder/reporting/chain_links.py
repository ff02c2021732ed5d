"""Where a mistake belongs: the link of the chain, its picture, and the section of the chapter that teaches it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course import paths
from autograder.grading.hidden_suite import find_exercise
from gradcheck.chapters.registry import all_chapters
from gradcheck.diagnosis.catalogue import vocabulary
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.display.svg import BROKEN
from gradcheck.exercises.graph_exercise import GraphExercise

_HEADING = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)
_MINUTES = re.compile(r"(\d+) minutes?\b")
_EXERCISE = re.compile(r"Exercise (\d+) · ")
_NOTHING = "nothing to derive"


@dataclass(frozen=True)
class Section:
    """The place of an exercise in its chapter."""

    heading: str
    """The exercise's own heading; its name where it has none."""
    before: str
    """The last heading before it that is no exercise; empty where there is none."""
    minutes: int | None
    """The time that its text states."""

    @property
    def words(self) -> str:
        """Return where to read again, in words."""
        return f"“{self.before}”, up to “{self.heading}”" if self.before else f"“{self.heading}”"


@dataclass(frozen=True)
class ChapterText:
    """What the reports need of a released notebook."""

    assignment: str
    title: str
    sections: Mapping[str, Section]
    """Exercise -> its place, in the order of the chapter."""
    stubs: Mapping[str, str]
    """Exercise -> the source that learners start from."""


def read_chapter(assignment: str, released: Path = paths.NOTEBOOKS) -> ChapterText:
    """Read title, headings, stated minutes and stubs of a released notebook."""
    return chapter_text(assignment, nbformat.read(paths.notebook_path(released, assignment), as_version=4).cells)


def chapter_text(assignment: str, cells: Iterable[nbformat.NotebookNode]) -> ChapterText:
    """Return title, headings, stated minutes and stubs of a notebook's cells."""
    title, heading, before, minutes = assignment, "", "", None
    sections, stubs = {}, {}
    for cell in cells:
        graded = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            for level, text in _HEADING.findall(cell.source):
                if level == "#":
                    title = text
                elif _EXERCISE.match(text):
                    stated = _MINUTES.search(cell.source)
                    heading, minutes = text, int(stated[1]) if stated else None
                else:
                    before = text
        elif graded.get("grade"):
            name = graded["grade_id"].removeprefix("test-")
            sections[name] = Section(heading or name, before, minutes)
            heading, minutes = "", None
        elif graded.get("solution"):
            stubs[graded["grade_id"]] = cell.source
    return ChapterText(assignment, title, sections, stubs)


def taught_in(text: ChapterText, exercise: str, link: str = "") -> Section | None:
    """Return the section that teaches a link: that of the first exercise which asks for it, else the exercise's own."""
    chapter = all_chapters().get(text.assignment)
    for candidate in chapter.exercises if chapter and link else ():
        if isinstance(candidate, GraphExercise) and link in candidate.signature.outputs.values():
            if candidate.name in text.sections:
                return text.sections[candidate.name]
            break
    return text.sections.get(exercise)


def describe_link(assignment: str, exercise: str, link: str, mistake: str = "") -> str:
    """Say which link of the chain is meant: by the graph of the exercise, else by the words of the mistake."""
    declared = find_exercise(assignment, exercise)
    if link and isinstance(declared, GraphExercise):
        for step in declared.program:
            if link in ["d" + name for name in step.inputs]:
                return f"the link from {declared.spoken.get(step.out, step.out)} back to {link[1:]}"
            if link == step.out:
                return f"the value {link} on the way forward"
    known = vocabulary().get(mistake)
    if known is None or known.again.startswith(_NOTHING):
        return known.again.split(": ", 1)[-1] if known else ""
    return known.again.replace("{where}", exercise)


class LinkPicture(GraphPicture):
    """The graph of an exercise with one link marked, and nothing said about the others."""

    def __init__(self, exercise: GraphExercise, link: str) -> None:
        super().__init__(exercise)
        object.__setattr__(self, "states", {**self.states, link: BROKEN} if link in self.states else self.states)


def draw_link(assignment: str, exercise: str, link: str) -> str:
    """Return the picture of a link as SVG; empty for an exercise in whose graph there is no such link."""
    declared = find_exercise(assignment, exercise)
    if not isinstance(declared, GraphExercise):
        return ""
    picture = LinkPicture(declared, link)
    return picture.svg() if link in picture.states else ""
