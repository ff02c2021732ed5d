"""One submission in the sandbox: run its cells in order, call its functions, start a new runner when one dies."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Self

from autograder.course.limits import Limits
from autograder.runner import wire
from autograder.sandbox.engines import Engine, EngineError
from autograder.session.channel import RunnerChannel, RunnerDied
from autograder.session.decode import CellResult, decode_cell_result, decode_outcome
from gradcheck.call import Code, Outcome, Raised

_SENTENCES = {
    "time": "It ran longer than it may and was stopped.",
    "budget": "The notebook as a whole ran longer than it may.",
    "memory": "It used more memory than it may and was stopped.",
    "files": "It wrote more files than it may and was stopped.",
    "protocol": "It wrote to a place that is not its own and was stopped.",
    "crash": "It ended the Python process that it ran in.",
}
_ARRAY_ALLOWANCE = 2
"""A gradient has the shape of its parameter: a reply may have ``reply_bytes`` and this many times what was sent."""


class Session:
    """Runs cells and calls functions; it is the judge's ``Caller``. Leaving the ``with`` block ends the runner."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine, self._limits = engine, limits
        self._channel: RunnerChannel | None = None
        self._ran: list[str] = []
        self._failures: dict[str, Outcome] = {}
        self._starts = 0
        self._cells_seconds = 0.0
        self.missed_a_name = False
        """Code of the notebook looked for a name that was not there."""
        self._until = time.monotonic() + limits.submission_seconds

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
        started = time.monotonic()
        try:
            self._live_channel()
            started = time.monotonic()  # the time of a restart does not count for this cell
            figures = self._limits.figures if draws else 0
            done = self._cell(source, self._limits.cells_seconds - self._cells_seconds, figures)
        except RunnerDied as died:
            failure = failure_outcome(died)
            done = CellResult(_raised(died), (_notice(_raised(died)),))
        else:
            failure = Outcome("raised", raised=done.raised) if done.raised else None
            self._note(done.raised)
            self._ran.append(source)
        self._cells_seconds += time.monotonic() - started
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
            "stand_ins": {key: code.source for key, code in (stand_ins or {}).items()},
        }
        allowed = self._limits.call_seconds
        return self._ask(body, data, allowed if seconds is None else min(seconds, allowed), len(args))

    def value(self, name: str) -> Outcome:
        """Return the learner's variable ``name``."""
        return self._ask({"op": "value", "name": name, "stand_ins": {}}, [], self._limits.call_seconds, 0)

    def _ask(self, body: dict[str, Any], data: list[bytes], seconds: float, given: int) -> Outcome:
        budget_bytes = self._limits.reply_bytes + _ARRAY_ALLOWANCE * sum(map(len, data))
        started = time.monotonic()
        try:
            channel = self._live_channel()
            started = time.monotonic()
            found = channel.ask(
                body | {"room": budget_bytes},
                data,
                self._left(seconds),
                budget_bytes,
                lambda reply_body, blob: decode_outcome(
                    reply_body, blob, time.monotonic() - started - channel.judge_delay_s, given, body["stand_ins"]
                ),
            )
        except RunnerDied as died:
            return failure_outcome(died, time.monotonic() - started)
        self._note(found.raised)
        return self._failures.get(body["name"], found) if found.status == "missing" else found

    def _note(self, raised: Raised | None) -> None:
        self.missed_a_name = self.missed_a_name or (raised is not None and raised.type == "NameError")

    def _cell(self, source: str, seconds: float, figures: int = 0) -> CellResult:
        channel = self._live_channel()
        return channel.ask(
            {"op": "cell", "source": source, "figures": figures},
            [],
            self._left(min(seconds, self._limits.cell_seconds)),
            figures * self._limits.figure_bytes,
            lambda body, data: decode_cell_result(body, data, self._limits),
        )

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
        left = min(seconds, self._until - time.monotonic())
        if left <= 0:
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
