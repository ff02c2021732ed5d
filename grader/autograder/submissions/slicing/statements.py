"""What running statements may change, told from their text alone."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from autograder.submissions.slicing.calls import Calls
from autograder.submissions.slicing.known_calls import ANYTHING
from autograder.submissions.slicing.scopes import is_named_lambda, reachable
from autograder.submissions.slicing.values import NEW, NONE, Value, join


class Statements(Calls):
    """Goes through statements in order and notes what they may change."""

    def body(self, statements: Sequence[ast.stmt]) -> None:
        """Go through statements in order, and through each branch."""
        for statement in reachable(statements):
            self.program.step()
            getattr(self, f"_{type(statement).__name__}", self._unknown)(statement)

    def _nothing(self, node: ast.stmt) -> None:
        """Change nothing."""

    _Pass = _Break = _Continue = _nothing

    def _Expr(self, node: ast.Expr) -> None:
        self.value(node.value)

    def _Assign(self, node: ast.Assign) -> None:
        if self.names is None and is_named_lambda(node):
            self._define(node.targets[0].id)  # type: ignore[attr-defined]
            return
        for target in node.targets:
            self._assign(target, node.value)

    def _assign(self, target: ast.expr, source: ast.expr) -> None:
        pairs = isinstance(target, ast.Tuple | ast.List) and isinstance(source, ast.Tuple | ast.List)
        if pairs and len(target.elts) == len(source.elts):  # type: ignore[attr-defined]
            values = [self.value(part) for part in source.elts]  # type: ignore[attr-defined]
            for part, value in zip(target.elts, values, strict=True):  # type: ignore[attr-defined]
                self.bind(part, value)
        else:
            self.bind(target, self.value(source))

    def _AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.bind(node.target, self.value(node.value))

    def _AugAssign(self, node: ast.AugAssign) -> None:
        added, target = self.value(node.value), node.target
        if isinstance(target, ast.Name):
            old = self.look_up(target.id)
            self.changes |= old.own
            self.bind(target, join([old, Value(NONE, added.roots)]))
        else:
            self.changes |= self.value(target).own
            self.bind(target, added)

    def _Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.bind(target, NEW)

    def _Return(self, node: ast.Return) -> None:
        if node.value:
            self.returned.append(self.value(node.value))

    def _Raise(self, node: ast.Raise) -> None:
        for part in (node.exc, node.cause):
            if part:
                self.value(part)

    def _Assert(self, node: ast.Assert) -> None:
        self.value(node.test)

    def _Import(self, node: ast.Import) -> None:
        for alias in node.names:
            path = alias.name if alias.asname else alias.name.split(".")[0]
            self.bind_name(alias.asname or path, Value(path=path))

    def _ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self.bind_name(alias.asname or alias.name, Value(path=f"{node.module}.{alias.name}"))

    def _Global(self, node: ast.Global) -> None:
        self.globals |= set(node.names)

    def _FunctionDef(self, node: ast.FunctionDef) -> None:
        if self.names is None:
            self._define(node.name)
        else:
            self.bind_name(node.name, Value(callable=True, code=node))

    def _define(self, name: str) -> None:
        self.bound.setdefault(name, [])
        self.env.pop(name, None)

    def _If(self, node: ast.If) -> None:
        self.value(node.test)
        self._branches(node.body, node.orelse)

    def _For(self, node: ast.For) -> None:
        items = self.items(node.iter)
        for _ in range(2):  # what the first round leaves behind, the second finds
            self.bind(node.target, items)
            self._branches(node.body, [])
        self.body(node.orelse)

    def _While(self, node: ast.While) -> None:
        for _ in range(2):
            self.value(node.test)
            self._branches(node.body, [])
        self.body(node.orelse)

    def _With(self, node: ast.With) -> None:
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars:
                self.bind(item.optional_vars, value)
        self.body(node.body)

    def _Try(self, node: ast.Try) -> None:
        self._branches(node.body, [])
        for handler in node.handlers:
            if handler.name:
                self.bind_name(handler.name, NEW)
            self._branches(handler.body, [])
        self.body(node.orelse)
        self.body(node.finalbody)

    def _branches(self, *bodies: list[ast.stmt]) -> None:
        before, ends = self.env, []
        for statements in bodies:
            self.program.step(len(before))
            self.env = dict(before)
            self.body(statements)
            ends.append(self.env)
        self.env = {name: _either([env.get(name) or self.outside(name) for env in ends]) for name in set().union(*ends)}


def _either(values: list[Value]) -> Value:
    """Return what is known of a name after two branches; a function that was defined in both may do anything."""
    codes = {id(value.code): value.code for value in values}
    found = join(values)._replace(code=None)
    if len(codes) == 1:
        return found._replace(code=values[0].code)
    return found._replace(own=found.own | {ANYTHING}) if any(codes.values()) else found
