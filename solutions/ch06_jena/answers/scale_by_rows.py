"""Takes mean and spread of each row instead of each column.

exercise: scale_series
fails: test_scale_series, hidden_scale_series
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):

    mean = series.mean(axis=1, keepdims=True)
    spread = series.std(axis=1, keepdims=True)
    return (series - mean) / np.where(spread == 0, 1.0, spread), mean, spread
