"""Divides a constant column by 0.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    mean, spread = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / spread, (other - mean) / spread
