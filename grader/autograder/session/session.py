"""One submission in the sandbox: run its cells in order, call its functions, start a new runner when one dies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Self, TypeVar

from autograder.course.limits import Limits
from autograder.runner import wire
from autograder.sandbox.engines import Engine, EngineError
from autograder.session.channel import RunnerChannel, RunnerDied
from autograder.session.decode import CellResult, decode_cell_result, decode_outcome, decode_outcomes
from autograder.session.stopwatch import STARVED
from gradcheck.call import Code, Outcome, Raised
from gradcheck.caller import Caller

_SENTENCES = {
    "time": "It ran longer than it may and was stopped.",
    "budget": "The notebook as a whole ran longer than it may.",
    "memory": "It used more memory than it may and was stopped.",
    "files": "It wrote more files than it may and was stopped.",
    "protocol": "It wrote to a place that is not its own and was stopped.",
    "crash": "It ended the Python process that it ran in.",
}
TOGETHER_SECONDS = 1.0
"""For the calls of one request, which take some milliseconds; where they take longer, each is made on its own."""
_ARRAY_ALLOWANCE = 2
"""A gradient has the shape of its parameter: a reply may have ``reply_bytes`` and this many times what was sent."""

T = TypeVar("T")


class Session(Caller):
    """Runs cells and calls functions. Leaving the ``with`` block ends the runner."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine, self._limits = engine, limits
        self._channel: RunnerChannel | None = None
        self._ran: list[str] = []
        self._failures: dict[str, Outcome] = {}
        self._starts = 0
        self._cells_seconds = 0.0
        self.missed_a_name = False
        """Code of the notebook looked for a name that was not there."""
        self._spent = 0.0
        """Seconds of all requests, as stopwatches counted them."""
        self._until = time.monotonic() + STARVED * limits.submission_seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the runner."""
        if self._channel:
            self._channel.end()

    def run(self, source: str, defines: str = "", *, draws: bool = True) -> CellResult:
        """Run one cell. ``defines`` is the name that it should leave behind, if any.

        Its figures are rendered only if ``draws``: that takes longer than all the rest of a cell.
        """
        failure: Outcome | None = None
        before = self._spent
        try:
            self._live_channel()
            before = self._spent  # the time of a restart does not count for this cell
            figures = self._limits.figures if draws else 0
            done = self._cell(source, self._limits.cells_seconds - self._cells_seconds, figures)
        except RunnerDied as died:
            failure = failure_outcome(died)
            done = CellResult(_raised(died), (_notice(_raised(died)),))
        else:
            failure = Outcome("raised", raised=done.raised) if done.raised else None
            self._note(done.raised)
            self._ran.append(source)
        self._cells_seconds += self._spent - before
        if defines and failure:
            self._failures[defines] = failure
        return done

    def call(
        self, name: str, args: Sequence[Any], stand_ins: Mapping[str, Code] | None = None, seconds: float | None = None
    ) -> Outcome:
        """Call the learner's function ``name`` for at most ``seconds``, and never longer than the limits allow."""
        data: list[bytes] = []
        body = {
            "op": "call",
            "name": name,
            "args": wire.encode(tuple(args), data, Code),
            "stand_ins": _sources(stand_ins),
        }
        allowed = self._limits.call_seconds
        return self._ask(body, data, allowed if seconds is None else min(seconds, allowed), len(args))

    def call_all(
        self, name: str, many: Sequence[Sequence[Any]], stand_ins: Mapping[str, Code] | None = None
    ) -> Iterator[Outcome]:
        """Call ``name`` once for each of ``many`` arguments, in one request, which saves most of what asking costs.

        Each call has a request and a limit of its own where the runner did not survive that, or where it took long.
        """
        if not many:
            return iter(())
        data: list[bytes] = []
        body = {
            "op": "calls",
            "name": name,
            "many": [wire.encode(tuple(args), data, Code) for args in many],
            "stand_ins": _sources(stand_ins),
        }
        room = len(many) * self._limits.reply_bytes + _ARRAY_ALLOWANCE * sum(map(len, data))
        given = [len(args) for args in many]
        try:
            channel = self._live_channel()
            outcomes = self._request(
                body | {"room": room},
                data,
                min(TOGETHER_SECONDS, self._limits.call_seconds),
                room,
                lambda reply, blob: decode_outcomes(reply, blob, channel.counted_s, given, stand_ins or ()),
            )
        except RunnerDied:
            return (self.call(name, args, stand_ins) for args in many)
        return map(self._noted, [name] * len(many), outcomes)

    def value(self, name: str) -> Outcome:
        """Return the learner's variable ``name``."""
        return self._ask({"op": "value", "name": name, "stand_ins": {}}, [], self._limits.call_seconds, 0)

    def _ask(self, body: dict[str, Any], data: list[bytes], seconds: float, given: int) -> Outcome:
        budget_bytes = self._limits.reply_bytes + _ARRAY_ALLOWANCE * sum(map(len, data))
        before = self._spent
        try:
            channel = self._live_channel()
            before = self._spent
            found = self._request(
                body | {"room": budget_bytes},
                data,
                seconds,
                budget_bytes,
                lambda reply, blob: decode_outcome(reply, blob, channel.counted_s, given, body["stand_ins"]),
            )
        except RunnerDied as died:
            return failure_outcome(died, self._spent - before)
        return self._noted(body["name"], found)

    def _noted(self, name: str, found: Outcome) -> Outcome:
        """Return what came of a call; of a function that is missing, what came of the cell that should define it."""
        self._note(found.raised)
        return self._failures.get(name, found) if found.status == "missing" else found

    def _note(self, raised: Raised | None) -> None:
        self.missed_a_name = self.missed_a_name or (raised is not None and raised.type == "NameError")

    def _cell(self, source: str, seconds: float, figures: int = 0) -> CellResult:
        return self._request(
            {"op": "cell", "source": source, "figures": figures},
            [],
            min(seconds, self._limits.cell_seconds),
            figures * self._limits.figure_bytes,
            lambda body, data: decode_cell_result(body, data, self._limits),
        )

    def _request(
        self,
        body: dict[str, Any],
        data: list[bytes],
        seconds: float,
        budget_bytes: int,
        understand: Callable[[dict[str, Any], bytes], T],
    ) -> T:
        """Ask the runner; what that takes is counted, however it ends."""
        channel, allowed = self._live_channel(), self._left(seconds)
        try:
            return channel.ask(body, data, allowed, budget_bytes, understand)
        finally:
            self._spent += channel.counted_s

    def _live_channel(self) -> RunnerChannel:
        """Return a runner in which all earlier cells have run, except those that killed one."""
        while self._channel is None or self._channel.ended:
            self._starts += 1
            if self._starts > self._limits.restarts:
                raise RunnerDied("budget")
            try:
                self._channel = RunnerChannel(self._engine, self._limits)
            except (RunnerDied, OSError) as died:  # no learner's code has run in it
                raise EngineError(f"{self._engine.name} did not start the runner: {died}") from died
            self._replay_cells()
        return self._channel

    def _replay_cells(self) -> None:
        """Run the earlier cells in a new runner; drop any that kills it."""
        earlier, self._ran = self._ran, []
        for number, source in enumerate(earlier):
            try:
                self._cell(source, self._limits.cell_seconds)
            except RunnerDied:
                self._ran += earlier[number + 1 :]
                return
            self._ran.append(source)

    def _left(self, seconds: float) -> float:
        left = min(seconds, self._limits.submission_seconds - self._spent)
        if left <= 0 or time.monotonic() > self._until:
            raise RunnerDied("budget")
        return left


def failure_outcome(died: RunnerDied, seconds: float = 0.0) -> Outcome:
    """Return why a runner ended: a status for the judge, and a sentence for the learner."""
    raised = _raised(died)
    return Outcome(raised.type, raised=raised, seconds=seconds)


def _raised(died: RunnerDied) -> Raised:
    return Raised("timeout" if died.why in ("time", "budget") else "killed", _SENTENCES[died.why])


def _notice(raised: Raised) -> dict[str, Any]:
    return {"output_type": "error", "ename": raised.type, "evalue": raised.message, "traceback": [raised.message]}


def _sources(stand_ins: Mapping[str, Code] | None) -> dict[str, str]:
    return {name: code.source for name, code in (stand_ins or {}).items()}
