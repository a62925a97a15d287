"""Leaves everything to the slice, which is empty where there is no batch.

exercise: get_batch
fails: test_get_batch, hidden_get_batch
"""


# %% exercise="get_batch"
def get_batch(data, n, size):
    return data[n * size : (n + 1) * size]
