"""Fills the last batch up with windows that came already.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    ends = np.arange(first + lookback - 1, last - delay)
    for start in range(0, len(ends), batch_size):
        rows = np.take(ends, range(start, start + batch_size), mode="wrap")
        x = np.stack([series[one - lookback + 1 : one + 1] for one in rows])
        yield x, series[rows + delay, column]
