"""Takes shape[-0:] for the empty tail, so it refuses single numbers.

exercise: broadcast_add
fails: test_broadcast_add, hidden_broadcast_add
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    if x.ndim < y.ndim:
        x, y = y, x
    if x.shape[-y.ndim :] != y.shape:
        raise ValueError
    return x + y
