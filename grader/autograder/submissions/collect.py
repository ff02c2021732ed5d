"""Bring what a learning platform handed out into the class's ``submitted`` folder, and say what became of each file."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.course import limits
from autograder.course.classroom import Classroom
from autograder.course.clock import TIMESTAMP_NAME, class_zone, handed_in, in_zone, noted_moment
from autograder.course.lock import hold_lock
from autograder.course.names import name_key
from autograder.submissions.archives import Entry, Unreadable, is_junk, list_entries, reason
from autograder.submissions.choosing import NEVER, Candidate, Choice, Left, candidate, choose
from autograder.submissions.class_lists import ListedPerson, read_class_list
from autograder.submissions.delivery import deliver_notebook
from autograder.submissions.platforms import NAMES, canvas, read_uploads, tell_platform
from autograder.submissions.platforms.blackboard import ATTEMPT_TEXT
from autograder.submissions.roster import CameIn, Learner, Roster, read_roster, write_roster

_NUMBERED = ("canvas", "brightspace", "blackboard")
"""Platforms that give everybody one number, or one login, for ever."""
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
    doubles: frozenset[str] = frozenset()
    """Names that several people of this download have, as ``name_key`` writes them."""


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
        told = dict(zip([one.id for one in people.join(listed)], listed, strict=True))
        zone = class_zone(classroom.folder)
        done = Collected(roster=people)
        entries = list(_sift(sources, zone, done))
        done.platform = platform or tell_platform(entries)
        bounds = limits.load(classroom.folder / "limits.toml")
        run = _Run(assignment, classroom, done.platform, attempt == "first", zone, bounds.file_bytes)
        try:
            owners = _by_owner(entries, run, done)
            names = Counter(name_key(name) for _, name in owners)
            run = dataclasses.replace(run, doubles=frozenset(name for name, count in names.items() if count > 1))
            for owner, files in owners.items():
                _take_learner(owner, files, run, done, told, bool(listed))
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


def _by_owner(entries: list[Entry], run: _Run, done: Collected) -> Mapping[tuple[str, str], list[Candidate]]:
    """Return (platform's key, name) -> files; whoever is told apart by the name alone has the same key."""
    logins = [one.login for one in done.roster if one.login]
    uploads, strange = read_uploads(entries, run.platform, run.assignment, logins)
    done.left += [Left(entry.path, f"{run.platform} writes no such name", look=True) for entry in strange]
    owners: dict[tuple[str, str], list[Candidate]] = {}
    for entry, upload in uploads:
        owners.setdefault((upload.key, upload.name), []).append(candidate(entry, upload, run.zone))
    return owners


def _take_learner(
    owner: tuple[str, str],
    files: list[Candidate],
    run: _Run,
    done: Collected,
    told: Mapping[str, ListedPerson],
    listed: bool,
) -> None:
    """Take one learner's notebook; what goes wrong is that learner's."""
    ours = [found for found in files if found.upload.file != ATTEMPT_TEXT]
    try:
        choice = choose(ours, run.assignment, run.first, run.limit)
        done.left += choice.left
        if not choice.taken:
            if not ours:
                done.left.append(Left(files[0].entry.path, "an attempt without a file", look=True))
            return
        learner, sure = _learner(choice.taken, owner, done.roster, run)
        if listed and (not sure or learner.id not in told):
            done.remarks.append(f"{choice.taken.upload.name or learner.id} ({learner.id}) is not in the list given")
        if not sure and not listed:
            name = choice.taken.upload.name
            done.remarks.append(f"several people may be {name}; this one is {learner.id}: give --roster to join them")
        if learner.dropped:
            done.left.append(Left(choice.taken.entry.path, f"{learner.id} has left the class (course drop)"))
            return
        _put(learner, choice, run, done, told.get(learner.id))
    except Exception as err:  # whatever it is, the others are taken
        why = reason(err) if isinstance(err, OSError) else f"{type(err).__name__}: {err}"
        done.left.append(Left(files[0].entry.path, f"it could not be taken: {why}", look=True))


def _learner(found: Candidate, owner: tuple[str, str], roster: Roster, run: _Run) -> tuple[Learner, bool]:
    """Return whose a file is, and whether that is sure: of several people of one name nobody is guessed."""
    key, name = owner
    login = found.upload.login
    known = roster.find([key]) or (roster.get(login) if login else None) or roster.find(login=login)
    sure = True
    if not known and name:
        known = None if name_key(name) in run.doubles else roster.find(name=name)
        if known and run.platform in _NUMBERED and any(one.startswith(f"{run.platform}:") for one in known.keys):
            known = None  # this platform knows that one by another number
        sure = known is not None or not (name_key(name) in run.doubles or roster.namesakes(name))
    if not known:
        blind = run.platform == "moodle" and not name
        known = roster.add(f"Participant {key.partition(':')[2]}" if blind else name, login, key)
    roster.learn(known, keys=[key], name="" if known.name else name)
    return known, sure


def _put(learner: Learner, choice: Choice, run: _Run, done: Collected, said: ListedPerson | None) -> None:
    """Write a learner's notebook, unless a newer one is there."""
    found = choice.taken
    assert found is not None
    moment = in_zone(said.submitted, run.zone) if said and said.submitted else found.moment
    if moment == NEVER:
        moment = datetime.now(UTC)
        done.remarks.append(f"{learner.id}: when it was handed in is not known; now was noted")
    late = found.upload.late or bool(said and said.late)
    came = CameIn(run.platform, found.upload.label, late)
    folder = run.classroom.submitted / learner.id / run.assignment
    old = learner.came_in.get(run.assignment)
    if folder.is_dir() and not folder.is_symlink():
        same, newer = _compare(folder, choice.raw, (came, moment), old, run)
        told = said and said.submitted and noted_moment(folder) != moment  # the class list knows better
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
    found = canvas.recognize((label,))
    return found.attempt[0] if found else 0
