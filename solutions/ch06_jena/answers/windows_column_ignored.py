"""Forecasts column 0, whatever `column` says.

exercise: make_windows
fails: test_make_windows, hidden_make_windows
"""


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):
    starts = np.arange(first, last - delay - lookback + 1, every)
    x = series[starts[:, None] + np.arange(lookback)]
    return x, series[starts + lookback - 1 + delay, 0]
