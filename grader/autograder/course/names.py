"""Which names can stand for a learner or an assignment, and a safe id for every person's name."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Collection

STUDENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
"""Learners' ids: also names of folders and files."""
ASSIGNMENT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "đ": "d", "Đ": "D"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'\u2019\u2018\u02bc`\u00b4"))
_SLUG_LENGTH = 40


def folded(name: str) -> str:
    """Return a name without case, accents and apostrophes, to compare it with another spelling.

    >>> folded("Zoë O'Brien")
    'zoe obrien'
    """
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def name_key(name: str) -> str:
    """Return what two spellings of one person's name have in common: "Doe, Jane" and "Jane Doe" are the same.

    >>> name_key("Doe, Jane") == name_key("jane  DOE")
    True
    """
    return " ".join(sorted(re.findall(r"[^\W_]+", folded(name))))


def slug(name: str) -> str:
    """Return the letters and digits of a name that any file system takes; empty where it has none.

    >>> slug("Zoë O'Brien Jr."), slug("李小龍")
    ('Zoe-OBrien-Jr', '')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).translate(_LETTERS))
    words = re.findall(r"[A-Za-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words)[:_SLUG_LENGTH].strip("-")


def digest(text: str, length: int = 6) -> str:
    """Return a short fingerprint of any text, also of one that is no valid Unicode."""
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:length]


def safe_id(name: str) -> str:
    """Return the name itself where it can stand for a learner, else an id made from it, the same every time.

    >>> safe_id("jdoe"), safe_id("O'Brien Jr.")
    ('jdoe', 'OBrien-Jr-7b5acd')
    """
    return name if STUDENT_ID.fullmatch(name) else f"{slug(name) or 'learner'}-{digest(name)}"


def choose_id(login: str, name: str, key: str, taken: Collection[str]) -> str:
    """Return a new learner's id: the login, else the name, else the name with the platform's key, else a fingerprint.

    ``taken`` holds the ids in use, in lower case.
    """
    short = slug(key.partition(":")[2])
    named = slug(name)
    tries = (login, named, f"{named}-{short}" if named and short else "", f"learner-{short}" if short else "")
    for candidate in (*tries, *(f"{named or 'learner'}-{digest(f'{key} {name}', size)}" for size in range(6, 33))):
        if STUDENT_ID.fullmatch(candidate) and candidate.casefold() not in taken:
            return candidate
    raise ValueError(f"no id can be made for {name!r}")
