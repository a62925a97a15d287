"""Loops over the shorter of both inner sizes and refuses nothing.

exercise: matmul
fails: test_matmul_shapes, hidden_matmul_shapes
"""


# %% exercise="matmul"
def matmul(x, y):
    x, y = x.astype(float), y.astype(float)
    result = np.zeros(x.shape[:1] + y.shape[1:])
    for i in range(x.shape[0]):
        for column, number in zip(np.atleast_1d(x[i]), y, strict=False):
            result[i] += column * number
    return result
