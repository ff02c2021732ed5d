"""What changes during a term: due dates, who is in the class, which chapters are closed."""

from __future__ import annotations

import argparse
import shutil

from nbgrader.api import Gradebook
from rich.console import Console

from autograder.cli.printing import print_plain
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.clock import class_zone
from autograder.course.due import change_policy
from autograder.course.frozen import read_frozen, require_thawed, write_frozen
from autograder.course.lock import hold_lock
from autograder.course.names import STUDENT_ID
from autograder.course.text import clean_text
from autograder.gradebook.late import book_penalties, current_policy, set_policy
from autograder.submissions.roster import read_roster, write_roster

_FOLDERS = ("submitted", "autograded", "feedback")


def change_due(given: argparse.Namespace, classroom: Classroom, console: Console) -> None:
    """Change an assignment's policy as the command line says, book it for everybody, and say what holds now."""
    classroom.make()
    require_thawed(classroom.folder, given.assignment)
    zone, roster, assignment = class_zone(classroom.folder), read_roster(classroom.folder), given.assignment
    submissions = classroom.submissions(assignment)

    def learner(words: str) -> str:
        return words if words in submissions else roster.look_up(words).id

    extensions = {learner(who): span for who, _, span in (text.rpartition("=") for text in given.extension)}
    excused = {learner(words.removesuffix("=")): not words.endswith("=") for words in given.excuse}
    with hold_lock(classroom.folder), Gradebook(classroom.db_url, paths.COURSE_ID) as gradebook:
        policy = current_policy(gradebook, assignment, classroom)
        if not policy.due and not given.when:
            raise ValueError(f"{assignment} has no due date yet: give WHEN, such as '2026-03-31 23:59'")
        policy = change_policy(
            policy, zone, given.when, given.grace, given.penalty, extensions=extensions, excused=excused
        )
        set_policy(gradebook, assignment, policy, classroom)
        changed = book_penalties(gradebook, assignment, classroom)
    print_plain(console, f"{assignment}: {policy.words(zone)}")
    for who, (before, now) in sorted(changed.items()):
        print_plain(console, f"  {who} ({clean_text(roster.name(who))}): {before:g} points off before, {now:g} now")
    if changed:
        print_plain(
            console,
            "Their pages, and the archives that hold them, are no longer true and were removed: "
            "course feedback (with --zip) writes them anew.",
        )


def drop_learner(words: str, back: bool, classroom: Classroom, console: Console) -> None:
    """Take a learner's work out of the class, or back; nothing is deleted, and the gradebook keeps the marks."""
    with hold_lock(classroom.folder):
        roster = read_roster(classroom.folder)
        if (classroom.submitted / words).is_dir() and words not in (".", ".."):
            if not STUDENT_ID.fullmatch(words):
                raise ValueError(f"submitted/{words} has no id yet: course grade gives it one, and names it")
            learner = roster.adopt(words, words)
        else:
            learner = roster.look_up(words)
        aside = classroom.folder / "dropped" / learner.id
        for name in _FOLDERS:
            here, there = classroom.folder / name / learner.id, aside / name
            source, target = (there, here) if back else (here, there)
            if source.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.exists():
                    raise ValueError(f"{target} is there already; move it away first")
                shutil.move(source, target)
        chapters = [
            page.name for folder in (classroom.feedback / learner.id, aside / "feedback") for page in folder.glob("*")
        ]
        archives = [archive for name in chapters for archive in classroom.remove_archives(name)]
        learner.dropped = not back
        write_roster(roster, classroom.folder)
    done = "is back in the class" if back else "has left the class: no marks, no pages, not missing any more"
    print_plain(console, f"{learner.id} ({clean_text(learner.shown)}) {done}")
    for archive in archives:
        print_plain(console, f"{archive.name} is no longer true and was removed: course feedback --zip writes it anew")


def freeze_assignments(assignments: list[str], undo: bool, classroom: Classroom, console: Console) -> None:
    """Freeze assignments, or thaw them; without any, say which are frozen."""
    classroom.make()
    with hold_lock(classroom.folder):
        frozen = read_frozen(classroom.folder)
        if assignments:
            frozen = frozen - set(assignments) if undo else frozen | set(assignments)
            write_frozen(frozen, classroom.folder)
    print_plain(console, f"frozen: {', '.join(sorted(frozen)) or 'none'}")
