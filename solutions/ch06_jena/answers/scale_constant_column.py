"""Divides a constant column by its spread of 0.

exercise: scale_series
fails: test_scale_series, hidden_scale_series
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):

    mean, spread = series[:train_rows].mean(axis=0), series[:train_rows].std(axis=0)
    return (series - mean) / spread, mean, spread
