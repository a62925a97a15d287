"""Multiplies in the dtype of the pixels.

exercise: matmul
fails: test_matmul, hidden_matmul
"""


# %% exercise="matmul"
def matmul(x, y):
    if x.ndim != 2 or y.ndim not in (1, 2) or x.shape[1] != y.shape[0]:
        raise ValueError("shapes")
    result = np.zeros(x.shape[:1] + y.shape[1:])
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            result[i] += x[i, k] * y[k]
    return result
