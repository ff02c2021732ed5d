"""One function never comes back; everything else is right."""

EXPECTED = {"numeric_grad": ("timeout", 0)}


# %% numeric_grad
def numeric_grad(f, p, h=1e-4):
    j = 0
    while j < p.size:
        f(p)
    return p
