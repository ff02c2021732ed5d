"""Code of learners that may look at a notebook, or reach into it, by other ways than the names that it contains."""

from __future__ import annotations

import ast
import re
import warnings

from autograder.submissions.slicing.known_calls import MODULES
from autograder.submissions.slicing.scopes import all_nodes, names_bound, names_read
from autograder.submissions.slicing.values import words

_PARSED_CHARACTERS = 20_000
"""Longer cells are not parsed: the time and memory that Python needs for them have no useful bound."""
_PARSED_FILE = "<a cell that is sliced>"
_HARMLESS_MAGIC = re.compile(r"^%matplotlib[ \t]+(inline|widget|notebook)[ \t]*$", re.MULTILINE)
_REFLECTION = words(
    "globals locals vars dir exec eval compile setattr delattr open input breakpoint get_ipython In Out exit quit "
    "super memoryview help"
)
_FRAMES = re.compile(r"__|^(f_globals|f_locals|f_back|gi_frame|cr_frame|tb_frame|ag_frame|user_ns)$")
_CONSTRUCTS = (
    ast.ClassDef, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await, ast.Nonlocal, ast.Match, ast.TryStar,
)  # fmt: skip


def parse(source: str) -> ast.Module | None:
    """Return the tree of a cell; None if it cannot be parsed as Python, or is too long to try."""
    text = _HARMLESS_MAGIC.sub("", source)
    if len(text) > _PARSED_CHARACTERS:
        return None
    # catch_warnings would act on the other threads too
    warnings.filterwarnings("ignore", module=re.escape(_PARSED_FILE))
    try:
        return ast.parse(text, _PARSED_FILE)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_undecided(tree: ast.Module) -> bool:
    """Tell whether a cell of a learner may do what its names do not tell."""
    bound = names_bound(tree.body)
    if any(name in _REFLECTION or (name.startswith("_") and name not in bound) for name in names_read(tree)):
        return True
    return any(_is_beyond(node) for node in all_nodes(tree))


def _is_beyond(node: ast.AST) -> bool:
    if isinstance(node, _CONSTRUCTS):
        return True
    if isinstance(node, ast.Attribute):
        return bool(_FRAMES.search(node.attr)) or not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] not in MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        outside = bool(node.level) or (node.module or "").split(".")[0] not in MODULES
        return outside or any(alias.name == "*" for alias in node.names)
    return False
