"""Right answers to chapter 8 in other forms than the reference."""

# %% unbroadcast | one sum over all axes at once
def unbroadcast(G, shape):
    front = np.ndim(G) - len(shape)
    axes = tuple(range(front)) + tuple(front + i for i, n in enumerate(shape) if n == 1)
    return np.sum(G, axis=axes, keepdims=True).reshape(shape)

# %% unbroadcast | sums along an axis of G while sizes differ
def unbroadcast(G, shape):
    padded = (1,) * (np.ndim(G) - len(shape)) + tuple(shape)
    out = np.array(G, dtype=float)
    for axis, size in enumerate(padded):
        if out.shape[axis] != size:
            out = out.sum(axis, keepdims=True)
    return np.reshape(out, shape)

# %% unbroadcast | a loop over all entries
def unbroadcast(G, shape):
    G = np.asarray(G)
    out = np.zeros(shape)
    for place in np.ndindex(G.shape):
        own = place[len(place) - len(shape):]
        out[tuple(0 if n == 1 else i for i, n in zip(own, shape))] += G[place]
    return out

# %% unbroadcast | a number as a float
def unbroadcast(G, shape):
    if shape == ():
        return float(np.sum(G))
    G = np.asarray(G)
    if G.ndim > len(shape):
        return unbroadcast(G.sum(0), shape)
    for i in range(len(shape)):
        if shape[i] == 1 and G.shape[i] > 1:
            return unbroadcast(G.sum(i, keepdims=True), shape)
    return G

# %% times_back | its own sum over the copies
def times_back(G, A, B):
    def down(D, like):
        front = np.ndim(D) - np.ndim(like)
        axes = tuple(range(front)) + tuple(front + i for i, n in enumerate(np.shape(like)) if n == 1)
        return np.sum(D, axis=axes, keepdims=True).reshape(np.shape(like))

    return down(G * B, A), down(G * A, B)

# %% times_back | a list, and a loop over the entries
def times_back(G, A, B):
    G = np.asarray(G)
    a, b = np.broadcast_to(A, G.shape), np.broadcast_to(B, G.shape)
    dA, dB = np.zeros(np.shape(A)), np.zeros(np.shape(B))
    for p in np.ndindex(G.shape):
        i = tuple(0 if n == 1 else k for k, n in zip(p[len(p) - np.ndim(A):], np.shape(A)))
        j = tuple(0 if n == 1 else k for k, n in zip(p[len(p) - np.ndim(B):], np.shape(B)))
        dA[i] += G[p] * b[p]
        dB[j] += G[p] * a[p]
    return [dA, dB]

# %% times_back | with the logarithm of nothing: by cases
def times_back(G, A, B):
    parts = []
    for own, other in ((A, B), (B, A)):
        d = np.multiply(G, other)
        while np.ndim(d) > np.ndim(own):
            d = np.sum(d, 0)
        for k, n in enumerate(np.shape(own)):
            if n != np.shape(d)[k]:
                d = np.sum(d, k, keepdims=True)
        parts.append(d)
    return tuple(parts)

# %% times_back | in single precision
def times_back(G, A, B):
    G, A, B = (np.asarray(v, dtype=np.float32) for v in (G, A, B))

    def down(D, like):
        front = D.ndim - like.ndim
        axes = tuple(range(front)) + tuple(front + i for i, n in enumerate(like.shape) if n == 1)
        return np.sum(D, axis=axes, keepdims=True).reshape(like.shape)

    return down(G * B, A), down(G * A, B)

# %% matmul_back | by einsum
def matmul_back(G, A, B):
    return np.einsum("ik,jk->ij", G, B), np.einsum("ij,ik->jk", A, G)

# %% matmul_back | transposes of transposes
def matmul_back(G, A, B):
    return (B @ G.T).T, (G.T @ A).T

# %% matmul_back | three loops
def matmul_back(G, A, B):
    dA, dB = np.zeros(A.shape), np.zeros(B.shape)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            for k in range(B.shape[1]):
                dA[i, j] += G[i, k] * B[j, k]
                dB[j, k] += G[i, k] * A[i, j]
    return dA, dB

# %% matmul_back | row by row, in a list
def matmul_back(G, A, B):
    dA = np.array([B @ g for g in G])
    dB = sum(np.outer(a, g) for a, g in zip(A, G))
    return [dA, dB]

# %% relu_back | np.where
def relu_back(G, A):
    return np.where(np.asarray(A) > 0, G, 0.0)

# %% relu_back | the other side of the bend
def relu_back(G, A):
    return (np.asarray(A) >= 0) * G

# %% relu_back | a copy with zeros
def relu_back(G, A):
    out = np.array(G, dtype=float)
    out[np.asarray(A) < 0] = 0
    return out

# %% relu_back | the Heaviside function
def relu_back(G, A):
    return np.heaviside(A, 0.5) * G

# %% exp_back | the other way round
def exp_back(G, A):
    out = np.exp(A)
    return out * G

# %% exp_back | by expm1
def exp_back(G, A):
    return np.multiply(G, np.expm1(A) + 1)

# %% exp_back | a power of e
def exp_back(G, A):
    return np.e**A * G

# %% exp_back | divides by exp of minus A
def exp_back(G, A):
    return G / np.exp(-1.0 * A)

# %% log_back | times one over
def log_back(G, A):
    return (1.0 / A) * G

# %% log_back | a power
def log_back(G, A):
    return G * np.asarray(A, dtype=float) ** -1

# %% log_back | np.divide
def log_back(G, A):
    return np.divide(G, A)

# %% log_back | through exp
def log_back(G, A):
    return G * np.exp(-np.log(A))

# %% walk_back | None until something arrives, zeros at the end
def walk_back(tape, back):
    grads = [None] * len(tape)
    grads[-1] = np.array(1.0)
    for k in range(len(tape) - 1, -1, -1):
        _, op, inputs = tape[k]
        if grads[k] is None or op == "leaf":
            continue
        for i, part in zip(inputs, back[op](grads[k], *(tape[j][0] for j in inputs))):
            grads[i] = part if grads[i] is None else grads[i] + part
    return [np.zeros(np.shape(row[0])) if g is None else g for g, row in zip(grads, tape)]

# %% walk_back | += on arrays of its own
def walk_back(tape, back):
    grads = [np.zeros(np.shape(row[0]), dtype=float) for row in tape]
    grads[-1][...] = 1
    for k in range(len(tape))[::-1]:
        if tape[k][2]:
            values = [tape[i][0] for i in tape[k][2]]
            for i, part in zip(tape[k][2], back[tape[k][1]](grads[k], *values)):
                grads[i] += part
    return grads

# %% walk_back | asks each row who uses it
def walk_back(tape, back):
    grads = [0.0] * len(tape)
    for k in range(len(tape) - 1, -1, -1):
        total = np.zeros(np.shape(tape[k][0])) + (k == len(tape) - 1)
        for user in range(k + 1, len(tape)):
            _, op, inputs = tape[user]
            if k in inputs:
                parts = back[op](grads[user], *[tape[i][0] for i in inputs])
                for i, part in zip(inputs, parts):
                    if i == k:
                        total = total + part
        grads[k] = total
    return grads

# %% walk_back | path by path, by recursion
def walk_back(tape, back):
    grads = [np.zeros(np.shape(v)) for v, _, _ in tape]

    def visit(k, G):
        grads[k] = grads[k] + G
        _, op, inputs = tape[k]
        if inputs:
            for i, part in zip(inputs, back[op](G, *[tape[j][0] for j in inputs])):
                visit(i, part)

    visit(len(tape) - 1, 1.0)
    return grads

# %% walk_back | a tuple, with a dict inside
def walk_back(tape, back):
    grads = {k: np.zeros(np.shape(v)) for k, (v, _, _) in enumerate(tape)}
    grads[len(tape) - 1] = 1
    for k in sorted(grads, reverse=True):
        _, op, inputs = tape[k]
        if op in back:
            for i, part in zip(inputs, back[op](grads[k], *(tape[j][0] for j in inputs))):
                grads[i] = grads[i] + part
    return tuple(grads[k] for k in range(len(tape)))

# %% machine_grads | chapter 3's derivation
def machine_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    d2 = (A1 @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ d1, "db1": d1.sum(0, keepdims=True), "dW2": A1.T @ d2, "db2": d2.sum(0, keepdims=True)}

# %% machine_grads | a machine of its own, with functions on the tape
def machine_grads(X, Y, W1, b1, W2, b2):
    tape = []

    def row(value, *links):
        tape.append((value, links))
        return len(tape) - 1

    def val(i):
        return tape[i][0]

    w1, c1, w2, c2 = row(W1), row(b1), row(W2), row(b2)
    rows = lambda G: np.sum(G, 0, keepdims=True)
    z1 = row(X @ val(w1) + val(c1), (w1, lambda G: X.T @ G), (c1, rows))
    a1 = row(np.maximum(val(z1), 0), (z1, lambda G: G * (val(z1) > 0)))
    z2 = row(val(a1) @ val(w2) + val(c2), (a1, lambda G: G @ val(w2).T), (w2, lambda G: val(a1).T @ G), (c2, rows))
    row(np.mean((val(z2) - Y) ** 2) / 2, (z2, lambda G: G * (val(z2) - Y) / len(Y)))
    grads = [0.0] * (len(tape) - 1) + [1.0]
    for k in reversed(range(len(tape))):
        for i, link in tape[k][1]:
            grads[i] = grads[i] + link(grads[k])
    return {"dW1": grads[w1], "db1": grads[c1], "dW2": grads[w2], "db2": grads[c2]}

# %% machine_grads | example by example
def machine_grads(X, Y, W1, b1, W2, b2):
    g = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape), "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    for x, y in zip(X, Y):
        z = x[None, :] @ W1 + b1
        a = np.maximum(z, 0)
        d = (a @ W2 + b2 - y) / len(X)
        e = d @ W2.T * (z > 0)
        g["dW1"] += np.outer(x, e)
        g["db1"] += e
        g["dW2"] += a.T @ d
        g["db2"] += d
    return g

# %% machine_grads | by einsum
def machine_grads(X, Y, W1, b1, W2, b2):
    Z = np.einsum("ij,jk->ik", X, W1) + b1
    A = Z * (Z > 0)
    d = (np.einsum("ij,jk->ik", A, W2) + b2 - Y) / X.shape[0]
    e = np.einsum("ik,jk->ij", d, W2) * (Z > 0)
    return {"dW1": np.einsum("ij,ik->jk", X, e), "db1": e.sum(axis=0, keepdims=True),
            "dW2": np.einsum("ij,ik->jk", A, d), "db2": d.sum(axis=0, keepdims=True)}
