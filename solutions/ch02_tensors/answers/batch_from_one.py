"""Counts batches from 1.

exercise: get_batch
fails: test_get_batch, hidden_get_batch
"""


# %% exercise="get_batch"
def get_batch(data, n, size):
    if n < 1 or (n - 1) * size >= len(data):
        raise IndexError(n)
    return data[(n - 1) * size : n * size]
