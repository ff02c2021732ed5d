"""How long a runner has worked on one request: what other processes of the machine took from it does not count."""

from __future__ import annotations

import time

from autograder.sandbox.resource_usage import ProcessorUse

STARVED = 20.0
"""A request ends after this many times its limit on the wall's clock, however little of the processors it got."""


class Stopwatch:
    """Measures one request.

    What counts is the larger of two times: the processor time of all the runner's processes, and the time that passed
    without that for which the runner was ready and the machine had no processor for it. The second one lets sleep
    count, too. A runner that has started other processes may itself be what keeps the processors busy: then all the
    time that passes counts.
    """

    def __init__(self, known: frozenset[int]) -> None:
        self._known = known
        """The processes that were there before any learner's code."""
        self._started = time.monotonic()
        self._judge_delay_s = 0.0
        self._before_s = 0.0
        """The time until the first reading: all of it counts."""
        self._first: ProcessorUse | None = None
        self._last: ProcessorUse | None = None
        self._started_others = False

    def delay(self, seconds: float) -> None:
        """Note that the machine kept the judge, and not the runner, waiting for so long."""
        self._judge_delay_s += max(0.0, seconds)

    def note(self, use: ProcessorUse) -> None:
        """Note what the runner's processes have used by now."""
        if self._first is None:
            self._first, self._before_s = use, self.passed_s
        if self._last is None or use.used_s >= self._last.used_s:  # an ended child can be lost from the count
            self._last = use
        self._started_others |= not use.processes <= self._known

    @property
    def passed_s(self) -> float:
        """The time that has passed, without that for which the judge was delayed."""
        return time.monotonic() - self._started - self._judge_delay_s

    @property
    def measured(self) -> bool:
        """Whether it has taken so long that there is a reading."""
        return self._first is not None

    @property
    def counted_s(self) -> float:
        """The time that counts, as of the last reading."""
        passed = self.passed_s
        if self._first is None or self._last is None:
            return passed
        waited = 0.0 if self._started_others else self._last.waited_s - self._first.waited_s
        used = self._last.used_s - self._first.used_s
        return self._before_s + max(used, passed - self._before_s - max(0.0, waited))

    def is_over(self, seconds: float) -> bool:
        """Tell whether a request that may take ``seconds`` has taken them."""
        return self.counted_s >= seconds or self.passed_s >= STARVED * seconds
