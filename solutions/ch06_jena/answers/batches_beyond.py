"""Lets the targets lie beyond the part.

exercise: batches
fails: test_batches, hidden_batches
"""


# %% exercise="batches"
def batches(series, lookback, delay, first, last, batch_size, column=0):

    end = min(last, len(series) - delay)
    for start in range(first + lookback - 1, end, batch_size):
        rows = np.arange(start, min(start + batch_size, end))
        x = np.stack([series[one - lookback + 1 : one + 1] for one in rows])
        yield x, series[rows + delay, column]
