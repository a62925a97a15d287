"""Leaves everything as it was.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    row = first + lookback
    while row + batch_size < last - delay:
        rows = np.arange(row, row + batch_size)
        x = np.stack([series[one - lookback : one] for one in rows])
        yield x, series[rows + delay, column]
        row += batch_size
