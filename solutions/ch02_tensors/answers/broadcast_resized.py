"""Fills the shape up with whatever there is, and refuses nothing.

exercise: broadcast_add
fails: test_broadcast_add_shapes, hidden_broadcast_add_shapes
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    if x.ndim < y.ndim:
        x, y = y, x
    return x + np.resize(y, x.shape)
