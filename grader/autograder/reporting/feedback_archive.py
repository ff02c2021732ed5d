"""The pages of an assignment in one zip file, named as each platform takes feedback back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.course.classroom import Classroom
from autograder.submissions.learner import CameIn, Learner
from autograder.submissions.platforms import FOLDERS
from autograder.submissions.roster import Roster, read_roster

_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
"""The same pages make the same archive."""
_NOTEBOOK = re.compile(r"\.(ipynb(\.(txt|json))?|zip)$", re.IGNORECASE)


@dataclass
class FeedbackArchive:
    """One archive that was written."""

    path: Path
    platform: str
    pages: int = 0
    left: list[str] = field(default_factory=list)
    """Learners who have a page that this platform cannot be given, because their work did not come from it."""


def write_archives(assignment: str, classroom: Classroom, platform: str = "") -> list[FeedbackArchive]:
    """Write ``feedback/<assignment>-<platform>.zip`` for the platform, or for each one that the class came from.

    Pages of work that came from no platform are in ``<assignment>-folders.zip``.
    """
    roster = read_roster(classroom.folder)
    pages = dict(_pages(assignment, classroom))
    came = {learner: _came_in(roster, learner, assignment) for learner in pages}
    if platform:
        return [_write(platform, assignment, classroom, roster, pages)]
    source = {learner: one.platform if one else FOLDERS for learner, one in came.items()}
    return [
        _write(name, assignment, classroom, roster, {who: pages[who] for who in pages if source[who] == name})
        for name in sorted(set(source.values()))
    ]


def _pages(assignment: str, classroom: Classroom) -> Iterator[tuple[str, Path]]:
    for folder in sorted(classroom.feedback.glob("*")):
        page = classroom.feedback_page(assignment, folder.name)
        if page.is_file():
            yield folder.name, page


def _came_in(roster: Roster, learner: str, assignment: str) -> CameIn | None:
    known = roster.get(learner)
    return known.came_in.get(assignment) if known else None


def _write(
    platform: str, assignment: str, classroom: Classroom, roster: Roster, pages: dict[str, Path]
) -> FeedbackArchive:
    target = classroom.feedback / f"{assignment}-{platform}.zip"
    done = FeedbackArchive(target, platform)
    draft = target.with_name(f".{target.name}.tmp")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for learner, page in pages.items():
            known = roster.get(learner) or Learner(learner)
            name = feedback_name(known, assignment, platform)
            if known.dropped:
                continue
            if not name:
                done.left.append(learner)
                continue
            entry = zipfile.ZipInfo(name, _ENTRY_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, page.read_bytes())
            done.pages += 1
    draft.replace(target)
    return done


def feedback_name(learner: Learner, assignment: str, platform: str) -> str:
    """Return the name of a learner's page in the archive; empty where the platform knows no such learner.

    >>> came = {"01-x": CameIn("canvas", "doejane_12_34_work.ipynb")}
    >>> feedback_name(Learner("jdoe", came_in=came), "01-x", "canvas")
    'doejane_12_34_work.html'
    """
    came = learner.came_in.get(assignment)
    if platform == FOLDERS:
        folder = PurePosixPath(came.file if came and came.platform == FOLDERS else learner.id).name
        return f"{folder}/{assignment}.html"
    if not came or came.platform != platform:
        return ""
    return _NOTEBOOK.sub("", came.file) + ".html" if _is_file(came.file) else f"{came.file}/{assignment}.html"


def _is_file(label: str) -> bool:
    """Tell whether a platform's name is that of a file; of Moodle and Brightspace it may be that of a folder."""
    return bool(_NOTEBOOK.search(label))
