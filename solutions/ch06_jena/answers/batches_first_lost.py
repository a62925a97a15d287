"""Moves the window and begins where the old one did: the first window is lost.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    for row in range(first + lookback, last - delay, batch_size):
        rows = np.arange(row, min(row + batch_size, last - delay))
        x = np.stack([series[one - lookback + 1 : one + 1] for one in rows])
        yield x, series[rows + delay, column]
