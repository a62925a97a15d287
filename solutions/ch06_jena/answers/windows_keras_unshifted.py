"""Hands Keras the targets of the same rows: the answer stands in the window.

exercise: make_windows
fails: test_make_windows, hidden_make_windows
"""


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):

    part = series[first:last]
    count = max(len(part) - lookback - delay + 1, 0)
    dataset = keras.utils.timeseries_dataset_from_array(
        part[: count + lookback - 1], part[delay : delay + count, column], lookback,
        sequence_stride=every, batch_size=10000,
    )
    x, y = zip(*[(np.asarray(a), np.asarray(b)) for a, b in dataset], strict=True)
    return np.concatenate(x), np.concatenate(y)
