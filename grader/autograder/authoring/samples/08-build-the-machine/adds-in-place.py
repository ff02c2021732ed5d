"""Adds to the very array that a rule returned, which two rows may share."""

EXPECTED = {"walk_back": ("wrong", 0)}


# %% walk_back
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        value, operation, inputs = tape[k]
        if grads[k] is None:
            grads[k] = np.zeros(np.shape(value))
        if inputs:
            values = [tape[i][0] for i in inputs]
            for i, part in zip(inputs, back[operation](grads[k], *values)):
                if grads[i] is None:
                    grads[i] = part
                else:
                    grads[i] += part
    return grads
