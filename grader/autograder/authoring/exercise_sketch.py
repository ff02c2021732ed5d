"""What an author says of a new exercise in one line each, and the declaration that it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gradcheck.autodiff.ops import OPERATIONS, Kind

_STEP = re.compile(r"(\w+)\s*=\s*(\w+)\(\s*(\w+(?:\s*,\s*\w+)*)\s*\)")
_PAIR = re.compile(r"(\w+)\s*[=:]\s*([\w ]*)")
SIZES = ({"m": 5, "n": 3, "h": 4}, {"m": 3, "n": 2, "h": 5}, {"m": 7, "n": 4, "h": 2})
"""Sizes of the drawn inputs, all different; by letter."""
VIEW = {"m": 3, "n": 2, "h": 2}
"""Sizes that a picture has room for."""
LINE = 112
"""Characters of a line of the declaration, before it is moved in by eight."""
_WORKSHOP = "grader/gradcheck/autodiff/ops.py (docs/add-an-operation.md)"


@dataclass(frozen=True)
class Sketch:
    """A function on a forward computation, as an author describes it."""

    name: str
    points: float
    steps: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(what it defines, operation, its inputs), in the order of the forward pass."""
    inputs: Mapping[str, str]
    """Input -> shape in letters."""
    returns: Mapping[str, str]
    """What is returned -> the value, or d and the name of what it is the derivative by."""
    args: tuple[str, ...]


def read_sketch(name: str, points: float, given: Mapping[str, str]) -> Sketch:
    """Return the sketch that the texts ``steps``, ``inputs``, ``returns`` and ``args`` make.

    Raises ValueError, in a sentence that says what to change, where they do not fit together.
    """
    steps = tuple(
        (out, operation, tuple(part.strip() for part in inputs.split(",")))
        for out, operation, inputs in _all(_STEP, given["steps"], 'steps, such as "a = relu(z); S = total(a)"')
    )
    inputs = _pairs(given["inputs"], 'inputs, such as "z: m h"')
    returns = _pairs(given["returns"], 'what is returned, such as "slope = dz"')
    args = tuple(re.findall(r"\w+", given.get("args", ""))) or tuple(inputs)
    sketch = Sketch(name, points, steps, inputs, returns, args)
    _require_sense(sketch)
    return sketch


def _pairs(text: str, what: str) -> dict[str, str]:
    return {one: " ".join(rest.split()) for one, rest in _all(_PAIR, text, what)}


def _all(pattern: re.Pattern[str], text: str, what: str) -> list[tuple[str, ...]]:
    found = []
    for part in filter(None, map(str.strip, text.split(";"))):
        match = pattern.fullmatch(part)
        if not match:
            raise ValueError(f"{part!r} is not one of the {what}")
        found.append(match.groups())
    return found


def _require_sense(sketch: Sketch) -> None:
    if not sketch.name.isidentifier():
        raise ValueError(f"{sketch.name!r} cannot be the name of a function")
    if sketch.points <= 0:
        raise ValueError("an exercise is worth more than 0 points: --points N")
    if not (sketch.steps and sketch.inputs and sketch.returns):
        raise ValueError("--steps, --inputs and --returns belong together")
    known = _require_steps(sketch)
    letters = {letter for shape in sketch.inputs.values() for letter in shape.split()}
    if unknown := sorted(letters - {*VIEW, "1"}):
        raise ValueError(f"a shape is made of the letters m, n, h and of 1, not of {', '.join(unknown)}")
    derivatives = {"d" + one for one in known}
    if wrong := [one for one in sketch.returns.values() if one not in known | derivatives]:
        raise ValueError(
            f"{', '.join(wrong)} is neither a value of the steps nor the derivative by one (d and its name)"
        )
    last = OPERATIONS[sketch.steps[-1][1]].kind
    if not derivatives.isdisjoint(sketch.returns.values()) and last not in (Kind.REDUCTION, Kind.SEED):
        raise ValueError("for a derivative the last step gives one number: add one such as J = mean(L) or S = total(a)")


def _require_steps(sketch: Sketch) -> set[str]:
    """Return the names of all inputs and values, if each step has what it needs and each input is needed."""
    known = set(sketch.inputs)
    for out, operation, inputs in sketch.steps:
        if operation not in OPERATIONS:
            raise ValueError(
                f"there is no operation {operation}: add it to {_WORKSHOP}; there are {', '.join(OPERATIONS)}"
            )
        if missing := [one for one in inputs if one not in known]:
            raise ValueError(f"{out} is made of {', '.join(missing)}, which is no input and no earlier step")
        known.add(out)
    taken = {one for _, _, inputs in sketch.steps for one in inputs}
    if unused := [one for one in sketch.inputs if one not in taken]:
        raise ValueError(
            f"no step takes the input {', '.join(unused)}; a derivative that is handed to the function enters the last "
            "step: S = dot(a, dA)"
        )
    return known


def declaration_text(sketch: Sketch) -> str:
    """Return the declaration as Python, to stand in the tuple of a chapter's exercises."""
    container = ', "tuple"' if len(sketch.returns) > 1 else ""
    letters = {letter for shape in sketch.inputs.values() for letter in shape.split()} - {"1"}
    sizes = tuple({k: v for k, v in size.items() if k in letters} for size in SIZES)
    view = {k: v for k, v in VIEW.items() if k in letters}
    steps = tuple(f'Step("{out}", "{operation}", {_tuple(inputs)})' for out, operation, inputs in sketch.steps)
    drawing = (_dict(sketch.inputs), f"notebook_sizes={_dict(view)}", f"sizes=({', '.join(map(_dict, sizes))})")
    lines = (
        "GraphExercise(",
        f'    "{sketch.name}",',
        f"    {sketch.points:g},",
        *_fold("(", steps if len(steps) > 1 else (f"{steps[0]},",)),
        f"    Signature({_tuple(sketch.args)}, {_dict(sketch.returns)}{container}),",
        *_fold("InputDrawing(", drawing),
        "),",
    )
    return "".join(f"        {line}\n" for line in lines)


def _fold(head: str, parts: tuple[str, ...]) -> list[str]:
    """Return a call or a tuple on one line if it fits there, else on three, else each part on its own: as ruff does."""
    inner = ", ".join(parts)
    if len(f"    {head}{inner}),") <= LINE:
        return [f"    {head}{inner}),"]
    folded = [inner] if len(f"        {inner}") <= LINE else [f"{part}," for part in parts]
    return [f"    {head}", *(f"        {part}" for part in folded), "    ),"]


def _tuple(words: tuple[str, ...]) -> str:
    return f"({', '.join(_quoted(word) for word in words)}{',' if len(words) == 1 else ''})"


def _dict(pairs: Mapping[str, str] | Mapping[str, int]) -> str:
    return f"{{{', '.join(f'{_quoted(key)}: {_quoted(value)}' for key, value in pairs.items())}}}"


def _quoted(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
