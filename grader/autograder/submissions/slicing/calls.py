"""What a call may change, and what it returns."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from autograder.submissions.slicing import known_calls as known
from autograder.submissions.slicing.expressions import Expressions
from autograder.submissions.slicing.values import (
    NEW,
    NONE,
    PARAMETER,
    SOMEBODYS,
    Function,
    Roots,
    Summary,
    Value,
    container,
    join,
    parameters,
    roots_of,
)

_CALLBACKS_NEVER_RUN = "gradcheck"
"""Where marks are earned, stand-ins take the place of the course's own package, and do nothing."""


class Calls(Expressions):
    """Evaluates calls."""

    def _Call(self, node: ast.Call) -> Value:
        callee = node.func
        if isinstance(callee, ast.Name):
            name, value = callee.id, self.look_up(callee.id)
            if name in self.program.functions and name not in self.env and value == Value(callable=True):
                return self._call_function(name, node)
        elif isinstance(callee, ast.Attribute):
            value = self.value(callee.value)
            if not value.path:
                return self._call_method(callee, value, node)
            value = self.value(callee)
        else:
            value = self.value(callee)
        if value.path:
            return self._call_library(value.path, node)
        args = self._arguments(node)
        if value.code:
            return self.inline(value.code, args)
        return self._call_value(value, args)

    def _arguments(self, node: ast.Call) -> list[Value]:
        return [self.value(arg) for arg in (*node.args, *(keyword.value for keyword in node.keywords))]

    def _call_function(self, name: str, node: ast.Call) -> Value:
        """Call a function that a cell defines."""
        args, summary = self._arguments(node), self.program.summaries[name]
        found = [self._applied(summary, self._mapped(code, node, args)) for code in self.program.functions[name]]
        return join(found)

    def _mapped(self, code: Function, node: ast.Call, values: Sequence[Value]) -> dict[str, Value]:
        """Return parameter -> the argument that it gets; each that cannot be told may be any argument."""
        names, anyone = parameters(code), join([NEW, *values]).item()
        starred = any(isinstance(arg, ast.Starred) for arg in node.args) or len(node.args) > len(names)
        if starred or code.args.vararg or code.args.kwarg:
            return {PARAMETER + name: anyone for name in names}
        given = dict(zip(names, values[: len(node.args)], strict=False))
        named = list(zip(node.keywords, values[len(node.args) :], strict=True))
        rest = join([NEW, *(value for keyword, value in named if keyword.arg is None)]).item()
        given |= {keyword.arg: value for keyword, value in named if keyword.arg is not None}
        return {PARAMETER + name: given.get(name, rest) for name in names}

    def _applied(self, summary: Summary, given: Mapping[str, Value]) -> Value:
        """Note what a call with these arguments does, and return its value."""
        self.changes |= _replaced(summary.changes, given)
        self.links += [_replaced(link, given) for link in summary.links]
        functions = summary.returns.callable or any(value.callable for value in given.values())
        returns = _with_arguments(summary.returns, given)._replace(callable=functions)
        for called in summary.calls:
            value = given.get(called, NEW)
            if value.callable and not value.roots:
                continue  # the program knows all of these
            self._note_call(value)
            returns = join([returns, join([NEW, *given.values()]).item()])
        return returns

    def _note_call(self, value: Value) -> None:
        """Note that an object is called of which nothing is known: that may change it."""
        self.calls |= {root for root in value.roots if root.startswith(PARAMETER)}
        self.changes |= {root for root in value.roots if not root.startswith(PARAMETER)}
        if value.path and known.of_library(value.path)[0] in (known.UNKNOWN, known.CHANGES_FIRST):
            self.changes.add(known.ANYTHING)

    def _call_value(self, value: Value, args: Sequence[Value]) -> Value:
        """Call what may be any function of the notebook."""
        self._note_call(value)
        anyone = join([NEW, *args]).item()
        returns = self._applied(self.program.unknown, {SOMEBODYS: anyone})
        return returns if value.callable or value.roots else join([returns, anyone])

    def _call_library(self, path: str, node: ast.Call) -> Value:
        kind, state = known.of_library(path)
        if path.startswith(_CALLBACKS_NEVER_RUN):
            for arg in (*node.args, *(keyword.value for keyword in node.keywords)):
                if not isinstance(arg, ast.Name):
                    self.value(arg)
            return NEW
        args = self._arguments(node)
        if state:
            self.changes.add(state)
        self.changes |= roots_of(args[known.inputs_of(path) : len(node.args)])
        if path in ("builtins.zip", "builtins.enumerate") and not any(
            isinstance(arg, ast.Starred) for arg in node.args
        ):
            items = [NEW] if path.endswith("enumerate") else []
            items += [arg.item() for arg in args[: len(node.args)]]
            return self._result(kind, args, node)._replace(each=tuple(items))
        made = self._result(kind, args, node, known.number_of(path))
        return Value(path="matplotlib.object") if path.startswith("matplotlib.") else made

    def _call_method(self, callee: ast.Attribute, receiver: Value, node: ast.Call) -> Value:
        args, kind = self._arguments(node), known.of_method(callee.attr)
        if kind == known.CHANGES_FIRST:
            self._callbacks(args)
            return self.put(callee.value, *args).item()
        if kind == known.CHANGES_ALL:  # a random generator; it may return what it chose
            self.changes |= receiver.roots | (roots_of(args) if callee.attr == "shuffle" else NONE)
            return join([NEW, *args]).item()
        return self._result(kind, [receiver, *args], node, known.number_of_method(callee.attr))

    def _result(self, kind: str, args: Sequence[Value], node: ast.Call, numeric: Value = NEW) -> Value:
        """Note what a call of this kind changes, and return its value."""
        made = self._callbacks(args)
        keywords = {keyword.arg: self.value(keyword.value) for keyword in node.keywords}
        if "out" in keywords:
            self.changes |= keywords["out"].own
            made = join([made, keywords["out"]])
        if kind == known.UNKNOWN:
            self.changes.add(known.ANYTHING)
        elif kind in (known.CHANGES_FIRST, known.CHANGES_ALL):
            self.changes |= args[0].roots if args else NONE
        for arg in args:
            if arg.once and kind != known.ITERATOR:
                self.changes |= arg.own
        if kind == known.FRESH and "copy" not in keywords:
            return made if made.roots or made.callable else numeric
        if kind in (known.COPY, known.ITERATOR):
            return join([made, container(args)])._replace(once=kind == known.ITERATOR)
        return join([made, *(arg.item() for arg in args)])

    def _callbacks(self, args: Sequence[Value]) -> Value:
        """Let a library call the functions that are among its arguments."""
        if not any(arg.callable for arg in args):
            return NEW
        return self._call_value(Value(callable=True), args)


def _replaced(roots: Roots, given: Mapping[str, Value]) -> Roots:
    """Replace parameters by the roots of their arguments."""
    mine = {root for root in roots if root.startswith(PARAMETER)}
    return (roots - mine) | NONE.union(*(given[root].roots for root in mine if root in given))


def _with_arguments(value: Value, given: Mapping[str, Value]) -> Value:
    """Return a value of which the parameters were replaced by arguments."""
    parts, each = (tuple(_with_arguments(part, given) for part in found) for found in (value.parts, value.each))
    own, inner = _replaced(value.own, given), _replaced(value.inner, given)
    return Value(own, inner, value.path, value.callable, value.once, None, parts, value.number, each)
