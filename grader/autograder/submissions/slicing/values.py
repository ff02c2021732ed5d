"""What is known of objects and functions from the text of a notebook alone.

An object is named by its roots: the parameters (``.p``) and the notebook's variables from which it can be reached.
New objects have no roots.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Roots = frozenset[str]
Function = ast.FunctionDef | ast.Lambda
NONE: Roots = frozenset()
PARAMETER = "."
"""First character of a root that is a parameter."""
SOMEBODYS = ".?"
"""The one parameter of a function of which nothing is known."""
MOST_STEPS = 100_000
"""Steps for one notebook: each loop or function within another one doubles them, and nothing else limits the time.
Measured: no answer of the collection takes more than 14,000."""


class TooMuchError(Exception):
    """There is more in a notebook than can be followed."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


class Value(NamedTuple):
    """What is known of an object without running anything."""

    own: Roots = NONE
    """Roots of the object itself."""
    inner: Roots = NONE
    """Roots of what is in it."""
    path: str = ""
    """Its dotted name, if it is a library, a part of one, or something that matplotlib made."""
    callable: bool = False
    """It is a function of the notebook, or has one in it."""
    once: bool = False
    """It can be gone through only once."""
    code: Function | None = None
    """The definition, if it is a function that was defined within a function."""
    parts: tuple[Value, ...] = ()
    """What is in it, one by one, if it is a tuple of which that is known."""
    number: int = 0
    """1 for a number or an array, 2 if it is no whole number either, by which a list can be multiplied."""
    each: tuple[Value, ...] = ()
    """What is in each item, one by one, if all items are such tuples."""

    @property
    def roots(self) -> Roots:
        """Return the roots of the object and of what is in it."""
        return self.own | self.inner

    def item(self) -> Value:
        """Return what is known of anything in it."""
        return Value(self.roots, self.roots, self.path, self.callable, parts=self.each, number=self.number)


NEW = Value()
NUMBER, FRACTION = Value(number=1), Value(number=2)


def container(values: Iterable[Value], once: bool = False) -> Value:
    """Return a new object that holds these values."""
    found = list(values)
    return Value(NONE, roots_of(found), "", any(value.callable for value in found), once)


def roots_of(values: Iterable[Value]) -> Roots:
    """Return all roots of these values."""
    return NONE.union(*(value.roots for value in values))


def join(values: Iterable[Value]) -> Value:
    """Return what is known of an object that is one of these."""
    found = list(values)
    if all(value == found[0] for value in found[1:]):
        return found[0]
    paths = {value.path for value in found}
    return Value(
        NONE.union(*(value.own for value in found)),
        NONE.union(*(value.inner for value in found)),
        paths.pop() if len(paths) == 1 else "",
        any(value.callable for value in found),
        any(value.once for value in found),
        number=min((value.number for value in found), default=0),
    )


class Summary(NamedTuple):
    """What a call of a function does."""

    changes: Roots = NONE
    """Roots of what it may change."""
    returns: Value = NEW
    calls: Roots = NONE
    """The parameters that it calls."""
    links: frozenset[Roots] = frozenset()
    """Roots that may share an object afterwards."""


class Found(NamedTuple):
    """What going through one piece of code came to."""

    summary: Summary = Summary()
    binds: Roots = NONE
    """Variables of the notebook that it binds, if it is no function."""
    escaped: Roots = NONE
    """Functions of the notebook that it uses as values."""
    closures: Summary = Summary()
    """What its functions without a name in the notebook may do, whoever calls them."""
    once: bool = False
    """It binds a variable of the notebook to what can be gone through only once."""


def union(summaries: Iterable[Summary]) -> Summary:
    """Return what a call of one of these functions may do."""
    found = list(summaries)
    return Summary(
        NONE.union(*(summary.changes for summary in found)),
        join(summary.returns for summary in found) if found else NEW,
        NONE.union(*(summary.calls for summary in found)),
        frozenset().union(*(summary.links for summary in found)),
    )


def parameters(code: Function | ast.AsyncFunctionDef) -> list[str]:
    """Return the names of a function's parameters, positional ones first."""
    args = code.args
    starred = [arg for arg in (args.vararg, args.kwarg) if arg]
    return [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, *starred)]


def signature(code: Function) -> tuple[object, ...]:
    """Return what a call of a function needs to know of it."""
    return (bool(code.args.vararg or code.args.kwarg), *parameters(code))


class Program:
    """All functions of a notebook, and what its names stand for."""

    def __init__(self, functions: Mapping[str, Sequence[Function]], paths: Mapping[str, str], variables: Roots) -> None:
        self.functions = functions
        """Functions that cells define; a name that is defined twice may be either."""
        self.paths = paths
        """Names that cells import."""
        self.variables = variables
        """Names that cells bind to anything else."""
        self.known = frozenset(functions) | frozenset(paths) | variables
        self.summaries: dict[str, Summary] = dict.fromkeys(functions, Summary())
        self.escaped: Roots = NONE
        """Functions that are used as values: whoever calls an unknown function may call these."""
        self.closures = Summary()
        """The same for functions without a name in the notebook."""
        self._standing: dict[str, int] = {}
        self.unknown = Summary()
        """What a call of an unknown function may do, with ``SOMEBODYS`` for all arguments."""
        self._left = MOST_STEPS

    def step(self, size: int = 1) -> None:
        """Count what is gone through; TooMuchError where that has no end in sight."""
        self._left -= size
        if self._left < 0:
            raise TooMuchError

    def learn(self, summaries: Mapping[str, Summary], found: Sequence[Found]) -> bool:
        """Take in what one round found; return whether anything is new."""
        before = self.summaries, self.escaped, self.closures
        self._standing.clear()
        self.summaries = {name: union([old, summaries[name]]) for name, old in self.summaries.items()}
        self.escaped = self.escaped.union(*(part.escaped for part in found))
        self.closures = union([self.closures, *(part.closures for part in found)])
        whole = union([self.closures, *(self.summaries[name] for name in sorted(self.escaped))])
        returns = Value(_anonymous(whole.returns.own), _anonymous(whole.returns.inner), callable=True)
        links = frozenset(_anonymous(link) for link in whole.links)
        self.unknown = Summary(_anonymous(whole.changes), returns, NONE, links)
        return before != (self.summaries, self.escaped, self.closures)

    def standing(self, name: str) -> int:
        """Return a number that stands for all that the meaning of a name depends on."""
        if name not in self._standing:
            codes = self.functions.get(name)
            if codes is None:
                meaning: tuple[object, ...] = name, name in self.known, name in self.variables, self.paths.get(name)
            else:
                meaning = name, name in self.variables, tuple(map(signature, codes)), self.summaries[name]
            self._standing[name] = _number(meaning)
        return self._standing[name]

    def standing_of_unknown(self) -> int:
        """Return the same for functions of which nothing is known."""
        if "" not in self._standing:
            self._standing[""] = _number(self.unknown)
        return self._standing[""]


_NUMBERS: dict[object, int] = {}
_NEXT = itertools.count()
_MOST_NUMBERS = 50_000


def _number(meaning: object) -> int:
    """Return one number for equal meanings; comparing and hashing numbers is quick."""
    if len(_NUMBERS) > _MOST_NUMBERS:
        _NUMBERS.clear()  # a meaning that comes back gets another number, and is looked at again
    return _NUMBERS.setdefault(meaning, next(_NEXT))


def _anonymous(roots: Roots) -> Roots:
    mine = {root for root in roots if root.startswith(PARAMETER)}
    return (roots - mine) | ({SOMEBODYS} if mine else NONE)
