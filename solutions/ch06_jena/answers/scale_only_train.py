"""Returns the training rows only.

exercise: scale_series
fails: test_scale_series, hidden_scale_series
"""


# %% exercise="scale_series"
def scale_series(series, train_rows):

    train = series[:train_rows]
    mean, spread = train.mean(axis=0), train.std(axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    return (train - mean) / spread, mean, spread
