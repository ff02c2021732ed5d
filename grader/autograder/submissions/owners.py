"""Whose each file of a download is: the platform's number tells, a login, or a name that only one person has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.course.names import name_key
from autograder.submissions.choosing import Candidate
from autograder.submissions.class_lists import ListedPerson
from autograder.submissions.learner import Learner
from autograder.submissions.platforms import FOLDERS
from autograder.submissions.roster import Roster

_NUMBERED = ("canvas", "brightspace", "blackboard")
"""Platforms that give everybody one number, or one login, for ever."""
_UNLISTED = "brightspace"
"""The platform whose numbers stand in no class list: there a name that is listed once tells who it is."""


@dataclass
class Owner:
    """One person of a download, with everything that this person handed in."""

    key: str
    """Who it is to the platform."""
    name: str
    login: str = ""
    files: list[Candidate] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """All keys, where a platform gives one person several."""
    learner: Learner | None = None
    """Who it is in the class; None for somebody new."""
    sure: bool = True
    """Whether it can be nobody else."""


@dataclass(frozen=True)
class Told:
    """What the class list of this run says."""

    people: Mapping[str, ListedPerson] = field(default_factory=dict)
    """Learner -> row."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Platform's key -> learner."""
    once: frozenset[str] = frozenset()
    """Names that stand in it once, as ``name_key`` writes them."""


def join_list(roster: Roster, listed: Sequence[ListedPerson]) -> Told:
    """Take a class list over into the roster."""
    joined = [one.id for one in roster.join(listed)]
    names = Counter(name_key(person.name) for person in listed)
    return Told(
        dict(zip(joined, listed, strict=True)),
        {key: learner for learner, person in zip(joined, listed, strict=True) for key in person.keys},
        frozenset(name for name, count in names.items() if count == 1 and name),
    )


def lists_another_assignment(files: Iterable[Candidate], told: Told) -> bool:
    """Tell whether a Moodle worksheet has none of a download's numbers: they are new in every assignment."""
    ours = {found.upload.key for found in files if found.upload.key.startswith("moodle:")}
    listed = {key for key in told.keys if key.startswith("moodle:")}
    return bool(ours and listed) and not ours & listed


def find_owners(files: Iterable[Candidate], roster: Roster, platform: str, told: Told) -> list[Owner]:
    """Return everybody who has a file in a download; nobody is added to the roster.

    Of several people of one name nobody is guessed: they stay apart, and are not sure.
    """
    owners: dict[tuple[str, str], Owner] = {}
    for found in files:
        upload = found.upload
        owner = owners.setdefault((upload.key, upload.name), Owner(upload.key, upload.name, keys={upload.key}))
        owner.login = owner.login or upload.login
        owner.files.append(found)
    names = Counter(name_key(owner.name) for owner in owners.values())
    for owner in owners.values():
        _identify(owner, roster, platform, told, names[name_key(owner.name)] > 1)
    return _merged(owners.values())


def is_listed(roster: Roster, place: PurePosixPath) -> bool:
    """Tell whether a folder or an archive is called as somebody of the class."""
    name = place.stem if place.suffix.lower() == ".zip" else place.name
    return bool(roster.get(name) or roster.find([f"{FOLDERS}:{name}"], login=name) or roster.namesakes(name))


def enlist(owner: Owner, roster: Roster, platform: str) -> Learner:
    """Return an owner's learner, who is added to the roster where nobody there is the one."""
    known = owner.learner
    if not known:
        blind = platform == "moodle" and not owner.name
        name = f"Participant {owner.key.partition(':')[2]}" if blind else owner.name
        known = roster.add(name, owner.login, owner.key)
    roster.learn(known, keys=owner.keys, name="" if known.name else owner.name)
    return known


def _identify(owner: Owner, roster: Roster, platform: str, told: Told, double: bool) -> None:
    listed = told.keys.get(owner.key, "")
    owner.learner = roster.get(listed) or roster.find([owner.key], name=owner.name, alone=False)
    owner.learner = owner.learner or (roster.get(owner.login) if owner.login else None)
    if not owner.learner and not (double and platform == FOLDERS):  # folders Ada and ada are two people
        owner.learner = roster.find(login=owner.login)
    if owner.learner or not owner.name:
        return
    if platform == _UNLISTED and name_key(owner.name) in told.once:
        owner.learner = roster.find(name=owner.name)
        return
    if double and platform == _UNLISTED:
        numbered = roster.find(number=owner.key.partition(":")[2])
        if numbered and numbered in roster.namesakes(owner.name):
            owner.learner = numbered
            return
    known = None if double else roster.find(name=owner.name)
    if known and platform in _NUMBERED and any(one.startswith(f"{platform}:") for one in known.keys):
        known = None  # this platform knows that one by another number
    owner.learner = known
    owner.sure = known is not None or not (double or roster.namesakes(owner.name))


def _merged(owners: Iterable[Owner]) -> list[Owner]:
    """Return the owners, those that are the same learner as one."""
    found: dict[str, Owner] = {}
    rest = []
    for owner in owners:
        same = found.setdefault(owner.learner.id, owner) if owner.learner else owner
        if same is owner:
            rest.append(owner)
        else:
            same.files += owner.files
            same.keys |= owner.keys
    return rest
