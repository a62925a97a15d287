"""Divides by N - 1, as pandas does.

exercise: scale_series
fails: test_scale_series, hidden_scale_series
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):

    mean, spread = series[:train_rows].mean(axis=0), series[:train_rows].std(axis=0, ddof=1)
    spread = np.where(spread == 0, 1.0, spread)
    return (series - mean) / spread, mean, spread
