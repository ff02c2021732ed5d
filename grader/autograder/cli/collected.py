"""What ``course collect`` says at its end: who handed in, who is missing, and every file that was left."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from autograder.cli.printing import print_plain
from autograder.course.text import clean_text
from autograder.submissions.collect import Collected


def print_collected(done: Collected, assignment: str, console: Console) -> None:
    """Print what became of everything that a platform handed out."""
    handed = len(done.taken) + len(done.unchanged)
    print_plain(console, f"{assignment} from {done.platform}: {handed} learners, {len(done.taken)} submissions taken")
    _people(console, "handed in", done.taken, done)
    _people(console, "handed in, and here already", done.unchanged, done)
    _people(console, "called late by the platform", done.late, done)
    _people(console, "missing", done.missing, done)
    for left in sorted(done.left, key=lambda one: (one.look, str(one.path))):
        mark = "  look" if left.look else "  left"
        print_plain(console, f"{mark}: {clean_text(str(left.path))}: {clean_text(left.why)}")
    for sentence in done.remarks:
        print_plain(console, f"  look: {clean_text(sentence)}")
    if done.needs_look:
        print_plain(console, "Something above needs a look (exit status 1).")


def _people(console: Console, what: str, ids: Iterable[str], done: Collected) -> None:
    people = sorted(ids)
    if people:
        named = ", ".join(_person(one, done) for one in people)
        print_plain(console, f"  {what} ({len(people)}): {named}")


def _person(learner: str, done: Collected) -> str:
    name = clean_text(done.roster.name(learner))
    return learner if name == learner else f"{learner} ({name})"
