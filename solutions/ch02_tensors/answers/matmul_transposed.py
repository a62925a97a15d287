"""Returns the product with rows and columns exchanged.

exercise: matmul
fails: test_matmul, hidden_matmul, hidden_matmul_shapes
"""


# %% exercise="matmul"
def matmul(x, y):
    if x.ndim != 2 or y.ndim not in (1, 2) or x.shape[1] != y.shape[0]:
        raise ValueError("shapes")
    x, y = x.astype(float), y.astype(float)
    result = np.zeros(x.shape[:1] + y.shape[1:])
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            result[i] += x[i, k] * y[k]
    return result.T
