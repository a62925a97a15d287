"""Gives all that is left over to the last fold.

exercise: split_folds
fails: test_split_folds, hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    if not 2 <= k <= count:
        raise ValueError("so many folds cannot be")
    size, rows = count // k, np.arange(count)
    ends = [fold * size for fold in range(k)] + [count]
    blocks = [rows[ends[fold] : ends[fold + 1]] for fold in range(k)]
    return [(np.setdiff1d(rows, block), block) for block in blocks]
