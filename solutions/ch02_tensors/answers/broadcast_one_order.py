"""Expects the longer shape first.

exercise: broadcast_add
fails: test_broadcast_add, hidden_broadcast_add
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    if x.shape[: x.ndim - y.ndim] + y.shape != x.shape:
        raise ValueError
    return x + y
