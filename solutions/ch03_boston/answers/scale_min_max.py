"""Brings each column to the range from 0 to 1.

exercise: scale_columns
fails: test_scale_columns, hidden_scale_columns
"""


# %% exercise="scale_columns"
def scale_columns(train, other):
    low, high = train.min(axis=0), train.max(axis=0)
    width = np.where(high == low, 1, high - low)
    return (train - low) / width, (other - low) / width
