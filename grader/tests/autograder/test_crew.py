"""Workers come and go, and no task is lost with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from autograder import crew


def die(place: Path) -> None:
    """Take the worker along."""
    (place / f"{len(list(place.iterdir()))}").touch()
    os._exit(1)


def test_a_worker_that_dies_takes_only_the_task_with_it_that_killed_it(tmp_path: Path) -> None:
    tasks: list = [(n, (pow, (n, 2))) for n in range(12)]
    tasks[5] = (5, (die, (tmp_path,)))
    found = dict(crew.run(iter(tasks), partial(crew.processes, 2), 4))
    assert isinstance(found.pop(5), crew.BrokenExecutor)
    assert found == {n: n * n for n in range(12) if n != 5}
    assert len(list(tmp_path.iterdir())) == crew.TRIES


def test_what_a_task_raises_is_its_result() -> None:
    for count in (1, 2):
        found = dict(crew.run(iter([(1, (divmod, (1, 0))), (2, (divmod, (7, 2)))]), partial(crew.processes, count), 2))
        assert isinstance(found[1], ZeroDivisionError)
        assert found[2] == (3, 1)


def test_only_so_many_tasks_are_read_ahead() -> None:
    read = []

    def tasks() -> Iterator:
        for number in range(100):
            read.append(number)
            yield number, (abs, (number,))

    results = crew.run(tasks(), partial(crew.processes, 2), 6)
    next(results)
    assert len(read) <= 6
    results.close()
