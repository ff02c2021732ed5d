"""Bring what a learning platform handed out into the class's ``submitted`` folder, and say what became of each file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath

from autograder.course import limits
from autograder.course.classroom import Classroom
from autograder.course.clock import TIMESTAMP_NAME, class_zone, handed_in, in_zone, noted_moment
from autograder.course.lock import hold_lock
from autograder.submissions.archives import list_entries
from autograder.submissions.choosing import NEVER, Candidate, Choice, Left, candidate, choose
from autograder.submissions.class_lists import ListedPerson, read_class_list
from autograder.submissions.delivery import deliver_notebook
from autograder.submissions.entries import Entry, Unreadable, is_junk, reason
from autograder.submissions.learner import CameIn, Learner
from autograder.submissions.owners import (
    Owner,
    Told,
    enlist,
    find_owners,
    is_listed,
    join_list,
    lists_another_assignment,
)
from autograder.submissions.platforms import NAMES, PLATFORMS, find_downloads, read_uploads, tell_platform
from autograder.submissions.platforms.blackboard import ATTEMPT_TEXT
from autograder.submissions.roster import Roster, read_roster, write_roster

_ATTACHMENT = "canvas"
"""The platform whose numbers of files grow with time, where the time in its archive is that of packing."""


@dataclass
class Collected:
    """What became of everything that a platform handed out."""

    platform: str = ""
    taken: list[str] = field(default_factory=list)
    """Learners whose work is new."""
    unchanged: list[str] = field(default_factory=list)
    """Learners whose work was there already."""
    late: list[str] = field(default_factory=list)
    """Learners whom the platform calls late."""
    missing: list[str] = field(default_factory=list)
    """Learners of the roster who have handed nothing in."""
    left: list[Left] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Sentences for an instructor to look at."""
    roster: Roster = field(default_factory=Roster)

    @property
    def needs_look(self) -> bool:
        """Whether something needs an instructor's eye."""
        return bool(self.remarks) or any(left.look for left in self.left) or not (self.taken or self.unchanged)


@dataclass(frozen=True)
class _Run:
    """What all learners of one run have in common."""

    assignment: str
    classroom: Classroom
    platform: str
    first: bool
    zone: tzinfo | None
    limit: int
    told: Told


def collect_submissions(
    sources: Sequence[Path],
    assignment: str,
    classroom: Classroom,
    platform: str = "",
    roster: Path | None = None,
    attempt: str = "last",
) -> Collected:
    """Take one notebook a learner.

    Raises ClassBusyError where another run is at work in the class, and ValueError or OSError where nothing at all
    can be taken; whatever is wrong with one file or one learner is told in what is returned.
    """
    if platform and platform not in NAMES:
        raise ValueError(f"no platform {platform}; there are {', '.join(NAMES)}")
    for source in sources:
        source.stat()  # what is not there is told before anything is written
    classroom.make()
    with hold_lock(classroom.folder):
        people = read_roster(classroom.folder)
        listed = read_class_list(roster) if roster else []
        told = join_list(people, listed)
        zone = class_zone(classroom.folder)
        done = Collected(roster=people)
        entries = list(_sift(sources, zone, done))
        done.platform = platform or tell_platform(entries)
        bounds = limits.load(classroom.folder / "limits.toml")
        run = _Run(assignment, classroom, done.platform, attempt == "first", zone, bounds.file_bytes, told)
        candidates = _candidates(entries, run, done)
        if roster and lists_another_assignment(candidates, told):
            raise ValueError(
                f"{roster.name} is the worksheet of another assignment: none of its participants' numbers is in the "
                f"download. Download the grading worksheet of {assignment} and collect again"
            )
        try:
            for owner in find_owners(candidates, people, run.platform, told):
                _take_learner(owner, run, done)
        finally:
            write_roster(people, classroom.folder)
    handed = {*done.taken, *done.unchanged}
    handed |= set(classroom.submissions(assignment))
    done.missing = sorted(one.id for one in people if one.id not in handed and not one.dropped)
    return done


def _sift(sources: Iterable[Path], zone: tzinfo | None, done: Collected) -> Iterable[Entry]:
    """Yield the files that may be somebody's work; note all others."""
    for source in sources:
        for found in list_entries(source, zone):
            if isinstance(found, Unreadable):
                done.left.append(Left(found.path if found.path.parts else source.name, found.why, found.look))
            elif is_junk(found.path):
                done.left.append(Left(found.path, "a copy or a note of an editor or of the system"))
            else:
                yield found


def _candidates(entries: list[Entry], run: _Run, done: Collected) -> list[Candidate]:
    """Return what the platform's names say about each file; note the files whose names it does not write."""
    logins = [one.login for one in done.roster if one.login]
    uploads, strange = read_uploads(entries, run.platform, run.assignment, logins)
    done.left += [Left(entry.path, f"{run.platform} writes no such name", look=True) for entry in strange]
    _refuse_names_below(done.roster, {entry.path.parts[: upload.depth] for entry, upload in uploads})
    depths = [(entry, upload.depth) for entry, upload in uploads] + [(entry, 0) for entry in strange]
    for path, platform in find_downloads(depths).items():
        done.remarks.append(
            f"{path} holds names as {platform} writes them: if it is a download of several people, take it out of what "
            "lies around it and give it to course collect as a source of its own"
        )
    return [candidate(entry, upload, run.zone) for entry, upload in uploads]


def _refuse_names_below(people: Roster, around: Collection[tuple[str, ...]]) -> None:
    """Refuse to take one learner's folder for one that lies around the work of several people: ValueError."""
    parts = next(iter(around)) if len(around) == 1 else ()
    for part in parts:
        if is_listed(people, PurePosixPath(part)):
            raise ValueError(
                f"{part} is somebody of the class, but names in it would say whose the work is. If it is theirs alone, "
                f"take the notebook out and give it as {PurePosixPath(part).stem}.ipynb; if it lies around the work of "
                "several people, name it as the source itself"
            )


def _take_learner(owner: Owner, run: _Run, done: Collected) -> None:
    """Take one learner's notebook; what goes wrong is that learner's."""
    ours = [found for found in owner.files if found.upload.file != ATTEMPT_TEXT]
    try:
        choice = choose(ours, run.assignment, run.first, run.limit)
        done.left += choice.left
        if not choice.taken:
            if not ours:
                done.left.append(Left(owner.files[0].entry.path, "an attempt without a file", look=True))
            return
        learner = enlist(owner, done.roster, run.platform)
        _doubt(owner, learner, run, done)
        if learner.dropped:
            done.left.append(Left(choice.taken.entry.path, f"{learner.id} has left the class (course drop)"))
            return
        _put(learner, choice, run, done, run.told.people.get(learner.id))
    except Exception as err:  # whatever it is, the others are taken
        why = reason(err) if isinstance(err, OSError) else f"{type(err).__name__}: {err}"
        done.left.append(Left(owner.files[0].entry.path, f"it could not be taken: {why}", look=True))


def _doubt(owner: Owner, learner: Learner, run: _Run, done: Collected) -> None:
    """Remark on a learner who may be somebody else."""
    name, listed = owner.name or learner.id, bool(run.told.people)
    if not owner.sure:
        what = "the list does not tell them apart" if listed else "give --roster to join them"
        done.remarks.append(f"several people may be {name}; this one is {learner.id}: {what}")
    elif listed and learner.id not in run.told.people:
        done.remarks.append(f"{name} ({learner.id}) is not in the list given")


def _put(learner: Learner, choice: Choice, run: _Run, done: Collected, said: ListedPerson | None) -> None:
    """Write a learner's notebook, unless a newer one is there."""
    found = choice.taken
    assert found is not None
    listed = in_zone(said.submitted, run.zone) if said and said.submitted else None
    if run.first and found.moment != NEVER:
        listed = None  # the list has the time of the last attempt
    moment = listed or found.moment
    if moment == NEVER:
        moment = datetime.now(UTC)
        done.remarks.append(f"{learner.id}: when it was handed in is not known; now was noted")
    late = found.upload.late or bool(said and said.late)
    came = CameIn(run.platform, found.upload.label, late)
    folder = run.classroom.submitted / learner.id / run.assignment
    old = learner.came_in.get(run.assignment)
    if folder.is_dir() and not folder.is_symlink():
        same, newer = _compare(folder, choice.raw, (came, moment), old, run)
        told = listed and noted_moment(folder) != moment  # the class list knows better
        if listed and not (same or told):  # the list's time is that of the work that is here
            done.unchanged.append(learner.id)
            why = "other work of the same time is here: download the file and the list together"
            done.left.append(Left(found.entry.path, why, look=True))
            return
        if (same and not told) or newer:
            learner.came_in.setdefault(run.assignment, came)
            if same:
                learner.came_in[run.assignment] = came
            done.unchanged.append(learner.id)
            if not same:
                why = "an earlier attempt is there" if run.first else "a newer one was collected before"
                done.left.append(Left(found.entry.path, why))
            return
    files = {f"{run.assignment}.ipynb": choice.raw, TIMESTAMP_NAME: f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()}
    deliver_notebook(run.classroom.submitted, learner.id, run.assignment, files)
    learner.came_in[run.assignment] = came
    done.taken.append(learner.id)
    if late:
        done.late.append(learner.id)


def _compare(
    folder: Path, raw: bytes, new: tuple[CameIn, datetime], old: CameIn | None, run: _Run
) -> tuple[bool, bool]:
    """Tell whether the same bytes are there already, and whether what is there goes before."""
    path = folder / f"{run.assignment}.ipynb"
    if path.is_symlink() or not path.is_file():
        return False, False  # nothing that anybody handed in
    same = path.stat().st_size == len(raw) and path.read_bytes() == raw
    came, moment = new
    there = handed_in(folder, path.name).timestamp()
    order = (there, moment.timestamp())
    if old and old.platform == came.platform == _ATTACHMENT:
        numbers = [_attachment(one.file) for one in (old, came)]
        if all(numbers):
            order = (numbers[0], numbers[1])
    return same, order[0] < order[1] if run.first else order[0] > order[1]


def _attachment(label: str) -> int:
    found = PLATFORMS[_ATTACHMENT].read((label,))
    return found.attempt[0] if found else 0
