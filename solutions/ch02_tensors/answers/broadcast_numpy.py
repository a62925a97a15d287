"""Adds with NumPy's own rule, which stretches axes of size 1.

exercise: broadcast_add
fails: test_broadcast_add_shapes, hidden_broadcast_add_shapes
"""


# %% exercise="broadcast_add"
def broadcast_add(x, y):
    return x + y
