"""One class of honest and hostile learners, graded as an instructor does it, and what came of everybody."""

from __future__ import annotations

import hashlib
import io
import os
import re
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook
from rich.console import Console
from traitlets.config import Config

from autograder.authoring.release import release_assignment
from autograder.authoring.sample_class import build_submission, read_answers
from autograder.cli.steps import grade_assignment, write_feedback
from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.secret import home_folder
from autograder.gradebook.nbgrader_config import configure
from autograder.grading.store import read_verdict, verdict_path
from autograder.grading.verdict import Verdict
from autograder.reporting.class_report import exercise_points
from tests.hostile import broken, exhaust, forge, harm, leak, markup, protocol
from tests.hostile.attack import Attack

CLASSES = {
    "forge": forge.ATTACKS, "leak": leak.ATTACKS, "harm": harm.ATTACKS, "exhaust": exhaust.ATTACKS,
    "broken input": broken.ATTACKS, "protocol": protocol.ATTACKS, "markup": markup.ATTACKS,
}  # fmt: skip
HONEST = ("perfect", "half-done", "own-helpers", "plain-loops", "signs-turned-twice")
EVERY = 12
"""After so many hostile learners an honest one comes."""
CANARY = "CANARY-of-the-course-0123456789"
LIMITS = "cell_seconds = 6.0\ncall_seconds = 1.5\nsubmission_seconds = 120.0\n"


@dataclass
class Result:
    """What a whole run came to."""

    points: dict[str, float] = field(default_factory=dict)
    """What the gradebook says of everybody."""
    verdicts: dict[str, Verdict | None] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    said: str = ""
    """What the instructor saw on the terminal."""
    visits: int = 0
    """Connections to listeners outside the sandbox."""
    changed: list[str] = field(default_factory=list)
    """Files outside that are not what they were."""


ENGINE = os.environ.get("COURSE_ENGINE", "bubblewrap")


class School:
    """A class in an empty folder; everybody's name begins with the number of their seat."""

    def __init__(self, folder: Path, assignment: str = "01-single-neuron") -> None:
        self.assignment = assignment
        self.classroom, self.released = Classroom(folder / "class"), folder / "notebooks"
        self.classroom.folder.mkdir(parents=True)
        (self.classroom.folder / "limits.toml").write_text(LIMITS, encoding="utf-8")
        self.config = configure(Config(), self.classroom, self.released)
        self.config.Autograde.engine = ENGINE  # asked for by name: where it cannot be used, this fails
        self.config.Autograde.workers = 4  # most of them only wait for their time to be up
        release_assignment(assignment, self.config)
        self.points = exercise_points(assignment, self.released)
        self.hostile: dict[str, tuple[str, Attack]] = {}
        self.honest: dict[str, float] = {}
        self.port = 0

    def fill(self, port: int, chosen: Mapping[str, Sequence[Attack]]) -> None:
        """Let everybody hand in, honest learners before, between and after the hostile ones."""
        self.port = port
        places = {
            "CLASSROOM_FOLDER": str(self.classroom.folder), "PROJECT_FOLDER": str(paths.ROOT),
            "HOME_FOLDER": str(home_folder()), "PORT_NUMBER": str(port), "PROCESS_NUMBER": str(os.getpid()),
        }  # fmt: skip
        attacks = [(kind, attack) for kind, found in chosen.items() for attack in found]
        for seat, (kind, attack) in enumerate(attacks):
            if seat % EVERY == 0:
                self._honest(f"s{seat:03d}-a", HONEST[seat // EVERY % len(HONEST)])
            student = f"s{seat:03d}-{re.sub('[^a-z0-9]+', '-', f'{kind} {attack.name}'.lower())}"[:64]
            attack.hand_in(self.classroom.submitted / student / self.assignment, self.assignment, self.released, places)
            self.hostile[student] = (kind, attack)
        self._honest("t-last", HONEST[0])

    def _honest(self, prefix: str, name: str) -> None:
        given = read_answers(paths.SAMPLES / self.assignment / f"{name}.py")
        student = f"{prefix}-{name}"
        path = paths.notebook_path(self.classroom.submitted / student, self.assignment)
        path.parent.mkdir(parents=True)
        raw = build_submission(self.assignment, given, self.released)
        path.write_bytes(raw.replace(b'"nbformat":', f'"{CANARY}": 1, "nbformat":'.encode(), 1))
        lost = sum(self.points[n] - points for n, (_, points) in dict(given.expected).items())
        self.honest[student] = sum(self.points.values()) - lost

    def run(self) -> Result:
        """Grade the class and write the pages, watching everything that must not move."""
        console = Console(record=True, width=200, file=io.StringIO(), force_terminal=False)
        before = self._outside()
        grade_assignment(self.assignment, self.config, console)
        write_feedback(self.assignment, self.config)
        result = Result(said=console.export_text())
        result.changed = sorted(name for name, digest in self._outside().items() if before.get(name) != digest)
        result.changed += sorted(before.keys() - self._outside().keys())
        with Gradebook(self.config.CourseDirectory.db_url) as gradebook:
            result.points = {s.student.id: s.score for s in gradebook.assignment_submissions(self.assignment)}
        for student in (*self.hostile, *self.honest):
            result.verdicts[student] = read_verdict(verdict_path(self.classroom.verdicts, self.assignment, student))
            page = self.classroom.feedback_page(self.assignment, student)
            result.pages[student] = page.read_text(encoding="utf-8") if page.exists() else ""
        return result

    def _outside(self) -> dict[str, str]:
        """Return the digests of what no learner may touch."""
        tops = [self.classroom.submitted, home_folder(), paths.LEARNER_PYTHON.parent]
        files = [file for top in tops for file in top.rglob("*") if file.is_file() and file.stat().st_size < 10**8]
        files += [file for top in (paths.ROOT, self.classroom.folder) for file in top.glob("*.py")]
        return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@contextmanager
def listeners(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield a port of this machine and the list of those who came; two local sockets listen, too."""
    came: list[str] = []
    open_ = [socket.create_server(("127.0.0.1", 0))]
    port = open_[0].getsockname()[1]
    for address in (str(folder / "socket"), f"\0CANARY_SOCKET-{port}"):  # of this run: another may be under way
        open_.append(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        open_[-1].bind(address)
        open_[-1].listen()
    for listening in open_:
        threading.Thread(target=_wait, args=(listening, came), daemon=True).start()
    try:
        yield port, came
    finally:
        for listening in open_:
            listening.shutdown(socket.SHUT_RDWR)  # else the thread that waits keeps the port
            listening.close()


def _wait(listening: socket.socket, came: list[str]) -> None:
    while True:
        try:
            visitor, _ = listening.accept()
        except OSError:
            return
        came.append(str(visitor.getsockname()))
        visitor.close()
