"""Lists of a class as platforms write them: Canvas's gradebook, Moodle's worksheet, Brightspace's and Blackboard's."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.course.names import folded
from autograder.submissions.tables import Table, read_table

_ALIASES = {
    "name": ("full name", "name", "vollstandiger name", "nom complet", "nombre completo", "display name"),
    "first": ("first name", "firstname", "given name", "vorname", "prenom", "nombre"),
    "last": ("last name", "lastname", "surname", "family name", "nachname", "nom", "apellidos"),
    "login": ("sis login id", "username", "user name", "login", "user", "anmeldename", "nom d'utilisateur"),
    "number": (
        "sis user id", "orgdefinedid", "student id", "id number", "number", "matriculation number", "matrikelnummer",
    ),
    "email": ("email address", "email", "e-mail", "e-mail-adresse", "adresse de courriel", "mail"),
    "section": ("section", "sections", "group", "gruppe"),
    "participant": ("identifier", "participant", "id de usuario", "identifiant"),
    "status": ("status",),
    "submitted": ("last modified (submission)", "zuletzt geandert (abgabe)"),
    "learner": ("id", "learner", "learner id", "student"),
}  # fmt: skip
_PARTICIPANT = re.compile(r"\D*?(\d+)")
_TIME = re.compile(
    r"(?P<day>\d{1,2})\.? (?P<month>[^\W\d]{3})[^\W\d]*\.? (?P<year>\d{4}),? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?: ?(?P<half>[AaPp])\.?[Mm])?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_GERMAN = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_TEST_STUDENTS = {"student, test", "test student"}


@dataclass(frozen=True)
class ListedPerson:
    """One row of a class list, with what it says."""

    name: str = ""
    login: str = ""
    number: str = ""
    email: str = ""
    section: str = ""
    keys: tuple[str, ...] = ()
    """Who it is to platforms: ``canvas:12345``, ``moodle:678``."""
    learner: str = ""
    """An id that the list itself gives."""
    late: bool = False
    submitted: datetime | None = None
    """When the platform says that the work came in, by its own clock."""


def read_class_list(path: Path) -> list[ListedPerson]:
    """Return everybody in a class list; ValueError where it has no column that tells people apart."""
    table = read_table(path)
    columns = find_columns(table)
    if not columns.keys() & {"name", "first", "last", "login", "number", "email", "participant", "learner"}:
        raise ValueError(f"{path} has no column that says who somebody is, such as Username or Full name")
    return [person for row in range(1, len(table.raw)) if (person := listed_person(table, row, columns))]


def find_columns(table: Table) -> Mapping[str, int]:
    """Return what a column says -> its number."""
    heads = [folded(name.strip()).replace("'", "'") for name in table.head]
    columns = {}
    for word, names in _ALIASES.items():
        found = [heads.index(folded(name)) for name in names if folded(name) in heads]
        if found:
            columns[word] = found[0]
    if heads[:2] == ["student", "id"]:  # Canvas
        columns |= {"name": 0, "canvas": 1}
        columns.pop("learner", None)
    elif "participant" not in columns and len(table.raw) > 1 and heads and heads[0] in ("id", "") and "name" in columns:
        values = [table.get(row, 0) for row in range(1, len(table.raw))]
        if values and all(re.fullmatch(r"[^\d]+\d+", value.strip()) for value in values if value.strip()):
            columns["participant"] = 0  # Moodle in another language
            columns.pop("learner", None)
    return columns


def listed_person(table: Table, row: int, columns: Mapping[str, int]) -> ListedPerson | None:
    """Return who a row is about; None where it is about nobody."""
    said = {word: table.get(row, column).strip().lstrip("'") for word, column in columns.items()}
    name = said.get("name") or " ".join(filter(None, (said.get("first"), said.get("last"))))
    if "Points Possible" in table.get(row, 0) or folded(name) in _TEST_STUDENTS or not any(said.values()):
        return None
    if "canvas" in columns and not said["canvas"] and not said.get("login"):
        return None  # "Manual Posting" and its like
    number = _PARTICIPANT.fullmatch(said.get("participant", ""))
    keys = (*_key("canvas", said.get("canvas", "")), *_key("moodle", str(int(number[1])) if number else ""))
    return ListedPerson(
        name=name,
        login=said.get("login", "").lstrip("#"),
        number=said.get("number", "").lstrip("#"),
        email=said.get("email", ""),
        section=said.get("section", ""),
        keys=keys,
        learner=said.get("learner", ""),
        late=bool(re.search(r"\blate\b", said.get("status", ""), re.IGNORECASE)),
        submitted=read_time(said.get("submitted", "")),
    )


def _key(platform: str, value: str) -> Iterator[str]:
    if value:
        yield f"{platform}:{value}"


def read_time(text: str) -> datetime | None:
    """Return a time as Moodle writes it in English or German; None for everything else.

    >>> read_time("Tuesday, 3 March 2026, 11:59 PM")
    datetime.datetime(2026, 3, 3, 23, 59)
    """
    found = _TIME.search(text)
    if not found:
        return None
    month = folded(found["month"])
    table = _MONTHS if month in _MONTHS else _MONTHS_GERMAN
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    with contextlib.suppress(ValueError):
        return datetime(int(found["year"]), table.index(month) + 1, int(found["day"]), hour, int(found["minute"]))
    return None
