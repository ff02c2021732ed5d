"""Engines, the small course, and grading it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import secret
from autograder.course.limits import Limits
from autograder.grading.pipeline import grade_submission
from autograder.sandbox.engines import Engine, EngineError, choose_engine
from tests.autograder.school import School, found_school
from tests.autograder.small_course import ANSWERS, QUICK, ROOT, STUB, dump, examine, exercise_cells


@pytest.fixture(scope="session")
def trust() -> Engine:
    """The engine without a sandbox, which works everywhere."""
    return choose_engine("trust", ROOT)


@pytest.fixture(scope="session")
def jail() -> Engine:
    """Bubblewrap, where this machine has it; the engine that COURSE_ENGINE names must be there."""
    try:
        return choose_engine(os.environ.get("COURSE_ENGINE", "bubblewrap"), ROOT)
    except EngineError as err:
        if "COURSE_ENGINE" in os.environ:
            raise
        pytest.skip(str(err))


@pytest.fixture
def release():
    """A release of three exercises: double, square (functions) and answer (a variable)."""
    cells = [
        new_markdown_cell("# 1 · Test the grader", id="head"),
        new_code_cell("import numpy as np\nfrom gradcheck.any import check, hint", id="set-up"),
        *exercise_cells("double", STUB.format("double")),
        *exercise_cells("square", STUB.format("square")),
        *exercise_cells("answer", "# YOUR CODE HERE\nraise NotImplementedError()"),
    ]
    return new_notebook(cells=cells)


@pytest.fixture
def solved(release) -> dict:
    """The release with right answers, as plain JSON to be spoilt."""
    notebook = json.loads(json.dumps(release))
    for cell in notebook["cells"]:
        cell["source"] = ANSWERS.get(cell["id"], cell["source"])
    return notebook


@pytest.fixture
def grade(release, trust) -> Callable:
    """Grade bytes under an engine (trust unless told otherwise)."""

    def run(raw, engine: Engine = trust, limits: Limits = QUICK, student: str = "learner-01"):
        return grade_submission(
            raw,
            assignment="01-test",
            student=student,
            release=dump(json.loads(json.dumps(release))),
            secret=b"s" * 32,
            engine=engine,
            limits=limits,
            examine=examine,
        ).verdict

    return run


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the instructor's own secret."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(secret.HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def school() -> Callable[[Path], School]:
    """Return what founds a school in an empty folder."""
    return found_school


@pytest.fixture
def empty_school(tmp_path: Path) -> School:
    """A school in which nothing has happened yet."""
    return found_school(tmp_path)
