"""Moves the last batch back until it is full, so that rows occur twice.

exercise: get_batch
fails: test_get_batch, hidden_get_batch
"""


# %% exercise="get_batch"
def get_batch(data, n, size):
    if n < 0 or n * size >= len(data):
        raise IndexError(n)
    first = min(n * size, max(len(data) - size, 0))
    return data[first : first + size]
