"""Which language is spoken: what was chosen in this process, else the variable COURSE_LANGUAGE, else English."""

from __future__ import annotations

import os
from functools import cache
from importlib import resources

ENGLISH = "en"
VARIABLE = "COURSE_LANGUAGE"
_chosen: list[str] = []


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, and English, which needs none."""
    files = resources.files("gradcheck.language").iterdir()
    found = {file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")}
    return (ENGLISH, *sorted(found))


def choose_language(language: str) -> None:
    """Speak this language from now on, in this process; ValueError where there is no catalogue for it."""
    if language not in languages():
        raise ValueError(f"no language {language}; there are {', '.join(languages())}")
    _chosen[:] = [language]


def chosen_language() -> str:
    """Return the language to speak; English where the variable names one without a catalogue."""
    wanted = _chosen[0] if _chosen else os.environ.get(VARIABLE, ENGLISH)
    return wanted if wanted in languages() else ENGLISH
