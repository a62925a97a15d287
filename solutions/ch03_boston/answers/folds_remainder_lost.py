"""Cuts blocks of count // k rows, as the book does: the rest never has its turn.

exercise: split_folds
fails: test_split_folds, hidden_split_folds
"""


# %% exercise="split_folds"
def split_folds(count, k):
    if not 2 <= k <= count:
        raise ValueError("so many folds cannot be")
    size, rows = count // k, np.arange(count)
    blocks = [rows[fold * size : (fold + 1) * size] for fold in range(k)]
    return [(np.setdiff1d(rows, block), block) for block in blocks]
