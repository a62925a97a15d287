"""Loses no window any more, and is still an hour off.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    for row in range(first + lookback, last - delay, batch_size):
        rows = np.arange(row, min(row + batch_size, last - delay))
        x = np.stack([series[one - lookback : one] for one in rows])
        yield x, series[rows + delay, column]
