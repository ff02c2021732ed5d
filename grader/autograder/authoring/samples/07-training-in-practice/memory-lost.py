"""Steps along the old velocity, and lets the test rows decide."""

EXPECTED = {
    "momentum_step": ("wrong", 0),
    "rows_for": ("partial", 1),
    "find_the_bug": ("wrong", 0),
}


# %% momentum_step
def momentum_step(params, grads, velocity, lr, beta):
    new_params = {k: p - lr * velocity["d" + k] for k, p in params.items()}
    new_velocity = {k: beta * v + grads[k] for k, v in velocity.items()}
    return new_params, new_velocity


# %% rows_for
rows_for = {"step": "training", "stop": "validation", "rate": "test", "report": "test"}


# %% find_the_bug
find_the_bug = "Wc"
