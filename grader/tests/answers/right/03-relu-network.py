# %% relu | maximum
def relu(z):
    return np.maximum(z, 0)

# %% relu | where
def relu(z):
    return np.where(z > 0, z, 0.0)

# %% relu | product with the mask
def relu(z):
    return z * (z >= 0)

# %% relu | half of z plus its size
def relu(z):
    return 0.5 * (z + np.abs(z))

# %% relu | assignment on a copy
def relu(z):
    a = np.array(z, copy=True)
    a[a < 0] = 0
    return a

# %% relu | clip
def relu(z):
    return np.clip(z, 0, None)

# %% relu | vectorize
def relu(z):
    return np.vectorize(lambda t: max(0.0, float(t)), otypes=[float])(z)

# %% relu_deriv | astype
def relu_deriv(z):
    return (z > 0).astype(float)

# %% relu_deriv | int mask, greater or equal
def relu_deriv(z):
    return (z >= 0).astype(int)

# %% relu_deriv | heaviside with one half
def relu_deriv(z):
    return np.heaviside(z, 0.5)

# %% relu_deriv | where
def relu_deriv(z):
    return np.where(z <= 0, 0, 1)

# %% relu_deriv | assignment on fresh zeros
def relu_deriv(z):
    d = np.zeros(np.shape(z))
    d[z > 0] = 1
    return d

# %% relu_deriv | sign of the activation
def relu_deriv(z):
    return np.sign(np.maximum(z, 0))

# %% relu_deriv | half of one plus sign
def relu_deriv(z):
    return (1 + np.sign(z)) / 2

# %% relu_deriv | booleans
def relu_deriv(z):
    return z > 0

# %% shapes | plain
shapes = {"Z1": ("m", "h"), "A1": ("m", "h"), "Z2": ("m", "1"), "A2": ("m", "1"),
          "dW1": ("n", "h"), "db1": ("1", "h"), "dW2": ("h", "1"), "db2": ("1", "1")}

# %% shapes | built from parts
hidden, output = ("m", "h"), ("m", "1")
shapes = dict(db2=("1",) * 2, dW2=("h", "1"), db1=("1", "h"), dW1=tuple("nh"),
              Z1=hidden, A1=hidden, Z2=output, A2=output)

# %% forward | four lines
def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    A2 = Z2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

# %% forward | extra keys, copy, other order
def forward(X, W1, b1, W2, b2):
    out = {"X": X, "m": len(X)}
    out["Z1"] = np.dot(X, W1) + b1
    out["A1"] = np.where(out["Z1"] >= 0, out["Z1"], 0)
    out["Z2"] = np.dot(out["A1"], W2) + b2
    out["A2"] = out["Z2"].copy()
    return out

# %% forward | example by example
def forward(X, W1, b1, W2, b2):
    m, h = len(X), W1.shape[1]
    Z1, A1, Z2 = np.zeros((m, h)), np.zeros((m, h)), np.zeros((m, 1))
    for i in range(m):
        for k in range(h):
            Z1[i, k] = b1[0, k] + sum(X[i, j] * W1[j, k] for j in range(X.shape[1]))
            A1[i, k] = max(0.0, Z1[i, k])
        Z2[i, 0] = b2[0, 0] + sum(A1[i, k] * W2[k, 0] for k in range(h))
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

# %% forward | columns, turned back
def forward(X, W1, b1, W2, b2):
    z1 = W1.T @ X.T + b1.T
    a1 = (z1 > 0) * z1
    z2 = W2.T @ a1 + b2.T
    return dict(Z1=z1.T, A1=a1.T, Z2=z2.T, A2=z2.T)

# %% forward | in-place bias on an own array
def forward(X, W1, b1, W2, b2):
    Z1 = np.matmul(X, W1)
    Z1 += b1
    A1 = Z1.copy()
    A1[Z1 < 0] = 0.0
    Z2 = np.einsum("mh,ho->mo", A1, W2)
    Z2 += b2
    return {"A2": Z2, "Z2": Z2, "A1": A1, "Z1": Z1}

# %% out_delta | over m
def out_delta(A2, Y):
    return (A2 - Y) / Y.shape[0]

# %% out_delta | times 1/m, link of the output written out
def out_delta(A2, Y):
    m = len(A2)
    dA2 = 1 / m * (A2 - Y)
    dA2_dZ2 = np.ones(A2.shape)
    return dA2 * dA2_dZ2

# %% out_delta | loop
def out_delta(A2, Y):
    d = np.zeros(A2.shape)
    for i in range(len(A2)):
        d[i, 0] = (A2[i, 0] - Y[i, 0]) / len(A2)
    return d

# %% out_delta | reshaped, other sign undone
def out_delta(A2, Y):
    flat = Y.ravel() - A2.ravel()
    return -(flat / flat.size).reshape(-1, 1)

# %% layer_grads | keepdims
def layer_grads(A_prev, dZ):
    return A_prev.T @ dZ, dZ.sum(axis=0, keepdims=True)

# %% layer_grads | outer products
def layer_grads(A_prev, dZ):
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]))
    db = np.zeros((1, dZ.shape[1]))
    for a, d in zip(A_prev, dZ):
        dW += np.outer(a, d)
        db += d
    return dW, db

# %% layer_grads | einsum, reshape
def layer_grads(A_prev, dZ):
    dW = np.einsum("mi,mj->ij", A_prev, dZ)
    db = np.einsum("mj->j", dZ).reshape(1, -1)
    return dW, db

# %% layer_grads | product with ones, list for the pair
def layer_grads(A_prev, dZ):
    ones = np.ones((1, len(dZ)))
    return [np.dot(A_prev.T, dZ), np.dot(ones, dZ)]

# %% layer_grads | transposed twice, newaxis
def layer_grads(A_prev, dZ):
    dW = (dZ.T @ A_prev).T
    db = np.sum(dZ, axis=0)[np.newaxis, :]
    return dW, db

# %% layer_grads | broadcast and sum
def layer_grads(A_prev, dZ):
    stack = A_prev[:, :, None] * dZ[:, None, :]
    return stack.sum(axis=0), np.array([dZ.sum(axis=0)])

# %% hidden_delta | product
def hidden_delta(dZ2, W2, Z1):
    return (dZ2 @ W2.T) * (Z1 > 0)

# %% hidden_delta | broadcasting for one output
def hidden_delta(dZ2, W2, Z1):
    return dZ2 * W2.T * np.heaviside(Z1, 0.5)

# %% hidden_delta | masked by assignment
def hidden_delta(dZ2, W2, Z1):
    dA1 = np.dot(dZ2, W2.T)
    dZ1 = dA1.copy()
    dZ1[Z1 <= 0] = 0
    return dZ1

# %% hidden_delta | where
def hidden_delta(dZ2, W2, Z1):
    return np.where(Z1 >= 0, np.einsum("mo,ho->mh", dZ2, W2), 0.0)

# %% hidden_delta | mask first
def relu_deriv(z):
    return (z > 0) * 1

def hidden_delta(dZ2, W2, Z1):
    gate = W2.T * relu_deriv(Z1)
    return dZ2 * gate

# %% hidden_delta | columns
def hidden_delta(dZ2, W2, Z1):
    return (np.outer(W2, dZ2) * (Z1.T > 0)).T

# %% hidden_delta | triple loop
def hidden_delta(dZ2, W2, Z1):
    m, h = Z1.shape
    out = np.zeros((m, h))
    for i in range(m):
        for k in range(h):
            if Z1[i, k] > 0:
                for o in range(W2.shape[1]):
                    out[i, k] += dZ2[i, o] * W2[k, o]
    return out

# %% relu_net_grads | 1/m in dZ2
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    dZ2 = (A2 - Y) / len(Y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0, keepdims=True),
            "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0, keepdims=True)}

# %% relu_net_grads | 1/m in each line
def relu_net_grads(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = np.dot(X, W1) + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    A2 = np.dot(A1, W2) + b2
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(A1.T, dZ2)
    db2 = 1 / m * np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = np.dot(dZ2, W2.T) * np.heaviside(Z1, 0)
    dW1 = 1 / m * np.dot(X.T, dZ1)
    db1 = 1 / m * np.sum(dZ1, axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% relu_net_grads | functions of the chapter
def relu(z):
    return np.maximum(0, z)

def relu_deriv(z):
    return (z > 0).astype(float)

def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    Z2 = A1 @ W2 + b2
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

def out_delta(A2, Y):
    return (A2 - Y) / len(Y)

def layer_grads(A_prev, dZ):
    return A_prev.T @ dZ, np.sum(dZ, axis=0, keepdims=True)

def hidden_delta(dZ2, W2, Z1):
    return dZ2 @ W2.T * relu_deriv(Z1)

def relu_net_grads(X, Y, W1, b1, W2, b2):
    cache = forward(X, W1, b1, W2, b2)
    dZ2 = out_delta(cache["A2"], Y)
    dW2, db2 = layer_grads(cache["A1"], dZ2)
    dW1, db1 = layer_grads(X, hidden_delta(dZ2, W2, cache["Z1"]))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

# %% relu_net_grads | example by example
def relu_net_grads(X, Y, W1, b1, W2, b2):
    g = {"dW1": np.zeros(W1.shape), "db1": np.zeros(b1.shape),
         "dW2": np.zeros(W2.shape), "db2": np.zeros(b2.shape)}
    m = len(X)
    for i in range(m):
        z1 = X[i] @ W1 + b1[0]
        a1 = z1 * (z1 > 0)
        d = (a1 @ W2[:, 0] + b2[0, 0] - Y[i, 0]) / m
        d1 = d * W2[:, 0] * (z1 > 0)
        g["dW2"] += d * a1[:, None]
        g["db2"] += d
        g["dW1"] += np.outer(X[i], d1)
        g["db1"] += d1
    return g

# %% relu_net_grads | mask from A1, extra keys, print
def relu_net_grads(X, Y, W1, b1, W2, b2):
    A1 = np.clip(X @ W1 + b1, 0, None)
    E = A1 @ W2 + b2 - Y
    print("cost", float(np.mean(E ** 2) / 2))
    D2 = E / E.size
    D1 = np.multiply(D2 * W2.T, A1 > 0)
    return {"db2": D2.sum().reshape(1, 1), "dW2": A1.T @ D2, "dZ1": D1, "dZ2": D2,
            "db1": D1.sum(axis=0).reshape(b1.shape), "dW1": X.T @ D1}

# %% relu_net_grads | column algebra, turned at the end
def relu_net_grads(X, Y, W1, b1, W2, b2):
    x, y, V1, V2 = X.T, Y.T, W1.T, W2.T
    m = x.shape[1]
    z1 = V1 @ x + b1.T
    a1 = np.maximum(z1, 0)
    d2 = (V2 @ a1 + b2.T - y) / m
    d1 = (V2.T @ d2) * (z1 > 0)
    g = {"dW1": d1 @ x.T, "db1": d1.sum(axis=1, keepdims=True),
         "dW2": d2 @ a1.T, "db2": d2.sum(axis=1, keepdims=True)}
    return {name: value.T for name, value in g.items()}

# %% relu_net_grads | float32 throughout
def relu_net_grads(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = [t.astype("float32") for t in (X, Y, W1, b1, W2, b2)]
    z = X @ W1 + b1
    a = np.maximum(z, 0)
    e = (a @ W2 + b2 - Y) / np.float32(len(Y))
    d = e @ W2.T * (z > 0)
    return {"dW1": X.T @ d, "db1": d.sum(0, keepdims=True),
            "dW2": a.T @ e, "db2": e.sum(0, keepdims=True)}

# %% relu_net_grads | a class for a layer
class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, A):
        self.A = A
        return A @ self.W + self.b

    def backward(self, dZ):
        self.dW = self.A.T @ dZ
        self.db = np.sum(dZ, axis=0, keepdims=True)
        return dZ @ self.W.T

def relu_net_grads(X, Y, W1, b1, W2, b2):
    one, two = Linear(W1, b1), Linear(W2, b2)
    Z1 = one.forward(X)
    A2 = two.forward(np.maximum(Z1, 0))
    dA1 = two.backward((A2 - Y) / len(Y))
    dA1[Z1 < 0] = 0
    one.backward(dA1)
    return {"dW1": one.dW, "db1": one.db, "dW2": two.dW, "db2": two.db}

# %% relu_net_grads | hidden lines first, slope as A1/Z1, einsum
def relu_net_grads(X, Y, W1, b1, W2, b2):
    Z1 = np.einsum("mn,nh->mh", X, W1) + b1
    A1 = (Z1 + abs(Z1)) / 2
    R = A1 @ W2 + b2 - Y
    dZ1 = np.einsum("mo,ho,mh->mh", R, W2, A1 / Z1)
    grads = {}
    grads["dW1"] = np.einsum("mn,mh->nh", X, dZ1) / len(X)
    grads["db1"] = np.mean(dZ1, axis=0, keepdims=True)
    grads["dW2"] = np.einsum("mh,mo->ho", A1, R) / len(X)
    grads["db2"] = np.mean(R, axis=0, keepdims=True)
    return grads

# %% relu_net_grads | biases folded into the weights
def relu_net_grads(X, Y, W1, b1, W2, b2):
    ones = np.ones((len(X), 1))
    U1, U2 = np.vstack([W1, b1]), np.vstack([W2, b2])
    Xe = np.hstack([X, ones])
    Z = Xe @ U1
    Ae = np.hstack([np.maximum(Z, 0), ones])
    D2 = (Ae @ U2 - Y) / len(X)
    D1 = (D2 @ U2.T)[:, :-1] * (Z > 0)
    G1, G2 = Xe.T @ D1, Ae.T @ D2
    return {"dW1": G1[:-1], "db1": G1[-1:], "dW2": G2[:-1], "db2": G2[-1:]}

# %% relu_net_grads | int data made float first, asserts
def relu_net_grads(X, Y, W1, b1, W2, b2):
    X = np.asarray(X, dtype=float)
    Y = np.asarray(Y, dtype=float).reshape(-1, 1)
    act = X @ W1 + b1
    hid = act.copy()
    hid[hid < 0] = 0
    delta = np.divide(hid @ W2 + b2 - Y, X.shape[0])
    assert delta.shape == Y.shape
    back = delta @ W2.T
    back *= act > 0
    out = dict(dW1=X.T @ back, db1=back.sum(0)[None], dW2=hid.T @ delta, db2=delta.sum(0)[None])
    assert out["dW1"].shape == W1.shape
    return out

# %% hidden_delta | closed entries set to zero in the product
def hidden_delta(dZ2, W2, Z1):
    d = dZ2 @ W2.T
    d[Z1 <= 0] = 0
    return d

# %% layer_grads | one example after the other, sums in floats
def layer_grads(A_prev, dZ):
    dW, db = np.zeros((A_prev.shape[1], dZ.shape[1])), np.zeros((1, dZ.shape[1]))
    for a, d in zip(A_prev, dZ):
        dW += np.outer(a, d)
        db += d
    return dW, db
