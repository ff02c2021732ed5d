"""nbgrader's exchange, both directions, as two ordinary users of one machine."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.sample_class import reference_solutions
from autograder.course import paths

FIRST = "01-single-neuron"
COURSE = """
from pathlib import Path
from autograder.course.classroom import Classroom
from autograder.gradebook.autograde import Autograde
from autograder.gradebook.nbgrader_config import configure
from autograder.gradebook.patches import apply_patches, replace_converters
from autograder.reporting.feedback_pages import GenerateFeedback
classroom = Classroom(Path({folder!r}) / "class")
classroom.make()
c = configure(get_config(), classroom, Path({folder!r}) / "notebooks")
c.Autograde.engine = "trust"
apply_patches()
replace_converters(Autograde, GenerateFeedback)
"""
LEARNER = """
c = get_config()
c.CourseDirectory.course_id = "backprop"
c.Exchange.root = {exchange!r}
"""


class User:
    """One ordinary user, and the folder in which this user types commands."""

    def __init__(self, name: str, home: Path, config: str) -> None:
        entry = pwd.getpwnam(name)
        self.uid, self.gid, self.home = entry.pw_uid, entry.pw_gid, home
        (home / "nbgrader_config.py").write_text(config)
        os.chown(home, self.uid, self.gid)

    def run(self, *command: str) -> subprocess.CompletedProcess:
        """Run a command as this user."""
        environment = {
            "HOME": str(self.home), "PATH": os.environ["PATH"], "BACKPROP_HOME": str(self.home / "secret"),
            "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8",
        }  # fmt: skip
        return subprocess.run(
            [*as_user(self.uid, self.gid), *command], cwd=self.home, env=environment, umask=0o022, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def nbgrader(self, *arguments: str) -> str:
        """Run nbgrader and return what it said."""
        done = self.run(str(Path(sys.executable).parent / "nbgrader"), *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


def as_user(uid: int, gid: int) -> list[str]:
    """Return what stands before a command so that an ordinary user runs it.

    A Python that lies in a folder of root's alone is shown to this command at its place; all else stays closed.
    """
    command = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--inh-caps=-all", "--"]
    real = Path(sys.executable).resolve()
    closed = [folder for folder in real.parents if not folder.stat().st_mode & stat.S_IXOTH]
    if not closed:
        return command
    top, installed = closed[-1], real.parent.parent
    show = ["--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", str(top)]
    for folder in reversed([place for place in installed.parents if place.is_relative_to(top) and place != top]):
        show += ["--perms", "0755", "--dir", str(folder)]
    return ["bwrap", *show, "--ro-bind", str(installed), str(installed), "--cap-add", "ALL", "--", *command]


def _can_run(uid: int, gid: int) -> bool:
    command = [*as_user(uid, gid), sys.executable, "-c", "import nbgrader, autograder"]
    try:
        return not subprocess.run(command, check=False, capture_output=True, cwd="/").returncode
    except OSError:
        return False


@pytest.fixture
def two() -> Iterator[tuple[User, User, Path]]:
    """An instructor, a learner and a folder that both can enter."""
    if os.environ.get("COURSE_EXCHANGE") != "1":
        pytest.skip("takes two minutes; make test-exchange runs it")
    if os.geteuid() != 0 or not shutil.which("useradd"):
        pytest.skip("only root can make two ordinary users")
    names = ("course-teacher", "course-learner")
    folder = Path(tempfile.mkdtemp(prefix="exchange-"))
    folder.chmod(0o755)
    try:
        for name in names:
            done = subprocess.run(["useradd", "--no-create-home", name], check=False, capture_output=True)
            if done.returncode not in (0, 9):
                pytest.skip("useradd does not work here")
        entry = pwd.getpwnam(names[0])
        if not _can_run(entry.pw_uid, entry.pw_gid):
            pytest.skip("an ordinary user cannot read this installation")
        for name in ("teacher", "learner", "exchange"):
            (folder / name).mkdir()
        (folder / "exchange").chmod(0o777)
        os.umask(0o022)
        teacher = User(names[0], folder / "teacher", COURSE.format(folder=str(folder / "teacher")))
        learner = User(names[1], folder / "learner", LEARNER.format(exchange=str(folder / "exchange")))
        (folder / "teacher" / "class").mkdir(mode=0o700)
        (folder / "teacher" / "class" / "exchange_root").write_text(str(folder / "exchange"))
        for path in (folder / "teacher" / "class").rglob("*"):
            os.chown(path, teacher.uid, teacher.gid)
        os.chown(folder / "teacher" / "class", teacher.uid, teacher.gid)
        yield teacher, learner, folder
    finally:
        for name in names:
            subprocess.run(["userdel", name], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def solve(path: Path) -> None:
    """Write the reference solutions into a notebook that was fetched."""
    notebook, solved = nbformat.read(path, as_version=4), reference_solutions(FIRST)
    for cell in notebook.cells:
        cell.source = solved.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source)
    nbformat.write(notebook, path)


def test_work_goes_out_and_comes_back_and_so_does_its_page(two: tuple[User, User, Path]) -> None:
    teacher, learner, folder = two
    teacher.nbgrader("generate_assignment", FIRST)
    teacher.nbgrader("release_assignment", FIRST)
    assert FIRST in learner.nbgrader("list")
    learner.nbgrader("fetch_assignment", FIRST)
    solve(learner.home / FIRST / f"{FIRST}.ipynb")
    learner.nbgrader("submit", FIRST)
    teacher.nbgrader("collect", FIRST)
    said = teacher.nbgrader("autograde", FIRST)
    assert (folder / "teacher" / "class" / "autograded" / "course-learner" / FIRST).is_dir(), said
    teacher.nbgrader("generate_feedback", FIRST)
    teacher.nbgrader("release_feedback", FIRST)
    learner.nbgrader("fetch_feedback", FIRST)
    pages = list((learner.home / FIRST / "feedback").rglob("*.html"))
    assert len(pages) == 1
    assert "<strong>20</strong> of 20 points" in pages[0].read_text()
    staged = folder / "teacher" / "class" / "autograded" / "course-learner" / FIRST
    given = folder / "teacher" / "class" / "submitted" / "course-learner" / FIRST
    for name in ("timestamp.txt", "submission_secret.txt"):
        assert (staged / name).read_bytes() == (given / name).read_bytes()
    assert oct((folder / "teacher" / "class").stat().st_mode)[-3:] == "700"
    for secret in ("gradebook.db", "verdicts", "submitted", "feedback"):
        done = learner.run("ls", str(folder / "teacher" / "class" / secret))
        assert done.returncode != 0
        assert "Permission denied" in done.stderr
    assert paths.COURSE_ID in learner.nbgrader("list", "--cached")
