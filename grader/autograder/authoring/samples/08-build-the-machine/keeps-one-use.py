"""Overwrites what stands beside a row, so that a value that is used twice keeps one part only."""

EXPECTED = {
    "used_twice": ("wrong", 0),
    "walk_back": ("wrong", 0),
    "machine_grads": ("carried", 5),
}


# %% used_twice
used_twice = 68


# %% walk_back
def walk_back(tape, back):
    grads = [np.zeros(np.shape(row[0])) for row in tape]
    grads[-1] = 1.0
    for k in range(len(tape) - 1, -1, -1):
        value, operation, inputs = tape[k]
        if inputs:
            values = [tape[i][0] for i in inputs]
            for i, part in zip(inputs, back[operation](grads[k], *values)):
                grads[i] = part
    return grads
