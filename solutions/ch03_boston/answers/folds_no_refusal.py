"""Refuses nothing.

exercise: split_folds
fails: test_split_folds, hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    rows = np.arange(count)
    return [(np.setdiff1d(rows, block), block) for block in np.array_split(rows, max(k, 1))]
