"""A layer with gates, and a function for its gradients that gets one of them wrong."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradcheck.autodiff.ops import sigmoid

Params = Mapping[str, np.ndarray]
NUDGE = 1e-5
AGREES = 1e-3
"""Above this share of its largest entry, a gradient is not the measured one; nudging is off by far less."""


def draw_rows() -> dict[str, np.ndarray]:
    """Draw the rows of the text: inputs X (6, 2), states H (6, 3) and targets T (6, 1)."""
    draw = np.random.default_rng(5).normal
    return {"X": draw(size=(6, 2)), "H": draw(size=(6, 3)), "T": draw(size=(6, 1))}


def draw_params() -> dict[str, np.ndarray]:
    """Draw the parameters of the text: three gates, r, u and c, and an output."""
    draw = np.random.default_rng(6).normal
    shapes = {f"{kind}{gate}": shape for gate in "ruc" for kind, shape in (("W", (2, 3)), ("U", (3, 3)), ("b", (1, 3)))}
    return {name: draw(size=shape) for name, shape in (shapes | {"V": (3, 1), "bv": (1, 1)}).items()}


def gates(rows: Params, params: Params) -> tuple[np.ndarray, ...]:
    """Return the gates r, u and c, and the new state, each (6, 3)."""
    X, H = rows["X"], rows["H"]
    r = sigmoid(X @ params["Wr"] + H @ params["Ur"] + params["br"])
    u = sigmoid(X @ params["Wu"] + H @ params["Uu"] + params["bu"])
    c = np.tanh(X @ params["Wc"] + (r * H) @ params["Uc"] + params["bc"])
    return r, u, c, (1 - u) * H + u * c


def gated_cost(rows: Params, params: Params) -> float:
    """Return J, half the mean squared error of the output."""
    state = gates(rows, params)[-1]
    return float(np.mean((state @ params["V"] + params["bv"] - rows["T"]) ** 2) / 2)


def suspect_grads(rows: Params, params: Params) -> dict[str, np.ndarray]:
    """Return the gradients of J as the text's function computes them: one is wrong."""
    H, (r, u, c, state) = rows["H"], gates(rows, params)
    miss = (state @ params["V"] + params["bv"] - rows["T"]) / len(H)
    up = miss @ params["V"].T
    at_c = up * u * (1 - c**2)
    at_u = up * (c - H) * u * (1 - u)
    at_r = at_c @ params["Uc"].T * H * r * (1 - r)
    grads = {"dV": state.T @ miss, "dbv": miss.sum(axis=0, keepdims=True)}
    for gate, at_gate in (("r", at_r), ("u", at_u), ("c", at_c)):
        grads["dW" + gate] = rows["X"].T @ at_gate
        grads["dU" + gate] = H.T @ at_gate
        grads["db" + gate] = at_gate.sum(axis=0, keepdims=True)
    return grads


def measured(rows: Params, params: Params, name: str) -> np.ndarray:
    """Return the gradient of J with respect to one parameter, entry by entry, by central differences."""
    slopes = np.empty(params[name].shape)
    for place in np.ndindex(slopes.shape):
        nudge = np.zeros(slopes.shape)
        nudge[place] = NUDGE
        up, down = (gated_cost(rows, {**params, name: params[name] + sign * nudge}) for sign in (1, -1))
        slopes[place] = (up - down) / (2 * NUDGE)
    return slopes


def wrong_names(rows: Params, params: Params) -> list[str]:
    """Return the parameters whose gradient is not the measured one."""
    grads = suspect_grads(rows, params)
    found = []
    for name in params:
        true = measured(rows, params, name)
        if np.abs(grads["d" + name] - true).max() > AGREES * np.abs(true).max():
            found.append(name)
    return found
