"""Time is what a learner's processes used: neither a busy neighbour nor a slow look of the judge changes it."""

from __future__ import annotations

import dataclasses
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from autograder.sandbox import resource_usage
from autograder.sandbox.engines import Engine
from autograder.sandbox.resource_usage import ProcessorUse, processor_use
from autograder.session import channel, stopwatch
from autograder.session.session import Session
from autograder.session.stopwatch import STARVED, Stopwatch
from tests.autograder.small_course import QUICK

ROUNDS = int(os.environ.get("COURSE_BURNER_ROUNDS", "3"))
OURS = frozenset({1, 2})
_BURN = "import os\nfor _ in range(31):\n    if os.fork() == 0:\n        while True: pass\nwhile True: pass"
_HONEST = (
    "import time\ndef f(x):\n    until = time.process_time() + 0.3\n"
    "    while time.process_time() < until: pass\n    return x"
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The wall's clock, as a list of one number that a test sets."""
    now = [0.0]
    monkeypatch.setattr(stopwatch.time, "monotonic", lambda: now[0])
    return now


def watched(clock: list[float], *readings: tuple[float, float, float, set[int]]) -> Stopwatch:
    """Return a stopwatch after these readings: (wall, used, waited, processes)."""
    watch = Stopwatch(OURS)
    for wall, used, waited, processes in readings:
        clock[0] = wall
        watch.note(ProcessorUse(used, waited, frozenset(processes)))
    return watch


def test_what_a_busy_machine_takes_does_not_count(clock: list[float]) -> None:
    watch = watched(clock, (0.1, 7.0, 2.0, {1, 2}), (8.1, 7.5, 9.5, {1, 2}))
    assert watch.counted_s == pytest.approx(0.1 + 0.5)


def test_sleep_counts(clock: list[float]) -> None:
    watch = watched(clock, (0.1, 7.0, 2.0, {1, 2}), (8.1, 7.0, 2.0, {1, 2}))
    assert watch.counted_s == pytest.approx(8.1)


def test_processor_time_of_many_counts_for_each(clock: list[float]) -> None:
    watch = watched(clock, (0.1, 0.0, 0.0, {1, 2, 3, 4}), (2.1, 8.0, 0.0, {1, 2, 3, 4}))
    assert watch.counted_s == pytest.approx(8.1)


def test_who_keeps_the_processors_busy_gains_no_time_by_it(clock: list[float]) -> None:
    """Children that nobody waits for take their times with them, and the runner waits for a processor meanwhile."""
    watch = watched(clock, (0.1, 1.0, 0.0, {1, 2}), (2.1, 1.1, 1.9, {1, 2, 3}), (4.1, 1.2, 3.8, {1, 2}))
    assert watch.counted_s == pytest.approx(4.1)


def test_a_lost_child_takes_no_time_back(clock: list[float]) -> None:
    watch = watched(clock, (0.1, 1.0, 0.0, {1, 2, 3}), (1.1, 5.0, 0.0, {1, 2, 3}), (1.2, 2.0, 0.0, {1, 2}))
    assert watch.counted_s == pytest.approx(4.1)


def test_no_request_lasts_for_ever_however_little_it_gets(clock: list[float]) -> None:
    watch = watched(clock, (0.1, 0.0, 0.0, {1, 2}), (STARVED * 2 - 0.1, 0.1, 40.0, {1, 2}))
    assert not watch.is_over(2.0)
    clock[0] = STARVED * 2
    assert watch.is_over(2.0)


def test_the_times_of_a_process_and_of_its_ended_children_are_read() -> None:
    before = processor_use(os.getpid())
    child = os.fork()
    if child == 0:
        until = time.process_time() + 0.2
        while time.process_time() < until:
            pass
        os._exit(0)
    os.waitpid(child, 0)
    assert processor_use(os.getpid()).used_s - before.used_s >= 0.15


def test_a_look_that_takes_long_is_time_of_the_runner_and_not_of_the_judge(
    trust: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learners can make a look slow, with many processes of many mappings."""
    monkeypatch.setattr(channel, "exceeded_limit", lambda *given: time.sleep(0.4) or "")
    with Session(trust, dataclasses.replace(QUICK, call_seconds=1.0)) as session:
        session.run("def f(x):\n    while True: pass")
        began = time.monotonic()
        assert session.call("f", (1,)).status == "timeout"
        assert time.monotonic() - began < 6


def test_a_look_at_many_mappings_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(resource_usage, "_LOOK_SECONDS", 0.05)
    monkeypatch.setattr(resource_usage, "_resident", lambda pid: 100)

    def slow(pid: int) -> int:
        looked.append(pid)
        until = time.thread_time() + 0.03
        while time.thread_time() < until:
            pass
        return 1

    monkeypatch.setattr(resource_usage, "_proportional", slow)
    assert resource_usage._shared_once(range(30)) > 2000
    assert len(looked) < 5


@contextmanager
def burners(engine: Engine) -> Iterator[None]:
    """Let a neighbour keep all processors busy with as many processes as a submission may have."""
    with Session(engine, dataclasses.replace(QUICK, cell_seconds=600.0, cells_seconds=600.0)) as neighbour:
        neighbour.run("x = 1")
        burning = threading.Thread(target=neighbour.run, args=(_BURN,))
        burning.start()
        time.sleep(1.0)
        try:
            yield
        finally:
            neighbour._channel.end()  # what it waits for is over
            burning.join()


def test_the_honest_neighbour_of_31_burners_keeps_its_time(jail: Engine) -> None:
    with Session(jail, QUICK) as session, burners(jail):
        session.run(_HONEST)
        found = [session.call("f", (1.0,), seconds=1.0) for _ in range(ROUNDS)]
    assert [outcome.status for outcome in found] == ["returned"] * ROUNDS
    assert max(outcome.seconds for outcome in found) < 1.0
