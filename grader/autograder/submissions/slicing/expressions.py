"""What evaluating expressions may change, and what their values are, told from their text alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Self

from autograder.submissions.slicing.known_calls import ANYTHING
from autograder.submissions.slicing.names import Names
from autograder.submissions.slicing.scopes import local_names
from autograder.submissions.slicing.values import (
    FRACTION,
    NEW,
    NONE,
    NUMBER,
    SOMEBODYS,
    Function,
    Value,
    container,
    join,
    parameters,
)


class Expressions(Names):
    """Evaluates expressions and notes what that may change."""

    active: tuple[Function, ...] = ()
    """The functions within functions that are gone through at the moment."""

    def value(self, node: ast.expr) -> Value:
        """Return what is known of the value of an expression."""
        self.program.step()
        found: Value = getattr(self, f"_{type(node).__name__}", self._unknown)(node)
        return found

    def _unknown(self, node: ast.AST) -> Value:  # noqa: ARG002  (called as all its like)
        self.changes.add(ANYTHING)
        return NEW

    def _Constant(self, node: ast.Constant) -> Value:
        return {int: NUMBER, float: FRACTION, bool: NUMBER, complex: FRACTION}.get(type(node.value), NEW)

    def _Name(self, node: ast.Name) -> Value:
        value = self.look_up(node.id)
        if value.callable and node.id in self.program.functions and node.id not in self.env:
            self.escaped.add(node.id)
        if value.code:
            self._escape(value.code)
        return value

    def _parts(self, node: ast.expr) -> Value:
        """Evaluate the parts of what always makes a new object without parts of others."""
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                self.value(part)
        return NEW

    _JoinedStr = _FormattedValue = _Slice = _parts

    def _UnaryOp(self, node: ast.UnaryOp) -> Value:
        return Value(number=max(self.value(node.operand).number, NUMBER.number))

    def _Compare(self, node: ast.Compare) -> Value:
        """Evaluate a comparison; to ask whether a variable exists is harmless."""
        if not (isinstance(node.left, ast.Constant) and ast.unparse(node.comparators[0]) == "globals()"):
            self._parts(node)
        return NUMBER

    def _BinOp(self, node: ast.BinOp) -> Value:
        both = [self.value(node.left), self.value(node.right)]
        levels = [value.number for value in both]
        if isinstance(node.op, ast.MatMult | ast.Div):
            return FRACTION
        if isinstance(node.op, ast.Add) and any(levels):
            return Value(number=max(levels))
        if isinstance(node.op, ast.Add | ast.Mult | ast.BitOr) and not all(levels) and max(levels) < FRACTION.number:
            return container(both)  # lists that are joined or repeated keep their items
        return Value(number=max(*levels, NUMBER.number))

    def _BoolOp(self, node: ast.BoolOp) -> Value:
        return join([self.value(part) for part in node.values])

    def _IfExp(self, node: ast.IfExp) -> Value:
        self.value(node.test)
        return join([self.value(node.body), self.value(node.orelse)])

    def _Tuple(self, node: ast.Tuple) -> Value:
        values = [self.value(part) for part in node.elts]
        exact = not any(isinstance(part, ast.Starred) for part in node.elts)
        return container(values)._replace(parts=tuple(values) if exact else ())

    def _List(self, node: ast.List | ast.Set) -> Value:
        return container([self.value(part) for part in node.elts])

    _Set = _List

    def _Dict(self, node: ast.Dict) -> Value:
        return container([self.value(part) for part in (*node.keys, *node.values) if part])

    def _Starred(self, node: ast.Starred) -> Value:
        return self.value(node.value).item()

    def _Subscript(self, node: ast.Subscript) -> Value:
        self.value(node.slice)
        return self.value(node.value).item()

    def _Attribute(self, node: ast.Attribute) -> Value:
        value = self.value(node.value)
        if node.attr.startswith("__") and node.attr not in ("__name__", "__doc__"):
            return self._unknown(node)
        if not value.path and node.attr in ("shape", "size", "ndim"):
            return NUMBER
        return Value(path=f"{value.path}.{node.attr}") if value.path else value.item()

    def _NamedExpr(self, node: ast.NamedExpr) -> Value:
        value = self.value(node.value)
        self.bind(node.target, value)
        return value

    def _Yield(self, node: ast.Yield) -> Value:
        if node.value:
            self.returned.append(Value(NONE, self.value(node.value).roots, once=True))
        return NEW

    def _ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Value:
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        targets = {n.id for part in node.generators for n in ast.walk(part.target) if isinstance(n, ast.Name)}
        inside = self._within(targets)
        for part in node.generators:
            inside.bind(part.target, inside.items(part.iter))
            for test in part.ifs:
                inside.value(test)
        made = container([inside.value(part) for part in results], isinstance(node, ast.GeneratorExp))
        self._merge(inside)
        return made

    _SetComp = _GeneratorExp = _DictComp = _ListComp

    def items(self, node: ast.expr) -> Value:
        """Return what is known of the items of an expression that is gone through."""
        value = self.value(node)
        if value.once:
            self.changes |= value.own
        return value.item()

    # functions

    def _Lambda(self, node: ast.Lambda) -> Value:
        self._escape(node)
        return Value(callable=True, code=node)

    def _escape(self, code: Function) -> None:
        """Note what a function without a name in the notebook may do, whoever calls it, now or later."""
        inside = self._enter(code, [], Value(frozenset({SOMEBODYS}), frozenset({SOMEBODYS})))
        if SOMEBODYS in inside.changes:
            inside.changes.add(ANYTHING)
        inside.changes.discard(SOMEBODYS)
        self._merge(inside)
        self.closures.append(inside.found().summary)

    def inline(self, code: Function, args: Sequence[Value]) -> Value:
        """Return the value of a call of a function that was defined within this one."""
        inside = self._enter(code, args, join([NEW, *args]).item())
        self._merge(inside)
        return join([NEW, *inside.returned])

    def _enter(self, code: Function, args: Sequence[Value], rest: Value) -> Self:
        """Go through a function with these arguments, and ``rest`` for each of those that cannot be told."""
        inside = self._within(local_names(code))
        again = inside.active.count(code)
        inside.active += (code,)
        if again:  # a function that calls itself: whatever it gets is something that is known here
            rest, args = join(self.env.values()).item(), []
        if again > 1:
            inside.returned.append(rest)
            return inside
        names = parameters(code)
        defaults = join([NEW, *(self.value(d) for d in (*code.args.defaults, *code.args.kw_defaults) if d)])
        exact = len(args) == len(names) and not code.args.vararg and not code.args.kwarg
        for number, name in enumerate(names):
            inside.env[name] = args[number] if exact else join([rest, defaults])
        inside.globals.clear()
        if isinstance(code, ast.Lambda):
            inside.returned.append(inside.value(code.body))
        else:
            inside.body(code.body)
        return inside

    def body(self, statements: Sequence[ast.stmt]) -> None:
        """Go through statements in order."""
        raise NotImplementedError

    def _within(self, names: Iterable[str]) -> Self:
        """Return what goes through code inside this, which has local names of its own."""
        self.program.step(len(self.env))
        inside = type(self)(self.program, dict(self.env), (self.names or NONE) | frozenset(names))
        inside.active = self.active
        inside.own_names = frozenset(names)
        inside.globals = set(self.globals)
        return inside

    def _merge(self, inside: Expressions) -> None:
        self.changes |= inside.changes
        self.calls |= inside.calls
        self.links += inside.links
        self.escaped |= inside.escaped
        self.closures += inside.closures
        for name in self.env.keys() - inside.own_names:
            self.env[name] = join([self.env[name], inside.env.get(name, NEW)])
