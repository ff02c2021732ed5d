"""The main job on a small class, from nothing to feedback."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from traitlets.config import Config

from autograder import commands, course, sample, sandbox, settings
from autograder.release import release

MARKER = "demo-class"
EXAMPLES = {
    "01-single-neuron": "signs-turned-twice",
    "02-cost-vs-loss": "half-forgotten",
    "03-relu-network": "transpose-forgotten",
    "04-sigmoid-xor": "hidden-slope-missing",
    "05-training-in-practice": "pairs-torn",
}
"""Assignment -> a learner whose page shows most of what a page can say."""


def demo(folder: Path, console: Console) -> None:
    """Release, hand in, grade and give feedback in ``folder``, which is emptied first if it is an older demo."""
    _empty(folder)
    classroom, released = course.Classroom(folder), folder / "notebooks"
    assignments = course.assignments()
    config = settings.apply(Config(), classroom, released)
    for assignment in assignments:
        release(assignment, config)
        number = sample.hand_in(assignment, classroom, released)
        console.print(f"[bold]{assignment}[/]: released, and {number} sample learners handed it in")
    config.Autograde.engine = _engine(console)
    for assignment in assignments:
        commands.grade(assignment, config, console)
        commands.feedback(assignment, config)
    console.print(f"\nEverybody's pages are in {classroom.feedback}, for example:", soft_wrap=True)
    for assignment in assignments:
        console.print(f"  {classroom.feedback_page(assignment, EXAMPLES[assignment])}", soft_wrap=True)


def _empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise ValueError(f"{folder} is not empty and not an older demo: give another --classroom")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARKER).touch()


def _engine(console: Console) -> str:
    try:
        return sandbox.choose(None, course.ROOT).name
    except sandbox.EngineError as err:
        console.print(f"[yellow]{err}[/]\nThe sample class is the course's own work, so it is graded with --trust.")
        return "trust"
