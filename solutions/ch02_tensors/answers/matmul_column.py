"""Returns a column where y is a vector.

exercise: matmul
fails: test_matmul, hidden_matmul
"""


# %% exercise="matmul"
def matmul(x, y):
    if x.ndim != 2 or y.ndim not in (1, 2) or x.shape[1] != y.shape[0]:
        raise ValueError("shapes")
    return x.astype(float) @ y.reshape(len(y), -1).astype(float)
