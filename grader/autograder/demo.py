"""The main job on a small class, from nothing to feedback."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from traitlets.config import Config

from autograder import commands, course, sample, sandbox, settings
from autograder.release import release

MARKER = "demo-class"
LIMITS = "cell_seconds = 5.0  # one sample learner wrote an endless loop: nobody has to watch it for the usual 20\n"


def demo(folder: Path, console: Console) -> None:
    """Release, hand in, grade and give feedback in ``folder``, which is emptied first if it is an older demo."""
    _empty(folder)
    classroom, released = course.Classroom(folder), folder / "notebooks"
    assignments = [name for name in course.assignments() if sample.answers(name)]
    config = settings.apply(Config(), classroom, released)
    for assignment in assignments:
        release(assignment, config)
        number = sample.hand_in(assignment, classroom, released)
        console.print(f"[bold]{assignment}[/]: released, and {number} sample learners handed it in")
    config.Autograde.engine = _engine(console)
    for assignment in assignments:
        commands.grade(assignment, config, console)
        commands.feedback(assignment, config)
    console.print("\nThe learners' pages, for example:")
    for student in ("perfect", "signs-turned-twice", "half-done"):
        console.print(f"  {classroom.feedback_page(assignments[0], student)}", soft_wrap=True)


def _empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise ValueError(f"{folder} is not empty and not an older demo: give another --classroom")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARKER).touch()
    (folder / "limits.toml").write_text(LIMITS, encoding="utf-8")


def _engine(console: Console) -> str:
    try:
        return sandbox.choose(None, course.ROOT).name
    except sandbox.EngineError as err:
        console.print(f"[yellow]{err}[/]\nThe sample class is the course's own work, so it is graded with --trust.")
        return "trust"
