"""What every function and every cell of a notebook may do, told from the text of all of them together."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from autograder.submissions.slicing.known_calls import ANYTHING
from autograder.submissions.slicing.names import Names
from autograder.submissions.slicing.scopes import (
    all_nodes,
    definitions,
    is_named_lambda,
    local_names,
    names_bound,
    names_read,
)
from autograder.submissions.slicing.statements import Statements
from autograder.submissions.slicing.values import PARAMETER, Found, Function, Program, Roots, Value, parameters, union

_ROUNDS = 12
"""Functions call each other: what one does is found again until nothing changes any more; usually in three rounds."""
_KEPT = 5000


class Piece(NamedTuple):
    """What is gone through as a whole: a function, or a cell."""

    tree: ast.Module | Function
    reads: Roots
    """The notebook's variables that it may read."""
    shared: bool
    """It belongs to the release: every submission has it."""


class Code(NamedTuple):
    """A cell, and what it defines."""

    cell: Piece
    functions: tuple[tuple[str, Piece], ...]
    paths: tuple[tuple[str, str], ...]
    """Names that it imports, and what they stand for."""
    variables: Roots
    """Names that it binds to anything else."""
    statements: tuple[tuple[int, Roots], ...]
    """Last line of each statement, and the notebook's variables that it may read."""


def describe(tree: ast.Module, shared: bool) -> Code:
    """Return a cell and what it defines."""
    nodes = all_nodes(tree)
    functions = tuple((name, Piece(code, names_read(code), shared)) for name, code in definitions(tree.body))
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    other = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom)]
    bound = names_bound(node for node in other if not is_named_lambda(node))
    statements = tuple((statement.end_lineno or 0, names_read(statement)) for statement in tree.body)
    paths = tuple(pair for node in imports for pair in _imported(node))
    cell = Piece(tree, frozenset().union(*(reads for _, reads in statements)), shared)
    return Code(cell, functions, paths, frozenset(declared | bound), statements)


def _imported(node: ast.Import | ast.ImportFrom) -> Iterable[tuple[str, str]]:
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        else:
            top = alias.name.split(".")[0]
            yield alias.asname or top, alias.name if alias.asname else top


class Memory:
    """Keeps what pieces of code came to, for as long as nothing changes of what they read."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], list[Found]] = {}

    def look(self, piece: Piece, program: Program) -> list[Found]:
        """Return what each statement of a cell comes to, or a function as a whole."""
        tree = piece.tree
        key = (tree, program.standing_of_unknown(), *map(program.standing, piece.reads))
        found = self._kept.get(key)
        if found is None:
            found = _statements(tree, program) if isinstance(tree, ast.Module) else [_function(tree, program)]
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found


_OF_RELEASES = Memory()


def settle(codes: Sequence[Code]) -> list[list[Found]] | None:
    """Find out what all functions do, and return what each statement of each cell does; None where that has no end."""
    program, mine = _program(codes), Memory()
    functions = [pair for code in codes for pair in code.functions]
    for _ in range(_ROUNDS):
        found = [(_OF_RELEASES if code.cell.shared else mine).look(code.cell, program) for code in codes]
        made: dict[str, list[Found]] = {}
        for name, piece in functions:
            made.setdefault(name, []).extend((_OF_RELEASES if piece.shared else mine).look(piece, program))
        summaries = {name: union([part.summary for part in parts]) for name, parts in made.items()}
        if not program.learn(summaries, [part for parts in (*found, *made.values()) for part in parts]):
            return found
    return None


def _program(codes: Sequence[Code]) -> Program:
    """Return what the names of a notebook stand for."""
    functions: dict[str, list[Function]] = {}
    paths: dict[str, set[str]] = {}
    for code in codes:
        for name, piece in code.functions:
            functions.setdefault(name, []).append(piece.tree)  # type: ignore[arg-type]
        for name, path in code.paths:
            paths.setdefault(name, set()).add(path)
    ambiguous = {name for name, found in paths.items() if len(found) > 1} | (paths.keys() & functions.keys())
    clear = {name: min(found) for name, found in paths.items() if name not in ambiguous}
    return Program(functions, clear, frozenset(ambiguous).union(*(code.variables for code in codes)))


def _statements(tree: ast.Module, program: Program) -> list[Found]:
    env: dict[str, Value] = {}
    found = []
    for statement in tree.body:
        walk = Statements(program, env)
        walk.body([statement])
        env = walk.env
        found.append(walk.found())
    return found


def _function(code: Function, program: Program) -> Found:
    own = {name: Value(frozenset({PARAMETER + name}), frozenset({PARAMETER + name})) for name in parameters(code)}
    walk = Statements(program, own, local_names(code))
    if isinstance(code, ast.Lambda):
        walk.returned.append(walk.value(code.body))
    else:
        walk.body(code.body)
    if _has_changing_default(code, walk) or getattr(code, "decorator_list", []):
        walk.changes.add(ANYTHING)
    return walk.found()


def _has_changing_default(code: Function, walk: Names) -> bool:
    """Tell whether a default value may be changed or given away: it would keep that for the next call."""
    args = code.args
    positional = [*args.posonlyargs, *args.args]
    pairs = list(zip(reversed(positional), reversed(args.defaults), strict=False))
    pairs += [(arg, made) for arg, made in zip(args.kwonlyargs, args.kw_defaults, strict=True) if made]
    given_away = walk.changes.union(*(value.roots for value in walk.returned), *walk.links)
    return any(PARAMETER + arg.arg in given_away and not isinstance(made, ast.Constant) for arg, made in pairs)
