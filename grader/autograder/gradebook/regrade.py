"""What one run of grading does to the gradebook as a whole: marks before and after, lateness, old overrides."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging import Logger
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException

from autograder.course.classroom import Classroom
from autograder.gradebook.changes import MarkChange, OldOverride, note_overrides, what_changed
from autograder.gradebook.late import book_penalties
from autograder.gradebook.marks import read_marks
from autograder.gradebook.owner import claim_gradebook
from autograder.submissions.learner import CameIn
from autograder.submissions.platforms import FOLDERS
from autograder.submissions.roster import read_roster, write_roster


@dataclass
class Regrade:
    """What a run changed."""

    changes: list[MarkChange] = field(default_factory=list)
    old_overrides: list[OldOverride] = field(default_factory=list)
    """Marks given by hand to work that has been replaced since."""
    remarks: list[str] = field(default_factory=list)
    """Sentences about folders that may be a second one of somebody's."""


@contextmanager
def watch_marks(converter: Any) -> Iterator[Regrade]:
    """Compare the gradebook before and after a converter's run, and book lateness at its end, whatever happens."""
    folders, found = converter.coursedir, Regrade()
    assignment = folders.assignment_id
    classroom = Classroom(Path(folders.root, folders.submitted_directory).resolve().parent)
    if converter.config.LateSubmissionPlugin or converter.config.AssignLatePenalties:
        converter.log.warning("nbgrader's own settings for lateness are not used: `course due` sets one policy for all")
    try:
        claim_gradebook(classroom)
    except ValueError as err:
        converter.log.error("%s", err)
        raise NbGraderException(str(err)) from None
    found.remarks = _note_names(classroom, assignment, converter.log)
    with Gradebook(folders.db_url, folders.course_id) as gradebook:
        before = read_marks(gradebook, assignment)
        note_overrides(gradebook, assignment, classroom)
    try:
        yield found
    finally:
        with Gradebook(folders.db_url, folders.course_id) as gradebook:
            book_penalties(gradebook, assignment, classroom)
            _name_students(gradebook, classroom)
            found.changes = what_changed(before, read_marks(gradebook, assignment))
            found.old_overrides = note_overrides(gradebook, assignment, classroom)
        for change in found.changes:
            converter.log.info(
                "%s, %s: %g before, %g now (%s)", change.learner, change.exercise, change.before, change.now, change.why
            )


def _note_names(classroom: Classroom, assignment: str, log: Logger) -> list[str]:
    """Give folders that people made by hand the id of the one who is called so, and keep their names in the roster.

    nbgrader takes a folder's name for the learner's: under its old name formgrader would call it ungraded for ever.
    Returns a remark on each folder of somebody who has handed in under another name: both are graded.
    """
    submissions = classroom.submissions(assignment)
    roster = read_roster(classroom.folder)
    remarks, renamed = [], False
    for student in submissions:
        name, listed = submissions.name(student), roster.get(student)
        named = listed or roster.find(name=name)
        if named and named.id != student and named.id in submissions:
            remarks.append(
                f"submitted/{name} is graded as {student}, but {named.shown} ({named.id}) has handed in, too. "
                f"If they are one person, put the right notebook into submitted/{named.id}/{assignment} and remove "
                f"submitted/{name}, then grade again"
            )
        if submissions[student].parent.name == student:
            continue
        if not named or named.id in submissions:
            named = roster.adopt(student, name)
        renamed = True
        named.came_in.setdefault(assignment, CameIn(FOLDERS, name))
        try:
            _rename(submissions[student], classroom.submitted / named.id / assignment)
        except OSError as err:  # it is graded under its id all the same, and stops nobody
            log.error("%s: the folder could not be given its id (%s)", student, err.strerror)
    if renamed:
        write_roster(roster, classroom.folder)
    return remarks


def _rename(folder: Path, place: Path) -> None:
    """Move a submission to its place, and the folder around it where nothing else is in it."""
    place.parent.mkdir(exist_ok=True, mode=0o700)
    old = place.with_name(f".{place.name}.old")
    if os.path.lexists(place):  # whoever puts a file there by hand means it
        place.rename(old)
    folder.rename(place)
    if old.is_symlink():
        old.unlink()
    shutil.rmtree(old, ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()


def _name_students(gradebook: Gradebook, classroom: Classroom) -> None:
    """Give nbgrader the names that the roster knows, else the id, so that formgrader does not say "None, None"."""
    roster = read_roster(classroom.folder)
    for student in gradebook.students:
        known = roster.get(student.id)
        if known and known.name and known.name != student.id:
            last, _, first = known.name.partition(", ") if ", " in known.name else reversed(known.name.rpartition(" "))
            student.first_name, student.last_name = first, last
            student.email = known.email or student.email
        elif student.last_name is None:
            student.first_name, student.last_name = "", student.id
    gradebook.db.commit()
