"""Adds into the longer array.

exercise: broadcast_add
fails: test_broadcast_add_shapes, hidden_broadcast_add_shapes
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    if x.ndim < y.ndim:
        x, y = y, x
    front = x.shape[: x.ndim - y.ndim]
    if front + y.shape != x.shape:
        raise ValueError("shapes")
    x += y
    return x
