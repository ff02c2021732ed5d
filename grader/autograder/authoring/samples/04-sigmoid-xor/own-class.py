"""Builds a class for a layer, and trains on a deep copy."""

EXPECTED = {}


# %% sigmoid
def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


# %% sigmoid_deriv
def sigmoid_deriv(a):
    return 0.25 - (a - 0.5) ** 2


# %% xor_net_grads
class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, A):
        self.A_in = A
        self.A = 1 / (1 + np.exp(-(A @ self.W + self.b)))
        return self.A
    def backward(self, dA):
        dZ = dA * self.A * (1 - self.A)
        self.dW = self.A_in.T @ dZ
        self.db = dZ.sum(axis=0, keepdims=True)
        return dZ @ self.W.T

def xor_net_grads(X, Y, W1, b1, W2, b2):
    l1, l2 = Layer(W1, b1), Layer(W2, b2)
    A2 = l2.forward(l1.forward(X))
    dX = l1.backward(l2.backward((A2 - Y) / len(X)))
    return {"dW1": l1.dW, "db1": l1.db, "dW2": l2.dW, "db2": l2.db, "dX": dX, "A2": A2}


# %% train
def train(X, Y, params, grad_fn, cost_fn, lr, epochs):
    p = {k: np.array(v, dtype=float) for k, v in params.items()}
    costs = np.zeros(epochs)
    for t in range(epochs):
        costs[t] = cost_fn(X, Y, p)
        g = grad_fn(X, Y, p)
        for k in p:
            p[k] -= lr * g["d" + k]
    return p, costs


# %% accuracy
def accuracy(A2, Y):
    return np.count_nonzero((A2 > 0.5) == (Y > 0.5)) / len(Y)
