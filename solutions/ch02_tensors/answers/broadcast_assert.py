"""Refuses with an AssertionError.

exercise: broadcast_add
fails: test_broadcast_add_shapes, hidden_broadcast_add_shapes
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    if x.ndim < y.ndim:
        x, y = y, x
    assert x.shape[: x.ndim - y.ndim] + y.shape == x.shape
    return x + y
