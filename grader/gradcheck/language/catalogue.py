"""A catalogue: English sentences with gaps, and what stands for each in one language; and the mistakes by their ids."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gradcheck.diagnosis.catalogue import plural_form, vocabulary

GAP = re.compile(r"\{(\w+)\}")
_NAME, _NUMBER = r"[\w-]+", r"-?\d[\d.]*"
_GAPS = {
    **dict.fromkeys(("name", "out", "other", "last", "type", "chapter"), _NAME),
    **dict.fromkeys(("points", "worth", "number", "all"), _NUMBER),
    **dict.fromkeys(("names", "right", "wrong"), r"\w+(?:, \w+)*(?: and \w+)?"),
    **dict.fromkeys(("case", "line", "message", "section", "tried"), ".+?"),
}
"""Gap -> what may stand in it; in any other gap stands no end of a sentence."""
PLACES = ("where", "place")
"""Gaps for words of the course, which must be translated with the sentence around them."""
PARTS = ("seen", "question", "again")
"""What a catalogue may translate of a mistake."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, and how to recognize it when its gaps are filled."""

    english: str
    told: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Catalogue:
    """All sentences of one language."""

    exact: Mapping[str, str]
    """Sentences without gaps."""
    with_gaps: tuple[Sentence, ...]
    """Sentences with gaps; those with more text of their own come first."""


@cache
def read_catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language."""
    pairs = list(_pairs(read_entries(language)))
    gaps = [Sentence(english, told, _pattern(english)) for english, told in pairs if GAP.search(english)]
    gaps.sort(key=lambda sentence: -len(GAP.sub("", sentence.english)))
    return Catalogue({english: told for english, told in pairs if not GAP.search(english)}, tuple(gaps))


@cache
def read_entries(language: str) -> Mapping[str, Any]:
    """Return what the file of a language holds: ``sentences`` and ``mistakes``."""
    text = resources.files("gradcheck.language").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _pairs(entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (English, told) for every sentence; those about mistakes in the singular and in the plural."""
    yield from entries.get("sentences", {}).items()
    known = vocabulary()
    for id, parts in entries.get("mistakes", {}).items():
        for part in PARTS:
            if id in known and part in parts:
                english = getattr(known[id], part)
                yield english, parts[part]
                if part == "seen" and plural_form(english) != english:
                    yield plural_form(english), parts[part]


def _pattern(english: str) -> re.Pattern[str]:
    """Return what matches the sentence with its gaps filled; a gap that comes twice is filled alike."""
    seen: set[str] = set()
    parts = []
    for text, gap in zip(*[iter([*GAP.split(english), ""])] * 2, strict=True):
        parts.append(re.escape(text))
        if gap:
            inside = _GAPS.get(gap, "(?:(?![.?!:;] ).)+?")
            parts.append(f"(?P={gap})" if gap in seen else f"(?P<{gap}>{inside})")
            seen.add(gap)
    return re.compile("".join(parts), re.DOTALL)
