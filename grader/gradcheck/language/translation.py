"""Say an English text in another language, sentence by sentence; what the catalogue does not have stays English.

The grader thinks and writes in English, so verdicts are the same in every language. Translation is the last step before
somebody reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from gradcheck.language.catalogue import PLACES, Catalogue, read_catalogue
from gradcheck.language.choice import ENGLISH, chosen_language

_ENDS = re.compile(r"(?<=[.?!:])( +)")
LONGEST = 400
"""Characters of a sentence that is looked up with its gaps; learners' own text may be longer."""


def translate(text: str, language: str = "") -> str:
    """Return ``text`` in a language, by default in the chosen one."""
    wanted = language or chosen_language()
    return text if wanted == ENGLISH or not text else _translate(text, wanted)


@lru_cache(maxsize=20_000)
def _translate(text: str, language: str) -> str:
    catalogue = read_catalogue(language)
    whole = _sentence(text, catalogue)
    if whole is not None:
        return whole
    pieces = _ENDS.split(text)  # sentences at even places, the spaces between them at odd ones
    told: list[str] = []
    place = 0
    while place < len(pieces):
        for end in range(place + 1, len(pieces) + 1, 2):  # a colon or a point may stand inside a sentence
            found = _sentence("".join(pieces[place:end]), catalogue)
            if found is not None:
                break
        else:
            end, found = place + 1, pieces[place]
        told += [found, *pieces[end : end + 1]]
        place = end + 1
    return "".join(told)


def _sentence(text: str, catalogue: Catalogue, depth: int = 2) -> str | None:
    """Return one sentence in the catalogue's language; None where it has none for it."""
    for english in (text, text[:1].lower() + text[1:]):
        if english in catalogue.exact:
            return _like(text, catalogue.exact[english])
    if len(text) > LONGEST or not depth:
        return None
    for english in (text, text[:1].lower() + text[1:]):
        for sentence in catalogue.with_gaps:
            found = sentence.pattern.fullmatch(english)
            filled = _fill(found.groupdict(), catalogue, depth - 1) if found else None
            if filled is not None:
                return _like(text, sentence.told.format_map(filled))
    return None


def _fill(gaps: Mapping[str, str], catalogue: Catalogue, depth: int) -> dict[str, str] | None:
    """Return what stands in the gaps; None where words of the course have no translation."""
    filled = {}
    for gap, value in gaps.items():
        told = _sentence(value, catalogue, depth)
        if told is None and gap in PLACES and " " in value and ", " not in value:
            return None
        filled[gap] = value if told is None else told
    return filled


def _like(english: str, told: str) -> str:
    """Begin with a capital letter where the English does, unless that one begins with a name."""
    return told[:1].upper() + told[1:] if english[:1].isupper() and not _NAME.match(told) else told


_NAME = re.compile(r"[a-z]\w*[A-Z_0-9]|d[a-zA-Z]\b")
"""Names such as dW1, dL_da and dw, which are written as they are."""
