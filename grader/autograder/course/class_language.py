"""The language of a class's pages: its file ``language``, else the variable COURSE_LANGUAGE, else English."""

from __future__ import annotations

from pathlib import Path

from autograder.course.whole_file import write_whole
from gradcheck.language import chosen_language, languages

FILE = "language"


def class_language(folder: Path) -> str:
    """Return the language of a class; ValueError where its file names one that there is no catalogue for."""
    place = folder / FILE
    if not place.is_file():
        return chosen_language()
    return _known(place.read_text(encoding="utf-8").strip())


def keep_language(folder: Path, language: str) -> None:
    """Write pages in this language from now on; ValueError where there is no catalogue for it."""
    write_whole(folder / FILE, f"{_known(language)}\n")


def _known(language: str) -> str:
    if language not in languages():
        raise ValueError(f"no language {language}; there are {', '.join(languages())}")
    return language
