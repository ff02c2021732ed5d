"""An operation is one record: nothing else has to know its name."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.autodiff import ops
from gradcheck.autodiff.networks import network
from gradcheck.autodiff.oracle import differentiate
from gradcheck.autodiff.program import Step, replay
from gradcheck.chapters.two_layers import gradients_exercise
from gradcheck.diagnosis.faults.catalogue import injectable_faults
from gradcheck.display.graph_svg import GraphPicture
from gradcheck.exercises.fixtures import draw_inputs

TANH = ops.Op(
    "tanh", ops.Kind.ACTIVATION, np.tanh, (lambda d_out, a, z: d_out * (1 - a**2),), word="tanh", decides=lambda z: True
)


def test_a_new_operation_is_differentiated_drawn_and_diagnosed_by_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ops.OPERATIONS, "tanh", TANH)
    exercise = gradients_exercise("net_grads", 1, network("tanh", "sigmoid"), labels=True)
    inputs = draw_inputs(exercise, np.random.default_rng(3), exercise.inputs.sizes[0])
    chain = replay(exercise.program, inputs, exercise.constants)
    for of in exercise.signature.outputs.values():
        assert np.all(differentiate(exercise.program, inputs, of[1:]).admits(np.asarray(chain[of])))
    labels = {(fault.id, fault.label) for fault in injectable_faults(exercise.program, exercise.constants)}
    assert ("hidden-slope-missing", "no slope") in labels
    assert ("forward-activation-wrong", "forward relu") in labels
    assert ("forward-activation-wrong", "forward tanh") in labels  # of the sigmoid, not of the tanh
    assert ">tanh</text>" in GraphPicture(exercise).svg()


def test_an_operation_that_nobody_registered_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no operation is called 'convolution'"):
        Step("A", "convolution", ("Z",))
