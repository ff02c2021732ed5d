# %% chain_grads: sign-flipped | y minus a
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (y - a[-1]) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: factor-two | two in front
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = 2 * (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: half-kept | half in front
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = 0.5 * (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: residual-missing | starts with the slope
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: residual-sign-lost | absolute difference
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = abs(a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: value-not-slope | the loss comes down instead of its slope
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) ** 2 / 2 * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: output-slope-missing / other-loss | no slope at the last unit
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = a[-1] - y
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: hidden-slope-missing | no slope in the loop
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k]
    return dws, dbs

# %% chain_grads: output-slope-missing + hidden-slope-missing | no slope at all
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = a[-1] - y
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k]
    return dws, dbs

# %% chain_grads: w2-missing | no weight in the loop
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: other-layer-used | the weight of the unit before
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k - 1] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: other-layer-used | the slope of the unit behind
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k + 1] * (1 - a[k + 1])
    return dws, dbs

# %% chain_grads: deriv-given-z | z in the rule for a
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * z[k - 1] * (1 - z[k - 1])
    return dws, dbs

# %% chain_grads: value-not-slope | activations for slopes in the loop
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k]
    return dws, dbs

# %% chain_grads: wrong-slope | a quarter at every unit
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * 0.25
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * 0.25
    return dws, dbs

# %% chain_grads: wrong-slope | one minus a
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: wrong-slope | tanh
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * (1 - a[k] ** 2)
    return dws, dbs

# %% chain_grads: sigmoid-applied-twice | slope as a function of z, fed with a
def chain_grads(x, y, ws, bs):
    def slope(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(a[-1] * w + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    da = a[-1] - y
    for k in reversed(range(len(ws))):
        dz = da * slope(a[k + 1])
        dws[k], dbs[k] = dz * a[k], dz
        da = dz * ws[k]
    return dws, dbs

# %% chain_grads: z-for-a | z goes into dw
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * (z[k - 1] if k else x)
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: wrong-layer-input | the unit's own output in dw
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k + 1]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: wrong-layer-input | x in every dw
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * x
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: layer-input-missing / upstream-missing | dw equals db
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: wrong-partial-of-z | weight times its input
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k] * ws[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: wrong-partial-of-z | bias times itself
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz * bs[k]
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: upstream-missing | every db is one
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = 1.0
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: bias-missing-forward | no bias
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: forward-activation-wrong | tanh forward
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(np.tanh(z[-1]))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: none | links are added
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(a[-1] * w + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) + a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k], dbs[k] = dz + a[k], dz
        dz = dz + ws[k] + a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: swapped-returns | biases first
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dbs, dws

# %% chain_grads: swapped-returns / none | last unit first
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws[::-1], dbs[::-1]

# %% chain_grads: wrong-container | a dict
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return {"dws": dws, "dbs": dbs}

# %% chain_grads: wrong-container | lists
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return list(dws), list(dbs)

# %% chain_grads: wrong-container | pairs, one for each unit
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return np.array([dws, dbs]).T

# %% chain_grads: wrong-container | weights only
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws

# %% chain_grads: right-values-wrong-shape | columns
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws.reshape(-1, 1), dbs.reshape(-1, 1)

# %% chain_grads: decimals-lost | zeros like the weights, which may be integers
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros_like(ws), np.zeros_like(bs)
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% chain_grads: wrong-container / off-by-one | the first unit is left out
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws[1:], dbs[1:]

# %% chain_grads: input-modified | steps at the end
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - y) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    ws -= 0.1 * dws
    return dws, dbs

# %% chain_grads: shapes-do-not-fit / tied-to-visible-data / off-by-one | three units only
def chain_grads(x, y, ws, bs):
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    w1, w2, w3 = ws
    b1, b2, b3 = bs
    a1 = sigmoid(w1 * x + b1)
    a2 = sigmoid(w2 * a1 + b2)
    a3 = sigmoid(w3 * a2 + b3)
    dz3 = (a3 - y) * a3 * (1 - a3)
    dz2 = dz3 * w3 * a2 * (1 - a2)
    dz1 = dz2 * w2 * a1 * (1 - a1)
    return np.array([dz1 * x, dz2 * a1, dz3 * a2]), np.array([dz1, dz2, dz3])

# %% chain_grads: numeric-not-derived | both sides nudged
def chain_grads(x, y, ws, bs, h=1e-4):
    def L(ws, bs):
        a = x
        for w, b in zip(ws, bs):
            a = 1 / (1 + np.exp(-(a * w + b)))
        return (a - y) ** 2 / 2
    nudges = h * np.eye(len(ws))
    dws = np.array([(L(ws + n, bs) - L(ws - n, bs)) / (2 * h) for n in nudges])
    dbs = np.array([(L(ws, bs + n) - L(ws, bs - n)) / (2 * h) for n in nudges])
    return dws, dbs

# %% chain_grads: notebook-variable-used | a variable of the notebook
def chain_grads(x, y, ws, bs):
    a, z = [x], []
    for w, b in zip(ws, bs):
        z.append(a[-1] * w + b)
        a.append(1 / (1 + np.exp(-z[-1])))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    dz = (a[-1] - target) * a[-1] * (1 - a[-1])
    for k in reversed(range(len(ws))):
        dws[k] = dz * a[k]
        dbs[k] = dz
        if k > 0:
            dz = dz * ws[k] * a[k] * (1 - a[k])
    return dws, dbs

# %% deep_forward: bias-missing-forward | no bias
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W
        A.append(1 / (1 + np.exp(-Z)))
    return A

# %% deep_forward: off-by-one / wrong-container | X is left out
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return A[1:]

# %% deep_forward: wrong-container | the last activation alone
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return A[-1]

# %% deep_forward: wrong-container | a dict
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return {f"A{k}": v for k, v in enumerate(A)}

# %% deep_forward: wrong-container | weighted sums in between
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A += [1 / (1 + np.exp(-Z)), Z]
    return A

# %% deep_forward: forward-activation-wrong | ReLU
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(np.maximum(Z, 0))
    return A

# %% deep_forward: forward-activation-wrong | tanh
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(np.tanh(Z))
    return A

# %% deep_forward: forward-activation-wrong | no activation
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(Z)
    return A

# %% deep_forward: forward-activation-wrong | plus in the exponent
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(Z)))
    return A

# %% deep_forward: forward-activation-wrong / z-for-a | the last layer has no sigmoid
def deep_forward(X, Ws, bs):
    A = [X]
    for k, (W, b) in enumerate(zip(Ws, bs)):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(-Z)) if k < len(Ws) - 1 else Z)
    return A

# %% deep_forward: none / shapes-do-not-fit | X into every layer
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = X @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return A

# %% deep_forward: swapped-returns / none / wrong-container | last layer first
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return A[::-1]

# %% deep_forward: sigmoid-applied-twice | sigmoid once more on the way in
def deep_forward(X, Ws, bs):
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    A = [X]
    for k, (W, b) in enumerate(zip(Ws, bs)):
        A.append(sigmoid((sigmoid(A[-1]) if k else A[-1]) @ W + b))
    return A

# %% deep_forward: z-for-a | z goes on to the next layer
def deep_forward(X, Ws, bs):
    A, Z = [X], X
    for W, b in zip(Ws, bs):
        Z = Z @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return A

# %% deep_forward: shapes-do-not-fit | W times A
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = W @ A[-1] + b
        A.append(1 / (1 + np.exp(-Z)))
    return A

# %% deep_forward: decimals-lost | rounded
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        Z = A[-1] @ W + b
        A.append(np.round(1 / (1 + np.exp(-Z))))
    return A

# %% deep_forward: off-by-one / wrong-container | one layer too few
def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws[:-1], bs[:-1]):
        Z = A[-1] @ W + b
        A.append(1 / (1 + np.exp(-Z)))
    return A

# %% deep_forward: tied-to-visible-data / off-by-one / shapes-do-not-fit | three layers only
def deep_forward(X, Ws, bs):
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    A1 = sigmoid(X @ Ws[0] + bs[0])
    A2 = sigmoid(A1 @ Ws[1] + bs[1])
    A3 = sigmoid(A2 @ Ws[2] + bs[2])
    return [X, A1, A2, A3]

# %% deep_forward: input-modified | takes the list of weights apart
def deep_forward(X, Ws, bs):
    A = [X]
    while Ws:
        A.append(1 / (1 + np.exp(-(A[-1] @ Ws.pop(0) + bs.pop(0)))))
    return A

# %% deep_forward: input-modified | keeps its list from call to call
def deep_forward(X, Ws, bs, A=[]):
    A[:] = [X]
    A.extend([None] * len(Ws))
    bs[0][:] = bs[0] + 0.5
    for k in range(len(Ws)):
        A[k + 1] = 1 / (1 + np.exp(-(A[k] @ Ws[k] + bs[k] - 0.5 * (k == 0))))
    return list(A)

# %% delta_back: hidden-slope-missing | no slope
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T

# %% delta_back: w2-missing | no weights
def delta_back(dZ_next, W_next, A):
    return dZ_next.sum(axis=1, keepdims=True) * A * (1 - A)

# %% delta_back: sign-flipped | minus
def delta_back(dZ_next, W_next, A):
    return -(dZ_next @ W_next.T) * A * (1 - A)

# %% delta_back: sign-flipped | a(a - 1)
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * A * (A - 1)

# %% delta_back: averaged-twice | divided by the rows once more
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * A * (1 - A) / len(A)

# %% delta_back: factor-two | twice
def delta_back(dZ_next, W_next, A):
    return 2 * (dZ_next @ W_next.T) * A * (1 - A)

# %% delta_back: half-kept | half
def delta_back(dZ_next, W_next, A):
    return 0.5 * (dZ_next @ W_next.T) * A * (1 - A)

# %% delta_back: w2-not-transposed / shapes-do-not-fit | no transpose
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next * A * (1 - A)

# %% delta_back: shapes-do-not-fit / w2-not-transposed | weights first
def delta_back(dZ_next, W_next, A):
    return W_next.T @ dZ_next * A * (1 - A)

# %% delta_back: value-not-slope | activation for slope
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * A

# %% delta_back: wrong-slope | one minus a
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * (1 - A)

# %% delta_back: wrong-slope | tanh
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * (1 - A ** 2)

# %% delta_back: wrong-slope | a quarter
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * 0.25

# %% delta_back: wrong-slope | ReLU
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * (A > 0.5)

# %% delta_back: sigmoid-applied-twice | sigmoid of A
def delta_back(dZ_next, W_next, A):
    s = 1 / (1 + np.exp(-A))
    return dZ_next @ W_next.T * s * (1 - s)

# %% delta_back: deriv-given-z | a logarithm gives z, and z(1 - z)
def delta_back(dZ_next, W_next, A):
    z = np.log(A / (1 - A))
    return dZ_next @ W_next.T * z * (1 - z)

# %% delta_back: w2-missing / residual-missing / upstream-missing | slope alone
def delta_back(dZ_next, W_next, A):
    return A * (1 - A)

# %% delta_back: gradient-transposed / right-values-wrong-shape | lying on its side
def delta_back(dZ_next, W_next, A):
    return (dZ_next @ W_next.T * A * (1 - A)).T

# %% delta_back: wrong-container | a list
def delta_back(dZ_next, W_next, A):
    return [dZ_next @ W_next.T * A * (1 - A)]

# %% delta_back: none / value-not-slope | slope of the sum: A(1 - A) inside the product
def delta_back(dZ_next, W_next, A):
    return (dZ_next @ (W_next ** 2).T) * A * (1 - A)

# %% delta_back: sign-flipped | absolute weights
def delta_back(dZ_next, W_next, A):
    return dZ_next @ np.abs(W_next).T * A * (1 - A)

# %% delta_back: input-modified | in place
def delta_back(dZ_next, W_next, A):
    A *= 1 - A
    return dZ_next @ W_next.T * A

# %% delta_back: none / examples-not-summed / summed-over-too-much | one row for all examples
def delta_back(dZ_next, W_next, A):
    return np.sum(dZ_next @ W_next.T * A * (1 - A), axis=0, keepdims=True)

# %% delta_back: notebook-variable-used | X of the notebook
def delta_back(dZ_next, W_next, A):
    return dZ_next @ W_next.T * A * (1 - A) / len(X)

# %% deep_sigmoid_grads: sign-flipped | Y minus A
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (Y - A[-1]) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: sum-not-mean | no 1/m
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: averaged-twice | in the delta and in every line
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ / m
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: factor-two | two in front
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = 2 / m * (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: half-kept | half in front
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dA = 0.5 * (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * A[l + 1] * (1 - A[l + 1])
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: output-slope-missing / other-loss | delta of cross-entropy
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: hidden-slope-missing | no slope in the loop
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: hidden-slope-missing | the first layer alone has no slope
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dA = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * A[l + 1] * (1 - A[l + 1]) if l > 0 else dA
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: w2-missing | sum of the next deltas, weights left out
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ.sum(axis=1, keepdims=True) * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: w2-not-transposed | no .T
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l] * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: deriv-given-z | z in the rule for a, hidden layers
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * Z[l - 1] * (1 - Z[l - 1])
    return grads

# %% deep_sigmoid_grads: sigmoid-applied-twice | slope of a function of z, fed with A
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    def slope(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    dA = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * slope(A[l + 1])
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: wrong-slope | tanh in the hidden layers
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * (1 - A[l] ** 2)
    return grads

# %% deep_sigmoid_grads: wrong-slope | a quarter at every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dA = (A[-1] - Y) / m
    for l in reversed(range(len(Ws))):
        dZ = dA * 0.25
        grads[l] = A[l].T @ dZ
        dA = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: value-not-slope | activations for slopes in the hidden layers
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l]
    return grads

# %% deep_sigmoid_grads: z-for-a | z of the layer below in the gradient
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        below = Z[l - 1] if l > 0 else X
        grads[l] = below.T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: wrong-layer-input | the activation of the layer itself
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l + 1].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: wrong-layer-input | X at every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = X.T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: other-layer-used | the output's slope in every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    s = A[-1] * (1 - A[-1])
    dZ = (A[-1] - Y) / m * s
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T * s
    return grads

# %% deep_sigmoid_grads: gradient-transposed | all on their side
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = dZ.T @ A[l]
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: swapped-returns | last layer first
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    out = []
    for l in reversed(range(len(Ws))):
        out.append(A[l].T @ dZ)
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return out

# %% deep_sigmoid_grads: wrong-container | a dict
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return {"dW%d" % (l + 1): g for l, g in enumerate(grads)}

# %% deep_sigmoid_grads: wrong-container | weights and biases
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dbs = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dbs[l] = dZ.sum(axis=0, keepdims=True)
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads, dbs

# %% deep_sigmoid_grads: off-by-one / wrong-container / parameter-left-out | the loop ends before the first layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    out = []
    for l in range(len(Ws) - 1, 0, -1):
        out.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return out

# %% deep_sigmoid_grads: residual-sign-lost | absolute difference
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = np.abs(A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: residual-missing | starts with the slope
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = A[-1] * (1 - A[-1]) / m
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: input-modified | weights stepped at the end
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    for W, dW in zip(Ws, grads):
        W -= dW
    return grads

# %% deep_sigmoid_grads: input-modified | takes the list of weights apart
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    l = len(Ws) - 1
    while Ws:
        W = Ws.pop()
        grads[l] = A[l].T @ dZ
        dZ = dZ @ W.T * A[l] * (1 - A[l])
        l -= 1
    return grads

# %% deep_sigmoid_grads: measured-elsewhere | each W stepped (a copy) before it sends back
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        W = Ws[l] - 0.5 * grads[l]
        if l > 0:
            dZ = dZ @ W.T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: layer-input-missing | ones below every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = np.ones_like(A[l], dtype=float).T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: extra-output-slope | slope squared at the output
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) / m * (A[-1] * (1 - A[-1])) ** 2
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        if l > 0:
            dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: sum-not-mean + hidden-slope-missing | neither mean nor hidden slopes
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(Ws))):
        grads[l] = A[l].T @ dZ
        dZ = dZ @ Ws[l].T
    return grads

# %% deep_sigmoid_grads: sign-flipped + swapped-returns | uphill, last layer first
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = X.shape[0]
    A, Z = [X], []
    for W, b in zip(Ws, bs):
        Z.append(A[-1] @ W + b)
        A.append(1 / (1 + np.exp(-Z[-1])))
    grads = [None] * len(Ws)
    dZ = (Y - A[-1]) / m * A[-1] * (1 - A[-1])
    out = []
    for l in reversed(range(len(Ws))):
        out += [A[l].T @ dZ]
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return out

# %% deep_sigmoid_grads: bias-missing-forward | biases never added
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W in Ws:
        A.append(1 / (1 + np.exp(-(A[-1] @ W))))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: forward-activation-wrong | ReLU in the hidden layers forward
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for l, (W, b) in enumerate(zip(Ws, bs)):
        Z = A[-1] @ W + b
        A.append(np.maximum(0, Z) if l < len(Ws) - 1 else 1 / (1 + np.exp(-Z)))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: tied-to-visible-data | three layers typed in
def deep_sigmoid_grads(X, Y, Ws, bs):
    s = lambda z: 1 / (1 + np.exp(-z))
    W1, W2, W3 = Ws
    b1, b2, b3 = bs
    A1 = s(X @ W1 + b1)
    A2 = s(A1 @ W2 + b2)
    A3 = s(A2 @ W3 + b3)
    d3 = (A3 - Y) * A3 * (1 - A3) / len(X)
    d2 = d3 @ W3.T * A2 * (1 - A2)
    d1 = d2 @ W2.T * A1 * (1 - A1)
    return [X.T @ d1, A1.T @ d2, A2.T @ d3]

# %% deep_sigmoid_grads: shapes-do-not-fit | A not transposed
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l] @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: numeric-not-derived | differences
def deep_sigmoid_grads(X, Y, Ws, bs):
    Ws = [np.array(W, dtype=float) for W in Ws]
    def J():
        A = X
        for W, b in zip(Ws, bs):
            A = 1 / (1 + np.exp(-(A @ W + b)))
        return np.mean(0.5 * (A - Y) ** 2)
    out = []
    for W in Ws:
        g = np.zeros(W.shape)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                w = W[i, j]
                W[i, j] = w + 1e-5
                up = J()
                W[i, j] = w - 1e-5
                down = J()
                W[i, j] = w
                g[i, j] = (up - down) / 2e-5
        out.append(g)
    return out

# %% deep_sigmoid_grads: examples-left-out | first example only, over m
def deep_sigmoid_grads(X, Y, Ws, bs):
    m = len(X)
    A = [X[:1]]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y[:1]) / m * A[-1] * (1 - A[-1])
    grads = []
    for l in reversed(range(len(Ws))):
        grads.insert(0, A[l].T @ dZ)
        dZ = dZ @ Ws[l].T * A[l] * (1 - A[l])
    return grads

# %% deep_sigmoid_grads: none | stops for one layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    d = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(X)
    out = [A[-2].T @ d]
    d = d @ Ws[-1].T * A[-2] * (1 - A[-2])
    out.insert(0, A[-3].T @ d)
    for k in range(len(Ws) - 3, -1, -1):
        d = d @ Ws[k + 1].T * A[k + 1] * (1 - A[k + 1])
        out.insert(0, A[k].T @ d)
    return out

# %% deep_sigmoid_grads: shapes-do-not-fit | slope of the layer after
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    d = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(X)
    out = [A[-2].T @ d]
    for k in range(len(Ws) - 1, 0, -1):
        d = d @ Ws[k].T * A[k + 1] * (1 - A[k + 1])
        out.insert(0, A[k - 1].T @ d)
    return out

# %% deep_sigmoid_grads: not-the-delta | the labels walk back
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    d = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(X)
    out = [A[-2].T @ d]
    for k in range(len(Ws) - 1, 0, -1):
        d = (Y if k == len(Ws) - 1 else d) @ Ws[k].T * A[k] * (1 - A[k])
        out.insert(0, A[k - 1].T @ d)
    return out

# %% deep_sigmoid_grads: other-layer-used | the slope of the layer behind, where widths agree
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y) / len(X) * A[-1] * (1 - A[-1])
    grads = [None] * len(Ws)
    for k in reversed(range(len(Ws))):
        grads[k] = A[k].T @ dZ
        slope = A[-1] * (1 - A[-1])
        dZ = dZ @ Ws[k].T * slope
    return grads

# %% deep_sigmoid_grads: output-slope-missing + hidden-slope-missing | no slope anywhere
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    dZ = (A[-1] - Y) / len(X)
    grads = []
    for k in reversed(range(len(Ws))):
        grads.insert(0, A[k].T @ dZ)
        dZ = dZ @ Ws[k].T
    return grads

# %% init_weights: variance-wrong | variance where the root belongs
def init_weights(widths, rng):
    return [rng.normal(0, 2 / n, (n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | one over n
def init_weights(widths, rng):
    return [rng.normal(size=(n, k)) / np.sqrt(n) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | width of the units
def init_weights(widths, rng):
    return [rng.normal(size=(n, k)) * np.sqrt(2 / k) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | both widths
def init_weights(widths, rng):
    return [rng.normal(size=(n, k)) * np.sqrt(2 / (n + k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | standard normal
def init_weights(widths, rng):
    return [rng.normal(size=(n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | a small number
def init_weights(widths, rng):
    return [0.01 * rng.normal(size=(n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | multiplied by the variance
def init_weights(widths, rng):
    return [rng.normal(size=(n, k)) * (2 / n) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | uniform up to the root
def init_weights(widths, rng):
    return [rng.uniform(-np.sqrt(2 / n), np.sqrt(2 / n), (n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | divided by the root of half of it: 4 over n
def init_weights(widths, rng):
    return [rng.normal(size=(n, k)) * 2 / np.sqrt(n) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: mean-not-zero + variance-wrong | from 0 to 1
def init_weights(widths, rng):
    return [rng.random((n, k)) * np.sqrt(2 / n) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: mean-not-zero + variance-wrong | absolute values
def init_weights(widths, rng):
    return [np.abs(rng.normal(0, np.sqrt(2 / n), (n, k))) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: own-randomness | numpy's own generator
def init_weights(widths, rng):
    return [np.random.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: own-randomness | a generator of its own with a seed
def init_weights(widths, rng):
    rng = np.random.default_rng(0)
    return [rng.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: own-randomness | a new generator without a seed
def init_weights(widths, rng):
    rng = np.random.default_rng()
    return [rng.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: right-values-wrong-shape / wrong-container | lying on their side
def init_weights(widths, rng):
    return [rng.normal(0, np.sqrt(2 / n), (k, n)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: wrong-container | a dict
def init_weights(widths, rng):
    return {f"W{i + 1}": rng.normal(0, np.sqrt(2 / n), (n, k)) for i, (n, k) in enumerate(zip(widths, widths[1:]))}

# %% init_weights: off-by-one / wrong-container | one layer too few
def init_weights(widths, rng):
    return [rng.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths[:-2], widths[1:-1])]

# %% init_weights: wrong-container | a W for every width
def init_weights(widths, rng):
    return [rng.normal(0, np.sqrt(2 / n), (n, n)) for n in widths]

# %% init_weights: wrong-container | weights and biases
def init_weights(widths, rng):
    Ws = [rng.normal(0, np.sqrt(2 / n), (n, k)) for n, k in zip(widths, widths[1:])]
    return Ws, [np.zeros((1, k)) for k in widths[1:]]

# %% init_weights: entries-repeated | one column, repeated
def init_weights(widths, rng):
    return [np.repeat(rng.normal(0, np.sqrt(2 / n), (n, 1)), k, axis=1) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: entries-repeated | the generator is set back for every layer
def init_weights(widths, rng):
    state = rng.bit_generator.state
    Ws = []
    for n, k in zip(widths, widths[1:]):
        rng.bit_generator.state = state
        Ws.append(rng.normal(0, np.sqrt(2 / n), (n, k)))
    return Ws

# %% init_weights: variance-wrong | zeros
def init_weights(widths, rng):
    return [np.zeros((n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong | the first width for all layers
def init_weights(widths, rng):
    return [rng.normal(0, np.sqrt(2 / widths[0]), (n, k)) for n, k in zip(widths[:-1], widths[1:])]

# %% init_weights: input-modified | takes the list of widths apart
def init_weights(widths, rng):
    Ws = []
    while len(widths) > 1:
        n = widths.pop(0)
        Ws.append(rng.normal(0, np.sqrt(2 / n), (n, widths[0])))
    return Ws

# %% init_weights: wrong-container | vectors instead of matrices
def init_weights(widths, rng):
    return [rng.normal(0, np.sqrt(2 / n), n * k).reshape(n, k)[0] for n, k in zip(widths[:-1], widths[1:])]

# %% chain_grads: slope-not-carried-on | each slope enters its own unit only
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    d = a[-1] - y
    for k in reversed(range(len(ws))):
        dz = d * a[k + 1] * (1 - a[k + 1])
        dbs[k] = dz
        dws[k] = dz * a[k]
        d = d * ws[k]
    return dws, dbs

# %% chain_grads: other-layer-used | every unit gets the slope of the unit in front
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    d = a[-1] - y
    for k in reversed(range(len(ws))):
        dz = d * a[k] * (1 - a[k])
        dbs[k] = dz
        dws[k] = dz * a[k]
        d = dz * ws[k]
    return dws, dbs

# %% chain_grads: other-layer-used | the first weight in every step
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    d = a[-1] - y
    for k in reversed(range(len(ws))):
        dz = d * a[k + 1] * (1 - a[k + 1])
        dbs[k] = dz
        dws[k] = dz * a[k]
        d = dz * ws[0]
    return dws, dbs

# %% chain_grads: none | the miss arrives at every unit as it is
def chain_grads(x, y, ws, bs):
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    d = a[-1] - y
    for k in reversed(range(len(ws))):
        dz = d * a[k + 1] * (1 - a[k + 1])
        dbs[k] = dz
        dws[k] = dz * a[k]
    return dws, dbs

# %% deep_sigmoid_grads: slope-not-carried-on | each slope enters its own layer only
def deep_sigmoid_grads(X, Y, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    grads = [None] * len(Ws)
    dA = (A[-1] - Y) / len(X)
    for k in reversed(range(len(Ws))):
        grads[k] = A[k].T @ (dA * A[k + 1] * (1 - A[k + 1]))
        dA = dA @ Ws[k].T
    return grads

# %% deep_sigmoid_grads: averaged-twice | the step back is divided by m once more in every layer
def deep_sigmoid_grads(X, Y, Ws, bs):
    """Return [dW1, ..., dWK], the gradients of J."""
    sig = lambda z: 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))
    m, K = X.shape[0], len(Ws)
    A = [X]
    for k in range(K):
        A.append(sig(A[k] @ Ws[k] + bs[k]))
    grads = [None] * K
    dZ = (A[K] - Y) * A[K] * (1 - A[K])
    for k in range(K - 1, -1, -1):
        grads[k] = A[k].T @ dZ / m
        dZ = dZ @ Ws[k].T * A[k] * (1 - A[k]) / m
    return grads

# %% delta_back: summed-over-too-much | sum of the deltas times sum of the weights
def delta_back(dZ_next, W_next, A):
    """Return the delta of the sigmoid layer that put out A."""
    arriving = dZ_next.sum(axis=1, keepdims=True)   # (m, 1)
    paths = W_next.sum(axis=1)                      # (h,)
    return arriving * paths * A * (1 - A)


# %% chain_grads: wrong-layer-input | inputs one layer early
def chain_grads(x, y, ws, bs):
    """Return the slopes of L for all weights and all biases."""
    a = [x]
    for w, b in zip(ws, bs):
        a.append(1 / (1 + np.exp(-(w * a[-1] + b))))
    dws, dbs = np.zeros(len(ws)), np.zeros(len(bs))
    K = len(ws)
    delta = (a[K] - y) * a[K] * (1 - a[K])
    for k in range(K - 1, -1, -1):
        dws[k] = delta * a[k - 1]
        dbs[k] = delta
        if k > 0:
            delta = delta * ws[k] * a[k] * (1 - a[k])
    return dws, dbs


# %% delta_back: w2-not-transposed | weights reshaped
def delta_back(dZ_next, W_next, A):
    """Return dZ of the layer whose activations are A."""
    rows, columns = W_next.shape
    return dZ_next @ W_next.reshape(columns, rows) * A * (1 - A)


# %% deep_sigmoid_grads: examples-not-summed | np.outer of several rows
def deep_sigmoid_grads(X, Y, Ws, bs):
    """Return [dW1, ..., dWK], the gradients of J."""
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(1 / (1 + np.exp(-(A[-1] @ W + b))))
    K = len(Ws)
    out = A[-1]
    m = len(X)
    dZ = (out - Y) * out * (1 - out) / m
    dWs = []
    for k in range(K - 1, -1, -1):

        dW = np.outer(A[k], dZ)
        dWs.append(dW)
        if k > 0:
            dZ = dZ @ Ws[k].T * A[k] * (1 - A[k])
    dWs.reverse()

    return dWs

# %% deep_forward: wrong-container | written with yield, so what comes back can be read once and not indexed
def deep_forward(X, Ws, bs):
    A = np.asarray(X, dtype=float)
    yield A
    for W, b in zip(Ws, bs):
        A = 1 / (1 + np.exp(-(A @ W + b)))
        yield A


# %% deep_forward: sigmoid-applied-twice | the list gets sigmoid(a), where a is an activation already
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    """Return X and the outputs of every layer, in order."""
    outs = [X]
    now = X
    for W, b in zip(Ws, bs):
        now = sigmoid(now @ W + b)
        outs.append(sigmoid(now))
    return outs

# %% deep_sigmoid_grads: not-the-delta | the layer's output walks back in place of its delta
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    return A


def delta_back(dZ_next, W_next, A):
    return (dZ_next @ W_next.T) * A * (1.0 - A)


def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)
    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1]) / len(Y)
    grads = [A[-2].T @ dZ]
    for k in range(len(Ws) - 1, 0, -1):
        dZ = delta_back(A[k + 1], Ws[k], A[k])
        grads = [A[k - 1].T @ dZ] + grads
    return grads

# %% deep_sigmoid_grads: sum-not-mean + swapped-returns | no 1/m, and the list begins with the last layer
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    return A


def delta_back(dZ_next, W_next, A):
    return (dZ_next @ W_next.T) * A * (1.0 - A)


def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)
    out = A.pop()
    dZ = (out - Y) * out * (1 - out)
    found = []
    for W, received in zip(Ws[::-1], A[::-1]):
        found.append(received.T @ dZ)
        dZ = delta_back(dZ, W, received)
    return found

# %% init_weights: own-randomness + variance-wrong | 0.01 and numpy's generator
def init_weights(widths, rng):
    return [np.random.randn(a, b) * 0.01 for a, b in zip(widths[:-1], widths[1:])]

# %% init_weights: variance-wrong + own-randomness | seed
def init_weights(widths, rng):
    rng = np.random.default_rng(0)
    return [rng.normal(size=(a, b)) / np.sqrt(a) for a, b in zip(widths[:-1], widths[1:])]


# %% chain_grads: not-finite | dbs is obtained from dws by dividing by what came in: nan where x is 0 (special inputs)
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def chain_forward(x, ws, bs):
    """Return x and the output of every unit, in order."""
    a = [x]
    for w, b in zip(ws, bs, strict=True):
        a.append(sigmoid(w * a[-1] + b))
    return a


def chain_grads(x, y, ws, bs):
    a = np.array(chain_forward(x, ws, bs), dtype=float)
    s = a[1:] * (1 - a[1:])
    dws = np.array([(a[-1] - y) * np.prod(s[k:]) * np.prod(ws[k + 1:]) * a[k]
                    for k in range(len(ws))])
    dbs = dws / a[:-1]
    return dws, dbs


# %% delta_back: mean-taken-too-early | one slope for each unit, from its output averaged over the rows
def delta_back(dZ_next, W_next, A):
    typical = np.mean(A, axis=0, keepdims=True)
    return dZ_next @ W_next.T * (typical * (1 - typical))


# %% delta_back: divided-by-wrong-count | the paths are averaged by np.mean: too small by the number of units of the next layer
def delta_back(dZ_next, W_next, A):
    paths = dZ_next[:, None, :] * W_next[None, :, :]
    return paths.mean(axis=2) * A * (1 - A)


# %% deep_sigmoid_grads: summed-over-too-much | einsum that adds up the inputs too, then fills every row with that
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    """Return X and the outputs of every layer, in order."""
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    return A


def delta_back(dZ_next, W_next, A):
    """Return the delta of the sigmoid layer that put out A."""
    return dZ_next @ W_next.T * A * (1.0 - A)


def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)
    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1]) / X.shape[0]
    out = [np.zeros(W.shape) for W in Ws]
    for k in range(len(Ws) - 1, -1, -1):
        out[k] += np.einsum("mi,mu->u", A[k], dZ)
        dZ = delta_back(dZ, Ws[k], A[k])
    return out


# %% deep_sigmoid_grads: not-the-delta | the activations of the next layer walk back; the last layer is right
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    """Return X and the outputs of every layer, in order."""
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    return A


def delta_back(dZ_next, W_next, A):
    """Return the delta of the sigmoid layer that put out A."""
    return dZ_next @ W_next.T * A * (1.0 - A)


def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)
    m, K = len(X), len(Ws)
    deltas = [delta_back(A[k + 2], Ws[k + 1], A[k + 1]) / m for k in range(K - 1)]
    deltas.append((A[K] - Y) * A[K] * (1 - A[K]) / m)
    return [A[k].T @ deltas[k] for k in range(K)]


# %% chain_grads: wrong-layer-input | deltas run back to front, the inputs front to back: dw_k takes the input of unit K + 1 - k
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def chain_forward(x, ws, bs):
    """Return x and the output of every unit, in order."""
    a = [x]
    for w, b in zip(ws, bs, strict=True):
        a.append(sigmoid(w * a[-1] + b))
    return a


def chain_grads(x, y, ws, bs):
    a = chain_forward(x, ws, bs)
    back, d = [], a[-1] - y
    for k in range(1, len(a)):
        d *= a[-k] * (1 - a[-k])
        back.append(d)
        d = d * ws[-k]
    dws = [delta * inp for delta, inp in zip(back, a)]
    return np.array(dws[::-1]), np.array(back[::-1])


# %% deep_forward: off-by-one | recursion over the first layer whose result does not contain X: K entries instead of K + 1
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    if len(Ws) == 0:
        return []
    first = sigmoid(np.dot(X, Ws[0]) + bs[0])
    return [first, *deep_forward(first, Ws[1:], bs[1:])]


# %% delta_back: other-layer-used / wrong-slope | the slope is that of the next layer's output (computed from A @ W_next), before going through the weights
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def delta_back(dZ_next, W_next, A):
    A_next = sigmoid(A @ W_next)
    slope = A_next * (1 - A_next)
    return np.matmul(slope * dZ_next, np.transpose(W_next))


# %% deep_sigmoid_grads: divided-by-wrong-count | len of the transposed input: each layer is divided by its number of inputs instead of the examples
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    return A


def delta_back(dZ_next, W_next, A):
    return (dZ_next @ W_next.T) * A * (1 - A)


def deep_sigmoid_grads(X, Y, Ws, bs):
    A = deep_forward(X, Ws, bs)

    def gradient(inputs, dZ):
        return inputs @ dZ / len(inputs)

    dZ = (A[-1] - Y) * A[-1] * (1 - A[-1])
    dWs = [gradient(A[-2].T, dZ)]
    for W, A_out, A_in in zip(Ws[:0:-1], A[-2:0:-1], A[-3::-1]):
        dZ = delta_back(dZ, W, A_out)
        dWs.insert(0, gradient(A_in.T, dZ))
    return dWs


# %% deep_sigmoid_grads: gradient-transposed + swapped-returns | delta first, then the input, and the list stays in the order of the way back
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def deep_forward(X, Ws, bs):
    A = [X]
    for W, b in zip(Ws, bs):
        A.append(sigmoid(A[-1] @ W + b))
    return A


def delta_back(dZ_next, W_next, A):
    return (dZ_next @ W_next.T) * A * (1 - A)


def deep_sigmoid_grads(X, Y, Ws, bs):
    stack = list(zip(deep_forward(X, Ws, bs), Ws))
    out = sigmoid(stack[-1][0] @ stack[-1][1] + bs[-1])
    dZ = (out - Y) * out * (1 - out) / len(X)
    found = []
    while stack:
        A, W = stack.pop()
        found += [dZ.T @ A]
        dZ = delta_back(dZ, W, A)
    return found


# %% delta_back: other-layer-used | the slope of the next layer's units (their outputs without bias) instead of this layer's
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def delta_back(dZ_next, W_next, A):
    following = sigmoid(A @ W_next)
    return (dZ_next * following * (1 - following)) @ W_next.T


# %% init_weights: off-by-one | hidden layers only: the last W is not in the list
def init_weights(widths, rng):
    inputs, *hidden, _ = widths
    Ws = []
    for units in hidden:
        Ws.append(rng.normal(size=(inputs, units)) * np.sqrt(2 / inputs))
        inputs = units
    return Ws


# %% chain_grads: bias-missing-forward + swapped-returns | own loop forward without b; dbs handed back first
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500.0, 500.0)))


def chain_grads(x, y, ws, bs):
    acts = [x]
    for w in ws:
        acts.append(sigmoid(w * acts[-1]))
    dws, dbs = [], []
    g = acts.pop() - y
    out = g + y
    for w in ws[::-1]:
        g = g * out * (1 - out)
        out = acts.pop()
        dws.insert(0, g * out)
        dbs.insert(0, g)
        g = g * w
    return np.array(dbs), np.array(dws)


# %% init_weights: mean-not-zero + variance-wrong | uniform between 0 and the root of 6 / n: a quarter of the variance
def init_weights(widths, rng):
    return [rng.uniform(0.0, np.sqrt(6 / n), size=(n, units))
            for n, units in zip(widths, widths[1:])]


# %% init_weights: off-by-one | range starts at 1 for the inputs of a layer: the first W is not there
def init_weights(widths, rng):
    return [rng.standard_normal((widths[i], widths[i + 1])) * (2 / widths[i]) ** 0.5 for i in range(1, len(widths) - 1)]


# %% init_weights: off-by-one | a last W from the outputs to one more unit
def init_weights(widths, rng):
    out = []
    for n, k in zip(widths, [*widths[1:], 1]):
        out.append(rng.normal(0.0, np.sqrt(2.0 / n), (n, k)))
    return out


# %% init_weights: off-by-one + variance-wrong | the last W is missing, and the variance is 1 / n
def init_weights(widths, rng):
    Ws = []
    for i in range(len(widths) - 2):
        Ws.append(rng.normal(size=(widths[i], widths[i + 1])) / np.sqrt(widths[i]))
    return Ws


# %% init_weights: mean-not-zero + variance-wrong | uniform from 0, with a spread that is right about 0
def init_weights(widths, rng):
    return [rng.random((a, b)) * np.sqrt(6.0 / a) for a, b in zip(widths[:-1], widths[1:])]


# %% init_weights: mean-not-zero + variance-wrong | absolute values of numbers with the right variance
def init_weights(widths, rng):
    Ws = []
    for a, b in zip(widths[:-1], widths[1:]):
        Ws.append(abs(rng.normal(scale=np.sqrt(2.0 / a), size=(a, b))))
    return Ws


# %% init_weights: mean-not-zero | shifted by one spread, variance right
def init_weights(widths, rng):
    return [rng.normal(np.sqrt(2 / a), np.sqrt(2 / a), (a, b)) for a, b in zip(widths[:-1], widths[1:])]


# %% delta_back: wrong-slope | a minus sign typed for the product: a - (1 - a)
def delta_back(dZ_next, W_next, A):
    """Return the delta of the sigmoid layer that put out A."""
    def dsigmoid(a):
        return a - (1 - a)

    return np.dot(dZ_next, W_next.T) * dsigmoid(A)
