"""Read a saved notebook and tell which chapter it is, or why it would be refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gradcheck.chapters.registry import all_chapters
from gradcheck.exercises.chapter import Chapter
from gradcheck.notebook_file import MAX_FILE, Refused, Submission, parse_notebook


@dataclass(frozen=True)
class SavedNotebook:
    """A notebook that grading can read."""

    path: Path
    size: int
    """Bytes of the file."""
    chapter: Chapter
    submission: Submission

    @property
    def well_named(self) -> bool:
        """Tell whether the file has the name under which the chapter was given out."""
        return self.path.name == f"{self.chapter.assignment}.ipynb"


def read_saved(path: Path) -> SavedNotebook | Refused:
    """Read the notebook at ``path``; Refused says what grading would say, or that there is no such file."""
    if path.suffix.lower() != ".ipynb":
        return Refused(f"{path.name} is not a notebook: the name of one ends in .ipynb. Hand in the notebook itself.")
    if not path.is_file():
        return Refused(f"There is no file {path}. Type the name of the notebook as it stands in its folder.")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except OSError as err:
        return Refused(f"{path.name} cannot be read ({err.strerror}).")
    if len(raw) > MAX_FILE:
        return Refused(f"{path.name} is larger than {MAX_FILE // 1_000_000} MB. Clear its outputs and save it again.")
    submission = parse_notebook(raw, path.stem)
    if isinstance(submission, Refused):
        return submission
    chapter = find_chapter(path.name, submission, all_chapters())
    if chapter is None:
        known = ", ".join(all_chapters())
        return Refused(f"No exercise of any chapter is in {path.name}. The chapters are {known}.")
    return SavedNotebook(path, len(raw), chapter, submission)


def find_chapter(name: str, submission: Submission, chapters: Mapping[str, Chapter]) -> Chapter | None:
    """Return the chapter that the file's name begins with, else the one that most of its cells belong to."""
    text = "\n".join(cell.source for cell in submission.cells)
    found = {assignment: _exercises_in(text, chapter) for assignment, chapter in chapters.items()}
    named = next((assignment for assignment in chapters if name.lower().startswith(assignment)), "")
    if named and found[named]:
        return chapters[named]
    best = max(found, key=lambda assignment: found[assignment], default="")
    return chapters[best] if best and found[best] else None


def _exercises_in(text: str, chapter: Chapter) -> float:
    """Return which part of a chapter's exercises the text defines."""
    names = "|".join(re.escape(exercise.name) for exercise in chapter.exercises)
    defined = re.findall(rf"^\s*(?:def +|# *)?({names})(?= *[(=:,])", text, re.MULTILINE)
    return len(set(defined)) / len(chapter.exercises)
