"""Code in a submission that stands in gradcheck's own files: an open course cannot prevent it, only say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import gradcheck

PIECE = 40
"""Tokens of gradcheck's files that are compared at once. Measured: no answer of the collection, right or wrong, has
so long a run in common with them."""
BEGINNING = 6
"""Tokens by which pieces are looked up; the others are compared only behind the same beginning."""
MAX_TOKENS = 20_000
"""Of longer code only the beginning is compared."""
_TOKEN = re.compile(r'#[^\n]*|""".*?"""|(\w+|[^\w\s])', re.DOTALL)


def find_pasted(source: str, given: str = "") -> str:
    """Return the file of gradcheck with which ``source`` shares a long run of tokens, or an empty string.

    What stands in ``given``, the code that learners received, may be copied. Comments, docstrings and spaces do not
    count. A run of twice ``PIECE`` tokens is always found.

    >>> find_pasted("def loss(a, y):\\n    return (a - y) ** 2 / 2")
    ''
    """
    tokens = _tokens(source)
    shared = list(_shared(tokens))
    allowed = _joined(_tokens(given)) if shared else ""
    return next((file for piece, file in shared if _joined(piece) not in allowed), "")


def _shared(tokens: list[str]) -> Iterator[tuple[list[str], str]]:
    """Yield each piece of gradcheck's files that stands among ``tokens``, and its file."""
    pieces = _pieces()
    for start in range(len(tokens) - PIECE + 1):
        for piece, file in pieces.get(tuple(tokens[start : start + BEGINNING]), ()):
            if tokens[start : start + PIECE] == piece:
                yield piece, file


@cache
def _pieces() -> Mapping[tuple[str, ...], list[tuple[list[str], str]]]:
    """Return the pieces of gradcheck's files by their first tokens: each piece, and the file where it stands."""
    package, found = Path(gradcheck.__file__).parent, defaultdict(list)
    for file in sorted(package.rglob("*.py")):
        tokens = _tokens(file.read_text(encoding="utf-8"))
        for start in range(0, len(tokens) - PIECE + 1, PIECE):
            piece = tokens[start : start + PIECE], file.relative_to(package.parent).as_posix()
            found[tuple(tokens[start : start + BEGINNING])].append(piece)
    return found


def _tokens(source: str) -> list[str]:
    return [token for token in _TOKEN.findall(source) if token][:MAX_TOKENS]


def _joined(tokens: list[str]) -> str:
    """Return tokens as one text in which a piece begins and ends with whole tokens."""
    return "\n" + "\n".join(tokens) + "\n"
