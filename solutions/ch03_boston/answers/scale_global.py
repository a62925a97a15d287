"""Takes one mean and one spread of the whole table.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    mean, spread = train.mean(), train.std()
    return (train - mean) / spread, (other - mean) / spread
