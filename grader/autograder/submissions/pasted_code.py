"""Code in a submission that stands in gradcheck's own files: an open course cannot prevent it, only say so."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import gradcheck

PIECE = 40
"""Tokens of gradcheck's files that are compared at once. Measured: no answer of the collection, right or wrong, has
so long a run in common with them."""
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
    if len(tokens) < PIECE:  # most answers: there is nothing to compare
        return ""
    text = _joined(tokens)
    shared = [(piece, file) for piece, file in _pieces() if piece in text]
    allowed = _joined(_tokens(given)) if shared else ""
    return next((file for piece, file in shared if piece not in allowed), "")


@cache
def _pieces() -> tuple[tuple[str, str], ...]:
    """Return each piece of gradcheck's files, and the file where it stands."""
    package = Path(gradcheck.__file__).parent
    return tuple(
        (_joined(tokens[start : start + PIECE]), file.relative_to(package.parent).as_posix())
        for file in sorted(package.rglob("*.py"))
        for tokens in [_tokens(file.read_text(encoding="utf-8"))]
        for start in range(0, len(tokens) - PIECE + 1, PIECE)
    )


def _tokens(source: str) -> list[str]:
    return [token for token in _TOKEN.findall(source) if token][:MAX_TOKENS]


def _joined(tokens: list[str]) -> str:
    """Return tokens as one text in which a piece begins and ends with whole tokens."""
    return "\n" + "\n".join(tokens) + "\n"
