"""Call a learner's function and describe what came back, without judging it.

This file knows nothing of exercises. It imports numpy and the standard library only, because it is also what the
sandbox uses on its own.
"""

from __future__ import annotations

import contextlib
import copy
import dis
import functools
import io
import itertools
import time
import traceback
import types
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_DEPTH = 4
MAX_ITEMS = 4096
MAX_TEXT = 300
RESTORED_RTOL = 2e-15
"""An entry that was nudged and put back counts as left alone."""
RESTORED_ATOL = 1e-18
"""The same for an entry that was 0."""


class Nowhere(io.TextIOBase):
    """A stream that drops everything."""

    def writable(self) -> bool:
        """Tell that it takes text."""
        return True

    def write(self, text: str) -> int:
        """Drop the text."""
        return len(text)


NOWHERE = Nowhere()
"""The one such stream. It never goes away: Python crashes where a thread prints to a stream that was just freed."""


@dataclass(frozen=True)
class Code:
    """An argument that has to be made on the spot: a function, or a random generator."""

    source: str
    """One Python expression in which ``np`` is known."""


@dataclass(frozen=True)
class Leaf:
    """One value that is not a container."""

    type: str
    """Name of its Python type: ndarray, float, float64, int, bool, str, NoneType ..."""
    array: np.ndarray | None = None
    """Its values as float64 in its own shape; None where it holds no real numbers."""
    dtype: str = ""
    """The dtype that the learner returned; empty where it holds no numbers."""
    text: str = ""
    """A string itself; of anything else a short repr; empty for an array of more than one number."""


@dataclass(frozen=True)
class Branch:
    """A list, a tuple or a dict."""

    type: str
    """list, tuple or dict; generator, zip or map, whose items were drawn."""
    keys: tuple[str, ...]
    """The keys of a dict as text, in its order; empty for lists and tuples."""
    items: tuple[Leaf | Branch, ...]


Value = Leaf | Branch


@dataclass(frozen=True)
class Raised:
    """An exception that left the learner's function."""

    type: str
    message: str
    line: str = ""
    """The learner's own line in which it arose, stripped."""
    lineno: int = 0
    """Its number within the cell, counted from 1; 0 where unknown."""
    function: str = ""
    """The learner's function that this line belongs to."""
    inside: str = ""
    """The function of another cell that this line called, where it arose in there."""


@dataclass(frozen=True)
class Outcome:
    """What one call of a learner's function led to."""

    status: str
    """returned, raised, missing (no such name), timeout or killed."""
    value: Value | None = None
    raised: Raised | None = None
    changed: tuple[int, ...] = ()
    """Positions of the arguments that are no longer what they were before the call."""
    called: tuple[str, ...] = ()
    """The stand-ins that the function called."""
    warnings: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    """Variables of the notebook (not functions, not tables of functions, not modules) that the function reads."""
    seconds: float = 0.0


def describe(value: Any, depth: int = 0) -> Value:
    """Return the tree of ``Leaf`` and ``Branch`` that describes ``value``."""
    if isinstance(value, dict | list | tuple) and depth < MAX_DEPTH and len(value) <= MAX_ITEMS:
        kind = next(base for base in (dict, list, tuple) if isinstance(value, base))
        keys = tuple(str(key)[:MAX_TEXT] for key in value) if kind is dict else ()
        items = value.values() if isinstance(value, dict) else value
        return Branch(kind.__name__, keys, tuple(describe(item, depth + 1) for item in items))
    name = type(value).__name__
    if isinstance(value, types.GeneratorType | zip | map) and depth < MAX_DEPTH:
        drawn = itertools.islice(value, MAX_ITEMS)
        return Branch(name, (), tuple(describe(item, depth + 1) for item in drawn))
    if isinstance(value, str):
        return Leaf(name, text=value[:MAX_TEXT])
    if isinstance(value, np.ndarray | np.generic | int | float | complex):
        array = np.asarray(value)
        if array.dtype.kind in "biuf" or (array.dtype.kind == "c" and not np.any(array.imag)):
            dtype = array.dtype.name
            return Leaf(name, np.array(array.real, dtype="<f8"), dtype, _short(value) if array.size == 1 else "")
    return Leaf(name, text=_short(value))


def call(fn: Callable, args: Sequence[Any], stand_ins: Mapping[str, Code] | None = None) -> Outcome:
    """Call ``fn(*args)`` on copies of ``args`` and describe the outcome.

    ``stand_ins`` replaces names in the function's own namespace while it runs. What the function prints is dropped
    and what it raises is described; nothing but KeyboardInterrupt leaves this function.
    """
    given = [_make(arg) for arg in args]
    reads, cell = _reads(fn), getattr(getattr(fn, "__code__", None), "co_filename", "")
    before = copy.deepcopy([arg for arg in given if not callable(arg)])
    called: list[str] = []
    started = time.perf_counter()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(NOWHERE):
        warnings.simplefilter("always")
        try:
            with _patched(getattr(fn, "__globals__", {}), stand_ins or {}, called):
                result = fn(*given)
            described = describe(result)
        except KeyboardInterrupt:
            raise
        except BaseException as err:  # a learner may raise anything, SystemExit included
            raised, seconds = _raised(err, cell), time.perf_counter() - started
            return Outcome("raised", raised=raised, called=tuple(called), reads=reads, seconds=seconds)
    seconds = time.perf_counter() - started
    after = [arg for arg in given if not callable(arg)]
    positions = [i for i, arg in enumerate(given) if not callable(arg)]
    changed = tuple(i for i, old, new in zip(positions, before, after, strict=True) if not _is_unchanged(old, new))
    texts = tuple(dict.fromkeys(str(w.message)[:MAX_TEXT] for w in caught))[:5]
    return Outcome("returned", described, None, changed, tuple(called), texts, reads, seconds)


def _make(arg: Any) -> Any:
    if isinstance(arg, Code):
        return eval(arg.source, {"np": np})  # the judge's own text, never a learner's
    return copy.deepcopy(arg)


@contextlib.contextmanager
def _patched(namespace: dict, stand_ins: Mapping[str, Code], called: list[str]):
    def watched(name: str, function: Callable) -> Callable:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            called.append(name)
            return function(*args, **kwargs)

        return stand_in

    kept = {name: namespace[name] for name in stand_ins if name in namespace}
    namespace.update({name: watched(name, _make(code)) for name, code in stand_ins.items()})
    try:
        yield
    finally:
        for name in stand_ins:
            namespace.pop(name, None)
        namespace.update(kept)


def _reads(fn: Callable) -> tuple[str, ...]:
    namespace = getattr(fn, "__globals__", {})
    plain = (np.ndarray, np.generic, int, float, list, tuple, dict)
    code = getattr(fn, "__code__", None)
    names = _globals(code) if isinstance(code, types.CodeType) else ()
    return tuple(dict.fromkeys(n for n in names if isinstance(namespace.get(n), plain) and not _is_table(namespace[n])))


def _is_table(value: Any) -> bool:
    """Tell whether a variable is a dict of functions, which is as good as a function."""
    return isinstance(value, dict) and bool(value) and all(callable(item) for item in value.values())


@functools.lru_cache(maxsize=256)
def _globals(code: types.CodeType) -> tuple[str, ...]:
    """Return the global names that a function reads, and those inside of it."""
    own = [step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")]
    inner = [const for const in code.co_consts if isinstance(const, types.CodeType)]
    return (*own, *(name for const in inner for name in _globals(const)))


def _raised(err: BaseException, cell: str = "") -> Raised:
    """Describe an exception by the last line of ``cell`` that it passed, or else by the line in which it arose."""
    frames = [f for f in traceback.extract_tb(err.__traceback__) if _is_learners(f.filename)]
    message = str(err).splitlines()[0] if str(err) else ""
    if not frames:
        return Raised(type(err).__name__, message[:MAX_TEXT])
    own = max((i for i, f in enumerate(frames) if f.filename == cell), default=len(frames) - 1)
    last = frames[own]
    inside = next((f.name for f in reversed(frames[own + 1 :]) if not f.name.startswith("<")), "")
    return Raised(type(err).__name__, message[:MAX_TEXT], last.line or "", last.lineno or 0, last.name, inside)


def _is_learners(filename: str) -> bool:
    """Tell a notebook's cell (IPython names them ``<ipython-input-...>`` or a file in a temporary folder)."""
    return filename.startswith("<") or "ipykernel_" in filename


def _is_unchanged(old: Any, new: Any) -> bool:
    if isinstance(old, dict):
        return isinstance(new, dict) and old.keys() == new.keys() and all(_is_unchanged(old[k], new[k]) for k in old)
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(_is_unchanged(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(old, np.ndarray):
        if not isinstance(new, np.ndarray) or old.shape != new.shape or old.dtype != new.dtype:
            return False
        return _is_array_unchanged(old, new) if old.dtype.kind == "f" else np.array_equal(old, new)
    return type(old) is type(new) and (old == new or not isinstance(old, int | float | str))


def _is_array_unchanged(old: np.ndarray, new: np.ndarray) -> bool:
    """Tell whether an array was left as it was; what was nudged and put back may differ in its last bits."""
    same = np.array_equal(old, new)
    return same or bool(np.isclose(old, new, rtol=RESTORED_RTOL, atol=RESTORED_ATOL, equal_nan=True).all())


def _short(value: Any) -> str:
    try:
        return repr(value)[:MAX_TEXT]
    except Exception:  # a hostile __repr__
        return f"<{type(value).__name__}>"
