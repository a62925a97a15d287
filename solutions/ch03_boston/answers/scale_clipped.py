"""Clips what lies far out, of both tables.

exercise: scale_columns
fails: hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    spread = np.where(spread == 0, 1, spread)
    return np.clip((train - mean) / spread, -3, 3), np.clip((other - mean) / spread, -3, 3)
