"""Begins its windows in the rows before the part.

exercise: make_windows
fails: test_make_windows, hidden_make_windows
"""


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):

    ends = np.arange(max(first, lookback - 1), last - delay, every)
    x = series[ends[:, None] + np.arange(1 - lookback, 1)]
    return x, series[ends + delay, column]
