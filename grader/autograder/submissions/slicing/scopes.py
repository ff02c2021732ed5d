"""Which names are whose: parameters, local names, and the notebook's variables."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from autograder.submissions.slicing.values import NONE, Function, Roots, parameters, words

_NO_CHILDREN = words("ctx op ops kind type_comment id attr name names module level arg")
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef


def children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes right below a node, without operators: `ast.iter_child_nodes` takes three times as long."""
    kind, found = type(node), []
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(
            name for name in kind._fields if name not in _NO_CHILDREN or kind is ast.arguments
        )
    for name in fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif isinstance(value, list):
            found += [part for part in value if isinstance(part, ast.AST)]
    return found


def all_nodes(tree: ast.AST) -> list[ast.AST]:
    """Return a node and everything below it."""
    found = [tree]
    for node in found:
        found += children(node)
    return found


@lru_cache(maxsize=4096)
def local_names(code: Function | ast.AsyncFunctionDef) -> Roots:
    """Return the local names of a function, without those of functions within it."""
    names, declared = set(parameters(code)), set()
    if not isinstance(code, ast.Lambda):
        names |= names_bound(code.body)
        declared = {name for node in _nodes(code.body) if isinstance(node, ast.Global) for name in node.names}
    return frozenset(names - declared)


def names_bound(statements: Iterable[ast.stmt]) -> set[str]:
    """Return the names that statements bind, without those that functions within them bind."""
    names: set[str] = set()
    for node in _nodes(statements):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            names.add(node.name)
    return names


def definitions(statements: Iterable[ast.stmt]) -> Iterator[tuple[str, Function]]:
    """Yield name and definition of each function that statements define for the notebook."""
    for node in _nodes(statements):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif is_named_lambda(node):
            yield node.targets[0].id, node.value  # type: ignore[attr-defined]


def is_named_lambda(node: ast.AST) -> bool:
    """Tell whether a statement only gives a name to a function that is written as an expression."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Lambda):
        return False
    return len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)


def _nodes(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield all nodes that are not within another function, class or comprehension; those themselves are."""
    waiting = list(statements)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, _COMPREHENSIONS):
            waiting += [inner for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)]
        elif not isinstance(node, _SCOPES):
            waiting += children(node)


def reachable(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Yield the statements of a function that can be reached: a stub ends where it raises."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.Raise | ast.Return):
            return


def names_read(tree: ast.AST) -> Roots:
    """Return the notebook's variables that a piece of code may read, those of functions that it defines included.

    >>> sorted(names_read(ast.parse("def f(x):\\n    return x + sum(y for y in z)\\nw = f(1)")))
    ['f', 'sum', 'z']
    """
    found: set[str] = set()
    _read(tree, NONE, found)
    return frozenset(found)


def _read(node: ast.AST, local: Roots, found: set[str]) -> None:
    if isinstance(node, ast.Name):
        if node.id not in local and not isinstance(node.ctx, ast.Store):
            found.add(node.id)
        return
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id not in local:
        found.add(node.target.id)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        inside = local | local_names(node)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        for part in reachable(body):
            _read(part, inside, found)
        for outer in (*getattr(node, "decorator_list", ()), *node.args.defaults, *node.args.kw_defaults):
            if outer:
                _read(outer, local, found)
        return
    if isinstance(node, _COMPREHENSIONS):
        _read_comprehension(node, local, found)
        return
    for part in children(node):
        _read(part, local, found)


def _read_comprehension(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, local: Roots, found: set[str]
) -> None:
    """Read what is gone through first once, and outside: twice in each of many within each other would have no end."""
    first = node.generators[0]
    _read(first.iter, local, found)
    targets = {n.id for part in node.generators for n in ast.walk(part.target) if isinstance(n, ast.Name)}
    inside = [part for part in children(node) if part is not first]
    for part in (first.target, *first.ifs, *inside):
        _read(part, local | targets, found)
