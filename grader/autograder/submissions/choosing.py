"""Of all that one learner handed in, the one notebook that is graded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from autograder.course.clock import in_zone
from autograder.course.replaced import REPLACED, say_replaced
from autograder.submissions.chapters import DAMAGED, FOREIGN, tell_chapter
from autograder.submissions.entries import Entry, EntryError
from autograder.submissions.platforms.upload import Upload

_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))?$", re.IGNORECASE)
_UNTITLED = re.compile(r"untitled|unbenannt|sans.?titre", re.IGNORECASE)
_CHECKPOINT = re.compile(r"-checkpoint( ?\(\d+\)|-\d)?$")
"""What an editor keeps beside a notebook, uploaded without its folder."""
MOST_READ = 100
"""Notebooks of one learner that are looked into: an archive of a few bytes can hold any number of large ones."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Left:
    """A file that was not taken."""

    path: PurePosixPath | str
    why: str
    look: bool = False
    """Whether an instructor should look at it."""


@dataclass(frozen=True)
class Candidate:
    """One file of one learner."""

    entry: Entry
    upload: Upload
    moment: datetime
    """When it was handed in (UTC)."""
    written: datetime
    """The same, but within a learner's own archive the date there (UTC), which may be any."""

    @property
    def is_notebook(self) -> bool:
        """Whether its name is that of a notebook."""
        return bool(_NOTEBOOK.search(self.upload.file) or _NOTEBOOK.search(self.entry.path.name))


@dataclass
class Choice:
    """The notebook that is taken, if there is one, and why the others are not."""

    taken: Candidate | None = None
    raw: bytes = b""
    left: list[Left] = field(default_factory=list)


def candidate(entry: Entry, upload: Upload, zone: tzinfo | None) -> Candidate:
    """Return a file with the moment at which it was handed in, of which no date that a learner wrote tells anything."""
    if upload.moment:
        moment = written = in_zone(upload.moment, zone)
    else:
        _, handed_in = entry.own_archive(upload.depth)
        moment, written = handed_in or NEVER, entry.changed or NEVER
    return Candidate(entry, upload, moment, written)


def choose(files: Sequence[Candidate], assignment: str, first: bool, limit: int) -> Choice:
    """Return one learner's notebook: of this chapter, from the latest attempt (or the ``first``), by its exact name.

    A file that cannot be read is taken only where there is no other, so that its learner is told.
    """
    choice, damaged = Choice(), None
    rejected = [(f, f"it is no notebook ({_kind(f.upload.file)})") for f in files if not f.is_notebook]
    superseded, strangers = [], len(rejected)
    for found in sorted((f for f in files if f.is_notebook), key=lambda f: _rank(f, assignment, first)):
        if choice.taken:
            superseded.append(_superseded(found, choice.taken, assignment, first))
            continue
        if len(rejected) - strangers >= MOST_READ:
            rejected.append((found, f"{MOST_READ} others of the same learner were looked into"))
            continue
        try:
            raw = found.entry.read(limit)
        except EntryError as err:
            rejected.append((found, str(err)))
            continue
        chapter = tell_chapter(raw, assignment)
        if chapter == assignment:
            choice.taken, choice.raw = found, raw
        elif chapter == DAMAGED and not damaged and not _UNTITLED.match(found.entry.path.name):
            damaged = found, raw
        else:
            rejected.append((found, _not_ours(chapter, assignment)))
    if damaged and not choice.taken:
        choice.taken, choice.raw = damaged
    elif damaged:
        rejected.append((damaged[0], _not_ours(DAMAGED, assignment)))
    choice.left = [Left(f.entry.path, why, _needs_look(f, choice.taken, first)) for f, why in rejected] + superseded
    return choice


def _needs_look(found: Candidate, taken: Candidate | None, first: bool) -> bool:
    """Tell whether what was left may be the work: there is no other, or it came in after the one that was taken."""
    if taken is None:
        return True
    if first or _UNTITLED.match(_stem(found)) or (found.upload.one_attempt and not found.is_notebook):
        return False
    return found.upload.attempt > taken.upload.attempt


def _kind(file: str) -> str:
    return PurePosixPath(file).suffix or "a text"


def _stem(found: Candidate) -> str:
    return _NOTEBOOK.sub("", PurePosixPath(found.upload.file).name)


@dataclass(frozen=True, order=True)
class _Rank:
    """What sorts the best file first."""

    attempt: tuple[float, ...]
    copied: bool
    """Whether it is an editor's copy, which is the work only where its attempt holds no other."""
    within: tuple[float, ...]
    """What orders the files of one attempt; the learner's own dates only those that came in at one moment."""
    name: int
    path: str


def _rank(found: Candidate, assignment: str, first: bool) -> _Rank:
    stem, sign, order = _stem(found), 1 if first else -1, found.upload.attempt
    name = 0 if stem == assignment else 1 if stem.startswith(assignment) else 3 if _UNTITLED.match(stem) else 2
    attempt, within = ((), order) if found.upload.one_attempt else (order, ())
    moments = found.moment.timestamp(), found.written.timestamp()
    return _Rank(
        tuple(sign * number for number in attempt),
        bool(_CHECKPOINT.search(stem)),
        tuple(sign * number for number in (*within, *moments)),
        name,
        str(found.entry.path),
    )


def _superseded(found: Candidate, taken: Candidate, assignment: str, first: bool) -> Left:
    mine, theirs = _rank(found, assignment, first), _rank(taken, assignment, first)
    if mine.copied and not theirs.copied and mine.attempt == theirs.attempt:
        return Left(found.entry.path, "a copy that an editor keeps")
    same = (mine.attempt, mine.within) == (theirs.attempt, theirs.within)
    if same and mine.name == theirs.name:
        return Left(found.entry.path, f"two of one time: {taken.entry.path} was taken by its name", look=True)
    if same:
        return Left(found.entry.path, f"{taken.entry.path.name} of the same time has the chapter's name")
    return Left(found.entry.path, f"{'an earlier' if first else 'a newer'} one of the same learner was taken")


def _not_ours(chapter: str, assignment: str) -> str:
    if chapter == FOREIGN:
        return f"none of the exercises of {assignment} is in it"
    if chapter in REPLACED:
        return say_replaced(chapter)
    return "it cannot be read" if chapter == DAMAGED else f"it is the notebook of {chapter}"
