"""Brightspace: ``<n>-<n> - First Last - Mar 29, 2018 1205 PM - <file>``, or a folder of that name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence
from datetime import datetime

from autograder.submissions.platforms.upload import Platform, Upload, Uploads, check_moment

_NAME = re.compile(
    r"(?P<first>\d{1,19})-(?P<second>\d{1,19}) - (?P<name>.+?) - "
    r"(?P<when>[^\W\d]+\.? \d{1,2}, \d{4} \d{1,2}:?\d\d ?[AP]M)"
    r"(?: - (?P<file>.+))?",
    re.IGNORECASE,
)
"""The first time is the platform's; a learner may have written another one into the name of a file."""
_WHEN = re.compile(
    r"(?P<month>[a-z]{3})[a-z.]* (?P<day>\d+), (?P<year>\d+) (?P<hour>\d{1,2}):?(?P<minute>\d\d) ?(?P<half>[ap])m"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def recognize(parts: Sequence[str]) -> Upload | None:
    """Return what a name of Brightspace says.

    >>> recognize(("12-34 - Jane Doe - Mar 29, 2018 1205 PM - work.ipynb",)).moment.isoformat()
    '2018-03-29T12:05:00'
    """
    found = _NAME.fullmatch(parts[0])
    if not found or not (len(parts) > 1 or found["file"]):
        return None
    moment = _moment(found["when"])
    key = f"brightspace:{found['first']}-{found['second']}"
    file = parts[-1] if len(parts) > 1 else found["file"]
    attempt = (int(moment.timestamp()),) if moment else ()
    return Upload(key, found["name"], parts[0], file, attempt=attempt, moment=moment)


def settle(uploads: Uploads, _: Collection[str] = ()) -> Uploads:
    """Find out which of both numbers is the person: the other one is the same for everybody."""
    pairs = [upload.key.removeprefix("brightspace:").split("-") for _, upload in uploads]
    people = len({upload.name for _, upload in uploads})
    column = 1 if people > 1 and len({first for first, _ in pairs}) == 1 else 0
    return [
        (entry, dataclasses.replace(upload, key=f"brightspace:{pair[column]}"))
        for (entry, upload), pair in zip(uploads, pairs, strict=True)
    ]


def _moment(text: str) -> datetime | None:
    found = _WHEN.fullmatch(text.lower())
    if not found or found["month"] not in _MONTHS:
        return None
    hour = int(found["hour"]) % 12 + (12 if found["half"] == "p" else 0)
    month = _MONTHS.index(found["month"]) + 1
    return check_moment(datetime(int(found["year"]), month, int(found["day"]), hour, int(found["minute"])))


BRIGHTSPACE = Platform("brightspace", recognize, settle)
