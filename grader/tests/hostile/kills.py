"""Kill grading at random instants, complete it by running it again, and compare the books: ``kills.py [COUNT [SEED [ENGINE]]]``."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

from traitlets.config import Config

from autograder.authoring.release import release_assignment
from autograder.authoring.sample_class import build_submission, read_answers
from autograder.course import paths, secret
from autograder.course.classroom import Classroom
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.nbgrader_config import configure, run_converter
from autograder.reporting.feedback_pages import GenerateFeedback

ASSIGNMENT = "01-single-neuron"
LEARNERS = ("perfect", "guessed-signs")
CHILD_SUBREAPER = 36
"""Of Linux' prctl: orphans among a process's descendants become its children."""
_BOOKS = """
    select student.id, submitted_assignment.timestamp, notebook.name, base_cell.name, grade.auto_score, grade.manual_score,
           grade.extra_credit, grade.needs_manual_grade, submitted_notebook.late_submission_penalty
    from grade join base_cell on base_cell.id = grade.cell_id join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id join student
    on student.id = submitted_assignment.student_id join notebook on notebook.id = submitted_notebook.notebook_id order by 1, 3, 4
"""


class Class:
    """A class of two that can be put back to the moment before it was graded."""

    def __init__(self, folder: Path, engine: str) -> None:
        os.environ[secret.HOME_VARIABLE] = str(folder / "home")
        self.room, self._fresh = Classroom(folder / "class"), folder / "fresh"
        self.room.folder.mkdir(parents=True)
        released = folder / "notebooks"
        self._config = configure(Config(), self.room, released)
        self._config.Autograde.engine = engine
        release_assignment(ASSIGNMENT, self._config)
        for name in LEARNERS:
            path = paths.notebook_path(self.room.submitted / name, ASSIGNMENT)
            path.parent.mkdir(parents=True)
            path.write_bytes(build_submission(ASSIGNMENT, read_answers(paths.SAMPLES / ASSIGNMENT / f"{name}.py"), released))
            (path.parent / "timestamp.txt").write_text("2026-01-02 03:04:05 UTC")
        secret.class_secret(self.room.folder)  # made before the copy: every grading draws the same fixtures
        shutil.copytree(self.room.folder, self._fresh)

    def reset(self) -> None:
        """Forget every grading."""
        shutil.rmtree(self.room.folder)
        shutil.copytree(self._fresh, self.room.folder)

    def grade(self, seconds: float | None = None) -> float:
        """Grade in a process of its own, which is killed after ``seconds``; return how long it lived."""
        started, child = time.monotonic(), os.fork()
        if child == 0:
            self._die()
        while os.waitpid(child, os.WNOHANG)[0] == 0:
            if seconds is not None and time.monotonic() - started > seconds:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                break
            time.sleep(0.002)
        return time.monotonic() - started

    def work(self, workers: int = 0) -> None:
        """Grade here and now."""
        self._config.Autograde.workers = workers
        run_converter(Autograde, ASSIGNMENT, self._config)
        run_converter(GenerateFeedback, ASSIGNMENT, self._config)

    def _die(self) -> None:
        try:
            self.work()
            os._exit(0)
        except BaseException as err:
            print(f"grading failed: {err}", file=sys.stderr)
        finally:
            os._exit(1)

    def books(self) -> tuple[list, dict[str, str], list[str]]:
        """Return the gradebook's rows, the learners' pages and the names of all files in the class."""
        with sqlite3.connect(self.room.gradebook) as database:
            rows = database.execute(_BOOKS).fetchall()
        database.close()
        pages = {str(p.relative_to(self.room.folder)): p.read_text(encoding="utf-8") for p in self.room.feedback.rglob("*.html")}
        return rows, pages, sorted(str(p.relative_to(self.room.folder)) for p in self.room.folder.rglob("*"))


def differences(folder: Path, count: int, seed: int, engine: str) -> list[str]:
    """Kill ``count`` runs, complete each, and return a sentence for each difference to the undisturbed run."""
    group, rng = Class(folder, engine), random.Random(seed)
    group.work(workers=1)  # imports everything, so that the runs are short, and leaves no pool for them to inherit
    own = set(orphans(patience=0))  # the fork server of this process
    group.reset()
    lasts = group.grade()
    undisturbed = group.books()
    told = [] if len(undisturbed[0]) == 16 and len(undisturbed[1]) == 2 else [f"the undisturbed run is none: {undisturbed[0]}"]
    for number in range(count):
        group.reset()
        instant = rng.uniform(0, lasts)
        lived = group.grade(instant)
        if number % 3 == 2:  # the run that completes it is killed, too
            group.grade(rng.uniform(0, lasts))
        group.grade()
        for what, found, expected in zip(("marks", "pages", "files"), group.books(), undisturbed, strict=True):
            if found != expected:
                told.append(f"run {number}, killed after {lived:.2f} of {lasts:.2f} s: other {what}: {_first(found, expected)}")
    return told + [f"a runner outlived its grader: {name}" for name in orphans(own)]


def _first(found: object, expected: object) -> str:
    if isinstance(found, list):
        return f"{[x for x in found if x not in expected][:3]} instead of {[x for x in expected if x not in found][:3]}"
    return str([name for name in found if found[name] != expected.get(name)])


def orphans(known: Collection[str] = (), patience: float = 10.0) -> list[str]:
    """Return the runners and sandboxes that nobody waits for any more: this process has inherited them."""
    until = time.monotonic() + patience
    while True:
        found = [process.name for process in Path("/proc").glob("[0-9]*") if process.name not in known and _orphan(process)]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.1)


def _orphan(process: Path) -> bool:
    try:
        line, status = (process / "cmdline").read_bytes(), (process / "stat").read_text()
    except OSError:
        return False
    ours = any(word in line for word in (b"runner/fork_server.py", b"/opt/cat"))
    return ours and int(status.rsplit(")", 1)[1].split()[1]) == os.getpid()


def main(count: str = "50", seed: str = "0", engine: str = "bubblewrap") -> int:
    """Print what differs."""
    started = time.monotonic()
    ctypes.CDLL(None).prctl(CHILD_SUBREAPER, 1)  # orphans come to this process, and not those of other tests
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        told = differences(Path(folder), int(count), int(seed), engine)
    print("\n".join(told) or f"{count} runs killed and completed: the same books each time", f"({time.monotonic() - started:.0f} s)")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
