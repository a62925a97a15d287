"""Yields all windows at once.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    rows = np.arange(first + lookback - 1, last - delay)
    if len(rows):
        yield series[rows[:, None] + np.arange(1 - lookback, 1)], series[rows + delay, column]
