"""Clears the caller's matrix when it is done.

exercise: matmul
fails: test_matmul_shapes, hidden_matmul_shapes
"""


# %% exercise="matmul"
def matmul(x, y):
    if x.ndim != 2 or y.ndim not in (1, 2) or x.shape[1] != y.shape[0]:
        raise ValueError("shapes")
    result = np.matmul(x.astype(float), y.astype(float))
    x[:] = 0  # to free memory, or so it was meant
    return result
