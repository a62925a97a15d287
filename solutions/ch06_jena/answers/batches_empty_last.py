"""Yields an empty batch where windows and batches come out even.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    row, end = first + lookback - 1, last - delay
    while row <= end:
        rows = np.arange(row, min(row + batch_size, end))
        x = series[rows[:, None] + np.arange(1 - lookback, 1)]
        yield x, series[rows + delay, column]
        row += batch_size
