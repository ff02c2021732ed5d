"""Canvas: ``<name>[_LATE]_<user>_<attachment>_<file>``, all in one folder; ``[LATE_]anon_<id>_…`` without names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.submissions.platforms.upload import Platform, Upload

_NUMBER = re.compile(r"[0-9]{1,19}")
_TEXTS = ("text.html", "link.html")
"""What was typed into the page instead of a file."""


def recognize(parts: Sequence[str]) -> Upload | None:
    """Return what a name of Canvas says.

    >>> found = recognize(("doejane_LATE_12345_678901_work-1.ipynb",))
    >>> found.key, found.name, found.attempt, found.late
    ('canvas:12345', 'doejane', (678901,), True)
    """
    label = parts[0]
    words = label.split("_")
    late = words[0] == "LATE"
    if words[late : late + 1] == ["anon"] and len(words) > 2 + late:
        return _anonymous(parts, words[late:], late)
    for i in range(1, len(words) - 1):
        if not _NUMBER.fullmatch(words[i]):
            continue
        late = words[i - 1] == "LATE"  # a later word is a part of the file's own name
        key, name = f"canvas:{words[i]}", "_".join(words[: i - late])
        if _NUMBER.fullmatch(words[i + 1]) and len(words) > i + 2:
            file, number = parts[-1] if len(parts) > 1 else "_".join(words[i + 2 :]), int(words[i + 1])
            return Upload(key, name, label, file, attempt=(number,), late=late, one_attempt=True)
        if len(words) == i + 2 and words[-1] in _TEXTS:
            return Upload(key, name, label, words[-1], attempt=(-1,), late=late, one_attempt=True)
    return None


def _anonymous(parts: Sequence[str], words: list[str], late: bool) -> Upload | None:
    number = words[2] if _NUMBER.fullmatch(words[2]) else ""
    if not number and words[2:] not in ([text] for text in _TEXTS):
        return None
    file = parts[-1] if len(parts) > 1 else "_".join(words[3:]) or words[-1]
    key, name, attempt = f"canvas:anon-{words[1]}", f"anon {words[1]}", (int(number or -1),)
    return Upload(key, name, parts[0], file, attempt=attempt, late=late, one_attempt=True)


CANVAS = Platform("canvas", recognize)
