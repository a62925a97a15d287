"""Leaves the shapes to NumPy, which multiplies vectors and stacks as well.

exercise: matmul
fails: test_matmul_shapes, hidden_matmul_shapes
"""


# %% exercise="matmul"
def matmul(x, y):
    return x.astype(float) @ y.astype(float)
