"""Find the names that a cell defines without running it."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

_PARSED_CHARACTERS = 20_000
"""Longer cells are not parsed: the time and memory that Python needs for them have no useful bound."""
_PARSED_FILE = "<a cell of a learner>"


@lru_cache(maxsize=512)
def names_defined(source: str) -> frozenset[str]:
    """Return the names that a cell defines at its top level; by a regular expression if it cannot be parsed.

    >>> sorted(names_defined("def f(x):\\n    y = 1\\na, b = 1, 2"))
    ['a', 'b', 'f']
    """
    try:
        body = _parse(re.sub(r"^([ \t]*)[%!]", r"\1#", source, flags=re.MULTILINE))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(re.findall(r"^(?:async +)?(?:def +)?([^\W\d]\w*)(?= *[(=])(?! *==)", source, re.MULTILINE))
    names = set()
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names |= {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    return frozenset(names)


def _parse(source: str) -> list[ast.stmt]:
    if len(source) > _PARSED_CHARACTERS:
        raise ValueError("a cell of this length is nobody's answer")
    # "invalid escape sequence" is the learner's business; catch_warnings would act on the other threads too
    warnings.filterwarnings("ignore", module=re.escape(_PARSED_FILE))
    return ast.parse(source, _PARSED_FILE).body
