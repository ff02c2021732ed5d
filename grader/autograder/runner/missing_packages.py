"""Let an import of a package that is not there cost only what uses it: a stand-in takes its place in the cell."""

from __future__ import annotations

import ast
import importlib.util

THERE = "numpy, matplotlib, IPython, ipywidgets and Python's own modules"
_MAKE = "_package_that_is_not_there"


class MissingPackage:
    """Stands for a package that cannot be imported, or for something of it; whoever uses it is told."""

    def __init__(self, name: str) -> None:
        self.__name = name

    def __getattr__(self, attribute: str):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return self()

    def __call__(self, *_args, **_kwargs):
        """Say that the package is not there."""
        raise ModuleNotFoundError(f"{self.__name} is not there in grading. There are {THERE}")


class ReplaceMissing(ast.NodeTransformer):
    """Turn top-level imports of what is not there into stand-ins; an import within ``try`` keeps its own way out."""

    def visit_Module(self, module: ast.Module) -> ast.Module:
        """Go through the statements of a cell, and not deeper."""
        module.body = [made for statement in module.body for made in _replaced(statement)]
        return ast.fix_missing_locations(module)


def prepare_shell(shell) -> None:
    """Let an IPython shell run every cell that way."""
    shell.ast_transformers.append(ReplaceMissing())
    shell.user_ns_hidden[_MAKE] = shell.user_ns[_MAKE] = MissingPackage


def _replaced(statement: ast.stmt) -> list[ast.stmt]:
    if isinstance(statement, ast.ImportFrom) and not statement.level:
        top = (statement.module or "").split(".")[0]
        if top and _is_missing(top):
            return [_stand_in(statement, alias.asname or alias.name, top) for alias in statement.names]
    if isinstance(statement, ast.Import):
        made: list[ast.stmt] = []
        for alias in statement.names:
            top = alias.name.split(".")[0]
            if _is_missing(top):
                made.append(_stand_in(statement, alias.asname or top, top))
            else:
                made.append(ast.copy_location(ast.Import([alias]), statement))
        return made
    return [statement]


def _is_missing(top: str) -> bool:
    try:
        return importlib.util.find_spec(top) is None
    except (ImportError, ValueError):  # a module that a cell made itself
        return False


def _stand_in(statement: ast.stmt, name: str, package: str) -> ast.stmt:
    made = ast.parse(f"{name if name.isidentifier() else '_'} = {_MAKE}({package!r})").body[0]
    for node in ast.walk(made):
        ast.copy_location(node, statement)
    return made
