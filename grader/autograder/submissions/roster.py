"""Who is in the class: ``classroom/roster.csv`` keeps each learner's id, name, platform ids, and what came in."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.course.names import choose_id, folded, name_key
from autograder.submissions.class_lists import ListedPerson
from autograder.submissions.learner import CameIn, Learner
from autograder.submissions.tables import harmless, restored

_FIELDS = ("id", "name", "login", "number", "email", "section", "platform_ids", "dropped")
_FOR_ONE_ASSIGNMENT = "moodle:"
"""Keys that may be somebody else's in the next assignment."""
_CAME_IN = re.compile(r"(?P<assignment>\d\d-[a-z0-9-]+) (?P<what>platform|file|late)")


class Roster:
    """Everybody in the class, found by what a platform knows about them."""

    def __init__(self, learners: Iterable[Learner] = ()) -> None:
        self._learners: dict[str, Learner] = {}
        self._taken: set[str] = set()
        self._known: dict[tuple[str, str], list[Learner]] = {}
        for learner in learners:
            self._keep(learner)

    def __iter__(self) -> Iterator[Learner]:
        return iter(self._learners.values())

    def __len__(self) -> int:
        return len(self._learners)

    def get(self, learner: str) -> Learner | None:
        """Return a learner by id."""
        return self._learners.get(learner)

    def name(self, learner: str) -> str:
        """Return a learner's name; the id where it is not known."""
        found = self._learners.get(learner)
        return found.shown if found else learner

    def look_up(self, words: str) -> Learner:
        """Return the one learner whom an instructor means; ValueError where that is nobody, or several."""
        found = self._learners.get(words) or self.find(login=words) or self.find(email=words)
        named = [found] if found else self._known.get(("name", name_key(words)), [])
        if len(named) == 1:
            return named[0]
        if named:
            raise ValueError(f"{words!r} is the name of {', '.join(one.id for one in named)}: give the id")
        raise ValueError(
            f"nobody in the class is called {words!r}; course collect --roster FILE brings a class list in"
        )

    def find(
        self,
        keys: Iterable[str] = (),
        login: str = "",
        number: str = "",
        email: str = "",
        name: str = "",
        alone: bool = True,
    ) -> Learner | None:
        """Return the one learner who fits, by what tells people apart best; None where nobody or several do.

        ``alone`` says whether nobody else in the list that is read has this name.
        """
        asked = [("key", key.replace(";", ",")) for key in keys]
        asked += [("login", folded(login)), ("number", folded(number)), ("email", folded(email))]
        asked += [("name", name_key(name)), ("letters", _letters(name))] if alone else []
        for kind, value in asked:
            found = self._known.get((kind, value), []) if value else []
            if kind == "key" and value.startswith(_FOR_ONE_ASSIGNMENT):
                found = [one for one in found if not one.is_another(name, email)]
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None

    def namesakes(self, name: str) -> list[Learner]:
        """Return everybody of one name."""
        return self._known.get(("name", name_key(name)), []) if name_key(name) else []

    def add(self, name: str = "", login: str = "", key: str = "", wanted: str = "") -> Learner:
        """Add somebody new, with an id of their own."""
        learner = Learner(choose_id(wanted or login, name, key, self._taken), name, login)
        if key:
            learner.keys.add(key.replace(";", ","))  # a semicolon stands between keys
        self._keep(learner)
        return learner

    def adopt(self, learner: str, name: str) -> Learner:
        """Return the learner of this id, who is added where there is none."""
        found = self._learners.get(learner)
        if not found:
            found = Learner(learner, name if name != learner else "")
            self._keep(found)
        return found

    def learn(self, learner: Learner, **said: str | Iterable[str]) -> None:
        """Note what else is known about somebody; what is known already stays where nothing new is said."""
        for word in ("name", "login", "number", "email", "section"):
            if said.get(word):
                setattr(learner, word, said[word])
        learner.keys |= {key.replace(";", ",") for key in said.get("keys", ())}
        self._index(learner)

    def join(self, people: Iterable[ListedPerson]) -> list[Learner]:
        """Take over a class list; return the learners in its order."""
        joined: list[Learner] = []
        taken: set[str] = set()
        people = list(people)
        names = Counter(name_key(person.name) for person in people)
        for person in people:
            alone = bool(person.name) and names[name_key(person.name)] == 1
            known = self.get(person.learner) if person.learner else None
            found = known or self.find(person.keys, person.login, person.number, person.email, person.name, alone)
            if found and found.id in taken:
                found = None
            key = person.keys[0] if person.keys else ""
            found = found or self.add(person.name, person.login, key, person.learner)
            said = {w: getattr(person, w) for w in ("name", "login", "number", "email", "section", "keys")}
            self.learn(found, **said)
            joined.append(found)
            taken.add(found.id)
        return joined

    def _keep(self, learner: Learner) -> None:
        self._learners[learner.id] = learner
        self._taken.add(learner.id.casefold())
        self._index(learner)

    def _index(self, learner: Learner) -> None:
        words = [("key", key) for key in learner.keys]
        words += [("login", folded(learner.login)), ("number", folded(learner.number))]
        words += [("email", folded(learner.email)), ("name", name_key(learner.name))]
        words += [("letters", letters) for letters in _rotations(learner.name)]
        for word in words:
            if word[1]:
                people = self._known.setdefault(word, [])
                if learner not in people:
                    people.append(learner)


def _letters(name: str) -> str:
    return "".join(re.findall(r"[^\W_]+", folded(name)))


def _rotations(name: str) -> set[str]:
    """Return a name's letters in each order that a platform may join them: Canvas writes the last name first."""
    words = re.findall(r"[^\W_]+", folded(name))
    return {"".join(words[i:] + words[:i]) for i in range(len(words))}


def roster_path(classroom: Path) -> Path:
    """Return where the roster lies."""
    return classroom / "roster.csv"


def read_roster(classroom: Path) -> Roster:
    """Return the class's roster; an empty one where there is none yet."""
    path = roster_path(classroom)
    if not path.is_file():
        return Roster()
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        rows = list(csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ","))
    return Roster(_learner(row) for row in rows if row.get("id"))


def write_roster(roster: Roster, classroom: Path) -> None:
    """Write the roster, whole or not at all; it is for the instructor's eyes only."""
    assignments = sorted({name for learner in roster for name in learner.came_in})
    columns = [f"{name} {what}" for name in assignments for what in ("platform", "file", "late")]
    path = roster_path(classroom)
    draft = path.with_name(f".{path.name}.tmp")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_FIELDS, *columns])
        for learner in sorted(roster, key=lambda one: one.id):
            writer.writerow(map(harmless, _row(learner, assignments)))
    draft.replace(path)


def _row(learner: Learner, assignments: list[str]) -> Iterator[str]:
    yield from (learner.id, learner.name, learner.login, learner.number, learner.email, learner.section)
    yield ";".join(sorted(learner.keys))
    yield "yes" if learner.dropped else ""
    for name in assignments:
        came = learner.came_in.get(name)
        yield from (came.platform, came.file, "LATE" if came.late else "") if came else ("", "", "")


def _learner(row: dict[str, str | None]) -> Learner:
    said = {key: restored(value or "") for key, value in row.items() if isinstance(key, str)}
    keys, dropped = set(filter(None, said.get("platform_ids", "").split(";"))), bool(said.get("dropped"))
    id, name, login, number, email, section = (said.get(word, "") for word in _FIELDS[:6])
    learner = Learner(id, name, login, number, email, section, keys, dropped)
    for column in said:
        found = _CAME_IN.fullmatch(column)
        if found and found["what"] == "file" and said[column]:
            assignment = found["assignment"]
            platform, late = said.get(f"{assignment} platform", ""), bool(said.get(f"{assignment} late"))
            learner.came_in[assignment] = CameIn(platform, said[column], late)
    return learner
