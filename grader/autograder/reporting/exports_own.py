"""Tables of our own for a platform, where it gave none to fill in; no place of them is a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from autograder.reporting.marks_to_export import ClassMarks, Mark
from autograder.submissions.learner import Learner
from autograder.submissions.tables import harmless, quoted

Rows = Iterator[list[str]]


def own_table(platform: str, given: ClassMarks) -> str:
    """Return the text of a table of everybody's marks."""
    delimiter = "\t" if platform == "blackboard" else ","
    rows = _TABLES[platform](given)
    return "".join(delimiter.join(quoted(harmless(p), always=True) for p in row) + "\n" for row in rows)


def _text(mark: Mark) -> str:
    return "" if mark.points is None or mark.excused else f"{mark.points:.2f}".rstrip("0").rstrip(".")


def _marks(given: ClassMarks, learner: Learner, excused: str = "") -> list[str]:
    found = [one.marks[learner.id] for one in given.assignments]
    return [excused if mark.excused else _text(mark) for mark in found]


def _key(learner: Learner, platform: str) -> str:
    return next((k.partition(":")[2] for k in sorted(learner.keys) if k.startswith(f"{platform}:")), "")


def _canvas(given: ClassMarks) -> Rows:
    names = [one.assignment for one in given.assignments]
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names]
    yield ["    Points Possible", "", "", "", "", *(f"{one.max_points:g}" for one in given.assignments)]
    for one in given.learners:
        yield [one.shown, _key(one, "canvas"), one.number, one.login, one.section, *_marks(given, one, "EX")]


def _moodle(given: ClassMarks) -> Rows:
    yield ["Username", "ID number", "Email address", "Full name", *(one.assignment for one in given.assignments)]
    for one in given.learners:
        yield [one.login, one.number, one.email, one.shown, *_marks(given, one)]


def _brightspace(given: ClassMarks) -> Rows:
    titles = [f"{one.assignment} Points Grade" for one in given.assignments]
    yield ["OrgDefinedId", "Username", *titles, "End-of-Line Indicator"]
    for one in given.learners:
        yield [one.number, one.login, *_marks(given, one), "#"]


def _blackboard(given: ClassMarks) -> Rows:
    yield ["Username", *(one.assignment for one in given.assignments)]
    for one in given.learners:
        yield [one.login, *_marks(given, one)]


def _csv(given: ClassMarks) -> Rows:
    heads = [part for one in given.assignments for part in (one.assignment, f"{one.assignment} remark")]
    yield ["id", "name", "login", "number", "email", "section", *heads]
    for one in given.learners:
        marks = [item.marks[one.id] for item in given.assignments]
        told = [part for mark in marks for part in (_text(mark), mark.words)]
        yield [one.id, one.shown, one.login, one.number, one.email, one.section, *told]


_TABLES: Mapping[str, Callable[[ClassMarks], Rows]] = {
    "canvas": _canvas, "moodle": _moodle, "brightspace": _brightspace, "blackboard": _blackboard, "csv": _csv,
}  # fmt: skip
