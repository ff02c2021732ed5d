"""Show the progress of a long run: a bar on a terminal, elsewhere a line every half minute."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

LINE_SECONDS = 30.0

T = TypeVar("T")


def show_progress(results: Iterable[T], total: int, console: Console) -> Iterator[T]:
    """Yield the results, and show how many there are, how many a minute, and how long the rest will take."""
    yield from (_bar if console.is_terminal else _lines)(results, total, console)


def _bar(results: Iterable[T], total: int, console: Console) -> Iterator[T]:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(results, total)


def _lines(results: Iterable[T], total: int, console: Console) -> Iterator[T]:
    started = said = time.monotonic()
    for number, result in enumerate(results, 1):
        yield result
        now = time.monotonic()
        if now - said >= LINE_SECONDS:
            said = now
            console.print(progress_line(number, total, now - started))


def progress_line(number: int, total: int, seconds: float) -> str:
    """Return the state of a run as one line.

    >>> progress_line(50, 200, 60.0)
    '50 of 200 graded, 50 a minute, 3:00 left'
    """
    left = round(seconds / number * (total - number))
    return f"{number} of {total} graded, {60 * number / seconds:.0f} a minute, {left // 60}:{left % 60:02} left"


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{60 * task.speed:.0f} a minute" if task.speed else "", style="progress.data.speed")
