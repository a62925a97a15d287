"""Allows an empty batch after the last full one.

exercise: get_batch
fails: test_get_batch, hidden_get_batch
"""


# %% exercise="get_batch"
def get_batch(data, n, size):
    if n < 0 or n * size > len(data):
        raise IndexError(n)
    return data[n * size : (n + 1) * size]
