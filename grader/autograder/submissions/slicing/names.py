"""What names stand for, and what happens when something is bound to them or put into what they stand for."""

from __future__ import annotations

import ast

from autograder.submissions.slicing import known_calls
from autograder.submissions.slicing.known_calls import ANYTHING
from autograder.submissions.slicing.values import (
    NEW,
    NONE,
    Found,
    Program,
    Roots,
    Summary,
    Value,
    join,
    roots_of,
    union,
)


class Names:
    """The names of one piece of code: of a cell, or of a function."""

    def __init__(self, program: Program, env: dict[str, Value] | None = None, names: Roots | None = None) -> None:
        self.program = program
        self.env: dict[str, Value] = {} if env is None else env
        """What this piece of code has bound so far."""
        self.names = names
        """The local names of a function; None for a cell, whose names are the notebook's."""
        self.own_names = NONE if names is None else names
        """The local names of the innermost function."""
        self.globals: set[str] = set()
        """Names that the innermost function declares to be the notebook's."""
        self.changes: set[str] = set()
        """Roots of everything that may have been changed."""
        self.calls: set[str] = set()
        """Parameters that were called."""
        self.bound: dict[str, list[Value]] = {}
        """What a cell binds, name by name."""
        self.links: list[Roots] = []
        """Variables of the notebook that may have come to share an object."""
        self.returned: list[Value] = []
        """What a function returns."""
        self.escaped: set[str] = set()
        """Functions of the notebook that are used as values."""
        self.closures: list[Summary] = []
        """What functions without a name in the notebook may do."""

    def found(self) -> Found:
        """Return what going through the code came to."""
        returns = join([NEW, *self.returned])._replace(code=None)
        summary = Summary(frozenset(self.changes), returns, frozenset(self.calls), frozenset(self.links))
        once = any(value.once for values in self.bound.values() for value in values)
        return Found(summary, frozenset(self.bound), frozenset(self.escaped), union(self.closures), once)

    def value(self, node: ast.expr) -> Value:
        """Return what is known of the value of an expression."""
        raise NotImplementedError

    def look_up(self, name: str) -> Value:
        """Return what a name stands for."""
        return self.env[name] if name in self.env else self.outside(name)

    def outside(self, name: str) -> Value:
        """Return what a name stands for that this piece of code has not bound."""
        program = self.program
        if self.names is not None and name in self.names and name not in self.globals:
            return NEW
        if name not in program.known and known_calls.is_builtin(name):
            return Value(path=f"builtins.{name}")
        if name not in program.variables:
            if name in program.functions:
                return Value(callable=True)
            if program.paths.get(name):
                return Value(path=program.paths[name])
        return Value(frozenset({name}), frozenset({name}), callable=name in program.functions)

    def bind(self, target: ast.expr, value: Value) -> None:
        """Let a target stand for a value; a place within an object changes that object."""
        if isinstance(target, ast.Name):
            self.bind_name(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            exact = len(value.parts) == len(target.elts) and not any(isinstance(t, ast.Starred) for t in target.elts)
            for number, part in enumerate(target.elts):
                self.bind(part, value.parts[number] if exact else value.item())
        elif isinstance(target, ast.Starred):
            self.bind(target.value, Value(NONE, value.roots, value.path))
        elif isinstance(target, ast.Subscript):
            self.value(target.slice)
            self.put(target.value, value)
        else:
            self.changes.add(ANYTHING)

    def bind_name(self, name: str, value: Value) -> None:
        """Let a name stand for a value."""
        if self.names is not None and name not in self.globals:
            self.env[name] = value
            return
        self.links.append(frozenset({name}) | value.roots)
        if self.names is not None:
            self.changes.add(name)
            return
        self.bound.setdefault(name, []).append(value)
        own = frozenset() if value.path else frozenset({name})
        self.env[name] = value._replace(own=value.own | own, inner=value.inner | own)

    def put(self, container: ast.expr, *values: Value) -> Value:
        """Let values come into the object that ``container`` stands for, and return that object."""
        into, roots = self.value(container), roots_of(values)
        if into.path:
            self.changes.add(known_calls.of_library(into.path)[1] or ANYTHING)
        self.changes |= into.own
        if isinstance(container, ast.Name) and container.id in self.env:
            callable_ = into.callable or any(value.callable for value in values)
            self.env[container.id] = Value(into.own, into.inner | roots, into.path, callable_, into.once)
        if into.own and roots - into.roots:
            self.links.append(into.own | roots)
        return into
