"""A run of grading that was killed is completed by running it again."""

from __future__ import annotations

import os

from autograder import course, sandbox

import kills


def test_killed_runs_end_in_the_books_of_an_undisturbed_one(tmp_path, monkeypatch):
    monkeypatch.setenv(course.HOME_VARIABLE, "")
    engine = "trust" if sandbox.problems(sandbox.Engine("bubblewrap", course.LEARNER_PYTHON)) else "bubblewrap"
    assert kills.differences(tmp_path, int(os.environ.get("COURSE_KILLS", "5")), 1, engine) == []
