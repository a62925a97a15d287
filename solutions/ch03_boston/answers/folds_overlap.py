"""Trains on all rows, those of the validation too.

exercise: split_folds
fails: test_split_folds, hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    if not 2 <= k <= count:
        raise ValueError("so many folds cannot be")
    return [(np.arange(count), block) for block in np.array_split(np.arange(count), k)]
