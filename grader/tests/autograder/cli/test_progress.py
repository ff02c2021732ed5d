"""Progress is a bar on a terminal and a line elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from autograder.cli import progress
from autograder.cli.progress import progress_line, show_progress


@pytest.mark.parametrize("terminal", [True, False])
def test_every_result_comes_through(terminal: bool) -> None:
    console = Console(file=io.StringIO(), force_terminal=terminal)
    assert list(show_progress(range(5), 5, console)) == list(range(5))


def test_without_a_terminal_there_are_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    console = Console(file=io.StringIO(), force_terminal=False)
    list(show_progress(range(2), 2, console))
    said = console.file.getvalue()
    assert "1 of 2 graded" in said
    assert "\x1b" not in said


def test_a_line_says_how_fast_and_how_long() -> None:
    assert progress_line(50, 200, 60.0) == "50 of 200 graded, 50 a minute, 3:00 left"
