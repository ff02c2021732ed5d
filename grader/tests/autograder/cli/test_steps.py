"""What is said before a class is graded, and what one assignment's trouble does to the others."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest
from nbgrader.converters.base import NbGraderException
from rich.console import Console
from traitlets.config import Config

from autograder.cli import steps
from autograder.course.classroom import Classroom
from autograder.course.secret import SECRET_MARK
from autograder.gradebook.nbgrader_config import configure


def test_a_second_grader_with_another_secret_is_warned_before_anybody_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SECRET_MARK).write_text("of somebody else's secret")
    monkeypatch.setattr(steps, "run_converter", lambda *_, **__: 1 / 0)
    console = Console(file=io.StringIO(), width=120)
    with pytest.raises(ZeroDivisionError):
        steps.grade_assignment("01", configure(Config(), Classroom(tmp_path)), console)
    assert console.file.getvalue().startswith("look: this class was graded with another secret of the course")


def test_a_chapter_with_a_page_that_fails_stops_no_later_chapter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(assignment: str, _: Config) -> None:
        written.append(assignment)
        if assignment == "01":
            raise NbGraderException("ada is not in the gradebook\nno page: ada")

    monkeypatch.setattr(steps, "write_feedback", write)
    config, console = configure(Config(), Classroom(tmp_path)), Console(file=io.StringIO(), width=120)
    given = argparse.Namespace(hints=None, zip=False)
    assert not steps.write_all_feedback(["01", "02", "03"], config, given, console)
    assert written == ["01", "02", "03"]
    assert console.file.getvalue() == "01: ada is not in the gradebook\n01: no page: ada\n"
    assert steps.write_all_feedback(["02"], config, given, console)
