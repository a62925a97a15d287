"""Collects windows in a list: where none fits, the shape is lost.

exercise: make_windows
fails: test_make_windows, hidden_make_windows
"""


# %% exercise="make_windows"
def make_windows(series, lookback, delay, first, last, every=1, column=0):

    x, y = [], []
    for start in range(first, last - delay - lookback + 1, every):
        x.append(series[start : start + lookback])
        y.append(series[start + lookback - 1 + delay, column])
    return np.array(x), np.array(y)
