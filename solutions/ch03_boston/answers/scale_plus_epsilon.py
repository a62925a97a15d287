"""Adds a small number to every spread, so that a constant column explodes.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    mean, spread = train.mean(axis=0), train.std(axis=0) + 1e-7
    return (train - mean) / spread, (other - mean) / spread
