"""Takes each k-th row inside of the windows instead of each k-th window.

exercise: make_windows
fails: test_make_windows, hidden_make_windows
"""


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):

    starts = np.arange(first, last - delay - lookback + 1)
    x = series[starts[:, None] + np.arange(0, lookback, every)]
    return x, series[starts + lookback - 1 + delay, column]
