"""Subtracts and divides in place, as the book's listing does.

exercise: scale_series
fails: test_scale_series, hidden_scale_series
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):

    series = np.asarray(series, dtype=float)
    mean = series[:train_rows].mean(axis=0)
    series -= mean
    spread = series[:train_rows].std(axis=0)
    spread[spread == 0] = 1
    series /= spread
    return series, mean, spread
