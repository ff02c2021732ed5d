"""Mistakes in the loss, in its slope, and in the mean over the examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from gradcheck.autodiff.ops import cross_entropy
from gradcheck.autodiff.program import Override, Program, Step
from gradcheck.diagnosis.faults.injected_fault import InjectedFault, left_out

SMALL = (0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.02, 0.01, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
"""Small numbers that are put beside a logarithm; the larger ones are seen in its value."""
SAID = dict.fromkeys(
    ("logarithm to base 2", "logarithm to base 10"), "The loss has the right form; its logarithm has another base."
)
"""Label -> what is said of it."""
BESIDE = "Each example is compared with the target of the example beside it."
OWN_MISTAKES = ("half_square", "cross_entropy")
"""Losses with mistakes of their own; any other has those that every loss can have."""


def mean_faults(step: Step) -> Iterator[InjectedFault]:
    """Yield the ways to average the losses wrongly."""
    values = step.inputs[0]

    def of(function: Callable) -> Mapping[str, Override]:
        return {step.out: lambda env: function(env[values])}

    m = lambda v: np.shape(v)[0]
    yield InjectedFault("sum-not-mean", "summed", of(np.sum))
    yield InjectedFault("averaged-twice", "mean over m", of(lambda v: np.mean(v) / m(v)))
    yield InjectedFault("factor-two", "mean doubled", of(lambda v: 2 * np.mean(v)))
    yield InjectedFault("half-kept", "mean halved", of(lambda v: np.mean(v) / 2))
    yield InjectedFault("sign-flipped", "mean negated", of(lambda v: -np.mean(v)))
    multiplied = "The sum of the losses is multiplied by the number of examples, where it should be divided by it."
    yield InjectedFault("divided-by-wrong-count", "times m", of(lambda v: np.sum(v) * m(v)), multiplied)
    yield InjectedFault("divided-by-wrong-count", "over m-1", of(lambda v: np.sum(v) / (m(v) - 1)))
    yield InjectedFault("divided-by-wrong-count", "over m+1", of(lambda v: np.sum(v) / (m(v) + 1)))
    yield InjectedFault("other-loss", "root", of(lambda v: np.sqrt(np.mean(v))))
    yield InjectedFault("other-loss", "root of twice", of(lambda v: np.sqrt(np.mean(2 * v))))
    yield InjectedFault("other-loss", "half root of twice", of(lambda v: np.sqrt(np.mean(2 * v)) / 2))
    for label, over in {"half of m": lambda v: 2 * m(v), "m": m, "two": lambda v: 2, "nothing": lambda v: 1}.items():
        norm = of(lambda v, over=over: np.sqrt(np.sum(2 * v)) / over(v))
        yield InjectedFault("other-loss", f"length over {label}", norm)
    yield InjectedFault("other-loss", "median", of(np.median))
    yield InjectedFault("other-loss", "largest", of(np.max))
    yield InjectedFault("examples-not-summed", "losses", of(lambda v: v))
    yield InjectedFault("examples-not-summed", "losses, flat", of(np.ravel), rare=True)
    yield InjectedFault("examples-not-summed", "losses over m", of(lambda v: v / m(v)))
    yield from left_out(lambda rows: of(lambda v: np.mean(v[rows])), "mean of")
    yield from left_out(lambda rows: of(lambda v: np.sum(v[rows]) / m(v)), "share of")
    for label, first in (("running average from 0", 0.5), ("running average from the first one", 1.0)):
        back = lambda env, first=first: env["d" + step.out] * _halved(env[values], first)
        yield InjectedFault("examples-left-out", label, of(lambda v, first=first: np.sum(_halved(v, first) * v)))
        yield InjectedFault("examples-left-out", f"{label}, slopes", {"d" + values: back})


def _halved(losses: np.ndarray, first: float) -> np.ndarray:
    """Return the share that each example has of an average to which each new one brings a half."""
    shares = 0.5 ** np.arange(len(losses), 0.0, -1.0)
    shares[0] *= first * 2
    return np.broadcast_to(shares.reshape(-1, *[1] * (np.ndim(losses) - 1)), np.shape(losses))


def loss_faults(step: Step, program: Program) -> Iterator[InjectedFault]:
    """Yield the ways to get the loss or its slope wrong."""
    a, y = step.inputs
    place, back = "d" + a, "d" + step.out
    output = next((s for s in program if s.out == a), None)

    def slope(function: Callable) -> Mapping[str, Override]:
        return {place: lambda env: env[back] * function(env[a], env[y])}

    def value(function: Callable) -> Mapping[str, Override]:
        return {step.out: lambda env: function(env[a], env[y])}

    own = step.op.forward
    for id, label, function in _slopes(step.op.name, own):
        yield InjectedFault(id, label, slope(function))
    if output is not None and step.op.name == "cross_entropy":
        place = "d" + output.inputs[0]  # slope and loss cancel: learners write one link for both
        for id, label, function in _deltas(own):
            yield InjectedFault(id, label, slope(function))
    if step.op.name in OWN_MISTAKES:
        yield from _residual_faults(step, program, output)
    for id, label, function in _other_losses(step.op.name, own):
        yield InjectedFault(id, label, value(function), SAID.get(label, ""))


def _residual_faults(step: Step, program: Program, output: Step | None) -> Iterator[InjectedFault]:
    """Yield mistakes in the residual, of losses whose slope is made of it."""
    a, y = step.inputs
    place, back = "d" + a, "d" + step.out
    if step.op.name == "cross_entropy" and output is not None:
        place = "d" + output.inputs[0]
    if output is not None and (step.op.name == "cross_entropy" or not output.op.passes_on):
        yield InjectedFault("z-for-a", "z compared", {place: lambda env: env[back] * (env[output.inputs[0]] - env[y])})
    for label, function in _crossed():
        met = lambda env, f=function: f(env[a], env[y], np.size(env[a]))
        yield InjectedFault("broadcast-by-accident", label, {place: met})
        for layer in (s for s in program if output is not None and s.out == output.inputs[0]):
            back_at = "d" + layer.out
            biases = {"d" + layer.inputs[2]: lambda env, k=back_at: np.sum(env[k])} if len(layer.inputs) == 3 else {}
            yield InjectedFault("broadcast-by-accident", f"{label}, all in the bias", {place: met, **biases}, rare=True)
    for by in (1, -1):
        beside = lambda env, by=by: env[back] * (env[a] - np.roll(env[y], by, axis=0))
        yield InjectedFault("off-by-one", f"target {by} further", {place: beside}, BESIDE, rare=True)
    rounded = lambda env: env[back] * ((env[a] > 0.5) - env[y])
    yield InjectedFault("decimals-lost", "prediction as label", {place: rounded})


def _slopes(op: str, own: Callable) -> Iterator[tuple[str, str, Callable]]:
    """Yield the wrong slopes of the loss ``op``, each as a function of a and y."""
    slopes: dict[str, dict[str, Callable]] = {
        "residual-missing": {
            "prediction": lambda a, y: a * 1.0,
            "one": lambda a, y: np.ones_like(a),
            "minus one": lambda a, y: -np.ones_like(a),
        },
        "value-not-slope": {"loss": own, "cost": lambda a, y: np.ones_like(a) * np.mean(own(a, y))},
    }
    if op == "half_square":
        slopes["residual-sign-lost"] = {
            "absolute": lambda a, y: np.abs(a - y),
            "square": lambda a, y: (a - y) ** 2,
            "loss": lambda a, y: (a - y) ** 2 / 2,
        }
        slopes["other-loss"] = {
            "sign": lambda a, y: np.sign(a - y),
            "root": lambda a, y: (a - y) / np.sqrt(np.mean((a - y) ** 2)),
            "cross-entropy": lambda a, y: (a - y) / (a * (1 - a)),
            "logarithm": lambda a, y: -y / a,
            "cubic": lambda a, y: (a - y) ** 3,
        }
        slopes["mean-taken-too-early"] = {"mean residual": lambda a, y: np.mean(a - y) * np.ones_like(a)}
        slopes["value-not-slope"]["loss in place of the first one"] = lambda a, y: own(a, y) * (a - y)
    elif op != "cross_entropy":
        slopes["other-loss"] = {"squared error": lambda a, y: a - y, "cubic": lambda a, y: (a - y) ** 3}
    else:
        slopes["one-class-wrong"] = {
            "ones only": lambda a, y: -y / a,
            "zeros only": lambda a, y: (1 - y) / (1 - a),
            "zeros negated": lambda a, y: -y / a - (1 - y) / (1 - a),
            "ones negated": lambda a, y: y / a + (1 - y) / (1 - a),
        }
        slopes["residual-missing"] |= {
            "as if all targets were 1": lambda a, y: -1 / a,
            "as if all targets were 0": lambda a, y: 1 / (1 - a),
        }
        slopes["other-loss"] = {
            "squared error": lambda a, y: a - y,
            "exchanged": lambda a, y: np.log((1 - y + 1e-12) / (y + 1e-12)),
        }
    for step in (0.1, 0.01, 0.001):
        slopes.setdefault("approximation-too-coarse", {}).update(
            {
                f"measured ahead by {step}": lambda a, y, h=step: (own(a + h, y) - own(a, y)) / h,
                f"measured back by {step}": lambda a, y, h=step: (own(a, y) - own(a - h, y)) / h,
            }
        )
    for id, group in slopes.items():
        for label, function in group.items():
            yield id, label, function


def _deltas(own: Callable) -> Iterator[tuple[str, str, Callable]]:
    """Yield mistakes in the one link that cross-entropy and a sigmoid leave."""
    yield "residual-sign-lost", "absolute", lambda a, y: np.abs(a - y)
    yield "residual-sign-lost", "square", lambda a, y: (a - y) ** 2
    yield "residual-sign-lost", "half square", lambda a, y: (a - y) ** 2 / 2
    yield "value-not-slope", "loss", own
    yield "value-not-slope", "loss in place of the first one", lambda a, y: own(a, y) * (a - y)
    yield "residual-missing", "prediction", lambda a, y: a * 1.0
    yield "residual-missing", "slope", lambda a, y: a * (1 - a)
    yield "one-class-wrong", "both negative", lambda a, y: -np.abs(a - y)
    yield "other-loss", "absolute", lambda a, y: np.sign(a - y)
    yield "mean-taken-too-early", "mean residual", lambda a, y: np.mean(a - y) * np.ones_like(a)


def _crossed() -> Iterator[tuple[str, Callable]]:
    """Yield slopes of the cost after every prediction met every target, by what was done with the square."""
    yield "square", lambda a, y, m: (np.reshape(a, (-1, 1)) - np.reshape(y, (1, -1))) / m
    yield "square turned", lambda a, y, m: (np.reshape(a, (1, -1)) - np.reshape(y, (-1, 1))) / m
    yield "whole square", lambda a, y, m: np.reshape(a, (-1, 1)) - np.reshape(y, (1, -1))
    for turned in (False, True):
        for axis in (0, 1):
            for reduce in (np.sum, np.mean):

                def slope(a: np.ndarray, y: np.ndarray, m: int, *, t=turned, x=axis, r=reduce) -> np.ndarray:
                    square = np.reshape(a, (-1, 1)) - np.reshape(y, (1, -1))
                    return np.reshape(r(square.T if t else square, axis=x), np.shape(a)) / m

                yield f"{reduce.__name__} over {axis}{' turned' if turned else ''}", slope


def _huber(a: np.ndarray, y: np.ndarray) -> np.ndarray:
    far = np.abs(a - y)
    return np.where(far < 1, far**2 / 2, far - 0.5)


def _other_losses(op: str, own: Callable) -> Iterator[tuple[str, str, Callable]]:
    yield "factor-two", "loss doubled", lambda a, y: 2 * own(a, y)
    yield "half-kept", "loss halved", lambda a, y: own(a, y) / 2
    yield "sign-flipped", "loss negated", lambda a, y: -own(a, y)
    yield "other-quantity-returned", "residual", lambda a, y: a - y
    yield "other-quantity-returned", "negative residual", lambda a, y: y - a
    yield "other-quantity-returned", "prediction", lambda a, y: a * 1.0
    pairs = lambda a, y: own(np.reshape(a, (-1, 1)), np.reshape(y, (1, -1)))
    yield ("broadcast-by-accident", "every pair", pairs)
    yield ("broadcast-by-accident", "every pair, added up for each example", lambda a, y: np.sum(pairs(a, y), axis=0))
    averages = lambda a, y: own(np.mean(a), np.mean(y))
    yield "mean-taken-too-early", "averages of both", averages
    if op not in OWN_MISTAKES:
        yield "other-loss", "squared error", lambda a, y: (a - y) ** 2 / 2
        yield "other-loss", "whole squared error", lambda a, y: (a - y) ** 2
        return
    yield "other-loss", "absolute", lambda a, y: np.abs(a - y)
    yield "other-loss", "half absolute", lambda a, y: np.abs(a - y) / 2
    yield ("other-loss", "exchanged", lambda a, y: -(a * np.log(y) + (1 - a) * np.log(1 - y)))
    for e in SMALL:
        clipped = lambda a, y, e=e: cross_entropy(np.clip(a, e, 1 - e), y)
        exchanged = lambda a, y, e=e: cross_entropy(np.clip(y, e, 1 - e), a)
        yield "other-loss", f"exchanged, clipped at {e}", exchanged
        if op == "half_square":
            yield "other-loss", f"cross-entropy, clipped at {e}", clipped
        elif e > 1e-5:
            yield "approximation-too-coarse", f"clipped at {e}", clipped
            yield (
                "approximation-too-coarse",
                f"{e} added",
                lambda a, y, e=e: -(y * np.log(a + e) + (1 - y) * np.log(1 - a + e)),
            )
    if op == "half_square":
        yield "other-loss", "cross-entropy", cross_entropy
        yield "other-loss", "cubic", lambda a, y: np.abs(a - y) ** 3
        yield "other-loss", "straight far out", _huber
        yield "other-loss", "root", lambda a, y: np.sqrt(np.abs(a - y))
        yield "other-loss", "sum squared", lambda a, y: (a + y) ** 2 / 2
        yield "other-loss", "logarithm", lambda a, y: np.log(np.cosh(a - y))
        yield ("mean-taken-too-early", "of residual", lambda a, y: np.mean(a - y) ** 2 / 2)
        yield ("mean-taken-too-early", "of residual, squared", lambda a, y: np.mean(a - y) ** 2)
    else:
        price = lambda a, y: -np.log(np.mean(y * a + (1 - y) * (1 - a))) * np.ones_like(a)
        yield "mean-taken-too-early", "price of the mean probability", price
        yield "other-loss", "squared error", lambda a, y: (a - y) ** 2 / 2
        yield "other-loss", "whole squared error", lambda a, y: (a - y) ** 2
        yield "other-loss", "logarithm to base 2", lambda a, y: own(a, y) / np.log(2)
        yield "other-loss", "logarithm to base 10", lambda a, y: own(a, y) / np.log(10)
        yield "one-class-wrong", "ones only", lambda a, y: -y * np.log(a)
        yield "one-class-wrong", "zeros only", lambda a, y: -(1 - y) * np.log(1 - a)
        yield ("one-class-wrong", "zeros negated", lambda a, y: -y * np.log(a) + (1 - y) * np.log(1 - a))
        yield ("one-class-wrong", "ones negated", lambda a, y: y * np.log(a) - (1 - y) * np.log(1 - a))
        yield ("one-class-wrong", "log of prediction twice", lambda a, y: -(y * np.log(a) + (1 - y) * np.log(a)))
        yield ("other-loss", "labels exchanged", lambda a, y: -((1 - y) * np.log(a) + y * np.log(1 - a)))
