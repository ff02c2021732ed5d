"""How learning platforms name what they give, one module a platform."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from autograder.submissions.archives import Entry
from autograder.submissions.platforms.blackboard import BLACKBOARD
from autograder.submissions.platforms.brightspace import BRIGHTSPACE
from autograder.submissions.platforms.canvas import CANVAS
from autograder.submissions.platforms.folders import read_folders
from autograder.submissions.platforms.moodle import MOODLE
from autograder.submissions.platforms.upload import Platform, Upload, Uploads

FOLDERS = "folders"
PLATFORMS = {platform.name: platform for platform in (MOODLE, BRIGHTSPACE, BLACKBOARD, CANVAS)}
"""The narrowest names first."""
NAMES = ("canvas", "moodle", "brightspace", "blackboard", FOLDERS)


def tell_platform(entries: Sequence[Entry]) -> str:
    """Return the platform that wrote these names; ValueError where they do not tell."""
    counts = {
        name: sum(_find(platform, entry) is not None for entry in entries) for name, platform in PLATFORMS.items()
    }
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        return FOLDERS
    if counts[best] * 2 < len(entries):
        raise ValueError(
            f"only {counts[best]} of {len(entries)} names look like {best}'s: say where they come from with --platform "
            f"({', '.join(NAMES)})"
        )
    return best


def read_uploads(
    entries: Sequence[Entry], platform: str, assignment: str, logins: Collection[str] = ()
) -> tuple[Uploads, list[Entry]]:
    """Return what the platform's names say about each file, and the files whose names it does not write.

    ``logins`` are those of the class, as far as they are known.
    """
    if platform == FOLDERS:
        return read_folders(entries, assignment), []
    found, strange = [], []
    for entry in entries:
        upload = _find(PLATFORMS[platform], entry)
        if upload is None:
            strange.append(entry)
        else:
            found.append((entry, upload))
    return PLATFORMS[platform].settle(found, logins), strange


def _find(platform: Platform, entry: Entry) -> Upload | None:
    """Return what the first part of a path says that the platform has written; folders may lie around it."""
    parts = entry.path.parts
    for start in range(len(parts)):
        found = platform.read(parts[start:])
        if found:
            return found
    return None
