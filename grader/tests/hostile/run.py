"""Grade the hostile class and print what it came to, by class of attack: ``make test-hostile``."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course import secret
from tests.hostile.attack import Attack
from tests.hostile.school import CANARY, CLASSES, Result, School, listeners

LEAKS = (CANARY, "SQLite format", "root:x:0:", "BEGIN HIDDEN", "BEGIN SOLUTION")


def graded(folder: Path, chosen: Mapping[str, Sequence[Attack]], assignment: str = "01-single-neuron") -> tuple[School, Result]:
    """Grade a class of these attacks and of honest learners; everything lies in ``folder``."""
    os.environ[secret.HOME_VARIABLE] = str(folder / "home")
    os.environ["COURSE_CANARY"] = CANARY
    (folder / "home").mkdir()
    (folder / "home" / "secret").write_text(CANARY)
    school = School(folder, assignment)
    with listeners(school.classroom.folder) as (port, came):
        school.fill(port, chosen)
        result = school.run()
        result.visits = len(came)
    return school, result


def failures(school: School, result: Result) -> dict[str, dict[str, list[str]]]:
    """Return class of attack -> what went wrong (forged, lost, leaked, harmed) -> a sentence for each case."""
    found: dict[str, dict[str, list[str]]] = {}
    for student, (kind, attack) in school.hostile.items():
        into = found.setdefault(kind, _none())
        _judge(into, student, attack.deserves(school.points), attack.status, result)
        if attack.at_own_risk:
            into["harmed"] = [told for told in into["harmed"] if not told.startswith(f"{student}: ")]
    for student, deserved in school.honest.items():
        _judge(found.setdefault("honest", _none()), student, deserved, "graded", result)
    return found


def _none() -> dict[str, list[str]]:
    return {"forged": [], "lost": [], "leaked": [], "harmed": []}


def _judge(into: dict[str, list[str]], student: str, deserved: float, status: str, result: Result) -> None:
    found, booked, page = result.verdicts[student], result.points.get(student), result.pages[student]
    if found is None or booked is None or not page:
        into["lost"].append(f"{student}: no verdict, no mark or no page")
        return
    if found.status != status:
        into["lost"].append(f"{student}: {found.status} ({found.reason})")
    got = max(found.points, booked)
    wrong = {name: e.status for name, e in found.exercises.items() if e.points != e.max_points}
    if got > deserved + 1e-9:
        into["forged"].append(f"{student}: {got:g} instead of {deserved:g}")
    if min(found.points, booked) < deserved - 1e-9:
        into["harmed"].append(f"{student}: {found.points:g} ({booked:g} booked) instead of {deserved:g}: {wrong}")
    text = f"{found.as_dict()} {page}"
    into["leaked"] += [f"{student}: {word}" for word in LEAKS if word in text]


def table(school: School, found: dict[str, dict[str, list[str]]]) -> Table:
    """Return the numbers."""
    grid = Table(title=f"{len(school.hostile)} hostile and {len(school.honest)} honest submissions in one class")
    grid.add_column("class")
    for heading in ("submissions", *_none()):
        grid.add_column(heading, justify="right")
    sizes = [kind for kind, _ in school.hostile.values()] + ["honest"] * len(school.honest)
    for kind, cases in found.items():
        grid.add_row(kind, str(sizes.count(kind)), *(str(len(told)) for told in cases.values()))
    return grid


def outside(result: Result) -> list[str]:
    """Return what happened where nothing may happen."""
    told = [f"{result.visits} connections to the outside"] if result.visits else []
    told += ["control characters on the instructor's terminal"] if "\x1b" in result.said or "\u202e" in result.said else []
    return told + [f"changed: {name}" for name in result.changed]


def main(names: Sequence[str]) -> int:
    """Grade, print, and say by the exit status whether everything held."""
    console, started = Console(width=140), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        school, result = graded(Path(folder), {name: CLASSES[name] for name in names or CLASSES})
        found = failures(school, result)
        console.print(table(school, found))
        sentences = [f"{kind}, {what}: {s}" for kind, cases in found.items() for what, told in cases.items() for s in told]
        sentences += outside(result)
    for sentence in sentences:
        console.print(sentence, markup=False, soft_wrap=True)
    console.print(f"{time.monotonic() - started:.0f} seconds; {'held' if not sentences else 'DID NOT HOLD'}")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
