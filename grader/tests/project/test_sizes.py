"""Functions and modules stay small enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import paths

FUNCTION_LINES = 60
MODULE_LINES = 250
"""Without data: what is assigned at the top level does not count."""
PACKAGES = (paths.ROOT / "grader" / "gradcheck", paths.ROOT / "grader" / "autograder")
MODULES = [
    path for package in PACKAGES for path in sorted(package.rglob("*.py")) if not path.is_relative_to(paths.SAMPLES)
]


def length(node: ast.AST) -> int:
    """Return the lines of a statement."""
    return node.end_lineno - node.lineno + 1


def code_lines(source: str) -> int:
    """Return the lines of a module without its data."""
    data = sum(length(node) for node in ast.parse(source).body if isinstance(node, ast.Assign | ast.AnnAssign))
    return len(source.splitlines()) - data


def long_functions(source: str) -> Iterator[str]:
    """Yield the functions that are too long."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION_LINES:
            yield f"{node.name} has {length(node)} lines"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(paths.ROOT / "grader").as_posix())
def test_a_module_and_its_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not list(long_functions(source))
    assert code_lines(source) <= MODULE_LINES


def test_what_is_too_long_is_seen() -> None:
    long = "def f():\n" + "    x = 1\n" * FUNCTION_LINES
    assert list(long_functions(long)) == [f"f has {FUNCTION_LINES + 1} lines"]
    assert code_lines("A = (\n1,\n2,\n)\nprint(A)\n") == 1
