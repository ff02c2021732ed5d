"""What a learner may use: check a derivation, ask for a hint, see the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["check", "hint", "show"]


def check(function: Callable | None = None, **answer: Any) -> None:
    """Check a function of any chapter; where chapters share a name, the arguments tell them apart."""
    _bench(function, answer).check(function, **answer)


def hint(function: Callable | None = None, **answer: Any) -> None:
    """Give one more hint about a function of any chapter at each call."""
    _bench(function, answer).hint(function, **answer)


def show(name: str, chapter: str) -> None:
    """Draw the computational graph of an exercise of a chapter ("03-relu-network")."""
    from gradcheck.chapters import benches

    benches()[chapter].show(name)


def _bench(function: Callable | None, answer: dict[str, Any]) -> Any:
    from gradcheck.chapters import bench_of

    return bench_of(function, answer)
