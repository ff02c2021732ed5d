"""How learning platforms name what they give, one module a platform."""

from __future__ import annotations

import dataclasses
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

from autograder.submissions.entries import Entry
from autograder.submissions.platforms.blackboard import BLACKBOARD
from autograder.submissions.platforms.brightspace import BRIGHTSPACE
from autograder.submissions.platforms.canvas import CANVAS
from autograder.submissions.platforms.folders import read_folders
from autograder.submissions.platforms.moodle import MOODLE
from autograder.submissions.platforms.upload import Platform, Uploads

FOLDERS = "folders"
PLATFORMS = {platform.name: platform for platform in (MOODLE, BRIGHTSPACE, BLACKBOARD, CANVAS)}
"""The narrowest names first."""
NAMES = ("canvas", "moodle", "brightspace", "blackboard", FOLDERS)
_TABLES = (".csv", ".ods", ".tsv", ".txt", ".xls", ".xlsx")
"""What an instructor keeps beside a download."""
_DEEPEST = 10
"""Folders and archives that an instructor may have put around a download."""
_A_CLASS = 3
"""So many people in one learner's folder or archive may be a download that the instructor has put there."""


def tell_platform(entries: Sequence[Entry]) -> str:
    """Return the platform that wrote these names; ValueError where they do not tell.

    A folder, or a file that was handed in, counts once, whatever is in it.
    """
    tops = {name: _names(platform, entries, 0) for name, platform in PLATFORMS.items()}
    counts = {name: sum(known.values()) for name, known in tops.items()}
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        depths = {name: _depth(platform, entries) for name, platform in PLATFORMS.items()}
        found = {name: depth for name, depth in depths.items() if depth is not None}
        return min(found, key=lambda name: found[name], default=FOLDERS)
    if counts[best] * 2 < len(tops[best]):
        raise ValueError(
            f"only {counts[best]} of {len(tops[best])} names look like {best}'s: say where they come from with "
            f"--platform ({', '.join(NAMES)})"
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
    depth = _depth(PLATFORMS[platform], entries) or 0
    for entry in entries:
        upload = PLATFORMS[platform].read(entry.path.parts[depth:])
        if upload is None:
            strange.append(entry)
        else:
            found.append((entry, dataclasses.replace(upload, depth=depth)))
    return PLATFORMS[platform].settle(found, logins), strange


def find_downloads(entries: Iterable[tuple[Entry, int]]) -> dict[PurePosixPath, str]:
    """Return what is taken for one learner's own and holds names of many people -> the platform that writes such names.

    With each entry comes the part of its path that names its owner.
    """
    people = defaultdict(set)
    for entry, depth in entries:
        parts = entry.path.parts
        for at in range(depth + 1, min(len(parts), depth + _DEEPEST)):
            for name, platform in PLATFORMS.items():
                upload = platform.read(parts[at:])
                if upload:
                    people[PurePosixPath(*parts[: depth + 1]), name].add((upload.key, upload.login))
    return {path: name for (path, name), found in people.items() if len(found) >= _A_CLASS}


def _depth(platform: Platform, entries: Sequence[Entry]) -> int | None:
    """Return which part of the paths this platform has named; None where it is none.

    Folders and archives may lie around a download. Whether one of them is the instructor's or a learner's own, nobody
    can see; but where each of them holds mostly such names, no learner brought that about for the others.
    """
    if any(_names(platform, entries, 0).values()):
        return 0
    telling = _without_tables(entries)
    shortest = min((len(entry.path.parts) for entry in telling), default=0)
    for depth in range(1, min(shortest, _DEEPEST)):
        around = defaultdict(list)
        for name, known in _names(platform, telling, depth).items():
            around[name[:-1]].append(known)
        if all(sum(known) * 2 >= len(known) for known in around.values()):
            return depth
    return None


def _names(platform: Platform, entries: Iterable[Entry], depth: int) -> dict[tuple[str, ...], bool]:
    """Return each name at one depth, with all that lies around it -> whether this platform writes such names."""
    names: dict[tuple[str, ...], bool] = {}
    for entry in entries:
        parts = entry.path.parts
        name = (entry.source, *parts[: depth + 1])
        names[name] = names.get(name) or platform.read(parts[depth:]) is not None
    return names


def _without_tables(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out tables and notes that lie beside all else of their source: they are the instructor's."""
    folders = defaultdict(list)
    for entry in entries:
        folders[entry.source].append(entry.path.parts[:-1])
    around = {source: len(os.path.commonprefix(paths)) for source, paths in folders.items()}
    return [
        entry
        for entry in entries
        if entry.path.suffix.lower() not in _TABLES or len(entry.path.parts) > around[entry.source] + 1
    ]
