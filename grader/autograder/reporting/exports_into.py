"""Fill marks into the very table that a platform gave, and touch nothing else in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from autograder.course import paths
from autograder.course.names import folded, name_key
from autograder.reporting.marks_to_export import AssignmentMarks, ClassMarks, Mark
from autograder.submissions.class_lists import find_columns, listed_person
from autograder.submissions.learner import Learner
from autograder.submissions.platforms import FOLDERS
from autograder.submissions.tables import Table

_GRADE_HEADS = ("grade", "bewertung", "note", "calificacion", "valutazione")
_MAX_HEADS = ("maximum grade", "bestwertung", "note maximale", "calificacion maxima")
_LOCK_HEADS = ("grade can be changed", "bewertung kann geandert werden")
_NOT = ("no", "nein", "non")
_CANVAS_TITLE = re.compile(r"(?P<title>.*?)\s*\(\d+\)\s*")
_BRIGHTSPACE_TITLE = re.compile(r"(?P<title>.*?) (?:Points|Numeric|Weighted) Grade\b.*", re.IGNORECASE)
_BLACKBOARD_TITLE = re.compile(r"(?P<title>.*?)\s*\[[^\]]*\]\s*\|\s*\d+\s*")
_FIRST_OF_CANVAS = "section"


@dataclass
class Filled:
    """What became of a platform's table."""

    filled: int = 0
    notes: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)
    """What an instructor should look at."""


def tell_table(table: Table) -> str:
    """Return the platform that wrote a table; ValueError where its columns do not tell."""
    heads = [folded(head.strip()) for head in table.head]
    if heads[:2] == ["student", "id"]:
        return "canvas"
    if "end-of-line indicator" in heads:
        return "brightspace"
    if any(_BLACKBOARD_TITLE.fullmatch(head) for head in table.head):
        return "blackboard"
    if any(head in heads for head in _MAX_HEADS):
        return "moodle"
    if find_columns(table).keys() & {"learner", "login", "number", "email", "name"}:
        return "csv"  # a table of one's own
    raise ValueError("the columns do not tell which platform wrote this file: give --platform")


def fill_table(table: Table, platform: str, given: ClassMarks, column: str = "") -> Filled:
    """Fill everybody's marks in; return what was done, what the platform will skip, and who has no row.

    Raises ValueError where the column of an assignment cannot be told.
    """
    done = Filled()
    rows = _match_rows(table, given, done)
    if platform == "moodle" and len(given.assignments) != 1:
        raise ValueError("Moodle's worksheet is of one assignment: name the one that it belongs to")
    for assignment in given.assignments:
        place = _column(table, platform, assignment.assignment, column, len(given.assignments) == 1)
        done.notes.append(f"{assignment.assignment} is filled into the column {table.get(0, place)!r}")
        _compare_points(table, platform, place, assignment, done)
        target = _Target(table, place, platform, _writes_comma(table, place))
        for row, learner in rows.items():
            _fill(target, row, learner, assignment.marks.get(learner.id, Mark(None)), done)
        marked = {learner for learner, mark in assignment.marks.items() if mark.points is not None}
        absent = marked - {learner.id for learner in rows.values()}
        for absentee in sorted(absent):
            known = given.roster.get(absentee)
            came = known.came_in.get(assignment.assignment) if known else None
            if not came or came.platform in (platform, FOLDERS):  # others came from another platform
                done.looks.append(f"{absentee} has a mark and no row in this file")
    done.notes += [f"{learner.shown} ({learner.id}) has left the class: not filled" for learner in given.dropped]
    return done


def _match_rows(table: Table, given: ClassMarks, done: Filled) -> dict[int, Learner]:
    """Return row -> learner; name the rows that are nobody's."""
    columns = find_columns(table)
    people = {row: listed_person(table, row, columns) for row in range(1, len(table.raw))}
    names = Counter(name_key(person.name) for person in people.values() if person)
    taken: set[str] = set()
    rows: dict[int, Learner] = {}
    for row, person in people.items():
        if not person:
            continue
        alone = bool(person.name) and names[name_key(person.name)] == 1
        learner = given.roster.get(person.learner) if person.learner else None
        learner = learner or given.roster.find(
            person.keys, person.login, person.number, person.email, person.name, alone
        )
        shown = person.name or person.login or person.email or person.number or (person.keys or ("?",))[0]
        if not learner:
            done.notes.append(f"row {row + 1} ({shown}) is nobody who handed in: left as it is")
        elif learner.id in taken:
            done.looks.append(f"row {row + 1} ({shown}) is {learner.id} once more: left as it is")
        elif not learner.dropped:
            rows[row] = learner
            taken.add(learner.id)
    return rows


@dataclass(frozen=True)
class _Target:
    """The column that is filled."""

    table: Table
    place: int
    platform: str
    comma: bool
    """Whether decimals are written with a comma."""


def _fill(target: _Target, row: int, learner: Learner, mark: Mark, done: Filled) -> None:
    table, place, platform = target.table, target.place, target.platform
    there = table.get(row, place).strip()
    who = f"{learner.shown} ({learner.id})"
    if there.upper() == "EX" and platform == "canvas":
        done.notes.append(f"{who} is excused in this file: left as it is")
        return
    if mark.excused:
        if platform == "canvas":
            table.put(row, place, "EX")
            done.filled += 1
        done.notes.append(f"{who} is excused")
        return
    if mark.points is None:
        done.notes.append(f"{who}: nothing was handed in, the place stays {there or 'empty'}")
        return
    if platform == "moodle":
        _warn_of_skips(table, row, who, mark.points, done)
    text = f"{mark.points:.2f}".rstrip("0").rstrip(".")
    table.put(row, place, text.replace(".", ",") if target.comma else text)
    done.filled += 1
    if mark.words:
        done.notes.append(f"{who}: {mark.words}")


def _warn_of_skips(table: Table, row: int, who: str, points: float, done: Filled) -> None:
    """Say which rows Moodle leaves out without a word."""
    lock, most = _head(table, _LOCK_HEADS), _head(table, _MAX_HEADS)
    if lock is not None and folded(table.get(row, lock).strip()) in _NOT:
        done.looks.append(f"{who}: Moodle will skip this row, for its grade is locked")
    limit = _number(table.get(row, most)) if most is not None else None
    if limit is not None and points > limit:
        done.looks.append(f"{who}: Moodle will skip this row, for {points:g} is more than its maximum of {limit:g}")


def _compare_points(table: Table, platform: str, place: int, assignment: AssignmentMarks, done: Filled) -> None:
    """Say so where the platform counts other points than the course."""
    known: float | None = None
    if platform == "canvas":
        row = next((n for n in range(1, len(table.raw)) if "Points Possible" in table.get(n, 0)), None)
        known = _number(table.get(row, place)) if row is not None else None
    elif platform == "moodle" and len(table.raw) > 1:
        most = _head(table, _MAX_HEADS)
        known = _number(table.get(1, most)) if most is not None else None
    elif platform == "blackboard":
        found = re.search(r"Total Pts: *([\d.,]+)", table.head[place])
        known = _number(found[1]) if found else None
    elif platform == "brightspace":
        found = re.search(r"MaxPoints: *([\d.,]+)", table.head[place])
        known = _number(found[1]) if found else None
    if known is not None and abs(known - assignment.max_points) > 1e-6:
        done.looks.append(
            f"{assignment.assignment} has {assignment.max_points:g} points here and {known:g} on the platform"
        )


def _column(table: Table, platform: str, assignment: str, chosen: str, alone: bool) -> int:
    heads = table.head
    if chosen:
        found = [n for n, head in enumerate(heads) if chosen in (head, _title(head, platform))]
        return _only(found, f"no column {chosen!r}", heads)
    if platform == "moodle":
        place = _head(table, _GRADE_HEADS)
        if place is None:
            raise ValueError(f"no column Grade in this file; give its name with --column: {', '.join(heads)}")
        return place
    places = _marked(table, platform)
    titles = {n: folded(_title(heads[n], platform)) for n in places}
    for fits in _FITS:
        found = [n for n, title in titles.items() if fits(title, assignment)]
        if len(found) == 1:
            return found[0]
    if alone and len(places) == 1 and not _is_anothers(titles[places[0]], assignment):
        return places[0]
    if platform == "csv":  # a class list of one's own gets a column more
        table.put(0, len(heads), assignment)
        return len(heads)
    named = ", ".join(heads[n] for n in places) or "none"
    raise ValueError(f"no column of this file is {assignment}'s; give its name with --column ({named})")


_FITS: tuple[Callable[[str, str], bool], ...] = (
    lambda title, assignment: title == assignment,
    lambda title, assignment: _words(title) == _words(assignment),
    lambda title, assignment: _words(title) == _words(assignment)[1:],
    lambda title, assignment: _words(assignment)[1:] == _words(title)[-len(_words(assignment)[1:]) :],
    lambda title, assignment: set(_words(assignment)[1:]) <= set(_words(title)),
)
"""Whether the title of a column is that of an assignment, the surest first."""


def _is_anothers(title: str, assignment: str) -> bool:
    """Tell whether a column belongs to another chapter."""
    return any(fits(title, other) for other in paths.assignments() if other != assignment for fits in _FITS)


def _marked(table: Table, platform: str) -> list[int]:
    """Return the columns that can hold an assignment's marks."""
    heads = table.head
    if platform == "canvas":
        start = next((n for n, head in enumerate(heads) if folded(head.strip()) == _FIRST_OF_CANVAS), 4) + 1
        locked = {
            n
            for row in range(1, min(4, len(table.raw)))
            for n in range(start, len(heads))
            if "(read only)" in table.get(row, n)
        }
        return [n for n in range(start, len(heads)) if n not in locked and heads[n].strip()]
    pattern = _BRIGHTSPACE_TITLE if platform == "brightspace" else _BLACKBOARD_TITLE
    places = [n for n, head in enumerate(heads) if pattern.fullmatch(head)]
    known = set(find_columns(table).values())
    return places or [n for n in range(len(heads)) if n not in known and folded(heads[n]) != "end-of-line indicator"]


def _title(head: str, platform: str) -> str:
    patterns = {"canvas": _CANVAS_TITLE, "brightspace": _BRIGHTSPACE_TITLE, "blackboard": _BLACKBOARD_TITLE}
    found = patterns[platform].fullmatch(head) if platform in patterns else None
    return (found["title"] if found else head).strip()


def _words(title: str) -> list[str]:
    return [word.lstrip("0") or "0" for word in re.findall(r"[^\W_]+", folded(title))]


def _only(found: Sequence[int], wrong: str, heads: Sequence[str]) -> int:
    if len(found) != 1:
        raise ValueError(f"{wrong if not found else 'several columns of that name'}; there are {', '.join(heads)}")
    return found[0]


def _head(table: Table, names: Sequence[str]) -> int | None:
    return next((n for n, head in enumerate(table.head) if folded(head.strip()) in names), None)


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _writes_comma(table: Table, place: int) -> bool:
    """Tell whether the file writes decimals with a comma."""
    most = _head(table, _MAX_HEADS)
    places = [n for n in (place, most) if n is not None]
    return any(re.fullmatch(r"\d+,\d+", table.get(row, n).strip()) for row in range(1, len(table.raw)) for n in places)
