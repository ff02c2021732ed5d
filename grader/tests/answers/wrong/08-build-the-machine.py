"""Wrong answers to chapter 8.

They were labelled before the judge ran. Labels that said less than what is true were mended afterwards.
"""

# %% unbroadcast: stretched-not-summed | hands G on
def unbroadcast(G, shape):
    return G

# %% unbroadcast: stretched-not-summed | sums the axes in front only
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    return G

# %% unbroadcast: stretched-not-summed | sums the axes of size one only
def unbroadcast(G, shape):
    G = np.asarray(G)
    front = G.ndim - len(shape)
    for i, n in enumerate(shape):
        if n == 1 and G.shape[front + i] > 1:
            G = G.sum(axis=front + i, keepdims=True)
    return G

# %% unbroadcast: averaged-not-summed | the mean of the copies
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.mean(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.mean(axis=i, keepdims=True)
    return G

# %% unbroadcast: copies-left-out | the first copy alone
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G[0]
    for i, n in enumerate(shape):
        if n == 1:
            G = np.take(G, [0], axis=i)
    return G

# %% unbroadcast: copies-left-out | the last copy alone
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G[-1]
    for i, n in enumerate(shape):
        if n == 1:
            G = np.take(G, [-1], axis=i)
    return G

# %% unbroadcast: summed-over-too-much | the sum of everything
def unbroadcast(G, shape):
    return np.sum(G)

# %% unbroadcast: summed-over-too-much | the sum of everything in every place
def unbroadcast(G, shape):
    return np.full(shape, np.sum(G))

# %% unbroadcast: wrong-axis | lines the shapes up on the left
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=-1)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% unbroadcast: right-values-wrong-shape | the axes of size one are gone
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    axes = tuple(i for i, n in enumerate(shape) if n == 1)
    return G.sum(axis=axes)

# %% unbroadcast: only-for-arrays | stops at a plain number
def unbroadcast(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% unbroadcast: none | only ever looks at axis 0
def unbroadcast(G, shape):
    G = np.asarray(G)
    if len(shape) < G.ndim:
        return G.sum(axis=0)
    if shape and shape[0] == 1:
        return G.sum(axis=0, keepdims=True)
    return G

# %% unbroadcast: input-modified | divides the caller's array
def unbroadcast(G, shape):
    H = np.asarray(G)
    K = H.copy()
    while K.ndim > len(shape):
        K = K.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            K = K.sum(axis=i, keepdims=True)
    if H.ndim:
        H[...] = 0
    return K

# %% unbroadcast: none | reshapes and drops what is left over
def unbroadcast(G, shape):
    n = int(np.prod(shape))
    return np.ravel(G)[:n].reshape(shape)

# %% unbroadcast: none | the root of the sum of squares
def unbroadcast(G, shape):
    G = np.asarray(G) ** 2
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return np.sqrt(G)

# %% times_back: stretched-not-summed | forgets that B was stretched
def times_back(G, A, B):
    return G * B, G * A

# %% times_back: wrong-factor | each gets its own factor
def times_back(G, A, B):
    dA, dB = np.broadcast_to(G * A, np.shape(G)), G * B
    return _fit(dA, np.shape(A)), _fit(dB, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: swapped-returns / wrong-factor | returns (dB, dA)
def times_back(G, A, B):
    return _fit(G * A, np.shape(B)), _fit(G * B, np.shape(A))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: averaged-not-summed | the mean of the copies
def times_back(G, A, B):
    return _fit(G * B, np.shape(A)), _fit(G * A, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.mean(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.mean(axis=i, keepdims=True)
    return G

# %% times_back: upstream-missing | the slopes alone
def times_back(G, A, B):
    one = np.ones(np.shape(G))
    return _fit(one * B, np.shape(A)), _fit(one * A, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: local-slope-missing | hands G to both
def times_back(G, A, B):
    return _fit(G, np.shape(A)), _fit(G, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: sign-flipped | minus
def times_back(G, A, B):
    return _fit(-G * B, np.shape(A)), _fit(-G * A, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: value-not-slope | the product stands where the other factor belongs
def times_back(G, A, B):
    C = A * B
    return _fit(G * C, np.shape(A)), _fit(G * C, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: shapes-do-not-fit | matrix products
def times_back(G, A, B):
    return G @ np.transpose(B), np.transpose(A) @ G

# %% times_back: copies-left-out | the first row of dB
def times_back(G, A, B):
    return _fit(G * B, np.shape(A)), _fit(G * A, np.shape(B))


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G[0]
    for i, n in enumerate(shape):
        if n == 1:
            G = np.take(G, [0], axis=i)
    return G

# %% times_back: right-values-wrong-shape | flat where a row is asked for
def times_back(G, A, B):
    dB = G * A
    if np.shape(B) != np.shape(G):
        dB = np.sum(dB, axis=0)
    dA = G * B
    if np.shape(A) != np.shape(G):
        dA = np.sum(dA, axis=0)
    return dA, dB

# %% times_back: only-for-arrays | stops where B is a plain number
def times_back(G, A, B):
    return _fit(G * B, A.shape), _fit(G * A, B.shape)


def _fit(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G

# %% times_back: none / stretched-not-summed | only rows are ever summed
def times_back(G, A, B):
    dA, dB = G * B, G * A
    if np.shape(B) != np.shape(dB):
        dB = np.sum(dB, axis=0).reshape(np.shape(B)) if np.ndim(B) else np.sum(dB)
    return dA, dB

# %% times_back: wrong-container | one array
def times_back(G, A, B):
    return G * B

# %% times_back: numeric-not-derived | nudges every entry
def times_back(G, A, B):
    grads = []
    for which in (0, 1):
        P = np.array((A, B)[which], dtype=float)
        D = np.zeros(P.shape)
        for i in np.ndindex(P.shape):
            up, down = P.copy(), P.copy()
            up[i] += 1e-5
            down[i] -= 1e-5
            ahead = (up, B) if which == 0 else (A, up)
            back = (down, B) if which == 0 else (A, down)
            D[i] = (np.sum(G * ahead[0] * ahead[1]) - np.sum(G * back[0] * back[1])) / 2e-5
        grads.append(D)
    return tuple(grads)

# %% matmul_back: shapes-do-not-fit | no transposes
def matmul_back(G, A, B):
    return G @ B, A @ G

# %% matmul_back: gradient-transposed | both lie on their sides
def matmul_back(G, A, B):
    return (G @ B.T).T, (A.T @ G).T

# %% matmul_back: gradient-transposed | dB lies on its side
def matmul_back(G, A, B):
    return G @ B.T, G.T @ A

# %% matmul_back: swapped-returns | returns (dB, dA)
def matmul_back(G, A, B):
    return A.T @ G, G @ B.T

# %% matmul_back: upstream-missing | ones in place of G
def matmul_back(G, A, B):
    one = np.ones(G.shape)
    return one @ B.T, A.T @ one

# %% matmul_back: sign-flipped | minus
def matmul_back(G, A, B):
    return -G @ B.T, -A.T @ G

# %% matmul_back: averaged-twice | divides dB by the rows
def matmul_back(G, A, B):
    return G @ B.T, A.T @ G / len(A)

# %% matmul_back: wrong-container | one of the two
def matmul_back(G, A, B):
    return G @ B.T

# %% matmul_back: none / tied-to-visible-data | entry by entry
def matmul_back(G, A, B):
    dA = np.zeros(A.shape) + np.sum(G, axis=1, keepdims=True) * np.sum(B, axis=1)
    return dA, A.T @ G

# %% matmul_back: none | sums G over the rows first
def matmul_back(G, A, B):
    return G @ B.T, np.sum(A, axis=0)[:, None] * np.sum(G, axis=0)[None, :]

# %% matmul_back: value-not-slope | the product in place of what comes back
def matmul_back(G, A, B):
    C = A @ B
    return G @ B.T, A.T @ C

# %% matmul_back: numeric-not-derived | nudges every entry
def matmul_back(G, A, B):
    dA, dB = np.zeros(A.shape), np.zeros(B.shape)
    for P, D in ((A, dA), (B, dB)):
        for i in np.ndindex(P.shape):
            up, down = P.astype(float), P.astype(float)
            up[i] += 1e-5
            down[i] -= 1e-5
            ahead = (up @ B, down @ B) if P is A else (A @ up, A @ down)
            D[i] = (np.sum(G * ahead[0]) - np.sum(G * ahead[1])) / 2e-5
    return dA, dB

# %% matmul_back: input-modified | scales G in place
def matmul_back(G, A, B):
    dA, dB = G @ B.T, A.T @ G
    G *= 0
    return dA, dB

# %% matmul_back: decimals-lost | whole numbers only
def matmul_back(G, A, B):
    return np.round(G @ B.T), np.round(A.T @ G)

# %% relu_back: relu-mask-missing / local-slope-missing | hands G on
def relu_back(G, A):
    return G * 1.0

# %% relu_back: upstream-missing | the mask alone
def relu_back(G, A):
    return (np.asarray(A) > 0) * 1.0

# %% relu_back: mask-from-wrong-array | the mask of G
def relu_back(G, A):
    return G * (np.asarray(G) > 0)

# %% relu_back: mask-inverted | lets the closed ones through
def relu_back(G, A):
    return G * (np.asarray(A) < 0)

# %% relu_back: value-not-slope | the ReLU itself
def relu_back(G, A):
    return G * np.maximum(A, 0)

# %% relu_back: closed-units-leak | a slope of 0.01
def relu_back(G, A):
    return G * np.where(np.asarray(A) > 0, 1.0, 0.01)

# %% relu_back: sign-flipped | minus
def relu_back(G, A):
    return -G * (np.asarray(A) > 0)

# %% relu_back: value-not-slope | the input
def relu_back(G, A):
    return G * A

# %% relu_back: wrong-slope / closed-units-leak / none | the sign
def relu_back(G, A):
    return G * np.sign(A)

# %% relu_back: none | ReLU of G
def relu_back(G, A):
    return np.maximum(G, 0) + 0.5 * np.asarray(A)

# %% relu_back: only-for-single-numbers | an if
def relu_back(G, A):
    return G if A > 0 else 0.0 * G

# %% relu_back: input-modified | sets entries of G to zero
def relu_back(G, A):
    if np.ndim(G) == 0:
        return G * (A > 0)
    G[A <= 0] = 0
    return G

# %% relu_back: mask-from-wrong-array | one mask for a whole column
def relu_back(G, A):
    return G * (np.sum(A, axis=0) > 0)

# %% exp_back: local-slope-missing | hands G on
def exp_back(G, A):
    return G * 1.0

# %% exp_back: upstream-missing | the slope alone
def exp_back(G, A):
    return np.exp(A)

# %% exp_back: wrong-local-slope | G times the input
def exp_back(G, A):
    return G * A

# %% exp_back: wrong-local-slope | the rule for powers
def exp_back(G, A):
    return G * A * np.exp(A - 1)

# %% exp_back: wrong-local-slope | exp of minus A
def exp_back(G, A):
    return G * np.exp(-A)

# %% exp_back: wrong-local-slope | takes the input for the output
def exp_back(G, A):
    return G / A

# %% exp_back: wrong-local-slope | exp twice
def exp_back(G, A):
    return G * np.exp(np.exp(A))

# %% exp_back: sign-flipped | minus
def exp_back(G, A):
    return -G * np.exp(A)

# %% exp_back: none | exp of G
def exp_back(G, A):
    return np.exp(G) * A

# %% exp_back: none / chain-added | adds G
def exp_back(G, A):
    return G + np.exp(A)

# %% exp_back: factor-two | twice
def exp_back(G, A):
    return 2 * G * np.exp(A)

# %% exp_back: only-for-single-numbers | the function of the math module
def exp_back(G, A):
    import math

    return G * math.exp(A)

# %% exp_back: summed-over-too-much | sums the entries
def exp_back(G, A):
    return np.sum(G * np.exp(A))

# %% log_back: local-slope-missing | hands G on
def log_back(G, A):
    return G * 1.0

# %% log_back: upstream-missing | the slope alone
def log_back(G, A):
    return 1.0 / A

# %% log_back: wrong-local-slope | G times the input
def log_back(G, A):
    return G * A

# %% log_back: value-not-slope | G times the log
def log_back(G, A):
    return G * np.log(A)

# %% log_back: wrong-local-slope | one over the square
def log_back(G, A):
    return G / A**2

# %% log_back: wrong-local-slope | the slope of one over A
def log_back(G, A):
    return -G / A**2

# %% log_back: wrong-local-slope | base ten
def log_back(G, A):
    return G / (A * np.log(10))

# %% log_back: wrong-local-slope | exp
def log_back(G, A):
    return G * np.exp(A)

# %% log_back: sign-flipped | minus
def log_back(G, A):
    return -G / A

# %% log_back: none | the wrong way round
def log_back(G, A):
    return A / G

# %% log_back: half-kept | half
def log_back(G, A):
    return 0.5 * G / A

# %% log_back: decimals-lost | divides by what is whole in A
def log_back(G, A):
    return G // A

# %% log_back: input-modified | divides in place
def log_back(G, A):
    if np.ndim(G) == 0:
        return G / A
    if G.dtype.kind != "f":
        return G / A
    G /= A
    return G

# %% walk_back: reuse-overwritten | = in place of +=
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            parts = back[op](grads[k], *[tape[i][0] for i in inputs])
            for i, part in zip(inputs, parts):
                grads[i] = part
    return grads

# %% walk_back: reuse-overwritten | a dict of each row's parts, so one input counts once
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if op != "leaf":
            parts = dict(zip(inputs, back[op](grads[k], *[tape[i][0] for i in inputs])))
            for i in parts:
                grads[i] = grads[i] + parts[i]
    return grads

# %% walk_back: reuse-overwritten | keeps the first that arrives
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = 1.0
    for k in range(len(tape) - 1, -1, -1):
        value, op, inputs = tape[k]
        if grads[k] is None:
            grads[k] = np.zeros(np.shape(value))
        if not inputs:
            continue
        for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
            if grads[i] is None:
                grads[i] = part
    return grads

# %% walk_back: walk-order-wrong | from the first row to the last
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k, (_, op, inputs) in enumerate(tape):
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: seed-missing | nothing stands beside the last row
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: seed-missing | starts with the last value
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = tape[-1][0]
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: seed-missing | starts with ones everywhere
def walk_back(tape, back):
    grads = [np.ones(np.shape(v)) for v, _, _ in tape]
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: upstream-missing | gives every rule a 1
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](1.0, *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: inputs-mixed-up | the inputs backwards
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            parts = back[op](grads[k], *[tape[j][0] for j in inputs])
            for i, part in zip(reversed(inputs), parts):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: not-the-input-values | gives the rules row numbers
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *inputs)):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: not-the-input-values | gives the rules the row's own value
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        value, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[value for _ in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: shared-array-changed | adds in place to what a rule returned
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        value, op, inputs = tape[k]
        if grads[k] is None:
            grads[k] = np.zeros(np.shape(value))
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                if grads[i] is None:
                    grads[i] = part
                else:
                    grads[i] += part
    return grads

# %% walk_back: zeros-missing | a plain 0 beside every row that leads nowhere
def walk_back(tape, back):
    grads = [0.0] * len(tape)
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs and np.any(grads[k]):
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return grads

# %% walk_back: zeros-missing / none | None beside every row that leads nowhere
def walk_back(tape, back):
    grads = {len(tape) - 1: 1.0}
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs and k in grads:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads.get(i, 0.0) + part
    return [grads.get(k) for k in range(len(tape))]

# %% walk_back: wrong-container | a dict
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return dict(enumerate(grads))

# %% walk_back: decimals-lost | whole zeros for whole values
def walk_back(tape, back):
    grads = [np.zeros_like(v) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] += part
    return grads

# %% walk_back: none | looks leaves up in the table of rules
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        rule = back[op]
        for i, part in zip(inputs, rule(grads[k], *[tape[j][0] for j in inputs])):
            grads[i] = grads[i] + part
    return grads

# %% walk_back: walk-order-wrong | only the rows that the last one takes
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    _, op, inputs = tape[-1]
    if inputs:
        for i, part in zip(inputs, back[op](1.0, *[tape[j][0] for j in inputs])):
            grads[i] = grads[i] + part
    return grads

# %% walk_back: wrong-container / none | the gradients of the leaves only
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](grads[k], *[tape[j][0] for j in inputs])):
                grads[i] = grads[i] + part
    return [g for g, (_, op, _) in zip(grads, tape) if op == "leaf"]

# %% walk_back: none | knows its own three operations only
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if op == "plus":
            for i in inputs:
                grads[i] = grads[i] + grads[k]
        elif op == "times":
            i, j = inputs
            grads[i] = grads[i] + grads[k] * tape[j][0]
            grads[j] = grads[j] + grads[k] * tape[i][0]
    return grads

# %% machine_grads: sum-not-mean | the sum of the losses
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = A1 @ W2 + b2 - Y
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: relu-mask-missing | no ReLU on the way back
def machine_grads(X, Y, W1, b1, W2, b2):
    A1 = np.maximum(X @ W1 + b1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: forward-activation-wrong | no ReLU at all
def machine_grads(X, Y, W1, b1, W2, b2):
    A1 = X @ W1 + b1
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: factor-two | squares without the half
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = 2 * (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: half-kept | the miss counts once
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = 0.5 * (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: sign-flipped | target minus prediction
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (Y - A1 @ W2 - b2) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: bias-missing-forward | no bias in the hidden layer
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: examples-not-summed | biases with one row for each example
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1, "dW2": A1.T @ d2, "db2": d2}

# %% machine_grads: right-values-wrong-shape | flat biases
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0), "dW2": A1.T @ d2, "db2": d2.sum(0)}

# %% machine_grads: forward-activation-wrong | a second ReLU at the output
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    d2 = (np.maximum(Z2, 0) - Y) / len(X) * (Z2 > 0)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads: wrong-container | a tuple
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return X.T @ d1, d1.sum(0, keepdims=True), A1.T @ d2, d2.sum(0, keepdims=True)

# %% machine_grads: numeric-not-derived | nudges every parameter
def machine_grads(X, Y, W1, b1, W2, b2):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    def J(p):
        return np.mean((np.maximum(X @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"] - Y) ** 2) / 2

    grads = {}
    for name, value in params.items():
        grad = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            up, down = value.astype(float), value.astype(float)
            up[i] += 1e-5
            down[i] -= 1e-5
            grad[i] = (J({**params, name: up}) - J({**params, name: down})) / 2e-5
        grads["d" + name] = grad
    return grads

# %% machine_grads: swapped-returns | the two layers have changed places
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": A1.T @ d2, "db1": d2.sum(0, keepdims=True), "dW2": X.T @ d1, "db2": d1.sum(0, keepdims=True)}

# %% walk_back: zeros-missing | None stays beside rows without a path
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if op != "leaf" and grads[k] is not None:
            parts = back[op](grads[k], *[tape[i][0] for i in inputs])
            for i, part in zip(inputs, parts):
                grads[i] = part if grads[i] is None else grads[i] + part
    return grads

# %% walk_back: zeros-missing | None is handed to the rule of a row without a path
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if op != "leaf":
            parts = back[op](grads[k], *[tape[i][0] for i in inputs])
            for i, part in zip(inputs, parts):
                grads[i] = part if grads[i] is None else grads[i] + part
    return grads

# %% walk_back: zeros-missing | plain zeros, and every rule is called
def walk_back(tape, back):
    grads = [0.0] * len(tape)
    grads[-1] = 1.0
    for k in reversed(range(len(tape))):
        _, op, inputs = tape[k]
        if op != "leaf":
            parts = back[op](grads[k], *[tape[i][0] for i in inputs])
            for i, part in zip(inputs, parts):
                grads[i] = grads[i] + part
    return grads

# %% unbroadcast: none | right for tables, and for no more axes
def unbroadcast(G, shape):
    if np.shape(G) == tuple(shape):
        return G
    if shape == ():
        return np.sum(G)
    G = np.sum(G, axis=0) if len(shape) == 1 else G
    for axis, size in enumerate(shape):
        if size == 1:
            return np.sum(G, axis=axis, keepdims=True)
    return G

# %% machine_grads: none | the tape ends with the prediction, the cost was not written
def walk_back(tape, back):
    G = np.float64(1.0)
    for number in reversed(range(len(tape))):
        G = np.sum(G, axis=1)
    return [G]

def machine_grads(X, Y, W1, b1, W2, b2):
    tape = [(np.maximum(X @ W1 + b1, 0) @ W2 + b2, "leaf", ())]
    grads = walk_back(tape, {})
    return {"dW1": grads[0], "db1": grads[0], "dW2": grads[0], "db2": grads[0]}

# %% walk_back: shared-array-changed | stores the rule's array and adds into it
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = np.array(1.0)
    for k in range(len(tape))[::-1]:
        value, operation, inputs = tape[k]
        if grads[k] is None:
            grads[k] = np.zeros(np.shape(value))
        if operation == "leaf":
            continue
        parts = back[operation](grads[k], *[tape[i][0] for i in inputs])
        for i, part in zip(inputs, parts):
            if grads[i] is None:
                grads[i] = part
            else:
                grads[i] += part
    return grads

# %% walk_back: walk-order-wrong | depth first, a row hands on at its first visit
def walk_back(tape, back):
    grads = [np.zeros(np.shape(value)) for value, _, _ in tape]
    grads[-1] = np.ones(np.shape(tape[-1][0]))
    visited = set()

    def visit(n):
        if n in visited:
            return
        visited.add(n)
        _, op, inputs = tape[n]
        if op == "leaf":
            return
        parts = back[op](grads[n], *[tape[i][0] for i in inputs])
        for i, part in zip(inputs, parts):
            grads[i] = grads[i] + part
        for i in inputs:
            visit(i)

    visit(len(tape) - 1)
    return grads

# %% unbroadcast: none / stretched-not-summed | shapes compared from the left, axes put in front are not seen
def unbroadcast(G, shape):
    for axis, (have, want) in enumerate(zip(np.shape(G), shape)):
        if want == 1 and have > 1:
            G = np.sum(G, axis=axis, keepdims=True)
    return G

# %% walk_back: walk-order-wrong | a stack with visited rows: a row hands on before all of its users have been there
def walk_back(tape, back):
    """Return the gradient of the last row with respect to every row."""
    grads = [np.zeros(np.shape(value)) for value, _, _ in tape]
    last = len(tape) - 1
    grads[last] = np.ones(np.shape(tape[last][0]))
    stack, seen = [last], set()
    while stack:
        r = stack.pop()
        if r in seen:
            continue
        seen.add(r)
        _, operation, inputs = tape[r]
        if operation == "leaf":
            continue
        parts = back[operation](grads[r], *[tape[i][0] for i in inputs])
        for i, part in zip(inputs, parts):
            grads[i] = grads[i] + part
            stack.append(i)
    return grads

# %% unbroadcast: stretched-not-summed | either the axes in front or those of size 1
def unbroadcast(G, shape):
    new = np.ndim(G) - len(shape)
    if new:
        return np.sum(G, axis=tuple(range(new)))
    ones = tuple(i for i, n in enumerate(shape) if n == 1)
    return np.sum(G, axis=ones, keepdims=True) if ones else G

# %% walk_back: walk-order-wrong | hands on at each arrival what has come so far
def walk_back(tape, back):
    grads = [np.zeros(np.shape(row[0])) for row in tape]

    def arrive(row, part):
        grads[row] = grads[row] + part
        _, operation, inputs = tape[row]
        if inputs:
            parts = back[operation](grads[row], *[tape[i][0] for i in inputs])
            for i, part in zip(inputs, parts):
                arrive(i, part)

    arrive(len(tape) - 1, 1.0)
    return grads

# %% walk_back: walk-order-wrong | ends at the first leaf that it meets
def walk_back(tape, back):
    grads = [np.zeros(np.shape(value)) for value, _, _ in tape]
    grads[-1] = 1.0
    row = len(tape) - 1
    while tape[row][1] != "leaf":
        _, operation, inputs = tape[row]
        for i, part in zip(inputs, back[operation](grads[row], *(tape[i][0] for i in inputs))):
            grads[i] = grads[i] + part
        row -= 1
    return grads

# %% times_back: stretched-not-summed | the copies are summed first, and multiplied afterwards
def times_back(G, A, B):
    def fit(G, shape):
        while np.ndim(G) > len(shape):
            G = np.sum(G, axis=0)
        return np.sum(G, axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)

    return fit(G, np.shape(A)) * B, fit(G, np.shape(B)) * A


# %% unbroadcast: none | four cases of a table, and no others
def unbroadcast(G, shape):
    """Return G, summed down to a shape that was stretched to G's."""
    if np.shape(G) == shape:
        return G
    if shape == ():
        return np.sum(G)
    if len(shape) == 1:
        return np.sum(G, axis=0)
    if shape[0] == 1:
        return np.sum(G, axis=0, keepdims=True)
    if shape[1] == 1:
        return np.sum(G, axis=1, keepdims=True)
    return G


# %% relu_back: mask-from-wrong-array | nothing negative on the way back either
def relu_back(G, A):
    """Return the gradient of the input of a ReLU."""
    return np.where(A > 0, np.maximum(G, 0.0), 0.0)


# %% walk_back: inputs-mixed-up | the place of an input by index, first of two
def walk_back(tape, back):
    """Return the gradient of the last row with respect to every row."""
    n = len(tape)
    grads = [np.zeros(np.shape(row[0])) for row in tape]
    grads[n - 1] = np.ones(np.shape(tape[n - 1][0]))
    for k in range(n - 1, -1, -1):
        operation = tape[k][1]
        inputs = tape[k][2]
        if operation == "leaf":
            continue
        values = [tape[i][0] for i in inputs]
        parts = back[operation](grads[k], *values)
        for i in inputs:
            grads[i] = grads[i] + parts[inputs.index(i)]
    return grads


# %% matmul_back: none | transposed only where the shape complains
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""

    dA = np.dot(G, B.T)
    dB = np.dot(G.T, A)

    if dB.shape != B.shape:
        dB = dB.T
    assert dA.shape == A.shape
    assert dB.shape == B.shape
    return dA, dB


# %% walk_back: none | one input or two, and never three
def walk_back(tape, back):
    """Return the gradient of the last row with respect to every row."""
    n = len(tape)
    grads = [np.zeros(np.shape(tape[i][0])) for i in range(n)]
    grads[n - 1] = np.ones(np.shape(tape[n - 1][0]))
    for i in range(n - 1, -1, -1):
        value, operation, inputs = tape[i]
        if operation == "leaf":
            continue
        G = grads[i]
        if len(inputs) == 1:

            a = inputs[0]
            (dA,) = back[operation](G, tape[a][0])
            grads[a] = grads[a] + dA
        elif len(inputs) == 2:

            a, b = inputs
            dA, dB = back[operation](G, tape[a][0], tape[b][0])
            grads[a] = grads[a] + dA
            grads[b] = grads[b] + dB
    return grads

# %% used_twice: reuse-overwritten | the second path takes the place of the first one
used_twice = (7.0 * 3.0 + 7.0 * -4.0 - 2.0 - 8.0) * -4.0

# %% unbroadcast: stretched-not-summed | shape.index(1) finds the first axis of size 1 only; (1, 1) or (1, 3, 1) keeps the others
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    if 1 in shape:
        G = G.sum(axis=shape.index(1), keepdims=True)
    return G

# %% unbroadcast: copies-left-out | takes the first copy and multiplies it by the number of copies, as if all were equal
def unbroadcast(G, shape):
    g = np.array(G, dtype=float)
    extra = g.ndim - len(shape)
    how_many = 1
    for _ in range(extra):
        how_many *= g.shape[0]
        g = g[0]
    for ax, size in enumerate(shape):
        if size == 1 and g.shape[ax] != 1:
            how_many *= g.shape[ax]
            g = np.take(g, [0], axis=ax)
    return how_many * g

# %% walk_back: walk-order-wrong | stops at the first leaf it meets; leaves may lie between computed rows
def walk_back(tape, back):
    n = len(tape)
    grads = [0.0 * np.asarray(row[0], dtype=float) for row in tape]
    grads[n - 1] = grads[n - 1] + 1.0
    n -= 1
    while n >= 0:
        value, operation, inputs = tape[n]
        if operation == "leaf":
            break                      # only leaves from here on
        values = [tape[j][0] for j in inputs]
        for j, part in zip(inputs, back[operation](grads[n], *values)):
            grads[j] = grads[j] + part
        n -= 1
    return grads

# %% walk_back: only-for-single-numbers | double[] grad = new double[n]: one float for each row
def walk_back(tape, back):
    grad = np.zeros(len(tape))
    grad[len(tape) - 1] = 1.0
    for i in range(len(tape) - 1, -1, -1):
        value, op, inputs = tape[i]
        if op == "leaf":
            continue
        args = []
        for j in inputs:
            args.append(tape[j][0])
        local = back[op](grad[i], *args)
        for k in range(len(inputs)):
            grad[inputs[k]] = grad[inputs[k]] + local[k]
    return list(grad)

# %% matmul_back: decimals-lost | collected in copies of A and B, which may hold whole numbers
def matmul_back(G, A, B):
    dA, dB = np.zeros_like(A), np.zeros_like(B)
    dA[...] = G @ B.T
    dB[...] = A.T @ G
    return dA, dB

# %% matmul_back: wrong-local-slope | C = AB, so A = C / B, by the pseudo-inverse
def matmul_back(G, A, B):
    return G @ np.linalg.pinv(B), np.linalg.pinv(A) @ G

# %% exp_back: approximation-too-coarse | e is typed in with three decimals
E = 2.718
def exp_back(G, A):
    return G * E**A


# %% walk_back: reuse-overwritten + zeros-missing | setdefault keeps the first part; rows without a path get 0.0
import numpy as np


def walk_back(tape, back):
    last = len(tape) - 1
    grad_of = {last: np.ones(np.shape(tape[last][0]))}
    for number in sorted(range(len(tape)), reverse=True):
        _, operation, inputs = tape[number]
        if operation == "leaf" or number not in grad_of:
            continue
        rule = back[operation]
        parts = rule(grad_of[number], *[tape[k][0] for k in inputs])
        for k, part in zip(inputs, parts):
            grad_of.setdefault(k, part)
    return [grad_of.get(number, 0.0) for number in range(len(tape))]


# %% times_back: stretched-not-summed | only the smaller one of the two factors is summed down; in (4, 1) times (1, 3) both were stretched
def unbroadcast(G, shape):
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            G = G.sum(axis=i, keepdims=True)
    return G


def times_back(G, A, B):
    dA, dB = G * B, G * A
    # the smaller one was stretched to the bigger one
    if np.size(A) < np.size(B):
        dA = unbroadcast(dA, np.shape(A))
    elif np.size(B) < np.size(A):
        dB = unbroadcast(dB, np.shape(B))
    return dA, dB


# %% exp_back: chain-added | G plus the slope
def exp_back(G, A):
    slope = np.exp(A)
    dA = G + slope
    return dA


# %% walk_back: reuse-overwritten + zeros-missing | grads[i] = part, and None where nothing arrives
def walk_back(tape, back):
    n = len(tape)
    grads = [None] * n
    grads[n - 1] = 1.0
    for k in reversed(range(n)):
        _, op, inputs = tape[k]
        if op == "leaf" or grads[k] is None:
            continue
        parts = back[op](grads[k], *(tape[i][0] for i in inputs))
        for i, part in zip(inputs, parts):
            grads[i] = part
    return grads


# %% walk_back: inputs-mixed-up | parts are popped from the end, inputs taken from the front
def walk_back(tape, back):
    found = {len(tape) - 1: 1.0}
    for number in range(len(tape) - 1, -1, -1):
        value, operation, inputs = tape[number]
        if number not in found:
            found[number] = np.zeros(np.shape(value))
        if operation != "leaf":
            args = [tape[i][0] for i in inputs]
            parts = list(back[operation](found[number], *args))
            for i in inputs:
                part = parts.pop()
                found[i] = found[i] + part if i in found else part
    return [found[number] for number in range(len(tape))]


# %% unbroadcast: stretched-not-summed / wrong-axis | axes of size 1 are looked for before the axes in front are gone, so the numbers of the axes do not belong together
def unbroadcast(G, shape):
    """Return G, summed down to a shape that was stretched to G's."""
    G = np.asarray(G)
    # 1. dimensions of size 1 that were stretched
    for i in range(min(len(shape), G.ndim)):
        if shape[i] == 1 and G.shape[i] > 1:
            G = G.sum(axis=i, keepdims=True)
    # 2. leading dimensions that were added
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    return G


# %% walk_back: inputs-mixed-up | the parts are handed out to the inputs in the order of their row numbers
def walk_back(tape, back):
    """Return the gradient of the last row with respect to every row."""
    grads = [np.zeros(np.shape(row[0])) for row in tape]
    grads[-1] = np.ones(np.shape(tape[-1][0]))
    for number in range(len(tape) - 1, -1, -1):
        operation, inputs = tape[number][1:]
        if operation != "leaf":
            values = [tape[i][0] for i in inputs]
            parts = back[operation](grads[number], *values)
            for i, part in zip(sorted(inputs), parts):
                grads[i] = grads[i] + part
    return grads


# %% unbroadcast: stretched-not-summed | early tinygrad style: axes of size 1 are looked for from the left, axes that were put in front are not summed away
def unbroadcast(G, shape):
    """Return G, summed down to a shape that was stretched to G's."""
    if shape == (1,):
        return np.sum(G).reshape((1,))
    sum_axis = tuple(i for i in range(len(shape))
                     if shape[i] == 1 and np.shape(G)[i] > 1)
    return np.sum(G, axis=sum_axis, keepdims=True)


# %% unbroadcast: summed-over-too-much | a flat shape is treated like a number: everything is added up
def unbroadcast(G, shape):
    """Return G, summed down to a shape that was stretched to G's."""
    G = np.asarray(G)
    if G.shape == tuple(shape):
        return G
    if len(shape) <= 1:
        ops = np.full(shape, np.sum(G))
    else:
        ops = G
        while ops.ndim > len(shape):
            ops = np.sum(ops, axis=0)
        for dim in range(len(shape)):
            if shape[dim] == 1:
                ops = np.sum(ops, axis=dim, keepdims=True)
    return ops


# %% machine_grads: bias-missing-forward + factor-two | b1 is not added in the hidden layer; own cost rows without the half
def put(tape, value, operation="leaf", inputs=()):
    tape.append((value, operation, inputs))
    return len(tape) - 1


compute = {
    "plus": lambda A, B: A + B,
    "times": lambda A, B: A * B,
    "matmul": lambda A, B: A @ B,
    "relu": lambda A: np.maximum(A, 0.0),
    "exp": np.exp,
    "log": np.log,
    "total": np.sum,
}


def apply(tape, operation, *inputs):
    if not all(isinstance(i, int) for i in inputs):
        raise TypeError("apply takes row numbers, such as x, not values")
    values = [tape[i][0] for i in inputs]
    return put(tape, compute[operation](*values), operation, inputs)


def unbroadcast(G, shape):
    extra = np.ndim(G) - len(shape)
    G = np.sum(G, axis=tuple(range(extra)))
    ones = tuple(i for i, size in enumerate(shape) if size == 1)
    return np.sum(G, axis=ones, keepdims=True)


def plus_back(G, A, B):
    return unbroadcast(G, np.shape(A)), unbroadcast(G, np.shape(B))


def total_back(G, A):
    return G * np.ones(np.shape(A))


def times_back(G, A, B):
    return unbroadcast(G * B, np.shape(A)), unbroadcast(G * A, np.shape(B))


def matmul_back(G, A, B):
    return G @ B.T, A.T @ G


def relu_back(G, A):
    return G * (A > 0)


def exp_back(G, A):
    return G * np.exp(A)


def log_back(G, A):
    return G / A


back = {
    "plus": lambda G, A, B: plus_back(G, A, B),
    "times": lambda G, A, B: times_back(G, A, B),
    "matmul": lambda G, A, B: matmul_back(G, A, B),
    "relu": lambda G, A: (relu_back(G, A),),
    "exp": lambda G, A: (exp_back(G, A),),
    "log": lambda G, A: (log_back(G, A),),
    "total": lambda G, A: (total_back(G, A),),
}


def walk_back(tape, back):
    grads = [np.zeros(np.shape(row[0])) for row in tape]
    grads[-1] = np.ones(np.shape(tape[-1][0]))
    for i in reversed(range(len(tape))):
        value, operation, inputs = tape[i]
        if operation == "leaf":
            continue
        parts = back[operation](grads[i], *[tape[j][0] for j in inputs])
        for j, part in zip(inputs, parts):
            grads[j] = grads[j] + part
    return grads


def mean_loss(tape, a, y):
    minus_y = apply(tape, "times", put(tape, -1.0), y)
    miss = apply(tape, "plus", a, minus_y)
    squares = apply(tape, "times", miss, miss)
    scale = put(tape, 0.5 / len(tape[y][0]))
    return apply(tape, "times", scale, apply(tape, "total", squares))


def machine_grads(X, Y, W1, b1, W2, b2):
    tape = []
    x, y, w1, c1, w2, c2 = [put(tape, leaf)
                            for leaf in (X, Y, W1, b1, W2, b2)]
    z1 = apply(tape, "matmul", x, w1)
    a1 = apply(tape, "relu", z1)
    z2 = apply(tape, "plus", apply(tape, "matmul", a1, w2), c2)
    d = apply(tape, "plus", z2, apply(tape, "times", y, put(tape, -1.0)))
    share = put(tape, 1.0 / X.shape[0])
    apply(tape, "times", share, apply(tape, "total", apply(tape, "times", d, d)))
    grads = walk_back(tape, back)
    return {"dW1": grads[w1], "db1": grads[c1],
            "dW2": grads[w2], "db2": grads[c2]}

# %% times_back: wrong-factor + stretched-not-summed | each gets its own factor, and the stretching stays
def times_back(G, A, B):
    dA = G * A
    dB = G * B
    return dA, dB


# %% times_back: chain-added | G plus the other factor
def unbroadcast(G, shape):
    G = np.asarray(G)
    G = G.sum(axis=tuple(range(G.ndim - len(shape))))
    ones = tuple(k for k, size in enumerate(shape) if size == 1)
    return G.sum(axis=ones, keepdims=True)


def times_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A * B."""
    found = []
    for mine, other in [(A, B), (B, A)]:
        path = np.zeros(np.shape(G))
        for link in (G, other):
            path = path + link
        found.append(unbroadcast(path, np.shape(mine)))
    dA, dB = found
    return dA, dB


# %% matmul_back: wrong-factor | each gradient is made with its own matrix, by einsum
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    dA = np.einsum("ik,ij->ij", G, A)
    dB = np.einsum("ik,jk->jk", G, B)
    return dA, dB


# %% matmul_back: summed-over-too-much | the running total of a row of dA is not set back for the next entry
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    (m, n), h = A.shape, B.shape[1]
    dA, dB = np.zeros((m, n)), np.zeros((n, h))
    for i in range(m):
        total = 0.0
        for j in range(n):
            for k in range(h):
                total += G[i, k] * B[j, k]
                dB[j, k] += A[i, j] * G[i, k]
            dA[i, j] = total
    return dA, dB


# %% matmul_back: examples-left-out | dB begins with the first row's product, and the loop adds this row once more
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    dA = np.tensordot(G, B, axes=(1, 1))
    dB = np.outer(A[0], G[0])
    for inputs, wishes in zip(A, G):
        dB = dB + np.outer(inputs, wishes)
    return dA, dB


# %% matmul_back: layer-input-missing / wrong-local-slope | dB is a product of G with ones in place of A
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    dA = (B @ G.T).T
    dB = np.ones_like(A, dtype=float).T @ G
    return dA, dB


# %% matmul_back: wrong-local-slope | B is reshaped to (h, n) where it should be turned
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    n, h = np.shape(B)
    lying = np.reshape(B, (h, n))
    dA = np.matmul(G, lying)
    dB = np.matmul(np.swapaxes(A, 0, 1), G)
    return dA, dB


# %% log_back: gradient-clipped | results beyond 10 are cut
def log_back(G, A):
    """Return the gradient of the input of log."""
    raw = np.true_divide(G, A)
    return np.sign(raw) * np.minimum(np.abs(raw), 10.0)


# %% used_twice: wrong-factor | both products hand back G times w, where it should be G times x
from_L = 2 * -8.5
used_twice = 0.0
for x in (3.0, -4.0):
    used_twice = used_twice + from_L * 7.0


# %% used_twice: upstream-missing | slope of z for w alone, nothing of the miss
x1, x2 = 3.0, -4.0
dz_dw = x1 + x2
used_twice = dz_dw


# %% machine_grads: hidden-compared-with-target | the cost of the hidden layer against Y is added to the cost
def put(tape, value, operation="leaf", inputs=()):
    tape.append((value, operation, inputs))
    return len(tape) - 1


compute = {
    "plus": lambda A, B: A + B,
    "times": lambda A, B: A * B,
    "matmul": lambda A, B: A @ B,
    "relu": lambda A: np.maximum(A, 0.0),
    "exp": np.exp,
    "log": np.log,
    "total": np.sum,
}


def apply(tape, operation, *inputs):
    if not all(isinstance(i, int) for i in inputs):
        raise TypeError("apply takes row numbers, such as x, not values")
    values = [tape[i][0] for i in inputs]
    return put(tape, compute[operation](*values), operation, inputs)


def unbroadcast(G, shape):
    G = np.asarray(G)
    G = G.sum(axis=tuple(range(G.ndim - len(shape))))
    ones = tuple(k for k, size in enumerate(shape) if size == 1)
    return G.sum(axis=ones, keepdims=True)


def plus_back(G, A, B):
    return unbroadcast(G, np.shape(A)), unbroadcast(G, np.shape(B))


def total_back(G, A):
    return G * np.ones(np.shape(A))


def times_back(G, A, B):
    return unbroadcast(G * B, np.shape(A)), unbroadcast(G * A, np.shape(B))


def matmul_back(G, A, B):
    return G @ B.T, A.T @ G


def relu_back(G, A):
    return G * (np.asarray(A) > 0)


def exp_back(G, A):
    return G * np.exp(A)


def log_back(G, A):
    return G / A


back = {
    "plus": lambda G, A, B: plus_back(G, A, B),
    "times": lambda G, A, B: times_back(G, A, B),
    "matmul": lambda G, A, B: matmul_back(G, A, B),
    "relu": lambda G, A: (relu_back(G, A),),
    "exp": lambda G, A: (exp_back(G, A),),
    "log": lambda G, A: (log_back(G, A),),
    "total": lambda G, A: (total_back(G, A),),
}


def walk_back(tape, back):
    grads = [np.zeros(np.shape(row[0])) for row in tape]
    grads[-1] = np.ones(np.shape(tape[-1][0]))
    for k in range(len(tape) - 1, -1, -1):
        value, operation, inputs = tape[k]
        if operation != "leaf":
            values = [tape[i][0] for i in inputs]
            for i, part in zip(inputs, back[operation](grads[k], *values)):
                grads[i] = grads[i] + part
    return grads


def mean_loss(tape, a, y):
    minus_y = apply(tape, "times", put(tape, -1.0), y)
    miss = apply(tape, "plus", a, minus_y)
    squares = apply(tape, "times", miss, miss)
    scale = put(tape, 0.5 / len(tape[y][0]))
    return apply(tape, "times", scale, apply(tape, "total", squares))


def machine_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    tape = []
    x, y, w1, c1, w2, c2 = [put(tape, leaf)
                            for leaf in (X, Y, W1, b1, W2, b2)]
    costs, row = [], x
    for weights, biases, bend in ((w1, c1, True), (w2, c2, False)):
        row = apply(tape, "plus", apply(tape, "matmul", row, weights), biases)
        if bend:
            row = apply(tape, "relu", row)
        costs.append(mean_loss(tape, row, y))
    apply(tape, "plus", *costs)
    grads = walk_back(tape, back)
    return {"dW1": grads[w1], "db1": grads[c1],
            "dW2": grads[w2], "db2": grads[c2]}


# %% machine_grads: measured-elsewhere | the hidden layer's gradients come from a second tape, after a step of the output layer
def put(tape, value, operation="leaf", inputs=()):
    tape.append((value, operation, inputs))
    return len(tape) - 1


compute = {
    "plus": lambda A, B: A + B,
    "times": lambda A, B: A * B,
    "matmul": lambda A, B: A @ B,
    "relu": lambda A: np.maximum(A, 0.0),
    "exp": np.exp,
    "log": np.log,
    "total": np.sum,
}


def apply(tape, operation, *inputs):
    if not all(isinstance(i, int) for i in inputs):
        raise TypeError("apply takes row numbers, such as x, not values")
    values = [tape[i][0] for i in inputs]
    return put(tape, compute[operation](*values), operation, inputs)


def unbroadcast(G, shape):
    G = np.asarray(G)
    G = G.sum(axis=tuple(range(G.ndim - len(shape))))
    ones = tuple(k for k, size in enumerate(shape) if size == 1)
    return G.sum(axis=ones, keepdims=True)


def plus_back(G, A, B):
    return unbroadcast(G, np.shape(A)), unbroadcast(G, np.shape(B))


def total_back(G, A):
    return G * np.ones(np.shape(A))


def times_back(G, A, B):
    return unbroadcast(G * B, np.shape(A)), unbroadcast(G * A, np.shape(B))


def matmul_back(G, A, B):
    return G @ B.T, A.T @ G


def relu_back(G, A):
    return G * (np.asarray(A) > 0)


def exp_back(G, A):
    return G * np.exp(A)


def log_back(G, A):
    return G / A


back = {
    "plus": lambda G, A, B: plus_back(G, A, B),
    "times": lambda G, A, B: times_back(G, A, B),
    "matmul": lambda G, A, B: matmul_back(G, A, B),
    "relu": lambda G, A: (relu_back(G, A),),
    "exp": lambda G, A: (exp_back(G, A),),
    "log": lambda G, A: (log_back(G, A),),
    "total": lambda G, A: (total_back(G, A),),
}


def walk_back(tape, back):
    grads = [np.zeros(np.shape(row[0])) for row in tape]
    grads[-1] = np.ones(np.shape(tape[-1][0]))
    for k in range(len(tape) - 1, -1, -1):
        value, operation, inputs = tape[k]
        if operation != "leaf":
            values = [tape[i][0] for i in inputs]
            for i, part in zip(inputs, back[operation](grads[k], *values)):
                grads[i] = grads[i] + part
    return grads


def mean_loss(tape, a, y):
    minus_y = apply(tape, "times", put(tape, -1.0), y)
    miss = apply(tape, "plus", a, minus_y)
    squares = apply(tape, "times", miss, miss)
    scale = put(tape, 0.5 / len(tape[y][0]))
    return apply(tape, "times", scale, apply(tape, "total", squares))


def machine_grads(X, Y, W1, b1, W2, b2):
    """Return the gradients of J with respect to all parameters."""
    def walk(V2, d2):
        tape = []
        rows = [put(tape, leaf) for leaf in (X, Y, W1, b1, V2, d2)]
        x, y, w1, c1, w2, c2 = rows
        z = apply(tape, "plus", apply(tape, "matmul", x, w1), c1)
        a = apply(tape, "matmul", apply(tape, "relu", z), w2)
        mean_loss(tape, apply(tape, "plus", a, c2), y)
        return walk_back(tape, back)[2:6]

    _, _, dW2, db2 = walk(W2, b2)
    dW1, db1, _, _ = walk(W2 - 0.1 * dW2, b2 - 0.1 * db2)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% unbroadcast: copies-left-out | one fancy-indexed += writes each place once, so the last copy alone stays
def unbroadcast(G, shape):
    """Return G, summed down to a shape that was stretched to G's."""
    G = np.asarray(G, dtype=float)
    if shape == ():
        return np.sum(G)
    places = np.indices(G.shape)[G.ndim - len(shape):]
    address = tuple(np.minimum(p, size - 1) for p, size in zip(places, shape))
    result = np.zeros(shape)
    result[address] += G
    return result


# %% times_back: mean-taken-too-early | the other factor is averaged over the copies, then multiplied by the sum of G
def unbroadcast(G, shape):
    """Return G, summed down to a shape that was stretched to G's."""
    G = np.asarray(G)
    extra = G.ndim - len(shape)
    G = G.sum(axis=tuple(range(extra)))
    axes = tuple(k for k, size in enumerate(shape) if size == 1)
    return G.sum(axis=axes, keepdims=True)


def times_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A * B."""
    def carry(shape, other):
        copies = np.size(G) / np.prod(shape)
        level = unbroadcast(np.broadcast_to(other, np.shape(G)), shape) / copies
        return unbroadcast(G, shape) * level

    dA, dB = carry(np.shape(A), B), carry(np.shape(B), A)
    return dA, dB


# %% matmul_back: layer-input-missing / local-slope-missing | every line of dB is the column sum of G; dA is right
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    dA = np.inner(G, B)
    dB = np.add.outer(np.zeros(A.shape[1]), np.add.reduce(G, axis=0))
    return dA, dB


# %% matmul_back: examples-not-summed | dB stays a stack with one outer product for each row of A
def matmul_back(G, A, B):
    """Return the gradients (dA, dB) of the factors of A @ B."""
    dA = np.array([[np.dot(g, line) for line in B] for g in G])
    dB = np.array([np.outer(a, g) for a, g in zip(A, G)])
    return dA, dB


# %% relu_back: mask-from-wrong-array | the sign of A times G decides, so G has a say in it
def relu_back(G, A):
    """Return the gradient of the input of a ReLU."""
    return np.where(np.multiply(A, G) > 0, G, 0.0)


# %% exp_back: approximation-too-coarse | the first six terms of the series
def exp_back(G, A):
    """Return the gradient of the input of exp."""
    term = slope = A * 0.0 + 1.0
    for k in range(1, 6):
        term = term * A / k
        slope = slope + term
    return G * slope
