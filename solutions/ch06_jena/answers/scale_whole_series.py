"""Takes mean and spread of the whole series: the future has a say.

exercise: scale_series
fails: test_scale_series, hidden_scale_series
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):

    mean, spread = series.mean(axis=0), series.std(axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    return (series - mean) / spread, mean, spread
