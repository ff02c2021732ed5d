"""One runner: start it, talk to it with limits, end it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from autograder.course.limits import Limits
from autograder.runner import wire
from autograder.sandbox.engines import Engine, start_runner
from autograder.sandbox.resource_usage import exceeded_limit, process_tree, processor_use
from autograder.session.stopwatch import Stopwatch

TICK_SECONDS = 0.1
_MISUNDERSTANDINGS = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)

T = TypeVar("T")


class RunnerDied(Exception):
    """The runner has ended or was killed; ``why`` is time, memory, files, protocol, crash or budget."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(detail or why)
        self.why = why


class RunnerChannel:
    """A runner under an engine. After it has died it must not be asked again."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._limits = limits
        self.ended = self._ready = False
        self._known: frozenset[int] = frozenset()
        self._watch = Stopwatch(self._known)
        self._watched = time.monotonic()
        self._runner = start_runner(engine, limits)
        self._in, self._out = self._runner.writing, self._runner.reading
        for fd in (self._in, self._out):
            os.set_blocking(fd, False)
        try:
            settings = _settings(limits, self._runner.counts_processes)
            self.ask(settings, [], limits.start_seconds, 0, lambda body, data: None)
        except BaseException:  # Ctrl-C, too
            self.end()
            raise
        self._ready = True
        self._known = frozenset(process_tree(*self._runner.roots))

    @property
    def counted_s(self) -> float:
        """Seconds of the present or the last request that count as the runner's."""
        if self._watch.measured and not self.ended:
            self._watch.note(processor_use(*self._runner.roots))
        return self._watch.counted_s

    def ask(
        self,
        body: Any,
        data: Sequence[bytes],
        seconds: float,
        budget_bytes: int,
        understand: Callable[[dict[str, Any], bytes], T],
    ) -> T:
        """Send one request and return what ``understand`` makes of the body and the data of its reply.

        ``seconds`` are those that a stopwatch counts, and not those on the wall. The reply may have ``budget_bytes``
        bytes of data. Anything but one reply, in time, that can be understood ends the runner and raises RunnerDied.
        """
        self._watch = Stopwatch(self._known)
        request = secrets.token_hex(8)
        try:
            if select.select([self._out], [], [], 0)[0]:
                raise (
                    self._ended_by_itself()
                    if not os.read(self._out, 1)
                    else RunnerDied("protocol", "it wrote without being asked")
                )
            self._send(wire.pack(request, body, data), seconds)
            return understand(*self._reply(request, seconds, budget_bytes))
        except RunnerDied:
            self.end()
            raise
        except _MISUNDERSTANDINGS as err:
            self.end()
            raise RunnerDied("protocol", f"{type(err).__name__}: {err}") from err

    def end(self) -> None:
        """Kill the runner and everything that it started."""
        if self.ended:
            return
        self.ended = True
        self._runner.end()

    def _send(self, frame: bytes, seconds: float) -> None:
        view = memoryview(frame)
        while view:
            self._wait([], [self._in], seconds)
            with contextlib.suppress(BlockingIOError):
                try:
                    view = view[os.write(self._in, view) :]
                except BrokenPipeError:
                    raise self._ended_by_itself() from None

    def _reply(self, request: str, seconds: float, budget_bytes: int) -> tuple[dict[str, Any], bytes]:
        def read(size: int) -> bytes:
            return self._read(size, seconds)

        size = wire.LENGTH.unpack(read(4))[0]
        if size > self._limits.header_bytes:
            raise RunnerDied("protocol", "the header is too long")
        header = json.loads(read(size))
        sizes = [header["body"], header["data"]]
        if header["id"] != request or any(type(n) is not int or n < 0 for n in sizes):
            raise RunnerDied("protocol", "the header is not that of a reply")
        if sizes[0] > self._limits.body_bytes or sizes[1] > budget_bytes:
            raise RunnerDied("protocol", "the reply is too long")
        body = json.loads(read(sizes[0]))
        if not isinstance(body, dict):
            raise RunnerDied("protocol", "the body is not an object")
        return body, read(sizes[1])

    def _read(self, size: int, seconds: float) -> bytes:
        parts = []
        while size > 0:
            self._wait([self._out], [], seconds)
            try:
                part = os.read(self._out, min(size, 1 << 20))
            except BlockingIOError:
                continue
            if not part:
                raise self._ended_by_itself()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _wait(self, reading: list[int], writing: list[int], seconds: float) -> None:
        """Return as soon as a descriptor is ready; check the runner's memory and files meanwhile.

        The check goes by the clock and not by silence: a runner that sends single bytes is checked, too.
        """
        while True:
            if self._watch.is_over(seconds):
                raise RunnerDied("time")
            if time.monotonic() - self._watched >= TICK_SECONDS:
                self._look()
            patience = max(0.0, min(seconds - self._watch.counted_s, TICK_SECONDS))
            before = time.monotonic()  # after the look: what that takes is no delay of the judge's
            ready = any(select.select(reading, writing, [], patience))
            self._watch.delay(time.monotonic() - before - patience)
            if ready:
                return

    def _look(self) -> None:
        """Measure what the runner and all that it started use; raise RunnerDied where that is too much."""
        excess = exceeded_limit(self._runner.roots, self._runner.scratch, self._limits)
        if excess:
            raise RunnerDied(excess)
        self._watch.note(processor_use(*self._runner.roots))
        self._watched = time.monotonic()

    def _ended_by_itself(self) -> RunnerDied:
        """Return the error for a runner that ended by itself, with the engine's message if it never was ready."""
        return RunnerDied("crash", "" if self._ready else self._runner.complaint())


def _settings(limits: Limits, counts_processes: bool) -> dict[str, Any]:
    rlimits = {
        "AS": limits.address_bytes,
        "FSIZE": limits.written_file_bytes,
        "NOFILE": limits.open_files,
        "CPU": int(limits.submission_seconds) + 1,  # the judge's own clock is earlier, if the judge is alive
        "CORE": 1,  # not 0: a program that the core pattern names would be started all the same (coredump.c)
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": 256,
    }
    if counts_processes:
        rlimits["NPROC"] = limits.processes
    return {"rlimits": rlimits, "output": limits.output_bytes, "figure": limits.figure_bytes}
