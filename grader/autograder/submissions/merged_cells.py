"""Find a solution in whatever cell of the learner's it stands: two in one cell, all in one, or behind its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from autograder.submissions.definitions import names_defined

_EMPTY_ANSWER = re.compile(r"^raise NotImplementedError\(\)[ \t]*$", re.MULTILINE)


def fill_stubs(
    exercises: Mapping[str, int],
    test_of: Callable[[str], int],
    is_stub: Callable[[int, str], bool],
    solutions: dict[int, str],
    extras: list[tuple[int, str]],
) -> None:
    """Let no stub undo a solution that stands in another cell, and bring what stands behind its check before it.

    ``exercises``: name -> index of its released cell; ``test_of``: name -> index of its tests cell; ``is_stub`` tells
    whether the source for an index is still the released one. ``solutions`` and ``extras`` are changed in place.
    """
    empty = {
        name: at for name, at in exercises.items() if at not in solutions or is_stub(at, solutions[at])
    }  # only these; a cell with work in it is the learner's choice
    worked = {at: source for at, source in solutions.items() if at not in empty.values()}
    for name, at in empty.items():
        elsewhere = [n for n, (_, source) in enumerate(extras) if name in names_defined(source)]
        joined = sorted(place for place, source in worked.items() if name in names_defined(source))
        if not elsewhere and not joined:
            continue
        check = test_of(name)
        solutions[at] = ""
        if not any(place < check for place in joined) and not any(extras[n][0] < check for n in elsewhere):
            solutions[at] = extras.pop(elsewhere[0])[1] if elsewhere else worked[joined[0]]
            worked[at] = solutions[at]


def without_empty_answers(source: str, exercises: Collection[str]) -> str:
    """Let a cell that several exercises were merged into run to its end, past the answers that are still empty.

    >>> without_empty_answers("raise NotImplementedError()\\ndef f(x): return x\\ng = 1", {"f", "g"}).splitlines()[0]
    'pass'
    """
    if not _EMPTY_ANSWER.search(source) or len(names_defined(source) & set(exercises)) < 2:
        return source
    return _EMPTY_ANSWER.sub("pass", source)
