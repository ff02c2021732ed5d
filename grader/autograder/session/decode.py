"""Read what a runner replied: arrays, types and text, each checked; nothing else counts."""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.course.limits import Limits
from autograder.course.text import clean_text
from gradcheck.call import MAX_DEPTH, Branch, Leaf, Outcome, Raised, Value

_NODES = 20_000
_CONTAINERS = ("list", "tuple", "dict", "generator", "zip", "map")
_WARNINGS = 5
_PIXELS = 4000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class CellResult:
    """What became of one cell."""

    raised: Raised | None
    outputs: tuple[dict[str, Any], ...]
    """Its text and figures as a notebook's outputs."""


def decode_outcome(
    body: dict[str, Any], data: bytes, seconds: float, given: int, stand_ins: Collection[str]
) -> Outcome:
    """Return the outcome of a call that ``body`` and ``data`` describe; ValueError or TypeError if they do not."""
    reader = _Values(data)
    found = _outcome(body, reader, seconds, given, stand_ins)
    reader.finish()
    return found


def decode_outcomes(
    body: dict[str, Any], data: bytes, seconds: float, given: Sequence[int], stand_ins: Collection[str] = ()
) -> list[Outcome]:
    """Return the outcomes of calls that were made together; ``given`` holds how many arguments each of them had."""
    many, reader = _list(body["many"]), _Values(data)
    if len(many) != len(given):
        raise ValueError("not an answer to each call")
    pairs, each = zip(many, given, strict=True), seconds / len(given)
    found = [_outcome(one, reader, each, count, stand_ins) for one, count in pairs]
    reader.finish()
    return found


def _outcome(body: dict[str, Any], reader: _Values, seconds: float, given: int, stand_ins: Collection[str]) -> Outcome:
    status = body["status"]
    if status not in ("returned", "raised", "missing"):
        raise ValueError("not a status that a runner can report")
    value = reader.read_tree(body["value"]) if status == "returned" else None
    changed = {n for n in _list(body["changed"]) if type(n) is int and 0 <= n < given}
    called = [name for name in _list(body["called"])[:100] if isinstance(name, str) and name in stand_ins]
    warned = tuple(clean_text(text) for text in _list(body["warnings"])[:_WARNINGS])
    found = decode_raised(body["raised"]) if status == "raised" else None
    reads = tuple(clean_text(name) for name in _list(body["reads"])[:100])
    return Outcome(
        status,
        value,
        raised=found,
        changed=tuple(sorted(changed)),
        called=tuple(called),
        warnings=warned,
        reads=reads,
        seconds=seconds,
    )


def decode_cell_result(body: dict[str, Any], data: bytes, limits: Limits) -> CellResult:
    """Return what became of a cell."""
    outputs: list[dict[str, Any]] = []
    for name in ("stdout", "stderr"):
        text = clean_text(body[name], limits.output_bytes, lines=True)
        if name == "stdout" and type(body["dropped"]) is int and body["dropped"] > 0:
            text += f"\n[{body['dropped']} more characters were printed; they are not kept]\n"
        if text:
            outputs.append({"output_type": "stream", "name": name, "text": text})
    for size in _list(body["figures"])[: limits.figures]:
        if type(size) is not int or not 0 < size <= limits.figure_bytes:
            raise ValueError("a figure has no such size")
        outputs.append(_figure(data[:size]))
        data = data[size:]
    if data:
        raise ValueError("data is left over")
    error = decode_raised(body["raised"]) if body["raised"] else None
    if error:
        line = [f"line {error.lineno}: {error.line}"] if error.line else []
        said = f"{error.type}: {error.message}"
        told = {"output_type": "error", "ename": error.type, "evalue": error.message, "traceback": [*line, said]}
        outputs.append(told)
    return CellResult(error, tuple(outputs))


def decode_raised(body: Any) -> Raised:
    """Return the exception that ``body`` describes."""
    lineno = body["lineno"]
    known = type(lineno) is int and 0 <= lineno < 100_000
    type_, message, line = (clean_text(body[key]) for key in ("type", "message", "line"))
    function, inside = clean_text(body["function"]), clean_text(body["inside"])
    return Raised(type_, message, line, lineno if known else 0, function, inside)


class _Values:
    """Builds described values and deals the data out to their arrays, in order."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._nodes = data, 0, 0

    def read_tree(self, tree: Any) -> Value:
        self._nodes = 0
        return self.read(tree, 0)

    def read(self, tree: Any, depth: int) -> Value:
        self._nodes += 1
        if self._nodes > _NODES or depth > MAX_DEPTH + 1:
            raise ValueError("a value of this size was not asked for")
        if "b" in tree:
            if tree["b"] not in _CONTAINERS:
                raise ValueError("not a container")
            items = tuple(self.read(item, depth + 1) for item in _list(tree["i"]))
            keys = tuple(clean_text(key) for key in _list(tree["k"]))
            if len(keys) != (len(items) if tree["b"] == "dict" else 0):
                raise ValueError("keys and items do not match")
            return Branch(tree["b"], keys, items)
        array = self._array(tree["s"]) if "s" in tree else None
        return Leaf(clean_text(tree["t"]), array, clean_text(tree["d"]), clean_text(tree["x"]))

    def _array(self, shape: Any) -> NDArray[np.float64]:
        if len(_list(shape)) > 8 or any(type(n) is not int or not 0 <= n < 1 << 31 for n in shape):
            raise ValueError("not a shape")
        start, self._at = self._at, self._at + 8 * math.prod(shape)
        if self._at > len(self._data):
            raise ValueError("an array is longer than its data")
        return np.frombuffer(self._data[start : self._at], "<f8").reshape(shape).astype(float)

    def finish(self) -> None:
        if self._at != len(self._data):
            raise ValueError("data is left over")


def _figure(picture: bytes) -> dict[str, Any]:
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    if picture[:8] != _PNG or not (0 < width <= _PIXELS and 0 < height <= _PIXELS):
        raise ValueError("not a figure")
    encoded = base64.b64encode(picture).decode()
    return {"output_type": "display_data", "data": {"image/png": encoded, "text/plain": "<figure>"}, "metadata": {}}


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value
