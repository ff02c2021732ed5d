"""Say why a walk over a tape stops."""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.call import Raised
from gradcheck.diagnosis.catalogue import vocabulary


def why_it_stops(raised: Raised, known: tuple) -> str:
    """Say why a walk stops at a leaf, or at a row that nothing came back to."""
    tape = known[0]
    if raised.type == "KeyError" and "leaf" in raised.message:
        return "A leaf was not computed: it has no rule in `back`, and nothing to hand on."
    if "NoneType" in raised.message and any(not _reaches_last(tape, row) for row in range(len(tape))):
        return f"Something is None there. {vocabulary()['zeros-missing'].seen}"
    return ""


def _reaches_last(tape: Sequence, row: int) -> bool:
    """Tell whether a path leads from a row to the last one."""
    reached = {row}
    for k, (_, _, inputs) in enumerate(tape):
        if not reached.isdisjoint(inputs):
            reached.add(k)
    return len(tape) - 1 in reached
