"""The faults that can be injected into a program: one local mistake each, under the name it is known by.

A fault replaces one value or one link. Nothing in here knows an exercise: faults follow from the operations of its
program, so a new exercise has them at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gradcheck.autodiff.ops import Kind
from gradcheck.autodiff.program import Program, Step, ends_at_value
from gradcheck.diagnosis.faults.activation import activation_faults
from gradcheck.diagnosis.faults.bias import bias_faults
from gradcheck.diagnosis.faults.gradient_habits import (
    bias_from_weights,
    clipped_residuals,
    decimals_cut_inside,
    deltas_rounded,
    divided_in_the_loop,
    errors_added_up,
    not_the_delta,
    one_array_for_both,
    upstream_missing,
)
from gradcheck.diagnosis.faults.injected_fault import InjectedFault
from gradcheck.diagnosis.faults.linear import linear_faults
from gradcheck.diagnosis.faults.loss import loss_faults, mean_faults
from gradcheck.diagnosis.faults.operations import operation_faults, upstream_left_out
from gradcheck.diagnosis.faults.scale import FACTORS, layer_scale_faults, scale_faults
from gradcheck.diagnosis.faults.softmax import class_loss_faults, softmax_faults
from gradcheck.diagnosis.faults.upstream import slopes_not_carried, upstream_faults
from gradcheck.diagnosis.faults.weights import weight_faults


def injectable_faults(program: Program, constants: frozenset[str]) -> tuple[InjectedFault, ...]:
    """Return every fault that this program can have, the same habit at several places joined at the end."""
    single = [fault for step in reversed(program) for fault in _faults(step, program, constants)]
    single += slopes_not_carried(program)
    last = str(sum(step.op.kind is Kind.LINEAR for step in program))
    habits: dict[tuple[str, str, str], list[InjectedFault]] = {}
    for fault in single:
        for kind in _kinds(fault, last):
            habits.setdefault((fault.id, fault.label, kind), []).append(fault)
    several = [
        replace(faults[0], label=f"{label}, {kind}", rules={p: rule for f in faults for p, rule in f.rules.items()})
        for (_, label, kind), faults in habits.items()
        if len(faults) > 1
    ]
    return (*single, *several)


def _kinds(fault: InjectedFault, last: str) -> tuple[str, ...]:
    """Return the groups of places in which the same habit may show at once."""
    firsts = {place[:2].lower() for place in fault.places}
    if firsts == {"dw"}:
        return ("weights", "parameters", "everywhere")
    if firsts == {"db"}:
        return ("biases", "parameters", "everywhere")
    if fault.label in FACTORS:  # one after the other on the same path they would multiply
        return ()
    hidden = all(place[-1].isdigit() and place[-1] != last for place in fault.places)
    return ("hidden layers", "everywhere") if hidden else ("everywhere",)


def _faults(step: Step, program: Program, constants: frozenset[str]) -> Iterator[InjectedFault]:
    kind = step.op.kind
    if kind is Kind.LINEAR:
        yield from linear_faults(step, program)
        yield from weight_faults(step, program)
        yield from bias_faults(step, program)
        yield from bias_from_weights(step)
        yield from one_array_for_both(step)
        yield from divided_in_the_loop(step)
        yield from upstream_missing(step) if not ends_at_value(program) else ()
        yield from decimals_cut_inside(step)
        yield from layer_scale_faults(step) if sum(s.op.kind is kind for s in program) > 1 else ()
        before = next((s for s in program if s.out == step.inputs[0]), None)
        if step.inputs[0] not in constants and before is not None:
            yield from upstream_faults(step, program, before)
            yield from not_the_delta(step, program)
    elif kind is Kind.LOSS:
        one_hot = step.op.name == "class_cross_entropy"
        yield from class_loss_faults(step, program) if one_hot else loss_faults(step, program)
        yield from clipped_residuals(step)
        yield from decimals_cut_inside(step)
    elif kind is Kind.REDUCTION:
        yield from mean_faults(step)
    elif kind is Kind.ACTIVATION:
        yield from activation_faults(step, program)
        yield from softmax_faults(step) if step.op.name == "softmax" else ()
        yield from decimals_cut_inside(step) if not step.op.passes_on else ()
        yield from (*deltas_rounded(step), *errors_added_up(step)) if not ends_at_value(program) else ()
        yield from upstream_left_out(step, program)
    elif kind is Kind.OPERATION:
        yield from operation_faults(step, program)
    if kind is Kind.SEED:  # what these hand on is given, and nobody's mistake
        return
    for position, name in enumerate(step.inputs[: len(step.op.links)]):
        if name not in constants:
            yield from scale_faults("d" + name, step, position)
