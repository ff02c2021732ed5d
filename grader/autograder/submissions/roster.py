"""Who is in the class: ``classroom/roster.csv`` keeps each learner's id, name, platform ids, and what came in."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.course.names import STUDENT_ID, choose_id, folded, name_key
from autograder.course.text import clean_text
from autograder.course.whole_file import write_whole
from autograder.submissions.class_lists import ListedPerson
from autograder.submissions.learner import SAID, CameIn, Learner, plain_key
from autograder.submissions.tables import harmless, restored

_FIELDS = ("id", *SAID, "platform_ids", "dropped")
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
        login, number, email, name = map(clean_text, (login, number, email, name))
        asked = [("key", plain_key(key)) for key in keys]
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
        key = name_key(clean_text(name))
        return self._known.get(("name", key), []) if key else []

    def add(self, name: str = "", login: str = "", key: str = "", wanted: str = "") -> Learner:
        """Add somebody new, with an id of their own."""
        chosen = choose_id(wanted or login, name, key, self._taken)
        learner = Learner(chosen, name, login, keys={key} if key else set())
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
        for word in SAID:
            if said.get(word):
                setattr(learner, word, clean_text(said[word]))
        learner.keys |= set(map(plain_key, said.get("keys", ())))
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
            said = {word: getattr(person, word) for word in (*SAID, "keys")}
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
    """Return the class's roster; an empty one where there is none yet.

    Raises ValueError where a row is nobody's: it would be gone when the roster is written again.
    """
    path = roster_path(classroom)
    if not path.is_file():
        return Roster()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            rows = list(csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ","))
    except (UnicodeDecodeError, csv.Error) as err:
        raise ValueError(f"{path} cannot be read ({err}): save it as CSV in UTF-8") from err
    return Roster(_learners(path, rows))


def write_roster(roster: Roster, classroom: Path) -> None:
    """Write the roster, whole or not at all; it is for the instructor's eyes only."""
    assignments = sorted({name for learner in roster for name in learner.came_in})
    columns = [f"{name} {what}" for name in assignments for what in ("platform", "file", "late")]
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([*_FIELDS, *columns])
    for learner in sorted(roster, key=lambda one: one.id):
        writer.writerow(map(harmless, _row(learner, assignments)))
    write_whole(roster_path(classroom), table.getvalue(), mode=0o600)


def _row(learner: Learner, assignments: list[str]) -> Iterator[str]:
    yield learner.id
    yield from (getattr(learner, word) for word in SAID)
    yield ";".join(sorted(learner.keys))
    yield "yes" if learner.dropped else ""
    for name in assignments:
        came = learner.came_in.get(name)
        yield from (came.platform, came.file, "LATE" if came.late else "") if came else ("", "", "")


def _learners(path: Path, rows: Iterable[dict[Any, Any]]) -> Iterator[Learner]:
    """Yield the learner of each row that is not empty."""
    lines: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        beyond = any(row.pop(None, None) or ())
        if not beyond and not any(row.values()):
            continue
        learner = _learner(row)
        if not STUDENT_ID.fullmatch(learner.id):
            raise ValueError(
                f"{path}, row {line}: {learner.id!r} in the column id cannot stand for a learner. Write the id there, "
                "which is also the name of the folder in submitted, or delete the row"
            )
        if beyond:
            raise ValueError(f"{path}, row {line} ({learner.id}): it has more places than there are columns")
        if learner.id in lines:
            raise ValueError(f"{path}, rows {lines[learner.id]} and {line}: both are {learner.id}. Keep one of them")
        lines[learner.id] = line
        yield learner


def _learner(row: dict[str, str | None]) -> Learner:
    said = {column: restored(value or "") for column, value in row.items()}
    keys, dropped = set(filter(None, said.get("platform_ids", "").split(";"))), bool(said.get("dropped"))
    id, name, login, number, email, section = (said.get(word, "") for word in ("id", *SAID))
    learner = Learner(id, name, login, number, email, section, keys, dropped)
    for column in said:
        found = _CAME_IN.fullmatch(column)
        if found and found["what"] == "file" and said[column]:
            assignment = found["assignment"]
            platform, late = said.get(f"{assignment} platform", ""), bool(said.get(f"{assignment} late"))
            learner.came_in[assignment] = CameIn(platform, said[column], late)
    return learner
