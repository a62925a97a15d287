"""Takes mean and spread of all rows at hand.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    both = np.concatenate([train, other])
    mean, spread = both.mean(axis=0), both.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return (train - mean) / spread, (other - mean) / spread
