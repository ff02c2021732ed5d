"""When an assignment is due, for whom later, and what lateness costs: the one policy of a class."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from autograder.course.clock import local, read_duration, read_moment
from autograder.course.text import join_some
from autograder.course.whole_file import write_whole

DAY = timedelta(days=1)
NONE, ZERO = "none", "zero"
NAMED = 10
"""Learners whom a sentence names; it counts the others."""
_PER_DAY = re.compile(r"per-day=(\d+(?:\.\d+)?)(%?)")


@dataclass(frozen=True)
class DuePolicy:
    """What holds for one assignment."""

    due: datetime | None = None
    """UTC; None where lateness does not count."""
    grace: timedelta = timedelta()
    """How much later still counts as in time."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """Learner -> ``+48h``, or a moment of their own."""
    penalty: str = NONE
    """``none``, ``zero``, ``per-day=N`` points, or ``per-day=N%`` of the assignment's points, a day that has begun."""
    excused: tuple[str, ...] = ()
    """Learners who need not hand it in."""

    def deadline(self, learner: str) -> datetime | None:
        """Return when it is due for one learner, without the grace."""
        extension = self.extensions.get(learner, "")
        if not self.due or not extension:
            return self.due
        return self.due + read_duration(extension) if extension.startswith("+") else read_moment(extension)

    def lateness(self, learner: str, moment: datetime) -> timedelta:
        """Return how late something is that came in at ``moment`` (UTC); zero within the grace."""
        deadline = self.deadline(learner)
        if deadline is None or moment <= deadline + self.grace:
            return timedelta()
        return moment - deadline

    def charge(self, late: timedelta, score: float, most: float) -> float:
        """Return the points that lateness costs, never more than were earned.

        >>> DuePolicy(penalty="per-day=2").charge(timedelta(hours=25), 18.0, 20.0)
        4.0
        """
        if late <= timedelta() or self.penalty == NONE:
            return 0.0
        if self.penalty == ZERO:
            return score
        number, percent = read_penalty(self.penalty)
        each = number * most / 100 if percent else number
        return min(max(score, 0.0), each * math.ceil(late / DAY))

    def words(self, zone: tzinfo | None) -> str:
        """Return the policy as a sentence."""
        if not self.due:
            return "no due date"
        said = f"due {local(self.due, zone)}"
        said += f", {_length(self.grace)} of grace" if self.grace else ""
        given = [f"{who} {span}" for who, span in self.extensions.items()]
        said += f", extensions: {join_some(given, NAMED)}" if given else ""
        said += f", excused: {join_some(self.excused, NAMED)}" if self.excused else ""
        return f"{said}, penalty {self.penalty}"


def read_penalty(text: str) -> tuple[float, bool]:
    """Return the number of a penalty a day, and whether it is a percentage; ValueError where it is no penalty."""
    found = _PER_DAY.fullmatch(text)
    if not found:
        if text in (NONE, ZERO):
            return 0.0, False
        raise ValueError(f"no penalty {text!r}; there are none, zero, per-day=N (points) and per-day=N%")
    return float(found[1]), bool(found[2])


def due_path(classroom: Path) -> Path:
    """Return where the policies of a class lie."""
    return classroom / "due.json"


def read_policies(classroom: Path) -> dict[str, DuePolicy]:
    """Return assignment -> policy; ValueError where the file holds something else."""
    path = due_path(classroom)
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: _policy(said) for name, said in content.items()}
    except (ValueError, TypeError, AttributeError, KeyError) as err:
        raise ValueError(f"{path} holds no due dates ({err}); `course due` writes it") from err


def write_policies(policies: Mapping[str, DuePolicy], classroom: Path) -> None:
    """Write all policies, whole or not at all."""
    content = {name: _said(policy) for name, policy in sorted(policies.items())}
    write_whole(due_path(classroom), json.dumps(content, indent=1, ensure_ascii=False) + "\n", mode=0o600)


def change_policy(
    policy: DuePolicy, zone: tzinfo | None, due: str = "", grace: str = "", penalty: str = "", **more: object
) -> DuePolicy:
    """Return a policy with what is given anew.

    ``extensions`` is learner -> length or moment, empty to take it back; ``excused`` is learner -> whether they are.
    """
    changed = dict[str, object]()
    if due:
        changed["due"] = read_moment(due, zone)
    if grace:
        changed["grace"] = read_duration(grace)
    if penalty:
        read_penalty(penalty)
        changed["penalty"] = penalty
    given = more.get("extensions")
    if isinstance(given, Mapping):
        extensions = dict(policy.extensions)
        for learner, text in given.items():
            extensions.pop(learner, None)
            if text:
                extensions[learner] = _extension(str(text), zone)
        changed["extensions"] = extensions
    excused = more.get("excused")
    if isinstance(excused, Mapping):
        back = {learner for learner, is_excused in excused.items() if not is_excused}
        changed["excused"] = tuple(sorted({*policy.excused, *excused} - back))
    return dataclasses.replace(policy, **changed)  # type: ignore[arg-type]


def _extension(text: str, zone: tzinfo | None) -> str:
    if text.startswith("+") or not re.match(r"\d{4}-", text):
        read_duration(text)
        return f"+{text.removeprefix('+')}"
    return read_moment(text, zone).isoformat()


def _policy(said: Mapping) -> DuePolicy:
    due = datetime.fromisoformat(said["due"]) if said.get("due") else None
    grace, penalty = timedelta(seconds=said.get("grace_seconds", 0)), said.get("penalty", NONE)
    read_penalty(penalty)
    policy = DuePolicy(due, grace, dict(said.get("extensions", {})), penalty, tuple(said.get("excused", ())))
    for learner in policy.extensions:
        policy.deadline(learner)
    return policy


def _said(policy: DuePolicy) -> dict[str, object]:
    return {
        "due": policy.due.isoformat() if policy.due else None,
        "grace_seconds": policy.grace.total_seconds(),
        "penalty": policy.penalty,
        "extensions": dict(policy.extensions),
        "excused": list(policy.excused),
    }


def _length(span: timedelta) -> str:
    minutes = span.total_seconds() / 60
    return f"{minutes:g} min" if minutes < 120 else f"{minutes / 60:g} h"
