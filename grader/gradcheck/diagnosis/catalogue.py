"""All types of mistakes, read from ``mistakes.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

NEURON = ("neuron_sample_grads", "cost_grads_loop", "neuron_cost_grads")
NETS = ("relu_net_grads", "xor_net_grads", "bce_net_grads", "machine_grads")
GROUPS = {
    "neuron": NEURON,
    "nets": NETS,
    "grads": (*NEURON, *NETS, "chain_grads", "deep_sigmoid_grads"),
    "links": (
        *("dL_da", "dz_dw", "dz_db", "out_delta", "bce_out_delta", "layer_grads", "hidden_delta"),
        *("softmax_delta", "delta_back"),
    ),
    "slopes": ("relu_deriv", "sigmoid_deriv"),
    "forwards": ("forward", "predict", "relu", "sigmoid", "softmax", "deep_forward"),
    "costs": ("loss", "cost", "bce_cost", "surprisal"),
    "rules_back": ("times_back", "matmul_back", "relu_back", "exp_back", "log_back"),
    "answers": (
        *("predicted_signs", "doubled_data", "learning_rates", "shapes"),
        *("switched_off", "one_neuron", "solved_seeds", "best_rate", "rows_for", "find_the_bug"),
        *("chance_cost", "fate", "used_twice"),
    ),
}
WIDE = frozenset({"wrong-slope", "shapes-do-not-fit", "wrong-layer-input"})
"""Names that are only given where nothing narrower fits."""

PLURAL = {"is": "are", "has": "have", "have": "have", "comes": "come"}

PLURALS = ("the batches", "the parts", "the row numbers")
NARROWER = (
    ("relu-mask-missing", "mask-from-wrong-array"),
    ("residual-missing", "value-not-slope"),
    ("wrong-partial-of-z", "value-not-slope"),
    ("summed-over-too-much", "mean-taken-too-early"),
    ("summed-over-too-much", "forward-activation-wrong"),
    ("output-slope-missing", "other-loss"),
    ("extra-output-slope", "other-loss"),
    ("one-class-wrong", "other-loss"),
    ("z-for-a", "forward-activation-wrong"),
    ("averaged-not-summed", "averaged-twice"),
    ("upstream-missing", "w2-missing"),
    ("upstream-missing", "residual-missing"),
    ("residual-sign-lost", "one-class-wrong"),
)
"""Pairs of names that can fit the same numbers: the first says more."""


@dataclass(frozen=True)
class MistakeType:
    """One id and its sentences."""

    id: str
    family: str
    exercises: frozenset[str]
    """Exercises in which it can be named; holds "all" where it can be everywhere."""
    seen: str
    question: str
    again: str

    def occurs_in(self, exercise: str) -> bool:
        """Tell whether the name can be given in that exercise."""
        return "all" in self.exercises or exercise in self.exercises


@cache
def vocabulary() -> Mapping[str, MistakeType]:
    """Return all mistakes by id."""
    text = resources.files("gradcheck.diagnosis").joinpath("mistakes.toml").read_text(encoding="utf-8")
    return {
        id: MistakeType(id, row["family"], frozenset(_spread(row["where"])), row["seen"], row["question"], row["again"])
        for id, row in tomllib.loads(text).items()
    }


def _spread(where: Iterable[str]) -> Iterable[str]:
    for name in where:
        yield from GROUPS.get(name, (name,))


def describe_mistake(id: str, where: str, detail: Mapping[str, str] | None = None) -> str:
    """Return tier 1 with its gaps filled; {where} falls back to "the answer".

    ``detail`` may hold a sentence of its own under "seen", which says more of this answer than the id does, and one
    with gaps under "template", which says it in the words of the exercise.
    """
    filled = {"where": where or "the answer", **(detail or {})}
    if detail and "seen" in detail:
        return detail["seen"]
    text = filled.get("template") or vocabulary()[id].seen
    if " and " in where or where in PLURALS:
        text = plural_form(text)
    for gap in ("where", "got", "want", "shapes", "name"):
        text = text.replace("{" + gap + "}", filled.get(gap, "another one"))
    return text[0].upper() + text[1:] if text.startswith("the ") else text


def plural_form(text: str) -> str:
    """Return tier 1 for several outputs; the same where its verb does not belong to them.

    >>> plural_form("{where} is twice as large as it should be.")
    '{where} are twice as large as they should be.'
    >>> plural_form("The slope used in {where} is not that of this layer.")
    'The slope used in {where} is not that of this layer.'
    """
    if text.startswith("{where} "):
        verb = text.split()[1]
        text = text.replace(verb, PLURAL.get(verb, verb.removesuffix("s")), 1)
        text = text.replace("as it should", "as they should").replace("; it should", "; they should")
    return re.sub(r"\b(After the call )\{where\} is ", r"\1{where} are ", text)
