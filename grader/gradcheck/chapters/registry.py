"""All chapters, in teaching order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from gradcheck.exercises.chapter import Chapter

CHAPTER_MODULES = (
    "single_neuron",
    "cost_vs_loss",
    "relu_network",
    "sigmoid_xor",
    "cross_entropy",
    "deep_networks",
    "training_in_practice",
    "build_the_machine",
)


@cache
def all_chapters() -> Mapping[str, Chapter]:
    """Return the chapters by assignment."""
    found = [import_module(f"gradcheck.chapters.{name}").CHAPTER for name in CHAPTER_MODULES]
    return {chapter.assignment: chapter for chapter in found}
