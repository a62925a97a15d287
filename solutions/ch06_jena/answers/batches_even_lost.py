"""Yields the rest, and loses a last batch that fits exactly.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    row, end = first + lookback - 1, last - delay
    while row < end:
        if row + batch_size == end:
            return
        rows = np.arange(row, min(row + batch_size, end))
        x = np.stack([series[one - lookback + 1 : one + 1] for one in rows])
        yield x, series[rows + delay, column]
        row += batch_size
