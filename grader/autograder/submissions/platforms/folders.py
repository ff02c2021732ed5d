"""Folders and archives that people made: ``<learner>/…`` or ``<learner>.ipynb``, perhaps in one folder around all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from autograder.course.names import STUDENT_ID
from autograder.submissions.entries import Entry
from autograder.submissions.platforms.upload import Upload, Uploads

_A_CLASS = 4
"""So many notebooks side by side in the only folder are no longer one learner's."""
_ARCHIVE = re.compile(r"\.zip$", re.IGNORECASE)


def read_folders(entries: Sequence[Entry], assignment: str) -> Uploads:
    """Say whose each file is by where it lies."""
    shared = len(os.path.commonprefix([entry.path.parts[:-1] for entry in entries]))
    paths = [entry.path.parts[: entry.own_archive(shared)[0]] for entry in entries]
    around = _around(paths, assignment)
    return [
        (entry, _upload(entry, parts, around, assignment, shared + 1))
        for entry, parts in zip(entries, paths, strict=True)
    ]


def _around(paths: Sequence[tuple[str, ...]], assignment: str) -> int:
    """Return 1 where one folder lies around everybody's, else 0; a path ends with what a learner handed in."""
    if len({parts[0] for parts in paths if parts}) != 1 or any(len(parts) < 2 for parts in paths):
        return 0
    if any(len(parts) > 3 and parts[2] == assignment for parts in paths):
        return 1
    folders = {parts[1] for parts in paths if len(parts) > 2}
    files = {parts[1] for parts in paths if len(parts) == 2}
    archives = {name for name in files if _ARCHIVE.search(name)}
    if assignment in folders:
        return 0
    own = [name for name in files if PurePosixPath(name).stem.startswith((assignment, "Untitled"))]
    return 1 if len(folders | archives) > 1 or (not folders and len(files) >= _A_CLASS and not own) else 0


def _upload(entry: Entry, parts: tuple[str, ...], depth: int, assignment: str, deepest: int) -> Upload:
    """Say whose a file is; folders below ``deepest`` are the learner's own and name nobody."""
    if assignment in parts[depth + 1 : -1][: max(0, deepest - depth)]:
        depth = parts.index(assignment, depth + 1) - 1
    alone = depth + 1 == len(entry.path.parts)
    owner = _owner_of_file(parts[depth], entry.source, assignment) if alone else parts[depth]
    owner = _ARCHIVE.sub("", owner)
    login = owner if STUDENT_ID.fullmatch(owner) else ""
    return Upload(f"folders:{owner}", owner, owner, entry.path.name, login, depth=depth)


def _owner_of_file(name: str, source: str, assignment: str) -> str:
    """Return whose a file is that lies in no folder: its name without the assignment's, else the source's name."""
    stem = re.sub(r"\.ipynb(\.\w+)?$", "", name, flags=re.IGNORECASE)
    rest = re.sub(rf"[\s_-]*{re.escape(assignment)}[\s_-]*(\(\d+\))?[\s_-]*", "", stem)
    return rest or source
