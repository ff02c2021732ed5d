"""How a learner's function is called: the interface, and the caller of this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from gradcheck.call import Code, Outcome, call, describe


class Caller(Protocol):
    """Whatever can call a learner's function: in this process, or in a sandbox."""

    def call(
        self, name: str, args: tuple, stand_ins: Mapping[str, Code] | None = None, seconds: float | None = None
    ) -> Outcome:
        """Call the learner's function ``name``; ``None`` seconds: as long as this caller allows."""

    def call_all(
        self, name: str, many: Sequence[tuple], stand_ins: Mapping[str, Code] | None = None
    ) -> Iterator[Outcome]:
        """Call the learner's function ``name`` once for each of ``many`` arguments, in their order."""
        return (self.call(name, args, stand_ins) for args in many)

    def value(self, name: str) -> Outcome:
        """Describe the learner's variable ``name``."""


class LocalCaller(Caller):
    """Calls functions of a namespace in this process."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def call(
        self, name: str, args: tuple, stand_ins: Mapping[str, Code] | None = None, seconds: float | None = None
    ) -> Outcome:
        """Call the function ``name``; a call in this process cannot be stopped, so ``seconds`` is not kept."""
        del seconds
        if not callable(self._namespace.get(name)):
            return Outcome("missing")
        return call(self._namespace[name], args, stand_ins)

    def value(self, name: str) -> Outcome:
        """Describe the variable ``name``."""
        if name not in self._namespace:
            return Outcome("missing")
        return Outcome("returned", describe(self._namespace[name]))
