"""Repeats every number of the smaller array, so that columns get it and not rows.

exercise: broadcast_add
fails: test_broadcast_add, hidden_broadcast_add, hidden_broadcast_add_shapes
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    if x.ndim < y.ndim:
        x, y = y, x
    front = x.shape[: x.ndim - y.ndim]
    if front + y.shape != x.shape:
        raise ValueError("shapes")
    return x + np.repeat(y, x.size // y.size).reshape(x.shape)
