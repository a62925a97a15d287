"""Divides by N - 1 in the standard deviation.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    mean, spread = train.mean(axis=0), train.std(axis=0, ddof=1)
    spread = np.where(spread == 0, 1, spread)
    return (train - mean) / spread, (other - mean) / spread
