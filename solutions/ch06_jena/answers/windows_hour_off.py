"""Its windows end a row early, as the book's do: the target is delay + 1 rows after them.

exercise: make_windows
fails: test_make_windows, hidden_make_windows
"""


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):

    rows = np.arange(first + lookback, last - delay, every)
    x = series[rows[:, None] + np.arange(-lookback, 0)]
    return x, series[rows + delay, column]
