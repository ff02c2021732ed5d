"""Moodle: ``<full name>_<number>_assignsubmission_file[_]/…``; ``Participant_<number>_…`` where marking is blind.

The number is that of the assignment's participant, not of the person: the grading worksheet joins both.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence

from autograder.submissions.platforms.upload import Platform, Upload, Uploads

_NAME = re.compile(
    r"(?P<name>.*?)_(?P<number>\d{1,19})_(?P<kind>assign(?:submission|feedback)_[a-z]+)(?:_(?P<file>.*))?"
)
BLIND = "participant"
_ENOUGH = 3
"""So many people do not all have one name: then it is the site's word for a participant."""


def recognize(parts: Sequence[str]) -> Upload | None:
    """Return what a name of Moodle says.

    >>> recognize(("Jane Doe_123_assignsubmission_file", "work.ipynb")).key
    'moodle:123'
    """
    found = _NAME.fullmatch(parts[0])
    if not found:
        return None
    file = parts[-1] if len(parts) > 1 else found["file"] or ""
    return Upload(f"moodle:{int(found['number'])}", found["name"], parts[0], file) if file else None


def settle(uploads: Uploads, _: Collection[str] = ()) -> Uploads:
    """Leave the name out where it is only the word for a participant."""
    keys = {upload.key for _, upload in uploads}
    names = {upload.name for _, upload in uploads}
    same = len(names) == 1 and len(keys) >= _ENOUGH
    return [
        (entry, dataclasses.replace(upload, name="") if same or upload.name.casefold() == BLIND else upload)
        for entry, upload in uploads
    ]


MOODLE = Platform("moodle", recognize, settle)
