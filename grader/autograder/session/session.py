"""One submission in the sandbox: its cells in order, the judge's calls between them, a new runner after each death."""

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

_TOLD = {
    "time": "It ran longer than it may and was stopped.",
    "budget": "The notebook as a whole ran longer than it may.",
    "memory": "It used more memory than it may and was stopped.",
    "files": "It wrote more files than it may and was stopped.",
    "protocol": "It wrote to a place that is not its own and was stopped.",
    "crash": "It ended the Python process that it ran in.",
}
_ARRAY_ALLOWANCE = 2
"""A gradient has the shape of its parameter: a reply may be this many times what was sent, beside the flat limit."""


class Session:
    """Runs cells and calls functions (it is the judge's ``Caller``). Leaving it ends the runner."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine, self._limits = engine, limits
        self._process: RunnerChannel | None = None
        self._ran: list[str] = []
        self._fates: dict[str, Outcome] = {}
        self._starts = 0
        self._cells_seconds = 0.0
        self._until = time.monotonic() + limits.submission_seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._bury()

    def run(self, source: str, defines: str = "", *, draws: bool = True) -> CellResult:
        """Run one cell. ``defines`` is the name that it should leave behind, if any.

        Its figures are made into pictures only if it ``draws``: that takes longer than all the rest of a cell.
        """
        started = time.monotonic()
        try:
            self._alive()
            started = time.monotonic()  # what a restart takes is not this cell's
            figures = self._limits.figures if draws else 0
            done = self._cell(source, self._limits.cells_seconds - self._cells_seconds, figures)
        except RunnerDied as died:
            fate = failure_outcome(died)
            done = CellResult(fate.raised, (_notice(fate.raised),))
        else:
            fate = Outcome("raised", raised=done.raised) if done.raised else None
            self._ran.append(source)
        self._cells_seconds += time.monotonic() - started
        if defines and fate:
            self._fates[defines] = fate
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

    def _ask(self, body: dict, data: list[bytes], seconds: float, given: int) -> Outcome:
        room = self._limits.reply_bytes + _ARRAY_ALLOWANCE * sum(map(len, data))
        started = time.monotonic()
        try:
            process = self._alive()
            started = time.monotonic()
            found = process.ask(
                body | {"room": room},
                data,
                self._left(seconds),
                room,
                lambda reply_body, blob: decode_outcome(
                    reply_body, blob, time.monotonic() - started - process.absent, given, body["stand_ins"]
                ),
            )
        except RunnerDied as died:
            return failure_outcome(died, time.monotonic() - started)
        return self._fates.get(body["name"], found) if found.status == "missing" else found

    def _cell(self, source: str, seconds: float, figures: int = 0) -> CellResult:
        process = self._alive()
        return process.ask(
            {"op": "cell", "source": source, "figures": figures},
            [],
            self._left(min(seconds, self._limits.cell_seconds)),
            figures * self._limits.figure_bytes,
            lambda body, data: decode_cell_result(body, data, self._limits),
        )

    def _alive(self) -> RunnerChannel:
        """Return a runner in which every cell has run that ran before and did not end it."""
        while self._process is None or self._process.ended:
            self._starts += 1
            if self._starts > self._limits.restarts:
                raise RunnerDied("budget")
            try:
                self._process = RunnerChannel(self._engine, self._limits)
            except (RunnerDied, OSError) as died:  # no learner's code has run in it
                raise EngineError(f"{self._engine.name} did not start the runner: {died}") from died
            self._again()
        return self._process

    def _again(self) -> None:
        """Run the cells of before once more; forget one that does not bear it."""
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

    def _bury(self) -> None:
        if self._process:
            self._process.end()


def failure_outcome(died: RunnerDied, seconds: float = 0.0) -> Outcome:
    """Tell the judge, and in words the learner, what ended the runner."""
    status = "timeout" if died.why in ("time", "budget") else "killed"
    return Outcome(status, raised=Raised(status, _TOLD[died.why]), seconds=seconds)


def _notice(raised: Raised) -> dict:
    return {"output_type": "error", "ename": raised.type, "evalue": raised.message, "traceback": [raised.message]}
