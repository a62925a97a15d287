"""Multiplies number by number.

exercise: matmul
fails: test_matmul, hidden_matmul, hidden_matmul_shapes, test_matmul_shapes
"""


# %% exercise="matmul"
def matmul(x, y):
    return x.astype(float) * y
