"""A run of grading that was killed is completed by running it again."""

from __future__ import annotations

import os
import subprocess
import sys

from autograder.course import paths, secret
from autograder.sandbox.engines import Engine, engine_problems
from tests.hostile import kills
from tests.hostile.school import ENGINE


def test_killed_runs_end_in_the_books_of_an_undisturbed_one(monkeypatch):
    monkeypatch.setenv(secret.HOME_VARIABLE, "")
    unusable = engine_problems(Engine(ENGINE, paths.LEARNER_PYTHON)) and "COURSE_ENGINE" not in os.environ
    engine = "trust" if unusable else ENGINE
    command = [sys.executable, kills.__file__, os.environ.get("COURSE_KILLS", "3"), "1", engine]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # it forks: not a process of pytest's
    assert done.returncode == 0, done.stdout + done.stderr
