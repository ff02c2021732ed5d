"""All chapters, in order."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from gradcheck.check import Bench
from gradcheck.exercise import Chapter, GraphExercise

MODULES = ("single_neuron", "cost_vs_loss", "relu_network", "sigmoid_xor", "training_in_practice")


@cache
def chapters() -> Mapping[str, Chapter]:
    """Return the chapters by assignment."""
    found = [import_module(f"gradcheck.{name}").CHAPTER for name in MODULES]
    return {chapter.assignment: chapter for chapter in found}


@cache
def benches() -> Mapping[str, Bench]:
    """Return one workbench for each chapter."""
    return {name: Bench(chapter) for name, chapter in chapters().items()}


def bench_of(function: Callable | None, answer: Mapping[str, Any]) -> Bench:
    """Return the workbench whose chapter has this exercise, the first where several fit."""
    name = getattr(function, "__name__", "") if function is not None else next(iter(answer), "")
    fitting = [c for c in chapters().values() if any(e.name == name and _fits(function, e) for e in c.exercises)]
    return benches()[(fitting or list(chapters().values()))[0].assignment]


def _fits(function: Callable | None, exercise: Any) -> bool:
    if function is None or not isinstance(exercise, GraphExercise):
        return True
    try:
        return len(inspect.signature(function).parameters) == len(exercise.args)
    except (TypeError, ValueError):
        return True
