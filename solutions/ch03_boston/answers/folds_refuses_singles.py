"""Refuses as many folds as rows.

exercise: split_folds
fails: hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    if not 2 <= k < count:
        raise ValueError("so many folds cannot be")
    rows = np.arange(count)
    return [(np.setdiff1d(rows, block), block) for block in np.array_split(rows, k)]
