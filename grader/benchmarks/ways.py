"""The ways to grade a class that are measured: how each is prepared and started, and where its marks are."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.course import paths
from autograder.course.classroom import Classroom
from autograder.course.secret import HOME_VARIABLE, course_secret

NAMES = ("stock", "sandbox", "trust", "floor")
_HIDDEN = """
### BEGIN HIDDEN TESTS
import pathlib, warnings
warnings.simplefilter("ignore")
from autograder.course.secret import course_secret
from autograder.grading.fixture_pool import fixture_seed
from autograder.grading.hidden_suite import judge_exercise
from gradcheck.caller import LocalCaller
found = globals().setdefault("_found", {{}})
_seed = fixture_seed(course_secret(), "{assignment}", pathlib.Path.cwd().parent.name, b"")
found["{name}"] = judge_exercise("{assignment}", "{name}", LocalCaller(globals()), _seed, dict(found))
float(found["{name}"].points)
### END HIDDEN TESTS
"""
_STOCK = """
c = get_config()
c.CourseDirectory.db_url = "sqlite:///gradebook.db"
c.Exchange.root = "exchange"
c.Execute.timeout = 60
"""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of every way: one secret, programs of this installation, one thread for each process.

    Python keeps what it has compiled, as it does for a user: else each start of stock's kernels compiles everything.
    """
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    own = {"PATH": programs, HOME_VARIABLE: str(folder / "home"), "OPENBLAS_NUM_THREADS": "1"}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def prepare(way: str, count: int, place: Path, assignment: str) -> list[str]:
    """Found a class of so many learners in ``place`` and return the command that grades it."""
    from benchmarks import crowd  # not for the process that is measured

    place.mkdir()
    os.environ.update(environment(place.parent))
    if way == "stock":
        return _prepare_stock(count, place, assignment)
    if way in ("sandbox", "trust"):
        _release(place, assignment)
    crowd.hand_in(count, Classroom(place / "class"), assignment)
    return [sys.executable, "-m", "benchmarks.ways", way, str(place), assignment]


def marks(way: str, place: Path, assignment: str) -> dict[str, dict[str, float]]:
    """Return student -> exercise -> points."""
    from nbgrader.api import Gradebook

    if way == "floor":
        return json.loads((place / "marks.json").read_text())
    found: dict[str, dict[str, float]] = {}
    with Gradebook(f"sqlite:///{place / ('gradebook.db' if way == 'stock' else 'class/gradebook.db')}") as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            found[submission.student.id] = {grade.name.removeprefix("test-"): grade.score for grade in grades}
    return found


def _prepare_stock(count: int, place: Path, assignment: str) -> list[str]:
    """Make a course of stock nbgrader whose tests cells run the hidden suite themselves."""
    import subprocess

    import nbformat

    from benchmarks import crowd

    notebook = nbformat.read(paths.notebook_path(paths.SOLUTIONS, assignment), as_version=4)
    for cell in notebook.cells:
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            name = graded["grade_id"].removeprefix("test-")
            cell.source = _HIDDEN.format(assignment=assignment, name=name).strip()
    source = paths.notebook_path(place / "source", assignment)
    source.parent.mkdir(parents=True)
    nbformat.write(notebook, source)
    (place / "nbgrader_config.py").write_text(_STOCK, encoding="utf-8")
    nbgrader = str(Path(sys.executable).parent / "nbgrader")
    subprocess.run([nbgrader, "generate_assignment", assignment], cwd=place, check=True, capture_output=True)
    crowd.hand_in(count, Classroom(place), assignment)
    return [nbgrader, "autograde", assignment]


def _config(place: Path, way: str) -> Any:
    from traitlets.config import Config

    from autograder.gradebook.nbgrader_config import configure

    config = configure(Config(), Classroom(place / "class"), place / "notebooks")
    config.Autograde.engine = "trust" if way == "trust" else "bubblewrap"
    return config


def _release(place: Path, assignment: str) -> None:
    from autograder.authoring.release import release_assignment

    (place / "class").mkdir()
    release_assignment(assignment, _config(place, ""))


def _grade(way: str, place: Path, assignment: str) -> None:
    import atexit
    import gc

    from autograder.scheduling.executors import warm_up

    atexit.register(gc.freeze)  # all of this as `course grade` does
    warm_up()
    from autograder.scheduling.early_workers import start_early

    room, engine = Classroom(place / "class"), "trust" if way == "trust" else "bubblewrap"
    with start_early(room, assignment, room.submissions(assignment), engine, 0):
        from rich.console import Console

        from autograder.cli import steps

        if not steps.grade_assignment(assignment, _config(place, way), Console(width=120)):
            sys.exit(1)


def write_feedback(place: Path, assignment: str) -> None:
    """Write everybody's page in a class that ``sandbox`` or ``trust`` has graded."""
    from autograder.cli import steps

    steps.write_feedback(assignment, _config(place, "trust"))


def _floor(place: Path, assignment: str) -> None:
    """Grade by exec, with nothing between the learner and the judge."""
    import matplotlib

    matplotlib.use("agg")
    secret, found = course_secret(), {}
    for student, folder in Classroom(place / "class").submissions(assignment).items():
        notebook = json.loads(paths.notebook_path(folder.parent, assignment).read_bytes())
        found[student] = _judged(notebook, student, secret, assignment)
    (place / "marks.json").write_text(json.dumps(found))


def _judged(notebook: dict, student: str, secret: bytes, assignment: str) -> dict[str, float]:
    """Run one notebook's cells in this process and judge each exercise at its place."""
    import contextlib
    import io
    import warnings

    import matplotlib.pyplot as plt

    from autograder.grading.fixture_pool import fixture_seed
    from autograder.grading.hidden_suite import judge_exercise
    from gradcheck.call import Outcome, Raised
    from gradcheck.caller import LocalCaller

    failures: dict[str, str] = {}

    class Caller(LocalCaller):
        """Knows, as the sandbox does, why a name is missing."""

        def value(self, name: str) -> Outcome:
            found = super().value(name)
            missing = found.status == "missing" and name in failures
            return Outcome("raised", raised=Raised("Exception", failures[name])) if missing else found

    module, findings = ModuleType("notebook"), {}
    caller = Caller(vars(module))
    seed = fixture_seed(secret, assignment, student, b"")
    with warnings.catch_warnings(action="ignore"), contextlib.redirect_stdout(io.StringIO()):
        for cell in (cell for cell in notebook["cells"] if cell["cell_type"] == "code"):
            graded, source = cell["metadata"].get("nbgrader", {}), "".join(cell["source"])
            if graded.get("grade"):
                name = graded["grade_id"].removeprefix("test-")
                findings[name] = judge_exercise(assignment, name, caller, seed, dict(findings))
                continue
            try:
                exec(compile(re.sub(r"^[%!]", "#", source, flags=re.MULTILINE), "<cell>", "exec"), vars(module))
            except Exception as err:  # a learner's mistake
                failures[graded.get("grade_id", "")] = f"{type(err).__name__}: {err}"
            vars(module).update(
                dict.fromkeys(_of_the_course(module), lambda *_, **__: None)
            )  # as where marks are earned
            plt.close("all")
    return {name: float(finding.points) for name, finding in findings.items()}


def _of_the_course(module: ModuleType) -> list[str]:
    """Return the names that stand for functions of the learners' package."""
    return [
        name for name, value in vars(module).items() if str(getattr(value, "__module__", "")).startswith("gradcheck")
    ]


if __name__ == "__main__":
    way, folder, assignment = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    _floor(folder, assignment) if way == "floor" else _grade(way, folder, assignment)
