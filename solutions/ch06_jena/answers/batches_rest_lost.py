"""Repairs the window, and loses the rest that makes no full batch.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    row = first + lookback - 1
    while row + batch_size <= last - delay:
        rows = np.arange(row, row + batch_size)
        x = np.stack([series[one - lookback + 1 : one + 1] for one in rows])
        yield x, series[rows + delay, column]
        row += batch_size
