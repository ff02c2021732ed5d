"""Text for people: nothing in it that a terminal or an editor would obey, and lists that stay short."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MAX_TEXT = 300
"""Characters that are kept, as gradcheck does; to import its number would load numpy for every command."""
_SEPARATORS = (0x2028, 0x2029)
_DIRECTIONS = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
ACTING = dict.fromkeys((*_CONTROLS, *_SEPARATORS, *_DIRECTIONS)) | {0x09: " "}
ACTING_LINES = {code: put for code, put in ACTING.items() if code not in (0x09, 0x0A)}


def clean_text(text: Any, length: int = MAX_TEXT, *, lines: bool = False) -> str:
    """Return text without what could act on a terminal, a file or a reader.

    >>> clean_text("a\\x1b[2Jb\\u202e")
    'a[2Jb'
    """
    if not isinstance(text, str):
        raise TypeError("text was expected")
    return text[:length].encode("utf-8", "replace").decode().translate(ACTING_LINES if lines else ACTING)


def join_some(words: Iterable[str], most: int) -> str:
    """Return words as a list that names at most ``most`` of them and counts the others.

    >>> join_some(["ada", "ben", "cleo"], 2)
    'ada, ben and 1 more'
    """
    found = list(words)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")
